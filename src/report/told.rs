//! A report for programs, told anew: for whoever has the report and not the run.
//!
//! It may come from a run that others had a hand in, so that all of it is hostile text, made inert as that of a run is.

mod shape;

use super::counts::of_tally;
use super::entry::{Aside, NOTHING_JUDGED, Rank, Weight};
use super::escape;
use super::foremost::Foremost;
use super::markdown::{Page, Row, Upgrade, row};
use crate::verdict::{Outcome, Tally, Whose};
use shape::{Consulted, Fault, Finding, Level, Phase, Proposal, Range, Run};
use std::cmp::Reverse;

/// The longest text of a notice.
const LONGEST: usize = 2_000;
/// The longest day, which is text of others like the rest.
const LONGEST_DAY: usize = 20;
/// The longest title of a notice that GitHub takes.
const LONGEST_TITLE: usize = 250;

/// What a report for programs tells.
#[derive(Debug)]
pub struct Told(Run);

/// How much a notice weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// A denial, or why the gate could not judge.
    Failure,
    /// A warning.
    Warning,
    /// Advice.
    Notice,
}

/// Something about lines of a file; its texts are inert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The file, from the folder in which the gate ran.
    pub file: String,
    /// The first and the last line.
    pub lines: (u32, u32),
    /// From the first column to the one behind the last; of what stands on one line alone.
    pub columns: Option<(u32, u32)>,
    /// How much it weighs.
    pub gravity: Gravity,
    /// Level and rule.
    pub title: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Told {
    /// Reads a report.
    ///
    /// # Errors
    /// What is wrong with it: lower case, no full stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        let run: Run = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if run.schema != super::json::NAME {
            return Err(format!("it is a `{}`, and not a {}", escape::line(&run.schema, 100, "…"), super::json::NAME));
        }
        Ok(Self(run))
    }

    /// What the run has come to.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome.into()
    }

    /// The phase in which was judged.
    pub const fn phase(&self) -> &'static str {
        match self.0.phase {
            Phase::Plan => "plan",
            Phase::Deploy => "deploy",
            Phase::Close => "close",
        }
    }

    /// The commit that was judged, where it was one.
    pub fn head(&self) -> Option<&str> {
        self.0.base.as_ref().map(|base| &*base.head)
    }

    /// The outcome and what it was made of, on one line.
    pub fn headline(&self) -> String {
        format!("{}: {}", self.outcome(), of_tally(&self.tally()))
    }

    fn tally(&self) -> Tally {
        let run = &self.0;
        let denies = |one: &Proposal| one.findings.iter().any(Finding::blocks);
        let mut tally = Tally {
            own: run.proposals.iter().any(|one| denies(one) && !one.is_inherited()),
            inherited: run.proposals.iter().any(|one| denies(one) && one.is_inherited()),
            none_due: self.outcome() != Outcome::Undecided,
            ..run.summary.into()
        };
        tally.add_denied(run.findings.iter().filter(|finding| finding.blocks()).map(|finding| &*finding.rule));
        tally
    }

    /// The same as the report in Markdown, without its marker.
    pub fn markdown(&self) -> String {
        let run = &self.0;
        let mut page = Page::new();
        self.phase().clone_into(&mut page.phase);
        page.now.clone_from(&run.now);
        page.now_given = run.now_given;
        page.commits = run.base.as_ref().map(|base| (base.head.clone(), base.commit.clone()));
        for rule in &run.rules {
            match &*rule.part {
                "off" => page.idle.add_off(&rule.id, rule.reason.as_deref().unwrap_or_default()),
                "expired" => page.idle.add_expired(&rule.id, rule.expires_on.as_deref().unwrap_or_default()),
                _ => {}
            }
        }
        for (entry, proposal) in self.entries() {
            let of = |one: &Proposal| one.whose().why(one.outcome.into());
            page.add(entry.rank(proposal), || entry.row(proposal.map(|one| &*one.file), proposal.and_then(of)));
        }
        if run.faults.is_empty() && self.tally().is_silent() {
            page.add(NOTHING_JUDGED.rank(Whose::Run), || row(&NOTHING_JUDGED, None, None));
        }
        for proposal in &run.proposals {
            page.add_upgrade(&upgrade(proposal));
            for owed in &proposal.obligations {
                page.add_owed((&owed.id, &owed.what, owed.due.as_deref()), &proposal.file);
            }
            for accepted in &proposal.accepted {
                let (by, place) = ((&*accepted.by, &*accepted.reason), (&*accepted.file, accepted.line));
                page.add_accepted(by, &accepted.pointer, place);
            }
        }
        for Consulted { provider, question, state, code, why } in self.consulted() {
            let answer = match (code, why) {
                (Some(code), Some(why)) => Err((&**code, &**why)),
                _ => Ok(&**state),
            };
            page.add_consulted((provider, question), answer);
        }
        page.write(self.outcome(), &self.tally())
    }

    /// The most important of what is said of lines, so many at most, and how many there are besides.
    pub fn notices(&self, most: usize) -> (Vec<Notice>, usize) {
        let mut foremost = Foremost::new(most);
        for (entry, proposal) in self.entries() {
            if let Some(range) = entry.range() {
                foremost.add(entry.rank(proposal), || entry.notice(range));
            }
        }
        let left_out = foremost.left_out();
        (foremost.kept().cloned().collect(), left_out)
    }

    /// Everything that is wrong, with the proposal that it belongs to.
    fn entries(&self) -> impl Iterator<Item = (Entry<'_>, Option<&Proposal>)> {
        let run = &self.0;
        let of_proposals = run.proposals.iter().flat_map(|proposal| {
            let entries = Entry::all(&proposal.faults, &proposal.findings);
            entries.map(move |entry| (entry, Some(proposal)))
        });
        of_proposals.chain(Entry::all(&run.faults, &run.findings).map(|entry| (entry, None)))
    }

    fn consulted(&self) -> impl Iterator<Item = &Consulted> {
        let of_proposals = self.0.proposals.iter().flat_map(|proposal| &proposal.consulted);
        of_proposals.chain(&self.0.consulted)
    }
}

