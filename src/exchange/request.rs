//! One request and its answer: sent once, bounded in time and size. Whether to ask again is decided elsewhere.

use super::Terms;
use http::header::{ACCEPT, IF_NONE_MATCH};
use http::request::Builder;
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::BodyExt;
use octocrab::Octocrab;
use serde::Deserialize;
use serde_json::Value;
use std::error::Error;

/// What a server answered.
#[derive(Debug, Clone)]
pub struct Raw {
    /// The status, as a number.
    pub status: u16,
    pub(super) headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Raw {
    /// The value of a header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// What the body says of itself, where it is an object with a `message`, as APIs word their errors.
    pub fn message(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Said {
            message: String,
        }
        serde_json::from_slice::<Said>(&self.body).ok().map(|said| said.message)
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Lost {
    /// It did not come in time.
    Slow,
    /// It has more bytes than are read.
    Large,
    /// The connection failed: why.
    Broken(String),
}

/// Asks once.
pub async fn ask(crab: &Octocrab, uri: &Uri, etag: Option<&HeaderValue>, terms: &Terms) -> Result<Raw, Lost> {
    let request = Request::get(uri).header(ACCEPT, terms.accept);
    let request = etag.into_iter().fold(request, |request, etag| request.header(IF_NONE_MATCH, etag));
    exchange(crab, request, None, terms).await
}

/// Sends something once.
pub async fn send(
    crab: &Octocrab,
    (method, uri): (Method, &Uri),
    body: Option<&Value>,
    terms: &Terms,
) -> Result<Raw, Lost> {
    exchange(crab, Request::builder().method(method).uri(uri).header(ACCEPT, terms.accept), body, terms).await
}

async fn exchange(crab: &Octocrab, request: Builder, body: Option<&Value>, terms: &Terms) -> Result<Raw, Lost> {
    // With the version of the API that is asked for, and the type of the body.
    let request = crab.build_request(request, body).map_err(|error| broken(&error))?;
    let whole = async {
        let answer = crab.execute(request).await.map_err(|error| broken(&error))?;
        let (parts, mut body) = answer.into_parts();
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| broken(&error))?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len().saturating_add(data.len()) > terms.largest {
                return Err(Lost::Large);
            }
            bytes.extend_from_slice(&data);
        }
        Ok(Raw { status: parts.status.as_u16(), headers: parts.headers, body: bytes })
    };
    tokio::time::timeout(terms.each, whole).await.unwrap_or(Err(Lost::Slow))
}

/// The last of the causes says most: "connection refused" and not "client error".
fn broken(error: &dyn Error) -> Lost {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    Lost::Broken(cause.to_string().to_lowercase())
}
