//! Rules that have days: before one they warn, and from another on they have no part. What is refused of them stands in `refused`.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code, reason = "a test")]

#[path = "../evidence/desk.rs"]
mod desk;
mod refused;

use changegate::facts::Phase;
use changegate::policy::{Pack, Part, RuleSet, builtin};
use changegate::source::Source;
use desk::{Desk, Told};
use serde_json::{Value, json};
use std::process::{Command, Output};
use std::sync::Arc;

const FROM: &str = "effective_on: \"2027-03-01\",";
const BOTH: &str = "effective_on: \"2027-03-01\", expires_on: \"2027-09-01\",";

/// A rule that denies whatever it is shown, with some lines of its header.
fn rule(days: &str) -> String {
    format!(
        "const RULE = #{{ title: \"It has a ticket\", why: \"So that it is found.\", help: \"name a ticket\", phases: [\"plan\"], level: \"deny\", {days} }};\n\
         fn check(p) {{ if p.ticket == () {{ deny(\"no ticket is named\"); }} }}\n"
    )
}

/// A folder with that rule alone, and a configuration.
fn desk(days: &str, config: &str) -> Desk {
    let config = format!("[policies]\npaths = [\"policies\"]\nbuiltin = false\n{config}");
    Desk::new().with("policies/house/ticket.rhai", rule(days)).with("changegate.toml", config)
}

/// Beside one that has nothing to say.
fn beside(desk: Desk) -> Desk {
    desk.with("policies/house/quiet.rhai", rule("").replace("deny(\"no ticket is named\");", ""))
}

fn at(desk: &Desk, now: &str, arguments: &[&str]) -> Told {
    Told::of(&desk.run(&[&["--now", now, "--format", "json"], arguments].concat()))
}

fn text(output: Output) -> String {
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

fn changegate(desk: &Desk, arguments: &[&str]) -> String {
    text(Command::new(env!("CARGO_BIN_EXE_changegate")).args(arguments).current_dir(desk.at("")).output().unwrap())
}

fn of<'t>(told: &'t Told, rule: &str) -> &'t Value {
    told.report["rules"].as_array().unwrap().iter().find(|one| one["id"] == rule).unwrap()
}

#[test]
fn a_day_begins_at_midnight_of_utc() {
    let desk = beside(desk(BOTH, ""));
    for (now, level, day) in [
        ("2026-11-24T12:00:00Z", "warn", json!("2027-03-01")),
        ("2027-02-28T23:59:59Z", "warn", json!("2027-03-01")),
        ("2027-03-01T01:00:00+02:00", "warn", json!("2027-03-01")),
        ("2027-03-01T00:00:00Z", "deny", Value::Null),
        ("2027-08-31T23:59:59Z", "deny", Value::Null),
    ] {
        let told = at(&desk, now, &[]);
        let finding = &told.report["proposals"][0]["findings"][0];
        assert_eq!((&finding["level"], &finding["blocks_on"]), (&json!(level), &day), "{now}");
        assert_eq!(told.status, Some(i32::from(level == "deny")), "{now}");
        let rule = of(&told, "house/ticket");
        assert_eq!((&rule["part"], &rule["level"], &rule["blocks_on"]), (&json!("evaluated"), &json!(level), &day));
        assert_eq!((&rule["effective_on"], &rule["expires_on"]), (&json!("2027-03-01"), &json!("2027-09-01")));
    }
    for now in ["2027-09-01T00:00:00Z", "2030-01-01T00:00:00Z"] {
        let told = at(&desk, now, &[]).is(0, &[]);
        assert_eq!(told.report["proposals"][0]["findings"], json!([]));
        assert_eq!(of(&told, "house/ticket")["part"], "expired");
        for (format, line) in [
            ("markdown", "\nRules without a part: <code>house/ticket</code> has expired on 2027-09-01.\n"),
            ("html", "<code>house/ticket</code> has no part: expired on 2027-09-01"),
        ] {
            let report = text(desk.run(&["--now", now, "--format", format]));
            assert!(report.contains(line), "{report}");
        }
        let log: Value = serde_json::from_str(&text(desk.run(&["--now", now, "--format", "sarif"]))).unwrap();
        let idle = json!({ "rulesExpired": [{ "id": "house/ticket", "expiresOn": "2027-09-01" }] });
        assert_eq!(log["runs"][0]["properties"], idle);
        let human = text(desk.run(&["--now", now]));
        assert!(human.contains("  expired  house/ticket: on 2027-09-01\n"), "{human}");
        assert!(human.contains("1 evaluated in phase plan\n"), "{human}");
    }
}

