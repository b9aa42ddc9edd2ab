//! A trace for a person at a terminal: the lines of the rule, and beneath each what came of it.

use super::{Traced, later, paragraphs, place, so, stands_above, when, word};
use crate::finding::Level;
use crate::policy::{Note, Told, Trace, TracedLine, Why};
use crate::report::entry::Entry;
use crate::report::human::Human;
use crate::report::{Options, Verbosity};
use crate::verdict::Outcome;
use std::io;

/// Cells of a line of a rule, of a value and of a message.
const LONGEST: usize = 400;
/// What the rule has found that is told under the verdict, and of how much of it what to do.
const MOST_FOUND: usize = 5;
const MOST_HELPS: usize = 1;

/// Writes it.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: impl io::Write, options: Options, traced: &Traced<'_>) -> io::Result<()> {
    let mut human = Human::new(out, options);
    for finding in traced.besides() {
        human.entry(&Entry::of_finding(finding), Some(&traced.judgement.file))?;
    }
    human.faults_of(&traced.judgement.faults, Some(&traced.judgement.file))?;
    human.faults_of(traced.faults, None)?;
    if let Some(trace) = traced.trace().filter(|_| options.verbosity != Verbosity::Quiet) {
        human.trace(traced, trace)?;
    }
    human.verdict(traced)
}

impl<W: io::Write> Human<W> {
    fn trace(&mut self, traced: &Traced<'_>, trace: &Trace) -> io::Result<()> {
        let mut text = format!("{}  {}\n", self.named(&traced.rule.id), self.escaped(&traced.rule.header.title));
        self.row(&mut text, "rule", &self.escaped(trace.source.name()));
        self.row(&mut text, "file", &self.escaped(&traced.judgement.file));
        self.row(
            &mut text,
            "judged",
            &format!("phase {}, as of {}", traced.terms.phase, self.escaped(&traced.terms.now)),
        );
        if let Some(staged) = traced.staged() {
            self.row(&mut text, "staged", &staged);
        }
        for change in &traced.rule.changes {
            self.row(&mut text, "changed", &self.escaped(change));
        }
        if trace.lines.iter().any(|line| line.skipped) {
            self.row(&mut text, "lines", &format!("after `{}` did not run", self.gutter(true)));
        }
        self.block(&text)?;
        let mut text = String::new();
        let digits = trace.lines.iter().map(|line| line.number).max().unwrap_or(0).to_string().len();
        let mut last = None;
        for line in &trace.lines {
            if last.is_some_and(|last| last + 1 < line.number) {
                text.push('\n');
            }
            last = Some(line.number);
            let source = trace.source.text().lines().nth(line.number as usize - 1).unwrap_or_default();
            self.traced_line(&mut text, digits, line, source);
        }
        self.block(&text)
    }

