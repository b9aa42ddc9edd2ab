//! The page of what a rule did over one proposal: its lines, and beneath each what came of it.
//!
//! All of it can be read without a script, so that the page runs none.

use super::head::{self, Script};
use super::markup::{Markup, Prose, Verbatim, put};
use crate::finding::Level;
use crate::policy::{Note, Told, Trace, TracedLine, Why};
use crate::report::entry::{Entry, Weight};
use crate::report::traced::{Traced, later, paragraphs, place, so, stands_above, when, word};
use crate::verdict::Outcome;
use std::io;

/// What the rule has found that is told first; all of it is at its lines.
const MOST_FOUND: usize = 20;

/// Writes the page.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: &mut impl io::Write, traced: &Traced<'_>) -> io::Result<()> {
    let mut page = Markup::default();
    let (rule, outcome) = (traced.rule, traced.outcome());
    head::begin(&mut page, &format!("{} over {}: {outcome}", rule.id, traced.judgement.file), Script::None);
    page.markup("<a class=\"skip\" href=\"#main\">To the trace</a>\n");
    page.markup("<header><span class=\"brand\">changegate</span></header>\n<main id=\"main\" tabindex=\"-1\">\n");
    page.markup(match outcome {
        Outcome::Pass => "<section class=\"verdict pass\"><h1>Pass</h1>",
        Outcome::Blocked => "<section class=\"verdict blocked\"><h1>Blocked</h1>",
        Outcome::Undecided => "<section class=\"verdict undecided\"><h1>Undecided</h1>",
    });
    put!(page; "<p class=\"counts\"><code>", &*rule.id, "</code> over <code>", traced.judgement.file, "</code>: ", traced.told(), "</p>");
    put!(page; "<p class=\"judged\">", &*rule.header.title, ". Phase ", traced.terms.phase, ", judged as of ", traced.terms.now, "</p>");
    if let Some(staged) = traced.staged() {
        put!(page; "<p class=\"judged\">The rule ", staged, ".</p>");
    }
    page.markup("</section>\n<section>");
    for entry in traced.found().take(MOST_FOUND).map(Entry::of_finding) {
        put_entry(&mut page, &entry);
    }
    put_why(&mut page, traced);
    let faults = traced.judgement.faults.iter().chain(traced.faults).map(Entry::of_fault);
    for entry in faults.chain(traced.besides().map(Entry::of_finding)) {
        put_entry(&mut page, &entry);
    }
    page.markup("</section>\n");
    if let Some(trace) = traced.trace() {
        put_trace(&mut page, trace);
    }
    put!(page; "</main>\n<footer><p>Written by changegate ", env!("CARGO_PKG_VERSION"), ".</p></footer>\n");
    head::end(&mut page, Script::None);
    out.write_all(page.as_str().as_bytes())?;
    out.flush()
}

fn put_entry(out: &mut Markup, entry: &Entry<'_>) {
    out.markup(match entry.weight {
        Weight::Fault => "<p class=\"f fault\">",
        Weight::Error => "<p class=\"f deny\">",
        Weight::Warning => "<p class=\"f warn\">",
        Weight::Note => "<p class=\"f note\">",
    });
    put!(out; "<b>", entry.word, "</b> <code>", entry.code, "</code>: ", Prose(entry.message), entry.in_brackets());
    if let Some(label) = entry.primary {
        put!(out; " <span class=\"dim\">", label.place.to_string(), "</span>");
    }
    if let Some(help) = entry.help {
        put!(out; "<br>", Prose(help));
    }
    out.markup("</p>");
}

fn put_why(out: &mut Markup, traced: &Traced<'_>) {
    let (why, more) = traced.why();
    if why.is_empty() {
        return;
    }
    out.markup("<h2>Why</h2><ul>");
    for why in why {
        put_reason(out, why);
    }
    if more > 0 {
        put!(out; "<li class=\"dim\">and ", more, " more, at their lines</li>");
    }
    out.markup("</ul>");
}

