//! What a rule says otherwise than a case expects, told at the place of the expectation.

use super::file::{Case, Equal, Expected};
use super::run::Found;
use crate::finding::{Finding, Label, Level};
use crate::source::{Place, Span};
use std::path::Path;

const UPDATE: &str = "correct the rule, or the case: with --update, what was found is written into it";

/// The differences of a case, those of its expectations in their order and then what nobody expects. None where it passes.
pub fn differences(rule: &str, case: &Case, found: &Found) -> Vec<Finding> {
    let mut missing: Vec<&Expected> = Vec::new();
    let mut left: Vec<&Finding> = found.findings.iter().collect();
    for expected in &case.expect {
        match left.iter().position(|finding| unlike(rule, expected, finding).next().is_none()) {
            Some(same) => drop(left.remove(same)),
            None => missing.push(expected),
        }
    }
    let mut differences = Vec::new();
    for expected in missing {
        // The one that has most in common, the first of several.
        let likest =
            (0..left.len()).max_by_key(|&index| (likeness(rule, expected, left[index]), std::cmp::Reverse(index)));
        match likest.filter(|&index| likeness(rule, expected, left[index]) > 0) {
            Some(index) => differences.push(other(rule, case, expected, left.remove(index))),
            None => differences.push(not_found(case, expected)),
        }
    }
    differences.extend(left.into_iter().map(|finding| unexpected(case, finding)));
    differences.extend(owed(case, &found.owed));
    differences
}

/// The fields in which a finding is another than the expected one: the name, what was found, and how it is said.
fn unlike<'f>(
    rule: &'f str,
    expected: &'f Expected,
    finding: &'f Finding,
) -> impl Iterator<Item = (&'static str, &'f str, &'f str)> {
    let fields = [
        ("rule", expected.rule.as_deref().unwrap_or(rule), &*finding.rule),
        ("level", expected.level.as_str(), finding.level.as_str()),
        ("at", &*expected.at, &*finding.pointer),
        ("message", &*expected.message, &*finding.message),
    ];
    fields.into_iter().filter(|(_, expected, found)| expected != found)
}

/// How much two have in common: where they point, then what they say. A level alone is nothing in common.
fn likeness(rule: &str, expected: &Expected, finding: &Finding) -> u32 {
    let differs = |name: &str| unlike(rule, expected, finding).any(|(field, ..)| field == name);
    2 * u32::from(!differs("at")) + u32::from(!differs("message"))
}

fn other(rule: &str, case: &Case, expected: &Expected, finding: &Finding) -> Finding {
    let mut labels = unlike(rule, expected, finding).map(|(field, wanted, found)| {
        let place = expected.place_of(field);
        if field == "message" {
            words(place, wanted, found)
        } else {
            Label::new(place.clone(), format!("found: `{found}`"))
        }
    });
    let primary = labels.next().unwrap_or_else(|| Label::new(expected.place.clone(), "found otherwise"));
    let names: Vec<_> = unlike(rule, expected, finding).map(|(field, ..)| format!("`{field}`")).collect();
    let differ = if names.len() == 1 { "differs" } else { "differ" };
    let message = format!("{} {differ} from what is found: {}", names.join(" and "), in_words(finding));
    Finding {
        related: labels.collect(),
        policy: finding.policy.clone(),
        ..told("cases/differs", case, primary, message)
    }
}

/// Where two messages part and meet again, and what stands there in the one that was found.
fn words(place: &Place, wanted: &str, found: &str) -> Label {
    let whole = || Label::new(place.clone(), format!("found: {found}"));
    // Places in the message are those in the text only where nothing is escaped in it.
    let written = place.text();
    if written.len() != wanted.len() + 2 || !written.ends_with(&format!("{wanted}\"")) {
        return whole();
    }
    let same = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>()
    };
    let before = same(&mut wanted.chars().zip(found.chars()));
    // Whole words are read more easily than the letters in which they differ.
    let before = wanted[..before].rfind(' ').map_or(0, |space| space + 1);
    let (a, b) = (&wanted[before..], &found[before..]);
    let after = same(&mut a.chars().rev().zip(b.chars().rev()));
    let after = a[a.len() - after..].find(' ').map_or(0, |space| after - space);
    let (a, b) = (&a[..a.len() - after], &b[..b.len() - after]);
    if a.is_empty() {
        return whole();
    }
    let start = place.span.start as usize + 1 + before;
    let text = if b.is_empty() { "these words were not found".to_owned() } else { format!("found: {b}") };
    Label::new(Place::new(&place.source, Span::new(start, start + a.len())), text)
}

