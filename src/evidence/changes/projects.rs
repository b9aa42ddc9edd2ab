//! What is left of a project of which a lockfile lets packages go: the files that hold these at the end of the change, and what nothing holds though
//! something asks for it.

use super::listing::{Listing, project};
use super::{LeftOut, Read, Unread};
use crate::evidence::Scope;
use crate::git::Snapshot;
use crate::lockfiles::{Asked, Ecosystem, Format, Manifest, Pin};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Packages by their names, and whose they are.
pub(super) type Packages = HashSet<(String, Ecosystem)>;

/// What becomes of the packages that a lockfile lets go. What is neither held nor loose nothing asks for.
#[derive(Default)]
pub(super) struct Rest {
    /// The files that hold some of them for the project.
    pub holders: Vec<(PathBuf, Whose)>,
    /// Those that are asked for, and held by nothing.
    pub loose: Packages,
}

/// Whose file one is that holds what a lockfile lets go: its tool takes the first that there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Whose {
    /// The project's own.
    Own,
    /// That of its workspace.
    Workspace,
    /// That of a folder above, which knows nothing of it.
    Other,
}

/// The projects at one end of a change.
pub(super) struct Projects<'s> {
    side: &'s Snapshot,
    left_out: &'s LeftOut,
    /// The files that the change moves, from where and to where, by the projects in which they stood.
    moved: HashMap<PathBuf, Vec<(PathBuf, PathBuf)>>,
    listing: OnceCell<Listing<'s>>,
}

impl<'s> Projects<'s> {
    /// Those at one end, with the files that the change moves there, from where and to where.
    pub(super) fn of(
        side: &'s Snapshot,
        left_out: &'s LeftOut,
        moves: impl Iterator<Item = (PathBuf, PathBuf)>,
    ) -> Self {
        let mut moved: HashMap<_, Vec<_>> = HashMap::new();
        for (from, to) in moves {
            moved.entry(project(&from).to_owned()).or_default().push((from, to));
        }
        Self { side, left_out, moved, listing: OnceCell::new() }
    }

    /// What becomes of what a lockfile pinned and pins no more; `new` is what it pins now, and none where it was moved away.
    pub(super) fn rest(&self, path: &Path, old: &[Pin], new: Option<&Read>) -> Result<Rest, Unread> {
        let Some(format) = Format::of(path).filter(|_| !self.left_out.holds(path)) else { return Ok(Rest::default()) };
        let still: Packages = new.iter().flat_map(|new| &new.0).map(Pin::key).collect();
        let gone: Packages = old.iter().map(Pin::key).filter(|key| !still.contains(key)).collect();
        if gone.is_empty() && (format != Format::GoSum || old.is_empty()) {
            return Ok(Rest::default());
        }
        let listing = self.listing(path)?;
        let own = match (listing.get(path), new) {
            (Some(_), Some(new)) => Some(format.asked(&new.1)),
            // Another file took its place.
            (Some(_), None) => return Ok(Rest::default()),
            (None, _) => {
                listing.in_place(path)?;
                None
            }
        };
        let (folder, manifests) = self.stands(listing, path, format);
        let manifests = manifests.into_iter().map(|path| listing.manifest(path)).collect();
        let project = Project { listing, folder, format, manifests };
        Ok(match own {
            own if still.is_empty() => project.emptied(path, gone, own),
            own => project.fewer(path, gone, own.flatten()),
        })
    }

    /// The other lockfiles of the project of one that is new: those of its folder, of its workspace, and of the members of that which it is of itself.
    pub(super) fn beside(&self, path: &Path) -> Result<Vec<PathBuf>, Unread> {
        if !self.is_of_project(path) {
            return Ok(Vec::new());
        }
        let listing = self.listing(path)?;
        let folder = self.stands_now(path)?.unwrap_or_else(|| project(path).to_owned());
        let mut found = Vec::new();
        for other in listing.locks(|path| self.is_of_project(path)).around(&folder).filter(|other| *other != path) {
            if self.are_of_one(other, path)? {
                found.push(other.clone());
            }
        }
        Ok(found)
    }

    /// Whether a file is the lockfile of something that asks for packages, and is looked at.
    fn is_of_project(&self, path: &Path) -> bool {
        Format::of(path).is_some_and(|format| !manifests_of(format).is_empty()) && !self.left_out.holds(path)
    }

