//! What a rule is given in a case, and the facts that it comes to.

use super::ground::Ground;
use super::{edit, problem};
use crate::document::Document;
use crate::facts::{Facts, Phase};
use crate::finding::{Fault, Finding, put_in_order};
use crate::proposal::model::{EVIDENCE, PROFILE, PROPOSAL};
use crate::proposal::{Graft, Problem, Scaled, Tree, read, read_laid};
use crate::source::Place;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::sync::Arc;

/// The time by which cases are judged unless they say otherwise: 2026-11-21T12:00:00Z.
pub const NOW: Timestamp = Timestamp::constant(1_795_262_400, 0);

/// The name under which the proposal of a case is shown.
const PROPOSAL_NAME: &str = "the proposal of the case";

/// A proposal with edits, and what the gate knows besides.
#[derive(Debug, Clone)]
pub struct Given {
    /// The file of the proposal that is edited, from the root; none where it is an empty object.
    pub base: Option<String>,
    /// Where that stands, where it stands in a file.
    pub base_place: Option<Place>,
    /// What is done to the proposal, in this order.
    pub edits: Vec<Edit>,
    /// What is done to the profile of its system.
    pub profile: Vec<Edit>,
    /// What the gate knows besides, by the names of the model.
    pub evidence: Map<String, Value>,
    /// The time by which is judged.
    pub now: Timestamp,
    /// The phase in which is judged.
    pub phase: Phase,
    /// Where the case stands, where it stands in a file.
    pub place: Option<Place>,
}

impl Default for Given {
    fn default() -> Self {
        let (edits, profile, evidence) = Default::default();
        let (base, base_place, place) = Default::default();
        Self { base, base_place, edits, profile, evidence, now: NOW, phase: Phase::Plan, place }
    }
}

/// One edit of a document.
#[derive(Debug, Clone)]
pub struct Edit {
    /// Where, as a JSON Pointer.
    pub pointer: String,
    /// What stands there afterwards; none where nothing does.
    pub value: Option<Value>,
    /// Where the edit stands, where it stands in a file.
    pub place: Option<Place>,
}

/// Why there are no facts.
#[derive(Debug)]
pub enum Unjudged {
    /// It is no valid proposal: what is wrong with it.
    Invalid(Vec<Finding>),
    /// The case is wrong, or what it begins with.
    Faults(Vec<Fault>),
}

impl From<Vec<Fault>> for Unjudged {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

impl From<Fault> for Unjudged {
    fn from(fault: Fault) -> Self {
        Self::Faults(vec![fault])
    }
}

impl Given {
    /// The facts for a rule.
    ///
    /// # Errors
    /// When the proposal is no valid one, which a case may be about, or when the case itself is wrong.
    pub fn facts(&self, ground: &Ground) -> Result<Facts, Unjudged> {
        let proposal = self.proposal(ground)?;
        let profile = self.edited_profile(ground, &proposal)?;
        let document = document(PROPOSAL_NAME, &proposal, ground).map_err(Unjudged::Invalid)?;
        let laid = profile.as_ref().map(|profile| self::document("the profile of the case", profile, ground));
        let laid = laid.transpose().map_err(|findings| problem::not_read(self.profile_place(), findings))?;
        // A profile that is none is a slip of the case, whatever comes of the proposal.
        if let Some(wrong) = laid.as_ref().and_then(|laid| read(laid, &PROFILE).err()) {
            return Err(problem::no_profile(self.profile_place(), &wrong).into());
        }
        let tree = match &laid {
            Some(laid) => read_laid(&document, &PROPOSAL, laid),
            None => read(&document, &PROPOSAL),
        };
        let tree = tree.map_err(invalid)?;
        Ok(Facts {
            scale: Arc::new(Scaled::of(&tree, &ground.thresholds)),
            proposal: Arc::new(tree),
            evidence: Arc::new(self.evidence(ground)?),
            now: self.now,
            phase: self.phase,
        })
    }

