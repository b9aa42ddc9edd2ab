//! Every stable code: what it means, who has to act, and what to do. `docs/codes.md` is made of it, and a test holds it against
//! the codes that stand in the sources.

/// A stable code: in the text, in JSON and in the documentation.
#[derive(Debug)]
pub struct Code {
    /// The code itself: `proposal/duplicate-key`.
    pub id: &'static str,
    /// What has happened.
    pub meaning: &'static str,
    /// Who has to act on it.
    pub who: Who,
    /// What to do about it.
    pub action: &'static str,
}

/// Who has to act on a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The proposal's author: the proposal is blocked.
    Author,
    /// The gate's operator: the run is undecided.
    Operator,
    /// Whoever keeps the waivers: a warning, which lets nothing through and blocks nothing.
    Keeper,
    /// The author where the proposal says it; the operator where the command line or the configuration does.
    Either,
}

impl Who {
    /// In words, with the outcome and the exit status that it comes to.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Author => "the proposal's author (blocked, exit status 1)",
            Self::Operator => "the gate's operator (undecided, exit status 2)",
            Self::Keeper => "whoever keeps the waivers (a warning)",
            Self::Either => {
                "the proposal's author where it stands in the proposal (blocked, exit status 1), else the gate's operator (undecided, exit status 2)"
            }
        }
    }
}

/// ```
/// assert!(changegate::codes::find("proposal/duplicate-key").is_some());
/// ```
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().find(|code| code.id == id)
}

const fn author(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Author, action }
}

const fn either(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Either, action }
}

const fn warning(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Keeper, action }
}

const fn operator(id: &'static str, meaning: &'static str, action: &'static str) -> Code {
    Code { id, meaning, who: Who::Operator, action }
}

