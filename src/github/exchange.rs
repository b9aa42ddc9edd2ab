//! One request and its answer: sent once, bounded in time and size. Whether to ask again is decided elsewhere.

use http::header::{ACCEPT, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use http_body_util::BodyExt;
use octocrab::Octocrab;
use std::error::Error;
use std::time::Duration;

/// The largest answer that is read, in bytes. A page of a hundred files with their differences comes to a few megabytes.
const LARGEST: usize = 16 << 20;

/// What GitHub recommends to ask for, and what its description says that it answers with.
const MEDIA_TYPE: &str = "application/vnd.github+json, application/json;q=0.9";

/// What a server answered.
#[derive(Debug)]
pub struct Raw {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
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
pub async fn ask(crab: &Octocrab, uri: &Uri, etag: Option<&HeaderValue>, most: Duration) -> Result<Raw, Lost> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(MEDIA_TYPE));
    if let Some(etag) = etag {
        headers.insert(IF_NONE_MATCH, etag.clone());
    }
    let whole = async {
        let answer = crab._get_with_headers(uri.clone(), Some(headers)).await.map_err(|error| broken(&error))?;
        let (parts, mut body) = answer.into_parts();
        let mut bytes = Vec::new();
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| broken(&error))?;
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len().saturating_add(data.len()) > LARGEST {
                return Err(Lost::Large);
            }
            bytes.extend_from_slice(&data);
        }
        Ok(Raw { status: parts.status, headers: parts.headers, body: bytes })
    };
    tokio::time::timeout(most, whole).await.unwrap_or(Err(Lost::Slow))
}

/// The last of the causes says most: "connection refused" and not "client error".
fn broken(error: &dyn Error) -> Lost {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    Lost::Broken(cause.to_string().to_lowercase())
}
