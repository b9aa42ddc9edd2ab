//! What a code host says of a pull request and of its reviews.

use super::people::APPROVER_ROLES;
use super::terms::{flag, instant, line, lines, list, word};
use crate::proposal::shape::{Choice, Kind, Object, choice, count, field, object};

pub static PULL: Object = object(
    "pull-request",
    "A pull request, as the code host has it.",
    &[
        line("repository", "The repository that it is in.").required().examples(&[r#""acme/payments""#]),
        field("number", count("pull requests"), "Its number.").required().examples(&["42"]),
        line("head", "The commit that is to be merged.")
            .required()
            .examples(&[r#""77aa0010000000000000000000000000000000aa""#]),
        line("base", "The branch that it goes to.").examples(&[r#""main""#]),
        line("author", "Who opened it; absent where they were deleted.").examples(&[r#""@ada""#]),
        word("stage", PULL_STAGES, "How far it is.").required(),
        flag("alone", "Whether nobody but who opened it has a hand in it: all commits and pushes are theirs."),
    ],
);

const PULL_STAGES: &[Choice] = &[
    choice("open", "It can be reviewed."),
    choice("draft", "It is not ready yet."),
    choice("closed", "It was closed and not merged."),
    choice("merged", "It is merged."),
    choice("landed", "It is merged, and what is judged is what that made and nothing else."),
];

pub static REVIEW: Object = object(
    "review",
    "The opinion of one person, as the code host has it.",
    &[
        line("by", "Who reviewed.").required().examples(&[r#""@bo""#]),
        word("state", REVIEW_STATES, "What they said last.").required(),
        flag("counts", "Whether it counts: as an approval of the proposal as it stands, or as an objection to it.")
            .required(),
        lines("why", "Why it does not count.").examples(&[r#"["@bo pushed last"]"#]),
        list(
            "roles",
            &Kind::Choice(APPROVER_ROLES),
            "The roles that it fills, by `[github.roles]` of the configuration; of approvals that count.",
        )
        .examples(&[r#"["owner"]"#]),
        line("permission", "What they may do in the repository, by the name of their role there; of those whose review would count otherwise.")
            .examples(&[r#""maintain""#]),
        instant("at", "When."),
        line("commit", "The commit that was looked at.").examples(&[r#""77aa0010000000000000000000000000000000aa""#]),
    ],
);

const REVIEW_STATES: &[Choice] = &[
    choice("approved", "They approved."),
    choice("changes-requested", "They asked for changes."),
    choice("dismissed", "Their review was dismissed."),
];
