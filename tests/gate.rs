//! One proposal in, one judgement out: what is told together, and in which order.

#![allow(clippy::unwrap_used, reason = "a test")]

use changegate::config::Config;
use changegate::document::Limits;
use changegate::facts::Phase;
use changegate::files::Files;
use changegate::finding::Finding;
use changegate::gate::Gate;
use changegate::policy::{Pack, RuleSet, builtin};
use changegate::profiles::Profiles;
use changegate::source::Source;
use changegate::verdict::{Acceptance, Judgement, Outcome};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// Judges the routine patch of the wiki, changed, in a folder with some profiles.
fn judge(change: impl FnOnce(&mut Value), profiles: &[(&str, &str)]) -> Judgement {
    judge_by(&builtin(), change, profiles)
}

fn judge_by(pack: &Pack, change: impl FnOnce(&mut Value), profiles: &[(&str, &str)]) -> Judgement {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in profiles {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let profiles =
        Profiles::of(&Arc::new(Files::folder(folder.path())), Path::new(""), false, Limits::default()).unwrap();
    let rules = RuleSet::load(std::slice::from_ref(pack), &[], Phase::Plan).unwrap();
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    let gate = Gate::new(rules, profiles, &Config::none(), Phase::Plan, Some(now), now).unwrap();
    let mut proposal = serde_json::from_slice(&std::fs::read("examples/routine-patch.json").unwrap()).unwrap();
    change(&mut proposal);
    gate.judge("p.json", serde_json::to_vec_pretty(&proposal).unwrap())
}

fn told(judgement: &Judgement) -> (Vec<&str>, Vec<&str>) {
    let findings = judgement.findings.iter().map(|finding| &*finding.rule).collect();
    (findings, judgement.faults.iter().map(|fault| fault.code).collect())
}

/// Whoever asks a time for its hour is told what there is of times, and not of durations.
#[test]
fn the_help_on_a_field_is_about_the_value_that_lacks_it() {
    for (read, help) in [("p.window.start.hour", "`weekday(point, zone)`"), ("minutes(5).hour", "`in_hours`")] {
        let text = format!(
            "const RULE = #{{ title: \"A\", why: \"B.\", help: \"c\", phases: [\"plan\"], level: \"deny\" }};\n\
             fn check(p) {{ if {read} > 3 {{ deny(\"late\"); }} }}\n"
        );
        let pack = Pack { rules: vec![("a/b".into(), Arc::new(Source::new("a.rhai", text)))], sound: false };
        let judgement = judge_by(&pack, |_| (), &[]);
        assert!(judgement.faults[0].help.as_deref().unwrap().contains(help), "{:?}", judgement.faults);
    }
}

#[test]
fn what_is_accepted_is_listed_wherever_it_stands() {
    let judgement = judge(
        |proposal| {
            let accepted =
                json!({ "by": "@ada", "reason": "an old client, one person", "valid_through": "2026-12-31" });
            proposal["testing"] = json!({
                "cases": [{ "name": "export", "result": "failed", "accepted": accepted }],
                "blind_spots": { "accepted": [{ "item": "legacy-clients", "by": "@bo", "reason": "none is left" }] },
            });
        },
        &[],
    );
    let told = |accepted: &Acceptance| {
        let Acceptance { pointer, path, of, by, reason, valid_through, .. } = accepted;
        format!("{pointer} {path} {of:?} {by} {reason} {valid_through:?} {}", accepted.place.start().line)
    };
    let expected = [
        "/testing/cases/0/accepted testing.cases[0].accepted Some(\"export\") @ada an old client, one person Some(\"2026-12-31\") 121",
        "/testing/blind_spots/accepted/0 testing.blind_spots.accepted[0] Some(\"legacy-clients\") @bo none is left None 130",
    ];
    assert_eq!(judgement.accepted.iter().map(told).collect::<Vec<_>>(), expected);
}

const WIKI: &str = r#"{ "changegate": 1, "system": { "id": "wiki", "kriticality": "low" } }"#;

#[test]
fn a_faulty_profile_hides_no_problem_of_the_proposal() {
    let judgement = judge(
        |proposal| {
            proposal["draft"] = json!(true);
            proposal["change"]["size"] = json!("tiny");
        },
        &[("wiki.json", WIKI)],
    );
    let expected = ["proposal/unknown-word", "proposal/draft"];
    assert_eq!(told(&judgement), (expected.to_vec(), vec!["profile/unknown-field"]));
    assert_eq!(judgement.outcome(), Outcome::Undecided);
}

#[test]
fn rules_say_nothing_of_a_proposal_whose_profile_is_faulty() {
    let judgement = judge(|proposal| proposal["approvals"] = json!([]), &[("wiki.json", WIKI)]);
    assert_eq!(told(&judgement), (vec![], vec!["profile/unknown-field"]));
}

#[test]
fn an_unknown_system_stands_in_its_place_and_hides_no_draft() {
    let judgement = judge(
        |proposal| {
            proposal["draft"] = json!(true);
            proposal["title"] = json!(" ");
            proposal["impact"]["downtime"] = json!("long");
        },
        &[("wikis.json", "{}")],
    );
    let expected = ["proposal/blank-text", "proposal/unknown-system", "proposal/malformed-value", "proposal/draft"];
    assert_eq!(told(&judgement), (expected.to_vec(), vec![]));
}

#[test]
fn a_draft_stands_in_its_place_among_what_rules_find() {
    let judgement = judge(
        |proposal| {
            proposal["rollback"]["steps"] = json!([]);
            proposal["draft"] = json!(true);
        },
        &[],
    );
    let (findings, _) = told(&judgement);
    assert!(findings.contains(&"rollback/steps"), "{findings:?}");
    assert_eq!(findings.last(), Some(&"proposal/draft"), "it stands at the end of the document: {findings:?}");
}

#[test]
fn the_profile_is_named_with_its_digest() {
    let sound = std::fs::read_to_string("examples/systems/wiki.json").unwrap();
    for (text, evaluated) in [(sound.as_str(), true), (WIKI, false)] {
        let judgement = judge(|_| {}, &[("wiki.json", text)]);
        let profile = judgement.profile.unwrap();
        assert_eq!((&*profile.file, profile.digest), ("wiki.json", Some(changegate::digest::of(text.as_bytes()))));
        assert_eq!(judgement.evaluated, evaluated);
    }
    assert_eq!(judge(|_| {}, &[]).profile, None);
}

/// An emergency of a small system, as strict as its reversibility makes it.
fn strictness(reversibility: &str) -> (bool, Vec<String>, String) {
    let rule = r#"
        const RULE = #{ title: "A probe", why: "A test.", help: "none", phases: ["plan"], level: "deny" };
        fn check(p) {
            let title = p.title;
            if strict { deny("strict"); } else { warn("not strict"); }
        }
    "#;
    let source = Arc::new(Source::new("probe.rhai", rule));
    let pack = Pack { rules: vec![("a/probe".into(), source)], sound: false };
    let change = |proposal: &mut Value| {
        proposal["system"] = json!({ "id": "wiki", "criticality": "low", "audience": "internal" });
        proposal["change"]["reversibility"] = json!(reversibility);
        proposal["reason"]["urgency"] = json!("emergency");
    };
    let judgement = judge_by(&pack, change, &[]);
    assert_eq!(told(&judgement), (vec!["a/probe"], vec![]));
    let because = judgement.findings[0].because.iter().map(|because| because.pointer.clone()).collect();
    let scaled = judgement.scale.unwrap();
    assert_eq!(scaled.strict, judgement.findings[0].message == "strict");
    // A finding is about what the rule looked at for its own sake.
    assert_eq!(judgement.findings[0].pointer, "/title");
    (scaled.strict, because, scaled.why)
}

#[test]
fn an_emergency_that_can_not_be_taken_back_is_strict_and_a_finding_tells_why() {
    let (strict, because, why) = strictness("irreversible");
    assert_eq!((strict, &*why), (true, "the urgency is emergency, and the change is irreversible"));
    assert_eq!(because, ["/title", "/change/reversibility"]);
    let (strict, because, why) = strictness("reversible");
    assert_eq!((strict, &*why), (false, "the urgency is emergency"));
    assert_eq!(because, ["/title", "/system/criticality"]);
}

/// Two fields may hold the same value: a place that is given by a variable is that of the one it was read from.
#[test]
fn a_place_is_that_of_the_value_and_not_of_an_equal_one() {
    let rule = r#"
        const RULE = #{ title: "A probe", why: "A test.", help: "none", phases: ["plan"], level: "deny" };
        fn check(p) {
            let title = p.title;
            let id = p.id;
            if !at(title) { warn("never"); }
        }
        fn at(what) { deny("here", what); true }
    "#;
    let source = Arc::new(Source::new("probe.rhai", rule));
    let pack = Pack { rules: vec![("a/probe".into(), source)], sound: false };
    let same = |proposal: &mut Value| {
        proposal["id"] = json!("wiki-1");
        proposal["title"] = json!("wiki-1");
    };
    let judgement = judge_by(&pack, same, &[]);
    assert_eq!(judgement.findings[0].pointer, "/title");
}

/// What a rule of so many words makes of a good proposal.
fn judged(body: &str) -> Judgement {
    let rule = format!(
        r#"const RULE = #{{ title: "A probe", why: "A test.", help: "none", phases: ["plan"], level: "deny" }};
        fn check(p) {{ {body} }}"#
    );
    let pack = Pack { rules: vec![("a/probe".into(), Arc::new(Source::new("probe.rhai", rule)))], sound: false };
    judge_by(&pack, |_| {}, &[])
}

/// Who gives reason for thousands of findings leaves nothing undecided, and hides none behind milder ones.
#[test]
fn what_is_beyond_the_most_findings_is_counted_and_blocks() {
    let judgement = judged(r#"for i in 0..1000 { warn("mild"); } deny("grave").help("none").also(p.id, "here");"#);
    assert_eq!((judgement.findings.len(), judgement.faults.len(), judgement.outcome()), (1001, 0, Outcome::Blocked));
    let told = |judgement: &Judgement| {
        judgement.findings.iter().find(|one| one.message.contains("besides")).unwrap().message.clone()
    };
    assert_eq!(told(&judgement), "this rule has 1 more finding, besides the 1000 that are told");
    let mild = judged(r#"for i in 0..1200 { warn("mild"); } for i in 0..1003 { owe("a", "b", ()); }"#);
    assert_eq!(mild.outcome(), Outcome::Pass);
    assert_eq!(told(&mild), "this rule has 200 more findings and 3 more obligations, besides the 1000 that are told");
    assert_eq!(judged(r#"for i in 0..1000 { warn("mild"); }"#).findings.len(), 1000);
}

/// A house rule may make its rows of a list of the proposal, which is as long as its author likes.
#[test]
fn a_table_of_many_rows_is_cut_and_counted() {
    let rows = |number: usize| {
        let judgement = judged(&format!(
            "let rows = []; for i in 0..{number} {{ rows.push([`part ${{i}}`, minutes(i)]); }} deny(\"too long\", p.id).table(rows);"
        ));
        assert_eq!((judgement.faults.len(), judgement.outcome()), (0, Outcome::Blocked));
        let finding = &judgement.findings[0];
        (finding.message.clone(), finding.table.clone().map(|table| table.rows).unwrap_or_default())
    };
    assert_eq!(rows(0), ("too long".to_owned(), Vec::new()));
    assert_eq!(rows(2).0, "too long (part 0 0 min, part 1 1 min)");
    assert_eq!(rows(50).1.len(), 50);
    assert_eq!(rows(52).1[50], ("and more".to_owned(), "2 rows".to_owned()));
    for wrong in ["[[\"a\"]]", "[1]", "[[\"a\", \"b\"]]).table([[\"c\", \"d\"]]"] {
        assert_eq!(judged(&format!("deny(\"x\", p.id).table({wrong});")).outcome(), Outcome::Undecided, "{wrong}");
    }
}

/// A long list makes no rule fail: of more reads than are kept, a text is pointed at where the proposal has it first. One that it does not have
/// is no place.
#[test]
fn a_text_of_a_long_list_has_a_place() {
    let judged = |at: &str| {
        let rule = format!(
            r#"const RULE = #{{ title: "A probe", why: "A test.", help: "none", phases: ["plan"], level: "deny" }};
            fn check(p) {{
                let names = p.co_authors.map(|name| name);
                deny("here", {at});
            }}"#
        );
        let pack = Pack { rules: vec![("a/probe".into(), Arc::new(Source::new("probe.rhai", rule)))], sound: false };
        let many = |proposal: &mut Value| proposal["co_authors"] = (0..90).map(|n| format!("@p{n}")).collect();
        judge_by(&pack, many, &[])
    };
    assert_eq!(judged("names[70]").findings[0].pointer, "/co_authors/70");
    assert_eq!(told(&judged("\"@nobody\"")), (vec![], vec!["policy/no-place"]));
}

/// What a rule with this body gives as reasons of each finding about a proposal with four approvals.
fn reasons(body: &str) -> Vec<Vec<String>> {
    let header =
        r#"const RULE = #{ title: "A probe", why: "A test.", help: "none", phases: ["plan"], level: "deny" };"#;
    let source = Arc::new(Source::new("probe.rhai", format!("{header}\nfn check(p) {{ {body} }}")));
    let pack = Pack { rules: vec![("a/probe".into(), source)], sound: false };
    let change = |proposal: &mut Value| {
        let approval = |by: &str, role: &str| json!({ "by": by, "role": role, "at": "2026-11-20T10:00:00Z" });
        proposal["approvals"] = json!([
            approval("@ada", "owner"),
            approval("@bo", "security"),
            approval("@cy", "operations"),
            approval("@dee", "security"),
        ]);
    };
    let judgement = judge_by(&pack, change, &[]);
    assert!(told(&judgement).1.is_empty(), "{:?}", told(&judgement));
    let pointers = |finding: &Finding| finding.because.iter().map(|because| because.pointer.clone()).collect();
    judgement.findings.iter().map(pointers).collect()
}

#[test]
fn a_finding_of_one_turn_of_a_loop_is_not_explained_by_the_others() {
    let each = r#"let title = p.title; for a in p.approvals { if a.role == "security" { deny(a.by, a.by) } }"#;
    assert_eq!(
        reasons(each),
        [["/title", "/approvals/1/role", "/approvals/1/by"], ["/title", "/approvals/3/role", "/approvals/3/by"]]
    );
    // A value that was read in an earlier turn is a reason again where it is read again.
    let again = r#"for a in p.approvals { if a.role == "security" { deny(p.title) } }"#;
    assert_eq!(reasons(again), [["/approvals/1/role", "/title"], ["/approvals/3/role", "/title"]]);
}

#[test]
fn what_all_turns_of_a_loop_did_not_find_explains_what_is_found_after_it() {
    let after = r#"for a in p.approvals { if a.role == "legal" { return; } } deny("no lawyer", p)"#;
    let roles: Vec<_> = (0..4).map(|number| format!("/approvals/{number}/role")).collect();
    assert_eq!(reasons(after)[0], roles);
    let helped = r#"let found = false; for a in p.approvals { if a.role == "legal" { found = true; } } if !found { deny("no", p) }"#;
    assert_eq!(reasons(helped), [roles]);
    // Also where it is left by `return`.
    let own = r#"deny(cy(p.approvals), p) } fn cy(list) { for a in list { if a.role == "operations" { return a.by; } } "nobody""#;
    let looked_at = ["/approvals/2/role", "/approvals/2/by", "/approvals/0/role", "/approvals/1/role"];
    assert_eq!(reasons(own), [looked_at]);
}

#[test]
fn turns_that_changed_a_variable_from_outside_explain_the_later_ones() {
    let counted =
        r#"let n = 0; for a in p.approvals { if a.role == "security" { n += 1; } if n == 2 { deny("two", a.by) } }"#;
    assert_eq!(reasons(counted), [["/approvals/1/role", "/approvals/3/role", "/approvals/3/by"]]);
    let nested = r#"let n = 0; for i in 0..2 { for a in p.approvals { if a.by == "@cy" { n += 1; } } if n == 2 { deny("two", p) } }"#;
    assert!(reasons(nested)[0].contains(&"/approvals/2/by".to_owned()));
}

/// A list of a parameter is lent, and a rule that changes its own variable gets a list of its own.
#[test]
fn a_list_of_a_parameter_is_like_any_other() {
    let rule = r#"
        const RULE = #{ title: "A probe", why: "A test.", help: "none", phases: ["plan"], level: "deny", params: #{
            words: #{ value: ["a", "b"], unit: "texts", doc: "Words.", why: "A test." },
        } };
        fn check(p) {
            let mine = params.words;
            mine.push("c");
            mine[0] = "z";
            let sum = params.words + ["d"] + params.words + params.words.filter(|word| word != "a");
            let nested = #{ lists: [params.words] };
            nested.lists[0].push("e");
            let told = [];
            for (word, at) in params.words { told.push(`${at}${word}`); }
            warn(`${mine.listed()}; ${sum.listed()}; ${nested.lists[0].listed()}; ${told.listed()}; ${params.words.len()}, ${params.words[1]}, ${"b" in params.words}, ${"c" in params.words}`, p.id);
            params.words[2];
        }
    "#;
    let pack = Pack { rules: vec![("a/probe".into(), Arc::new(Source::new("probe.rhai", rule)))], sound: false };
    let judgement = judge_by(&pack, |_| {}, &[]);
    assert_eq!(
        judgement.findings.iter().map(|finding| &*finding.message).collect::<Vec<_>>(),
        ["z, b and c; a, b, d, a, b and b; a, b and e; 0a and 1b; 2, b, true, false"]
    );
    assert_eq!(told(&judgement).1, ["policy/wrong-type"]);
}

#[test]
fn items_are_sorted_by_what_is_made_of_them() {
    let judged = |list: &str| {
        let rule = format!(
            r#"const RULE = #{{ title: "A probe", why: "A test.", help: "none", phases: ["plan"], level: "deny" }};
            fn check(p) {{ warn({list}.sorted(|item| item.len()).listed(), p.id); }}"#
        );
        let pack = Pack { rules: vec![("a/probe".into(), Arc::new(Source::new("probe.rhai", rule)))], sound: false };
        judge_by(&pack, |_| {}, &[])
    };
    assert_eq!(judged(r#"["ccc", "bb", "a", "aa"]"#).findings[0].message, "a, bb, aa and ccc");
    let kinds = r#"[1, "a"].filter(|item| true).sorted(|item| item).map(|item| "x")"#;
    assert_eq!(told(&judged(kinds)).1, ["policy/compared-kinds"]);
}
