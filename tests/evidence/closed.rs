//! What is done and stands on the base: it is planned no more, and blocks no change that leaves it as it is.

use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;

/// After the patch has ended, by its record.
const AFTERWARDS: &str = "2026-11-26T12:00:00Z";

/// A base with a patch that is done, and a branch with what a change makes of that.
fn change(act: impl Fn(&Desk)) -> Desk {
    change_by("", act)
}

/// The same by a configuration.
fn change_by(configuration: &str, act: impl Fn(&Desk)) -> Desk {
    let desk = Desk::in_git().with("changegate.toml", configuration);
    desk.write("p.json", fs::read_to_string("examples/closed-patch.json").unwrap());
    desk.commit("base", "2026-11-26T10:00:00Z");
    desk.git(&["switch", "--quiet", "--create=another"]);
    act(&desk);
    desk.commit("another change", "2026-11-26T11:00:00Z");
    desk
}

fn check(desk: &Desk, now: &str, arguments: &[&str]) -> Told {
    Told::of(&desk.run(&[&["--now", now, "--format", "json"], arguments].concat()))
}

/// Where a change that pins nothing needs no proposal.
const AGREED: &str = "[changes]\nproposal = \"when-pinned\"\n";

#[test]
fn a_change_that_leaves_it_as_it_is_is_not_held_up() {
    let desk = change_by(AGREED, |desk| desk.write("README.md", "words"));
    let told = check(&desk, AFTERWARDS, &["--base", "main"]).is(0, &[]);
    let one = &told.report["proposals"][0];
    assert_eq!((&one["closed"], &one["evaluated"]), (&json!(true), &json!(false)));
    assert_eq!((&one["id"], &one["digest"].is_string()), (&json!("closed-patch"), &true));
    assert_eq!((&told.report["summary"]["closed"], &told.report["summary"]["passed"]), (&json!(1), &json!(0)));
    assert_eq!(told.report["findings"][0]["rule"], "check/none-due");
    let shown = desk.run(&["--now", AFTERWARDS, "--base", "main"]);
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.contains("closed   1 proposal is done, and as on the base; `--phase close` judges it"), "{shown}");
    // At its close it is judged, and before its end, and where nobody knows what the change touches.
    let closing = check(&desk, AFTERWARDS, &["--base", "main", "--phase", "close"]);
    let planned = &closing.report["proposals"][0]["planned"];
    assert_eq!(closing.report["proposals"][0]["evaluated"], true);
    assert_ne!(planned["ran"], planned["windows"][0]);
    assert_eq!(planned["ran"]["start"], "2026-11-25T19:10:00+01:00");
    assert_eq!(check(&desk, AFTERWARDS, &[]).report["proposals"][0]["evaluated"], true);
    let before = check(&desk, "2026-11-25T18:20:00Z", &["--base", "main"]).is(0, &[]);
    assert_eq!(before.report["proposals"][0]["left"], "open");
}

/// Where nobody may be asked, what says that it is done may come with the change: it is judged.
#[test]
fn what_nobody_knows_to_stand_on_the_base_is_judged() {
    for configuration in ["[evidence]\ngit = \"off\"\n", ""] {
        let desk = change_by(configuration, |desk| {
            let done = fs::read_to_string("examples/closed-patch.json").unwrap();
            desk.write("q.json", done.replace("\"closed-patch\"", "\"another-patch\""));
        });
        let told = check(&desk, AFTERWARDS, &["*.json", "--base", "main"]);
        let each =
            |name: &str| told.report["proposals"].as_array().unwrap().iter().map(|one| one[name].clone()).collect();
        let (closed, of_change): (Vec<Value>, Vec<Value>) = (each("closed"), each("of_change"));
        let known = configuration.is_empty();
        assert_eq!(closed, [json!(known), json!(false)]);
        assert_eq!(of_change, if known { [json!(false), json!(true)] } else { [json!(null), json!(null)] });
    }
}

