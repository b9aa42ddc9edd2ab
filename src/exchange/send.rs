//! Writing to a server. What is written may have had its effect although no answer came. So what would then be there twice is sent once, and again
//! only where the server says that it did nothing: when it answers no more for a while. All else is sent again as a question is.

use super::reply::{Reply, read};
use super::request::{Raw, send};
use super::{Failure, Why, Wire};
use http::Method;
use serde_json::Value;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Make one more.
    Post,
    /// Add to what is there.
    Append,
    /// Put something in the place of what is there.
    Replace,
    /// Take away what is there.
    Delete,
    /// Ask the GraphQL API, whatever the path.
    Query,
}

impl Verb {
    /// Whether it comes to the same, however often it is done.
    const fn is_repeatable(self) -> bool {
        matches!(self, Self::Replace | Self::Delete | Self::Query)
    }
}

impl Wire {
    /// Sends something to a path of the API.
    ///
    /// # Errors
    /// When it was not sent, when no answer came, or another one than that it is done.
    pub async fn send(&self, what: &str, verb: Verb, path: &str, body: Option<&Value>) -> Result<Raw, Failure> {
        let failed = |why| Failure::new(what, why);
        let terms = &self.shared.terms;
        let (method, uri) = match verb {
            Verb::Post => (Method::POST, terms.server.uri(path)),
            Verb::Append | Verb::Replace => (Method::PATCH, terms.server.uri(path)),
            Verb::Delete => (Method::DELETE, terms.server.uri(path)),
            Verb::Query => (Method::POST, terms.server.graphql()),
        };
        let uri = uri.ok_or_else(|| failed(Why::Malformed("its name can't stand in an address")))?;
        let mut tries = 0;
        loop {
            let answer = send(&self.shared.crab, (method.clone(), &uri), body, terms).await;
            let reply = match answer {
                Ok(raw) if (200..=299).contains(&raw.status) => return Ok(raw),
                answer => read(answer),
            };
            match reply {
                Reply::Again { why, wait } if verb.is_repeatable() || matches!(why, Why::Limited(_)) => {
                    self.again(failed(why), wait, tries).await?;
                    tries += 1;
                }
                Reply::Again { why, .. } | Reply::No(why) => return Err(failed(why)),
                Reply::Elsewhere(_) | Reply::Unchanged | Reply::Body { .. } => return Err(failed(Why::Elsewhere)),
            }
        }
    }
}
