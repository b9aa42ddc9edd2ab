//! What an answer comes to: a body, another address, a reason to ask again, or none to.

use super::request::{Lost, Raw};
use super::wait::asked;
use super::{Why, told};
use http::HeaderMap;
use std::time::Duration;

/// What to do with an answer.
#[derive(Debug)]
pub enum Reply {
    /// This is it, and whether there is a further page.
    Body { raw: Raw, next: bool },
    /// It is as it was when it was last read.
    Unchanged,
    /// It is at another address.
    Elsewhere(String),
    /// It may be had by asking again.
    Again { why: Why, wait: Wait },
    /// It can't be had.
    No(Why),
}

/// How long to wait before asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// As long as the server asks.
    Asked(Duration),
    /// A pause that becomes longer.
    Backoff,
    /// Until a rate limit cools down that does not say when.
    Cooling,
}

/// Reads an answer.
pub fn read(answer: Result<Raw, Lost>) -> Reply {
    let raw = match answer {
        Ok(raw) => raw,
        Err(Lost::Large) => return Reply::No(Why::Large),
        Err(Lost::Slow) => return Reply::Again { why: Why::Late, wait: Wait::Backoff },
        Err(Lost::Broken(why)) => return Reply::Again { why: Why::Broken(told(&why)), wait: Wait::Backoff },
    };
    let wait = asked(&raw.headers);
    match raw.status {
        200 => Reply::Body { next: has_next(&raw.headers), raw },
        304 => Reply::Unchanged,
        301 | 302 | 303 | 307 | 308 => match raw.header("location") {
            Some(location) => Reply::Elsewhere(location.to_owned()),
            None => Reply::No(Why::Malformed("a redirect does not say where to")),
        },
        _ if is_limited(&raw) => {
            Reply::Again { why: Why::Limited(wait), wait: wait.map_or(Wait::Cooling, Wait::Asked) }
        }
        408 | 500..=599 => {
            Reply::Again { why: Why::Refused(raw.into()), wait: wait.map_or(Wait::Backoff, Wait::Asked) }
        }
        _ => Reply::No(Why::Refused(raw.into())),
    }
}

/// Whether a server answers no more for a while. What was asked of it has had no effect.
fn is_limited(raw: &Raw) -> bool {
    raw.status == 429 || raw.status == 403 && (asked(&raw.headers).is_some() || speaks_of_limit(raw))
}

/// The secondary limits of GitHub may say so in their message alone.
fn speaks_of_limit(raw: &Raw) -> bool {
    raw.message().is_some_and(|message| message.to_lowercase().contains("rate limit"))
}

/// Whether `Link` names a further page. Where it leads to is not looked at: pages are asked for by their number.
fn has_next(headers: &HeaderMap) -> bool {
    let links = headers.get_all("link").iter().filter_map(|value| value.to_str().ok());
    links.flat_map(|links| links.split([';', ','])).any(|part| {
        let (name, value) = part.trim().split_once('=').unwrap_or_default();
        name.trim().eq_ignore_ascii_case("rel")
            && value.trim().trim_matches('"').split(' ').any(|relation| relation.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_name_a_further_page() {
        let next = |link: &str| has_next(&[("link".parse().unwrap(), link.parse().unwrap())].into_iter().collect());
        assert!(next(r#"<https://x/?page=2>; rel="next", <https://x/?page=9>; rel="last""#));
        assert!(next("<https://x/?page=2>; rel=next"));
        assert!(next(r#"<a,b;c>; title="x"; rel="last next""#));
        assert!(!next(r#"<https://x/?page=1>; rel="prev""#));
    }
}
