//! What is asked when everything is judged: whether the pull request still is what was judged, and where the branch is to which it goes.

use crate::evidence::sources::not_recorded;
use crate::evidence::{Answer, Entry, Question};
use crate::finding::Fault;
use crate::github::{Client, Gathered, Problem, Stage};
use serde_json::{Value, json};
use std::sync::Arc;

/// Asks for it. Of a pull request that is merged the branch has gone on by that, and says nothing.
pub fn asked(client: &Client, gathered: &Gathered) -> Result<Answer, Problem> {
    let base = &gathered.pull.base;
    let tip = match gathered.pull.stage {
        Stage::Merged => Value::Null,
        Stage::Open | Stage::Draft | Stage::Closed => {
            json!({ "branch": base.branch, "commit": client.tip(&gathered.repository, &base.branch)? })
        }
    };
    client.unmoved(gathered)?;
    Ok(Answer::known(json!({ "head": gathered.pull.head.sha, "base": tip })))
}

/// The branch to which the pull request goes, and the commit that it is at; none where that was not asked.
///
/// # Errors
/// When a record has the answer without it, as one of an earlier version.
pub fn tip(entries: &[Arc<Entry>]) -> Result<Option<(&str, &str)>, Fault> {
    let last = entries.iter().find_map(|entry| match (&entry.question, &entry.answer) {
        (question @ Question::Unmoved { .. }, Answer::Known { value, .. }) => Some((question, value)),
        _ => None,
    });
    let Some((question, value)) = last else { return Ok(None) };
    match &value["base"] {
        Value::Null if value.get("base").is_some() => Ok(None),
        base => {
            let text = |field: &str| base[field].as_str();
            let tip = text("branch").zip(text("commit"));
            tip.map(Some).ok_or_else(|| not_recorded(question))
        }
    }
}
