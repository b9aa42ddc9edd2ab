//! `composer.lock` (<https://getcomposer.org/doc/01-basic-usage.md>): `packages` and `packages-dev`. `platform` says what PHP has to
//! offer, and pins nothing.

use super::{Ecosystem, Hold, Pin, Unread, origin, tree};
use crate::document::Value;
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = tree::json(source)?;
    let root = document.root();
    tree::is_object(root)?;
    if root.get("packages").is_none() {
        return Err(Unread::whole("it is no composer.lock: it has no `packages`"));
    }
    let mut packages = tree::objects(root, "packages")?;
    packages.extend(tree::objects(root, "packages-dev")?);
    packages.into_iter().filter_map(|package| pin(package).transpose()).collect()
}

fn pin(package: Value<'_>) -> Result<Option<Pin>, Unread> {
    let name = tree::needed(package, "name")?;
    let version = tree::needed(package, "version")?;
    let line = package.get("name").map_or(0, tree::line);
    let (dist, source) = (tree::object(package, "dist")?, tree::object(package, "source")?);
    let of = |part: Option<Value<'_>>, key| {
        part.map_or(Ok(None), |part| tree::text(part, key).map(|text| text.map(str::to_owned)))
    };
    if of(dist, "type")?.as_deref() == Some("path") {
        return Ok(None);
    }
    let reference = of(source, "reference")?.or(of(dist, "reference")?).unwrap_or_default();
    let checksum = of(dist, "shasum")?.unwrap_or_default();
    let (repository, archive) = (of(source, "url")?, of(dist, "url")?);
    // Composer takes the archive, if there is one. That of the repository at the same commit says nothing new.
    let archive =
        archive.filter(|archive| !repository.as_deref().is_some_and(|of| is_archive(archive, of, &reference)));
    let branch = version.starts_with("dev-") || version.ends_with("-dev");
    let hold = match (branch, origin::is_commit(&reference)) {
        (false, _) => Hold::Fixed,
        (true, true) => Hold::Tracked,
        (true, false) => Hold::Floating,
    };
    let pin = Pin::new(Ecosystem::Packagist, name, version, line)
        .of_all([&repository, &archive].into_iter().flatten().map(|address| file_of(address, name)));
    Ok(Some(pin.held(hold).digest([reference.as_str(), checksum.as_str()])))
}

/// Whether an address is the archive that GitHub or GitLab makes of a repository at a commit.
fn is_archive(address: &str, repository: &str, commit: &str) -> bool {
    let bare = repository.trim_end_matches(".git");
    let archive = if let Some(path) = bare.strip_prefix("https://github.com/") {
        format!("https://api.github.com/repos/{path}/zipball/{commit}")
    } else if let Some(path) = bare.strip_prefix("https://gitlab.com/") {
        format!("https://gitlab.com/api/v4/projects/{}/repository/archive.zip?sha={commit}", path.replace('/', "%2F"))
    } else {
        return false;
    };
    origin::is_commit(commit) && address.eq_ignore_ascii_case(&archive)
}

/// The folder of an archive that is named by its package, as the rest of its name is the version.
fn file_of<'a>(address: &'a str, name: &str) -> &'a str {
    let base = name.rsplit('/').next().unwrap_or(name);
    let named =
        |file: &str| file.strip_prefix(base).and_then(|rest| rest.strip_prefix('-')).is_some_and(starts_with_digit);
    match address.rsplit_once('/') {
        Some((folder, file)) if named(file) => folder,
        _ => address,
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}
