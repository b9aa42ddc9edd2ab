//! Who writes. GitHub tells the token of an app only by GraphQL who it is: `GET /user` is forbidden to it.

use crate::exchange::Verb;
use crate::github::{Problem, Wire};
use serde::Deserialize;
use serde_json::json;

const QUERY: &str = "query { viewer { databaseId } }";

/// The number of the account that the token is of; of an app, that of its bot.
pub(super) async fn author(wire: Wire<'_>) -> Result<u64, Problem> {
    #[derive(Deserialize)]
    struct Answer {
        data: Option<Data>,
    }
    #[derive(Deserialize)]
    struct Data {
        viewer: Viewer,
    }
    #[derive(Deserialize)]
    struct Viewer {
        #[serde(rename = "databaseId")]
        id: Option<u64>,
    }
    let what = "whose token this is";
    let raw = wire.over.send(what, Verb::Query, "", Some(&json!({ "query": QUERY }))).await.map_err(Problem::from)?;
    let answer: Answer = serde_json::from_slice(&raw.body).map_err(|error| Problem::malformed(what, error))?;
    let id = answer.data.and_then(|data| data.viewer.id);
    id.ok_or_else(|| Problem::malformed(what, "it names no account"))
}
