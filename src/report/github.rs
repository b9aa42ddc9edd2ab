//! Annotations of GitHub Actions: workflow commands, which the runner takes from the log of a step.
//!
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>. All that others wrote is escaped as the runner
//! asks, after it was made inert: nothing of it begins a line, ends a property or a command.

use super::entry::{Entry, Rank, Weight};
use super::foremost::Foremost;
use super::{Report, escape};
use crate::source::Place;
use crate::verdict::{Judgement, OfRun, Tally, Terms, Whose};
use std::io;

/// The most annotations that GitHub shows of a step.
const MOST: usize = 10;
const LONGEST: usize = 2_000;

/// Whether a text begins as this report does.
pub(super) fn begins(text: &[u8]) -> bool {
    text.starts_with(b"changegate: ")
        || text.starts_with(b"::error ")
        || text.starts_with(b"::warning ")
        || text.starts_with(b"::notice ")
}

/// Writes annotations when all is judged, the most important first; of more than GitHub shows the rest is counted.
#[derive(Debug)]
pub struct GitHub<W> {
    out: W,
    commands: Foremost<Rank, String>,
}

impl<W: io::Write> GitHub<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self { out, commands: Foremost::new(MOST) }
    }

    pub(super) fn add<'a>(&mut self, entries: impl Iterator<Item = Entry<'a>>, whose: Whose, file: Option<&str>) {
        for entry in entries {
            self.commands.add(entry.rank(whose), || command(&entry, file));
        }
    }

    /// Writes what was kept and where the others are, and ends with the outcome in a word.
    pub(super) fn close(&mut self, outcome: &str, rest: &str) -> io::Result<()> {
        let left_out = self.commands.left_out();
        // What says how many are left out is shown in the place of one.
        let shown = if left_out > 0 { MOST - 1 } else { MOST };
        for command in self.commands.kept().take(shown) {
            writeln!(self.out, "{command}")?;
        }
        if left_out > 0 {
            let more = left_out + 1;
            writeln!(
                self.out,
                "::warning title=changegate::{more} more findings and errors have no annotation; {rest}"
            )?;
        }
        writeln!(self.out, "changegate: {outcome}")?;
        self.out.flush()
    }
}

impl<W: io::Write> Report for GitHub<W> {
    fn begin(&mut self, _: &Terms) -> io::Result<()> {
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.add(Entry::of_judgement(judgement), judgement.whose(), Some(&judgement.file));
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        self.add(Entry::of_run(of_run, tally), Whose::Run, None);
        self.close(tally.outcome().as_str(), "the JSON report has them all")
    }
}

fn command(entry: &Entry<'_>, file: Option<&str>) -> String {
    let name = match entry.weight {
        Weight::Error | Weight::Fault => "error",
        Weight::Warning => "warning",
        Weight::Note => "notice",
    };
    let mut properties = match (entry.primary, file) {
        (Some(label), _) => place(&label.place),
        (None, Some(file)) => format!("file={},", property(file)),
        (None, None) => String::new(),
    };
    properties.push_str(&format!("title={}", property(&format!("{}[{}]", entry.word, entry.code))));
    let help = entry.help.map(|help| format!("%0Ahelp: {}", data(help))).unwrap_or_default();
    format!("::{name} {properties}::{}{}{help}", data(entry.message), entry.in_brackets())
}

/// Columns are shown of what stands on one line alone.
fn place(place: &Place) -> String {
    let (start, end) = (place.start(), place.end());
    let columns =
        if start.line == end.line { format!("col={},endColumn={},", start.column, end.column) } else { String::new() };
    format!("file={},line={},endLine={},{columns}", property(place.source.name()), start.line, end.line)
}

fn data(text: &str) -> String {
    escape::line(text, LONGEST, "…").replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
