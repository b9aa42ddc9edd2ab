//! Versions that are taken from elsewhere.

use changegate::lockfiles::{Ecosystem, Format, Hold, Pin, differences};

pub fn pin(ecosystem: Ecosystem, version: &str, origin: &str, digests: &[&str]) -> Pin {
    let origin = Some(origin.to_owned()).filter(|origin| !origin.is_empty());
    let digests = digests.iter().map(|&digest| digest.to_owned()).collect();
    Pin { ecosystem, name: "a".to_owned(), version: version.to_owned(), hold: Hold::Fixed, origin, digests, line: 1 }
}

fn moves(ecosystem: Ecosystem, before: &str, after: &str) -> bool {
    let (before, after) = ([pin(ecosystem, "1.0.0", before, &[])], [pin(ecosystem, "1.0.1", after, &[])]);
    differences(&before, &after)[0].origins().is_some()
}

#[test]
fn another_place_is_told() {
    for (ecosystem, before, after) in [
        (Ecosystem::Npm, "https://registry.npmjs.org/a", "git+ssh://git@github.com/evil/a.git"),
        (Ecosystem::Npm, "https://registry.npmjs.org/a", "https://npm.example.com/a"),
        (Ecosystem::Npm, "https://registry.npmjs.org/a", "http://registry.npmjs.org/a"),
        (Ecosystem::Npm, "git+https://github.com/acme/a", "git+http://github.com/acme/a"),
        (Ecosystem::Npm, "git+https://github.com/acme/a", "git+https://evil.com/x@github.com/acme/a"),
        (Ecosystem::Npm, "git@github.com:acme/a.git", "git@evil.com:x@github.com/acme/a.git"),
        (Ecosystem::Npm, "github:acme/a", "https://codeload.evil.com/acme/a/tar.gz/main"),
        (Ecosystem::Npm, "github:acme/a", "https://evil.com//codeload.github.com/acme/a/tar.gz/main"),
        (Ecosystem::Npm, "https://registry.npmjs.org/a", r"https://evil.com\@registry.npmjs.org/a"),
        (Ecosystem::Npm, "", "https://npm.example.com/a"),
        (Ecosystem::Npm, "https://npm.example.com/a", ""),
        (Ecosystem::Npm, "https://acme.example.com/npm-local/a", "https://acme.example.com/npm-remote/a"),
        (Ecosystem::Npm, "git+https://github.com/acme/a.git", "git+https://github.com/evil/a.git"),
        (Ecosystem::Cargo, "registry+https://github.com/rust-lang/crates.io-index", "git+https://github.com/evil/a"),
        (Ecosystem::PyPi, "", "https://pypi.example.com/simple"),
        (Ecosystem::Go, "", "github.com/evil/a"),
        (Ecosystem::Go, "", "../a"),
        (Ecosystem::RubyGems, "https://rubygems.org/", "https://gems.example.com/"),
        (Ecosystem::Helm, "https://charts.example.com", "oci://charts.example.com"),
    ] {
        assert!(moves(ecosystem, before, after), "{ecosystem} {before} {after}");
    }
}

#[test]
fn one_place_is_written_in_many_ways() {
    for (ecosystem, before, after) in [
        (Ecosystem::Npm, "", "https://registry.npmjs.org/a"),
        (Ecosystem::Npm, "http://registry.npmjs.org/a", "https://registry.npmjs.org/a"),
        (Ecosystem::Npm, "http://npm.example.com/a", "https://npm.example.com/a"),
        (Ecosystem::Npm, "git://github.com/acme/a", "git+https://github.com/acme/a"),
        (Ecosystem::Npm, "http://npm.example.com/a", "http://npm.example.com/a"),
        (Ecosystem::Npm, "https://registry.yarnpkg.com/a", "https://registry.npmjs.org/a"),
        (Ecosystem::Npm, "git+ssh://git@github.com/acme/a.git", "git+https://github.com/Acme/a"),
        (
            Ecosystem::Npm,
            "github:acme/a",
            "https://codeload.github.com/acme/a/tar.gz/8e5e7e5ab8b370d6c329ec480221332ada57f0ab",
        ),
        (
            Ecosystem::Npm,
            "https://npm.pkg.github.com/download/a/1.0.0/8e5e",
            "https://npm.pkg.github.com/download/a/1.0.1/57f0",
        ),
        (Ecosystem::Cargo, "registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/"),
        (Ecosystem::Cargo, "git+https://github.com/acme/a?branch=main", "git+https://github.com/acme/a?rev=8e5e"),
        (Ecosystem::PyPi, "", "https://pypi.org/simple"),
        (Ecosystem::PyPi, "https://files.pythonhosted.org/packages/a/b", "https://files.pythonhosted.org/packages/c/d"),
        (Ecosystem::RubyGems, "https://rubygems.org/", "https://rubygems.org"),
        (Ecosystem::GitHubActions, "init", "analyze"),
    ] {
        assert!(!moves(ecosystem, before, after), "{ecosystem} {before} {after}");
    }
}

