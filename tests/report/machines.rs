//! What holds of the reports for other programs, whatever is in them: they can be read, nothing of what others wrote is obeyed, and they
//! stay within what those who read them take.

use crate::formats::FORMATS;
use crate::material::*;
use changegate::finding::{Finding, Level, Table};
use changegate::verdict::{Judgement, Outcome, Planned, Tally};
use serde_json::Value;

fn render(name: &str, judgements: &[Judgement]) -> String {
    let (_, render) = FORMATS.iter().find(|(known, _)| *known == name).expect("a format");
    render(&terms(), judgements, &[])
}

/// The hostile text in each place where a pull request can bring it.
fn hostile_judgements() -> Vec<Judgement> {
    let mut hostile_one = judgement(HOSTILE, vec![hostile()]);
    (hostile_one.id, hostile_one.title) = (Some(HOSTILE.into()), Some(HOSTILE.into()));
    hostile_one.obligations = vec![owed("load-test", Some(HOSTILE))];
    hostile_one.accepted = vec![accepted(HOSTILE, Some(HOSTILE))];
    hostile_one.consulted = unavailable(HOSTILE);
    hostile_one.planned = Some(Planned {
        system: Some(HOSTILE.into()),
        zone: Some(HOSTILE.into()),
        windows: vec![(HOSTILE.into(), HOSTILE.into()); 5],
        decide_by: Some(HOSTILE.into()),
        ran: Some((HOSTILE.into(), HOSTILE.into())),
    });
    let mut faulty = judgement(HOSTILE, Vec::new());
    faulty.faults = vec![changegate::finding::Fault::new("input/not-found", HOSTILE).help(HOSTILE)];
    vec![hostile_one, faulty]
}

#[test]
fn what_a_log_or_a_terminal_would_obey_is_in_none() {
    for (name, _) in FORMATS {
        let report = render(name, &hostile_judgements());
        let hidden = |c: char| {
            c != '\n'
                && (c.is_control()
                    || "\u{202e}\u{202c}\u{2066}\u{2069}\u{200b}\u{2028}\u{e0041}\u{fe0f}\u{fffe}\u{ffff}\u{fdd0}\u{1ffff}".contains(c))
        };
        // What marks a warning is an emoji of ours.
        let report = report.replace("⚠\u{fe0f}", "").replace("ℹ\u{fe0f}", "");
        assert!(!report.contains(hidden), "{name}: {report:?}");
        assert!(!report.contains("##[error]"), "{name}");
        for line in report.lines() {
            let command = line.trim_start().starts_with("::");
            let ours = name == "github"
                && ["::error file=", "::warning file=", "::notice file=", "::error title="]
                    .iter()
                    .any(|ours| line.starts_with(ours));
            assert!(!command || ours, "{name}: {line}");
        }
    }
}

