//! Why GitHub does not take what is written.

use crate::exchange::{Failure, Raw, Why, told};
use crate::github::Problem;

/// In words about writing.
pub(super) fn refused(failure: Failure) -> Problem {
    let Failure { about, why } = &failure;
    match why {
        Why::Refused(raw) if matches!(raw.status, 403 | 404 | 451) => forbidden(about, raw),
        Why::Refused(raw) if matches!(raw.status, 409 | 410 | 422) => Problem::new(
            "publish/refused",
            format!("GitHub does not take {about}{}", said(raw)),
            "see what it says; a pull request may be locked, and a commit may be gone",
        ),
        _ => Problem::of_writing(failure),
    }
}

fn forbidden(about: &str, raw: &Raw) -> Problem {
    let needed = raw.header("x-accepted-github-permissions").map(told).filter(|needed| !needed.is_empty());
    let needed = needed.map_or_else(
        || "`pull-requests: write` for a comment and `checks: write` for a check run".to_owned(),
        |needed| format!("what GitHub asks for: {needed}"),
    );
    Problem::new(
        "publish/forbidden",
        format!("this token may not write {about}{}", said(raw)),
        format!(
            "give the token {needed}; of a pull request from a fork or by Dependabot it can't have it, and a workflow of its own has to write"
        ),
    )
}

fn said(raw: &Raw) -> String {
    raw.message().map_or_else(String::new, |message| format!(": it says `{}`", told(&message)))
}
