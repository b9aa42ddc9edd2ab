//! `changegate new system` and `changegate new waiver`: what they write, what nothing passes by until it is filled in, and that nothing is
//! lost. `changegate new rule` is tested with the cases that it writes.

#![allow(clippy::unwrap_used, clippy::expect_used, dead_code, reason = "a test")]

#[path = "evidence/desk.rs"]
mod desk;

use changegate::facts::Phase;
use changegate::policy::{RuleSet, builtin};
use changegate::proposal::model::PROFILE;
use changegate::proposal::shape::{Kind, Object};
use desk::{Desk, Told};
use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const SKELETON: &str = include_str!("../src/cli/new/system.json");

fn changegate(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_changegate")).args(arguments).current_dir(folder).output().expect("a program");
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    (output.status.code(), told)
}

/// The ways to all values, the items of a list as one.
fn ways(value: &Value, way: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| ways(value, &format!("{way}/{name}"), found)),
        Value::Array(items) if items.iter().any(Value::is_object) => {
            items.iter().for_each(|item| ways(item, way, found));
        }
        _ => drop(found.insert(way.to_owned())),
    }
}

#[test]
fn a_new_profile_has_what_rules_ask_of_a_system() {
    let mut asked = BTreeSet::new();
    let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).unwrap().rules;
    for rule in rules {
        let example: Value = serde_json::from_str(&rule.header.example).unwrap();
        ways(&example["system"], "", &mut asked);
    }
    let mut there = BTreeSet::from([String::new(), "/id".to_owned()]);
    ways(&serde_json::from_str(SKELETON).unwrap(), "", &mut there);
    assert_eq!(asked.difference(&there).collect::<Vec<_>>(), Vec::<&String>::new());
    // And what the model has of a system and is judged.
    let Some(Kind::Object(system)) = PROFILE.field("system").map(|field| &field.kind) else { panic!("no system") };
    let is_judged = |doc: &str| !doc.contains("No rule judges it");
    let judged = system.fields.iter().filter(|field| is_judged(field.doc) && field.name != "description");
    for field in judged.map(|field| format!("/{}", field.name)) {
        assert!(there.iter().any(|way| *way == field || way.starts_with(&format!("{field}/"))), "{field}");
    }
    known(&serde_json::from_str(SKELETON).unwrap(), system);
}

/// Each field is one of the model.
fn known(value: &Value, shape: &'static Object) {
    for (name, value) in value.as_object().unwrap() {
        let field = shape.field(name).unwrap_or_else(|| panic!("{name}"));
        match (&field.kind, value) {
            (Kind::Object(inner), _) => known(value, inner),
            (Kind::List(Kind::Object(inner)), Value::Array(items)) => items.iter().for_each(|item| known(item, inner)),
            _ => assert_eq!(value, ""),
        }
    }
}

#[test]
fn nothing_passes_by_a_profile_that_is_not_filled_in() {
    let desk = Desk::new();
    fs::remove_file(desk.at("systems/wiki.json")).unwrap();
    let (status, told) = changegate(&desk.at(""), &["new", "system", "wiki"]);
    assert_eq!(status, Some(0), "{told}");
    let open = fs::read_to_string(desk.at("systems/wiki.json")).unwrap().matches("\"TODO: ").count();
    let expected = format!("wrote systems/wiki.json\n  open      {open} fields, which begin with TODO:\n\nnext: ");
    assert!(told.starts_with(&expected) && open > 50, "{told}");
    assert!(told.ends_with("changegate schema profile --check systems/wiki.json\n"), "{told}");
    let told = desk.check(&[]).is(2, &["profile/unfilled"]);
    assert_eq!(told.report["proposals"][0]["faults"].as_array().unwrap().len(), open);
    // One that is filled in but for one value passes nothing either.
    let sound = fs::read_to_string("examples/systems/wiki.json").unwrap();
    let last = sound.replace("\"Team wiki\"", "\"TODO: What people call it.\"");
    assert_ne!(sound, last);
    desk.with("systems/wiki.json", last).check(&[]).is(2, &["profile/unfilled"]);
}

