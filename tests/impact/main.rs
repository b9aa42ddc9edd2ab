//! `changegate impact`, as those meet it who review a change of rules.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "../schema/closed.rs"]
mod closed;
mod desk;
mod history;
mod hostile;
mod lessened;
mod refused;
mod sides;
mod unseen;

use desk::{CONFIG, Desk, LONG, NOW, TICKET, flips, of, rule};
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_parameter_that_is_loosened_is_told_with_both_values() {
    let desk = Desk::new();
    desk.write("changegate.toml", format!("{CONFIG}[rules.\"house/long\".params]\nmost = 40\n"));
    let told = desk.told(&[]);
    assert_eq!((flips(&told), &told["summary"]["proposals"]), ([1, 0, 0], &json!(3)));
    let differs = of(&told, "differences", "house/long");
    assert_eq!(differs["parameters"], json!([{ "name": "most", "before": 20, "after": 40 }]));
    assert_eq!((&differs["difference"], &differs["text"]), (&json!("changed"), &json!(false)));
    let loosened = &of(&told, "rules", "house/long")["loosened"];
    assert_eq!((&loosened["proposals"], &loosened["flips"]), (&json!(1), &json!(1)));
    let example = &loosened["examples"][0];
    assert_eq!((&example["file"], &example["before"]), (&json!("changes/longer.json"), &json!("blocked")));
    assert!(example["message"].as_str().unwrap().ends_with("aaa is too long"));
    assert_eq!(told["flips"][0]["rules"], json!(["house/long"]));
    assert_eq!(
        told["besides"],
        json!([{ "what": "configuration", "file": "changegate.toml", "difference": "changed" }])
    );
}

#[test]
fn what_is_loosened_stands_before_what_is_tightened() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", rule("deny", 40, LONG));
    desk.write("policies/house/ticket.rhai", rule("deny", 0, "if len(p.title) < 20 { deny(\"too short\", p.title); }"));
    let (status, text) = desk.said(&["--base", "main", "--now", NOW]);
    assert_eq!(status, Some(0));
    let commit = desk.git(&["rev-parse", "--short=12", "HEAD"]);
    insta::assert_snapshot!(text.replace(&commit, "COMMIT"));
    let told = desk.told(&[]);
    assert_eq!(flips(&told), [1, 1, 0]);
    assert_eq!(of(&told, "differences", "house/ticket")["text"], true);
    let (_, text) = desk.said(&["--base", "main", "--now", NOW, "--format", "markdown"]);
    insta::assert_snapshot!("markdown", text.replace(&commit, "COMMIT"));
}

#[test]
fn a_rule_that_one_side_alone_has_is_told() {
    let desk = Desk::new();
    desk.write("policies/house/new.rhai", rule("deny", 0, "if len(p.title) < 20 { deny(\"too short\", p.title); }"));
    fs::remove_file(desk.at("policies/house/long.rhai")).unwrap();
    let told = desk.told(&[]);
    assert_eq!(flips(&told), [2, 1, 0]);
    assert_eq!(of(&told, "differences", "house/new")["difference"], "added");
    assert_eq!(of(&told, "differences", "house/long")["difference"], "removed");
    assert_eq!(of(&told, "rules", "house/long")["loosened"]["flips"], 2);
}

#[test]
fn what_stays_blocked_by_another_rule_is_no_flip_and_told_all_the_same() {
    let desk = Desk::new();
    desk.write(
        "policies/house/also.rhai",
        rule("deny", 0, "if len(p.title) > 50 { deny(\"far too long\", p.title); }"),
    );
    desk.commit("One more", NOW);
    desk.git(&["branch", "--force", "main", "work"]);
    desk.write("policies/house/long.rhai", rule("warn", 20, &LONG.replace("deny(", "warn(")));
    let told = desk.told(&[]);
    assert_eq!((flips(&told), &told["summary"]["otherwise"]), ([1, 0, 0], &json!(1)));
    let loosened = &of(&told, "rules", "house/long")["loosened"];
    assert_eq!((&loosened["proposals"], &loosened["flips"]), (&json!(2), &json!(1)));
    // What flips is shown before what does not.
    assert_eq!(loosened["examples"][0]["file"], "changes/longer.json");
    assert_eq!(loosened["examples"][1]["after"], "blocked");
    assert_eq!(of(&told, "differences", "house/long")["changes"], json!(["level warn instead of deny"]));
}

#[test]
fn a_warning_that_is_new_or_gone_flips_nothing() {
    let desk = Desk::new();
    desk.write("policies/house/ticket.rhai", rule("warn", 0, "if false { warn(\"never\"); }"));
    let more = rule("deny", 20, &format!("{LONG} if len(p.title) < 20 {{ warn(\"short\", p.title); }}"));
    desk.write("policies/house/long.rhai", more);
    let told = desk.told(&[]);
    assert_eq!((flips(&told), &told["summary"]["otherwise"]), ([0, 0, 0], &json!(3)));
    assert_eq!(of(&told, "rules", "house/ticket")["milder"], 3);
    assert_eq!(of(&told, "rules", "house/long")["heavier"], 1);
    assert!(desk.said(&["--base", "main", "--now", NOW]).1.contains("no verdict flips"));
}

#[test]
fn a_message_in_other_words_is_counted() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", rule("deny", 20, &LONG.replace("too long", "much too long")));
    let told = desk.told(&[]);
    assert_eq!((flips(&told), of(&told, "rules", "house/long")["reworded"].as_u64()), ([0, 0, 0], Some(2)));
}

