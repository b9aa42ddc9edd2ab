//! What the project itself takes of a package, of which its lockfile may have several versions: who asks gets the version of its place in the tree, and
//! no difference between two lists of versions shows that it is another one of them.

mod javascript;

use super::{Format, Unread, dockerfile, python, tree};
use crate::document::{Kind, Value};
use crate::source::Source;
use std::collections::HashMap;
use std::path::PathBuf;

/// Who of a project asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A folder, from that of the lockfile.
    Folder(PathBuf),
    /// A member by what it is called, wherever it stands and whichever lockfile it has: Cargo and uv write no more of it.
    Name(String),
}

/// What one of a project takes under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Who takes it.
    pub by: By,
    /// The name under which it asks.
    pub asked: String,
    /// The package that it gets.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The line of the pin, where a file may pin one version in several ways.
    pub line: Option<u32>,
}

impl Taken {
    fn by_folder(folder: &str, asked: &str, name: &str, version: &str) -> Self {
        Self::new(By::Folder(folder.into()), asked, name, version)
    }

    fn by_name(called: &str, asked: &str, name: &str, version: &str) -> Self {
        Self::new(By::Name(called.to_owned()), asked, name, version)
    }

    fn new(by: By, asked: &str, name: &str, version: &str) -> Self {
        let own = |text: &str| text.to_owned();
        Self { by, asked: own(asked), name: own(name), version: own(version), line: None }
    }
}

impl Format {
    /// What the project of a lockfile takes itself, and of a Dockerfile what its last stage is built on. Nothing of a format that does not say it, or of a file
    /// that can't be read.
    ///
    /// ```
    /// use changegate::lockfiles::Format;
    /// let text = r#"{ "lockfileVersion": 3, "packages": { "": { "dependencies": { "a": "^1" } },
    ///     "node_modules/a": { "version": "1.2.0" }, "node_modules/b/node_modules/a": { "version": "0.9.0" } } }"#;
    /// let taken = Format::Npm.taken(text);
    /// assert_eq!((taken[0].name.as_str(), taken[0].version.as_str()), ("a", "1.2.0"));
    /// ```
    pub fn taken(self, text: &str) -> Vec<Taken> {
        let source = Source::new("", text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
        let taken = match self {
            Self::Npm => javascript::npm(&source),
            Self::Pnpm => javascript::pnpm(&source),
            Self::Bun => javascript::bun(&source),
            Self::Yarn => javascript::berry(&source),
            Self::Cargo => cargo(&source),
            Self::Uv => uv(&source),
            Self::Dockerfile => last_stage(&source),
            _ => return Vec::new(),
        };
        taken.unwrap_or_default()
    }
}

/// Of members of the workspace and of folders, which have no `source`.
fn cargo(source: &Source) -> Result<Vec<Taken>, Unread> {
    let document = tree::toml(source)?;
    let packages = tree::objects(document.root(), "package")?;
    let named = versions(&packages, str::to_owned)?;
    let mut taken = Vec::new();
    for package in packages.iter().filter(|package| package.get("source").is_none()) {
        let by = tree::needed(*package, "name")?;
        for one in package.get("dependencies").into_iter().flat_map(Value::items) {
            let Kind::String(text) = one.kind() else { continue };
            // `name`, or of several versions `name version`, or with `(source)` behind them.
            let mut words = text.split(' ');
            let Some(name) = words.next() else { continue };
            let version = words.next().or_else(|| sole(&named, name));
            taken.extend(version.map(|version| Taken::by_name(by, name, name, version)));
        }
    }
    Ok(taken)
}

/// Of what stands in the repository itself.
fn uv(source: &Source) -> Result<Vec<Taken>, Unread> {
    let document = tree::toml(source)?;
    let packages = tree::objects(document.root(), "package")?;
    let named = versions(&packages, python::normal)?;
    let is_own = |package: &&Value<'_>| {
        let kinds = ["virtual", "editable", "directory"];
        package.get("source").is_some_and(|source| kinds.iter().any(|kind| source.get(kind).is_some()))
    };
    let mut taken = Vec::new();
    for package in packages.iter().filter(is_own) {
        let by = tree::needed(*package, "name")?;
        let groups = ["optional-dependencies", "dev-dependencies"];
        let groups = groups.iter().filter_map(|groups| package.get(groups)).flat_map(Value::items);
        let lists = package.get("dependencies").into_iter().chain(groups);
        for one in lists.flat_map(Value::items) {
            let Some(name) = tree::text(one, "name")?.map(python::normal) else { continue };
            let version = tree::text(one, "version")?.or_else(|| sole(&named, &name));
            taken.extend(version.map(|version| Taken::by_name(by, &name, &name, version)));
        }
    }
    Ok(taken)
}