#[test]
fn no_profile_is_written_over_and_none_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("systems")).unwrap();
    fs::write(at("systems/shop.JSON"), "mine").unwrap();
    fs::write(at("systems/wiki.json"), "mine").unwrap();
    for (id, code) in [
        ("shop", "usage/exists"),
        ("wiki", "usage/exists"),
        ("../wiki", "usage/system"),
        ("a/b", "usage/system"),
        ("@ada", "usage/system"),
        ("nul", "usage/system"),
        ("", "usage/system"),
        ("a\n::error::b", "usage/system"),
    ] {
        let (status, told) = changegate(folder.path(), &["new", "system", "--", id]);
        assert!(status == Some(2) && told.contains(code) && !told.contains("\n::error"), "{id}: {told}");
    }
    assert_eq!(fs::read_dir(at("systems")).unwrap().count(), 2);
    // It goes where the configuration says, be the folder there or not.
    fs::write(at("changegate.toml"), "[systems]\npath = \"gate/profiles\"\n").unwrap();
    let (status, told) = changegate(folder.path(), &["new", "system", "wiki"]);
    assert!(status == Some(0) && told.starts_with("wrote gate/profiles/wiki.json\n"), "{told}");
    fs::write(at("changegate.toml"), "[systems]\npath = \"../elsewhere\"\n").unwrap();
    let (status, told) = changegate(folder.path(), &["new", "system", "wiki"]);
    assert!(status == Some(2) && told.contains("usage/unwritable"), "{told}");
}

const RULE: &str = "const RULE = #{ title: \"It has a ticket\", why: \"So that it is found.\", help: \"name a ticket\", phases: [\"plan\"], level: \"deny\" };\n\
                    fn check(p) { if p.ticket == () { deny(\"no ticket is named\"); } }\n";
const ALONE: &str = "[policies]\npaths = [\"policies\"]\nbuiltin = false\n";

/// The folder of a proposal that one rule denies.
fn denied() -> Desk {
    Desk::new().with("policies/house/ticket.rhai", RULE).with("changegate.toml", ALONE)
}

fn days_from_now(days: i64) -> String {
    let day: Zoned = Timestamp::now().to_zoned(TimeZone::UTC);
    day.date().checked_add(days.days()).unwrap().to_string()
}

/// What is written, with other options in place of some; an empty value leaves one out.
fn options(other: &[(&str, &str)]) -> Vec<String> {
    let expires = days_from_now(30);
    let sound = [
        ("--system", "wiki"),
        ("--reason", "tickets come with the new tool"),
        ("--ticket", "OPS-1"),
        ("--approver", "@ada"),
        ("--expires", &expires),
    ];
    let own = sound.iter().filter(|(name, _)| !other.iter().any(|(one, _)| one == name));
    let all = own.chain(other).filter(|(_, value)| !value.is_empty());
    all.map(|(name, value)| format!("{name}={value}")).collect()
}

fn waive(desk: &Desk, rule: &str, other: &[(&str, &str)]) -> (Option<i32>, String) {
    let options = options(other);
    let options: Vec<_> = ["new", "waiver", rule].into_iter().chain(options.iter().map(String::as_str)).collect();
    changegate(&desk.at(""), &options)
}

fn judged(desk: &Desk) -> Told {
    Told::of(&desk.run(&["--format", "json"]))
}

#[test]
fn a_waiver_is_added_to_those_that_there_are() {
    let desk = denied();
    judged(&desk).is(1, &["house/ticket"]);
    let (status, told) = waive(&desk, "house/ticket", &[]);
    assert_eq!(status, Some(0), "{told}");
    assert!(told.starts_with("added to waivers/waivers.toml, line 1\n\nnext: "), "{told}");
    let told = judged(&desk).is(0, &[]);
    assert_eq!(told.report["proposals"][0]["findings"][0]["waived"]["by"], "@ada");
    // Not a byte of what is there is another afterwards, and each is its own.
    for before in ["# by hand", "# by hand\n", "# by hand\r\n\r\n", "\u{feff}", "[[waivers]]\nrule = \"a\"", ""] {
        let desk = denied().with("waivers/ours.toml", before);
        let sound = changegate(&desk.at(""), &["check", "p.json"]).1.contains("config/");
        let (status, told) = waive(&desk, "house/ticket", &[]);
        let after = fs::read_to_string(desk.at("waivers/ours.toml")).unwrap();
        assert!(after.starts_with(before), "{after}");
        assert_eq!(status, Some(if sound { 2 } else { 0 }), "{before:?} {told}");
        assert_eq!(after == before, sound, "{told}");
    }
}

#[test]
fn it_goes_where_waivers_are() {
    let added = |desk: &Desk, place: &str, line: usize| {
        let (status, told) = waive(desk, "house/ticket", &[]);
        assert!(status == Some(0) && told.starts_with(&format!("added to {place}, line {line}\n")), "{told}");
        judged(desk).is(0, &[]);
    };
    added(&denied().with("waivers/ours.toml", "# ours\n"), "waivers/ours.toml", 3);
    added(&denied().with("waivers/a.toml", "").with("waivers/b.toml", ""), "waivers/waivers.toml", 1);
    let old = "[[waivers]]\nrule = \"house/ticket\"\nsystems = [\"other\"]\nreason = \"they have no tickets yet\"\nticket = \"OPS-2\"\n\
               approver = \"@bo\"\ngranted = 2026-11-20\nexpires = 2026-12-20\n";
    let configured = format!("{ALONE}\n{old}");
    let desk = denied().with("changegate.toml", &configured);
    added(&desk, "changegate.toml", configured.lines().count() + 2);
    assert!(fs::read_to_string(desk.at("changegate.toml")).unwrap().starts_with(&configured));
    added(&denied().with("changegate.toml", &configured).with("waivers/a.toml", ""), "waivers/a.toml", 1);
}