    /// Whether two lockfiles are of one project: with the same manifests, in one folder, or in that of a workspace and of one of its members.
    pub(super) fn are_of_one(&self, one: &Path, other: &Path) -> Result<bool, Unread> {
        let Some((format, of_other)) = Format::of(one).zip(Format::of(other)) else { return Ok(false) };
        let is_any = manifests_of(format).iter().any(|name| manifests_of(of_other).contains(name));
        if !is_any || self.left_out.holds(one) || self.left_out.holds(other) {
            return Ok(false);
        }
        let listing = self.listing(one)?;
        let (one, other) = (self.stands(listing, one, format).0, self.stands(listing, other, of_other).0);
        let is_member = |folder: &Path, above| folder.starts_with(above) && is_member(listing, format, folder, above);
        Ok(one == other || is_member(&one, &other) || is_member(&other, &one))
    }

    /// The folder in which the project of a lockfile stands at this end, where its manifests say it.
    pub(super) fn stands_now(&self, lock: &Path) -> Result<Option<PathBuf>, Unread> {
        let Some(format) = Format::of(lock).filter(|format| !manifests_of(*format).is_empty()) else { return Ok(None) };
        if self.left_out.holds(lock) {
            return Ok(None);
        }
        let (folder, manifests) = self.stands(self.listing(lock)?, lock, format);
        Ok((!manifests.is_empty()).then_some(folder))
    }

    pub(super) fn pins(&self, path: &Path) -> Option<Read> {
        self.listing.get()?.pins(path)
    }

    fn listing(&self, file: &Path) -> Result<&Listing<'s>, Unread> {
        if let Some(listing) = self.listing.get() {
            return Ok(listing);
        }
        let listing = Listing::of(self.side, self.left_out, file)?;
        Ok(self.listing.get_or_init(|| listing))
    }

    /// The folder and the manifests of the project of a lockfile, where these stand or have been moved to.
    fn stands<'l>(&'l self, listing: &'l Listing<'s>, lock: &Path, format: Format) -> (PathBuf, Vec<&'l Path>) {
        let folder = project(lock);
        let there = listing.of_project(folder).iter().map(|entry| entry.path.as_path());
        let mut found: Vec<_> = there.filter(|path| is_manifest(path, lock, format)).collect();
        if found.is_empty() {
            let moved = self.moved.get(folder).into_iter().flatten();
            found.extend(moved.filter(|(from, _)| is_manifest(from, lock, format)).map(|(_, to)| to.as_path()));
        }
        (found.first().map_or(folder, |path| project(path)).to_owned(), found)
    }
}

/// What asks for the packages of a lockfile.
struct Project<'l> {
    listing: &'l Listing<'l>,
    folder: PathBuf,
    format: Format,
    /// None of each that can't be read.
    manifests: Vec<Option<Rc<Manifest>>>,
}

