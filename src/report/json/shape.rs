//! The shape of `changegate.report/v1`. What changes here changes in schemas/report-v1.json, and only by adding to it.

use super::range::{Range, Spot};
use crate::evidence::{Answer, Entry};
use crate::finding;
use crate::roster::{Concern, Left};
use crate::verdict;
use serde::Serialize;

/// A file by which was judged.
#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    digest: Option<&'a str>,
}

impl<'a> File<'a> {
    fn of_other(other: &'a verdict::Other) -> Self {
        Self { file: &other.file, digest: Some(&other.digest) }
    }

    fn of(profile: &'a verdict::Profile) -> Self {
        Self { file: &profile.file, digest: profile.digest.as_deref() }
    }
}

#[derive(Serialize)]
pub(super) struct Proposal<'a> {
    file: &'a str,
    id: Option<&'a str>,
    title: Option<&'a str>,
    digest: Option<&'a str>,
    profile: Option<File<'a>>,
    others: Vec<File<'a>>,
    consulted: Vec<Consulted<'a>>,
    of_change: Option<bool>,
    closed: bool,
    left: Option<&'static str>,
    concern: Option<&'static str>,
    ends: bool,
    evaluated: bool,
    scale: Option<Scaled<'a>>,
    planned: Option<Planned<'a>>,
    outcome: &'static str,
    obligations: Vec<Obligation<'a>>,
    accepted: Vec<Accepted<'a>>,
    findings: Vec<Finding<'a>>,
    faults: Vec<Fault<'a>>,
}

impl<'a> Proposal<'a> {
    pub(super) fn of(judgement: &'a verdict::Judgement) -> Self {
        Self {
            file: &judgement.file,
            id: judgement.id.as_deref(),
            title: judgement.title.as_deref(),
            digest: judgement.digest.as_deref(),
            profile: judgement.profile.as_ref().map(File::of),
            others: judgement.others.iter().map(File::of_other).collect(),
            consulted: judgement.consulted.iter().map(|entry| Consulted::of(entry)).collect(),
            of_change: judgement.of_change,
            closed: judgement.left == Some(Left::Done),
            left: judgement.left.map(Left::as_str),
            concern: judgement.concern.map(Concern::as_str),
            ends: judgement.ends,
            evaluated: judgement.evaluated,
            scale: judgement.scale.as_ref().map(Scaled::of),
            planned: judgement.planned.as_ref().map(Planned::of),
            outcome: judgement.outcome().as_str(),
            obligations: judgement.obligations.iter().map(Obligation::of).collect(),
            accepted: judgement.accepted.iter().map(Accepted::of).collect(),
            findings: judgement.findings.iter().map(Finding::of).collect(),
            faults: judgement.faults.iter().map(Fault::of).collect(),
        }
    }
}

/// A piece of evidence: what was asked, and what came back.
#[derive(Serialize)]
pub(super) struct Consulted<'a> {
    provider: &'static str,
    question: String,
    of: &'a str,
    state: &'static str,
    digest: Option<&'a str>,
    code: Option<&'static str>,
    why: Option<&'a str>,
}

impl<'a> Consulted<'a> {
    pub(super) fn of(entry: &'a Entry) -> Self {
        let (digest, code, why) = match &entry.answer {
            Answer::Known { digest, .. } => (Some(digest.as_str()), None, None),
            Answer::Absent => (None, None, None),
            Answer::Unavailable { code, why, .. } => (None, Some(code.as_str()), Some(why.as_str())),
        };
        let (question, provider) = (entry.question.to_string(), entry.question.provider().as_str());
        Self { provider, question, of: &entry.of, state: entry.answer.state(), digest, code, why }
    }
}

#[derive(Serialize)]
struct Scaled<'a> {
    scale: &'static str,
    why: &'a str,
    because: Vec<Because<'a>>,
    strict: bool,
}

impl<'a> Scaled<'a> {
    fn of(scaled: &'a verdict::Scaled) -> Self {
        let because = scaled.because.iter().map(Because::of).collect();
        Self { scale: scaled.scale.as_str(), why: &scaled.why, because, strict: scaled.strict }
    }
}

/// When it takes place.
#[derive(Serialize)]
struct Planned<'a> {
    system: Option<&'a str>,
    zone: Option<&'a str>,
    windows: Vec<Window<'a>>,
    decide_by: Option<&'a str>,
    ran: Option<Window<'a>>,
}

#[derive(Serialize)]
struct Window<'a> {
    start: &'a str,
    end: &'a str,
}

