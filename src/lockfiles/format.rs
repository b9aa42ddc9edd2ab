//! Which kind of file one is, by its name and folder, and the way to its reader.

use super::{Pin, Unread, text};
use super::{
    bundler, cargo, composer, dockerfile, go, gradle, helm, maven, npm, nuget, pnpm, python, requirements, terraform,
    workflow, yarn,
};
use crate::source::Source;
use std::path::Path;

/// A kind of lockfile or manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `Cargo.lock`, all versions up to 4.
    Cargo,
    /// `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3.
    Npm,
    /// `pnpm-lock.yaml`, versions 5 to 9.
    Pnpm,
    /// `yarn.lock` of Yarn 1 and of Berry, told apart by what stands in it.
    Yarn,
    /// `go.mod`.
    GoMod,
    /// `go.sum`.
    GoSum,
    /// `requirements.txt` and files with like names, and files of constraints, which have the same form.
    Requirements,
    /// `poetry.lock`.
    Poetry,
    /// `uv.lock`.
    Uv,
    /// `Gemfile.lock` and `gems.locked`.
    Bundler,
    /// `composer.lock`.
    Composer,
    /// `pom.xml`.
    Maven,
    /// `gradle.lockfile`, that of the build script, and those of older releases, one per configuration.
    Gradle,
    /// `packages.lock.json` and `packages.<project>.lock.json`.
    NuGet,
    /// `Dockerfile`, `Containerfile`, and names that begin or end so.
    Dockerfile,
    /// `Chart.lock`, and `requirements.lock` of Helm 2.
    Helm,
    /// `.terraform.lock.hcl`.
    Terraform,
    /// A workflow of GitHub Actions.
    Workflow,
    /// The `action.yml` of an action.
    Action,
}

/// The largest file that is read.
const MOST_BYTES: usize = 64 << 20;