/// What nothing judges passes nowhere.
#[test]
fn where_all_have_expired_nothing_is_decided() {
    let told = at(&desk(BOTH, ""), "2027-09-01T00:00:00Z", &[]).is(2, &["policy/no-rule-applied"]);
    let expected = "no rule applies in the phase plan: the one for it has expired";
    assert_eq!(told.report["faults"][0]["message"], expected);
    assert_eq!(of(&told, "house/ticket")["part"], "expired");
    let human = text(desk(BOTH, "").run(&["--now", "2027-09-01T00:00:00Z"]));
    for line in [
        "  help     set a later day in its `expires_on`, or use",
        "  rules    none evaluated (0 for phase plan)\n",
        "  expired  house/ticket: on 2027-09-01\n",
    ] {
        assert!(human.contains(line), "{human}");
    }
    // Nor does one come back in another phase.
    let both = rule(BOTH).replace("[\"plan\"]", "[\"plan\", \"close\"]");
    let pack = Pack { rules: vec![("house/ticket".into(), Arc::new(Source::new("a.rhai", both)))], sound: false };
    let rules = RuleSet::load(&[pack], &[], Phase::Plan).unwrap().on("2027-09-01".parse().unwrap());
    for rules in [rules.in_phase(Phase::Close), rules.in_phase(Phase::Deploy), rules.among()] {
        assert!(rules.evaluated().next().is_none());
        assert!(rules.rules.iter().all(|rule| matches!(rule.part, Part::Expired(_))));
    }
}

#[test]
fn whoever_fails_on_warnings_fails_on_these() {
    let told = at(&desk(FROM, ""), "2027-02-28T00:00:00Z", &["--fail-on", "warn"]).is(1, &["house/ticket"]);
    let finding = &told.report["proposals"][0]["findings"][0];
    assert_eq!((&finding["blocks_on"], &finding["raised"]), (&json!("2027-03-01"), &json!(true)));
    for (format, line) in [("human", "  staged   house/ticket: blocks"), ("html", "<code>house/ticket</code> blocks")] {
        let arguments = ["--now", "2027-02-28T00:00:00Z", "--fail-on", "warn", "--format", format];
        let report = text(desk(FROM, "").run(&arguments));
        let line = format!("{line} in this run as all warnings do, and by itself from 2027-03-01");
        assert!(report.contains(&line), "{report}");
    }
}

#[test]
fn the_configuration_comes_before_the_header_and_every_report_says_so() {
    let setting = |lines: &str| format!("[rules.\"house/ticket\"]\n{lines}\n");
    let february = "2027-02-01T00:00:00Z";
    for (header, lines, status, day, changes) in [
        ("", "effective_on = 2027-05-01", 0, json!("2027-05-01"), json!(["effective_on = 2027-05-01 instead of none"])),
        (
            FROM,
            "effective_on = \"2027-05-01\"",
            0,
            json!("2027-05-01"),
            json!(["effective_on = 2027-05-01 instead of 2027-03-01"]),
        ),
        (FROM, "effective_on = 2027-01-01", 1, Value::Null, json!(["effective_on = 2027-01-01 instead of 2027-03-01"])),
        (FROM, "effective_on = 2027-03-01", 0, json!("2027-03-01"), json!([])),
        (FROM, "expires_on = 2027-04-01", 0, json!("2027-03-01"), json!(["expires_on = 2027-04-01 instead of none"])),
        // What warns anyway blocks on no day.
        (FROM, "level = \"warn\"", 0, Value::Null, json!(["level lowered from deny to warn"])),
    ] {
        let told = at(&desk(header, &setting(lines)), february, &[]);
        let finding = &told.report["proposals"][0]["findings"][0];
        assert_eq!((told.status, &finding["blocks_on"]), (Some(status), &day), "{header} {lines}");
        assert_eq!(of(&told, "house/ticket")["changes"], changes);
    }
    let off = setting("off = { reason = \"we have no tickets yet\" }");
    let switched_off = beside(desk(BOTH, &off));
    assert_eq!(of(&at(&switched_off, "2028-01-01T00:00:00Z", &[]), "house/ticket")["part"], "off");
    let page = text(switched_off.run(&["--format", "markdown"]));
    assert!(page.contains("<code>house/ticket</code> is off (we have no tickets yet)"), "{page}");
    let log: Value = serde_json::from_str(&text(switched_off.run(&["--format", "sarif"]))).unwrap();
    assert_eq!(log["runs"][0]["properties"]["rulesOff"][0]["reason"], "we have no tickets yet");
    let human = text(desk("", &setting("effective_on = 2027-05-01")).run(&["--now", february]));
    for line in [
        "  blocks   from 2027-05-01; until then it warns\n",
        "  staged   house/ticket: warns, and blocks from 2027-05-01; effective_on = 2027-05-01 instead of\n           none\n",
        "PASS  1 proposal: 1 warning\n",
    ] {
        assert!(human.contains(line), "{line}{human}");
    }
    // It is told once, and counts as changed all the same.
    assert!(!human.contains("\n  changed "), "{human}");
    let quiet = text(desk("", &setting("effective_on = 2027-05-01")).run(&["-q", "--now", february]));
    for told in ["(1 rule off or changed by the configuration)", "(1 rule staged or expired)"] {
        assert!(quiet.contains(told), "{quiet}");
    }
}

