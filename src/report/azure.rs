//! Issues of Azure Pipelines: logging commands, which the agent takes from the log of a step.
//!
//! <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>. Made inert and then escaped as the agent asks.

use super::entry::{Entry, Rank, Weight};
use super::foremost::Foremost;
use super::{Report, escape};
use crate::verdict::{Judgement, OfRun, Tally, Terms, Whose};
use std::io;

/// More are not read in the list of a run.
const MOST: usize = 100;
const LONGEST: usize = 2_000;

/// Whether a text begins as this report does.
pub(super) fn begins(text: &[u8]) -> bool {
    text.starts_with(b"##vso[task.logissue ") || text.starts_with(b"changegate: ")
}

/// Writes issues when all is judged, the most important first. There is none for advice, which a line of the log tells.
#[derive(Debug)]
pub struct Azure<W> {
    out: W,
    commands: Foremost<Rank, String>,
}

impl<W: io::Write> Azure<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self { out, commands: Foremost::new(MOST) }
    }

    fn add<'a>(&mut self, entries: impl Iterator<Item = Entry<'a>>, whose: Whose, file: Option<&str>) {
        for entry in entries {
            self.commands.add(entry.rank(whose), || command(&entry, file));
        }
    }
}

impl<W: io::Write> Report for Azure<W> {
    fn begin(&mut self, _: &Terms) -> io::Result<()> {
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.add(Entry::of_judgement(judgement), judgement.whose(), Some(&judgement.file));
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        self.add(Entry::of_run(of_run, tally), Whose::Run, None);
        for command in self.commands.kept() {
            writeln!(self.out, "{command}")?;
        }
        let left_out = self.commands.left_out();
        if left_out > 0 {
            writeln!(
                self.out,
                "##vso[task.logissue type=warning;]{left_out} more findings and errors have no issue; the JSON report has them all"
            )?;
        }
        writeln!(self.out, "changegate: {}", tally.outcome())?;
        self.out.flush()
    }
}

fn command(entry: &Entry<'_>, file: Option<&str>) -> String {
    let help = entry.help.map(|help| format!("; {help}")).unwrap_or_default();
    let text = format!("{}{}{help}", entry.message, entry.in_brackets());
    let kind = match entry.weight {
        Weight::Error | Weight::Fault => "error",
        Weight::Warning => "warning",
        // A line of the log is no command, of which the agent would take back what is escaped.
        Weight::Note => return format!("changegate: {}[{}] {}", entry.word, inert(entry.code), inert(&text)),
    };
    let at = entry.primary.map(|label| (label.place.source.name(), Some(label.place.start())));
    let at = at.or_else(|| Some((file?, None)));
    let place = at.map_or_else(String::new, |(file, position)| {
        let position =
            position.map_or_else(String::new, |at| format!("linenumber={};columnnumber={};", at.line, at.column));
        format!("sourcepath={};{position}", property(file))
    });
    format!("##vso[task.logissue type={kind};{place}code={};]{}", property(entry.code), data(&text))
}

fn data(text: &str) -> String {
    inert(text).replace('%', "%AZP25")
}

fn inert(text: &str) -> String {
    escape::line(text, LONGEST, "…")
}

fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}