#[test]
fn what_programs_read_can_be_read() {
    for name in ["sarif", "gitlab"] {
        let report = render(name, &hostile_judgements());
        serde_json::from_str::<Value>(&report).unwrap_or_else(|error| panic!("{name}: {error}\n{report}"));
    }
    let report = render("junit", &hostile_judgements());
    // Of what XML 1.0 has no place for, the gate's own reader refuses none but the controls.
    let forbidden = |c: char| (c < ' ' && !"\t\n\r".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(!report.contains(forbidden), "{report:?}");
    let read = changegate::xml::parse(&report, 10_000);
    assert!(read.is_ok(), "{:?}\n{report}", read.err());
}

/// Each message of a SARIF log, as a viewer shows it that keeps to the standard, which knows no other object with a `text`.
fn messages(log: &Value) -> Vec<&str> {
    match log {
        Value::Object(members) => {
            members.get("text").and_then(Value::as_str).into_iter().chain(members.values().flat_map(messages)).collect()
        }
        Value::Array(items) => items.iter().flat_map(messages).collect(),
        _ => Vec::new(),
    }
}

/// A message with its signs taken back; an error at what is a placeholder, may be a part of a link, or is no message.
fn shown(message: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = message.chars();
    while let Some(c) = rest.next() {
        match (c, rest.clone().next()) {
            ('{' | '}', Some(next)) if c == next => out.extend(rest.next()),
            ('\\', Some('\\' | '[' | ']')) => out.extend(rest.next()),
            ('{' | '}' | '\\' | '[' | ']', _) => return Err(format!("`{c}` after `{out}`")),
            _ => out.push(c),
        }
    }
    Ok(out)
}

#[test]
fn no_message_of_sarif_has_a_placeholder_or_a_link() {
    let mut judgements = hostile_judgements();
    // Where a text is cut, its signs stay whole.
    for signs in ["{", "}", "[", "\\"] {
        let message = format!("{}{}", "x".repeat(1_995), signs.repeat(20));
        judgements.push(judgement("proposals/x.json", vec![Finding { message, ..old_restore_test(&sources()) }]));
    }
    let mut terms = terms();
    let header = changegate::policy::Header {
        title: HOSTILE.into(),
        why: HOSTILE.into(),
        help: HOSTILE.into(),
        ..(*terms.rules[0].header).clone()
    };
    (terms.rules[0].id, terms.rules[0].header) = (HOSTILE.into(), std::sync::Arc::new(header));
    let fault = changegate::finding::Fault::new("input/not-found", HOSTILE).help(HOSTILE);
    let (_, render) = FORMATS.iter().find(|(name, _)| *name == "sarif").expect("a format");
    let log: Value = serde_json::from_str(&render(&terms, &judgements, &[fault])).expect("JSON");
    let messages = messages(&log);
    let told = messages.iter().map(|message| shown(message).unwrap_or_else(|error| panic!("{error} in {message}")));
    let hostile = told.filter(|told| told.contains("[a](https://evil.example) [b](0) {0} {{1}} [c\\](sarif:/runs/0)"));
    // A result, its places and reasons; notifications with theirs; what a rule says of itself.
    assert!(hostile.count() >= 10, "{messages:#?}");
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(3));
}

/// A property of a command ends at a comma, and the properties at two colons.
#[test]
fn a_property_of_an_annotation_holds_nothing_more() {
    let mut commas = old_restore_test(&sources());
    commas.rule = "a,line=7::b%0A%".into();
    let report = render("github", &[judgement("proposals/x.json", vec![commas])]);
    let line = report.lines().next().unwrap_or_default();
    assert!(line.contains("title=deny[a%2Cline=7%3A%3Ab%250A%25]::the last restore test"), "{line}");
    let mut ends = old_restore_test(&sources());
    ends.rule = "a;type=warning;]b%3B".into();
    let report = render("azure", &[judgement("proposals/x.json", vec![ends])]);
    let line = report.lines().next().unwrap_or_default();
    assert!(line.contains("code=a%3Btype=warning%3B%5Db%AZP253B;]the last restore test"), "{line}");
    // Nobody takes back what would be escaped in a line that is no command.
    let advice = Finding { level: Level::Info, message: "80% are left".into(), ..old_restore_test(&sources()) };
    let report = render("azure", &[judgement("proposals/x.json", vec![advice])]);
    assert!(report.starts_with("changegate: info[backup/restore-tested] 80% are left; "), "{report}");
}