#[test]
fn each_format_says_from_when_on_it_blocks() {
    let desk = desk(FROM, "");
    for (format, told) in [
        ("human", "blocks   from 2027-03-01; until then it warns"),
        ("json", "\"blocks_on\": \"2027-03-01\""),
        ("sarif", "\"blocksOn\": \"2027-03-01\""),
        ("junit", "blocks from 2027-03-01; until then it warns"),
        ("markdown", "no ticket is named<br>blocks from 2027-03-01"),
        ("html", "<b>Blocks</b> from 2027-03-01; until then it warns"),
        ("html", "no ticket is named</a> (blocks from 2027-03-01) <code"),
        ("github", "::no ticket is named (blocks from 2027-03-01)%0Ahelp"),
        ("gitlab", "no ticket is named (blocks from 2027-03-01)"),
        ("azure", "no ticket is named (blocks from 2027-03-01)"),
    ] {
        let report = text(desk.run(&["--now", "2027-02-01T00:00:00Z", "--format", format]));
        assert!(report.contains(told), "{format}: {report}");
        let report = text(desk.run(&["--now", "2027-03-01T00:00:00Z", "--format", format]));
        assert!(!report.contains(told), "{format}: {report}");
    }
    // Of what does not block nothing but its number is told quietly.
    let quiet = text(desk.run(&["--now", "2027-02-01T00:00:00Z", "--quiet"]));
    assert!(quiet.contains("(1 rule staged or expired)"), "{quiet}");
}

/// The time of a replay is that of the run, whatever day it is by then.
#[test]
fn a_replay_says_the_same() {
    let desk = desk(FROM, "");
    for format in ["human", "json", "sarif", "junit", "markdown", "html"] {
        let of = |more: &[&str]| desk.run(&[&["--format", format], more].concat()).stdout;
        let first = of(&["--now", "2027-02-28T23:59:59Z", "--evidence-out", "record.json"]);
        assert_eq!(first, of(&["--evidence", "record.json"]), "{format}");
    }
}

#[test]
fn a_waiver_waits_for_the_day_from_which_on_its_rule_blocks() {
    let waiver = "[[waivers]]\nrule = \"house/ticket\"\nsystems = [\"wiki\"]\nreason = \"tickets come with the new tool\"\nticket = \"OPS-1\"\n\
                  approver = \"@ada\"\ngranted = 2027-02-10\nexpires = 2027-04-01\n";
    let desk = desk(FROM, waiver);
    let of = |now: &str, more: &[&str]| {
        let told = at(&desk, now, more);
        let findings = told.report["proposals"][0]["findings"].as_array().unwrap();
        let of_run = told.report["findings"].as_array().unwrap().iter();
        let waived = findings[0]["waived"]["by"].as_str().map(str::to_owned);
        let level = findings[0]["level"].as_str().unwrap().to_owned();
        let codes: Vec<_> = of_run.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
        (told.status, level, waived, codes)
    };
    let none: Vec<String> = Vec::new();
    let before = "2027-02-28T23:59:59Z";
    assert_eq!(of(before, &[]), (Some(0), "warn".into(), None, none.clone()));
    let let_through = (Some(0), "deny".to_owned(), Some("@ada".to_owned()), none.clone());
    assert_eq!(of("2027-03-01T00:00:00Z", &[]), let_through);
    assert_eq!(of(before, &["--fail-on", "warn"]), let_through);
    let expired = (Some(1), "deny".into(), None, vec!["waiver/expired".to_owned()]);
    assert_eq!(of("2027-04-01T00:00:00Z", &[]), expired);
}