impl<'a> Planned<'a> {
    fn of(planned: &'a verdict::Planned) -> Self {
        let verdict::Planned { system, zone, windows, decide_by, ran } = planned;
        let window = |(start, end): &'a (String, String)| Window { start, end };
        let (windows, ran) = (windows.iter().map(window).collect(), ran.as_ref().map(window));
        Self { system: system.as_deref(), zone: zone.as_deref(), windows, decide_by: decide_by.as_deref(), ran }
    }
}

#[derive(Serialize)]
struct Obligation<'a> {
    rule: &'a str,
    id: &'a str,
    what: &'a str,
    due: Option<&'a str>,
    #[serde(flatten)]
    spot: Spot<'a>,
}

impl<'a> Obligation<'a> {
    fn of(owed: &'a finding::Obligation) -> Self {
        Self { rule: &owed.rule, id: &owed.id, what: &owed.what, due: owed.due.as_deref(), spot: Spot::of(&owed.place) }
    }
}

/// What somebody has taken on by name.
#[derive(Serialize)]
struct Accepted<'a> {
    pointer: &'a str,
    of: Option<&'a str>,
    by: &'a str,
    reason: &'a str,
    valid_through: Option<&'a str>,
    reference: Option<&'a str>,
    #[serde(flatten)]
    spot: Spot<'a>,
}

impl<'a> Accepted<'a> {
    fn of(accepted: &'a verdict::Acceptance) -> Self {
        let verdict::Acceptance { pointer, of, by, reason, valid_through, reference, place, .. } = accepted;
        let (valid_through, reference) = (valid_through.as_deref(), reference.as_deref());
        Self { pointer, of: of.as_deref(), by, reason, valid_through, reference, spot: Spot::of(place) }
    }
}

/// By what a finding is let through.
#[derive(Serialize)]
struct Waived<'a> {
    by: &'a str,
    reason: &'a str,
    ticket: &'a str,
    expires: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
}

impl<'a> Waived<'a> {
    fn of(waived: &'a finding::Waived) -> Self {
        let finding::Waived { by, reason, ticket, expires, place } = waived;
        Self { by, reason, ticket, expires, spot: Spot::of(place) }
    }
}

#[derive(Serialize)]
pub struct Finding<'a> {
    rule: &'a str,
    level: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a [(String, String)]>,
    help: Option<&'a str>,
    pointer: &'a str,
    label: &'a str,
    #[serde(flatten)]
    range: Range<'a>,
    because: Vec<Because<'a>>,
    related: Vec<Label<'a>>,
    policy: Option<Spot<'a>>,
    /// Where its rule does not block yet: from when on it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks_on: Option<String>,
    /// Whether it denies because warnings block in this run.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    raised: bool,
    waived: Option<Waived<'a>>,
}

impl<'a> Finding<'a> {
    pub fn of(finding: &'a finding::Finding) -> Self {
        Self {
            rule: &finding.rule,
            level: finding.level.as_str(),
            message: &finding.message,
            table: finding.table.as_ref().map(|table| &*table.rows),
            help: finding.help.as_deref(),
            pointer: &finding.pointer,
            label: &finding.primary.text,
            range: Range::of(&finding.primary.place),
            because: finding.because.iter().map(Because::of).collect(),
            related: finding.related.iter().map(Label::of).collect(),
            policy: finding.policy.as_ref().map(Spot::of),
            blocks_on: finding.blocks_on.map(|day| day.to_string()),
            raised: finding.raised,
            waived: finding.waived.as_deref().map(Waived::of),
        }
    }
}

#[derive(Serialize)]
struct Because<'a> {
    pointer: &'a str,
    value: Option<&'a str>,
    #[serde(flatten)]
    spot: Spot<'a>,
}

impl<'a> Because<'a> {
    fn of(because: &'a finding::Because) -> Self {
        Self { pointer: &because.pointer, value: because.value.as_deref(), spot: Spot::of(&because.place) }
    }
}

#[derive(Serialize)]
pub struct Fault<'a> {
    code: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
}

impl<'a> Fault<'a> {
    pub fn of(fault: &'a finding::Fault) -> Self {
        let labels = fault.labels.iter().map(Label::of).collect();
        Self { code: fault.code, message: &fault.message, help: fault.help.as_deref(), labels }
    }
}

#[derive(Serialize)]
struct Label<'a> {
    text: &'a str,
    #[serde(flatten)]
    range: Range<'a>,
}

impl<'a> Label<'a> {
    fn of(label: &'a finding::Label) -> Self {
        Self { text: &label.text, range: Range::of(&label.place) }
    }
}
