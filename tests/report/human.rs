//! The report for people.

use crate::material::*;
use changegate::finding::{Finding, Label, Level};
use changegate::proposal::Scale;
use changegate::report::{Options, Verbosity};
use changegate::source::{Place, Source, Span};
use changegate::verdict::{Configured, Judgement, Policies, Terms};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub fn blocked() -> Vec<Judgement> {
    let s = sources();
    vec![judgement(s.proposal.name(), vec![vague_reason(&s), old_restore_test(&s), no_duration(&s)])]
}

pub fn of(finding: Finding) -> Vec<Judgement> {
    let file = finding.primary.place.source.name().to_owned();
    vec![judgement(&file, vec![finding])]
}

pub fn plain(judgements: &[Judgement]) -> String {
    human(Options::default(), &terms(), judgements, &[])
}

#[test]
fn a_blocked_proposal() {
    insta::assert_snapshot!(plain(&blocked()));
}

#[test]
fn in_colour() {
    let text = human(Options { color: true, ..Options::default() }, &terms(), &blocked(), &[]);
    insta::assert_snapshot!(text.replace('\x1b', "␛"));
}

#[test]
fn quietly() {
    let options = Options { verbosity: Verbosity::Quiet, ..Options::default() };
    insta::assert_snapshot!(human(options, &adjusted_terms(), &blocked(), &[]));
}

#[test]
fn verbosely() {
    let options = Options { verbosity: Verbosity::Verbose, ..Options::default() };
    insta::assert_snapshot!(human(options, &adjusted_terms(), &blocked(), &[]));
}

#[test]
fn a_pass_says_little() {
    insta::assert_snapshot!(plain(&[judgement("proposals/fine.json", Vec::new())]));
}

#[test]
fn what_the_configuration_changed_is_always_said() {
    let text = human(Options::default(), &adjusted_terms(), &[judgement("proposals/fine.json", Vec::new())], &[]);
    insta::assert_snapshot!(text);
}

#[test]
fn what_was_judged_by_is_said_where_it_is_not_the_usual() {
    let row = |terms: &Terms, name: &str| {
        let text = human(Options::default(), terms, &blocked(), &[]);
        let prefix = format!("  {name} ");
        text.lines().find_map(|line| line.strip_prefix(&prefix)).map(|text| text.trim().to_owned())
    };
    let none = Terms { configuration: None, ..terms() };
    assert_eq!(row(&terms(), "config"), None);
    assert_eq!(row(&terms(), "packs"), None);
    assert_eq!(row(&none, "config").as_deref(), Some("none, so the defaults hold"));
    let other = Configured { file: "other.toml".into(), digest: None, scale: Vec::new() };
    assert_eq!(row(&Terms { configuration: Some(other), ..terms() }, "config").as_deref(), Some("other.toml"));
    let folders = vec!["policies".to_owned(), "ours".to_owned()];
    let more = Policies { builtin: true, folders: folders.clone() };
    assert_eq!(row(&Terms { policies: more, ..terms() }, "packs").as_deref(), Some("the built-in one, policies, ours"));
    let other = Policies { builtin: false, folders };
    let other = Terms { policies: other, ..terms() };
    assert_eq!(row(&other, "packs").as_deref(), Some("policies, ours, without the built-in rules"));
    let quiet = Options { verbosity: Verbosity::Quiet, ..Options::default() };
    assert!(human(quiet, &other, &blocked(), &[]).ends_with("(without the built-in rules)\n"));
}

#[test]
fn no_rule_is_called_evaluated_where_none_was() {
    let mut invalid = of(duplicate_key());
    invalid[0].evaluated = false;
    assert!(plain(&blocked()).contains("rules    2 evaluated in phase plan, 1 for other phases\n"));
    for judgements in [vec![], invalid] {
        let text = plain(&judgements);
        assert!(text.contains("rules    none evaluated (2 for phase plan, 1 for other phases)\n"), "{text}");
    }
}

#[test]
fn a_duplicate_key_shows_both_places() {
    insta::assert_snapshot!(plain(&of(duplicate_key())));
}

#[test]
fn faults_with_a_place_and_without() {
    let s = sources();
    let mut unreadable = judgement("proposals/gone.json", Vec::new());
    unreadable.faults = vec![changegate::finding::Fault::new("input/unreadable", "permission denied")];
    let judgements = [judgement(s.proposal.name(), vec![old_restore_test(&s)]), unreadable];
    insta::assert_snapshot!(human(Options::default(), &terms(), &judgements, &[rule_fault(&s), placeless_fault()]));
}

