//! Every stable code: what it means, who has to act, and what to do. `docs/codes.md` is made of it, and a test holds it against
//! the codes that stand in the sources.

mod cases;
mod config;
mod docs;
mod evidence;
mod lint;
mod policy;
mod profile;
mod proposal;
mod publish;
mod run;
mod sources;

/// A stable code: in the text, in JSON and in the documentation.
#[derive(Debug)]
pub struct Code {
    /// The code itself: `proposal/duplicate-key`.
    pub id: &'static str,
    /// What has happened.
    pub meaning: &'static str,
    /// Who has to act on it.
    pub who: Who,
    /// What to do about it.
    pub action: &'static str,
}

/// Who has to act on a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The proposal's author: the proposal is blocked.
    Author,
    /// Whoever made the change, which is blocked and no one proposal of it.
    Change,
    /// The gate's operator: the run is undecided.
    Operator,
    /// Whoever keeps the waivers: a warning, which lets nothing through, and blocks where warnings do.
    Keeper,
    /// Whoever keeps the calendars: a warning, which blocks where warnings do.
    Calendars,
    /// Whoever keeps the workflow: something was not left on a pull request, and no verdict depends on it.
    Workflow,
    /// Whoever keeps the rules: a test of them failed, and no verdict depends on it.
    Rules,
    /// Whoever keeps the rules: a test of them could not be run.
    Tests,
    /// Whoever keeps the rules: something of their text is wrong, and no verdict depends on it.
    Lints,
    /// Nobody: it is advice, and blocks nothing.
    Nobody,
    /// The author where the proposal says it; the operator where the command line or the configuration does.
    Either,
}

impl Who {
    /// In words, with the outcome and the exit status that it comes to.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Author => "the proposal's author (blocked, exit status 1)",
            Self::Change => "whoever made the change (blocked, exit status 1)",
            Self::Operator => "the gate's operator (undecided, exit status 2)",
            Self::Keeper => "whoever keeps the waivers (a warning, with `--fail-on warn` a denial)",
            Self::Calendars => "whoever keeps the calendars (a warning, with `--fail-on warn` a denial)",
            Self::Workflow => "whoever keeps the workflow (exit status 2 of `changegate publish`, and no verdict)",
            Self::Rules => "whoever keeps the rules (exit status 1 of `changegate test`, and no verdict)",
            Self::Tests => "whoever keeps the rules (exit status 2 of `changegate test`, and no verdict)",
            Self::Lints => "whoever keeps the rules (exit status 1 of `changegate lint`, and no verdict)",
            Self::Nobody => "nobody (it blocks nothing)",
            Self::Either => {
                "the proposal's author where it stands in the proposal (blocked, exit status 1), else the gate's operator (undecided, exit status 2)"
            }
        }
    }
}

/// Whether a code is told of waivers or calendars, which stand where the gate reads them, and not of what it judges.
///
/// ```
/// use changegate::codes::is_for_keepers;
/// assert!(is_for_keepers("waiver/unused") && !is_for_keepers("trust/changed") && !is_for_keepers("backup/restore-tested"));
/// ```
pub fn is_for_keepers(id: &str) -> bool {
    find(id).is_some_and(|code| matches!(code.who, Who::Keeper | Who::Calendars))
}

/// ```
/// assert!(changegate::codes::find("proposal/duplicate-key").is_some());
/// ```
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id == id)
}

const fn author(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Author, action }
}

const fn change(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Change, action }
}

const fn nobody(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Nobody, action }
}

const fn either(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Either, action }
}

const fn workflow(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Workflow, action }
}

const fn rules(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Rules, action }
}

const fn tests(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Tests, action }
}

const fn lint(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Lints, action }
}

const fn warning(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Keeper, action }
}

const fn operator(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Operator, action }
}

/// All codes, in the order of the alphabet.
///
/// ```
/// assert!(changegate::codes::all().is_sorted_by_key(|code| code.id));
/// ```
pub fn all() -> impl Iterator<Item = &'static Code> {
    ALL.iter().copied().flatten()
}

/// By what they are about.
const ALL: [&[Code]; 11] = [
    sources::CODES,
    cases::CODES,
    config::CODES,
    docs::CODES,
    evidence::CODES,
    lint::CODES,
    policy::CODES,
    profile::CODES,
    proposal::CODES,
    publish::CODES,
    run::CODES,
];
