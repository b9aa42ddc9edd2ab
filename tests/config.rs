//! What is said of a configuration that is wrong, in the language in which it is written.

#![allow(clippy::unwrap_used, reason = "a test")]

use changegate::config::Config;
use changegate::facts::Phase;
use changegate::finding::Fault;
use changegate::gate::{Gate, configured};
use changegate::policy::{RuleSet, builtin};
use changegate::profiles::Profiles;
use changegate::roster::FAST_TRACKS;
use serde_json::{Value, json};
use std::process::Command;

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
            "the key `reason` is missing; add `reason = …`: the reason, in three words or more; the reports `human`, `json`, `html`, `markdown` and `sarif` repeat it",
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
            "this does not say why the rule is off; give the reason in three words or more: reports repeat it";
        assert_eq!(told(&off(reason)), [expected], "{reason}");
    }
    for reason in ["see OPS-12, decided", "decommissioned", "由平台团队每晚测试恢复"] {
        assert!(Config::parse("changegate.toml", &off(reason)).is_ok(), "{reason}");
    }
}

/// Message, help and the text that is shown of all that is wrong with the settings of built-in rules.
fn settings(text: &str) -> Vec<[String; 3]> {
    let config = Config::parse("changegate.toml", text).unwrap();
    let faults = RuleSet::load(&[builtin()], &config.settings, Phase::Plan).err().unwrap_or_default();
    let told = |fault: Fault| [fault.message, fault.help.unwrap_or_default(), fault.labels[0].place.text().to_owned()];
    faults.into_iter().map(told).collect()
}

/// A run shows a proposal so many fast tracks and no more; a limit that it can't come to would switch the rule off in silence.
#[test]
fn a_limit_that_is_never_come_to_is_refused() {
    let most = |most: usize| format!("[rules.\"fast-track/not-abused\"]\nparams = {{ most = {most} }}");
    assert!(settings(&most(FAST_TRACKS - 1)).is_empty());
    assert_eq!(
        settings(&most(FAST_TRACKS)),
        [[
            "the parameter `most` of `fast-track/not-abused` is 23 or less",
            "its default is 3; to do without the rule, switch it off with a reason: `off`",
            "24"
        ]]
    );
}

/// A word that there is not matches nothing, and the rule would say less without a word.
#[test]
fn words_of_parameters_are_words_of_the_model() {
    let text = r#"
        [rules."testing/load-tested"]
        params = { touches = ["databse", "cache"], accepted_by = ["ownr"] }
        [rules."fast-track/eligible"]
        params = { min_severity = "hihg" }
        [rules."record/complete"]
        params = { backup_fields = ["at", "zzz"] }
        [rules."approvals/not-self"]
        params = { bots = ["anything"], bot_endings = ["-x"] }
    "#;
    let told = settings(text);
    let told: Vec<_> = told.iter().map(|fault| fault.each_ref().map(String::as_str)).collect();
    let words = |rule: &str, name: &str, of: &str, word: &str| {
        format!("the parameter `{name}` of `{rule}` takes {of}, and `{word}` is none")
    };
    let fields = "the fields of `record.backup` are at, location, kept_until, restored";
    let expected = [
        (
            words("fast-track/eligible", "min_severity", "words of `fast_track.severity`", "hihg"),
            "did you mean `high`?",
            "\"hihg\"",
        ),
        (words("record/complete", "backup_fields", "fields of `record.backup`", "zzz"), fields, "\"zzz\""),
        (
            words("testing/load-tested", "touches", "words of `change.touches`", "databse"),
            "did you mean `database`?",
            "\"databse\"",
        ),
        (
            words("testing/load-tested", "accepted_by", "words of `approvals[].role`", "ownr"),
            "did you mean `owner`?",
            "\"ownr\"",
        ),
    ];
    for ((message, help, shown), told) in expected.iter().zip(&told) {
        assert_eq!(&[message.as_str(), help, shown], told);
    }
    assert_eq!(told.len(), 4, "{told:#?}");
}

