//! `package-lock.json` and `npm-shrinkwrap.json` (<https://docs.npmjs.com/cli/configuring-npm/package-lock-json>).
//!
//! Where there is `packages` (versions 2 and 3), npm 7 and later install what it says, and older ones what `dependencies` says, which version 2
//! keeps for them: an entry of that which is in no entry of `packages` is an error. The project itself, links and folders of the workspace are no
//! pins.

mod legacy;

use super::digests::of_integrity;
use super::{Ecosystem, Hold, Pin, Unread, origin, tree};
use crate::document::{Kind, Value};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = tree::json(source)?;
    let root = document.root();
    tree::is_object(root)?;
    let version = tree::version(root, "lockfileVersion", 1..=3)?;
    if let Some(packages) = tree::object(root, "packages")? {
        let pins = packages.items().filter_map(|package| of_path(package).transpose()).collect::<Result<_, _>>()?;
        if let Some(dependencies) = tree::object(root, "dependencies")? {
            legacy::agrees(dependencies, packages)?;
        }
        return Ok(pins);
    }
    match tree::object(root, "dependencies")? {
        Some(dependencies) => nested(dependencies),
        None if version.is_some() || root.get("name").is_some() => Ok(Vec::new()),
        None => {
            Err(Unread::whole("it is no lockfile of npm: it has no `lockfileVersion`, `packages` or `dependencies`"))
        }
    }
}

/// An entry of `packages`, whose key is where it is installed.
fn of_path(package: Value<'_>) -> Result<Option<Pin>, Unread> {
    tree::is_object(package)?;
    let Some(name) = name_of(package)? else { return Ok(None) };
    let version = tree::text(package, "version")?.unwrap_or_default();
    if name.is_empty() {
        return Err(tree::unread(package, "an entry without a name"));
    }
    Ok(Some(pin(package, name, version)?))
}

/// The name of what is installed at a path; nothing for the project, links and folders of the workspace.
fn name_of(package: Value<'_>) -> Result<Option<&str>, Unread> {
    let path = package.key().unwrap_or_default();
    let linked = package.get("link").is_some_and(|link| link.kind() == Kind::Bool(true));
    let Some((_, folder)) = path.rsplit_once("node_modules/").filter(|_| !linked) else { return Ok(None) };
    // An alias is installed under another name than its own.
    Ok(Some(tree::text(package, "name")?.unwrap_or(folder)))
}

/// The tree of version 1.
fn nested(dependencies: Value<'_>) -> Result<Vec<Pin>, Unread> {
    let of = |entry: legacy::Entry<'_>| {
        tree::needed(entry.package, "version")?;
        pin(entry.package, entry.name, entry.version)
    };
    legacy::entries(dependencies)?.into_iter().map(of).collect()
}

fn pin(package: Value<'_>, name: &str, version: &str) -> Result<Pin, Unread> {
    let resolved = tree::text(package, "resolved")?;
    // Version 1 writes the address in place of a version where it is not that of a registry.
    let in_place = Some(version).filter(|version| version.contains([':', '/']));
    let address = resolved.or(in_place);
    let (hold, commit) = address.map_or((Hold::Fixed, None), origin::of_address);
    let integrity = tree::text(package, "integrity")?.unwrap_or_default();
    let version = match in_place {
        Some(address) => address.split_once('#').map_or_else(|| origin::without_user(address), |(_, at)| at.to_owned()),
        None => version.to_owned(),
    };
    // npm leaves the version out of some optional packages, and installs any that fits.
    let hold = if version.is_empty() && commit.is_none() { Hold::Floating } else { hold };
    let pin = Pin::new(Ecosystem::Npm, name, version.as_str(), tree::key_line(package));
    let digests = of_integrity(integrity).chain(commit);
    Ok(pin.from(address.map(|address| registry(address, name, &version))).held(hold).digest(digests))
}

/// The address of an archive without the file and the commit, which have the version in them, where name and version agree with the
/// entry: tools install what the address says. Else all of it is where the package comes from.
pub(super) fn registry<'a>(address: &'a str, name: &str, version: &str) -> &'a str {
    let place = address.split('#').next().unwrap_or(address);
    let Some((package, file)) = place.split_once("/-/") else {
        return of_github(place, name, version).unwrap_or(place);
    };
    let path = package.split_once("://").map_or(package, |(_, path)| path);
    let named = before_name(path, name).is_some_and(|before| before.is_empty() || before.ends_with('/'));
    if named && is_file(file.split('?').next().unwrap_or(file), name, version) { package } else { place }
}