impl Format {
    /// The kind of file that has this path; none for a file that pins nothing this room knows of. The path is not looked at on disk.
    ///
    /// ```
    /// use changegate::lockfiles::Format;
    /// use std::path::Path;
    /// assert_eq!(Format::of(Path::new("web/package-lock.json")), Some(Format::Npm));
    /// assert_eq!(Format::of(Path::new("build/api.Dockerfile")), Some(Format::Dockerfile));
    /// assert_eq!(Format::of(Path::new("docs/ci.yml")), None);
    /// ```
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy();
        let exact = match &*name {
            "Cargo.lock" => Self::Cargo,
            "package-lock.json" | "npm-shrinkwrap.json" => Self::Npm,
            "pnpm-lock.yaml" => Self::Pnpm,
            "yarn.lock" => Self::Yarn,
            "go.mod" => Self::GoMod,
            "go.sum" => Self::GoSum,
            "poetry.lock" => Self::Poetry,
            "uv.lock" => Self::Uv,
            "Gemfile.lock" | "gems.locked" => Self::Bundler,
            "composer.lock" => Self::Composer,
            "pom.xml" => Self::Maven,
            "gradle.lockfile" | "buildscript-gradle.lockfile" => Self::Gradle,
            "packages.lock.json" => Self::NuGet,
            "Chart.lock" | "requirements.lock" => Self::Helm,
            ".terraform.lock.hcl" => Self::Terraform,
            "action.yml" | "action.yaml" => Self::Action,
            _ => return Self::by_pattern(path, &name),
        };
        Some(exact)
    }

    fn by_pattern(path: &Path, name: &str) -> Option<Self> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        match ending {
            "yml" | "yaml" if folder.ends_with(".github/workflows") => Some(Self::Workflow),
            "txt" => is_of_requirements(folder, stem).then_some(Self::Requirements),
            "lockfile" if folder.ends_with("dependency-locks") => Some(Self::Gradle),
            "json" if stem.starts_with("packages.") && stem.ends_with(".lock") => Some(Self::NuGet),
            // Which files an image is built without, how it is used, and what a Dockerfile is yet to be made of.
            "dockerignore" | "md" | "j2" | "tmpl" | "tpl" | "erb" | "template" => None,
            _ => is_dockerfile(name).then_some(Self::Dockerfile),
        }
    }

    /// What a file of this kind pins, in the order of its lines.
    ///
    /// # Errors
    /// Why it can't be read, or which of its entries can't be understood, with the place. A file over 64 MiB is not read.
    ///
    /// ```
    /// use changegate::lockfiles::Format;
    /// let pins = Format::Requirements.read("flask==3.0.0\n").unwrap();
    /// assert_eq!((pins[0].name.as_str(), pins[0].version.as_str(), pins[0].line), ("flask", "3.0.0", 1));
    /// assert_eq!(Format::Requirements.read("flask==3.0.0\n??\n").unwrap_err().line, Some(2));
    /// ```
    pub fn read(self, text: &str) -> Result<Vec<Pin>, Unread> {
        if text.len() > MOST_BYTES {
            return Err(Unread::whole("it is larger than 64 MiB"));
        }
        // Tools of Windows write one, and no format gives it a meaning.
        let source = Source::new("", text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
        let mut pins = self.reader()(&source)?;
        pins.sort_by_key(|pin| pin.line);
        Ok(pins)
    }

    fn reader(self) -> fn(&Source) -> Result<Vec<Pin>, Unread> {
        match self {
            Self::Cargo => cargo::read,
            Self::Npm => npm::read,
            Self::Pnpm => |source| text::plain(source).and_then(|()| pnpm::read(source)),
            Self::Yarn => |source| text::plain(source).and_then(|()| yarn::read(source)),
            Self::GoMod => |source| text::plain(source).and_then(|()| go::manifest(source)),
            Self::GoSum => |source| text::plain(source).and_then(|()| go::sums(source)),
            Self::Requirements => |source| text::plain(source).and_then(|()| requirements::read(source)),
            Self::Poetry => python::poetry,
            Self::Uv => python::uv,
            Self::Bundler => |source| text::plain(source).and_then(|()| bundler::read(source)),
            Self::Composer => composer::read,
            Self::Maven => maven::read,
            Self::Gradle => |source| text::plain(source).and_then(|()| gradle::read(source)),
            Self::NuGet => nuget::read,
            Self::Dockerfile => |source| text::plain(source).and_then(|()| dockerfile::read(source)),
            Self::Helm => |source| text::plain(source).and_then(|()| helm::read(source)),
            Self::Terraform => |source| text::plain(source).and_then(|()| terraform::read(source)),
            Self::Workflow => |source| text::plain(source).and_then(|()| workflow::workflow(source)),
            Self::Action => |source| text::plain(source).and_then(|()| workflow::action(source)),
        }
    }
}

/// `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`, the same with `constraints`, and what lies in a folder `requirements`.
fn is_of_requirements(folder: &Path, stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    // Prose about what a machine must have, and about the folder.
    if ["system", "hardware", "software"].iter().any(|of| stem.starts_with(of)) || is_prose(&stem) {
        return false;
    }
    let named = stem.split(['.', '-', '_']).any(|word| matches!(word, "requirements" | "constraints"));
    named || folder.ends_with("requirements")
}

fn is_prose(stem: &str) -> bool {
    matches!(stem, "readme" | "license" | "licence" | "notice" | "changelog")
}

/// What is written in a language is in lower case, as its modules are; a `Dockerfile.go` builds one.
const LANGUAGES: &[&str] = &["go", "py", "rs", "rb", "js", "ts", "java", "kt", "php", "cs", "sh", "c", "h", "cpp"];

/// `Dockerfile`, `Dockerfile.dev`, `dockerfile-dev`, `api.Dockerfile`, and the same with the name that Podman has for it.
fn is_dockerfile(name: &str) -> bool {
    let is_module = name.rsplit_once('.').is_some_and(|(_, ending)| LANGUAGES.contains(&ending));
    if is_module && name.starts_with(['d', 'c']) {
        return false;
    }
    let name = name.to_ascii_lowercase();
    ["dockerfile", "containerfile"].iter().any(|kind| {
        let begins = name.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']));
        begins || name.strip_suffix(kind).is_some_and(|rest| rest.ends_with('.'))
    })
}
