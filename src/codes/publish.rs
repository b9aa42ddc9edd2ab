//! Codes of what is left on a pull request. None of them changes a verdict.

use super::{Code, workflow};

pub const CODES: &[Code] = &[
    workflow(
        "publish/event",
        "a check run can't be made here: of no commit, or of a report that may come from the pull request itself",
        "make it in the job that has judged, or leave --check out",
    ),
    workflow(
        "publish/forbidden",
        "the token may not write there, or there is none; the verdict is what it is",
        "give the job the permission, or have a workflow write that may: docs/action.md",
    ),
    workflow("publish/refused", "GitHub does not take what is written", "see what it says"),
    workflow(
        "publish/report",
        "what is to be left on a pull request is no report for programs, or is about another commit than the workflow that has ended",
        "name a file that `changegate check --report json=FILE` has written, in that very run",
    ),
];
