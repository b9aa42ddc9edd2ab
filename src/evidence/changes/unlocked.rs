//! Lockfiles that are gone, while what asks for their packages is still there: what is installed then is whatever is newest.

use super::{LARGEST, LeftOut, Unread, WAY_OUT, pins};
use crate::evidence::{Code, Scope};
use crate::git::{Entry, Kind, Snapshot};
use crate::lockfiles::{Asked, Ecosystem, Format, Manifest, Pin};
use std::collections::HashSet;
use std::path::Path;

/// Packages by their names, and whose they are.
pub(super) type Packages = HashSet<(String, Ecosystem)>;

/// Of what a lockfile pinned and pins no more, what is still asked for, and held by nothing. Of one that is gone, or pins nothing any more, that is all of it:
/// unless its manifest is gone as well or asks for nothing, or another lockfile of it stands, by which the project is locked.
pub(super) fn unlocked(
    after: &Snapshot,
    path: &Path,
    old: &[Pin],
    new: Option<&(Vec<Pin>, String)>,
    left_out: &LeftOut,
) -> Result<Packages, Unread> {
    let Some(format) = Format::of(path).filter(|_| !left_out.holds(path)) else { return Ok(Packages::new()) };
    let still: Packages = new.iter().flat_map(|(pins, _)| pins).map(Pin::key).collect();
    let mut gone: Packages = old.iter().map(Pin::key).filter(|key| !still.contains(key)).collect();
    if gone.is_empty() {
        return Ok(gone);
    }
    let refused = |error| Unread::from_git(path, error);
    let text = match (after.entry(path).map_err(refused)?, new) {
        (Some(_), Some((_, text))) => Some(text),
        // Another file took its place.
        (Some(_), None) => return Ok(Packages::new()),
        (None, _) => None,
    };
    if text.is_none() {
        in_place(after, path)?;
    }
    let folder = project(path);
    let all = after.below(folder).map_err(refused)?;
    let manifests = manifests_in(after, folder, format, &all);
    let own = text.and_then(|text| format.asked(text));
    if !still.is_empty() {
        let Some(own) = own else { return Ok(Packages::new()) };
        gone.retain(|(name, _)| is_asked(name, &manifests, std::slice::from_ref(&own)));
        return Ok(gone);
    }
    if manifests.iter().all(|manifest| manifest.as_ref().is_some_and(|manifest| !manifest.asks)) {
        gone.retain(|(name, _)| own.as_ref().is_some_and(|own| own.lacks(name)));
        return Ok(gone);
    }
    // A project may have several lockfiles, and those of a workspace stand in a folder above.
    let mut locks = Vec::new();
    for above in folder.ancestors() {
        let all = if above == folder { all.clone() } else { after.below(above).map_err(refused)? };
        let is_own = above == folder || is_member(after, above, folder, format);
        let there = all.iter().filter(|entry| project(&entry.path) == above && !left_out.holds(&entry.path));
        for entry in there {
            let Ok((pins, text)) = pins(after, &entry.path) else { continue };
            gone.retain(|key| !pins.iter().any(|pin| pin.key() == *key));
            let is_lock = |other: Format| manifests_of(other).iter().any(|name| manifests_of(format).contains(name));
            if let Some(other) = Format::of(&entry.path).filter(|other| is_own && !pins.is_empty() && is_lock(*other)) {
                locks.push(other.asked(&text).unwrap_or_else(|| Asked::of(&pins)));
            }
        }
    }
    if !locks.is_empty() {
        gone.retain(|(name, _)| is_asked(name, &manifests, &locks));
    }
    Ok(gone)
}

/// Whether a package is asked for by what stands, and has no entry in any lockfile.
fn is_asked(name: &str, manifests: &[Option<Manifest>], locks: &[Asked]) -> bool {
    let by_manifest = || manifests.iter().flatten().any(|manifest| manifest.names.contains(name));
    locks.iter().any(|lock| lock.lacks(name)) || by_manifest() && !locks.iter().any(|lock| lock.has(name))
}