#[test]
fn nothing_to_judge() {
    insta::assert_snapshot!(plain(&[]));
}

#[test]
fn a_minified_proposal_shows_a_window() {
    let finding = minified();
    assert!(finding.primary.place.start().column > 900_000);
    let text = plain(&of(finding));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn hostile_text_is_inert() {
    let text = plain(&of(hostile()));
    let inert = |c: char| c == '\n' || (' '..='~').contains(&c) || "×╭─│·┬╰┤…".contains(c);
    assert!(text.chars().all(inert), "{text}");
    assert!(text.lines().all(|line| !line.trim_start().starts_with("::")) && !text.contains("##["), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn hostile_text_is_inert_in_every_mode() {
    for verbosity in [Verbosity::Quiet, Verbosity::Normal, Verbosity::Verbose] {
        let options = Options { verbosity, ..Options::default() };
        let mut judgements = of(hostile());
        judgements[0].file = format!("::error::{HOSTILE}");
        judgements[0].id = Some(HOSTILE.into());
        judgements[0].title = Some(HOSTILE.into());
        judgements[0].consulted = unavailable(HOSTILE);
        judgements[0].obligations = vec![owed(HOSTILE, Some(HOSTILE)), owed("load-test", None)];
        judgements[0].accepted = vec![accepted(HOSTILE, Some(HOSTILE)), accepted("@bo", None)];
        judgements[0].scale.as_mut().expect("a scale").why = HOSTILE.into();
        let mut terms = adjusted_terms();
        terms.rules.iter_mut().for_each(|rule| rule.changes.push(HOSTILE.into()));
        terms.now = HOSTILE.into();
        let text = human(options, &terms, &judgements, &[]);
        let hidden =
            |c: char| c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{200b}\u{2028}\u{e0041}\u{fe0f}".contains(c);
        assert!(!text.contains(hidden), "{text:?}");
        assert!(text.lines().all(|line| !line.trim_start().starts_with("::")) && !text.contains("##["), "{text}");
    }
}

#[test]
fn what_is_owed_stands_under_the_verdict_with_its_day() {
    let mut owing = judgement("proposals/owing.json", Vec::new());
    owing.obligations = (1..=22).map(|number| owed("load-test", Some(&format!("2026-12-{number:02}")))).collect();
    let text = human(Options::default(), &terms(), &[owing], &[]);
    assert!(text.contains("owed     by 2026-12-01 load-test: what was left out "), "{text}");
    assert!(text.contains("and 2 more; `--report json=FILE` has them all"), "{text}");
    assert!(text.contains("scale    critical (the system is critical)"), "{text}");
}

#[test]
fn what_was_accepted_stands_under_the_verdict_with_who_and_until_when() {
    let mut taken = judgement("proposals/taken.json", Vec::new());
    taken.accepted = (1..=22).map(|number| accepted("@ada", Some(&format!("2026-12-{number:02}")))).collect();
    taken.accepted[1] = accepted("@bo", None);
    taken.accepted[2] = accepted("@kim", None);
    let text = human(Options { width: 400, ..Options::default() }, &terms(), &[taken], &[]);
    // Lines end where they have to.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("accepted by @ada through 2026-12-01: it is used once a year "), "{text}");
    assert!(text.contains("(testing.cases[3].accepted, of `"), "{text}");
    assert!(text.contains("by @bo: it is used once a year "), "{text}");
    assert!(text.contains("by @kim (an author of the proposal): it is used once a year "), "{text}");
    assert!(text.contains("and 2 more; `--report json=FILE` has them all"), "{text}");
}

#[test]
fn the_scale_of_each_of_several_proposals_is_told_and_of_many_their_number() {
    let several: Vec<_> = (1..=23).map(|number| judgement(&format!("proposals/{number}.json"), Vec::new())).collect();
    let text = plain(&several[..2]);
    assert!(text.contains("  scale    critical (the system is critical) proposals/1.json\n"), "{text}");
    assert!(text.contains("           critical (the system is critical) proposals/2.json\n"), "{text}");
    let mut many = several;
    many[22].scale.as_mut().expect("a scale").scale = Scale::Routine;
    let text = plain(&many);
    assert!(text.contains("proposals/20.json\n           and 3 more: 1 routine, 2 critical\n"), "{text}");
    let verbose = human(Options { verbosity: Verbosity::Verbose, ..Options::default() }, &terms(), &many, &[]);
    assert_eq!(verbose.matches("critical (the system is critical)").count(), 22, "{verbose}");
}

#[test]
fn labels_stay_under_their_characters() {
    let source = Arc::new(Source::new("wide.json", "{\n\t\"名前\": \"データ\u{202e}ベース\", \"at\": \"日本\"\n}"));
    let at = place(&source, "\"日本\"");
    insta::assert_snapshot!(plain(&of(finding("a/b", Level::Info, "wide", "/at", Label::new(at, "here")))));
}

#[test]
fn the_end_of_a_text_and_an_empty_text_have_places() {
    for text in ["", "{", "{\n", "{\r\n\"a\"", "\r", "\n\n\n"] {
        let source = Arc::new(Source::new("end.json", text));
        let end = Place::new(&source, Span::new(text.len(), text.len()));
        let report = plain(&of(finding(
            "proposal/syntax",
            Level::Deny,
            "the text ends early",
            "",
            Label::new(end, "it ends here"),
        )));
        assert!(report.contains("it ends here"), "{text:?}\n{report}");
    }
}

#[test]
fn every_place_of_a_text_can_be_shown() {
    let text = "{\r\n\t\"ü\": [1,\r\n 2],\"\u{1b}\u{301}日本\":\"\u{200b}\"}\n\n";
    let source = Arc::new(Source::new("all.json", text));
    for start in 0..=text.len() {
        for end in start..=text.len() {
            let place = Place::new(&source, Span::new(start, end));
            for width in [0, 41, 200] {
                let options = Options { width, ..Options::default() };
                let report = human(
                    options,
                    &terms(),
                    &of(finding("a/b", Level::Deny, "m", "", Label::new(place.clone(), "here"))),
                    &[],
                );
                assert!(report.contains("here"), "{start}..{end}\n{report}");
            }
        }
    }
}

#[test]
fn many_findings_take_bounded_time_and_room() {
    let one = minified();
    let source = Arc::clone(&one.primary.place.source);
    let at = |n: usize| Place::new(&source, Span::new(n * 30 + 10, n * 30 + 20));
    let findings = (0..30_000).map(|n| finding("a/b", Level::Deny, "m", "", Label::new(at(n), "here"))).collect();
    let judgements = [judgement("many.json", findings)];
    let start = Instant::now();
    let text = plain(&judgements);
    assert!(text.len() < 3_000_000, "{}", text.len());
    assert!(text.contains("30000 denials"));
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn without_colour_no_escape_is_written() {
    for verbosity in [Verbosity::Quiet, Verbosity::Normal, Verbosity::Verbose] {
        let options = Options { verbosity, ..Options::default() };
        let s = sources();
        let text = human(options, &adjusted_terms(), &blocked(), &[rule_fault(&s), placeless_fault()]);
        assert!(!text.contains('\x1b'), "{text}");
    }
}

proptest::proptest! {
    /// Whatever the text, wherever the labels: no panic, and no line of it wider than the terminal.
    #[test]
    fn any_labels_in_any_text(
        text in "([{}\\[\\]\"a:, \t\r\n]|[üデ😀\u{1b}\u{301}\u{202e}\u{200d}]){0,200}",
        spans in proptest::collection::vec((0usize..600, 0usize..40), 1..8),
        width in 40usize..130,
    ) {
        let source = Arc::new(Source::new("any.json", text.clone()));
        let place = |&(start, length): &(usize, usize)| {
            let boundary = |at: usize| text.floor_char_boundary(at.min(text.len()));
            Place::new(&source, Span::new(boundary(start), boundary(start + length)))
        };
        let mut all = finding("a/b", Level::Deny, "m", "/x", Label::new(place(&spans[0]), "here"));
        for (number, span) in spans.iter().enumerate().skip(1) {
            if number % 2 == 0 {
                all.related.push(Label::new(place(span), "and here"));
            } else {
                all.because.push(because("/y", Some("1"), place(span)));
            }
        }
        let report = human(Options { width, ..Options::default() }, &terms(), &of(all), &[]);
        proptest::prop_assert!(report.contains("here"));
        let obeyed = ['\u{1b}', '\u{202e}', '\r', '\t'];
        proptest::prop_assert!(!report.contains(obeyed));
        let numbered = |line: &&str| line.trim_start().starts_with(|c: char| c.is_ascii_digit());
        for line in report.lines().filter(numbered) {
            proptest::prop_assert!(textwrap::core::display_width(line) <= width, "{}\n{}", line, report);
        }
    }
}
