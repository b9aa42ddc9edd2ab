//! Lockfiles that are gone, while what asks for their packages is still there: what is installed then is whatever is newest.

use super::{LeftOut, Unread, WAY_OUT, pins};
use crate::evidence::Code;
use crate::git::{Kind, Snapshot};
use crate::lockfiles::{Ecosystem, Format};
use std::collections::HashSet;
use std::path::Path;

/// What lockfiles still pin that could stand for one that is gone: by the names of packages, and whose they are.
pub(super) type Held = HashSet<(String, Ecosystem)>;

/// Of a lockfile that is gone at the end of a change, what still holds its packages, where its manifest stays. None of one that is there, or that has
/// gone with its manifest.
pub(super) fn unlocked(after: &Snapshot, path: &Path, left_out: &LeftOut) -> Result<Option<Held>, Unread> {
    let Some(format) = Format::of(path).filter(|_| !left_out.holds(path)) else { return Ok(None) };
    let refused = |error| Unread::from_git(path, error);
    if after.entry(path).map_err(refused)?.is_some() {
        return Ok(None);
    }
    for folder in path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
        let kind = after.entry(folder).map_err(refused)?.map(|entry| entry.kind);
        if let Some(Kind::Link | Kind::Submodule) = kind {
            return Err(led_away(after, path, folder, kind == Some(Kind::Link)));
        }
    }
    let folder = project(path);
    let all = after.below(folder).map_err(refused)?;
    let is_manifest =
        |name: &str| manifests(format).iter().any(|one| name == *one || one.starts_with('.') && name.ends_with(one));
    let mut beside = all.iter().filter(|entry| entry.path.parent() == Some(folder));
    if !beside.any(|entry| entry.path.file_name().is_some_and(|name| is_manifest(&name.to_string_lossy()))) {
        return Ok(None);
    }
    // A project may have several lockfiles, and those of a workspace stand in a folder above.
    let mut held = Held::new();
    for folder in folder.ancestors() {
        let all = if folder == project(path) { all.clone() } else { after.below(folder).map_err(refused)? };
        let own = all.iter().filter(|entry| project(&entry.path) == folder && !left_out.holds(&entry.path));
        for entry in own {
            let Ok((pins, _)) = pins(after, &entry.path) else { continue };
            held.extend(pins.iter().map(crate::lockfiles::Pin::key));
        }
    }
    Ok(Some(held))
}

/// The folder of what a lockfile is of.
fn project(path: &Path) -> &Path {
    let folder = path.parent().unwrap_or(path);
    // One file for each configuration of Gradle.
    if folder.ends_with("gradle/dependency-locks") { folder.ancestors().nth(2).unwrap_or(folder) } else { folder }
}

/// The names of the files that ask for packages which a lockfile of a format pins; of those that begin with a dot, their endings.
const fn manifests(format: Format) -> &'static [&'static str] {
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
