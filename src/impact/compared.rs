//! What differs between two judgements of one proposal, rule by rule.

use crate::facts::Phase;
use crate::finding::{Fault, Finding, Level};
use crate::policy::RuleSet;
use crate::source::Place;
use crate::verdict::{Judgement, Outcome};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How much weighs what a rule says of a proposal, the lightest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// It says nothing.
    Nothing,
    /// It advises.
    Info,
    /// It warns.
    Warn,
    /// It denies, and that is let through.
    Waived,
    /// It denies.
    Deny,
    /// It fails.
    Fails,
}

impl Says {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Waived => "waived",
            Self::Deny => "deny",
            Self::Fails => "fails",
        }
    }

    /// What a proposal comes to of which no rule says anything heavier.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Fails => Outcome::Undecided,
            Self::Deny => Outcome::Blocked,
            Self::Waived | Self::Warn | Self::Info | Self::Nothing => Outcome::Pass,
        }
    }

    const fn of(finding: &Finding) -> Self {
        match (finding.level, &finding.waived) {
            (Level::Info, _) => Self::Info,
            (Level::Warn, _) => Self::Warn,
            (Level::Deny, Some(_)) => Self::Waived,
            (Level::Deny, None) => Self::Deny,
        }
    }
}

/// One proposal, as it was judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its file; hostile text.
    pub file: String,
    /// Its own id, where it could be read; hostile text.
    pub id: Option<String>,
    /// The commit that brought it, where it is one of the history.
    pub commit: Option<String>,
    /// In which phase it was judged.
    pub phase: Phase,
}

/// What a rule says of a proposal by one side and not by the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The file, with line and column where there is one; hostile text.
    pub place: String,
    /// What it says.
    pub message: String,
    /// What is to be done about it.
    pub help: Option<String>,
}

/// What one rule says otherwise of a proposal.
#[derive(Debug, Clone)]
pub struct Otherwise {
    /// The id of the rule; or the code of what the gate itself says.
    pub rule: Arc<str>,
    /// The heaviest that it said.
    pub before: Says,
    /// The heaviest that it says.
    pub after: Says,
    /// Whether a denial is gone, and none has come in its place.
    pub denies_less: bool,
    /// The denial that is gone; else what it says by the side by which it weighs more.
    pub example: Option<Example>,
}

impl Otherwise {
    /// Whether it alone could have brought a proposal from one outcome to the other.
    pub fn brings(&self, before: Outcome, after: Outcome) -> bool {
        let (was, is) = (self.before.outcome(), self.after.outcome());
        if after > before { is > before && was <= before } else { was > after && is <= after }
    }
}

/// Two judgements of one proposal, held against each other.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Which it is.
    pub judged: Judged,
    /// What it came to by the side before.
    pub before: Outcome,
    /// What it comes to by the side after.
    pub after: Outcome,
    /// Whether rules came to a verdict of it, by either side.
    pub decided: bool,
    /// Whether they come to one by the side after.
    pub decided_after: bool,
    /// What is said otherwise, in the order of the rules' ids.
    pub otherwise: Vec<Otherwise>,
}

/// Holds two judgements of a proposal against each other. Each comes with the rules by which it was made.
pub fn compare(judged: Judged, before: (&Judgement, &RuleSet), after: (&Judgement, &RuleSet)) -> Compared {
    // Where rules ran on one side alone, what they say says nothing of the other: only why they did not is a difference.
    let of_rules = before.0.evaluated == after.0.evaluated;
    let (mut was, mut is) = (said(before, of_rules), said(after, of_rules));
    let rules: std::collections::BTreeSet<_> = was.keys().chain(is.keys()).cloned().collect();
    let differs = |rule: Arc<str>| {
        let (was, is) = (was.remove(&rule).unwrap_or_default(), is.remove(&rule).unwrap_or_default());
        otherwise(rule, was, is)
    };
    let otherwise = rules.into_iter().filter_map(differs).collect();
    let decides = |judgement: &Judgement| judgement.evaluated && judgement.outcome() != Outcome::Undecided;
    let decided_after = decides(after.0);
    let decided = decides(before.0) || decided_after;
    Compared { judged, before: before.0.outcome(), after: after.0.outcome(), decided, decided_after, otherwise }
}

