//! A lockfile that goes while its manifest stays: what is installed then is whatever is newest.

use super::changes::{LOCK, check, locked};
use super::desk::{Desk, Told};
use std::fs;

const AGREED: &str =
    "[proposals]\npaths = [\"changes/*.json\"]\n[changes]\nproposal = \"when-pinned\"\nignore = [\"vendor/**\"]\n";

/// A change of these files, which comes with no proposal.
fn change(before: &[(&str, &str)], edit: impl Fn(&Desk)) -> Told {
    let desk = Desk::in_git().with("changegate.toml", AGREED);
    before.iter().for_each(|(path, text)| desk.write(path, text));
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    edit(&desk);
    desk.commit("a change", "2026-11-21T12:00:00Z");
    desk.check_configured(&["--base", "main"])
}

fn gone(path: &str) -> impl Fn(&Desk) {
    move |desk| fs::remove_file(desk.at(path)).unwrap()
}

#[test]
fn a_lockfile_that_goes_without_its_manifest_blocks() {
    let (lock, manifest) = (("app/package-lock.json", LOCK), ("app/package.json", "{}"));
    let told = change(&[lock, manifest], gone("app/package-lock.json")).is(1, &["check/unproposed"]);
    let message = told.report["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("`search` (2.31.0 to no version, `app/package-lock.json`)"), "{message}");
    // A project that goes as a whole leaves nothing to install.
    let whole = |desk: &Desk| fs::remove_dir_all(desk.at("app")).unwrap();
    change(&[lock, manifest], whole).is(0, &[]);
    change(&[lock, ("package.json", "{}")], gone("app/package-lock.json")).is(0, &[]);
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
    let (lock, manifest) = (("app/package-lock.json", LOCK), ("app/package.json", "{}"));
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

/// A proposal of one step does not let the others go.
#[test]
fn a_proposal_tells_it_as_what_is_pinned_no_more() {
    let desk =
        super::changes::change(&[("app/package-lock.json", &locked("2.31.0", "2.31.2")), ("app/package.json", "{}")]);
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
