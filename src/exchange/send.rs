//! Writing to a server. What is written may have had its effect although no answer came, so that it is sent once, and again only where the
//! server says that it did nothing: when it answers no more for a while.

use super::reply::{Wait, is_limited};
use super::request::{Lost, Raw, send};
use super::wait::asked;
use super::{Failure, Why, Wire, told};
use http::Method;
use serde_json::Value;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Make one more.
    Post,
    /// Change what is there.
    Patch,
    /// Take away what is there.
    Delete,
    /// Ask the GraphQL API, whatever the path.
    Query,
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
            Verb::Patch => (Method::PATCH, terms.server.uri(path)),
            Verb::Delete => (Method::DELETE, terms.server.uri(path)),
            Verb::Query => (Method::POST, terms.server.graphql()),
        };
        let uri = uri.ok_or_else(|| failed(Why::Malformed("its name can't stand in an address")))?;
        let mut tries = 0;
        loop {
            let raw = match send(&self.shared.crab, (method.clone(), &uri), body, terms).await {
                Ok(raw) => raw,
                Err(Lost::Large) => return Err(failed(Why::Large)),
                Err(Lost::Slow) => return Err(failed(Why::Late)),
                Err(Lost::Broken(why)) => return Err(failed(Why::Broken(told(&why)))),
            };
            match raw.status {
                200..=299 => return Ok(raw),
                _ if is_limited(&raw) => {
                    let wait = asked(&raw.headers);
                    self.again(failed(Why::Limited(wait)), wait.map_or(Wait::Cooling, Wait::Asked), tries).await?;
                    tries += 1;
                }
                300..=399 => return Err(failed(Why::Elsewhere)),
                _ => return Err(failed(Why::Refused(raw.into()))),
            }
        }
    }
}
