//! The reference for people, `docs/proposal.md`: what each field of the proposal and of the profile is for.

use super::model::{PROFILE, PROPOSAL};
use super::problem::pattern;
use super::shape::{Choice, Field, Kind, LIST_MAX, Object};
use std::fmt::Write;

/// The text of `docs/proposal.md`.
pub fn document() -> String {
    let mut text = include_str!("reference.md").to_owned();
    kinds(&mut text);
    let mut told = Vec::new();
    for (title, root) in [("The fields of a proposal", &PROPOSAL), ("The fields of a system profile", &PROFILE)] {
        let _ = write!(text, "\n## {title}\n");
        let from = told.len();
        collect(root, &mut told);
        for object in &told[from..] {
            section(&mut text, object, &told);
        }
    }
    text
}

/// The objects that can be reached from a root and were not told before: each before the objects inside it.
fn collect(object: &'static Object, told: &mut Vec<&'static Object>) {
    if told.iter().any(|known| std::ptr::eq(*known, object)) {
        return;
    }
    told.push(object);
    for inner in object.fields.iter().filter_map(|field| inner(&field.kind)) {
        collect(inner, told);
    }
}

fn inner(kind: &Kind) -> Option<&'static Object> {
    match kind {
        Kind::Object(object) => Some(object),
        Kind::List(items) | Kind::Map(items) => inner(items),
        _ => None,
    }
}

/// The kinds of values that have rules of their own for how they are written.
fn kinds(text: &mut String) {
    text.push_str("| Kind | How it is written |\n| --- | --- |\n");
    let rows = [
        &Kind::Name,
        &Kind::Person,
        &Kind::Instant,
        &Kind::Date,
        &Kind::Time,
        &Kind::Duration,
        &Kind::Zone,
        &Kind::Digest,
    ];
    for kind in rows {
        let _ = writeln!(text, "| {} | {} |", bare(kind.noun()), cell(pattern(kind)));
    }
    text.push_str("| text | in quotes; white space alone is a problem, because it says nothing |\n");
    text.push_str("| whole number, number | without quotes, in the unit that is named; a whole number without fraction and exponent |\n");
    text.push_str("| true or false | without quotes |\n");
    let _ = writeln!(text, "| list | in brackets, even for one item; at most {} items |", grouped(LIST_MAX as f64));
}

