//! What an answer comes to: a body, another address, a reason to ask again, or none to.

use super::Problem;
use super::exchange::{Lost, Raw};
use super::problem::told;
use super::wait::asked;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
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
    Again { problem: Problem, wait: Wait },
    /// It can't be had.
    No(Problem),
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

/// Reads an answer about something.
pub fn read(what: &str, answer: Result<Raw, Lost>) -> Reply {
    let raw = match answer {
        Ok(raw) => raw,
        Err(lost) => return lost_on_the_way(what, lost),
    };
    let wait = asked(&raw.headers);
    match raw.status.as_u16() {
        200 => Reply::Body { next: has_next(&raw.headers), raw },
        304 => Reply::Unchanged,
        301 | 302 | 303 | 307 | 308 => match raw.headers.get("location").and_then(|value| value.to_str().ok()) {
            Some(location) => Reply::Elsewhere(location.to_owned()),
            None => Reply::No(Problem::malformed(what, "a redirect does not say where to")),
        },
        401 => Reply::No(unauthorized(what, &raw)),
        403 | 429 if raw.status == StatusCode::TOO_MANY_REQUESTS || wait.is_some() || speaks_of_limit(&raw) => {
            Reply::Again { problem: rate_limited(what, wait), wait: wait.map_or(Wait::Cooling, Wait::Asked) }
        }
        403 | 451 => Reply::No(forbidden(what, &raw)),
        404 | 410 => Reply::No(not_found(what)),
        408 | 500..=599 => Reply::Again {
            problem: unavailable(what, format!("it answered {}", raw.status.as_u16())),
            wait: wait.map_or(Wait::Backoff, Wait::Asked),
        },
        status => Reply::No(unavailable(what, format!("it answered {status}{}", said(&raw)))),
    }
}

fn lost_on_the_way(what: &str, lost: Lost) -> Reply {
    let problem = match lost {
        Lost::Large => return Reply::No(Problem::malformed(what, "it is larger than any answer of GitHub")),
        Lost::Slow => late(what),
        Lost::Broken(why) => unavailable(what, told(&why)),
    };
    Reply::Again { problem, wait: Wait::Backoff }
}

/// That time ran out.
pub fn late(what: &str) -> Problem {
    Problem::new(
        "evidence/github-timeout",
        format!("GitHub did not answer in time about {what}"),
        "run it again, or allow more time; see https://www.githubstatus.com",
    )
}

fn unavailable(what: &str, why: String) -> Problem {
    Problem::new(
        "evidence/github-unavailable",
        format!("GitHub can't be asked about {what}: {why}"),
        "see that the server can be reached from where the gate runs, and run it again",
    )
}

fn unauthorized(what: &str, raw: &Raw) -> Problem {
    Problem::new(
        "evidence/github-unauthorized",
        format!("GitHub does not know who asks about {what}{}", said(raw)),
        "set GITHUB_TOKEN or GH_TOKEN to a token that is valid and has not expired",
    )
}

fn forbidden(what: &str, raw: &Raw) -> Problem {
    let header = |name: &str| raw.headers.get(name).and_then(|value| value.to_str().ok()).map(told);
    let help = if header("x-github-sso").is_some_and(|value| value.contains("required")) {
        "authorise the token for the single sign-on of the organisation".to_owned()
    } else if let Some(needed) = header("x-accepted-github-permissions").filter(|needed| !needed.is_empty()) {
        format!("give the token the permission that GitHub asks for: {needed}")
    } else if let Some(needed) = header("x-accepted-oauth-scopes").filter(|needed| !needed.is_empty()) {
        format!("give the token one of the scopes that GitHub asks for: {needed}")
    } else {
        "give the token the permission to read it: pull requests, contents and metadata of the repository".to_owned()
    };
    Problem::new("evidence/github-forbidden", format!("this token may not see {what}{}", said(raw)), help)
}

fn not_found(what: &str) -> Problem {
    Problem::new(
        "evidence/github-not-found",
        format!("GitHub knows nothing of {what}, or does not show it to this token"),
        "see that the name is right and that the token may read that repository",
    )
}

fn rate_limited(what: &str, wait: Option<Duration>) -> Problem {
    let when = wait.map_or_else(String::new, |wait| format!(" for {} s", wait.as_secs()));
    Problem::new(
        "evidence/github-rate-limited",
        format!("GitHub answers no more questions{when}, and was to be asked about {what}"),
        "run it again later, or with a token of its own: the limit counts by token",
    )
}

/// The message of an error, as GitHub words it.
fn message(raw: &Raw) -> Option<String> {
    #[derive(Deserialize)]
    struct Said {
        message: String,
    }
    serde_json::from_slice::<Said>(&raw.body).ok().map(|said| said.message)
}

fn said(raw: &Raw) -> String {
    message(raw).map_or_else(String::new, |message| format!(": it says `{}`", told(&message)))
}

/// A secondary limit may say so in its message alone.
fn speaks_of_limit(raw: &Raw) -> bool {
    message(raw).is_some_and(|message| message.to_lowercase().contains("rate limit"))
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
