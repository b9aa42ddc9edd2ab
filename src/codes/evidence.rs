//! Codes of evidence, of the files that are judged, and of the gate itself where it fails.

use super::{Code, either, operator};

pub const CODES: &[Code] = &[
    operator(
        "evidence/change-unreadable",
        "a change brings along what can't be looked at: a lockfile that can't be understood, more packages or a larger proof than are read",
        "mend what the message names, or leave out by `changes.ignore` what only looks like a lockfile; `optional` in `[evidence]` does not let it pass, as whoever proposes a change could bring it about",
    ),
    operator("evidence/codeowners", "CODEOWNERS of the base can't be read", "mend the line that the message names"),
    operator(
        "evidence/github-doubt",
        "it can't be told whether a review of GitHub counts",
        "have the change committed and pushed by people whom GitHub knows, or say in `[github]` who they are",
    ),
    operator(
        "evidence/github-forbidden",
        "the token may not see what is needed of GitHub: a team, the members of an organisation, what a reviewer may do, a repository",
        "give it the permission that the message names",
    ),
    operator(
        "evidence/github-malformed",
        "an answer of GitHub does not have the shape that is documented",
        "see that the address of the API is right, and what stands between GitHub and the gate",
    ),
    operator(
        "evidence/github-moved",
        "a pull request changed while it was read, or since",
        "run it again, on the pull request as it stands now",
    ),
    operator(
        "evidence/github-not-found",
        "GitHub knows nothing of a repository, a pull request or an account, or does not show it to the token",
        "correct the name, or give the token the permission to read it",
    ),
    operator(
        "evidence/github-rate-limited",
        "GitHub answers no more questions for a while",
        "run it again later, or with a token of its own",
    ),
    operator(
        "evidence/github-redirected",
        "GitHub sends the question to another server, to which the token is not sent",
        "set the address of the API to that of the server itself",
    ),
    operator(
        "evidence/github-server",
        "the address of GitHub can't be used, or is none that the trusted side names",
        "write it as `github.api` into the configuration of the base",
    ),
    operator(
        "evidence/github-timeout",
        "GitHub did not answer in time",
        "run it again, or allow more time: `github.seconds`, and `evidence.seconds` for all that is asked together",
    ),
    operator(
        "evidence/github-too-many",
        "a pull request has more commits, files, reviews or events than can be read to their end",
        "split the pull request",
    ),
    operator(
        "evidence/github-unauthorized",
        "GitHub does not accept the token",
        "set GITHUB_TOKEN or GH_TOKEN to a valid token",
    ),
    operator(
        "evidence/github-unavailable",
        "GitHub can't be reached, or fails",
        "see that it can be reached from where the gate runs, and run it again",
    ),
    operator(
        "evidence/malformed",
        "a piece of evidence does not have the shape that it should have",
        "record the evidence again; without a record, please report it",
    ),
    operator(
        "evidence/no-pull-request",
        "GitHub is required, and no pull request is known that it could be asked about",
        "name it with --pr, or run on an event of a pull request; of what is merged, judge the commit of the merge, with the one before it as --base",
    ),
    operator(
        "evidence/not-recorded",
        "the record of evidence does not hold an answer that is needed",
        "judge the proposals in the phase and by the configuration with which the record was made",
    ),
    operator(
        "evidence/other-run",
        "the record of evidence is of a run about another change, or about none, than this one",
        "judge by it the change that it was made of, with the same base and head",
    ),
    operator(
        "evidence/record",
        "a file that was named as a record of evidence is none that can be used",
        "name a file that --evidence-out has written, and that nobody has changed since",
    ),
    operator(
        "evidence/unavailable",
        "evidence that the configuration requires can't be had",
        "see why, mend it and run again; or make it optional in `[evidence]`",
    ),
    operator(
        "input/changed",
        "a file was changed between the two times that a run reads it, so that others were judged by what it no longer says",
        "run it again when nobody writes to the files",
    ),
    either(
        "input/path-escape",
        "a file is not read because it, or the way to it, is not an ordinary one below the folder in which the gate runs",
        "name ordinary files; run the gate in another folder with -C",
    ),
    operator(
        "input/pattern",
        "a pattern can't be understood",
        "correct it: `*` is any part of a name, `**` any folders",
    ),
    operator(
        "input/too-deep",
        "a pattern leads into folders that are nested deeper than a run looks",
        "nest them less, or run the gate in a folder nearer to them with -C",
    ),
    operator("input/too-many", "more files than one run takes", "judge them in several runs"),
    operator("input/unreadable", "a file can't be read", "see that it exists and may be read"),
    operator(
        "internal/not-run",
        "the GitHub Action could not run the gate",
        "see why in the log of the job, and run it again",
    ),
    operator(
        "internal/panic",
        "changegate failed by a fault of its own",
        "this is a fault of changegate: please report it, with the proposal if you can",
    ),
    operator(
        "internal/script",
        "a rule was laid out wrongly to be run",
        "this is a fault of changegate: please report it",
    ),
    operator(
        "internal/threads",
        "no thread could be started, or a thread broke off",
        "look for limits on the process; the run has decided nothing",
    ),
];
