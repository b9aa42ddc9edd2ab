//! Days that are refused: those that there are not, that a rule can't have, or that would make it never block.

use super::{BOTH, FROM, at, desk, rule};
use changegate::config::Config;
use changegate::facts::Phase;
use changegate::policy::{Pack, RuleSet};
use changegate::source::Source;
use serde_json::json;
use std::sync::Arc;

/// A level that never blocks has no day from which on it does: whoever writes one believes that it does.
#[test]
fn a_rule_that_never_blocks_has_no_day_from_which_on_it_does() {
    let of = |level: &str, days: &str, lines: &str| {
        let text = rule(days).replace("\"deny\", ", &format!("\"{level}\", "));
        let pack = Pack { rules: vec![("a/b".into(), Arc::new(Source::new("a.rhai", text)))], sound: false };
        let config = Config::parse("changegate.toml", &format!("[rules.\"a/b\"]\n{lines}")).unwrap();
        let faults = RuleSet::load(&[pack], &config.settings, Phase::Plan).err().unwrap_or_default();
        let told = |fault: changegate::finding::Fault| (fault.code, fault.labels[0].place.text().to_owned());
        faults.into_iter().map(told).collect::<Vec<_>>()
    };
    let configured = "effective_on = 2027-05-01";
    for level in ["warn", "info"] {
        assert_eq!(of(level, FROM, ""), [("policy/header", "\"2027-03-01\"".to_owned())]);
        assert_eq!(of(level, "", configured), [("config/never-blocks", "2027-05-01".to_owned())]);
        let lowered = format!("level = \"{level}\"\n{configured}");
        assert_eq!(of("deny", "", &lowered), [("config/never-blocks", "2027-05-01".to_owned())]);
        // What the header says may wait for a level that is lowered for a while, and a level that is raised has a day.
        assert_eq!(of("deny", FROM, &format!("level = \"{level}\"")), []);
        assert_eq!(of(level, "", &format!("level = \"deny\"\n{configured}")), []);
        assert_eq!(of(level, "expires_on: \"2027-09-01\",", "expires_on = 2027-10-01"), []);
    }
}

/// The message of all that is wrong, and what is shown.
fn wrong(days: &str, config: &str) -> Vec<(String, String)> {
    let pack = Pack { rules: vec![("a/b".into(), Arc::new(Source::new("a.rhai", rule(days))))], sound: false };
    let faults = match Config::parse("changegate.toml", config) {
        Ok(config) => RuleSet::load(&[pack], &config.settings, Phase::Plan).err().unwrap_or_default(),
        Err(faults) => faults,
    };
    faults.into_iter().map(|fault| (fault.message, fault.labels[0].place.text().to_owned())).collect()
}

#[test]
fn a_header_names_days_that_there_are() {
    let must = |key: &str| {
        format!(
            "the rule `a/b` can't be loaded: `{key}` in its header must be a day that there is, as a text: \"2027-03-01\""
        )
    };
    for day in
        ["\"2027-02-29\"", "\"2027-3-1\"", "\"soon\"", "\"\"", "\"2027-03-01T00:00:00Z\"", "20270301", "true", "[]"]
    {
        for key in ["effective_on", "expires_on"] {
            assert_eq!(wrong(&format!("{key}: {day},"), ""), [(must(key), day.to_owned())]);
        }
    }
    for day in ["2027-03-01", "2027-02-28"] {
        let days = format!("effective_on: \"2027-03-01\", expires_on: \"{day}\",");
        let told = wrong(&days, "");
        assert!(
            told[0]
                .0
                .ends_with("`expires_on` in its header must be a day after `effective_on`, or it would never block")
        );
        assert_eq!((told.len(), told[0].1.as_str()), (1, format!("\"{day}\"").as_str()));
    }
    assert!(wrong("effective_on: \"2027-03-01\", expires_on: \"2027-03-02\",", "").is_empty());
    let told = wrong("efective_on: \"2027-03-01\",", "");
    assert!(told[0].0.ends_with("its header has no place for `efective_on`"), "{told:?}");
}

#[test]
fn a_configuration_names_days_that_there_are() {
    let setting = |lines: &str| format!("[rules.\"a/b\"]\n{lines}");
    for (value, shown) in [
        ("\"2027-02-29\"", "\"2027-02-29\""),
        ("\"soon\"", "\"soon\""),
        ("2027-03-01T00:00:00Z", "2027-03-01T00:00:00Z"),
        ("20270301", "20270301"),
        ("[]", "[]"),
        ("{}", "{}"),
    ] {
        for key in ["effective_on", "expires_on"] {
            let told = wrong("", &setting(&format!("{key} = {value}")));
            assert_eq!((told.len(), told[0].1.as_str()), (1, shown), "{key} {told:?}");
        }
    }
    let never = |expires: &str, effective: &str| {
        format!("the rule `a/b` expires on {expires} and blocks from {effective}, which is never")
    };
    for (header, lines, expires, effective, shown) in [
        ("", "effective_on = 2027-03-01\nexpires_on = 2027-03-01", "2027-03-01", "2027-03-01", "2027-03-01"),
        (FROM, "expires_on = 2027-02-01", "2027-02-01", "2027-03-01", "2027-02-01"),
        (BOTH, "effective_on = 2027-10-01", "2027-09-01", "2027-10-01", "2027-10-01"),
    ] {
        assert_eq!(wrong(header, &setting(lines)), [(never(expires, effective), shown.to_owned())]);
    }
}

/// A proposal and a profile say nothing of it: there is no such field.
#[test]
fn whoever_proposes_changes_no_day() {
    for field in ["effective_on", "rules"] {
        let desk = desk(FROM, "").proposing(&format!("/{field}"), json!("2099-01-01"));
        at(&desk, "2027-03-01T00:00:00Z", &[]).is(1, &["proposal/unknown-field"]);
    }
}