/// What GitHub makes of plain text, as mentions and references, stands in code; all else that could be markup is escaped.
#[test]
fn markdown_mentions_nobody_and_links_nowhere() {
    let text = "ask @org/team, see #12 and org/repo#3 or GH-7, 0123456789abcdef, https://evil.example/x, www.evil.example, \
        `see https://evil.example/y or Www.evil.example by bo@evil.example`, [a](b) <b>x</b> <!-- changegate --> ![i](j) *b* _i_ ~~s~~ | pipe \\ &#64;ada &amp;#64;bo `x` :tada: $a$";
    let table = Some(Table { headline: 0, rows: vec![(text.into(), text.into())] });
    let finding = Finding { message: text.into(), table, help: Some(text.into()), ..old_restore_test(&sources()) };
    let report = render("markdown", &[judgement("proposals/@ada.json", vec![finding])]);
    insta::assert_snapshot!("hostile_markdown", report);
    assert_eq!(report.matches("<!--").count(), 1);
    // Of these links are made in code, too.
    for address in ["://", "www.", "bo&#64;", "bo@"] {
        assert!(!report.to_lowercase().contains(address), "{address}: {report}");
    }
    let outside: String =
        report.split("<code>").map(|part| part.split_once("</code>").map_or(part, |(_, rest)| rest)).collect();
    for taken_up in ["@", "#1", "#3", "gh-7", "://", "www.", "](", "<b>", "0123456789abcdef"] {
        assert!(!outside.replace("&#", "").to_lowercase().contains(taken_up), "{taken_up}: {outside}");
    }
}

/// Issues by the other name that GitHub has for them, and words that it leaves as they are.
#[test]
fn markdown_takes_what_names_an_issue_alone_for_one() {
    for name in ["GL-123", "(gl-4)", "GH-7", "gh-8", "(Gh-9)", "x/GH-10,", "éGH-11", "2020-gh-12", "GH-x-GH-13"] {
        let finding = Finding { message: format!("as in {name}"), ..old_restore_test(&sources()) };
        let report = render("markdown", &[judgement("proposals/x.json", vec![finding])]);
        let word = name.trim_matches(['(', ')', ',']);
        let shown = name.replace(word, &format!("<code>{word}</code>"));
        assert!(report.contains(&format!("| as in {shown} |")), "{name}: {report}");
    }
    for words in [
        "through-put of High-1 and nigh-12",
        "GH-actions",
        "GHSA-jfh8-c2jp-5v3q",
        "OpenGL-4 and GL-x",
        "a GH- b",
        "gh-",
        "2GH-7",
    ] {
        let finding = Finding { message: words.into(), ..old_restore_test(&sources()) };
        let report = render("markdown", &[judgement("proposals/x.json", vec![finding])]);
        assert!(report.contains(&format!("| {words} |")), "{words}: {report}");
    }
}

/// GitLab looks for these in what is rendered, and passes over what stands in code. A name in quotes may hold blanks: its beginning is enough.
#[test]
fn markdown_leaves_no_reference_of_gitlab_alive() {
    for name in [
        "[issue:1]",
        "([work_item:1])",
        "[epic:group/a/1]",
        "[vulnerability:1]",
        "[feature_flag:1]",
        "[cadence:1]",
        "[wiki_page:x]",
        "*iteration:1",
        "group/name>",
        "group/sub/name>,",
    ] {
        let finding = Finding { message: format!("as in {name} there"), ..old_restore_test(&sources()) };
        let report = render("markdown", &[judgement("proposals/x.json", vec![finding])]);
        let (_, row) = report.split_once("| as in ").expect("a row");
        let (code, rest) = row.split_once("</code>").unwrap_or_else(|| panic!("{name}: {row}"));
        let (code, rest) = (code.trim_start_matches('('), rest.trim_start_matches([')', ',']));
        assert!(code.starts_with("<code>") && !code.contains(' ') && rest.starts_with(" there |"), "{name}: {row}");
    }
    for (name, begins) in [("[cadence:\"plan a\"]", "[cadence:\"plan"), ("*iteration:\"b c\"", "*iteration:\"b")] {
        let finding = Finding { message: format!("as in {name} there"), ..old_restore_test(&sources()) };
        let report = render("markdown", &[judgement("proposals/x.json", vec![finding])]);
        let begins = begins.replace('[', "&#91;").replace('*', "&#42;");
        assert!(report.contains(&format!("| as in <code>{begins}</code> ")), "{name}: {report}");
    }
    for words in ["[1] and that: no", "from 1 -> 2", "/opt and >1"] {
        let finding = Finding { message: words.into(), ..old_restore_test(&sources()) };
        let report = render("markdown", &[judgement("proposals/x.json", vec![finding])]);
        assert_eq!(report.matches("<code>").count(), 3, "{words}: {report}");
    }
}