/// One thing that a rule says. What is not in the order of these does not count: what it was made of, and which line of the rule reports it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said<'a> {
    says: Says,
    message: &'a str,
    pointer: &'a str,
    /// From when on it blocks, where it only warns of that yet.
    blocks_on: Option<jiff::civil::Date>,
    place: String,
    help: Option<&'a str>,
}

fn said<'a>((judgement, rules): (&'a Judgement, &RuleSet), of_rules: bool) -> BTreeMap<Arc<str>, Vec<Said<'a>>> {
    let mut said: BTreeMap<Arc<str>, Vec<Said<'a>>> = BTreeMap::new();
    for finding in judgement.findings.iter().filter(|finding| of_rules || finding.policy.is_none()) {
        said.entry(Arc::clone(&finding.rule)).or_default().push(Said {
            says: Says::of(finding),
            message: &finding.message,
            pointer: &finding.pointer,
            blocks_on: finding.blocks_on,
            place: finding.primary.place.to_string(),
            help: finding.help.as_deref(),
        });
    }
    for fault in &judgement.faults {
        said.entry(whose(fault, rules)).or_default().push(Said {
            says: Says::Fails,
            message: &fault.message,
            pointer: "",
            blocks_on: None,
            // Where in the rule it failed, which differs wherever a line was added, is told by the message.
            place: judgement.file.clone(),
            help: fault.help.as_deref(),
        });
    }
    said.values_mut().for_each(|said| said.sort());
    said
}

/// The rule that failed, or else the code of what went wrong.
fn whose(fault: &Fault, rules: &RuleSet) -> Arc<str> {
    let at = |place: &Place| rules.rules.iter().find(|rule| rule.source.name() == place.source.name());
    let rule = fault.labels.first().and_then(|label| at(&label.place));
    rule.map_or_else(|| Arc::from(fault.code), |rule| Arc::clone(&rule.id))
}

fn otherwise(rule: Arc<str>, was: Vec<Said<'_>>, is: Vec<Said<'_>>) -> Option<Otherwise> {
    if was == is {
        return None;
    }
    let heaviest = |said: &[Said<'_>]| said.last().map_or(Says::Nothing, |last| last.says);
    let (before, after) = (heaviest(&was), heaviest(&is));
    let gone = gone(&was, &is);
    let denies_less = gone.is_some();
    let (shown, other) = if after >= before { (&is, &was) } else { (&was, &is) };
    // What the other side does not say tells more than what both do.
    let telling = || shown.iter().rev().find(|said| !other.contains(said)).or_else(|| shown.last());
    let still = before.outcome() == after.outcome();
    let example = gone.filter(|_| still).or_else(telling).map(|said| Example {
        place: said.place.clone(),
        message: said.message.to_owned(),
        help: said.help.map(str::to_owned),
    });
    Some(Otherwise { rule, before, after, denies_less, example })
}

/// A denial at a place at which fewer are left than there were. In which words it denies does not count.
fn gone<'s, 'a>(was: &'s [Said<'a>], is: &[Said<'_>]) -> Option<&'s Said<'a>> {
    let at = |said: &[Said<'_>], of: &Said<'_>| {
        let here = |one: &&Said<'_>| one.says == Says::Deny && (&one.place, one.pointer) == (&of.place, of.pointer);
        said.iter().filter(here).count()
    };
    let gone = |one: &&Said<'_>| one.says == Says::Deny && at(was, one) > at(is, one);
    // Of several at one place, that which is said no longer tells more than one that is said still.
    was.iter().filter(gone).min_by_key(|one| is.contains(one))
}
