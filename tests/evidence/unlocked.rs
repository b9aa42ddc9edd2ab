//! A lockfile that goes while its manifest stays: what is installed then is whatever is newest.

use super::changes::{LOCK, check, locked};
use super::desk::{Desk, Told};
use std::fs;

const AGREED: &str =
    "[proposals]\npaths = [\"changes/*.json\"]\n[changes]\nproposal = \"when-pinned\"\nignore = [\"vendor/**\"]\n";

/// A change of these files, which comes with no proposal.
pub fn change(before: &[(&str, &str)], edit: impl Fn(&Desk)) -> Told {
    let desk = Desk::in_git().with("changegate.toml", AGREED);
    before.iter().for_each(|(path, text)| desk.write(path, text));
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    edit(&desk);
    desk.commit("a change", "2026-11-21T12:00:00Z");
    desk.check_configured(&["--base", "main"])
}

/// What asks for a package that is pinned.
const MANIFEST: &str = r#"{ "dependencies": { "search": "^2" } }"#;

pub fn gone(path: &str) -> impl Fn(&Desk) {
    move |desk| fs::remove_file(desk.at(path)).unwrap()
}

#[test]
fn a_lockfile_that_goes_without_its_manifest_blocks() {
    let (lock, manifest) = (("app/package-lock.json", LOCK), ("app/package.json", MANIFEST));
    let told = change(&[lock, manifest], gone("app/package-lock.json")).is(1, &["check/unproposed"]);
    let message = told.report["findings"][0]["message"].as_str().unwrap();
    assert_eq!(
        message,
        "the change lets 2 packages go that a lockfile held, and nothing holds them any more: `left-pad` (1.3.0, `app/package-lock.json`) and `search` (2.31.0, `app/package-lock.json`)"
    );
    let help = told.report["findings"][0]["help"].as_str().unwrap();
    assert!(help.starts_with("put `app/package-lock.json` back") && !help.contains("waiver"), "{help}");
    // A project that goes as a whole leaves nothing to install.
    let whole = |desk: &Desk| fs::remove_dir_all(desk.at("app")).unwrap();
    change(&[lock, manifest], whole).is(0, &[]);
    change(&[lock, ("package.json", MANIFEST)], gone("app/package-lock.json")).is(0, &[]);
    // Nor does the lockfile of another project lock it, be it this one.
    let moved = |desk: &Desk| {
        fs::create_dir(desk.at("docs")).unwrap();
        fs::rename(desk.at("app/package-lock.json"), desk.at("docs/package-lock.json")).unwrap();
    };
    change(&[lock, manifest], moved).is(1, &["check/unproposed"]);
    let project = "Project.csproj";
    let nuget = r#"{ "version": 1, "dependencies": { "net8.0": { "A": { "type": "Direct", "resolved": "1.0.0", "contentHash": "AAAA" } } } }"#;
    change(&[("packages.lock.json", nuget), (project, "")], gone("packages.lock.json")).is(1, &["check/unproposed"]);
}

/// Another tool, or the workspace above, holds what it held.
#[test]
fn what_another_lockfile_holds_is_not_loose() {
    let (lock, manifest) = (("app/package-lock.json", LOCK), ("app/package.json", MANIFEST));
    let to = |path: &'static str, text: &'static str| {
        move |desk: &Desk| {
            gone("app/package-lock.json")(desk);
            desk.write(path, text);
        }
    };
    change(&[lock, manifest], to("package-lock.json", LOCK)).is(0, &[]);
    change(&[lock, manifest], to("app/npm-shrinkwrap.json", LOCK)).is(0, &[]);
    change(&[lock, manifest], to("other/package-lock.json", LOCK)).is(1, &["check/unproposed"]);
    change(&[lock, manifest], to("vendor/package-lock.json", LOCK)).is(1, &["check/unproposed"]);
}

/// One package of those that [`LOCK`] has.
const ONE: &str = r#"{ "lockfileVersion": 3, "packages": {
  "": { "name": "wiki" },
  "node_modules/search": { "version": "2.31.0", "resolved": "https://registry.npmjs.org/search/-/search-2.31.0.tgz", "integrity": "sha512-AAAA" }
} }
"#;