/// What stands in a folder and asks for what a lockfile of a format pins; none of each that can't be read.
fn manifests_in(after: &Snapshot, folder: &Path, format: Format, all: &[Entry]) -> Vec<Option<Manifest>> {
    let is_one = |name: &str| {
        let names = manifests_of(format);
        names.iter().any(|one| name == *one || one.starts_with('.') && name.ends_with(one))
            || format == Format::Pnpm && name == PNPM_WORKSPACE
    };
    let beside = all.iter().filter(|entry| entry.path.parent() == Some(folder));
    let names = beside.filter_map(|entry| entry.path.file_name()).map(|name| name.to_string_lossy());
    names.filter(|name| is_one(name)).map(|name| manifest(after, folder, &name)).collect()
}

fn manifest(after: &Snapshot, folder: &Path, name: &str) -> Option<Manifest> {
    let entry = after.entry(&folder.join(name)).ok()??;
    let bytes = after.bytes(&entry, LARGEST).ok().filter(|_| entry.kind == Kind::File)?;
    Manifest::read(name, std::str::from_utf8(&bytes).ok()?)
}

/// Where pnpm has the folders of a workspace.
const PNPM_WORKSPACE: &str = "pnpm-workspace.yaml";

/// Whether a workspace of a folder names one below it as its own.
fn is_member(after: &Snapshot, above: &Path, folder: &Path, format: Format) -> bool {
    let Ok(below) = folder.strip_prefix(above) else { return false };
    let names = manifests_of(format).iter().copied().chain(Some(PNPM_WORKSPACE));
    names.filter_map(|name| manifest(after, above, name)).any(|workspace| {
        let scopes = |patterns: &[String]| -> Vec<_> { patterns.iter().map(|pattern| Scope::parse(pattern)).collect() };
        // What can't be understood may leave it out.
        let is_other =
            scopes(&workspace.others).iter().any(|scope| scope.as_ref().map_or(true, |scope| scope.holds(below)));
        !is_other && scopes(&workspace.members).iter().flatten().any(|scope| scope.names(below))
    })
}

/// That no folder of a file that is gone leads away.
fn in_place(after: &Snapshot, path: &Path) -> Result<(), Unread> {
    for folder in path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        let kind = after.entry(folder).map_err(|error| Unread::from_git(path, error))?.map(|entry| entry.kind);
        if let Some(Kind::Link | Kind::Submodule) = kind {
            return Err(led_away(after, path, folder, kind == Some(Kind::Link)));
        }
    }
    Ok(())
}

/// The folder of what a lockfile is of.
fn project(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(path);
    // One file for each configuration of Gradle.
    if folder.ends_with("gradle/dependency-locks") { folder.ancestors().nth(2).unwrap_or(folder) } else { folder }
}

/// The names of the files that ask for packages which a lockfile of a format pins; of those that begin with a dot, their endings.
const fn manifests_of(format: Format) -> &'static [&'static str] {
    match format {
        Format::Cargo => &["Cargo.toml"],
        Format::Npm | Format::Pnpm | Format::Yarn => &["package.json"],
        Format::GoSum => &["go.mod"],
        Format::Poetry | Format::Uv => &["pyproject.toml"],
        Format::RequirementsLock => &["pyproject.toml", "Chart.yaml", "requirements.yaml"],
        Format::Bundler => &["Gemfile", "gems.rb"],
        Format::Composer => &["composer.json"],
        Format::Gradle => &["build.gradle", "build.gradle.kts"],
        Format::NuGet => &[".csproj", ".fsproj", ".vbproj"],
        Format::Helm => &["Chart.yaml"],
        Format::Terraform => &[".tf", ".tofu"],
        // These say themselves what is installed, and nothing is once they are gone.
        Format::GoMod
        | Format::Requirements
        | Format::Maven
        | Format::Dockerfile
        | Format::Workflow
        | Format::Action => &[],
    }
}

/// What stands behind a link may be replaced without a trace, and may lie where nobody looks.
fn led_away(after: &Snapshot, path: &Path, folder: &Path, is_link: bool) -> Unread {
    let (path, what) = (path.display(), if is_link { "a symbolic link" } else { "a submodule" });
    Unread {
        code: Code::OF_THE_CHANGE,
        why: format!(
            "{} is {what} in commit {}, and what {path} pins there is not looked at",
            folder.display(),
            after.commit().short()
        ),
        help: format!("put the folder itself at {}; {WAY_OUT}", folder.display()),
    }
}
