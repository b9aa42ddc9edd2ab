//! The reference for people, `docs/proposal.md` and what is in `docs/proposal/`: what each field of the proposal and of the profile is for.

mod prose;

use super::model::{PROFILE, PROPOSAL};
use super::problem::pattern;
use super::shape::{Choice, Field, Kind, LIST_MAX, Object};
use prose::{bare, cell, code, grouped, prose};
use std::fmt::Write;

const MADE: &str = "<!-- Generated from the model in src/proposal/model by `UPDATE=1 cargo test --test generated`. Change the model, not this file. -->\n\n";
const FIRST: &str = "proposal.md";

/// A page: its path below `docs/`, and the objects that it tells of.
struct Page {
    path: String,
    objects: Vec<&'static Object>,
}

/// The pages, each with its path below `docs/` and its text: one for the proposal as a whole, one for each of its parts, one for the profile.
pub fn documents() -> Vec<(String, String)> {
    let pages = pages();
    pages.iter().map(|page| (page.path.clone(), document(page, &pages))).collect()
}

fn pages() -> Vec<Page> {
    let mut told: Vec<&'static Object> = vec![&PROPOSAL];
    let mut pages = vec![Page { path: FIRST.to_owned(), objects: told.clone() }];
    let parts = PROPOSAL.fields.iter().filter_map(|field| inner(&field.kind));
    for root in parts.chain([&PROFILE]) {
        let from = told.len();
        collect(root, &mut told);
        if told.len() > from {
            pages.push(Page { path: format!("proposal/{}.md", root.name), objects: told[from..].to_vec() });
        }
    }
    pages
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

fn document(page: &Page, pages: &[Page]) -> String {
    let mut text = MADE.to_owned();
    let mut marks = "#";
    if page.path == FIRST {
        text.push_str(include_str!("reference.md"));
        kinds(&mut text);
        parts(&mut text, pages);
        text.push_str("\n## The fields of a proposal\n\n");
        marks = "###";
    }
    for object in &page.objects {
        section(&mut text, marks, object, &Links { from: page, pages });
        if page.path != FIRST {
            marks = "\n##";
        }
    }
    text
}

/// What there is, each with its page.
fn parts(text: &mut String, pages: &[Page]) {
    text.push_str("\n## The parts of a proposal\n\n| Part | What it says |\n| --- | --- |\n");
    for page in pages.iter().filter(|page| page.path != FIRST) {
        for root in page.objects.iter().take(1) {
            let _ = writeln!(text, "| [`{}`]({}) | {} |", root.name, page.path, cell(&prose(root.doc)));
        }
    }
}

/// The ways from a page to what stands on this or on another one.
struct Links<'p> {
    from: &'p Page,
    pages: &'p [Page],
}

impl Links<'_> {
    fn object(&self, name: &str) -> String {
        let page = self.pages.iter().find(|page| page.objects.iter().any(|object| object.name == name));
        format!("{}#{name}", self.page(page.map_or(FIRST, |page| &page.path)))
    }

    fn how_written(&self) -> String {
        format!("{}#how-values-are-written", self.page(FIRST))
    }

    fn page(&self, to: &str) -> String {
        match to.strip_prefix("proposal/") {
            _ if to == self.from.path => String::new(),
            Some(beside) if self.from.path != FIRST => beside.to_owned(),
            Some(_) => to.to_owned(),
            None => format!("../{to}"),
        }
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

fn section(text: &mut String, marks: &str, object: &Object, links: &Links<'_>) {
    let _ = write!(text, "{marks} `{}`\n\n{}\n", object.name, prose(object.doc));
    users(text, object, links);
    text.push_str("\n| Field | Value | What it is for |\n| --- | --- | --- |\n");
    for field in object.fields {
        row(text, field, links);
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
fn users(text: &mut String, object: &Object, links: &Links<'_>) {
    let uses = |field: &Field| inner(&field.kind).is_some_and(|inner| std::ptr::eq(inner, object));
    let places: Vec<_> = links
        .pages
        .iter()
        .flat_map(|page| &page.objects)
        .flat_map(|user| user.fields.iter().filter(|field| uses(field)).map(|field| (user.name, field.name)))
        .map(|(user, field)| format!("`{field}` of [`{user}`]({})", links.object(user)))
        .collect();
    if !places.is_empty() {
        let _ = write!(text, "\nStands in {}.\n", places.join(", "));
    }
}

fn row(text: &mut String, field: &Field, links: &Links<'_>) {
    let required = if field.required { "<br>required" } else { "" };
    let examples: Vec<_> = field.examples.iter().map(|example| code(example)).collect();
    let examples = match examples.as_slice() {
        [] => String::new(),
        some => format!("<br>For example: {}", some.join(" or ")),
    };
    let value = value(&field.kind, links);
    let _ = writeln!(text, "| `{}`{required} | {value} | {}{} |", field.name, cell(&prose(field.doc)), cell(&examples));
}

/// A kind in words, with its range, unit or object.
fn value(kind: &Kind, links: &Links<'_>) -> String {
    match kind {
        Kind::Text { max } => format!("text, up to {} characters", grouped(f64::from(*max))),
        Kind::Count { min, max, .. } if min == max => format!("`{min}`"),
        Kind::Count { min, max, unit } => range("whole number", *min as f64, *max as f64, unit),
        Kind::Number { min, max, unit } => range("number", *min, *max, unit),
        Kind::Flag => "true or false".to_owned(),
        Kind::Choice(_) => "one of the words below".to_owned(),
        Kind::List(items) => match items {
            Kind::Choice(_) => "list of words, see below".to_owned(),
            other => format!("list, each: {}", value(other, links)),
        },
        Kind::Object(object) => format!("[`{}`]({})", object.name, links.object(object.name)),
        Kind::Map(values) => format!("object with keys of your choice, each: {}", value(values, links)),
        Kind::Plain => cell(pattern(kind)),
        Kind::Name
        | Kind::Person
        | Kind::Instant
        | Kind::Date
        | Kind::Time
        | Kind::Duration
        | Kind::Zone
        | Kind::Digest
        | Kind::Pointer
        | Kind::Json
        | Kind::Edits => {
            format!("[{}]({})", bare(kind.noun()), links.how_written())
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The fragments of all headings, as code hosts make them.
    fn anchors(text: &str) -> Vec<String> {
        let headings = text.lines().filter(|line| line.starts_with('#'));
        headings
            .map(|line| line.trim_start_matches(['#', ' ']).replace('`', "").replace(' ', "-").to_lowercase())
            .collect()
    }

    #[test]
    fn every_link_leads_to_one_heading() {
        let pages = documents();
        for (path, text) in &pages {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let Some((file, fragment)) = link.split_once('#') else { continue };
                let target = match file.strip_prefix("../") {
                    _ if file.is_empty() => path.clone(),
                    Some(above) => above.to_owned(),
                    None if folder.is_empty() => file.to_owned(),
                    None => format!("{folder}/{file}"),
                };
                let (_, target) = pages.iter().find(|(path, _)| *path == target).unwrap();
                assert_eq!(anchors(target).iter().filter(|anchor| *anchor == fragment).count(), 1, "{path}: {link}");
            }
        }
    }

    #[test]
    fn every_row_has_three_cells() {
        for (path, text) in documents() {
            let rows = text.lines().skip_while(|line| !line.starts_with("| Field"));
            for row in rows.filter(|line| line.starts_with('|')) {
                assert_eq!(row.replace(r"\|", "").matches('|').count(), 4, "{path}: {row}");
            }
        }
    }
}
