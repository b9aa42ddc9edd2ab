//! Codes of the configuration, and of judging several proposals.

use super::{Code, change, nobody, operator};

pub const CODES: &[Code] = &[
    nobody(
        "check/none-due",
        "the change comes with no proposal and pins nothing that needs one, and the configuration says that such a change needs none",
        "nothing; whether it is so is said by `changes.proposal`",
    ),
    operator(
        "check/nothing-decided",
        "`changegate impact` found proposals, and rules come to a verdict of none of them by the side after, or by neither side",
        "`changegate check` says why; name proposals that can be judged, or judge those of the past with --history",
    ),
    operator(
        "check/nothing-to-judge",
        "a pattern names no file, or a change finds no proposal but those that are done, so nothing was judged",
        "give the path of a proposal, or add that of the change; `changegate init` writes a first one",
    ),
    operator(
        "check/too-many-others",
        "more other proposals of the run concern a proposal than are looked at, and each could be the one that collides with it",
        "judge fewer in one run, and close those that are done",
    ),
    operator(
        "check/too-many-windows",
        "a proposal is worked on in more windows than are held against the other proposals of the run",
        "propose some of its stages by themselves",
    ),
    change(
        "check/unproposed",
        "the change pins packages otherwise, and comes with no open proposal that is judged",
        "add the proposal of the upgrade to the change; where such changes need none, say so of changed/nothing-else in the configuration",
    ),
    operator(
        "config/blank-text",
        "a text of the configuration says nothing",
        "write what there is to say, or leave the key out",
    ),
    operator(
        "config/empty-freeze",
        "a change freeze or a low-risk window does not end after it starts",
        "correct its start or end",
    ),
    operator(
        "config/malformed-value",
        "a value of the configuration is not of its kind",
        "write it as the message says",
    ),
    operator("config/missing-field", "a required key of the configuration is missing", "add it"),
    operator(
        "config/never-blocks",
        "a rule blocks on no day: it has expired by then, or has a level that does not block",
        "let `expires_on` be a day after `effective_on`, and set `effective_on` of a rule of the level `deny`",
    ),
    operator(
        "config/no-reason",
        "a rule is switched off for what is no reason",
        "say why in some words: reports repeat it",
    ),
    operator(
        "config/out-of-range",
        "a number of the configuration is out of its range, or a parameter of a rule is more or less than it may be",
        "write one within the range",
    ),
    operator(
        "config/parameter-kind",
        "a parameter is set to a value of another kind than its default",
        "write a value of the default's kind",
    ),
    operator("config/syntax", "changegate.toml is not valid TOML", "mend the line that is shown"),
    operator("config/too-long", "a text or list of the configuration is too long", "shorten it"),
    operator(
        "config/too-many-problems",
        "the configuration has more problems than are told at once",
        "mend those that are told first",
    ),
    operator(
        "config/unfilled",
        "a key of the configuration is yet to be filled in: its text begins with `TODO:`",
        "write what is true; what nothing is to be said of, leave out",
    ),
    operator(
        "config/unknown-environment",
        "a freeze or a low-risk window names an environment that there is not, and would hold for nothing",
        "correct the name, or list the environment in `systems.environments`",
    ),
    operator(
        "config/unknown-field",
        "changegate.toml has a key that does not exist",
        "correct its spelling or remove it",
    ),
    operator(
        "config/unknown-parameter",
        "a parameter is set that its rule does not have",
        "correct its name; `changegate explain RULE` lists the parameters",
    ),
    operator(
        "config/unknown-rule",
        "the configuration speaks of a rule that does not exist",
        "correct its id; `changegate rules` lists the rules",
    ),
    operator(
        "config/unknown-system",
        "a freeze or a low-risk window names a system that has no profile, and would hold for nothing",
        "correct the name, or add the profile",
    ),
    operator(
        "config/unknown-word",
        "a word of the configuration is not one of those for its key, or for the parameter that it is a value of",
        "use one of the words that are listed",
    ),
    operator("config/unreadable", "the configuration can't be read", "see that the file exists and may be read"),
    operator("config/wrong-type", "a value of the configuration is of the wrong type", "write it as the message says"),
];