#[test]
fn what_gives_access_is_in_no_pin() {
    let read = |resolved: &str| {
        let text = format!(
            r#"{{ "lockfileVersion": 3, "packages": {{ "node_modules/a": {{ "version": "1.0.0", "resolved": "{resolved}" }} }} }}"#
        );
        Format::Npm.read(&text).unwrap()
    };
    let pins = read("https://u:s3cret@npm.example.com/a/-/a-1.0.0.tgz?token=s3cret");
    assert!(!format!("{pins:?}").contains("s3cret"), "{pins:?}");
    // Another token is no other origin.
    let others = read("https://npm.example.com/a/-/a-1.0.0.tgz?token=other");
    assert!(differences(&pins, &others).is_empty());
    let named = Format::Requirements.read("https://u:s3cret@host/a?token=s3cret").unwrap();
    assert!(!format!("{named:?}").contains("s3cret"), "{named:?}");
    for (format, text) in [
        (Format::Requirements, "a ?? https://u:s3cret@host/"),
        (Format::Dockerfile, "FROM u:s3cret@reg/x:1"),
        (Format::Dockerfile, "FROM u:s3/cret@reg"),
        (Format::Workflow, "jobs: {a: {container: 'u:s3cret@reg/x:1'}}"),
        (Format::Gradle, "https://u:s3cret@host/x"),
    ] {
        let error = format.read(text).unwrap_err();
        assert!(!error.why.contains("s3"), "{error}");
    }
}