/// Thirty thousand findings, of which the last are the most important.
#[test]
fn much_is_cut_to_what_is_taken_and_counted() {
    let s = sources();
    let mut judgements: Vec<_> =
        (0..299).map(|at| judgement(&format!("proposals/{at}.json"), vec![vague_reason(&s); 100])).collect();
    judgements.push(judgement("proposals/last.json", vec![no_duration(&s); 100]));
    let mut tally = Tally::default();
    judgements.iter().for_each(|judgement| tally.add(judgement));
    assert_eq!((tally.warn, tally.deny, tally.outcome()), (29_900, 100, Outcome::Blocked));

    let github = render("github", &judgements);
    assert_eq!(github.lines().filter(|line| line.starts_with("::")).count(), 10);
    assert_eq!(github.lines().filter(|line| line.starts_with("::error")).count(), 9);
    assert!(github.contains("29991 more"), "{github}");

    let markdown = render("markdown", &judgements);
    assert!(markdown.chars().count() <= 65_000, "{}", markdown.chars().count());
    let rows = markdown.matches("no_duration").count() + markdown.matches("rollback/fits-window").count();
    assert!(rows >= 60 && markdown.contains("more; the JSON report has them all."), "{rows}");

    let sarif: Value = serde_json::from_str(&render("sarif", &judgements)).expect("JSON");
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 5_000);
    assert!(results[..100].iter().all(|result| result["level"] == "error"));
    assert_eq!(run["invocations"][0]["exitCode"], 1);
    let said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap_or_default();
    assert!(said.starts_with("25000 results are left out"), "{said}");
}

/// A proposal with lines before it, or with another message, has the fingerprints that it had.
#[test]
fn fingerprints_outlast_edits() {
    let prints = |finding: &Finding| -> Vec<String> {
        let report = render("sarif", &[judgement("proposals/x.json", vec![finding.clone(), finding.clone()])]);
        let sarif: Value = serde_json::from_str(&report).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("results").clone();
        results
            .iter()
            .map(|result| {
                let prints = &result["partialFingerprints"];
                // GitHub reads no other name than its own.
                assert_eq!(prints["changegate/v1"], prints["primaryLocationLineHash"]);
                prints["changegate/v1"].as_str().unwrap_or_default().to_owned()
            })
            .collect()
    };
    let s = sources();
    let before = prints(&old_restore_test(&s));
    let mut edited = old_restore_test(&s);
    edited.message = "the last restore test is older than 31 days".into();
    edited.primary.place = place(&s.proposal, "null");
    assert_eq!(before, prints(&edited));
    assert_ne!(before[0], before[1]);
    edited.pointer = "/backup/restore_test".into();
    assert_ne!(before, prints(&edited));
    assert_ne!(before, prints(&Finding { rule: "backup/other".into(), level: Level::Warn, ..old_restore_test(&s) }));
}

/// What is wrong with a profile is said of each proposal of its system.
#[test]
fn fingerprints_differ_in_a_run() {
    let s = sources();
    let of_profile = Finding {
        primary: changegate::finding::Label::new(place(&s.profile, "payments"), "nobody"),
        pointer: "/system/owner".into(),
        ..vague_reason(&s)
    };
    let judgements = ["proposals/a.json", "proposals/b.json"].map(|file| judgement(file, vec![of_profile.clone()]));
    let prints = |judgements: &[Judgement]| -> Vec<String> {
        let issues: Value = serde_json::from_str(&render("gitlab", judgements)).expect("JSON");
        let issues = issues.as_array().expect("issues").clone();
        issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let both = prints(&judgements);
    assert_ne!(both[0], both[1]);
    // That of one outlasts the other.
    assert_eq!(prints(&judgements[1..]), both[1..]);
}
