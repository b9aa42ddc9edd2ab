//! One finding or fault on the screen: what is wrong, where, because of what, and what to do.

use super::paint::{self, DIM, Paint};
use super::snippet::{Kind, Snippet};
use super::spot::Wish;
use crate::finding::{Because, Label, Level, Waived};
use crate::report::entry::{Entry, Weight};
use crate::report::escape;
use crate::source::Place;
use miette::{Diagnostic, LabeledSpan, Severity, SourceCode};
use std::fmt;
use std::sync::Arc;
use unicode_width::UnicodeWidthStr;

/// Beyond this many cells a message, a help or a value is a document and belongs to the JSON report.
const LONGEST: usize = 1000;
const LONGEST_VALUE: usize = 60;
/// Reasons that are told in words, where not all are asked for.
const FEW: usize = 3;

/// The reasons that are told of an entry, those that say most first.
fn told<'a>(entry: &Entry<'a>, verbose: bool) -> Vec<&'a Because> {
    // The value at the primary place is what the finding is about, and seen there.
    let told = |because: &&Because| verbose || because.pointer != entry.pointer;
    let mut because: Vec<_> = entry.because.iter().filter(told).collect();
    if !verbose {
        // Only a few are told, and what there is says more than what there is not.
        because.sort_by_key(|because| because.value.is_none());
    }
    because
}

const fn severity(weight: Weight) -> Severity {
    match weight {
        Weight::Error | Weight::Fault => Severity::Error,
        Weight::Warning => Severity::Warning,
        Weight::Note => Severity::Advice,
    }
}

const fn style(weight: Weight) -> anstyle::Style {
    match weight {
        Weight::Error | Weight::Fault => paint::of_level(Level::Deny),
        Weight::Warning => paint::of_level(Level::Warn),
        Weight::Note => paint::of_level(Level::Info),
    }
}

/// Writes it on one line, as compilers do. `file` is that of what it is about, where it has no place.
pub(super) fn one_line(out: &mut String, paint: &Paint, entry: &Entry<'_>, file: Option<&str>) {
    let place = entry.primary.map(|label| location(paint, &label.place));
    if let Some(place) = place.or_else(|| file.map(|file| escape::line(file, LONGEST, paint.ellipsis()))) {
        out.push_str(&place);
        out.push_str(": ");
    }
    out.push_str(&heading(paint, entry));
    out.push_str(": ");
    out.push_str(&escape::line(entry.message, LONGEST, paint.ellipsis()));
    out.push_str(&entry.in_brackets());
    out.push('\n');
}

fn heading(paint: &Paint, entry: &Entry<'_>) -> String {
    let code = escape::line(entry.code, LONGEST, paint.ellipsis());
    paint.text(style(entry.weight), &format!("{}[{code}]", entry.word))
}

/// Writes it in full. `file` is that of what it is about, told where its place is in another one.
pub(super) fn full(
    out: &mut String,
    paint: &Paint,
    entry: &Entry<'_>,
    file: Option<&str>,
    verbose: bool,
) -> fmt::Result {
    out.push_str(&heading(paint, entry));
    out.push('\n');
    let told = told(entry, verbose);
    let wishes = wishes(entry, &told);
    let (snippet, seen) = Snippet::around(&wishes, paint.room()).unzip();
    let seen = seen.unwrap_or_default();
    let shown = Shown {
        message: escape::line(entry.headline(), LONGEST, paint.ellipsis()),
        severity: severity(entry.weight),
        snippet,
    };
    paint.miette(severity(entry.weight), shown.snippet.as_ref()).render_report(out, &shown)?;

    if let Some(file) = file.filter(|file| entry.primary.is_none_or(|label| label.place.source.name() != *file)) {
        paint.row(out, "in", &escape::line(file, LONGEST, paint.ellipsis()));
    }
    let (related, because) =
        seen.get(1..).unwrap_or_default().split_at(seen.len().saturating_sub(1).min(entry.related.len()));
    for (label, _) in entry.related.iter().zip(related).filter(|(_, seen)| !**seen) {
        let text = escape::line(&label.text, LONGEST, paint.ellipsis());
        paint.row(out, "see", &format!("{text} {}", beside(paint, &label.place, entry.primary)));
    }
    table(out, paint, entry);
    reasons(out, paint, entry, &told, because, verbose);
    if let Some(help) = entry.help {
        paint.row(out, "help", &escape::line(help, LONGEST, paint.ellipsis()));
    }
    if let Some(policy) = entry.policy {
        paint.row(out, "rule", &location(paint, policy));
    }
    if let Some(aside) = entry.aside {
        paint.row(out, "blocks", &format!("{aside}{}", aside.until()));
    }
    if let Some(Waived { by, reason, ticket, expires, place }) = entry.waived {
        let told = escape::line(&format!("by {by} until {expires} ({ticket}): {reason}"), LONGEST, paint.ellipsis());
        paint.row(out, "waived", &told);
        paint.row(out, "", &paint.text(DIM, &location(paint, place)));
    }
    Ok(())
}