fn not_found(case: &Case, expected: &Expected) -> Finding {
    let primary = Label::new(expected.place_of("message").clone(), "this was not found");
    told(
        "cases/not-found",
        case,
        primary,
        format!("no finding of level `{}` is made at `{}`", expected.level, expected.at),
    )
}

fn unexpected(case: &Case, finding: &Finding) -> Finding {
    let primary = Label::new(bracket(&case.expect_place), "not in this list");
    Finding {
        policy: finding.policy.clone(),
        ..told("cases/unexpected", case, primary, format!("this is found and not expected: {}", in_words(finding)))
    }
}

/// A finding as a case would have it.
fn in_words(Finding { rule, level, pointer, message, policy, .. }: &Finding) -> String {
    let by = if policy.is_none() { format!("{rule}, ") } else { String::new() };
    format!("{by}`{level}` at `{pointer}`: {message}")
}

fn owed(case: &Case, found: &[String]) -> Option<Finding> {
    let mut more: Vec<_> = found.iter().collect();
    let mut missing = Vec::new();
    for owed in &case.owed {
        match more.iter().position(|found| *found == owed) {
            Some(same) => drop(more.remove(same)),
            None => missing.push(owed),
        }
    }
    let quoted = |all: &[&String]| all.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ");
    let parts = [(&missing, "not called owed"), (&more, "called owed and not expected")];
    let parts = parts.into_iter().filter(|(all, _)| !all.is_empty());
    let parts: Vec<_> = parts.map(|(all, what)| format!("{what}: {}", quoted(all))).collect();
    let place = case.owed_place.as_ref().unwrap_or(&case.expect_place);
    let primary = Label::new(bracket(place), "what is owed is otherwise");
    (!parts.is_empty()).then(|| told("cases/owed", case, primary, parts.join("; ")))
}

/// The bracket that opens a list: the whole of it would be underlined over many lines.
fn bracket(place: &Place) -> Place {
    Place { span: Span { end: place.span.start + 1, ..place.span }, ..place.clone() }
}

/// That a rule has no cases.
pub(super) fn no_cases(path: &Path, start: Place) -> Finding {
    let help = format!("write some to {}: one in which it finds nothing, and one in which it does", path.display());
    warning("cases/none", "the rule has no cases", "nothing tests this rule", start, help)
}

/// What the cases of a rule lack, be it one that it lets pass or one in which it says something.
pub(super) fn one_sided(cases: &[Case], start: Place) -> Option<Finding> {
    let says = |case: &&Case| !case.expect.is_empty() || !case.owed.is_empty();
    // Of what is not valid the rule knows nothing.
    let cases: Vec<_> = cases.iter().filter(|case| !case.is_of_what_is_invalid()).collect();
    let (message, help) = if cases.is_empty() {
        ("no case gives the rule anything to judge", "add one in which it finds nothing, and one in which it does")
    } else if cases.iter().all(says) {
        ("in all cases the rule finds something", "add one in which it finds nothing: a good proposal")
    } else if !cases.iter().any(says) {
        ("in no case the rule finds anything", "add one in which it does, with the finding in `expect`")
    } else {
        return None;
    };
    Some(warning("cases/one-sided", message, "of this rule", start, help.to_owned()))
}

/// That a mutant ends as the rule does in all cases.
pub(super) fn survivor(place: &Place, change: &str) -> Finding {
    let message = "no case notices what would be otherwise here".to_owned();
    let (line, column) = Equal::spot(place);
    let equal = serde_json::json!({ "line": line, "column": column, "change": change, "reason": "…" });
    let help = format!(
        "add a case that ends otherwise then; where there can be none, say why in `equal` of the cases: {equal}"
    );
    finding("cases/survivor", message, Label::new(place.clone(), format!("`{change}`")), help)
}

/// That a mutant which is said to be equal is none, or does not survive.
pub(super) fn no_survivor(equal: &Equal) -> Finding {
    let message = "no mutant that survives is of this line, this column and this change".to_owned();
    let label = Label::new(equal.place.clone(), "of this line");
    finding("cases/no-survivor", message, label, "take it out, or correct it where the line was changed".to_owned())
}

fn warning(code: &str, message: &str, label: &str, place: Place, help: String) -> Finding {
    let primary = Label::new(place, label);
    Finding { level: Level::Warn, ..finding(code, message.to_owned(), primary, help) }
}

fn told(code: &str, case: &Case, primary: Label, message: String) -> Finding {
    finding(code, format!("{}: {message}", case.name), primary, UPDATE.to_owned())
}

fn finding(code: &str, message: String, primary: Label, help: String) -> Finding {
    Finding { help: Some(help), ..Finding::new(code, Level::Deny, message, primary) }
}