/// What is no proposal there holds a change up, and is told from what the change does.
#[test]
fn what_blocks_and_stands_on_the_base_is_told_as_such() {
    let desk = change_by(AGREED, |desk| {
        desk.write("q.json", fs::read_to_string("examples/routine-patch.json").unwrap());
    });
    desk.git(&["switch", "--quiet", "main"]);
    let wrong = fs::read_to_string("examples/routine-patch.json").unwrap().replacen('{', "{ \"tittle\": \"x\",", 1);
    desk.write("open.json", wrong.replace("\"routine-patch\"", "\"another-patch\""));
    desk.commit("a slip", "2026-11-26T10:30:00Z");
    desk.git(&["switch", "--quiet", "--create=later"]);
    desk.git(&["checkout", "--quiet", "another", "--", "q.json"]);
    desk.commit("a change", "2026-11-26T11:00:00Z");
    let of_change = |told: &Told| -> Vec<(String, Value)> {
        let proposals = told.report["proposals"].as_array().unwrap();
        proposals.iter().map(|one| (one["file"].as_str().unwrap().to_owned(), one["of_change"].clone())).collect()
    };
    let of = |known: [Value; 3]| -> Vec<(String, Value)> {
        ["open.json", "p.json", "q.json"].map(str::to_owned).into_iter().zip(known).collect()
    };
    let told = check(&desk, AFTERWARDS, &["*.json", "--base", "main", "--evidence-out", "evidence"]);
    assert_eq!(of_change(&told), of([json!(false), json!(false), json!(true)]));
    assert_eq!(told.report["proposals"][0]["outcome"], "blocked", "{}", told.report["proposals"][0]);
    let again = check(&desk, AFTERWARDS, &["*.json", "--evidence", "evidence"]);
    assert_eq!(of_change(&again), of_change(&told));
    let shown = |arguments: &[&str]| {
        String::from_utf8(desk.run(&[&["--now", AFTERWARDS, "*.json"], arguments].concat()).stdout).unwrap()
    };
    let on_base = "\n  on base  open.json is blocked: as on the base, and not of this change\n";
    assert!(shown(&["--base", "main"]).contains(on_base), "{}", shown(&["--base", "main"]));
    assert!(!shown(&[]).contains("on base"));
    assert_eq!(of_change(&check(&desk, AFTERWARDS, &["*.json"])), of([json!(null), json!(null), json!(null)]));
}

/// Where each change needs a proposal, it is none of this one.
#[test]
fn it_is_no_proposal_of_another_change() {
    let undecided = |desk: &Desk| check(desk, AFTERWARDS, &["--base", "main"]).is(2, &["check/nothing-to-judge"]);
    for configuration in ["", "[changes]\nproposal = \"always\"\n"] {
        let told = undecided(&change_by(configuration, |desk| desk.write("README.md", "words")));
        let fault = &told.report["faults"][0];
        assert_eq!(
            fault["message"],
            "the change comes with no proposal, and the 1 proposal found is done, as on the base"
        );
        assert!(
            fault["help"].as_str().is_some_and(|help| help.contains("`changes.proposal = \"when-pinned\"`")),
            "{fault}"
        );
        assert_eq!(
            (&told.report["proposals"][0]["closed"], &told.report["summary"]["closed"]),
            (&json!(true), &json!(1))
        );
    }
    // One that is open on the base may be that of the change.
    let both = change_by("", |_| ());
    both.git(&["switch", "--quiet", "main"]);
    both.write("q.json", fs::read_to_string("examples/routine-patch.json").unwrap());
    both.commit("one that is open", "2026-11-26T10:30:00Z");
    both.git(&["switch", "--quiet", "--create=later"]);
    both.write("README.md", "words");
    both.commit("a change", "2026-11-26T11:00:00Z");
    let told = check(&both, AFTERWARDS, &["q.json", "--base", "main"]);
    assert!(!told.report["exit"]["causes"].to_string().contains("nothing-to-judge"), "{}", told.report["exit"]);
}