/// A project that another lockfile locks needs not have all that the one before had.
#[test]
fn what_a_project_that_stays_locked_has_no_more_is_removed() {
    let (lock, manifest) = (("app/package-lock.json", LOCK), ("app/package.json", MANIFEST));
    let to = |path: &'static str, text: String, workspace: &'static str| {
        move |desk: &Desk| {
            gone("app/package-lock.json")(desk);
            desk.write(path, &text);
            desk.write("package.json", workspace);
        }
    };
    let removed = |told: Told| {
        let told = told.is(0, &[]);
        assert!(told.report.to_string().contains("`left-pad` (removed, `app/package-lock.json`)"), "{told:?}");
    };
    removed(change(&[lock, manifest], to("app/npm-shrinkwrap.json", ONE.to_owned(), "{}")));
    let yarn = "# yarn lockfile v1\n\n\nsearch@^2:\n  version \"2.31.0\"\n  resolved \"https://registry.npmjs.org/search/-/search-2.31.0.tgz\"\n  integrity sha512-AAAA\n";
    removed(change(&[lock, manifest], to("app/yarn.lock", yarn.to_owned(), "{}")));
    let bun = r#"{ "lockfileVersion": 1, "packages": { "search": ["search@2.31.0", "", {}, "sha512-AAAA"], }, }"#;
    removed(change(&[lock, manifest], to("app/bun.lock", bun.to_owned(), "{}")));
    for workspace in [r#"{ "workspaces": ["app"] }"#, r#"{ "workspaces": { "packages": ["a*", "!b"] } }"#] {
        removed(change(&[lock, manifest], to("package-lock.json", ONE.to_owned(), workspace)));
    }
    // A folder that is no part of a workspace is locked by nothing above it, and a lockfile of nothing, or of others, locks nothing.
    for workspace in ["{}", r#"{ "workspaces": ["b"] }"#, r#"{ "workspaces": ["*", "!app"] }"#, "words"] {
        let told = change(&[lock, manifest], to("package-lock.json", ONE.to_owned(), workspace));
        told.is(1, &["check/unproposed"]);
    }
    for text in [ONE.replace("search", "other"), r#"{ "lockfileVersion": 3, "packages": {} }"#.to_owned()] {
        change(&[lock, manifest], to("app/npm-shrinkwrap.json", text, "{}")).is(1, &["check/unproposed"]);
    }
}

#[test]
fn what_joins_a_workspace_stays_locked() {
    let join = |workspace: &'static str| {
        let manifest = ("tool/Cargo.toml", "[dependencies]\nserde = \"1\"\n");
        change(&[("tool/Cargo.lock", CARGO), manifest], move |desk| {
            gone("tool/Cargo.lock")(desk);
            let ms =
                CARGO.find("[[package]]\nname = \"ms\"").unwrap()..CARGO.find("[[package]]\nname = \"serde\"").unwrap();
            desk.write("Cargo.lock", CARGO.replace(&CARGO[ms], "").replace("\"ms\", ", ""));
            desk.write("Cargo.toml", workspace);
        })
    };
    join("[workspace]\nmembers = [\"to*\"]\n").is(0, &[]);
    join("[workspace]\n[dependencies]\ntool = { path = \"tool\" }\n").is(0, &[]);
    for other in ["", "[workspace]\n", "[workspace]\nmembers = [\"*\"]\nexclude = [\"tool\"]\n"] {
        join(other).is(1, &["check/unproposed"]);
    }
}

