//! A proposal that is drafted: what a change does to lockfiles is written down, and what rules ask of it besides is marked as yet to be
//! filled in.
//!
//! Which fields these are is not decided here. What is known is judged as any proposal would be, and of each rule that denies it the
//! example says which fields it asks for; so a draft asks for what the scale of its upgrade demands, by the rules of the run. It says of
//! itself that it is a draft, and holds marks that no reader takes: it never passes as it is.

mod announced;
mod ask;
mod demands;
mod known;
mod packages;
mod said;
mod way;

use crate::document::Limits;
use crate::finding::{Fault, Finding};
use crate::gate::Gate;
use crate::policy;
use crate::proposal::model::PROPOSAL;
use crate::proposal::shape::{Kind, Object};
use crate::proposal::unfilled;
use crate::verdict::{Judgement, Scaled};
pub use announced::{Announced, announced, borne_out};
pub use ask::ask;
use demands::Demands;
pub use known::{Guess, Known, Upgrade};
pub use packages::{Chosen, Component, Package, chosen};
pub use said::{Said, advisories, said};
use serde_json::{Map, Value};
use std::thread;

/// A proposal with marks in it.
#[derive(Debug)]
pub struct Draft {
    /// The proposal, its fields in the order of the model.
    pub document: Value,
    /// The scale by which it asks for what it asks, as long as what is suggested is true.
    pub scale: Option<Scaled>,
}

impl Draft {
    /// Drafts a proposal of what is known.
    ///
    /// # Errors
    /// When what is known can't be judged: no profile can be used, say.
    pub fn of(known: &Known, gate: &Gate) -> Result<Self, Vec<Fault>> {
        let mut supposed = known.as_suggested();
        let judgement = judged(gate, &supposed)?;
        let mut document = known.marked();
        let mut demands = Demands::of(&gate.rules, denials(&judgement));
        demands.mark(&mut document);
        // A rule about a part of a section says nothing while there is none. So what is asked for is supposed to be there, as the examples
        // have it, until no rule asks for more.
        for _ in 0..MOST_ROUNDS {
            let before = supposed.clone();
            demands.suppose(&mut supposed, known);
            if supposed == before {
                break;
            }
            // What can't be judged, or is of another scale, is what the examples together make of it and not what the upgrade is.
            let Ok(next) = judged(gate, &supposed) else { break };
            if next.scale.as_ref().map(|next| next.scale) != judgement.scale.as_ref().map(|first| first.scale) {
                break;
            }
            demands = Demands::of(&gate.rules, denials(&next));
            demands.mark(&mut document);
        }
        Ok(Self { document: in_order(document, &PROPOSAL), scale: judgement.scale })
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        format!("{:#}\n", self.document)
    }

    /// How many fields are yet to be filled in.
    pub fn open(&self) -> usize {
        unfilled::open(&self.document)
    }
}

/// So often it is judged what else is asked for; sections are not nested deeper.
const MOST_ROUNDS: usize = 6;

/// The ids of the rules that deny.
fn denials(judgement: &Judgement) -> impl Iterator<Item = &str> {
    judgement.findings.iter().filter(|finding| finding.blocks()).map(|finding| &*finding.rule)
}

/// Rules need the stack that the threads of a fleet have.
fn judged(gate: &Gate, document: &Value) -> Result<Judgement, Vec<Fault>> {
    let bytes = document.to_string().into_bytes();
    let judgement = thread::scope(|scope| {
        let work = || gate.judge("the draft", bytes);
        let thread = thread::Builder::new().stack_size(policy::STACK).spawn_scoped(scope, work);
        thread.ok().and_then(|thread| thread.join().ok())
    });
    let failed = |why: &str| {
        vec![
            Fault::new("internal/threads", format!("what is known of the upgrade could not be judged: {why}"))
                .help("run it again; should it happen again, please report it"),
        ]
    };
    let judgement = judgement.ok_or_else(|| failed("no thread came to an end"))?;
    if !judgement.faults.is_empty() {
        return Err(judgement.faults);
    }
    if judgement.evaluated {
        return Ok(judgement);
    }
    let why = judgement.findings.first().map(|finding: &Finding| finding.message.as_str());
    Err(failed(why.unwrap_or("no rule was run")))
}

/// The fields of an object in the order of its shape, in which authors look for them.
fn in_order(value: Value, shape: &'static Object) -> Value {
    let Value::Object(mut fields) = value else { return value };
    let mut ordered = Map::new();
    for field in shape.fields {
        // The rest keeps its order.
        let Some(value) = fields.shift_remove(field.name) else { continue };
        let value = match (&field.kind, value) {
            (Kind::Object(inner), value) => in_order(value, inner),
            (Kind::List(Kind::Object(inner)), Value::Array(items)) => {
                items.into_iter().map(|item| in_order(item, inner)).collect()
            }
            (_, value) => value,
        };
        ordered.insert(field.name.to_owned(), value);
    }
    Value::Object(ordered)
}

/// What is wrong with a value of a document, in the words of its reader; nothing where it may stand.
fn wrong(document: &Value, pointer: &str) -> Option<Finding> {
    let bytes = document.to_string().into_bytes();
    let limits = Limits { bytes: bytes.len(), ..Limits::default() };
    let read = match crate::document::Document::parse("the draft", bytes, &limits) {
        Ok(read) => read,
        Err(findings) => return findings.into_iter().next(),
    };
    let (_, problems) = crate::proposal::read_partly(&read, &PROPOSAL);
    let here = |found: &str| found == pointer || found.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'));
    problems.into_iter().find(|problem| here(&problem.pointer)).map(crate::proposal::Problem::into_finding)
}