/// A package at 1.0.0 and then at 1.0.1 from an address, in the format of npm, of Yarn 1 and of pnpm.
fn addressed(name: &str, address: &str) -> Vec<bool> {
    let npm = |version: &str, address: &str| {
        let entry = format!(r#""node_modules/{name}": {{ "version": "{version}", "resolved": "{address}" }}"#);
        Format::Npm.read(&format!(r#"{{ "lockfileVersion": 3, "packages": {{ {entry} }} }}"#)).unwrap()
    };
    let yarn = |version: &str, address: &str| {
        let text = format!("\"{name}@^1.0.0\":\n  version \"{version}\"\n  resolved \"{address}#aa\"\n");
        Format::Yarn.read(&text).unwrap()
    };
    let pnpm = |version: &str, address: &str| {
        let entry = format!("  '{name}@{version}':\n    resolution: {{tarball: '{address}'}}\n");
        Format::Pnpm.read(&format!("lockfileVersion: '9.0'\npackages:\n{entry}")).unwrap()
    };
    let base = name.rsplit('/').next().unwrap();
    let honest = format!("https://registry.npmjs.org/{name}/-/{base}-1.0.0.tgz");
    let moved = |read: &dyn Fn(&str, &str) -> Vec<Pin>| {
        differences(&read("1.0.0", &honest), &read("1.0.1", address))[0].origins().is_some()
    };
    vec![moved(&npm), moved(&yarn), moved(&pnpm)]
}

#[test]
fn an_address_agrees_with_its_entry() {
    for (name, address) in [
        ("a", "https://registry.npmjs.org/evil/-/evil-9.9.9.tgz"),
        ("a", "https://registry.npmjs.org/evil/-/a-1.0.1.tgz"),
        ("a", "https://registry.npmjs.org/evil/a/-/a-1.0.1.tgz"),
        ("a", "https://registry.npmjs.org/a/-/evil-1.0.1.tgz"),
        ("a", "https://registry.npmjs.org/a/-/a-0.9.0.tgz"),
        ("a", "https://registry.npmjs.org/a/-/a-1.0.1.zip"),
        ("a", "https://registry.npmjs.org/evil"),
        ("@s/a", "https://registry.npmjs.org/@t/a/-/a-1.0.1.tgz"),
    ] {
        assert_eq!(addressed(name, address), [true; 3], "{name} {address}");
    }
    for (name, address) in [
        ("a", "https://registry.npmjs.org/a/-/a-1.0.1.tgz"),
        ("a", "https://registry.yarnpkg.com/a/-/a-1.0.1.tgz?cache=1"),
        ("@s/a", "https://registry.npmjs.org/@s/a/-/a-1.0.1.tgz"),
        ("@s/a", "https://registry.npmjs.org/@s%2fa/-/a-1.0.1.tgz"),
        ("@s/a", "https://registry.npmjs.org/@s/a/-/@s/a-1.0.1.tgz"),
    ] {
        assert_eq!(addressed(name, address), [false; 3], "{name} {address}");
    }
    let build = |version: &str, file: &str| {
        let entry =
            format!(r#"{{ "version": "{version}", "resolved": "https://npm.example.com/npm/a/-/a-{file}.tgz" }}"#);
        Format::Npm
            .read(&format!(r#"{{ "lockfileVersion": 3, "packages": {{ "node_modules/a": {entry} }} }}"#))
            .unwrap()
    };
    let steps = |from: &[Pin], to: &[Pin]| differences(from, to)[0].origins().is_some();
    assert!(!steps(&build("1.0.0", "1.0.0"), &build("1.0.1+b.2", "1.0.1")));
    assert!(steps(&build("1.0.0", "1.0.0"), &build("1.0.1", "1.0.0")));
}

#[test]
fn a_resolution_of_berry_agrees_with_its_entry() {
    let moved = |to: &str| {
        let read = |version: &str, resolution: &str| {
            let entry = format!("\"a@npm:^1.0.0\":\n  version: {version}\n  resolution: \"{resolution}\"\n");
            Format::Yarn.read(&format!("__metadata:\n  version: 8\n\n{entry}")).unwrap()
        };
        differences(&read("1.0.0", "a@npm:1.0.0"), &read("1.0.1", to))[0].origins().is_some()
    };
    assert!(!moved("a@npm:1.0.1"));
    assert!(moved("a@npm:0.9.0"));
    assert!(moved("a@npm:1.0.1::__archiveUrl=https%3A%2F%2Fevil.com%2Fx.tgz"));
    assert!(moved("a@npm:1.0.1::__archiveUrl=https%3A%2F%2Fregistry.npmjs.org%2Fevil%2F-%2Fevil-9.9.9.tgz"));
    assert!(moved("a@npm:1.0.1::other=1"));
    assert!(!moved("a@npm:1.0.1::__archiveUrl=https%3A%2F%2Fregistry.npmjs.org%2Fa%2F-%2Fa-1.0.1.tgz"));
    let patched = |version: &str, of: &str| {
        let place = format!("a@patch:a@npm%3A{of}#optional!builtin<compat/a>::version={version}&hash=1");
        let entry = format!("\"a@patch:a\":\n  version: {version}\n  resolution: \"{place}\"\n");
        Format::Yarn.read(&format!("__metadata:\n  version: 8\n\n{entry}")).unwrap()
    };
    let step = |of| differences(&patched("1.0.0", "1.0.0"), &patched("1.0.1", of))[0].origins().is_some();
    assert!(!step("1.0.1"));
    assert!(step("0.9.0"));
}

#[test]
fn both_addresses_of_composer_are_looked_at() {
    const AT: [&str; 2] = ["8e5e7e5ab8b370d6c329ec480221332ada57f0ab", "57f0ab8e5e7e5ab8b370d6c329ec480221332ada"];
    let read = |version: &str, at: &str, dist: &str| {
        let source =
            format!(r#""source": {{ "type": "git", "url": "https://github.com/s/a.git", "reference": "{at}" }}"#);
        let package = format!(
            r#"{{ "name": "s/a", "version": "{version}", {source}, "dist": {{ "type": "zip", "url": "{dist}" }} }}"#
        );
        Format::Composer.read(&format!(r#"{{ "packages": [{package}] }}"#)).unwrap()
    };
    let archive = |at: &str| format!("https://api.github.com/repos/s/a/zipball/{at}");
    let moved = |first: &str, second: &str| {
        differences(&read("1.0.0", AT[0], first), &read("1.0.1", AT[1], second))[0].origins().is_some()
    };
    assert!(!moved(&archive(AT[0]), &archive(AT[1])));
    assert!(moved(&archive(AT[0]), &archive(AT[0])));
    assert!(moved(&archive(AT[0]), "https://evil.com/x.zip"));
    assert!(moved(&archive(AT[0]), &format!("https://api.github.com/repos/evil/a/zipball/{}", AT[1])));
    let files = "https://files.example.com/projects";
    assert!(!moved(&format!("{files}/a-8.x-1.0.zip"), &format!("{files}/a-8.x-1.1.zip")));
    assert!(moved(&format!("{files}/a-8.x-1.0.zip"), &format!("{files}/evil-8.x-1.1.zip")));
}

#[test]
fn each_file_of_uv_is_looked_at() {
    let read = |version: &str, file: &str| {
        let own = format!("https://files.pythonhosted.org/packages/ab/cd/a_b-{version}.tar.gz");
        let files = format!(
            "sdist = {{ url = \"{own}\", hash = \"sha256:aa\" }}\nwheels = [{{ url = \"{file}\", hash = \"sha256:bb\" }}]\n"
        );
        let package = format!(
            "[[package]]\nname = \"a-b\"\nversion = \"{version}\"\nsource = {{ registry = \"https://pypi.org/simple\" }}\n"
        );
        Format::Uv.read(&format!("version = 1\n{package}{files}")).unwrap()
    };
    let host = "https://files.pythonhosted.org/packages";
    let before = read("1.0.0", &format!("{host}/aa/bb/a_b-1.0.0-py3-none-any.whl"));
    let moved = |file: &str| differences(&before, &read("1.0.1", file))[0].origins().is_some();
    assert!(!moved(&format!("{host}/cc/dd/a_b-1.0.1-py3-none-any.whl")));
    assert!(moved(&format!("{host}/cc/dd/evil-1.0.1-py3-none-any.whl")));
    for file in [
        "a_b-0.9.0-py3-none-any.whl",
        "a_b-0.9.0.tar.gz",
        "a_b-1.0.1.exe",
        "a_b-1.0.10.tar.gz",
        "a_b.whl",
        "a-1.0.1.zip",
    ] {
        assert!(moved(&format!("{host}/cc/dd/{file}")), "{file}");
    }
    for file in ["a_b-1.0.1.0-1-py3-none-any.whl", "a.b-v1.0.1.tar.gz", "A-B-1.0.1.zip"] {
        assert!(!moved(&format!("{host}/cc/dd/{file}")), "{file}");
    }
    let local = read("1.0+cu.1", &format!("{host}/aa/bb/a_b-1.0_cu.1-py3-none-any.whl"));
    let next = read("1.0+cu.2", &format!("{host}/aa/bb/a_b-1.0%2Bcu.2-py3-none-any.whl"));
    assert_eq!(differences(&local, &next)[0].origins(), None);
    assert!(moved("https://evil.com/a_b-1.0.1-py3-none-any.whl"));
    assert!(moved("https://files.pythonhosted.org.evil.com/packages/a_b-1.0.1-py3-none-any.whl"));
}

#[test]
fn an_image_of_another_registry_is_one_that_moves() {
    let read = |lines: &[&str]| Format::Dockerfile.read(&lines.join("\n")).unwrap();
    let before = read(&["FROM node:20", "FROM acme/node:18", "FROM golang:1.24", "FROM ${X}/node:20"]);
    let after = read(&["FROM evil.io/node:20", "FROM acme/node:18", "FROM alpine:3", "FROM ${Y}/node:20"]);
    let found = differences(&before, &after);
    let moved: Vec<_> = found.iter().filter_map(|one| one.origins()).collect();
    assert_eq!(moved, [(Some("docker.io/library"), Some("evil.io"))]);
    let told: Vec<_> = found.iter().map(|one| format!("{} {:?}", one.name(), one.change())).collect();
    assert_eq!(
        told,
        ["${X}/node:20 Removed", "${Y}/node:20 Added", "alpine Added", "evil.io/node Changed", "golang Removed"]
    );
    // The nearest version of several.
    let found = [read(&["FROM node:20.1", "FROM a/node:18.1"]), read(&["FROM x.io/node:18.2", "FROM y.io/node:20.2"])];
    let found = differences(&found[0], &found[1]);
    let steps: Vec<_> = found.iter().map(|one| (one.from.unwrap().name.as_str(), one.name())).collect();
    assert_eq!(steps, [("a/node", "x.io/node"), ("node", "y.io/node")]);
}
