//! Which kind of file one is, by its name and folder, and the way to its reader.

use super::{LONGEST, Pin, Unread, text};
use super::{
    bun, bundler, cargo, composer, dockerfile, go, gradle, helm, maven, npm, nuget, pnpm, python, requirements,
    terraform, workflow, yarn,
};
use crate::source::Source;
use std::path::{Path, PathBuf};

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
    /// `bun.lock`.
    Bun,
    /// `go.mod`, and `go.work`, which has the same form.
    GoMod,
    /// `go.sum`, and `go.work.sum`.
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
    /// `Chart.lock`.
    Helm,
    /// `requirements.lock` of Helm 2 and of Rye, told apart by what stands in it, and `requirements-dev.lock` of Rye.
    RequirementsLock,
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
    /// use std::path::{Path, PathBuf};
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
            "bun.lock" => Self::Bun,
            "go.mod" | "go.work" => Self::GoMod,
            "go.sum" | "go.work.sum" => Self::GoSum,
            "poetry.lock" => Self::Poetry,
            "uv.lock" => Self::Uv,
            "Gemfile.lock" | "gems.locked" => Self::Bundler,
            "composer.lock" => Self::Composer,
            "pom.xml" => Self::Maven,
            "gradle.lockfile" | "buildscript-gradle.lockfile" => Self::Gradle,
            "packages.lock.json" => Self::NuGet,
            "Chart.lock" => Self::Helm,
            "requirements.lock" | "requirements-dev.lock" => Self::RequirementsLock,
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
        self.read_at(Path::new(""), text)
    }

    /// The same of a file at a path from the top of the repository: a list for pip names others from where it stands.
    ///
    /// # Errors
    /// As [`Self::read`] has them.
    pub fn read_at(self, path: &Path, text: &str) -> Result<Vec<Pin>, Unread> {
        if text.len() > MOST_BYTES {
            return Err(Unread::whole("it is larger than 64 MiB"));
        }
        // Tools of Windows write one, and no format gives it a meaning.
        let source = Source::new(path.to_string_lossy(), text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
        let mut pins = self.reader()(&source)?;
        if let Some(pin) = pins.iter().find(|pin| pin.is_from_too_far()) {
            let why = format!("an address of more than {LONGEST} bytes");
            return Err(Unread { why, line: Some(pin.line), column: None });
        }
        pins.sort_by_key(|pin| pin.line);
        Ok(pins)
    }

    /// The other files of the repository that one of this kind at a path reads as well, from the top of that, each with the line that names it: only lists for
    /// pip name any.
    ///
    /// # Errors
    /// As [`Self::read`] has them.
    pub fn named(self, path: &Path, text: &str) -> Result<Vec<(u32, PathBuf)>, Unread> {
        match self {
            Self::Requirements => requirements::named(&Source::new(path.to_string_lossy(), text.to_owned())),
            _ => Ok(Vec::new()),
        }
    }

    fn reader(self) -> fn(&Source) -> Result<Vec<Pin>, Unread> {
        match self {
            Self::Cargo => cargo::read,
            Self::Npm => npm::read,
            Self::Pnpm => |source| text::plain(source).and_then(|()| pnpm::read(source)),
            Self::Yarn => |source| text::plain(source).and_then(|()| yarn::read(source)),
            Self::Bun => bun::read,
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
            Self::RequirementsLock => |source| text::plain(source).and_then(|()| of_helm_or_rye(source)),
            Self::Terraform => |source| text::plain(source).and_then(|()| terraform::read(source)),
            Self::Workflow => |source| text::plain(source).and_then(|()| workflow::workflow(source)),
            Self::Action => |source| text::plain(source).and_then(|()| workflow::action(source)),
        }
    }
}

/// Helm writes a list of `dependencies`, be it empty, and what is not pip's form can't be read as that.
fn of_helm_or_rye(source: &Source) -> Result<Vec<Pin>, Unread> {
    let is_of_helm = source.text().lines().any(|line| line.starts_with("dependencies:"));
    if is_of_helm { helm::read(source) } else { requirements::read(source) }
}

/// `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`, the same with `constraints`, and what lies in a folder `requirements`.
fn is_of_requirements(folder: &Path, stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let mut words = stem.split(['.', '-', '_']);
    let first = words.clone().next().unwrap_or_default();
    if words.any(|word| matches!(word, "requirements" | "constraints")) {
        return !PROSE.contains(&first);
    }
    folder.ends_with("requirements") && !ABOUT_A_FOLDER.contains(&first)
}

/// `system-requirements`: what a machine must have, or a piece of software must do.
const PROSE: &[&str] =
    &["system", "hardware", "software", "functional", "nonfunctional", "non", "business", "user", "product"];

const ABOUT_A_FOLDER: &[&str] = &["readme", "license", "licence", "notice", "changelog", "contributing"];

/// A file in a language, or of data, is about such files, and none itself; but `Dockerfile.go` builds what is written in Go.
const OTHERS: &[&str] = &[
    "go", "py", "rs", "rb", "js", "mjs", "cjs", "jsx", "ts", "tsx", "java", "kt", "scala", "php", "cs", "fs", "sh",
    "ps1", "pl", "lua", "vim", "el", "swift", "c", "h", "cc", "cpp", "hpp", "ml", "mll", "hs", "ex", "exs", "erl",
    "clj", "json", "yml", "yaml", "toml", "xml", "html", "css", "rst", "adoc", "svg", "png", "snap", "diff", "patch",
];

/// `Dockerfile`, `Dockerfile.dev`, `dockerfile-dev`, `api.Dockerfile`, and the same with the name that Podman has for it.
fn is_dockerfile(name: &str) -> bool {
    if let Some((stem, ending)) = name.rsplit_once('.')
        && OTHERS.contains(&ending)
    {
        return matches!(stem, "Dockerfile" | "Containerfile");
    }
    let name = name.to_ascii_lowercase();
    ["dockerfile", "containerfile"].iter().any(|kind| {
        let begins = name.strip_prefix(kind).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']));
        begins || name.strip_suffix(kind).is_some_and(|rest| rest.ends_with('.'))
    })
}
