//! A check run with the findings at their lines. GitHub takes it of apps alone, the token of a workflow included.

use super::refused::refused;
use crate::exchange::Verb;
use crate::github::{Client, Problem, is_repository};
use crate::report::{Gravity, Notice, Told};
use crate::verdict::Outcome;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most annotations of one request.
const AT_ONCE: usize = 50;
/// The most of a check run: nobody reads more, and each fifty are a request.
const MOST: usize = 200;

#[derive(Serialize)]
struct Annotation<'a> {
    path: &'a str,
    start_line: u32,
    end_line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<u32>,
    annotation_level: &'static str,
    title: &'a str,
    message: &'a str,
}

impl<'a> Annotation<'a> {
    fn of(notice: &'a Notice) -> Self {
        let (start_column, end_column) = notice.columns.unzip();
        let annotation_level = match notice.gravity {
            Gravity::Failure => "failure",
            Gravity::Warning => "warning",
            Gravity::Notice => "notice",
        };
        Self {
            path: &notice.file,
            start_line: notice.lines.0,
            end_line: notice.lines.1,
            start_column,
            end_column,
            annotation_level,
            title: &notice.title,
            message: &notice.message,
        }
    }
}

/// Makes a check run of a commit, and says how many annotations it has.
///
/// # Errors
/// `publish/forbidden`, `publish/refused`, and all of `evidence/github-…`.
pub fn check(client: &Client, repository: &str, head: &str, told: &Told, name: Option<&str>) -> Result<usize, Problem> {
    #[derive(Deserialize)]
    struct Made {
        id: u64,
    }
    let repository = is_repository(repository)?;
    let (notices, left_out) = told.notices(MOST);
    let annotations: Vec<_> = notices.iter().map(Annotation::of).collect();
    let mut summary = told.markdown();
    if left_out > 0 {
        summary.push_str(&format!("{left_out} more are not shown at their lines.\n"));
    }
    let title = told.headline();
    let output =
        |annotations: &[Annotation<'_>]| json!({ "title": title, "summary": summary, "annotations": annotations });
    let name = name.map_or_else(|| "changegate".to_owned(), |name| format!("changegate ({name})"));
    // Neutral and skipped ones let a required check pass.
    let conclusion = if told.outcome() == Outcome::Pass { "success" } else { "failure" };
    let (first, further) = annotations.split_at(annotations.len().min(AT_ONCE));
    let made = json!({ "name": name, "head_sha": head, "status": "completed", "conclusion": conclusion, "output": output(first) });
    let what = "a check run";
    client.over(what, async |wire| {
        let runs = format!("/repos/{repository}/check-runs");
        let raw = wire.over.send(what, Verb::Post, &runs, Some(&made)).await.map_err(refused)?;
        let Made { id } = serde_json::from_slice(&raw.body).map_err(|error| Problem::malformed(what, error))?;
        for some in further.chunks(AT_ONCE) {
            let more = json!({ "output": output(some) });
            wire.over.send(what, Verb::Append, &format!("{runs}/{id}"), Some(&more)).await.map_err(refused)?;
        }
        Ok(annotations.len())
    })
}
