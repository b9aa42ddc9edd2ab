//! Why GitHub gives no answer, in words about GitHub.

use super::Problem;
use crate::exchange::{Failure, Raw, Why, told};
use std::time::Duration;

impl From<Failure> for Problem {
    /// Of what was asked.
    fn from(failure: Failure) -> Self {
        told_of(failure, &Doing { done: "asked about", who: "who asks about", those: "those who ask about" })
    }
}

impl Problem {
    /// Of what was to be written.
    pub(crate) fn of_writing(failure: Failure) -> Self {
        told_of(failure, &Doing { done: "given", who: "who writes", those: "those who write" })
    }
}

/// The words for what was under way.
struct Doing {
    done: &'static str,
    who: &'static str,
    those: &'static str,
}

fn told_of(Failure { about, why }: Failure, doing: &Doing) -> Problem {
    let what = &*about;
    match why {
        Why::Unprepared(why) => unprepared(&why),
        Why::Late => late(what),
        Why::Broken(why) => unavailable(doing, what, why),
        // Commits have messages as long as whoever makes them likes.
        Why::Large => Problem::too_many(format!("what GitHub tells of {what} is larger than what is read")),
        Why::TooMuch => Problem::too_many(format!("GitHub tells more than can be read, last about {what}")),
        Why::Elsewhere => redirected(doing, what),
        Why::Malformed(why) => Problem::malformed(what, why),
        Why::Limited(wait) => rate_limited(doing, what, wait),
        Why::Refused(raw) => match raw.status {
            401 => unauthorized(doing, what, &raw),
            403 | 451 => forbidden(what, &raw),
            404 | 410 => not_found(what),
            status @ (408 | 500..=599) => unavailable(doing, what, format!("it answered {status}")),
            status => unavailable(doing, what, format!("it answered {status}{}", said(&raw))),
        },
    }
}

fn unprepared(why: &str) -> Problem {
    Problem::new(
        "evidence/github-unavailable",
        format!("no connection can be prepared: {why}"),
        "see why the machine has no more threads or files to give",
    )
}

fn redirected(doing: &Doing, what: &str) -> Problem {
    Problem::new(
        "evidence/github-redirected",
        format!("GitHub sends {} {what} to another server, or round and round", doing.those),
        "set the address of the API to that of the server itself; the token is sent nowhere else",
    )
}

/// That time ran out.
fn late(what: &str) -> Problem {
    Problem::new(
        "evidence/github-timeout",
        format!("GitHub did not answer in time about {what}"),
        "run it again, or allow more time; see https://www.githubstatus.com",
    )
}

fn unavailable(doing: &Doing, what: &str, why: String) -> Problem {
    Problem::new(
        "evidence/github-unavailable",
        format!("GitHub can't be {} {what}: {why}", doing.done),
        "see that the server can be reached from where the gate runs, and run it again",
    )
}

fn unauthorized(doing: &Doing, what: &str, raw: &Raw) -> Problem {
    Problem::new(
        "evidence/github-unauthorized",
        format!("GitHub does not know {} {what}{}", doing.who, said(raw)),
        "set GITHUB_TOKEN or GH_TOKEN to a token that is valid and has not expired",
    )
}

fn forbidden(what: &str, raw: &Raw) -> Problem {
    let header = |name: &str| raw.header(name).map(told);
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

fn rate_limited(doing: &Doing, what: &str, wait: Option<Duration>) -> Problem {
    let when = wait.map_or_else(String::new, |wait| format!(" for {} s", wait.as_secs()));
    Problem::new(
        "evidence/github-rate-limited",
        format!("GitHub answers no more questions{when}, and was to be {} {what}", doing.done),
        "run it again later, or with a token of its own: the limit counts by token",
    )
}

fn said(raw: &Raw) -> String {
    raw.message().map_or_else(String::new, |message| format!(": it says `{}`", told(&message)))
}