/// The versions of each name; what is without one is a folder.
fn versions<'d>(
    packages: &[Value<'d>],
    name_of: impl Fn(&str) -> String,
) -> Result<HashMap<String, Vec<&'d str>>, Unread> {
    let mut named: HashMap<_, Vec<_>> = HashMap::new();
    for &package in packages {
        let version = tree::text(package, "version")?;
        named.entry(name_of(tree::needed(package, "name")?)).or_default().extend(version);
    }
    Ok(named)
}

fn sole<'d>(named: &HashMap<String, Vec<&'d str>>, name: &str) -> Option<&'d str> {
    match named.get(name).map(Vec::as_slice) {
        Some([version]) => Some(version),
        _ => None,
    }
}

/// What is shipped is built on the image of the last stage.
fn last_stage(source: &Source) -> Result<Vec<Taken>, Unread> {
    let last = dockerfile::last_stage(source)?;
    Ok(last
        .map(|pin| Taken { line: Some(pin.line), ..Taken::by_name("", "FROM", &pin.name, &pin.version) })
        .into_iter()
        .collect())
}

#[cfg(test)]
mod tests {
    use crate::lockfiles::{By, Format};

    fn taken(format: Format, text: &str) -> Vec<String> {
        let taken = format.taken(text).into_iter();
        let by = |by: &By| match by {
            By::Folder(folder) => folder.display().to_string(),
            By::Name(name) => name.clone(),
        };
        taken.map(|one| format!("{} {} {} {}", by(&one.by), one.asked, one.name, one.version)).collect()
    }