#[test]
fn a_line_more_in_a_rule_is_no_difference_of_what_it_says() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", rule("deny", 20, &format!("\n// a remark\n{LONG}")));
    let told = desk.told(&[]);
    assert_eq!((&told["rules"], &told["summary"]["otherwise"]), (&json!([]), &json!(0)));
    let (_, text) = desk.said(&["--base", "main", "--now", NOW]);
    assert!(text.contains("unseen   house/long: its text is another"), "{text}");
}

#[test]
fn a_rule_that_fails_on_one_side_is_told_as_such() {
    let desk = Desk::new();
    let failing = format!("if len(p.title) == 60 {{ let list = []; list[9]; }} {LONG}");
    desk.write("policies/house/long.rhai", rule("deny", 40, &failing));
    let told = desk.told(&[]);
    assert_eq!(flips(&told), [1, 0, 1]);
    let failing = &of(&told, "rules", "house/long")["failing"];
    assert_eq!((&failing["proposals"], &failing["flips"]), (&json!(1), &json!(1)));
    assert_eq!(failing["examples"][0]["after"], "undecided");
    assert!(failing["examples"][0]["message"].as_str().unwrap().starts_with("the rule `house/long` failed"));
    let (_, text) = desk.said(&["--base", "main", "--now", NOW]);
    assert!(text.contains("failing  house/long: leaves 1 undecided"), "{text}");
}

#[test]
fn waivers_and_days_count_as_they_do_in_a_run() {
    let desk = Desk::new();
    let waiver = "[[waivers]]\nrule = \"house/long\"\nproposals = [\"longer\"]\nreason = \"it is as long as it has to be\"\nticket = \"OPS-1\"\n\
                  approver = \"@zoe\"\ngranted = 2026-11-19\nexpires = 2026-12-01\n";
    desk.write("waivers/long.toml", waiver);
    let staged = rule("deny", 0, "if len(p.title) < 20 { deny(\"too short\", p.title); }");
    desk.write("policies/house/staged.rhai", staged.replace("level:", "effective_on: \"2027-01-01\", level:"));
    let told = desk.told(&[]);
    assert_eq!((flips(&told), &of(&told, "rules", "house/long")["loosened"]["flips"]), ([1, 0, 0], &json!(1)));
    assert_eq!(told["besides"], json!([{ "what": "waivers", "file": "waivers/long.toml", "difference": "added" }]));
    assert_eq!(of(&told, "rules", "house/staged")["heavier"], 1);
    // The future shows it blocking, and the waiver gone.
    let output = desk.run(&["--base", "main", "--now", "2027-01-02T00:00:00Z", "--format", "json"]);
    assert_eq!(flips(&desk::told(&output)), [0, 1, 0]);
}

#[test]
fn a_switch_and_the_phase_are_told() {
    let desk = Desk::new();
    desk.write(
        "changegate.toml",
        format!("{CONFIG}[rules.\"house/long\"]\noff = {{ reason = \"we are in a hurry\" }}\n"),
    );
    let told = desk.told(&[]);
    assert_eq!(flips(&told), [2, 0, 0]);
    assert_eq!(of(&told, "differences", "house/long")["changes"], json!(["switched off: we are in a hurry"]));
    // No rule of these has a part in another phase.
    let (status, text) = desk.said(&["--base", "main", "--now", NOW, "--phase", "close"]);
    assert_eq!(status, Some(2));
    assert!(text.contains("policy/no-rule-applied"), "{text}");
}

#[test]
fn nothing_that_differs_is_told_as_that() {
    let desk = Desk::new();
    let (status, text) = desk.said(&["--base", "main", "--now", NOW]);
    assert_eq!(status, Some(0));
    assert!(text.contains("differs  nothing: both sides have the same"), "{text}");
}

#[test]
fn it_is_a_report_and_no_gate() {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", rule("deny", 500, LONG));
    let told = desk.told(&[]);
    assert_eq!((flips(&told), &told["summary"]["outcome"]), ([2, 0, 0], &json!("pass")));
    assert_eq!(desk.run(&["--base", "main", "--now", NOW]).status.code(), Some(0));
    assert_eq!(desk.run(&["--base", "main", "--now", NOW, "--fail-on", "loosened"]).status.code(), Some(2));
}

#[test]
fn what_is_for_programs_is_as_its_schema_says_and_always_the_same() {
    let desk = Desk::new();
    for number in 0..40 {
        desk.propose(&format!("many-{number}"), number + 5);
    }
    desk.write(
        "policies/house/long.rhai",
        rule("deny", 40, &format!("{LONG} if len(p.title) == 25 {{ throw 1; }}").replace("throw 1;", "[][9];")),
    );
    desk.write("policies/house/ticket.rhai", rule("deny", 0, TICKET));
    desk.write("policies/house/new.rhai", rule("warn", 0, "warn(\"new\");"));
    let arguments = ["--base", "main", "--now", NOW, "--format", "json"];
    let output = desk.run(&arguments);
    let told = desk::told(&output);
    let mut schema: Value = serde_json::from_str(&fs::read_to_string("schemas/impact-v1.json").unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    closed::close(&mut schema);
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    assert!(validator.validate(&told).is_ok(), "{:#?}", validator.iter_errors(&told).collect::<Vec<_>>());
    assert_eq!((flips(&told).map(|flips| flips > 0), &told["summary"]["proposals"]), ([true, false, true], &json!(43)));
    assert_eq!(desk.run(&arguments).stdout, output.stdout);
}