/// Of what a figure in the message is made, the amounts below each other.
fn table(out: &mut String, paint: &Paint, entry: &Entry<'_>) {
    let Some(table) = entry.table else { return };
    let cell = |text: &str| escape::line(text, LONGEST_VALUE, paint.ellipsis());
    let rows: Vec<_> = table.rows.iter().map(|(what, much)| (cell(what), cell(much))).collect();
    let wide = rows.iter().map(|(what, _)| what.width()).max().unwrap_or_default();
    for (at, (what, much)) in rows.iter().enumerate() {
        let pad = wide - what.width();
        paint.row(out, if at == 0 { "made of" } else { "" }, &format!("{what}{:pad$}  {much}", ""));
    }
}

/// All labels of an entry, the primary first, then the related ones, then the reasons.
fn wishes<'a>(entry: &Entry<'a>, because: &[&'a Because]) -> Vec<Wish<'a>> {
    let Some(primary) = entry.primary else { return Vec::new() };
    let mut wishes = vec![Wish { kind: Kind::Primary, place: &primary.place, text: primary.text.clone() }];
    wishes.extend(entry.related.iter().map(|label| Wish {
        kind: Kind::Related,
        place: &label.place,
        text: label.text.clone(),
    }));
    wishes.extend(because.iter().map(|because| {
        let text = match &because.value {
            // The value itself stands above the label.
            Some(_) => "because of this".to_owned(),
            None => format!("because `{}` is absent", because.pointer),
        };
        Wish { kind: Kind::Because, place: &because.place, text }
    }));
    wishes
}

/// The reasons that no label shows; all of them where all are asked for.
fn reasons(out: &mut String, paint: &Paint, entry: &Entry<'_>, because: &[&Because], seen: &[bool], verbose: bool) {
    let unseen = |(at, _): &(usize, &&Because)| verbose || !seen.get(*at).copied().unwrap_or(false);
    let told: Vec<&Because> = because.iter().enumerate().filter(unseen).map(|(_, because)| *because).collect();
    let most = if verbose || told.len() == FEW + 1 { told.len() } else { FEW.min(told.len()) };
    for (at, because) in told[..most].iter().enumerate() {
        let pointer = if because.pointer.is_empty() { "the proposal" } else { &because.pointer };
        let pointer = escape::line(pointer, LONGEST, paint.ellipsis());
        let value = because
            .value
            .as_ref()
            .map_or_else(|| "absent".to_owned(), |value| escape::line(value, LONGEST_VALUE, paint.ellipsis()));
        let text = format!("{pointer} is {value} {}", beside(paint, &because.place, entry.primary));
        paint.row(out, if at == 0 { "because" } else { "" }, &text);
    }
    if most < told.len() {
        paint.row(out, "", &paint.text(DIM, &format!("and of {} more values, which -v lists", told.len() - most)));
    }
}

/// Where a place is, seen from the snippet: within its file the line is enough, and within its line the column.
fn beside(paint: &Paint, place: &Place, primary: Option<&Label>) -> String {
    let same = primary.filter(|label| Arc::ptr_eq(&label.place.source, &place.source));
    let at = place.start();
    let text = match same {
        Some(label) if label.place.start().line == at.line => format!("(column {})", at.column),
        Some(_) => format!("(line {})", at.line),
        None => format!("({})", location(paint, place)),
    };
    paint.text(DIM, &text)
}

fn location(paint: &Paint, place: &Place) -> String {
    format!("{}:{}", escape::line(place.source.name(), LONGEST, paint.ellipsis()), place.start())
}

/// What miette draws: the message and the snippet. The rest is ours, because miette has no compact form for it.
#[derive(Debug)]
struct Shown {
    message: String,
    severity: Severity,
    snippet: Option<Snippet>,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.snippet.as_ref().map(|snippet| Box::new(snippet.labels()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}