fn upgrade(proposal: &Proposal) -> Upgrade<'_> {
    let planned = proposal.planned.as_ref();
    let windows = planned.iter().flat_map(|planned| &planned.windows);
    Upgrade {
        outcome: proposal.outcome.into(),
        whose: proposal.whose(),
        ends: proposal.ends,
        left: proposal.left(),
        name: proposal.title.as_deref().or(proposal.id.as_deref()).unwrap_or(&proposal.file),
        system: planned.and_then(|planned| planned.system.as_deref()),
        zone: planned.and_then(|planned| planned.zone.as_deref()),
        windows: windows.map(|window| (&*window.start, &*window.end)).collect(),
        decide_by: planned.and_then(|planned| planned.decide_by.as_deref()),
        ran: planned.and_then(|planned| planned.ran.as_ref()).map(|ran| (&*ran.start, &*ran.end)),
    }
}

/// What may be wrong.
enum Entry<'a> {
    Fault(&'a Fault),
    Finding(&'a Finding),
}

impl<'a> Entry<'a> {
    fn all(faults: &'a [Fault], findings: &'a [Finding]) -> impl Iterator<Item = Self> {
        faults.iter().map(Self::Fault).chain(findings.iter().map(Self::Finding))
    }

    const fn weight(&self) -> Weight {
        match self {
            Self::Fault(_) => Weight::Fault,
            Self::Finding(finding) => match finding.level {
                Level::Deny if finding.waived.is_none() => Weight::Error,
                Level::Deny | Level::Warn => Weight::Warning,
                Level::Info => Weight::Note,
            },
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Fault(_) => "error",
            Self::Finding(Finding { level: Level::Deny, waived: Some(_), .. }) => "waived",
            Self::Finding(Finding { level: Level::Deny, .. }) => "deny",
            Self::Finding(Finding { level: Level::Warn, .. }) => "warn",
            Self::Finding(Finding { level: Level::Info, .. }) => "info",
        }
    }

    fn told(&self) -> (&'a str, &'a str, Option<&'a str>) {
        match *self {
            Self::Fault(fault) => (&fault.code, &fault.message, fault.help.as_deref()),
            Self::Finding(finding) => (&finding.rule, &finding.message, finding.help.as_deref()),
        }
    }

    fn aside(&self) -> Option<String> {
        let Self::Finding(finding) = *self else { return None };
        let day = finding.blocks_on.as_deref().map(|day| escape::line(day, LONGEST_DAY, "…"));
        if finding.waived.is_some() { None } else { Aside::of(day, finding.raised).map(|aside| aside.to_string()) }
    }

    fn range(&self) -> Option<&'a Range> {
        match *self {
            Self::Fault(fault) => fault.labels.first().map(|label| &label.range),
            Self::Finding(finding) => Some(&finding.range),
        }
    }

    /// Its rank, of the proposal that it belongs to.
    fn rank(&self, proposal: Option<&Proposal>) -> Rank {
        (Reverse(self.weight()), proposal.map_or(Whose::Run, Proposal::whose))
    }

    fn row(&self, file: Option<&str>, on_base: Option<&'static str>) -> Row<'a> {
        let place = self.range().map(|range| format!("{}:{}:{}", range.file, range.line, range.column));
        let waived = match *self {
            Self::Finding(Finding { waived: Some(waived), .. }) => {
                Some((&*waived.by, &*waived.expires, &*waived.ticket, &*waived.reason))
            }
            _ => None,
        };
        let (code, message, help) = self.told();
        let (message, table) = match *self {
            Self::Finding(finding) => finding.told(),
            Self::Fault(_) => (message, [].as_slice()),
        };
        let place = place.or_else(|| file.map(str::to_owned));
        let (weight, word, aside) = (self.weight(), self.word(), self.aside());
        Row { weight, word, code, place, on_base, message, table, help, aside, waived }
    }

    fn notice(&self, range: &Range) -> Notice {
        let (code, message, help) = self.told();
        let line = |text: &str, longest| escape::line(text, longest, "…");
        let help = help.map_or_else(String::new, |help| format!("\nhelp: {}", line(help, LONGEST)));
        let aside = self.aside().map_or_else(String::new, |aside| format!(" (blocks {aside})"));
        let columns = (range.line == range.end_line).then_some((range.column, range.end_column));
        let gravity = match self.weight() {
            Weight::Fault | Weight::Error => Gravity::Failure,
            Weight::Warning => Gravity::Warning,
            Weight::Note => Gravity::Notice,
        };
        Notice {
            file: line(&range.file, LONGEST),
            lines: (range.line, range.end_line.max(range.line)),
            columns,
            gravity,
            title: line(&format!("{}[{code}]", self.word()), LONGEST_TITLE),
            message: format!("{}{aside}{help}", line(message, LONGEST)),
        }
    }
}
