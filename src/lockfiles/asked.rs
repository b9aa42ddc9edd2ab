//! What a lockfile itself still asks for and has no entry of: a tool that reads it takes whatever is newest.

mod bun;
mod pnpm;
mod python;
mod yarn;

use super::{Format, Pin, Unread, tree};
use crate::document::{Kind, Value};
use crate::source::Source;
use std::collections::HashSet;

/// The names in a lockfile.
#[derive(Debug, Default)]
pub struct Asked {
    /// Those that it has an entry of, be it a folder of the repository.
    there: HashSet<String>,
    /// Those that an entry asks for.
    lacking: HashSet<String>,
}

impl Asked {
    /// Of a lockfile of which only its pins are looked at.
    pub fn of(pins: &[Pin]) -> Self {
        Self { there: pins.iter().map(|pin| pin.name.clone()).collect(), lacking: HashSet::new() }
    }

    /// Of the names that have entries, and of those that are asked for, each under all the names that it has.
    fn new(there: impl IntoIterator<Item = String>, wanted: impl IntoIterator<Item = Vec<String>>) -> Self {
        let there: HashSet<_> = there.into_iter().collect();
        let lacks = |names: &Vec<String>| !names.first().is_some_and(|name| there.contains(name));
        let lacking = wanted.into_iter().filter(lacks).flatten().collect();
        Self { there, lacking }
    }

    /// Whether there is an entry of a name.
    pub fn has(&self, name: &str) -> bool {
        self.there.contains(name)
    }

    /// Whether a name is asked for and has no entry.
    pub fn lacks(&self, name: &str) -> bool {
        self.lacking.contains(name)
    }
}

impl Format {
    /// What a lockfile has and lacks; none of a format of which that is not looked at, or of one that can't be read.
    ///
    /// ```
    /// use changegate::lockfiles::Format;
    /// let asked = Format::Cargo.asked("version = 4\n[[package]]\nname = \"x\"\nversion = \"0.1.0\"\ndependencies = [\"serde\"]\n").unwrap();
    /// assert!(asked.has("x") && asked.lacks("serde") && !asked.lacks("ms"));
    /// ```
    pub fn asked(self, text: &str) -> Option<Asked> {
        let source = Source::new("", text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
        match self {
            Self::Cargo => of_cargo(&source).ok(),
            Self::Npm => of_npm(&source).ok(),
            Self::Yarn => yarn::read(&source).ok(),
            Self::Pnpm => pnpm::read(&source).ok(),
            Self::Bun => bun::read(&source).ok(),
            Self::Poetry => python::poetry(&source).ok(),
            Self::Uv => python::uv(&source).ok(),
            _ => None,
        }
    }
}

fn of_cargo(source: &Source) -> Result<Asked, Unread> {
    let document = tree::toml(source)?;
    let mut packages = tree::objects(document.root(), "package")?;
    packages.extend(document.root().get("root"));
    let mut asked = Asked::default();
    let mut versions = HashSet::new();
    for &package in &packages {
        let name = tree::needed(package, "name")?;
        asked.there.insert(name.to_owned());
        versions.insert((name, tree::needed(package, "version")?));
    }
    let wanted = packages.iter().filter_map(|package| package.get("dependencies")).flat_map(Value::items);
    for wanted in wanted {
        let Kind::String(text) = wanted.kind() else { continue };
        // `name`, or of several versions `name version`, or with `(source)` behind them.
        let mut words = text.split(' ');
        let Some(name) = words.next() else { continue };
        let is_there = words.next().map_or_else(|| asked.has(name), |version| versions.contains(&(name, version)));
        if !is_there {
            asked.lacking.insert(name.to_owned());
        }
    }
    Ok(asked)
}

fn of_npm(source: &Source) -> Result<Asked, Unread> {
    let document = tree::json(source)?;
    let root = document.root();
    let (mut there, mut wanted) = (HashSet::new(), Vec::new());
    if let Some(packages) = tree::object(root, "packages")? {
        for package in packages.items() {
            let path = package.key().unwrap_or_default();
            let installed = path.rsplit_once("node_modules/").map(|(_, name)| name.to_owned());
            // What is installed for tests is so of the project and of its own folders alone.
            let for_tests = if installed.is_none() { tree::object(package, "devDependencies")? } else { None };
            wanted.extend([tree::object(package, "dependencies")?, for_tests].into_iter().flatten());
            there.extend(installed);
            there.extend(tree::text(package, "name")?.map(str::to_owned));
        }
    } else {
        let mut open: Vec<_> = tree::object(root, "dependencies")?.into_iter().collect();
        while let Some(level) = open.pop() {
            for package in level.items() {
                there.extend(package.key().map(str::to_owned));
                open.extend(tree::object(package, "dependencies")?);
                wanted.extend(package.get("requires").filter(|requires| requires.kind() == Kind::Object));
            }
        }
    }
    let names =
        wanted.into_iter().flat_map(Value::items).filter(|one| one.key().is_some_and(|key| !there.contains(key)));
    let lacking = names.flat_map(names_of).map(str::to_owned).collect();
    Ok(Asked { there, lacking })
}

/// The name under which a package is asked for, and its own where that is another: `"a": "npm:b@^1"`.
pub(super) fn names_of(asked: Value<'_>) -> impl Iterator<Item = &str> {
    let own = match asked.kind() {
        Kind::String(text) => text.strip_prefix("npm:").map(|own| match own.rfind('@') {
            Some(at) if at > 0 => own.get(..at).unwrap_or(own),
            _ => own,
        }),
        // Cargo writes it beside the version.
        Kind::Object => {
            asked.get("package").and_then(|own| if let Kind::String(own) = own.kind() { Some(own) } else { None })
        }
        _ => None,
    };
    asked.key().into_iter().chain(own)
}

/// Whether a package is asked for in some cases alone, and in others not taken.
pub(super) fn is_conditional(asked: Value<'_>) -> bool {
    ["markers", "python", "platform"].iter().any(|key| asked.get(key).is_some())
}

#[cfg(test)]
mod tests {
    use crate::lockfiles::Format;