    fn proposal(&self, ground: &Ground) -> Result<Value, Vec<Fault>> {
        let mut proposal = match &self.base {
            Some(base) => Value::clone(&*ground.base(base).map_err(|faults| self.at_the_case(faults))?),
            None => Value::Object(Map::new()),
        };
        edited(&mut proposal, self.edits.iter().filter(|edit| !is_of_the_system(edit)))?;
        Ok(proposal)
    }

    /// The profile of the proposal's system; where there is none, and the case edits one, made of the edits alone.
    fn edited_profile(&self, ground: &Ground, proposal: &Value) -> Result<Option<Value>, Vec<Fault>> {
        let system = proposal.pointer("/system/id").and_then(Value::as_str).unwrap_or_default();
        let mut edits = self.profile.iter().chain(self.edits.iter().filter(|edit| is_of_the_system(edit))).peekable();
        let mut profile = match ground.profile(system) {
            Some(profile) => Value::clone(&*profile.map_err(|faults| self.at_the_case(faults))?),
            None if edits.peek().is_none() => return Ok(None),
            None => Value::Object(Map::new()),
        };
        edited(&mut profile, edits)?;
        Ok(Some(profile))
    }

    fn profile_place(&self) -> Option<&Place> {
        self.profile.iter().find_map(|edit| edit.place.as_ref()).or(self.place.as_ref())
    }

    /// Faults of what the case begins with, told where the case stands.
    fn at_the_case(&self, mut faults: Vec<Fault>) -> Vec<Fault> {
        for fault in faults.iter_mut().filter(|fault| fault.labels.is_empty()) {
            fault.labels.extend(self.base_place.clone().or(self.place.clone()).map(problem::asked_for));
        }
        faults
    }

    /// What the gate is told by others stands in no file; freezes and the like do.
    fn evidence(&self, ground: &Ground) -> Result<Tree, Vec<Fault>> {
        let (told, written): (Map<_, _>, Map<_, _>) =
            self.evidence.clone().into_iter().partition(|(name, _)| TOLD.contains(&name.as_str()));
        let tree = |name: &str, value: Map<String, Value>| {
            let document = document(name, &Value::Object(value), ground)
                .map_err(|findings| problem::not_read(self.place.as_ref(), findings))?;
            read(&document, &EVIDENCE).map_err(|problems| problem::no_evidence(self.place.as_ref(), &problems))
        };
        let mut whole = Graft::onto(&tree("the evidence of the case", written)?);
        whole.adopt(&tree("", told)?);
        Ok(whole.finish())
    }
}

/// What the gate is told by others, and which so stands in no file that a finding could show. Packages stand in lockfiles.
const TOLD: [&str; 7] = ["merges", "earlier", "files", "advisory_snapshot", "advisories", "pull", "reviews"];

/// What is true of a system stands in its profile, and not in the proposal.
fn is_of_the_system(edit: &Edit) -> bool {
    edit.pointer.starts_with("/system/") && edit.pointer != "/system/id" && edit.value.is_some()
}

fn invalid(problems: Vec<Problem>) -> Unjudged {
    let mut findings = problems.into_iter().map(Problem::into_finding).collect::<Vec<_>>();
    put_in_order(&mut findings, PROPOSAL_NAME);
    Unjudged::Invalid(findings)
}

fn edited<'e>(document: &mut Value, edits: impl Iterator<Item = &'e Edit>) -> Result<(), Vec<Fault>> {
    for Edit { pointer, value, place } in edits {
        let done = match value {
            Some(value) => edit::set(document, pointer, value.clone()),
            None => edit::remove(document, pointer),
        };
        done.map_err(|why| vec![problem::edit(pointer, &why, place.as_ref())])?;
    }
    Ok(())
}

/// A value as a document: what the gate would read of a file with it.
fn document(name: &str, value: &Value, ground: &Ground) -> Result<Document, Vec<Finding>> {
    Document::parse(name, value.to_string().into_bytes(), &ground.limits)
}