fn section(text: &mut String, object: &Object, told: &[&'static Object]) {
    let _ = write!(text, "\n### `{}`\n\n{}\n", object.name, prose(object.doc));
    users(text, object, told);
    text.push_str("\n| Field | Value | What it is for |\n| --- | --- | --- |\n");
    for field in object.fields {
        row(text, field);
    }
    for field in object.fields {
        if let Some(choices) = words(&field.kind) {
            let _ = write!(text, "\nThe words of `{}`:\n\n", field.name);
            for choice in choices {
                let _ = writeln!(text, "- `{}`: {}", choice.word, prose(choice.doc));
            }
        }
    }
    if !object.derived.is_empty() {
        text.push_str("\nRules read besides, and nobody writes:\n\n");
        for derived in object.derived {
            let _ = writeln!(text, "- `{}`: {}", derived.name, prose(derived.doc));
        }
    }
}

/// Where an object is used: nobody should have to search for the way to it.
fn users(text: &mut String, object: &Object, told: &[&'static Object]) {
    let uses = |field: &Field| inner(&field.kind).is_some_and(|inner| std::ptr::eq(inner, object));
    let places: Vec<_> = told
        .iter()
        .flat_map(|user| user.fields.iter().filter(|field| uses(field)).map(|field| (user.name, field.name)))
        .map(|(user, field)| format!("`{field}` of [`{user}`](#{user})"))
        .collect();
    if !places.is_empty() {
        let _ = write!(text, "\nStands in {}.\n", places.join(", "));
    }
}

fn row(text: &mut String, field: &Field) {
    let required = if field.required { "<br>required" } else { "" };
    let examples: Vec<_> = field.examples.iter().map(|example| code(example)).collect();
    let examples = match examples.as_slice() {
        [] => String::new(),
        some => format!("<br>For example: {}", some.join(" or ")),
    };
    let value = value(&field.kind);
    let _ = writeln!(text, "| `{}`{required} | {value} | {}{} |", field.name, cell(&prose(field.doc)), cell(&examples));
}

/// A kind in words, with its range, unit or object.
fn value(kind: &Kind) -> String {
    match kind {
        Kind::Text { max } => format!("text, up to {} characters", grouped(f64::from(*max))),
        Kind::Count { min, max, .. } if min == max => format!("`{min}`"),
        Kind::Count { min, max, unit } => range("whole number", *min as f64, *max as f64, unit),
        Kind::Number { min, max, unit } => range("number", *min, *max, unit),
        Kind::Flag => "true or false".to_owned(),
        Kind::Choice(_) => "one of the words below".to_owned(),
        Kind::List(items) => match items {
            Kind::Choice(_) => "list of words, see below".to_owned(),
            other => format!("list, each: {}", value(other)),
        },
        Kind::Object(object) => format!("[`{0}`](#{0})", object.name),
        Kind::Map(values) => format!("object with keys of your choice, each: {}", value(values)),
        Kind::Plain => cell(pattern(kind)),
        Kind::Name
        | Kind::Person
        | Kind::Instant
        | Kind::Date
        | Kind::Time
        | Kind::Duration
        | Kind::Zone
        | Kind::Digest => {
            format!("[{}](#how-values-are-written)", bare(kind.noun()))
        }
    }
}

fn range(what: &str, min: f64, max: f64, unit: &str) -> String {
    format!("{what} from {} to {} ({})", grouped(min), grouped(max), cell(unit))
}

fn words(kind: &Kind) -> Option<&'static [Choice]> {
    match kind {
        Kind::Choice(words) => Some(words),
        Kind::List(items) | Kind::Map(items) => words(items),
        _ => None,
    }
}

/// A noun without its article.
fn bare(noun: &str) -> &str {
    noun.trim_start_matches("a ")
}

/// A number with its thousands set apart, as people read it.
fn grouped(number: f64) -> String {
    let text = number.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// A text as code, whatever is in it.
fn code(text: &str) -> String {
    let fence = "`".repeat(text.split(|c| c != '`').map(str::len).max().unwrap_or_default() + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// What stands in a cell of a table, where a bar would end the cell even inside of code.
fn cell(text: &str) -> String {
    text.replace('|', r"\|")
}

/// Prose of the model, which is Markdown only in that it has code between backticks.
fn prose(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { plain(part) } else { code(part) });
    parts.collect()
}

fn plain(text: &str) -> String {
    text.chars().fold(String::new(), |mut plain, character| {
        if r"\*_[]<>#&".contains(character) {
            plain.push('\\');
        }
        plain.push(character);
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_escaped_outside_of_code() {
        assert_eq!(prose("a*b, `c*d` and <e>"), r"a\*b, `c*d` and \<e\>");
        assert_eq!(cell(&prose("`a|b` or c|d")), r"`a\|b` or c\|d");
        assert_eq!(code("a`b"), "``a`b``");
    }

    #[test]
    fn thousands_are_set_apart() {
        let told: Vec<_> = [0.0, 999.0, 1_000.0, -1_234_567.0, 0.5, 1e12].map(grouped).into();
        assert_eq!(told, ["0", "999", "1,000", "-1,234,567", "0.5", "1,000,000,000,000"]);
    }

    /// The fragments of all headings, as code hosts make them.
    fn anchors(text: &str) -> Vec<String> {
        let headings = text.lines().filter(|line| line.starts_with('#'));
        headings
            .map(|line| line.trim_start_matches(['#', ' ']).replace('`', "").replace(' ', "-").to_lowercase())
            .collect()
    }

    #[test]
    fn every_link_leads_to_one_heading() {
        let text = document();
        let anchors = anchors(&text);
        for link in text.split("](#").skip(1).filter_map(|rest| rest.split(')').next()) {
            let targets = anchors.iter().filter(|anchor| *anchor == link).count();
            assert_eq!(targets, 1, "#{link}");
        }
    }

    #[test]
    fn every_row_has_three_cells() {
        let text = document();
        for row in
            text.lines().skip_while(|line| !line.starts_with("## The fields")).filter(|line| line.starts_with('|'))
        {
            assert_eq!(row.replace(r"\|", "").matches('|').count(), 4, "{row}");
        }
    }
}
