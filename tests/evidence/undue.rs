//! A change that pins nothing otherwise, and comes without a proposal.

use super::changes::{LOCK, locked};
use super::desk::{Desk, Told};
use serde_json::json;

const AGREED: &str =
    "[proposals]\npaths = [\"changes/*.json\"]\n[evidence]\ngithub = \"off\"\n[changes]\nproposal = \"when-pinned\"\n";

/// A change of a repository that has this configuration.
fn change(configuration: &str, files: &[(&str, &str)]) -> Desk {
    let desk = Desk::in_git()
        .with("changegate.toml", configuration)
        .with("app/package-lock.json", LOCK)
        .with("README.md", "a");
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    for (path, text) in files {
        desk.write(path, text);
    }
    desk.commit("a change", "2026-11-21T12:00:00Z");
    desk
}

fn check(desk: &Desk) -> Told {
    desk.check_configured(&["--base", "main"])
}

#[test]
fn what_pins_nothing_passes_where_that_is_agreed() {
    let told = check(&change(AGREED, &[("README.md", "b")])).is(0, &[]);
    let finding = &told.report["findings"][0];
    assert_eq!((&finding["rule"], &finding["level"]), (&json!("check/none-due"), &json!("info")));
    assert_eq!((&finding["file"], &finding["line"]), (&json!("changegate.toml"), &json!(6)));
    assert_eq!(told.report["summary"]["proposals"], 0);
}

#[test]
fn what_pins_something_blocks_and_is_not_undecided() {
    let bumped = locked("2.31.0", "2.31.2");
    check(&change(AGREED, &[("app/package-lock.json", &bumped)])).is(1, &["check/unproposed"]);
    // The one of the change says what holds; the configuration of the head says nothing.
    let told = check(&change("", &[("README.md", "b"), ("changegate.toml", AGREED)]));
    assert_eq!(told.report["exit"], json!({ "status": 2, "causes": ["check/nothing-to-judge"] }));
}

#[test]
fn nobody_agrees_to_it_by_leaving_something_out() {
    let undecided = |told: Told| drop(told.is(2, &["check/nothing-to-judge"]));
    let comment = [("README.md", "b")];
    for configuration in ["", &AGREED.replace("when-pinned", "always")] {
        undecided(check(&change(configuration, &comment)));
    }
    // Where nobody tells what is pinned, or no rule asks for it.
    let untold = AGREED.replace("[evidence]\n", "[evidence]\ngit = \"off\"\n");
    undecided(check(&change(&untold, &comment)));
    let off =
        format!("{AGREED}[rules.\"changed/nothing-else\"]\noff = {{ reason = \"another program looks at that\" }}\n");
    undecided(check(&change(&off, &comment)));
    undecided(change(AGREED, &comment).check_configured(&["--base", "main", "--phase", "close"]));
    // What is named has to be there, what is hidden is, and a folder says nothing of a change.
    let desk = change(AGREED, &comment);
    undecided(desk.check_configured(&["--base", "main", "changes/*.json"]));
    undecided(desk.check_configured(&[]));
    undecided(check(&change(AGREED, &[("changes/.p.json", "{}")])));
}

#[test]
fn who_takes_a_proposal_away_has_touched_one() {
    for to in [None, Some("done/p.json")] {
        let desk = change(AGREED, &[]);
        desk.git(&["switch", "--quiet", "main"]);
        desk.write("changes/p.json", std::fs::read_to_string(desk.at("p.json")).unwrap());
        desk.commit("a proposal", "2026-11-21T13:00:00Z");
        desk.git(&["switch", "--quiet", "--force-create=upgrade"]);
        match to {
            Some(to) => {
                std::fs::create_dir(desk.at("done")).unwrap();
                desk.git(&["mv", "changes/p.json", to])
            }
            None => desk.git(&["rm", "--quiet", "changes/p.json"]),
        };
        desk.commit("none any more", "2026-11-21T14:00:00Z");
        check(&desk).is(2, &["check/nothing-to-judge"]);
    }
}

/// Each report says what the exit status says.
#[test]
fn no_report_says_that_nothing_was_judged() {
    let desk = change(AGREED, &[("README.md", "b")]);
    for format in ["human", "json", "sarif", "junit", "html", "markdown", "github", "gitlab", "azure"] {
        let file = format!("{format}=r.{format}");
        desk.check_configured(&["--base", "main", "--report", &file]).is(0, &[]);
        let text = std::fs::read_to_string(desk.at(&format!("r.{format}"))).unwrap();
        assert!(!text.contains("nothing-to-judge"), "{text}");
    }
}
