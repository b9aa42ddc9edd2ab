//! What asks for packages: the manifest of a project, as far as it can be told without its tool.

use super::asked::{is_conditional, names_of};
use super::yaml::{Node, Yaml};
use super::{Unread, go, python, requirements, text, tree};
use crate::document::{Kind, Value};
use crate::source::Source;
use std::collections::HashSet;

/// A manifest.
#[derive(Debug, Default)]
pub struct Manifest {
    /// Whether it, or a folder that it takes for its own, asks for anything.
    pub asks: bool,
    /// The names that it asks for, other than of folders; of Cargo, npm, Composer and Python.
    pub names: HashSet<String>,
    /// Patterns of the folders of its workspace.
    pub members: Vec<String>,
    /// Patterns of those that are none, though the first ones hold them.
    pub others: Vec<String>,
}

/// What a language itself is called there, or a part of it.
const PLATFORM: &[&str] = &["python", "php", "hhvm"];
/// What is not there, yet is found where it is used.
const OF_A_FOLDER: &[&str] = &["file:", "link:", "portal:", "workspace:"];

impl Manifest {
    /// One by the name of its file and its text; none where that is no format that can be read here, or is none of it.
    ///
    /// ```
    /// use changegate::lockfiles::Manifest;
    /// assert!(!Manifest::read("package.json", r#"{ "scripts": {} }"#).unwrap().asks);
    /// assert!(Manifest::read("Cargo.toml", "[dependencies]\nserde = \"1\"\n").unwrap().names.contains("serde"));
    /// assert!(Manifest::read("Gemfile", "").is_none());
    /// ```
    pub fn read(name: &str, text: &str) -> Option<Self> {
        let source = Source::new("", text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
        match name {
            "package.json" | "composer.json" => of_json(&source).ok(),
            "Cargo.toml" => of_toml(&source, &str::to_owned).ok(),
            "pyproject.toml" => of_toml(&source, &python::normal).ok(),
            "go.mod" => of_go(&source).ok(),
            "pnpm-workspace.yaml" => of_pnpm(&source).ok(),
            _ if name.ends_with(".in") => of_requirements(&source).ok(),
            _ => None,
        }
    }

    /// Takes in what asks for packages, by the way in which its ecosystem writes a name.
    fn ask(&mut self, list: Value<'_>, is_of_names: bool, normal: &dyn Fn(&str) -> String) {
        let is_platform = |name: &str| PLATFORM.contains(&name) || name.starts_with("ext-") || name.starts_with("lib-");
        for one in list.items().filter(|one| !one.key().is_some_and(is_platform)) {
            self.asks = true;
            let is_folder = match one.kind() {
                Kind::String(text) => OF_A_FOLDER.iter().any(|place| text.starts_with(place)),
                _ => one.get("path").is_some(),
            };
            if is_of_names && !is_folder && !is_conditional(one) {
                self.names.extend(names_of(one).map(normal));
            }
        }
    }

    /// The same of a list of requirements of Python, or of several by their groups.
    fn require(&mut self, list: Value<'_>) {
        for one in list.items() {
            match one.kind() {
                Kind::String(text) => self.names.extend(python::asked(text)),
                Kind::Array => self.require(one),
                _ => {}
            }
        }
    }

    fn of_workspace(&mut self, members: Option<Value<'_>>, others: Option<Value<'_>>) {
        let texts = |list: Option<Value<'_>>| -> Vec<String> {
            let text = |one: Value<'_>| if let Kind::String(text) = one.kind() { Some(text.to_owned()) } else { None };
            list.into_iter().flat_map(Value::items).filter_map(text).collect()
        };
        let (none, some): (Vec<_>, Vec<_>) = texts(members).into_iter().partition(|pattern| pattern.starts_with('!'));
        self.asks |= !some.is_empty();
        self.members.extend(some);
        self.others.extend(none.into_iter().map(|pattern| pattern.trim_start_matches('!').to_owned()));
        self.others.extend(texts(others));
    }
}

fn of_json(source: &Source) -> Result<Manifest, Unread> {
    let document = tree::json(source)?;
    tree::is_object(document.root())?;
    let mut manifest = Manifest::default();
    for member in document.root().items() {
        match member.key().unwrap_or_default() {
            "workspaces" => manifest.of_workspace(Some(member.get("packages").unwrap_or(member)), None),
            // Of what is left to those who use it, some tools install nothing.
            "peerDependencies" => manifest.ask(member, false, &str::to_owned),
            "dependencies" | "devDependencies" | "optionalDependencies" | "require" | "require-dev" => {
                manifest.ask(member, true, &str::to_owned);
            }
            _ => {}
        }
    }
    Ok(manifest)
}

fn of_toml(source: &Source, normal: &dyn Fn(&str) -> String) -> Result<Manifest, Unread> {
    let document = tree::toml(source)?;
    let mut manifest = Manifest::default();
    // A package of Cargo whose workspace takes another one from a folder has it as a member.
    let is_workspace = document.root().get("workspace").is_some();
    let mut open = vec![(document.root(), true)];
    while let Some((level, is_used)) = open.pop() {
        for member in level.items() {
            let is_table = member.kind() == Kind::Object;
            match member.key().unwrap_or_default() {
                key if key.ends_with("dependencies") || key == "dependency-groups" => {
                    let folders = member.items().filter_map(|one| tree::text(one, "path").ok()?);
                    manifest.members.extend(folders.filter(|_| is_workspace && is_used).map(str::to_owned));
                    let is_of_names = is_used && key != "optional-dependencies";
                    let is_list = !is_table || key == "dependency-groups";
                    manifest.ask(member, is_of_names && !is_list, normal);
                    if is_of_names && is_list {
                        manifest.require(member);
                    }
                }
                // They stand in another file.
                "dynamic" => manifest.asks |= member.items().next().is_some(),
                // What stands there for all members may be used by none.
                "workspace" if is_table => {
                    manifest.of_workspace(member.get("members"), member.get("exclude"));
                    open.push((member, false));
                }
                _ if is_table => open.push((member, is_used)),
                _ => {}
            }
        }
    }
    Ok(manifest)
}