/// The same of GitHub Packages, whose addresses end in `name/version/digest`.
fn of_github<'a>(place: &'a str, name: &str, version: &str) -> Option<&'a str> {
    let (rest, digest) = place.rsplit_once('/')?;
    let package = rest.strip_suffix(version)?.strip_suffix('/')?;
    let sound = digest.len() >= 32 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    (sound && before_name(package, name) == Some(GITHUB_PACKAGES)).then_some(package)
}

/// What stands before the name in an address of GitHub Packages.
const GITHUB_PACKAGES: &str = "https://npm.pkg.github.com/download/";

/// Whether a path is the name of a package, in which the slash behind its scope may be escaped.
pub(super) fn is_name(path: &str, name: &str) -> bool {
    before_name(path, name) == Some("")
}

/// What stands in a path before the name in which it ends.
fn before_name<'p>(path: &'p str, name: &str) -> Option<&'p str> {
    let without = |path: &'p str, found: char| match found {
        '@' => path.strip_suffix('@').or(path.strip_suffix("%40")),
        '/' => path.strip_suffix('/').or(path.strip_suffix("%2f")).or(path.strip_suffix("%2F")),
        other => path.strip_suffix(other),
    };
    name.chars().rev().try_fold(path, without)
}

/// Whether a file is the archive of a version. The part of a version behind `+` is in no name of a file.
fn is_file(file: &str, name: &str, version: &str) -> bool {
    let base = name.rsplit('/').next().unwrap_or(name);
    // Some registries have the scope before it once more.
    let plain = file.strip_prefix(name).or_else(|| file.strip_prefix(base));
    let Some(of) = plain.and_then(|rest| rest.strip_prefix('-')?.strip_suffix(".tgz")) else { return false };
    // An address in place of a version has it nowhere else.
    let bare = |version: &'_ str| version.split(['+', '%']).next().unwrap_or_default().to_owned();
    version.contains("://") || bare(of) == bare(version)
}

#[cfg(test)]
mod tests {
    use super::registry;

    #[test]
    fn an_address_is_cut_where_it_agrees_with_its_entry() {
        for (address, name, kept) in [
            ("https://r/a/-/a-1.0.0.tgz", "a", "https://r/a"),
            ("https://r/npm/%40s%2Fa/-/a-1.0.0.tgz", "@s/a", "https://r/npm/%40s%2Fa"),
            ("https://r/npm/@s%2fa/-/a-1.0.0.tgz", "@s/a", "https://r/npm/@s%2fa"),
            ("https://r/s%2fa/-/a-1.0.0.tgz", "a", "https://r/s%2fa/-/a-1.0.0.tgz"),
            ("https://r/ba/-/a-1.0.0.tgz", "a", "https://r/ba/-/a-1.0.0.tgz"),
            ("https://r/b/-/a-1.0.0.tgz", "a", "https://r/b/-/a-1.0.0.tgz"),
        ] {
            assert_eq!(registry(address, name, "1.0.0"), kept, "{address}");
        }
        let github = |name: &str, version: &str, digest: &str| {
            format!("https://npm.pkg.github.com/download/{name}/{version}/{digest}")
        };
        let digest = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";
        let cut = "https://npm.pkg.github.com/download/@acme/u";
        assert_eq!(registry(&github("@acme/u", "1.0.0", digest), "@acme/u", "1.0.0"), cut);
        for whole in [
            github("@evil/u", "1.0.0", digest),
            github("x/@acme/u", "1.0.0", digest),
            github("@acme/u", "1.0.1", digest),
            github("@acme/u", "1.0.0", "8e5e"),
        ] {
            assert_eq!(registry(&whole, "@acme/u", "1.0.0"), whole);
        }
        // What costs the square of its length would be here for hours.
        let long = format!("https://r{}/-/a-1.0.0.tgz", "/%2fa".repeat(500_000));
        assert_eq!(registry(&long, &"/b".repeat(1_000_000), "1.0.0"), long);
    }
}
