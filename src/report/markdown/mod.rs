//! The report for a job summary and for a comment on a pull request, as GitHub and GitLab render Markdown.
//!
//! One text serves both: it stays under the length of the shorter one, with the most important first and the rest counted.

mod idle;
pub(super) mod inert;
mod page;
mod upgrade;

use super::Report;
use super::entry::Entry;
use crate::evidence::{Answer, Entry as Consulted};
use crate::roster::Left;
use crate::verdict::{Judgement, OfRun, Part, Tally, Terms, Whose};
pub(super) use page::{Page, Row};
use std::io;
pub(super) use upgrade::Upgrade;

/// The first line, by which the gate knows its own comment again among those of its author.
pub const MARKER: &str = "<!-- changegate -->";

/// Whether a text begins as this report does.
pub(super) fn begins(text: &[u8]) -> bool {
    text.starts_with(MARKER.as_bytes())
}

/// Writes Markdown when all is judged.
#[derive(Debug)]
pub struct Markdown<W> {
    out: W,
    page: Page,
}

impl<W: io::Write> Markdown<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self { out, page: Page::new() }
    }

    fn add<'a>(&mut self, entries: impl Iterator<Item = Entry<'a>>, whose: Whose, of: Option<&Judgement>) {
        let (file, on_base) = of.map_or((None, None), |of| (Some(&*of.file), whose.why(of.outcome())));
        for entry in entries {
            self.page.add(entry.rank(whose), || row(&entry, file, on_base));
        }
    }

    fn add_consulted(&mut self, consulted: &Consulted) {
        let answer = match &consulted.answer {
            Answer::Unavailable { code, why, .. } => Err((code.as_str(), why.as_str())),
            answer => Ok(answer.state()),
        };
        self.page.add_consulted((consulted.question.provider().as_str(), &consulted.question.to_string()), answer);
    }
}

impl<W: io::Write> Report for Markdown<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        terms.phase.clone_into(&mut self.page.phase);
        self.page.now.clone_from(&terms.now);
        self.page.now_given = terms.now_given;
        self.page.commits = terms.base.as_ref().map(|base| (base.head.clone(), base.commit.clone()));
        for rule in &terms.rules {
            match &rule.part {
                Part::Off(reason) => self.page.idle.add_off(&rule.id, reason),
                Part::Expired(day) => self.page.idle.add_expired(&rule.id, &day.to_string()),
                Part::Evaluated | Part::OtherPhase(_) => {}
            }
        }
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.add(Entry::of_judgement(judgement), judgement.whose(), Some(judgement));
        self.page.add_upgrade(&upgrade(judgement));
        judgement.consulted.iter().for_each(|entry| self.add_consulted(entry));
        for owed in &judgement.obligations {
            self.page.add_owed((&owed.id, &owed.what, owed.due.as_deref()), &judgement.file);
        }
        for accepted in &judgement.accepted {
            // It may stand in the profile of the system.
            let place = (accepted.place.source.name(), accepted.place.start().line);
            self.page.add_accepted((&accepted.by, &accepted.reason), &accepted.path, place);
        }
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        self.add(Entry::of_run(of_run, tally), Whose::Run, None);
        of_run.consulted.iter().for_each(|entry| self.add_consulted(entry));
        write!(self.out, "{MARKER}\n{}", self.page.write(tally.outcome(), tally))?;
        self.out.flush()
    }
}

fn upgrade(judgement: &Judgement) -> Upgrade<'_> {
    let planned = judgement.planned.as_ref();
    let windows = planned.iter().flat_map(|planned| &planned.windows);
    Upgrade {
        outcome: judgement.outcome(),
        whose: judgement.whose(),
        ends: judgement.ends,
        left: judgement.left.map(Left::as_str),
        name: judgement.title.as_deref().or(judgement.id.as_deref()).unwrap_or(&judgement.file),
        system: planned.and_then(|planned| planned.system.as_deref()),
        zone: planned.and_then(|planned| planned.zone.as_deref()),
        windows: windows.map(|(start, end)| (&**start, &**end)).collect(),
        decide_by: planned.and_then(|planned| planned.decide_by.as_deref()),
        ran: planned.and_then(|planned| planned.ran.as_ref()).map(|(start, end)| (&**start, &**end)),
    }
}

/// An entry as a row.
pub(super) fn row<'a>(entry: &Entry<'a>, file: Option<&str>, on_base: Option<&'static str>) -> Row<'a> {
    Row {
        weight: entry.weight,
        word: entry.word,
        code: entry.code,
        place: entry.primary.map(|label| label.place.to_string()).or_else(|| file.map(str::to_owned)),
        on_base,
        message: entry.headline(),
        table: entry.table.map(|table| table.rows.as_slice()).unwrap_or_default(),
        help: entry.help,
        aside: entry.aside.map(|aside| aside.to_string()),
        waived: entry.waived.map(|waived| (&*waived.by, &*waived.expires, &*waived.ticket, &*waived.reason)),
    }
}
