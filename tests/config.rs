//! What is said of a configuration that is wrong, in the language in which it is written.

#![allow(clippy::unwrap_used, reason = "a test")]

use changegate::config::Config;
use changegate::facts::Phase;
use changegate::gate::configured;
use changegate::policy::{RuleSet, builtin};
use changegate::roster::FAST_TRACKS;

/// Message and help of all faults, a line each.
fn told(text: &str) -> Vec<String> {
    let faults = Config::parse("changegate.toml", text).unwrap_err();
    faults.iter().map(|fault| format!("{}; {}", fault.message, fault.help.as_deref().unwrap_or_default())).collect()
}

#[test]
fn faults_speak_toml() {
    for (text, expected) in [
        (
            "[rules.\"a/b\"]\noff = true",
            "this must be a table, and is true or false; write a table: { reason = \"…\" }",
        ),
        (
            "[rules.\"a/b\"]\noff = {}",
            "the key `reason` is missing; add `reason = …`: the reason, in three words or more; every report repeats it",
        ),
        ("policies = \"policies\"", "this must be a table, and is a text; write a table: where the rules are"),
        ("rules = 1", "this must be a table, and is a whole number; write a table"),
        (
            "[freezes]\nname = \"x\"",
            "this must be a list, and is a table; write its name in two brackets, even for one: [[…]]",
        ),
        ("[systems]\npaths = \"s\"", "`paths` is no key of `systems`; did you mean `path`?"),
        (
            "[limits]\nwidth = 1",
            "`width` is no key of `limits`; remove it, or use a key that `limits` has, such as `file_bytes`, `depth`, `waiver_days`",
        ),
        ("[systems]\npath = \" \"", "this text says nothing; write what there is to say, or leave the key out"),
        (
            "[rules.\"a/b\"]\nlevel = \"loud\"",
            "\"loud\" is not one of the words for this key; the words are `deny`, `warn`, `info`",
        ),
    ] {
        assert_eq!(told(text), [expected], "{text}");
    }
    let missing = told("[[freezes]]\nname = \"x\"").join("\n");
    assert!(missing.contains("add `start = \"2026-12-18T18:00:00+01:00\"`"), "{missing}");
}

#[test]
fn what_it_changes_about_scales_is_told() {
    let changed = |text: &str| {
        let config = Config::parse("changegate.toml", text).unwrap();
        configured(&config).0.unwrap().scale
    };
    let told = [
        r#"routine_sizes = ["patch", "minor", "major"] instead of ["patch", "minor"]"#,
        r#"critical_reversibilities = [] instead of ["irreversible"]"#,
    ];
    let text = "[scale]\nroutine_sizes = [\"patch\", \"minor\", \"major\"]\ncritical_reversibilities = []";
    assert_eq!(changed(text), told);
    // In another order it is the same.
    assert!(
        changed("[scale]\nroutine_sizes = [\"minor\", \"patch\"]\ncritical_sizes = [\"replacement\", \"major\"]")
            .is_empty()
    );
    assert!(changed("").is_empty());
}

#[test]
fn a_number_that_can_not_be_kept_is_refused() {
    let told = told("[rules.\"a/b\"]\nparams = { a = 1e400, b = 1e-400, c = 0e-400 }");
    assert_eq!(told.len(), 2, "{told:?}");
}

#[test]
fn of_a_parameter_that_there_is_not_the_key_is_shown() {
    let text = "[rules.\"backup/restore-tested\"]\nparams = { max_age_dys = 60, critical_max_age_days = \"x\" }";
    let config = Config::parse("changegate.toml", text).unwrap();
    let faults = RuleSet::load(&[builtin()], &config.settings, Phase::Plan).unwrap_err();
    let shown: Vec<_> = faults.iter().map(|fault| (fault.code, fault.labels[0].place.text())).collect();
    assert_eq!(shown, [("config/unknown-parameter", "max_age_dys"), ("config/parameter-kind", "\"x\"")]);
}

#[test]
fn a_rule_is_off_for_a_reason() {
    let off = |reason: &str| format!("[rules.\"a/b\"]\noff = {{ reason = \"{reason}\" }}");
    for reason in ["n/a", "-", "TBD", "none", "not needed", "1 2 3 4", "- - - -", "n/a n/a n/a", "tbd tbd tbd tbd"] {
        let expected =
            "this does not say why the rule is off; give the reason in three words or more: every report repeats it";
        assert_eq!(told(&off(reason)), [expected], "{reason}");
    }
    for reason in ["see OPS-12, decided", "decommissioned", "由平台团队每晚测试恢复"] {
        assert!(Config::parse("changegate.toml", &off(reason)).is_ok(), "{reason}");
    }
}

/// A run shows a proposal so many fast tracks and no more; a limit that it can't come to would switch the rule off in silence.
#[test]
fn a_limit_that_is_never_come_to_is_refused() {
    let most = |most: usize| format!("[rules.\"fast-track/not-abused\"]\nparams = {{ most = {most} }}");
    let config = Config::parse("changegate.toml", &most(FAST_TRACKS - 1)).unwrap();
    RuleSet::load(&[builtin()], &config.settings, Phase::Plan).unwrap();
    assert_eq!(
        told(&most(FAST_TRACKS)),
        [
            "this limit is never come to: a proposal is held against the 24 fast tracks before it; write a number below 24, or switch the rule off with a reason"
        ]
    );
}