#[test]
fn one_that_would_not_hold_is_not_added() {
    let far = days_from_now(91);
    let years = days_from_now(4_000);
    let today = days_from_now(0);
    let tomorrow = days_from_now(1);
    for (rule, other, expected) in [
        ("house/tickt", ("--ticket", "OPS-1"), "did you mean `house/ticket`?"),
        ("backup/restore-tested", ("--ticket", "OPS-1"), "there is no rule `backup/restore-tested`"),
        ("house/ticket", ("--expires", today.as_str()), "(waiver/expired)"),
        ("house/ticket", ("--expires", "2020-01-01"), "(waiver/expired)"),
        ("house/ticket", ("--expires", &far), "(waiver/too-long)"),
        ("house/ticket", ("--expires", &years), "(waiver/too-long)"),
        ("house/ticket", ("--granted", &tomorrow), "(waiver/not-granted)"),
        ("house/ticket", ("--reason", "n/a"), "(waiver/unexplained)"),
        ("house/ticket", ("--ticket", "-"), "(waiver/unexplained)"),
        ("house/ticket", ("--approver", "@acme/team"), "(waiver/by-team)"),
        ("house/ticket", ("--approver", "tbd"), "config/malformed-value"),
        ("house/ticket", ("--system", ""), "(waiver/too-broad)"),
        ("house/ticket", ("--system", "wikki"), "did you mean `wiki`?"),
        ("house/ticket", ("--environment", "prod"), "(waiver/unknown-scope)"),
        ("house/ticket", ("--file", "package-lock.json"), "(waiver/other-scope)"),
        ("check/unproposed", ("--file", "package-lock.json"), "(waiver/other-scope)"),
        ("house/ticket", ("--reason", "TODO: say why it may be let through"), "config/unfilled"),
    ] {
        let desk = denied().with("waivers/ours.toml", "# ours\n");
        let (status, told) = waive(&desk, rule, &[other]);
        assert!(status == Some(2) && told.contains(expected), "{rule} {other:?}: {told}");
        assert_eq!(fs::read_to_string(desk.at("waivers/ours.toml")).unwrap(), "# ours\n");
        assert_eq!(fs::read_dir(desk.at("waivers")).unwrap().count(), 1, "{other:?}");
    }
    for expires in ["soon", "2026-02-30", "2026-12-20T00:00:00Z", "30"] {
        let (status, told) = waive(&denied(), "house/ticket", &[("--expires", expires)]);
        assert!(status == Some(2) && told.contains("it is no day such as 2026-12-20"), "{told}");
    }
    let of_packages = [("--system", ""), ("--package", "pkg:npm/lodash")];
    assert_eq!(waive(&denied(), "check/unproposed", &of_packages).0, Some(0));
}

/// What is written in a text stays a text.
#[test]
fn a_reason_adds_nothing_else() {
    let desk = denied();
    let reason = "as \"agreed\"\nwith them\"\n[[waivers]]\nrule = \"house/other\"\n# \\u0041 '''";
    assert_eq!(waive(&desk, "house/ticket", &[("--reason", reason)]).0, Some(0));
    let told = judged(&desk).is(0, &[]);
    assert_eq!(told.report["proposals"][0]["findings"][0]["waived"]["reason"], reason);
    assert_eq!(told.report["findings"].as_array().map(Vec::len), Some(0));
}

/// What is wrong is told of the file as it is, and never of what was to be added to it.
#[test]
fn a_list_is_told_as_what_it_is() {
    let one = "{ rule = \"house/ticket\", systems = [\"other\"], reason = \"they have no tickets yet\", ticket = \"OPS-2\", \
               approver = \"@bo\", granted = 2026-11-20, expires = 2026-12-20 }";
    for (file, before, at) in [
        ("waivers/ours.toml", format!("# ours\nwaivers = [\n  {one}\n]\n"), "waivers/ours.toml:2:"),
        ("waivers/ours.toml", "waivers = []\n".to_owned(), "waivers/ours.toml:1:"),
        ("changegate.toml", format!("waivers = []\n{ALONE}"), "changegate.toml:1:"),
    ] {
        let desk = denied().with(file, &before);
        let (status, told) = waive(&desk, "house/ticket", &[]);
        assert!(status == Some(2) && told.contains("[usage/waiver]") && told.contains("stand as a list"), "{told}");
        assert!(told.contains(at), "{told}");
        assert_eq!(fs::read_to_string(desk.at(file)).unwrap(), before);
    }
    let (_, told) = waive(&denied().with("waivers/ours.toml", "a = 1\na = 2\n"), "house/ticket", &[]);
    assert!(told.contains("config/syntax") && told.contains("waivers/ours.toml:2:1"), "{told}");
}

