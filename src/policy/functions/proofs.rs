//! What the proposal gives to prove what it says.

use super::{Args, Function};
use crate::facts::Root;
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::{Length, Map, Moment, Text, Value};
use crate::proposal::filler::is_filler;
use crate::proposal::{NodeId, Tree, Value as Fact, file_proofs, proofs as all_proofs};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::rc::Rc;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "proofs() -> list",
        doc: "Everything that the proposal names as a proof, wherever it stands, in the order of the document: objects with `kind`, `file`, \
              `digest`, `reference`, `at` and `note`. What stands in the files is in `evidence.files`.",
        call: proofs,
    },
    Function {
        signature: "older_proofs(duration) -> list",
        doc: "What the proposal says to have come to pass at a point in time, and all that shows it is older than that by more than a \
              duration, in the order of the document, as maps: `shown`, the object that says it, and `when`, which of its fields says when; \
              `proof`, the newest of its proofs; `made`, when that was made: as its `at` says, or else when a commit last changed its file. \
              A proof that can't be looked up shows nothing, nor does what the maker says, and one of which neither is known may be of any \
              time.",
        call: older_proofs,
    },
];

fn proofs<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let tree = &run.facts.proposal;
    run.budget.work(tree.len() / 4)?;
    Ok(file_proofs(tree).map(value).collect())
}

fn value<'f>(id: NodeId) -> Value<'f> {
    Value::Node(Node { root: Root::Proposal, id })
}

/// The fields by which an object says when what it tells of came to pass, or began.
const WHEN: &[&str] = &["at", "tested_at", "start", "completed_at"];

/// Of what is shown the newest proof so far, and when it was made; none where one may be new.
type Newest = Option<(NodeId, Timestamp)>;

fn older_proofs<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Value::Length(Length(leeway)) = args.value(0) else { return Err(args.wrong(0, "a duration").into()) };
    let facts = run.facts;
    let tree = &*facts.proposal;
    run.budget.work(tree.len() / 4)?;
    let committed = committed(&facts.evidence);
    let mut shown: Vec<(NodeId, &'static str, Timestamp, Newest)> = Vec::new();
    for proof in all_proofs(tree).filter(|&proof| shows(tree, proof)) {
        let Some((object, field, when)) = claim(tree, proof) else { continue };
        let stated = instant(tree, proof, "at");
        let made = match stated {
            // A run of tests may end long before all tests do: where it says when, that is for itself.
            Some(_) if field == "completed_at" => None,
            Some(at) => Some(at),
            None => text(tree, proof, "file").and_then(|path| committed.get(path).copied()),
        };
        let made = made.filter(|made| is_older(*made, when, *leeway)).map(|made| (proof, made));
        match shown.last_mut().filter(|(last, ..)| *last == object) {
            Some((.., newest)) => {
                *newest = newest.zip(made).map(|(one, other)| if other.1 > one.1 { other } else { one })
            }
            None => shown.push((object, field, when, made)),
        }
    }
    let older = shown.into_iter().filter_map(|(object, field, _, newest)| Some((object, field, newest?)));
    Ok(older.map(|(object, field, newest)| told(object, field, newest)).collect())
}

fn told<'f>(shown: NodeId, when: &'static str, (proof, made): (NodeId, Timestamp)) -> Value<'f> {
    let entries = [
        ("shown", value(shown)),
        ("when", Value::from(when)),
        ("proof", value(proof)),
        ("made", Value::Moment(Moment(made))),
    ];
    let entries = entries.into_iter().map(|(name, value)| (Text::Borrowed(name), value)).collect();
    Value::Map(Rc::new(Map { entries, depth: 1 }))
}

/// When commits last changed files that were looked at, by their paths.
fn committed(evidence: &Tree) -> HashMap<&str, Timestamp> {
    let files = evidence.path(&["files"]).map(|files| evidence.items(files)).unwrap_or_default();
    files
        .iter()
        .filter_map(|&file| Some((text(evidence, file, "path")?, instant(evidence, file, "committed_at")?)))
        .collect()
}

/// The object that a proof is one of, and the first of its fields that says when.
fn claim(tree: &Tree, proof: NodeId) -> Option<(NodeId, &'static str, Timestamp)> {
    let above = tree.node(proof).parent;
    let object = if matches!(tree.value(above), Fact::List(_)) { tree.node(above).parent } else { above };
    WHEN.iter().find_map(|field| Some((object, *field, instant(tree, object, field)?)))
}

/// Whether a proof can be looked up, and is more than what a maker says of all its customers' systems.
fn shows(tree: &Tree, proof: NodeId) -> bool {
    let of_the_maker = matches!(text(tree, proof, "kind"), Some("release-notes" | "vendor-statement"));
    let says = |field| text(tree, proof, field).is_some_and(|text| !is_filler(text));
    !of_the_maker && (says("file") || says("reference"))
}

fn is_older(made: Timestamp, when: Timestamp, leeway: SignedDuration) -> bool {
    when.duration_since(made) > leeway
}

fn text<'t>(tree: &'t Tree, object: NodeId, field: &str) -> Option<&'t str> {
    tree.text(tree.get(object, field)?)
}

fn instant(tree: &Tree, object: NodeId, field: &str) -> Option<Timestamp> {
    match tree.value(tree.get(object, field)?) {
        Fact::Instant(at) => Some(*at),
        _ => None,
    }
}