/// Nor is it agreed that one may be taken away, or that nobody has to know what is pinned.
#[test]
fn none_is_due_where_that_is_known() {
    let removed = change_by(AGREED, |_| ());
    removed.git(&["switch", "--quiet", "main"]);
    removed.write("q.json", fs::read_to_string("examples/routine-patch.json").unwrap());
    removed.commit("one that is open", "2026-11-26T10:30:00Z");
    removed.git(&["switch", "--quiet", "--create=removal"]);
    removed.git(&["rm", "--quiet", "q.json"]);
    removed.commit("none any more", "2026-11-26T11:00:00Z");
    check(&removed, AFTERWARDS, &["*.json", "--base", "main"]).is(2, &["check/nothing-to-judge"]);
    let off = "[rules.\"changed/nothing-else\"]\noff = { reason = \"another program looks at that\" }\n";
    let unknown = change_by(&format!("{AGREED}{off}"), |desk| desk.write("README.md", "words"));
    check(&unknown, AFTERWARDS, &["--base", "main"]).is(2, &["check/nothing-to-judge"]);
}

/// Neither git nor the change is needed to see again that none was due.
#[test]
fn a_replay_comes_to_the_same() {
    let desk = change_by(AGREED, |desk| desk.write("README.md", "words"));
    let run = |arguments: &[&str]| desk.run(&[&["--now", AFTERWARDS, "--format", "json"], arguments].concat()).stdout;
    let told = run(&["--base", "main", "--evidence-out", "evidence.json"]);
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/evidence-v1.json").unwrap()).unwrap();
    let record: Value = serde_json::from_str(&fs::read_to_string(desk.at("evidence.json")).unwrap()).unwrap();
    jsonschema::validator_for(&schema).unwrap().validate(&record).unwrap();
    for arguments in [&["--base", "main", "--evidence", "evidence.json"][..], &["--evidence", "evidence.json"]] {
        assert_eq!(run(arguments), told, "{arguments:?}");
    }
    fs::remove_dir_all(desk.at(".git")).unwrap();
    assert_eq!(run(&["--evidence", "evidence.json"]), told);
    check(&desk, AFTERWARDS, &["--evidence", "evidence.json"]).is(0, &[]);
}

/// What a change brings says of itself that it is done, which anybody could write.
#[test]
fn what_the_change_touches_is_judged() {
    let text = fs::read_to_string("examples/closed-patch.json").unwrap();
    let edited = change(|desk| desk.write("p.json", text.replacen("\"title\": \"", "\"title\": \"The ", 1)));
    let told = check(&edited, AFTERWARDS, &["--base", "main"]);
    assert_eq!((&told.report["proposals"][0]["evaluated"], told.status), (&json!(true), Some(1)));
    let added = change(|desk| desk.write("q.json", text.replace("closed-patch", "other-patch")));
    let told = check(&added, AFTERWARDS, &["q.json", "--base", "main"]);
    let judged = |at: usize| told.report["proposals"][at]["evaluated"].clone();
    assert_eq!((judged(0), judged(1), told.status), (json!(false), json!(true), Some(1)));
}

/// A package that changes asks for a proposal of it, and what is done speaks for none.
#[test]
fn it_speaks_for_no_change() {
    let lock = |version: &str| {
        format!(r#"{{ "lockfileVersion": 3, "packages": {{ "node_modules/wiki": {{ "version": "{version}" }} }} }}"#)
    };
    let desk = change(|_| ());
    desk.git(&["switch", "--quiet", "main"]);
    desk.write("package-lock.json", lock("2.31.0"));
    desk.commit("the lockfile", "2026-11-26T10:30:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk.write("package-lock.json", lock("2.31.2"));
    desk.commit("the upgrade", "2026-11-26T11:00:00Z");
    check(&desk, AFTERWARDS, &["--base", "main"]).is(1, &["check/unproposed"]);
}