#[test]
fn what_asks_for_nothing_needs_no_lockfile() {
    let files = [("app/package-lock.json", LOCK), ("app/package.json", MANIFEST)];
    let without = |lock: Option<&'static str>| {
        change(&files, move |desk| {
            gone("app/package-lock.json")(desk);
            lock.iter().for_each(|lock| desk.write("app/package-lock.json", lock));
            desk.write("app/package.json", r#"{ "scripts": {}, "dependencies": {} }"#);
        })
    };
    without(None).is(0, &[]);
    without(Some(r#"{ "lockfileVersion": 3, "packages": { "": { "name": "wiki" } } }"#)).is(0, &[]);
}

/// The file may stay, and say nothing.
#[test]
fn a_lockfile_that_is_emptied_is_as_one_that_goes() {
    let to = |path: &'static str, text: &'static str| move |desk: &Desk| desk.write(path, text);
    let empty = r#"{ "lockfileVersion": 3, "packages": { "": { "name": "wiki" } } }"#;
    let (lock, manifest) = (("app/package-lock.json", LOCK), ("app/package.json", MANIFEST));
    change(&[lock, manifest], to("app/package-lock.json", empty)).is(1, &["check/unproposed"]);
    let asks = [("Cargo.lock", CARGO), ("Cargo.toml", "[dependencies]\nserde = \"1\"\n")];
    change(&asks, to("Cargo.lock", "version = 4\n")).is(1, &["check/unproposed"]);
}

const CARGO: &str = r#"version = 4
[[package]]
name = "ms"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "serde"
version = "1.0.200"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "x"
version = "0.1.0"
dependencies = [ "ms", "serde" ]
"#;

/// Tools take the newest of what a lockfile asks for and has no entry of.
#[test]
fn an_entry_that_goes_and_is_asked_for_is_loose() {
    let serde =
        &CARGO[CARGO.find("[[package]]\nname = \"serde\"").unwrap()..CARGO.find("[[package]]\nname = \"x\"").unwrap()];
    let without = CARGO.replace(serde, "");
    let cargo = |text: String, manifest: &'static str| {
        change(&[("Cargo.lock", CARGO), ("Cargo.toml", "")], move |desk| {
            desk.write("Cargo.lock", &text);
            desk.write("Cargo.toml", manifest);
        })
    };
    cargo(without.clone(), "").is(1, &["check/unproposed"]);
    let unasked = without.replace(", \"serde\"", "");
    cargo(unasked.clone(), "").is(0, &[]);
    cargo(unasked.clone(), "[dependencies]\nserde = \"1\"\n").is(1, &["check/unproposed"]);
    // A folder of the repository takes its place.
    let folder = "[[package]]\nname = \"serde\"\nversion = \"1.0.200\"\n";
    cargo(without + folder, "[dependencies]\nserde = { path = \"serde\" }\n").is(0, &[]);

    let asking = LOCK.replace(r#""name": "wiki" }"#, r#""name": "wiki", "dependencies": { "search": "^2" } }"#);
    let entry = LOCK.lines().find(|line| line.contains("node_modules/search")).unwrap();
    let npm = |before: &str, after: String| {
        change(&[("app/package-lock.json", before)], move |desk| desk.write("app/package-lock.json", &after))
    };
    npm(&asking, asking.replace(entry, "")).is(1, &["check/unproposed"]);
    npm(&asking, LOCK.replace(entry, "")).is(0, &[]);
}

/// A proposal of one step does not let the others go.
#[test]
fn a_proposal_tells_it_as_what_is_pinned_no_more() {
    let desk = super::changes::change(&[
        ("app/package-lock.json", &locked("2.31.0", "2.31.2")),
        ("app/package.json", MANIFEST),
    ]);
    check(&desk).is(0, &[]);
    gone("app/package-lock.json")(&desk);
    desk.commit("without", "2026-11-21T13:00:00Z");
    let told = check(&desk);
    assert_eq!(told.status, Some(1));
    assert_eq!(
        told.message("changed/pinned"),
        "`left-pad` was held at 1.3.0, and nothing holds it any more (`app/package-lock.json`, line 4)"
    );
}

/// What stands behind a link may be replaced without a trace, and may lie where nobody looks.
#[test]
#[cfg(unix)]
fn a_folder_that_becomes_a_link_is_not_passed_over() {
    let files = [("app/package-lock.json", LOCK), ("vendor/app/package-lock.json", LOCK), ("app/src/a.js", "1")];
    let told = change(&files, |desk| {
        fs::remove_dir_all(desk.at("app")).unwrap();
        std::os::unix::fs::symlink("vendor/app", desk.at("app")).unwrap();
    });
    let told = told.is(2, &["check/nothing-to-judge", "evidence/change-unreadable"]);
    let told = told.report["faults"].to_string();
    assert!(told.contains("app is a symbolic link in commit"), "{told}");
}

/// What a file asks for that can't be read here may be all of it.
#[test]
fn a_manifest_that_is_not_known_asks() {
    let pnpm = "lockfileVersion: '9.0'\n\npackages:\n\n  search@2.31.0:\n    resolution: {integrity: sha512-AAAA}\n";
    let terraform =
        "provider \"registry.terraform.io/hashicorp/aws\" {\n  version = \"5.0.0\"\n  hashes = [\"h1:aaaa\"]\n}\n";
    for (lock, text, manifest) in [
        ("pnpm-lock.yaml", pnpm, "package.yaml"),
        ("pnpm-lock.yaml", pnpm, "package.json5"),
        (".terraform.lock.hcl", terraform, "main.tf.json"),
        ("requirements.txt", "django==4.2.1\n", "requirements.in"),
    ] {
        let told = change(&[(lock, text), (manifest, "django\n")], gone(lock)).is(1, &["check/unproposed"]);
        assert!(told.report.to_string().contains("nothing holds it any more"), "{lock}: {told:?}");
        change(&[(lock, text)], gone(lock)).is(0, &[]);
    }
    // A list of what is installed that is made of no other says itself what is asked for.
    change(&[("requirements.txt", "django==4.2.1\n"), ("requirements.in", "")], gone("requirements.txt")).is(0, &[]);
}

#[test]
fn a_project_that_moves_is_locked_where_it_goes() {
    let files = [("app/package-lock.json", LOCK), ("app/package.json", MANIFEST)];
    let to = |lock: Option<&'static str>| {
        change(&files, move |desk| {
            fs::create_dir(desk.at("web")).unwrap();
            fs::rename(desk.at("app/package.json"), desk.at("web/package.json")).unwrap();
            gone("app/package-lock.json")(desk);
            lock.iter().for_each(|lock| desk.write("web/package-lock.json", lock));
        })
    };
    to(None).is(1, &["check/unproposed"]);
    to(Some(LOCK)).is(0, &[]);
}