fn put_reason(out: &mut Markup, why: &Why) {
    put!(out; "<li><a href=\"#l", why.line, "\">line ", why.line, "</a>", when(why));
    out.markup(": ");
    if !why.text.is_empty() {
        put!(out; "<code>", why.text, "</code> ");
    }
    put!(out; so(why));
    let values = why.values.iter().filter(|note| note.kind == Told::Value);
    for (number, note) in values.enumerate() {
        out.markup(if number == 0 { ": " } else { "; " });
        put!(out; "<code>", note.text, "</code> is <code>", note.value, "</code>");
        put_place(out, note);
    }
    out.markup("</li>");
}

fn put_place(out: &mut Markup, note: &Note) {
    if let Some(from) = &note.from {
        put!(out; " <span class=\"dim\">", place(from), "</span>");
    }
}

fn put_trace(out: &mut Markup, trace: &Trace) {
    put!(out; "<section class=\"covered\"><h2 id=\"lines\"><code>", trace.source.name(), "</code></h2>");
    out.markup("<div class=\"text\"><ol class=\"trace\">");
    let text: Vec<_> = trace.source.text().lines().collect();
    let mut last = None;
    for line in &trace.lines {
        if last.is_some_and(|last| last + 1 < line.number) {
            out.markup("</ol></div><div class=\"text\"><ol class=\"trace\">");
        }
        last = Some(line.number);
        put_line(out, line, text.get(line.number as usize - 1).copied().unwrap_or_default());
    }
    out.markup("</ol></div>");
    if !trace.uncalled.is_empty() {
        put!(out; "<p class=\"dim\">Not called: ", trace.uncalled.join(", "), "</p>");
    }
    if trace.cut {
        out.markup("<p class=\"dim\">More came of it than is kept; what is told is of its beginning.</p>");
    }
    out.markup("</section>\n");
}

fn put_line(out: &mut Markup, line: &TracedLine, text: &str) {
    let number = line.number;
    if line.skipped {
        put!(out; "<li class=\"skipped\" id=\"l", number, "\" value=\"", number, "\"><span class=\"times\">not run </span>");
    } else {
        put!(out; "<li id=\"l", number, "\" value=\"", number, "\"><span class=\"times\">");
        match line.times {
            Some(times) if times > 1 => put!(out; times, "× </span>"),
            _ => out.markup("</span>"),
        }
    }
    put!(out; "<code>", Verbatim(text), "</code>");
    let mut turn = None;
    for notes in paragraphs(&line.notes) {
        let begins = &notes[0].turn;
        if turn != Some(begins) {
            if turn.is_some() {
                out.markup("</ul>");
            }
            if !begins.is_empty() {
                put!(out; "<p class=\"turn\">", begins, "</p>");
            }
            out.markup("<ul class=\"came\">");
        }
        turn = Some(begins);
        out.markup("<li>");
        for (number, note) in notes.iter().enumerate() {
            out.markup(if number == 0 { "" } else { "; " });
            put_note(out, note, stands_above(note, &line.notes));
        }
        out.markup("</li>");
    }
    if turn.is_some() {
        out.markup("</ul>");
    }
    out.markup("</li>");
}

fn put_note(out: &mut Markup, note: &Note, is_above: bool) {
    match note.kind {
        Told::Set | Told::Value => put!(out; "<code>", note.text, "</code> = <b><code>", note.value, "</code></b>"),
        Told::Made => put!(out; "<code>", note.text, "</code> → <b><code>", note.value, "</code></b>"),
        Told::Condition(held) => {
            if !is_above {
                put!(out; "<code>", note.text, "</code> → ");
            }
            put!(out; "<b>", if held { "holds" } else { "does not hold" }, "</b>");
        }
        Told::Turns => put!(out; note.value),
        Told::Says(level, day) => {
            out.markup(match level {
                Level::Deny => "<b class=\"deny\">",
                Level::Warn => "<b class=\"warn\">",
                Level::Info => "<b class=\"note\">",
            });
            put!(out; level.as_str(), "</b>: ", Prose(&note.value), later(day));
        }
        Told::Ends if note.value.is_empty() => put!(out; word(note.kind)),
        Told::Ends => put!(out; word(note.kind), ", with <b><code>", note.value, "</code></b>"),
        Told::Owes => put!(out; word(note.kind), ": <code>", note.value, "</code>"),
        Told::Fails => put!(out; "<b class=\"fault\">", word(note.kind), "</b>: ", Prose(&note.value)),
    }
    put_place(out, note);
}