/// Of a rule that denies nothing it would be a waiver that nobody needs, until the rule is back.
#[test]
fn one_of_a_rule_that_denies_nothing_is_not_added() {
    let of = |setting: &str, header: &str| {
        let rule = RULE.replace("level: \"deny\"", &format!("level: \"deny\", {header}"));
        let config = format!("{ALONE}[rules.\"house/ticket\"]\n{setting}\n");
        denied().with("changegate.toml", config).with("policies/house/ticket.rhai", rule)
    };
    for (setting, header, why) in [
        ("off = { reason = \"we have no tickets yet\" }", "", "is off"),
        ("expires_on = 2026-11-01", "", "has expired on 2026-11-01"),
        ("", "expires_on: \"2026-11-01\"", "has expired on 2026-11-01"),
        ("level = \"info\"", "", "has the level info"),
    ] {
        let desk = of(setting, header);
        let (status, told) = waive(&desk, "house/ticket", &[]);
        let expected = format!("the waiver is not added: the rule `house/ticket` {why}");
        assert!(status == Some(2) && told.contains(&expected), "{told}");
        assert!(!desk.at("waivers").exists());
    }
    let noted = |setting: &str| waive(&of(setting, ""), "house/ticket", &[]);
    let far = days_from_now(60);
    for (setting, why) in [
        ("level = \"warn\"".to_owned(), "`house/ticket` only warns; it".to_owned()),
        (format!("effective_on = {far}"), format!("`house/ticket` only warns before {far}; it")),
    ] {
        let (status, told) = noted(&setting);
        let expected = format!("  note      {why} lets something through where --fail-on warn is given");
        assert!(status == Some(0) && told.contains(&expected), "{told}");
    }
    // One that outlasts the day waits for it.
    let (status, told) = noted(&format!("effective_on = {}", days_from_now(10)));
    assert!(status == Some(0) && !told.contains("note"), "{told}");
    let off = "[rules.\"changed/nothing-else\"]\noff = { reason = \"nothing is pinned here\" }\n";
    let of_packages = [("--system", ""), ("--package", "pkg:npm/lodash")];
    let (status, told) = waive(&Desk::new().with("changegate.toml", off), "check/unproposed", &of_packages);
    assert!(status == Some(2) && told.contains("the rule `changed/nothing-else` is off"), "{told}");
}

#[test]
fn what_is_written_is_in_the_form_that_all_have() {
    let desk = denied();
    let other =
        [("--approver", "ada"), ("--system", "wiki"), ("--system", "wiki"), ("--reason", "they said \u{7f} so")];
    let (status, told) = waive(&desk, "house/ticket", &other);
    assert_eq!(status, Some(0), "{told}");
    let written = fs::read_to_string(desk.at("waivers/waivers.toml")).unwrap();
    for line in ["approver = \"@ada\"", "systems = [\"wiki\"]", "reason = \"they said \\u007f so\""] {
        assert!(written.contains(line), "{written}");
    }
    judged(&desk).is(0, &[]);
}

/// It may be written before it is proposed; but then it is more often misspelt.
#[test]
fn a_proposal_that_there_is_not_is_noted() {
    let proposal = fs::read_to_string("examples/routine-patch.json").unwrap();
    let id: Value = serde_json::from_str(&proposal).unwrap();
    let id = id["id"].as_str().unwrap().to_owned();
    for (named, is_noted) in [(id.clone(), false), (format!("{id}-2"), true)] {
        let desk = denied().with("changes/p.json", &proposal);
        let (status, told) = waive(&desk, "house/ticket", &[("--system", ""), ("--proposal", &named)]);
        let note = format!("  note      no proposal here has the id `{named}`\n");
        assert!(status == Some(0) && told.contains(&note) == is_noted, "{told}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_added_through_a_link() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("ours.toml"), "# theirs\n").unwrap();
    let file = denied().with("waivers/a.txt", "");
    std::os::unix::fs::symlink(elsewhere.path().join("ours.toml"), file.at("waivers/ours.toml")).unwrap();
    let folder = denied();
    std::os::unix::fs::symlink(elsewhere.path(), folder.at("waivers")).unwrap();
    for desk in [file, folder] {
        let (status, told) = waive(&desk, "house/ticket", &[]);
        assert_eq!(status, Some(2), "{told}");
    }
    assert_eq!(fs::read_to_string(elsewhere.path().join("ours.toml")).unwrap(), "# theirs\n");
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
}