    #[test]
    fn each_folder_takes_what_stands_nearest() {
        let npm = r#"{ "lockfileVersion": 3, "packages": {
            "": { "name": "w", "dependencies": { "a": "^2", "x": "npm:b@^1", "own": "*" }, "devDependencies": { "c": "1" }, "workspaces": ["app"] },
            "app": { "dependencies": { "a": "^1", "c": "1" }, "optionalDependencies": { "o": "1" } },
            "app/node_modules/a": { "version": "1.0.0" }, "node_modules/a": { "version": "2.0.0", "dependencies": { "c": "9" } },
            "node_modules/own": { "link": true, "resolved": "app" },
            "node_modules/x": { "version": "1.5.0", "name": "b" }, "node_modules/c": { "version": "1.1.0" } } }"#;
        let wanted = [" a a 2.0.0", " x b 1.5.0", " c c 1.1.0", "app a a 1.0.0", "app c c 1.1.0"];
        assert_eq!(taken(Format::Npm, npm), wanted);
        let bun = r#"{ "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "a": "2", "x": "npm:b@1" } }, "app": { "name": "app", "dependencies": { "a": "1" } } },
            "packages": { "a": ["a@2.0.0", "", {}, "sha512-AA=="], "app/a": ["a@1.0.0", "", {}, "sha512-AA=="], "x": ["b@1.5.0", "", {}, "sha512-AA=="] } }"#;
        assert_eq!(taken(Format::Bun, bun), [" a a 2.0.0", " x b 1.5.0", "app a a 1.0.0"]);
        let berry = "__metadata:\n  version: 8\n\"a@npm:^1\":\n  version: 1.0.0\n  resolution: \"a@npm:1.0.0\"\n\"a@npm:^2, a@npm:^2.0.0\":\n  version: 2.0.0\n  resolution: \"a@npm:2.0.0\"\n\"w@workspace:.\":\n  version: 0.0.0-use.local\n  resolution: \"w@workspace:.\"\n  dependencies:\n    a: \"npm:^2\"\n    own: \"workspace:*\"\n";
        assert_eq!(taken(Format::Yarn, berry), [" a a 2.0.0"]);
        assert_eq!(taken(Format::Yarn, &berry.replace("a: \"npm:^2\"", "a: ^2")), [" a a 2.0.0"]);
    }

    #[test]
    fn each_version_of_pnpm_says_it() {
        let nine = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0(p@1.0.0)}\n      x: {specifier: 'npm:b@1', version: b@1.0.0}\n      own: {specifier: 'link:own', version: 'link:own'}\n";
        let six = "lockfileVersion: '6.0'\ndependencies:\n  a: {specifier: ^1, version: 1.0.0(p@1.0.0)}\n  x: {specifier: 'npm:b@1', version: /b@1.0.0}\n";
        let five = "lockfileVersion: 5.4\ndependencies: {a: 1.0.0_p@1.0.0, x: /b/1.0.0, own: 'link:own'}\n";
        for text in [nine, six, five] {
            assert_eq!(taken(Format::Pnpm, text), [" a a 1.0.0", " x b 1.0.0"]);
        }
    }

    #[test]
    fn of_several_versions_the_one_that_is_named_is_taken() {
        let cargo = "version = 4\n[[package]]\nname = \"rand\"\nversion = \"0.7.3\"\nsource = \"registry+x\"\n[[package]]\nname = \"rand\"\nversion = \"0.8.5\"\nsource = \"registry+x\"\n[[package]]\nname = \"y\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\ndependencies = [\"rand 0.7.3\"]\n[[package]]\nname = \"w\"\nversion = \"0.1.0\"\ndependencies = [\"rand 0.8.5\", \"y\"]\n";
        assert_eq!(taken(Format::Cargo, cargo), ["w rand rand 0.8.5", "w y y 1.0.0"]);
        let uv = "version = 1\n[[package]]\nname = \"A_b\"\nversion = \"1\"\nsource = { registry = \"r\" }\n[[package]]\nname = \"a-b\"\nversion = \"2\"\nsource = { registry = \"r\" }\n[[package]]\nname = \"own\"\nsource = { virtual = \".\" }\ndependencies = [{ name = \"a-b\", version = \"2\", marker = \"x\" }, { name = \"c\" }]\n[package.dev-dependencies]\ndev = [{ name = \"c\" }]\n[[package]]\nname = \"c\"\nversion = \"3\"\nsource = { registry = \"r\" }\n";
        assert_eq!(taken(Format::Uv, uv), ["own a-b a-b 2", "own c c 3", "own c c 3"]);
    }

    #[test]
    fn what_is_shipped_is_the_last_stage() {
        let tools = "FROM node:22 AS tools\nFROM node:20 AS base\n";
        assert_eq!(taken(Format::Dockerfile, tools), [" FROM node 20"]);
        // A stage of the file itself stands for what that is built on; and an image of which only the build knows is none.
        assert_eq!(
            taken(Format::Dockerfile, &format!("{tools}FROM TOOLS\nCOPY --from=base /a /a\n")),
            [" FROM node 22"]
        );
        assert_eq!(taken(Format::Dockerfile, &format!("{tools}FROM scratch\n")), [""; 0]);
        assert_eq!(taken(Format::Gradle, "a:b:1=x\n"), [""; 0]);
    }
}