    #[test]
    fn what_has_no_entry_is_lacking() {
        let text = r#"{ "lockfileVersion": 3, "packages": {
            "": { "name": "w", "dependencies": { "a": "^1", "b": "^1", "own": "file:own", "x": "npm:@s/y@^1" }, "devDependencies": { "t": "1" }, "optionalDependencies": { "o": "1" } },
            "node_modules/a": { "version": "1.0.0", "dependencies": { "c": "1" }, "devDependencies": { "d": "1" } },
            "node_modules/own": { "link": true } } }"#;
        let asked = Format::Npm.asked(text).unwrap();
        for name in ["b", "c", "t", "x", "@s/y"] {
            assert!(asked.lacks(name), "{name}");
        }
        for name in ["a", "own", "d", "o"] {
            assert!(!asked.lacks(name), "{name}");
        }
        let text = r#"{ "lockfileVersion": 1, "dependencies": { "a": { "version": "1.0.0", "requires": { "b": "1", "c": "1" }, "dependencies": { "b": { "version": "1.0.0" } } } } }"#;
        let asked = Format::Npm.asked(text).unwrap();
        assert!(asked.lacks("c") && !asked.lacks("b") && asked.has("b"));
    }

    #[test]
    fn one_of_several_versions_may_be_lacking() {
        let text = "version = 4\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n[[package]]\nname = \"x\"\nversion = \"0.1.0\"\ndependencies = [\"a 1.0.0\", \"x\"]\n";
        let asked = Format::Cargo.asked(text).unwrap();
        assert!(asked.lacks("a") && !asked.lacks("x"));
        assert!(!Format::Cargo.asked(&text.replace("a 1.0.0", "a 2.0.0 (registry+x)")).unwrap().lacks("a"));
        assert!(Format::Composer.asked("").is_none());
    }

    #[test]
    fn each_format_says_what_its_entries_ask_for() {
        let classic = "# yarn lockfile v1\n\n\n\"@s/a@^1\", b@npm:c@1:\n  version \"1.0.0\"\n  dependencies:\n    \"@s/a\" \"^1\"\n    b \"npm:c@1\"\n    d \"^1\"\n    e \"npm:f@1\"\n  optionalDependencies:\n    o \"1\"\n";
        let berry = "__metadata:\n  version: 8\n\"@s/a@npm:^1, b@npm:c@1\":\n  version: 1.0.0\n  resolution: \"@s/a@npm:1.0.0\"\n  dependencies:\n    b: npm:c@1\n    d: npm:^1\n    e: npm:f@1\n  peerDependencies:\n    p: 1\n";
        for text in [classic, berry] {
            let asked = Format::Yarn.asked(text).unwrap();
            assert!(["d", "e", "f"].iter().all(|name| asked.lacks(name)), "{asked:?}");
            assert!(["@s/a", "b", "c"].iter().all(|name| asked.has(name) && !asked.lacks(name)), "{asked:?}");
            assert!(!asked.lacks("o") && !asked.lacks("p"));
        }
        let bun = r#"{ "lockfileVersion": 1, "workspaces": { "": { "dependencies": { "@s/a": "1", "d": "1", }, "devDependencies": { "x": "npm:e@1" } } },
            "packages": { "@s/a": ["@s/a@1.0.0", "", { "dependencies": { "f": "1", "c": "1", "@s/g": "1", "h": "1" }, "peerDependencies": { "p": "1" } }, "sha512-AA=="],
            "@s/a/c": ["c@1.0.0", "", {}, "sha512-AA=="], "c/@s/g": ["@s/z@1.0.0", "", {}, "sha512-AA=="], "@s/a/h": ["i@1.0.0", "", {}, "sha512-AA=="] } }"#;
        let asked = Format::Bun.asked(bun).unwrap();
        assert!(["d", "x", "e", "f"].iter().all(|name| asked.lacks(name)), "{asked:?}");
        assert!(["@s/a", "c", "@s/g", "h", "p"].iter().all(|name| !asked.lacks(name)), "{asked:?}");
        let nine = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0(p@1.0.0)}\n      x: {specifier: 'npm:b@1', version: b@1.0.0}\n      own: {specifier: 'link:own', version: 'link:own'}\npackages:\n  a@1.0.0: {resolution: {integrity: x}}\nsnapshots:\n  a@1.0.0(p@1.0.0):\n    dependencies: {a: 1.0.0, d: 1.0.0}\n    optionalDependencies: {o: 1.0.0}\n";
        let five = "lockfileVersion: 5.4\ndependencies: {a: 1.0.0, x: /b/1.0.0, own: 'link:own'}\npackages:\n  /a/1.0.0: {resolution: {integrity: x}, dependencies: {d: 1.0.0_p@1.0.0}}\n";
        let six = "lockfileVersion: '6.0'\ndependencies:\n  x: {specifier: 'npm:b@1', version: /b@1.0.0}\npackages:\n  /a@1.0.0(p@1.0.0): {resolution: {integrity: x}, dependencies: {a: 1.0.0, d: 1.0.0}}\n";
        for text in [nine, six, five] {
            let asked = Format::Pnpm.asked(text).unwrap();
            assert!(asked.lacks("b") && asked.lacks("d") && asked.has("a"), "{asked:?}");
            assert!(["a", "own", "o", "p"].iter().all(|name| !asked.lacks(name)), "{asked:?}");
        }
        let poetry = "[[package]]\nname = \"A.b\"\nversion = \"1\"\n[package.dependencies]\na-B = \"*\"\nC_d = \">=1\"\ne = { version = \"*\", optional = true }\nf = { version = \"*\", markers = \"python_version < '3.8'\" }\ng = [{ version = \"1\", markers = \"x\" }, { version = \"2\" }]\n";
        let asked = Format::Poetry.asked(poetry).unwrap();
        assert!(asked.has("a-b") && asked.lacks("c-d") && asked.lacks("g"));
        assert!(["a-b", "e", "f"].iter().all(|name| !asked.lacks(name)), "{asked:?}");
        let uv = "version = 1\n[[package]]\nname = \"own\"\nsource = { virtual = \".\" }\ndependencies = [{ name = \"a\" }, { name = \"own\" }]\n[package.optional-dependencies]\nx = [{ name = \"b\" }]\n[package.dev-dependencies]\ndev = [{ name = \"c\" }]\n[package.metadata]\nrequires-dist = [{ name = \"d\" }]\n";
        let asked = Format::Uv.asked(uv).unwrap();
        assert!(["a", "b", "c"].iter().all(|name| asked.lacks(name)) && !asked.lacks("own") && !asked.lacks("d"));
    }
}