impl Project<'_> {
    /// Of a lockfile that stays, and pins others.
    fn fewer(&self, path: &Path, mut gone: Packages, own: Option<Asked>) -> Rest {
        // A go.sum has the digest of a module alone; which version is used says the go.mod.
        let manifest = (self.format == Format::GoSum).then(|| path.with_file_name("go.mod"));
        match own {
            Some(own) => gone.retain(|(name, _)| self.lacks(name, std::slice::from_ref(&own))),
            None => gone.clear(),
        }
        let manifest = manifest.filter(|path| self.listing.pins(path).is_some());
        Rest { holders: manifest.map(|path| (path, Whose::Own)).into_iter().collect(), loose: gone }
    }

    /// Of one that is gone, or stands and pins nothing any more: then it may still say what its entries ask for.
    fn emptied(&self, path: &Path, mut gone: Packages, own: Option<Option<Asked>>) -> Rest {
        let (mut holders, mut locks, mut held) = (Vec::new(), Vec::new(), Packages::new());
        let asks = self.manifests.iter().any(|manifest| manifest.as_ref().is_none_or(|manifest| manifest.asks));
        for above in self.folder.ancestors() {
            let whose = self.whose(above);
            // The tool takes the lockfile that stands, as little as it says.
            if whose == Whose::Other && own.is_some() {
                continue;
            }
            for entry in self.listing.of_project(above).iter().filter(|entry| entry.path != path) {
                let Some(format) = Format::of(&entry.path) else { continue };
                // Where nothing asks, what says itself what is installed does so all the same.
                let says_itself = whose == Whose::Own && manifests_of(format).is_empty();
                let Some(read) = self.listing.pins(&entry.path).filter(|_| asks || says_itself) else { continue };
                let holds: Vec<_> = read.0.iter().map(Pin::key).filter(|key| gone.contains(key)).collect();
                if !holds.is_empty() {
                    holders.push((entry.path.clone(), whose));
                    held.extend(holds);
                }
                let is_lock = manifests_of(format).iter().any(|name| manifests_of(self.format).contains(name));
                if whose != Whose::Other && is_lock && !read.0.is_empty() {
                    locks.push(format.asked(&read.1).unwrap_or_else(|| Asked::of(&read.0)));
                }
            }
        }
        gone.retain(|key| !held.contains(key));
        if !asks {
            gone.retain(|(name, _)| own.iter().flatten().any(|own| own.lacks(name)));
        } else if !locks.is_empty() {
            gone.retain(|(name, _)| self.lacks(name, &locks));
        }
        Rest { holders, loose: gone }
    }

    /// Whether a package is asked for by what stands, and has no entry in any lockfile.
    fn lacks(&self, name: &str, locks: &[Asked]) -> bool {
        let by_manifest = || self.manifests.iter().flatten().any(|manifest| manifest.names.contains(name));
        locks.iter().any(|lock| lock.lacks(name)) || by_manifest() && !locks.iter().any(|lock| lock.has(name))
    }

    fn whose(&self, above: &Path) -> Whose {
        match above == self.folder {
            true => Whose::Own,
            false if is_member(self.listing, self.format, &self.folder, above) => Whose::Workspace,
            false => Whose::Other,
        }
    }
}

/// Whether the workspace of a folder above names one below as its own.
fn is_member(listing: &Listing<'_>, format: Format, folder: &Path, above: &Path) -> bool {
    let Ok(below) = folder.strip_prefix(above) else { return false };
    let names = manifests_of(format);
    let names = names.iter().copied().chain(names.contains(&"package.json").then_some(PNPM_WORKSPACE));
    names.filter_map(|name| listing.manifest(&above.join(name))).any(|workspace| {
        let scopes = |patterns: &[String]| -> Vec<_> { patterns.iter().map(|pattern| Scope::parse(pattern)).collect() };
        // What can't be understood may leave it out.
        let is_other =
            scopes(&workspace.others).iter().any(|scope| scope.as_ref().map_or(true, |scope| scope.holds(below)));
        !is_other && scopes(&workspace.members).iter().flatten().any(|scope| scope.names(below))
    })
}

/// Where pnpm has the folders of a workspace.
const PNPM_WORKSPACE: &str = "pnpm-workspace.yaml";

/// Whether a file asks for what a lockfile beside it pins.
fn is_manifest(path: &Path, lock: &Path, format: Format) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return false };
    manifests_of(format).iter().any(|one| name == *one || one.starts_with('.') && name.ends_with(one))
        || format == Format::Pnpm && name == PNPM_WORKSPACE
        || format == Format::Requirements && path == lock.with_extension("in")
}

/// The names of the files that ask for packages which a lockfile of a format pins; of those that begin with a dot, their endings.
const fn manifests_of(format: Format) -> &'static [&'static str] {
    match format {
        Format::Cargo => &["Cargo.toml"],
        Format::Npm | Format::Yarn | Format::Bun => &["package.json"],
        Format::Pnpm => &["package.json", "package.yaml", "package.json5"],
        Format::GoSum => &["go.mod"],
        Format::Poetry | Format::Uv => &["pyproject.toml"],
        Format::RequirementsLock => &["pyproject.toml", "setup.py", "setup.cfg", "Chart.yaml", "requirements.yaml"],
        Format::Bundler => &["Gemfile", "gems.rb"],
        Format::Composer => &["composer.json"],
        Format::Gradle => &["build.gradle", "build.gradle.kts"],
        Format::NuGet => &[".csproj", ".fsproj", ".vbproj"],
        Format::Helm => &["Chart.yaml"],
        Format::Terraform => &[".tf", ".tofu", ".tf.json", ".tofu.json"],
        // These say themselves what is installed, and nothing is once they are gone; but a list for pip may be made of another.
        Format::GoMod
        | Format::Requirements
        | Format::Maven
        | Format::Dockerfile
        | Format::Workflow
        | Format::Action => &[],
    }
}