/// Logins are compared without `@` and without regard to case, and so are lists of texts that say so, whichever way an operator writes them.
#[test]
fn accounts_and_texts_of_parameters_are_compared_in_any_case() {
    let text = r#"
        [rules."approvals/not-self"]
        params = { bots = ["@Release-Robot"], bot_endings = ["-SVC"] }
        [rules."inventory/versions-recorded"]
        params = { not_versions = ["Whatever"] }
        [rules."acceptance/defined-before"]
        params = { no_results = ["Like Always"] }
        [rules."record/follow-ups-tracked"]
        params = { chat_places = ["Talk.example.com"], chat_words = ["Pager"] }
    "#;
    let config = Config::parse("changegate.toml", text).unwrap();
    let mut proposal: Value = serde_json::from_slice(&std::fs::read("examples/routine-patch.json").unwrap()).unwrap();
    let approval = |by: &str| json!({ "by": by, "role": "peer", "at": "2026-11-20T12:00:00Z" });
    proposal["approvals"] = json!([approval("release-robot"), approval("@deploy-svc"), approval("@ada")]);
    proposal["system"]["components"] = json!([{ "name": "wiki", "kind": "application", "version": "whatever" }]);
    proposal["acceptance"]["checks"][0]["expected"] = json!("like always.");
    let follow_up = |ticket: &str| json!({ "what": "look at the log", "owner": "@ada", "ticket": ticket });
    proposal["record"] = json!({ "follow_ups": [follow_up("https://talk.example.com/7"), follow_up("pager 7")] });
    let told = |phase| {
        let now = "2026-11-21T12:00:00Z".parse().unwrap();
        let rules = RuleSet::load(&[builtin()], &config.settings, phase).unwrap();
        let gate = Gate::new(rules, Profiles::none(), &config, phase, Some(now), now).unwrap();
        let judgement = gate.judge("p.json", proposal.to_string().into_bytes());
        let ours = judgement
            .findings
            .into_iter()
            .filter(|finding| config.settings.iter().any(|setting| *setting.rule == *finding.rule));
        ours.map(|finding| finding.primary.place.text().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(Phase::Plan), ["\"whatever\"", "\"release-robot\"", "\"@deploy-svc\"", "\"like always.\""]);
    assert_eq!(told(Phase::Close)[2..], ["\"https://talk.example.com/7\"", "\"pager 7\""]);
}

/// The codes that each command tells of a folder with this configuration and a profile of `shop`, each with the text at its place.
fn run(text: &str, command: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("systems")).unwrap();
    std::fs::write(folder.path().join("systems/shop.json"), "{}").unwrap();
    std::fs::write(folder.path().join("changegate.toml"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(command)
        .current_dir(folder.path())
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    told.lines().filter_map(|line| line.strip_prefix("error[")?.split(']').next().map(str::to_owned)).collect()
}

/// Whoever mends a configuration mends it once: a word that it can't have hides nothing of what it says of rules and systems.
#[test]
fn all_that_is_wrong_with_a_configuration_is_told_at_once() {
    let rules = "[rules.\"backup/exists\"]\nlevel = \"loud\"\nparams = { accepted_b = [] }\n[rules.\"backup/exist\"]\nlevel = \"warn\"\n\
                 [rules.\"testing/passed\"]\nparams = { accepted_by = [\"ownr\"] }\noff = { reason = \"-\" }\n";
    let freeze =
        "[[freezes]]\nname = \"x\"\nstart = 2026-12-18T18:00:00Z\nend = 2026-12-18T18:00:00Z\nsystems = [\"shpo\"]\n";
    let of_file = ["config/unknown-word", "config/empty-freeze", "config/no-reason"];
    let of_rules = ["config/unknown-rule", "config/unknown-parameter", "config/unknown-word"];
    let all = [&of_file[..], &of_rules, &["config/unknown-system"]].concat();
    let text = format!("{rules}{freeze}");
    assert_eq!(run(&text, &["check"]), all);
    assert_eq!(run(&text, &["rules"]), all[..6]);
    assert_eq!(run(&text, &["explain", "backup/exists"]), all[..6]);
    // Where rules or systems come from can't be read, or may stand under a misspelt key: which there are is not known.
    let told = |table: &str| run(&format!("{text}{table}\n"), &["check"]);
    let [word, others @ ..] = of_file;
    assert_eq!(
        told("[policies]\npaths = [1]"),
        [word, "config/wrong-type", others[0], others[1], "config/unknown-system"]
    );
    assert_eq!(told("[systems]\npath = 1"), [&[word, "config/wrong-type"], &others[..], &of_rules].concat());
    assert_eq!(told("[polices]\npaths = [\"rules\"]"), [word, "config/unknown-field", others[0], others[1]]);
}

/// A pattern that can hold no path is misspelt, and one that holds all of them switches rules off without a reason.
#[test]
fn what_is_no_part_of_the_repository_can_not_be_left_out() {
    let text = "[changes]\nignore = [\"docs\", \"a/***\", \"/docs\", \"../docs\", \"docs\\\\a\", \"**/*\", \"./\", \"*.txt\"]\n";
    assert_eq!(run(text, &["check"]), ["config/malformed-value"; 6]);
    let fault = Config::parse("changegate.toml", "[changes]\nignore = [\"a/b***\"]\n").unwrap_err().remove(0);
    let place = &fault.labels[0].place;
    assert_eq!(&place.source.text()[place.span.start as usize..place.span.end as usize], "\"a/b***\"");
    let help = fault.help.unwrap();
    assert!(help.contains(" at character 6; name folders, or patterns"), "{help}");
}

/// Where a token is sent and who fills a role is never guessed.
#[test]
fn what_is_no_server_and_nobody_is_refused() {
    let text = "[github]\napi = \"http://github.example.com\"\n[github.roles]\nowner = [\"@ada\", \"acme/dba\", \"@acme/dba/x\", \"Codeowners\"]\n";
    assert_eq!(run(text, &["check"]), ["config/malformed-value"; 4]);
    assert_eq!(run("[github.roles]\ndata_owner = [\"@ada\"]\n", &["check"]), ["config/unknown-field"]);
    assert_eq!(run("[evidence]\ngithub = \"maybe\"\n", &["check"]), ["config/unknown-word"]);
}