#[test]
fn lists_and_explanations_name_the_days() {
    let desk = beside(desk(BOTH, "[rules.\"house/ticket\"]\nexpires_on = 2027-10-01\n"));
    let listed = changegate(&desk, &["rules"]);
    assert!(listed.contains("It has a ticket (blocks from 2027-03-01, expires on 2027-10-01)\n"), "{listed}");
    let explained = changegate(&desk, &["explain", "house/ticket"]);
    let lines = [
        "  days        blocks from 2027-03-01, expires on 2027-10-01\n",
        "  changed     expires_on = 2027-10-01 instead of 2027-09-01\n",
    ];
    assert!(lines.iter().all(|line| explained.contains(line)), "{explained}");
    for command in [&["rules", "--format", "json"][..], &["explain", "house/ticket", "--format", "json"]] {
        let list: Value = serde_json::from_str(&changegate(&desk, command)).unwrap();
        let rule = list["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == "house/ticket").unwrap();
        assert_eq!((&rule["effective_on"], &rule["expires_on"]), (&json!("2027-03-01"), &json!("2027-10-01")));
        assert_eq!(rule["level"], "deny");
    }
}

/// A case is about what the rule says, and stays true when its day comes.
#[test]
fn cases_know_no_days() {
    let cases = json!({ "cases": [
        { "name": "none", "base": "p.json", "now": "2027-02-01T00:00:00Z", "remove": ["/ticket"],
          "expect": [{ "level": "deny", "at": "/ticket", "message": "no ticket is named" }] },
        { "name": "one", "base": "p.json", "now": "2028-01-01T00:00:00Z", "set": { "/ticket": "A-1" }, "expect": [] },
    ] });
    let desk =
        desk(BOTH, "").proposing("/ticket", json!("A-1")).with("policies/house/ticket.cases.json", cases.to_string());
    let told = changegate(&desk, &["test"]);
    assert!(told.starts_with("PASSED  2 cases of 1 rule"), "{told}");
}

/// What is owed afterwards is told from the first day on: the close asks for it by then.
#[test]
fn what_is_owed_is_told_before_the_day_too() {
    let owes = rule(FROM).replace("deny(\"no ticket is named\");", "owe(\"ticket\", \"open a ticket\", ());");
    let desk = desk(FROM, "").with("policies/house/ticket.rhai", owes);
    let told = at(&desk, "2027-02-01T00:00:00Z", &[]).is(0, &[]);
    assert_eq!(told.report["proposals"][0]["obligations"][0]["id"], "ticket");
}

/// The built-in rule that says what a change without a proposal is, as well.
#[test]
fn a_change_without_a_proposal_is_judged_at_the_level_of_its_rule() {
    let waiver = "[[waivers]]\nrule = \"check/unproposed\"\nfiles = [\"package-lock.json\"]\nreason = \"the pages are built by hand\"\nticket = \"OPS-1\"\n\
                  approver = \"@ada\"\ngranted = 2027-02-10\nexpires = 2027-04-01\n";
    let lock = |version: &str| {
        json!({ "name": "a", "lockfileVersion": 3, "packages": {
            "": { "name": "a", "dependencies": { "search": "^2.0.0" } },
            "node_modules/search": { "version": version, "resolved": format!("https://registry.npmjs.org/search/-/search-{version}.tgz"),
                "integrity": format!("sha512-{version}AAAAAAAAAAAAAAAAAAAA==") }
        } })
        .to_string()
    };
    let staged = "[rules.\"changed/nothing-else\"]\neffective_on = 2027-03-01\n";
    for (config, waived) in [(staged.to_owned(), false), (format!("{staged}{waiver}"), true)] {
        let desk = Desk::in_git().with("changegate.toml", config).with("package-lock.json", lock("2.31.0"));
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        desk.write("package-lock.json", lock("2.31.2"));
        desk.commit("the upgrade", "2026-11-21T12:00:00Z");
        for (now, fail_on, level, day) in [
            ("2027-02-28T23:59:59Z", "deny", "warn", json!("2027-03-01")),
            ("2027-02-28T23:59:59Z", "warn", "deny", json!("2027-03-01")),
            ("2027-03-01T00:00:00Z", "deny", "deny", Value::Null),
        ] {
            let told = at(&desk, now, &["--base", "main", "--fail-on", fail_on]);
            let findings = told.report["findings"].as_array().unwrap();
            assert_eq!(findings.len(), 1, "{now} {findings:#?}");
            let finding = &findings[0];
            assert_eq!(finding["rule"], "check/unproposed");
            assert_eq!((&finding["level"], &finding["blocks_on"]), (&json!(level), &day), "{now} {fail_on}");
            assert_eq!(finding["waived"].is_object(), waived && level == "deny", "{now} {fail_on}");
        }
    }
}

/// No rule of the pack has a day: what it asks for holds now.
#[test]
fn the_built_in_rules_have_no_days() {
    let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap();
    assert!(rules.rules.iter().all(|rule| rule.told_days().is_empty()));
}
