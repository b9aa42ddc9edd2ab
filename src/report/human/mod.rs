//! The report for a person at a terminal: each finding with the lines it is about, and at the end what to do next.
//!
//! All text that is not ours is escaped on its way here; nothing below writes a byte of it as it came.

mod agenda;
mod entry;
mod headline;
mod later;
mod listed;
mod on_base;
mod paint;
mod row;
mod scales;
mod snippet;
mod spot;
mod summary;
mod unproven;

use super::entry::Entry;
use super::{Options, Report, Verbosity, escape};
use crate::finding::{Fault, Finding};
use crate::verdict::{Judgement, OfRun, Outcome, Tally, Terms, Whose};
use later::{Kept, Later};
use paint::Paint;
use std::io;
use summary::Summary;

pub use agenda::agenda;
pub use headline::ends;

/// So many findings are shown with their lines. Nobody reads more, and 30,000 would be 40 MB of terminal: the rest gets a line
/// each.
const IN_FULL: usize = 100;
/// Beyond so many cells a name is a document.
const LONGEST_NAME: usize = 240;

/// Writes for people. Reads nothing of its surroundings: what the terminal can do stands in the [`Options`].
#[derive(Debug)]
pub struct Human<W> {
    out: W,
    paint: Paint,
    verbosity: Verbosity,
    summary: Summary,
    /// Findings and faults shown so far.
    shown: usize,
    /// What is said of proposals that stand on the base: it comes when all is told of those of the change.
    later: Later,
    /// What the last thing written was, so that blank lines stand between blocks and not between single lines.
    last: Last,
}

#[derive(Debug, PartialEq, Eq)]
enum Last {
    Nothing,
    Block,
    Line,
}

impl<W: io::Write> Human<W> {
    /// A report to a sink, for a reader as the options say.
    pub fn new(out: W, options: Options) -> Self {
        let (paint, verbosity) = (Paint::new(&options), options.verbosity);
        Self {
            out,
            paint,
            verbosity,
            summary: Summary::default(),
            shown: 0,
            later: Later::default(),
            last: Last::Nothing,
        }
    }

    /// Tells faults and nothing else: those of a command that judges nothing.
    ///
    /// # Errors
    /// When the sink can't be written to.
    pub fn faults(&mut self, faults: &[Fault]) -> io::Result<()> {
        self.faults_of(faults, None)?;
        self.out.flush()
    }

    /// `file` is that of what they are about, where they are about something.
    pub(super) fn faults_of(&mut self, faults: &[Fault], file: Option<&str>) -> io::Result<()> {
        faults.iter().try_for_each(|fault| self.entry(&Entry::of_fault(fault), file))
    }

    fn finding(&mut self, finding: &Finding, whose: Whose, file: &str) -> io::Result<()> {
        self.summary.add(finding, whose);
        if self.verbosity == Verbosity::Quiet && !finding.blocks() {
            return Ok(());
        }
        self.entry_of(&Entry::of_finding(finding), whose, file)
    }

    /// One of a proposal, told when its turn is.
    fn entry_of(&mut self, entry: &Entry<'_>, whose: Whose, file: &str) -> io::Result<()> {
        if !Later::takes(whose) {
            return self.entry(entry, Some(file));
        }
        let has_room = self.verbosity != Verbosity::Quiet && self.shown + self.later.before(whose) < IN_FULL;
        let full = if has_room { Some(self.full(entry, Some(file))?) } else { None };
        let line = self.on_one_line(entry, Some(file));
        self.later.add(whose, Kept::Entry { full, line });
        Ok(())
    }

    /// What stands on the base, when all else is told.
    fn tell_later(&mut self) -> io::Result<()> {
        for kept in self.later.take() {
            match kept {
                Kept::Heading(heading) => self.block(&heading)?,
                Kept::Entry { full, line } => match (self.in_full(), full) {
                    (true, Some(full)) => self.block(&full)?,
                    _ => self.further(&line)?,
                },
            }
        }
        Ok(())
    }

    /// `file` is that of what it is about, where it is about something.
    pub(super) fn entry(&mut self, entry: &Entry<'_>, file: Option<&str>) -> io::Result<()> {
        if self.in_full() {
            let text = self.full(entry, file)?;
            return self.block(&text);
        }
        let text = self.on_one_line(entry, file);
        self.further(&text)
    }

    fn full(&self, entry: &Entry<'_>, file: Option<&str>) -> io::Result<String> {
        let (mut text, verbose) = (String::new(), self.verbosity == Verbosity::Verbose);
        entry::full(&mut text, &self.paint, entry, file, verbose).map_err(io::Error::other)?;
        Ok(text)
    }

    fn on_one_line(&self, entry: &Entry<'_>, file: Option<&str>) -> String {
        let mut text = String::new();
        entry::one_line(&mut text, &self.paint, entry, file);
        text
    }

