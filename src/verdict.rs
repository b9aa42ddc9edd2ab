//! The answer: may the upgrade go ahead, and how sure is the gate.

mod accepted;
mod planned;
mod tally;
mod whose;

use crate::evidence::{Answer, Entry};
use crate::facts::Facts;
use crate::finding::{Because, Fault, Finding, Level, Obligation};
use crate::proposal::Scale;
use crate::roster::{Concern, Left};
use crate::source::Source;

pub use crate::policy::{Course, Part, RuleTerms, Trace};
pub use accepted::Acceptance;
pub use planned::Planned;
use std::fmt;
use std::process::ExitCode;
use std::sync::Arc;
pub use tally::Tally;
pub use whose::Whose;

/// The three answers. The order is that of precedence: of several answers the greatest is the answer of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Every rule that applies ran, and none denied.
    Pass,
    /// A rule denied, or a proposal is not a valid proposal: for the proposal's author to mend.
    Blocked,
    /// The gate could not judge: for the gate's operator to mend.
    Undecided,
}

impl Outcome {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Blocked => "blocked",
            Self::Undecided => "undecided",
        }
    }

    /// 0 pass, 1 blocked, 2 undecided.
    pub const fn exit_status(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Blocked => 1,
            Self::Undecided => 2,
        }
    }

    /// What the findings and the faults of one judgement come to. A fault outweighs any finding: what the gate could not
    /// judge may be worse than what it could.
    pub fn of(findings: &[Finding], faults: &[Fault]) -> Self {
        if !faults.is_empty() {
            Self::Undecided
        } else if findings.iter().any(Finding::blocks) {
            Self::Blocked
        } else {
            Self::Pass
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.exit_status())
    }
}

/// What was found out about one proposal.
#[derive(Debug)]
pub struct Judgement {
    /// The file as the user named it, `<stdin>` for standard input; hostile text.
    pub file: String,
    /// The proposal's own id, where it could be read; hostile text.
    pub id: Option<String>,
    /// The proposal's own title, likewise.
    pub title: Option<String>,
    /// SHA-256 of the file's bytes, `sha256:` and hexadecimal digits; none where it could not be read.
    pub digest: Option<String>,
    /// The profile that was laid under it, or that could not be read.
    pub profile: Option<Profile>,
    /// Its text, where it could be read as one.
    pub source: Option<Arc<Source>>,
    /// Its course in time, where a report draws it and the rules were run over it.
    pub course: Option<Box<Course>>,
    /// What a rule did over it, where that is asked.
    pub trace: Option<Box<Trace>>,
    /// The other proposals of the run that it was shown.
    pub others: Vec<Other>,
    /// What was asked about it, and what came back.
    pub consulted: Vec<Arc<Entry>>,
    /// Whether the change that the run is about adds, edits or moves it; none where that is not known.
    pub of_change: Option<bool>,
    /// Why the run does not judge it, where it does not.
    pub left: Option<Left>,
    /// Why it is judged though the change leaves it as it is, where it is.
    pub concern: Option<Concern>,
    /// Whether it is judged by the rules of its close, though the run is about another phase: the change says how it ended.
    pub ends: bool,
    /// Whether the rules were run over it: not over what is no valid proposal, or has no sound profile.
    pub evaluated: bool,
    /// How much it had to show, and why; none where the rules were not run over it.
    pub scale: Option<Scaled>,
    /// When it takes place, likewise.
    pub planned: Option<Planned>,
    /// What is owed afterwards, in the order in which it is due.
    pub obligations: Vec<Obligation>,
    /// What people have taken on by name, in the order of the document.
    pub accepted: Vec<Acceptance>,
    /// In the order of the document, then of the rules' ids.
    pub findings: Vec<Finding>,
    /// Why the gate could not judge it.
    pub faults: Vec<Fault>,
}

/// How much a proposal had to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaled {
    /// The scale.
    pub scale: Scale,
    /// In words: `the system is critical`.
    pub why: String,
    /// The values that decided.
    pub because: Vec<Because>,
    /// Whether it was held to the stricter form of the rules.
    pub strict: bool,
}

