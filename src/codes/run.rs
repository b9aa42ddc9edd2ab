//! Codes of a run: its reports, what it trusts, how it was called, and what was waived.

use super::{Code, change, operator, warning};

pub const CODES: &[Code] = &[
    operator(
        "report/unwritable",
        "a report can't be written, or would take the place of what is no report",
        "give it a file of its own in a folder that exists and may be written to",
    ),
    change(
        "trust/changed",
        "the change touches what it is judged by: a rule, a profile, the configuration, a workflow",
        "propose that in a change of its own, for its owners to review",
    ),
    operator(
        "trust/event",
        "GitHub Actions does not say which pull request the run is about, or what it would be judged by",
        "see that GITHUB_EVENT_PATH names its description; run on an event of a pull request, or name --base and --pr",
    ),
    operator("trust/git", "git is not there, or does not answer", "see that `git status` works where the gate runs"),
    operator(
        "trust/no-base-policy",
        "the base has no configuration to judge by",
        "bring in the gate with a change of its own: `changegate init`",
    ),
    operator("trust/no-commit", "a name stands for no commit of this clone", "fetch it, and all of its history"),
    operator("trust/no-merge-base", "two commits have no one newest commit in common", "fetch all history, or rebase"),
    operator(
        "trust/no-repository",
        "the gate does not run in a git repository",
        "run it in a clone, or without --base",
    ),
    operator(
        "trust/other-base",
        "the branch that the pull request goes to is at another commit than the one that is judged by, and other would come of that",
        "fetch the branch, name it with --base, and run again",
    ),
    operator(
        "trust/other-head",
        "what is judged is not what the pull request is at, nor what merging it makes",
        "check out its newest commit, or the merge of that, and run again; after a merge, name the commit before it as --base",
    ),
    operator(
        "usage/base",
        "a change is to be looked at, and it is not known where it began",
        "name the branch that it goes to with --base",
    ),
    operator("usage/directory", "the folder named with -C can't be used", "name another"),
    operator(
        "usage/exists",
        "what would be written exists already",
        "name a further system, give a rule another id, or remove what is there",
    ),
    operator("usage/one-proposal", "a rule is to be traced over several proposals", "name the file of one"),
    operator(
        "usage/option",
        "an option has no meaning for the command",
        "leave it out; the help of the message says what may have been meant",
    ),
    operator(
        "usage/package",
        "a package is to be drafted for that the change does not touch, or nothing that is pinned changes",
        "commit the lockfiles, and name a package that they change",
    ),
    operator(
        "usage/rule-not-run",
        "a rule that is to be traced was not run: it is of another phase, switched off, or the proposal is not judged by it",
        "name its phase with --phase; the message says what else is in the way",
    ),
    operator("usage/system", "a name can't be the id of a system", "use letters, digits, dots and hyphens"),
    operator(
        "usage/unknown-rule",
        "there is no rule, family or code of that name",
        "`changegate rules` lists the rules",
    ),
    operator(
        "usage/unwritable",
        "a file can't be written, or would be outside the folder",
        "see that you may write into the folder, and where links and `systems.path` lead",
    ),
    operator(
        "usage/waiver",
        "a waiver that is to be added would not hold, or not for all that it names, or would let nothing through",
        "mend what the message says; nothing was written",
    ),
    warning(
        "waiver/by-author",
        "a waiver was approved by an author of the proposal, and does not hold for it",
        "have somebody decide it who does not propose the upgrade",
    ),
    warning(
        "waiver/by-team",
        "the approver of a waiver is a team, and it does not hold",
        "name the person who has decided it",
    ),
    warning("waiver/expired", "a waiver no longer holds", "take it away, or have it decided again"),
    warning("waiver/not-granted", "a waiver is dated to a day that is still to come", "it holds from that day on"),
    warning(
        "waiver/other-scope",
        "a waiver names what its rule is not about, and does not hold: `files` or `packages`, which are of check/unproposed, or another key in a waiver of that",
        "take the key away, and see that the others say what is let through",
    ),
    warning(
        "waiver/passed-over",
        "a file stands in a folder of the folder of waivers, and is not read",
        "move it to the folder `waivers` itself",
    ),
    warning(
        "waiver/too-broad",
        "a waiver names neither systems nor proposals, or of check/unproposed neither files nor packages, and does not hold",
        "name in `systems` or `proposals`, or in `files` or `packages`, what it is about",
    ),
    warning(
        "waiver/too-long",
        "a waiver is for more days than one may be, and does not hold",
        "let it end earlier; `limits.waiver_days` sets how long one may hold",
    ),
    warning(
        "waiver/unexplained",
        "a waiver does not say why something is let through, or where that was decided, and does not hold",
        "give the reason in three words or more, and the ticket",
    ),
    warning("waiver/unknown-rule", "a waiver is of a rule that there is not", "correct the id of the rule"),
    warning(
        "waiver/unknown-scope",
        "a waiver names a system that has no profile, an environment that there is not, or what is written as no file or package is",
        "correct the name, or take it away where it is gone",
    ),
    warning("waiver/unused", "a waiver was not needed", "take it away, so that it lets nothing through later on"),
];