    pub(super) const fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// A name on one line.
    pub(super) fn escaped(&self, text: &str) -> String {
        escape::line(text, LONGEST_NAME, self.paint.ellipsis())
    }

    /// A line of a text that need not be whole.
    pub(super) fn shortened(&self, text: &str, most: usize) -> String {
        escape::line(text, most, self.paint.ellipsis())
    }

    pub(super) fn painted(&self, outcome: Outcome, word: &str) -> String {
        self.paint.text(paint::of_outcome(outcome), word)
    }

    pub(super) fn row(&self, out: &mut String, name: &str, text: &str) {
        self.paint.row(out, name, text);
    }

    /// A name that what follows is about.
    pub(super) fn named(&self, name: &str) -> String {
        self.paint.text(paint::NAME, &self.escaped(name))
    }

    /// What is read last, if at all.
    pub(super) fn dimmed(&self, text: &str) -> String {
        self.paint.text(paint::DIM, text)
    }

    /// What is looked for.
    pub(super) fn strong(&self, text: &str) -> String {
        self.paint.text(paint::BOLD, text)
    }

    pub(super) const fn is_unicode(&self) -> bool {
        self.paint.is_unicode()
    }

    /// A text over as many lines as it takes, after what the first and what the others begin with.
    pub(super) fn wrapped(&self, out: &mut String, text: &str, first: &str, rest: &str) {
        self.paint.wrapped(out, text, first, rest);
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn in_full(&mut self) -> bool {
        self.shown += 1;
        self.verbosity != Verbosity::Quiet && self.shown <= IN_FULL
    }

    /// A finding or a fault on one line; where that is for their number, it is said once.
    fn further(&mut self, text: &str) -> io::Result<()> {
        if self.verbosity != Verbosity::Quiet && self.shown == IN_FULL + 1 {
            let told = format!("{IN_FULL} are shown in full; what follows has a line each\n");
            self.block(&told)?;
        }
        self.line(text)
    }

    pub(super) fn block(&mut self, text: &str) -> io::Result<()> {
        if self.last != Last::Nothing {
            self.out.write_all(b"\n")?;
        }
        self.last = Last::Block;
        self.out.write_all(text.as_bytes())
    }

    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        if self.last == Last::Block {
            self.out.write_all(b"\n")?;
        }
        self.last = Last::Line;
        self.out.write_all(text.as_bytes())
    }

    /// Which proposal the next findings are about: only where everything is told, as the snippets name the file.
    fn heading(&self, judgement: &Judgement) -> String {
        let outcome = judgement.outcome();
        let mut text = format!(
            "{}: {}\n",
            self.escaped(&judgement.file),
            self.paint.text(paint::of_outcome(outcome), outcome.as_str())
        );
        let name: Vec<String> = judgement.id.iter().chain(&judgement.title).map(|text| self.escaped(text)).collect();
        if !name.is_empty() {
            self.paint.row(&mut text, "id", &name.join(" "));
        }
        if let Some(digest) = &judgement.digest {
            self.paint.row(&mut text, "digest", &self.escaped(digest));
        }
        if let Some(profile) = &judgement.profile {
            let digest = profile.digest.as_deref().unwrap_or("unreadable");
            self.paint.row(&mut text, "profile", &self.escaped(&format!("{} {digest}", profile.file)));
        }
        for entry in &judgement.consulted {
            self.paint.row(&mut text, "evidence", &unproven::told(&self.paint, entry));
        }
        if let Some(scaled) = &judgement.scale {
            self.paint.row(&mut text, "scale", &scales::of(&self.paint, scaled));
        }
        text
    }
}

impl<W: io::Write> Report for Human<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        self.summary = Summary::begin(&self.paint, terms, self.verbosity == Verbosity::Verbose);
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        let whose = judgement.whose();
        if self.verbosity == Verbosity::Verbose {
            let heading = self.heading(judgement);
            if Later::takes(whose) {
                self.later.add(whose, Kept::Heading(heading));
            } else {
                self.block(&heading)?;
            }
        }
        self.summary.add_judgement(&self.paint, judgement);
        for finding in &judgement.findings {
            self.finding(finding, whose, &judgement.file)?;
        }
        for fault in &judgement.faults {
            self.entry_of(&Entry::of_fault(fault), whose, &judgement.file)?;
        }
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        let OfRun { consulted, findings, faults } = of_run;
        self.summary.unproven.add_of_run(&self.paint, consulted);
        for finding in findings {
            self.finding(finding, Whose::Run, finding.primary.place.source.name())?;
        }
        self.faults_of(faults, None)?;
        self.tell_later()?;
        let mut text = String::new();
        if self.verbosity == Verbosity::Quiet {
            self.summary.write_quiet(&mut text, &self.paint, tally);
            self.line(&text)?;
        } else {
            self.summary.write(&mut text, &self.paint, faults, tally, self.verbosity == Verbosity::Verbose);
            self.block(&text)?;
        }
        self.out.flush()
    }
}