impl Scaled {
    /// That of a proposal, with its reasons as reports show them.
    pub fn of(facts: &Facts) -> Self {
        let because = facts.scaled_by().map(|read| facts.because(read)).collect();
        Self { scale: facts.scale.scale, why: facts.scale.why.clone(), because, strict: facts.scale.strict }
    }
}

/// Which profile a proposal was judged with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its path from the root.
    pub file: String,
    /// SHA-256 of its text; none where it could not be read.
    pub digest: Option<String>,
}

/// Another proposal that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// The name of its file.
    pub file: String,
    /// SHA-256 of its bytes.
    pub digest: String,
}

impl Judgement {
    /// That of a file of which nothing is known yet.
    pub const fn of(file: String) -> Self {
        Self {
            file,
            id: None,
            title: None,
            digest: None,
            profile: None,
            source: None,
            course: None,
            trace: None,
            others: Vec::new(),
            consulted: Vec::new(),
            of_change: None,
            left: None,
            concern: None,
            ends: false,
            evaluated: false,
            scale: None,
            planned: None,
            obligations: Vec::new(),
            accepted: Vec::new(),
            findings: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// What its findings and faults come to.
    pub fn outcome(&self) -> Outcome {
        Outcome::of(&self.findings, &self.faults)
    }
}

/// What was found of a run itself, and belongs to no one proposal.
#[derive(Debug, Default)]
pub struct OfRun {
    /// What was asked about the run itself, and what came back.
    pub consulted: Vec<Arc<Entry>>,
    /// What is wrong with the change that the run is about: it touches what it is judged by.
    pub findings: Vec<Finding>,
    /// Why the gate could not judge: a rule that does not parse, a pattern that matches nothing.
    pub faults: Vec<Fault>,
}

impl OfRun {
    /// Adds what else was found of the run.
    pub fn add(&mut self, other: Self) {
        self.consulted.extend(other.consulted);
        self.findings.extend(other.findings);
        self.faults.extend(other.faults);
    }
}

/// What holds for all proposals of one run: by what they are judged. With it a run can be made again.
#[derive(Debug)]
pub struct Terms {
    /// The version of changegate.
    pub version: &'static str,
    /// The phase: `plan`, `deploy` or `close`.
    pub phase: &'static str,
    /// The time by which it is judged, RFC 3339.
    pub now: String,
    /// Whether the user gave that time; every report then says so.
    pub now_given: bool,
    /// The mildest level that blocks: what rules report at it or above is told as a denial.
    pub fail_on: Level,
    /// The configuration, where there is one.
    pub configuration: Option<Configured>,
    /// The commit that the configuration, the profiles and the rules were read from; none where they were read from the folder.
    pub base: Option<Base>,
    /// What is recorded of the change.
    pub change: Answer,
    /// The files of waivers, with the digests of their texts; those of the configuration are in it.
    pub waivers: Vec<(String, String)>,
    /// The calendars, likewise.
    pub calendars: Vec<(String, String)>,
    /// Where the rules come from.
    pub policies: Policies,
    /// SHA-256 over the rules that take part.
    pub rules_digest: String,
    /// Every rule that was loaded, by id.
    pub rules: Vec<RuleTerms>,
    /// Hidden files and folders that were passed over; hostile text.
    pub skipped: Vec<String>,
}

/// The commits between which a change is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The trusted one, as it was named.
    pub name: String,
    /// Its whole name.
    pub commit: String,
    /// The whole name of the one that is judged.
    pub head: String,
}

impl Terms {
    /// The file of the configuration, or what it would be called: where to point at what is for whoever runs the gate.
    pub fn configuration_file(&self) -> &str {
        self.configuration.as_ref().map_or("changegate.toml", |configured| &configured.file)
    }
}

/// The configuration of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Configured {
    /// Its path from the root, where it lies below.
    pub file: String,
    /// SHA-256 of its text; none where it could not be read.
    pub digest: Option<String>,
    /// What it changes about where one scale ends and the next begins, in words: `routine_sizes = ["patch"] instead of …`.
    pub scale: Vec<String>,
}

/// Where the rules of a run come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    /// Whether the built-in pack is among them.
    pub builtin: bool,
    /// The folders of the other packs, as they were named.
    pub folders: Vec<String>,
}

impl Default for Policies {
    /// The built-in pack alone.
    fn default() -> Self {
        Self { builtin: true, folders: Vec::new() }
    }
}
