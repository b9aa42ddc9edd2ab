//! What is known, put where rules see it.

use super::{Answer, Entry, Excerpt, People, Question, github};
use crate::document::{Document, Limits};
use crate::finding::Fault;
use crate::proposal::model::EVIDENCE;
use crate::proposal::{self, Graft, NodeId, Tree, read};
use crate::source::Place;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A tree of evidence, with what is known besides for a proposal of this digest. It is read by the model, as a record may come from elsewhere.
///
/// # Errors
/// When an answer does not have the shape of the model.
pub fn laid(evidence: &Arc<Tree>, entries: &[Arc<Entry>], people: &People, proposal: &str) -> Result<Arc<Tree>, Fault> {
    let mut known = Map::new();
    for entry in entries {
        match (&entry.question, &entry.answer) {
            (_, Answer::Unavailable { .. }) => {}
            (Question::Merges { .. }, Answer::Known { value, .. }) => {
                drop(known.insert("merges".to_owned(), value.clone()))
            }
            // Nothing was merged where nothing is said to have been.
            (Question::Merges { .. }, Answer::Absent) => drop(known.insert("merges".to_owned(), json!([]))),
            (Question::Changes { .. }, Answer::Known { value, .. }) => {
                drop(known.insert("changes".to_owned(), value.clone()))
            }
            (Question::Touched { .. }, Answer::Known { value, .. }) => {
                known.insert("touched".to_owned(), value["kind"].clone());
                known.extend(value.get("before").map(|before| ("before".to_owned(), before.clone())));
            }
            (Question::Changes { .. } | Question::Pinned { .. } | Question::Touched { .. }, Answer::Absent) => {}
            (Question::Pinned { .. }, Answer::Known { value, .. }) => {
                drop(known.insert("pinned".to_owned(), value.clone()))
            }
            (Question::Earlier { .. }, Answer::Known { value, .. }) => {
                drop(known.insert("earlier".to_owned(), value.clone()))
            }
            (Question::Earlier { .. }, Answer::Absent) => {}
            // What a proposal says does not prove it.
            (Question::File { path, .. }, Answer::Known { value, .. }) if value["digest"] == proposal => {
                push(&mut known, "files", json!({ "path": path, "kind": "proposal" }))
            }
            (Question::File { .. }, Answer::Known { value, .. }) => push(&mut known, "files", value.clone()),
            (Question::File { path, .. }, Answer::Absent) => {
                push(&mut known, "files", json!({ "path": path, "kind": "nothing" }))
            }
            (Question::Advisories, Answer::Known { value, .. }) => {
                drop(known.insert("advisory_snapshot".to_owned(), value.clone()))
            }
            (Question::Advisories, Answer::Absent) => {}
            (Question::Advisory { .. }, Answer::Known { value, .. }) => push(&mut known, "advisories", value.clone()),
            (Question::Advisory { id, .. }, Answer::Absent) => {
                let unknown = nowhere(id, &known);
                push(&mut known, "advisories", unknown)
            }
            (Question::Pull { .. } | Question::Landed { .. }, Answer::Known { value, .. }) => {
                let (pull, reviews) = github::laid(value, entries, people);
                known.extend([("pull".to_owned(), pull), ("reviews".to_owned(), reviews)]);
            }
            // These say what the reviews come to.
            (
                Question::Pull { .. }
                | Question::Landed { .. }
                | Question::Owners
                | Question::Membership { .. }
                | Question::Unmoved { .. },
                Answer::Known { .. } | Answer::Absent,
            ) => {}
        }
    }
    if known.is_empty() {
        return Ok(Arc::clone(evidence));
    }
    let bytes = Value::Object(known).to_string().into_bytes();
    let limits = Limits { bytes: bytes.len(), ..Limits::default() };
    // It stands in no file that an author could look at, and so has no name.
    let document = Document::parse("", bytes, &limits)
        .map_err(|findings| malformed(findings.first().map(|finding| finding.message.as_str())))?;
    let tree = read(&document, &EVIDENCE).map_err(|problems| {
        malformed(problems.into_iter().next().map(|problem| problem.into_finding().message).as_deref())
    })?;
    let mut graft = Graft::onto(evidence);
    graft.adopt(&tree);
    for (item, text, place) in lines(&tree) {
        graft.put_into("changes", item, "text", proposal::Value::Text(text.into()), &place);
    }
    Ok(Arc::new(graft.finish()))
}

/// The most lines that stand before all lines that are shown of lockfiles: those of any others are told by their numbers alone.
const MOST_LINES_BEFORE: usize = 4 << 20;

/// The lines of lockfiles, with their places in those, so that a finding can show them.
fn lines(evidence: &Tree) -> Vec<(usize, &str, Place)> {
    let items = evidence.get(Tree::ROOT, "changes").map(|list| evidence.items(list)).unwrap_or_default();
    let mut before = 0;
    let place = |(index, &item): (usize, &NodeId)| {
        let text = |field| evidence.text(evidence.get(item, field)?);
        let count = |field| match evidence.value(evidence.get(item, field)?) {
            proposal::Value::Count(count) => usize::try_from(count - 1).ok(),
            _ => None,
        };
        let (file, text, line, column) = (text("file")?, text("text")?, count("line")?, count("column")?);
        before += line.saturating_add(column);
        if before > MOST_LINES_BEFORE {
            return None;
        }
        Some((index, text, Excerpt::of_a_line(file, line, column, text)))
    };
    items.iter().enumerate().filter_map(place).collect()
}

/// An advisory that is nowhere: where there is a catalogue, it is not in that either.
fn nowhere(id: &str, known: &Map<String, Value>) -> Value {
    let catalogue = known.get("advisory_snapshot").and_then(|snapshot| snapshot.get("exploited_as_of"));
    match catalogue {
        Some(_) => json!({ "id": id, "exists": false, "exploited": false }),
        None => json!({ "id": id, "exists": false }),
    }
}

fn push(known: &mut Map<String, Value>, list: &str, item: Value) {
    if let Value::Array(items) = known.entry(list).or_insert_with(|| json!([])) {
        items.push(item);
    }
}

fn malformed(why: Option<&str>) -> Fault {
    let why = why.unwrap_or("it can't be read");
    Fault::new("evidence/malformed", format!("a piece of evidence does not have the shape that it should have: {why}"))
        .help("record the evidence again with --evidence-out; where no record was given, please report it")
}