    const fn gutter(&self, skipped: bool) -> &'static str {
        match (self.is_unicode(), skipped) {
            (true, false) => "│",
            (true, true) => "┆",
            (false, false) => "|",
            (false, true) => ":",
        }
    }

    fn traced_line(&self, out: &mut String, digits: usize, line: &TracedLine, source: &str) {
        let source = self.shortened(&source.trim_end().replace('\t', "    "), LONGEST);
        let indent = source.len() - source.trim_start().len();
        let gutter = self.gutter(line.skipped);
        let first = format!("{:>digits$} {gutter} {}", line.number, " ".repeat(indent));
        let rest = format!("{:digits$} {gutter} {}", "", " ".repeat(indent + 6));
        let mut text = String::new();
        self.wrapped(&mut text, source.trim_start(), &first, &rest);
        for part in text.lines() {
            out.push_str(&if line.skipped { self.dimmed(part) } else { part.to_owned() });
            out.push('\n');
        }
        let mut turn = "";
        let mark = if self.is_unicode() { "╰" } else { "`" };
        for notes in paragraphs(&line.notes) {
            let begins = notes[0].turn.as_str();
            if begins != turn && !begins.is_empty() {
                let first = format!("{:digits$} {gutter} {}", "", " ".repeat(indent + 2));
                self.wrapped(out, &self.dimmed(&format!("{begins}:")), &first, &first);
            }
            turn = begins;
            let deep = if turn.is_empty() { 2 } else { 4 };
            let first = format!("{:digits$} {gutter} {}", "", " ".repeat(indent + deep));
            let told: Vec<_> = notes.iter().map(|note| self.note(note, stands_above(note, &line.notes))).collect();
            self.wrapped(out, &told.join("; "), &format!("{first}{mark} "), &format!("{first}  "));
        }
    }

    /// What came of an expression, on one line.
    fn note(&self, note: &Note, is_above: bool) -> String {
        let (arrow, value) = (if self.is_unicode() { "→" } else { "->" }, self.shortened(&note.value, LONGEST));
        let text = self.shortened(&note.text, LONGEST);
        let from = note.from.as_ref().map(|from| self.dimmed(&format!("  {}", self.escaped(&place(from)))));
        let from = from.unwrap_or_default();
        match note.kind {
            Told::Set | Told::Value => format!("{text} = {}{from}", self.strong(&value)),
            Told::Made => format!("{text} {arrow} {}", self.strong(&value)),
            Told::Condition(held) => {
                let word = if held { "holds" } else { "does not hold" };
                let text = if is_above { String::new() } else { format!("{text} {arrow} ") };
                format!("{text}{}{from}", self.strong(word))
            }
            Told::Turns => value,
            Told::Says(level, day) => format!("{}: {value}{}{from}", self.of_level(level), later(day)),
            Told::Ends if value.is_empty() => word(note.kind).to_owned(),
            Told::Ends => format!("{}, with {}", word(note.kind), self.strong(&value)),
            Told::Owes => format!("{}: {value}", word(note.kind)),
            Told::Fails => format!("{}: {value}", self.painted(Outcome::Undecided, word(note.kind))),
        }
    }

    fn of_level(&self, level: Level) -> String {
        let outcome = match level {
            Level::Deny => Outcome::Blocked,
            Level::Warn => Outcome::Undecided,
            Level::Info => Outcome::Pass,
        };
        self.painted(outcome, level.as_str())
    }

    fn verdict(&mut self, traced: &Traced<'_>) -> io::Result<()> {
        let outcome = traced.outcome();
        let word = self.painted(outcome, &outcome.as_str().to_uppercase());
        let mut text = format!("{word}  {}: {}\n", self.named(&traced.rule.id), traced.told());
        for finding in traced.found().take(MOST_FOUND) {
            let (message, place) = (self.shortened(&finding.message, LONGEST), finding.primary.place.to_string());
            let word = if finding.waived.is_some() { "waived" } else { finding.level.as_str() };
            let (day, place) = (later(finding.blocks_on), self.dimmed(&self.escaped(&place)));
            self.row(&mut text, word, &format!("{message}{day}  {place}"));
        }
        if let Some(more) = traced.found().count().checked_sub(MOST_FOUND).filter(|more| *more > 0) {
            self.row(&mut text, "", &format!("and {more} more"));
        }
        let (why, more) = traced.why();
        for why in why {
            self.row(&mut text, "why", &self.why(why));
        }
        if more > 0 {
            self.row(&mut text, "", &format!("and {more} more, at their lines"));
        }
        for finding in traced.found().filter(|finding| finding.blocks()).take(MOST_HELPS) {
            if let Some(help) = &finding.help {
                self.row(&mut text, "help", &self.shortened(help, LONGEST));
            }
        }
        if let Some(trace) = traced.trace() {
            if !trace.uncalled.is_empty() {
                self.row(&mut text, "not run", &self.escaped(&trace.uncalled.join(", ")));
            }
            if trace.cut {
                self.row(&mut text, "cut", "more came of it than is kept; what is told is of its beginning");
            }
        }
        self.block(&text)?;
        self.flush()
    }

    fn why(&self, why: &Why) -> String {
        let turn = when(why);
        let values: Vec<_> =
            why.values.iter().filter(|note| note.kind == Told::Value).map(|note| self.short(note)).collect();
        let values = if values.is_empty() { String::new() } else { format!(": {}", values.join("; ")) };
        let text = self.shortened(&why.text, LONGEST);
        let text = if text.is_empty() { text } else { format!("`{text}` ") };
        format!("line {}{turn}: {text}{}{values}", why.line, so(why))
    }

    fn short(&self, note: &Note) -> String {
        let from = note.from.as_ref().map(|from| format!(" ({})", self.escaped(&place(from)))).unwrap_or_default();
        format!("{} is {}{from}", self.shortened(&note.text, LONGEST), self.shortened(&note.value, 60))
    }
}