fn of_go(source: &Source) -> Result<Manifest, Unread> {
    text::plain(source)?;
    Ok(Manifest { asks: !go::manifest(source)?.is_empty(), ..Manifest::default() })
}

fn of_requirements(source: &Source) -> Result<Manifest, Unread> {
    let asked = requirements::read(source)?;
    let names = asked.iter().map(|pin| pin.name.clone()).collect();
    Ok(Manifest { asks: !asked.is_empty(), names, ..Manifest::default() })
}

fn of_pnpm(source: &Source) -> Result<Manifest, Unread> {
    text::plain(source)?;
    let yaml = Yaml::parse(source)?;
    let packages = yaml.single()?.get("packages").and_then(Node::items);
    let patterns = packages.into_iter().flatten().filter_map(|one| one.scalar().map(str::to_owned));
    let (none, members): (Vec<_>, Vec<_>) = patterns.partition(|pattern| pattern.starts_with('!'));
    let others = none.into_iter().map(|pattern| pattern.trim_start_matches('!').to_owned()).collect();
    Ok(Manifest { asks: true, members, others, ..Manifest::default() })
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn what_asks_for_nothing_is_told() {
        for (name, text, asks) in [
            ("package.json", "{}", false),
            ("package.json", r#"{ "dependencies": {}, "wireit": { "dependencies": ["a"] } }"#, false),
            ("package.json", r#"{ "peerDependencies": { "a": "1" } }"#, true),
            ("package.json", r#"{ "workspaces": ["a"] }"#, true),
            ("composer.json", r#"{ "require": { "php": "^8", "ext-json": "*" } }"#, false),
            ("composer.json", r#"{ "require": { "php": "^8", "a/b": "*" } }"#, true),
            ("Cargo.toml", "[package]\nname = \"x\"\n[dependencies]\n[workspace]\n", false),
            ("Cargo.toml", "[target.'cfg(unix)'.dev-dependencies]\na = \"1\"\n", true),
            ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n", true),
            ("go.mod", "module m\n\ngo 1.22\n", false),
            ("go.mod", "module m\n\nrequire golang.org/x/text v0.3.0\n", true),
            ("pyproject.toml", "[project]\ndependencies = []\n[tool.poetry.dependencies]\npython = \"^3\"\n", false),
            ("pyproject.toml", "[project]\ndependencies = [\"a\"]\n", true),
            ("pyproject.toml", "[project]\ndynamic = [\"dependencies\"]\n", true),
            ("pyproject.toml", "[dependency-groups]\ntest = [\"a\"]\n", true),
        ] {
            assert_eq!(Manifest::read(name, text).unwrap().asks, asks, "{text}");
        }
        assert!(Manifest::read("Cargo.toml", "x").is_none() && Manifest::read("package.json", "[]").is_none());
    }

    #[test]
    fn names_are_of_what_is_taken_from_elsewhere() {
        let names = |name, text| {
            let mut names: Vec<_> = Manifest::read(name, text).unwrap().names.into_iter().collect();
            names.sort();
            names
        };
        let npm = r#"{ "dependencies": { "a": "^1", "b": "file:../b", "c": "npm:@s/d@1" }, "peerDependencies": { "p": "1" } }"#;
        assert_eq!(names("package.json", npm), ["@s/d", "a", "c"]);
        let cargo = "[dependencies]\na = \"1\"\nb = { package = \"c\", version = \"1\" }\nd = { path = \"../d\" }\n[workspace.dependencies]\ne = \"1\"\n";
        assert_eq!(names("Cargo.toml", cargo), ["a", "b", "c"]);
        let poetry = "[tool.poetry.dependencies]\npython = \"^3\"\nZope_Event = \"*\"\nw = { version = \"1\", markers = \"sys_platform == 'win32'\" }\n";
        assert_eq!(names("pyproject.toml", poetry), ["zope-event"]);
        let project = "[project]\ndependencies = [\"Django[argon2]>=4\", \"own @ file:///own\", \"tomli; python_version < '3.11'\"]\noptional-dependencies = { x = [\"o\"] }\n[dependency-groups]\ntest = [\"Py.Test\", { include-group = \"x\" }]\n";
        assert_eq!(names("pyproject.toml", project), ["django", "py-test"]);
        assert_eq!(names("requirements.in", "Django>=4\n./own\n"), ["django"]);
    }

    #[test]
    fn workspaces_name_their_folders() {
        for (name, text) in [
            ("package.json", r#"{ "workspaces": ["a", "!b"] }"#),
            ("package.json", r#"{ "workspaces": { "packages": ["a", "!b"] } }"#),
            ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\nexclude = [\"b\"]\n"),
            ("Cargo.toml", "[workspace]\nexclude = [\"b\"]\n[dependencies]\nx = { path = \"a\" }\n"),
            ("pyproject.toml", "[tool.uv.workspace]\nmembers = [\"a\"]\nexclude = [\"b\"]\n"),
            ("pnpm-workspace.yaml", "packages:\n  - 'a'\n  - '!b'\n"),
        ] {
            let manifest = Manifest::read(name, text).unwrap();
            assert_eq!((manifest.members, manifest.others), (vec!["a".to_owned()], vec!["b".to_owned()]), "{text}");
        }
    }
}