/// All codes, in the order of the alphabet.
pub const ALL: &[Code] = &[
    operator(
        "advisories/broken",
        "a file of a folder of advisories is no record",
        "fetch it anew, or take it out of the folder; until then no index is written",
    ),
    operator(
        "advisories/unreadable",
        "a folder of advisories can't be read, or holds none",
        "name a folder of records in OSV's form",
    ),
    operator(
        "calendar/bad-rule",
        "a recurrence rule of a calendar can't be read, or is one that programs read in different ways",
        "correct the part that is shown; what comes every minute or second is not expanded",
    ),
    operator(
        "calendar/bad-value",
        "a property of an event has a value that it can't have",
        "correct it; the help of the message shows the form",
    ),
    operator("calendar/contradicting-scope", "two categories of an event contradict each other", "keep one of them"),
    operator(
        "calendar/duplicate-uid",
        "two events have one UID, or stand for one occurrence",
        "keep one, or give the other a UID of its own",
    ),
    operator(
        "calendar/empty-event",
        "an event of a calendar has no length, or a rule ends before it begins",
        "correct its end, which no longer belongs to it",
    ),
    operator(
        "calendar/empty-stretch",
        "the time for which a calendar is asked does not end after it starts",
        "ask for a time that ends later",
    ),
    operator(
        "calendar/kinds-differ",
        "days and times are mixed where both have to be of one kind",
        "write days with `VALUE=DATE` throughout, or times throughout",
    ),
    operator(
        "calendar/missing-property",
        "an event says not which it is, or not when it begins",
        "add the UID or the DTSTART",
    ),
    operator(
        "calendar/no-file",
        "a pattern of `calendars.files` names no calendar",
        "correct the pattern, or commit the calendar that it is to name",
    ),
    operator(
        "calendar/no-zone",
        "a whole day or a local time has no zone",
        "name one with `TZID`, or that of the calendar with `X-WR-TIMEZONE`",
    ),
    operator("calendar/not-a-calendar", "a file that is read as a calendar is none", "export it as iCalendar (`.ics`)"),
    operator(
        "calendar/out-of-range",
        "an event is outside of the years 1900 to 2199, or longer than ten years",
        "correct its times",
    ),
    operator("calendar/repeated-property", "a property stands twice that can stand once", "keep one of them"),
    operator(
        "calendar/stretch-too-long",
        "the times of a proposal reach over more than ten years or past the year 2199, and no calendar is looked through for that",
        "correct the times of the proposal",
    ),
    operator(
        "calendar/syntax",
        "a line or the order of lines of a calendar is not iCalendar",
        "export it again; see RFC 5545 for the format",
    ),
    operator(
        "calendar/too-deep",
        "components of a calendar are nested too deep",
        "see who wrote it: no calendar needs this",
    ),
    operator(
        "calendar/too-large",
        "a calendar is larger than a megabyte",
        "export freezes and windows alone, or the years that matter",
    ),
    operator(
        "calendar/too-many-files",
        "more than 100 calendars are named",
        "name those with freezes and windows alone",
    ),
    operator(
        "calendar/too-many-occurrences",
        "the events of a calendar take place more often than is allowed",
        "end its rules, or let them come less often; nothing is cut",
    ),
    operator(
        "calendar/too-much-work",
        "working out when events take place takes too many steps",
        "end the rules, or begin them later; nothing is cut",
    ),
    operator(
        "calendar/unknown-property",
        "a property of an event is nearly one that is read",
        "correct its name; names that begin with `X-` are passed over",
    ),
    operator(
        "calendar/unknown-scope",
        "a category of the form `word:value` is none that there is",
        "correct it: a misspelt scope would change for what a freeze holds",
    ),
    operator(
        "calendar/unknown-zone",
        "a calendar names a time zone that there is not",
        "use a name of the IANA database, such as `Europe/Berlin`",
    ),
    operator(
        "calendar/unreadable",
        "a calendar can't be read",
        "see that it is an ordinary file with UTF-8 text, and that you may read it",
    ),
    operator(
        "calendar/unsupported",
        "a calendar uses something that is not read",
        "see the help of the message for what to write instead",
    ),
    operator(
        "check/nothing-to-judge",
        "a pattern names no file, so nothing was judged",
        "give the path of a proposal; `changegate init` writes a first one",
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
        "config/no-reason",
        "a rule is switched off for what is no reason",
        "say why in some words: every report repeats it",
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
    operator("evidence/codeowners", "CODEOWNERS of the base can't be read", "mend the line that the message names"),
    operator(
        "evidence/github-doubt",
        "it can't be told whether a review of GitHub counts",
        "have the change committed and pushed by people whom GitHub knows, or say in `[github]` who they are",
    ),
    operator(
        "evidence/github-forbidden",
        "the token may not see what is needed of GitHub: a team, the members of an organisation, a repository",
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
        "run it again, or allow more time: `github.seconds`",
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
    operator(
        "policy/bad-id",
        "a file's name can't be the id of a rule",
        "name it with small letters, digits and hyphens",
    ),
    operator(
        "policy/compared-kinds",
        "a rule compares values of different kinds",
        "convert one of them; ask for absence with `== ()` first",
    ),
    operator("policy/duplicate-id", "two files define one rule", "rename one"),
    operator("policy/empty-pack", "a folder of rules holds none", "correct the folder"),
    operator("policy/header", "a rule's header `const RULE` is missing or wrong", "mend it as the message says"),
    operator("policy/level", "a rule reports above the level of its header", "raise the level in the header"),
    operator("policy/limit-depth", "a rule's calls or expressions are nested too deep", "write it with fewer levels"),
    operator("policy/limit-findings", "a rule gives too many places to one report", "name some of them"),
    operator(
        "policy/limit-memory",
        "a rule makes too many texts, lists and maps",
        "look for a loop that copies what it does not need",
    ),
    operator("policy/limit-operations", "a rule takes too many steps", "look for a loop that does not end"),
    operator(
        "policy/limit-size",
        "a text, list or map that a rule makes, or the rule itself, is too large",
        "make less of it",
    ),
    operator(
        "policy/limit-time",
        "all rules together take too many steps over one proposal",
        "look for a loop that runs over too much",
    ),
    operator("policy/limit-variables", "a rule has too many variables", "use fewer"),
    operator(
        "policy/lost-value",
        "a rule's `check` gives a value, which is not looked at",
        "report with deny, warn or info instead",
    ),
    operator("policy/no-check", "a rule has no function `check(p)`", "add it"),
    operator(
        "policy/no-place",
        "a rule gives its report a place that is no field it has read",
        "give it a field, such as p.window.start",
    ),
    operator(
        "policy/no-rule-applied",
        "no rule applies in this phase",
        "use the built-in rules, or a pack with rules for the phase",
    ),
    operator("policy/overflow", "a number or time in a rule is out of range", "use a smaller one"),
    operator(
        "policy/reserved-name",
        "a rule gives a name to something of its own that the gate has given",
        "use another name",
    ),
    operator("policy/syntax", "a rule does not parse", "mend the line that is shown"),
    operator(
        "policy/unknown-field",
        "a rule reads a field that the schema does not have",
        "correct the name; `changegate schema` prints what there is",
    ),
    operator(
        "policy/unknown-function",
        "a rule calls a function that does not exist",
        "the functions are listed in docs/functions.md",
    ),
    operator(
        "policy/unknown-parameter",
        "a rule reads a parameter that its header does not declare",
        "declare it in `params`",
    ),
    operator("policy/unknown-variable", "a rule uses a variable that does not exist", "declare it with `let`"),
    operator(
        "policy/unknown-word",
        "a rule compares a choice with a word that it can't be",
        "correct the word; `changegate schema` prints what there is",
    ),
    operator(
        "policy/unknown-zone",
        "a rule uses a time zone that does not exist",
        "use a name of the IANA time zone database",
    ),
    operator("policy/unreadable", "a rule can't be read", "see that the file exists and may be read"),
    operator("policy/wrong-type", "a rule uses a value as what it is not", "mend the line that is shown"),
    operator(
        "profile/blank-text",
        "a text of a system profile says nothing",
        "write what there is to say, or leave the field out",
    ),
    operator("profile/duplicate", "two files are the profile of one system", "keep one of the two"),
    operator(
        "profile/malformed-value",
        "a value of a system profile is not of its kind",
        "write it as the message says",
    ),
    operator("profile/missing-field", "a required field of a system profile is missing", "add it"),
    operator(
        "profile/other-system",
        "a profile says that it is that of another system than its file is named after",
        "name the file after the system, or correct the id",
    ),
    operator(
        "profile/other-version",
        "a system profile is of another version of the format than this changegate reads",
        "write version 1, or run the changegate that reads the other one",
    ),
    operator("profile/out-of-range", "a number of a system profile is out of its range", "write one within the range"),
    operator("profile/syntax", "a system profile is not strict JSON", "mend the line that is shown"),
    operator(
        "profile/too-large",
        "a system profile is too large",
        "shorten it and refer to documents; `limits.file_bytes` sets the limit",
    ),
    operator("profile/too-long", "a text or list of a system profile is too long", "shorten it"),
    operator(
        "profile/too-many-problems",
        "a system profile has more problems than are told at once",
        "mend those that are told first",
    ),
    operator(
        "profile/unfilled",
        "a field of a system profile is yet to be filled in: its text begins with `TODO:`",
        "write what is true; what nothing is to be said of, leave out",
    ),
    operator(
        "profile/unknown-field",
        "a system profile has a field that does not exist",
        "correct its spelling or remove it",
    ),
    operator(
        "profile/unknown-word",
        "a word of a system profile is not one of those for its field",
        "use one of the words that are listed",
    ),
    operator("profile/unreadable", "a system profile can't be read", "see that the file exists and may be read"),
    operator("profile/wrong-type", "a value of a system profile is of the wrong type", "write it as the message says"),
    author(
        "proposal/belongs-in-profile",
        "the proposal says something of its system that is for the profile to say",
        "move it into the profile, in a change of its own",
    ),
    author(
        "proposal/blank-text",
        "a text of the proposal says nothing",
        "write what there is to say, or leave the field out",
    ),
    author("proposal/byte-order-mark", "the file begins with a byte order mark", "save it as UTF-8 without one"),
    author(
        "proposal/contradicts-profile",
        "the proposal says of its system what the profile says otherwise",
        "leave the field out; change an outdated profile in a change of its own",
    ),
    author("proposal/draft", "the proposal says that it is a draft", "finish it, and remove `draft`"),
    author(
        "proposal/duplicate-key",
        "a key occurs twice in one object, so that readers disagree on which counts",
        "remove one",
    ),
    author("proposal/empty", "the file holds no value", "write a proposal; `changegate init` writes a first one"),
    author(
        "proposal/lone-surrogate",
        "an escape leaves half of a surrogate pair, which is no text",
        "write the character itself",
    ),
    author("proposal/malformed-value", "a value is not of its kind", "write it as the message says"),
    author("proposal/missing-field", "a required field is missing", "add it"),
    author("proposal/not-utf8", "the file is not UTF-8", "save it as UTF-8"),
    author(
        "proposal/number-out-of-range",
        "a number is too large or too near to zero to be kept with its digits",
        "write one within the range, or a text in quotes",
    ),
    author(
        "proposal/other-version",
        "the proposal is of another version of the format than this changegate reads",
        "write version 1, or have it judged by the changegate that reads the other one",
    ),
    author("proposal/out-of-range", "a number is out of the range of its field", "write one within the range"),
    author("proposal/syntax", "the file is not strict JSON (RFC 8259)", "mend the line that is shown"),
    author(
        "proposal/too-deep",
        "objects or lists are nested too deep",
        "nest them less; `limits.depth` sets the limit",
    ),
    author(
        "proposal/too-large",
        "the file is too large",
        "shorten it and refer to documents; `limits.file_bytes` sets the limit",
    ),
    author("proposal/too-long", "a text or list is longer than its field takes", "shorten it and refer to a document"),
    author(
        "proposal/too-many-problems",
        "the file has more problems than are told at once",
        "mend those that are told first",
    ),
    author("proposal/trailing-text", "something follows the proposal", "remove it: one file holds one proposal"),
    author(
        "proposal/unfilled",
        "a field of the proposal is yet to be filled in: its text begins with `TODO:`",
        "write what is true; what nothing is to be said of, leave out",
    ),
    author("proposal/unknown-field", "a field does not exist", "correct its spelling or remove it"),
    author(
        "proposal/unknown-system",
        "the proposal names a system that has no profile",
        "correct the name, or add a profile of the system in a change of its own",
    ),
    author("proposal/unknown-word", "a word is not one of those for its field", "use one of the words that are listed"),
    author("proposal/wrong-type", "a value is of the wrong type", "write it as the message says"),
    operator(
        "report/unwritable",
        "a report can't be written, or would take the place of what is no report",
        "give it a file of its own in a folder that exists and may be written to",
    ),
    author(
        "trust/changed",
        "the change touches what it is judged by: a rule, a profile, the configuration",
        "propose that in a change of its own, for its owners to review",
    ),
    operator(
        "trust/event",
        "GitHub Actions does not say which pull request the run is about",
        "see that GITHUB_EVENT_PATH names its description",
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
        "all files that would be written exist already",
        "name a further system with --system, or remove them",
    ),
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
    warning(
        "waiver/by-author",
        "a waiver was approved by an author of the proposal, and does not hold for it",
        "have somebody decide it who does not propose the upgrade",
    ),
    warning("waiver/expired", "a waiver no longer holds", "take it away, or have it decided again"),
    warning("waiver/not-granted", "a waiver is dated to a day that is still to come", "it holds from that day on"),
    warning(
        "waiver/too-broad",
        "a waiver names neither systems nor proposals, and does not hold",
        "name in `systems` or `proposals` what it is about",
    ),
    warning(
        "waiver/too-long",
        "a waiver is for more days than one may be, and does not hold",
        "let it end earlier; `limits.waiver_days` sets how long one may hold",
    ),
    warning("waiver/unknown-rule", "a waiver is of a rule that there is not", "correct the id of the rule"),
    warning("waiver/unused", "a waiver was not needed", "take it away, so that it lets nothing through later on"),
];
