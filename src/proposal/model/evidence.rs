//! What rules see as `evidence`: facts that do not come from the proposal.

use super::advisories::{ADVISORY, ADVISORY_SNAPSHOT};
use super::component::package;
use super::organisation::{FREEZE_PERIOD, LOW_RISK_PERIOD};
use super::packages::{PACKAGE_CHANGE, PINNED};
use super::record::OUTCOMES;
use super::reviews::{PULL, REVIEW};
use super::terms::{REFERENCE, flag, instant, line, list, name, names, one, version, word};
use super::testing::TOTALS;
use crate::proposal::shape::{Choice, Field, Kind, LINE, LIST_MAX, NAMES, Object, choice, count, field, object};

/// The root of the evidence.
pub static EVIDENCE: Object = object(
    "evidence",
    "Facts that were gathered, and that no proposal can state about itself.",
    &[
        field("digest", Kind::Digest, "The digest of this proposal as it stands, without its approvals and what later phases add; an approval for another digest is out of date.")
            .examples(&[r#""sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#]),
        list(
            "freezes",
            &Kind::Object(&FREEZE_PERIOD),
            "The change freezes of the organisation: all those of its configuration, and of its calendars those that meet a time of this proposal: one of its windows, the beginning of a stage, or the time in which it ran.",
        ),
        list(
            "low_risk",
            &Kind::Object(&LOW_RISK_PERIOD),
            "The times that suit changes of its system in its environment, by their starts: all those of the configuration, and of the calendars those that meet a time of this proposal, and the next one. Empty where nobody has named any.",
        ),
        list(
            "proposals",
            &Kind::Object(&OTHER_PROPOSAL),
            "The other valid proposals of the same run that concern this one. Of those that are not done: those on its system, on one \
             that it needs or on one that needs it, one of whose `windows` meets one of its own; those that count on the same people then; and those \
             that take its system to other versions, where it changes some of the sites alone. Besides, done or not: those with its \
             id, those that it comes after, and the fast tracks of its system that begin before it. Each of these kinds has seats of \
             its own. Of those on its system, on one that it needs, those that it comes after and those to other versions there are \
             48 each, and with more the proposal is undecided; of the others as many as show what there is to show: 8 with its id, \
             32 that count on the same people, 16 that need its system, and the 24 fast tracks that are nearest.",
        ),
        list(
            "unknown_after",
            &Kind::Object(&UNKNOWN),
            "The names in `after` that no valid proposal of the same run has; of many the first twelve.",
        ),
        list(
            "earlier",
            &Kind::Object(&EARLIER),
            "Of a fast track, in the phase plan and with a base: the proposals of its system that stood in the history of the base within the time \
             that rules look back (the largest `in_days` of theirs), each at its last state, those that were removed or moved included. \
             Of many the 200 whose windows begin last. Absent where git was not asked or can't tell; empty where there was none.",
        ),
        list(
            "merges",
            &Kind::Object(&MERGE),
            "What was merged into the frozen scope of this proposal since its freeze began. Absent where nobody looked; empty where nothing was merged.",
        ),
        one("pull", &PULL, "The pull request in which this proposal is judged. Absent where no code host was asked."),
        list(
            "reviews",
            &Kind::Object(&REVIEW),
            "What the code host says of the reviews of this proposal: the last opinion of each. Absent where no code host was asked; empty where it knows of none.",
        ),
        list(
            "changes",
            &Kind::Object(&PACKAGE_CHANGE),
            "What lockfiles and manifests pin otherwise than where the change began. Absent where no change is judged, and of a proposal \
             that the change neither adds nor modifies nor moves.",
        ),
        word("touched", TOUCHED, "What the change does to this proposal. Absent where no change is judged, and of a proposal with which it does not come."),
        one("before", &BEFORE, "What this proposal proposed where the change began that modifies it or moves it. Absent where it was not there, was a draft, or said how it ended."),
        list(
            "pinned",
            &Kind::Object(&PINNED),
            "The packages that this proposal is about: where they are pinned at the end of the change. Absent where \
             there are none, and where `changes` is; at the close, and of an upgrade that is recorded, it is there without `changes`.",
        ),
        list(
            "files",
            &Kind::Object(&FILE),
            "The files that this proposal names as proofs, as they stand in what is judged. Absent where nobody looked.",
        ),
        one("advisory_snapshot", &ADVISORY_SNAPSHOT, "Where advisories are looked up. Absent where nobody was asked: the configuration names no records and no catalogue, or this proposal neither names an advisory nor is of class `security`."),
        list(
            "advisories",
            &Kind::Object(&ADVISORY),
            "What is known of the advisories that this proposal names, one for each id that has the form of one; of many the first hundred. Absent where nobody was asked.",
        ),
        names("circle", "The proposals of the same run that wait for each other in a circle, this one first; of a long one the first twelve.")
            .examples(&[r#"["payments-db-16", "checkout-9"]"#]),
    ],
)
.unmarked();

/// Another proposal of the same run.
pub static OTHER_PROPOSAL: Object = object(
    "other-proposal",
    "Another proposal, as far as this one has to know it.",
    &[
        id("id", "Its id.").required(),
        id("system", "The system that it changes.").required().examples(&[r#""payments-db""#]),
        field("component", Kind::Name, "The component that it changes.").examples(&[r#""database""#]),
        field("environment", Kind::Name, "The environment that it changes.").examples(&[r#""production""#]),
        instant("start", "When its window opens."),
        instant("end", "When its window closes.").examples(&[r#""2026-12-06T05:00:00+01:00""#]),
        list(
            "windows",
            &Kind::Object(&WORK_WINDOW),
            "When it is worked on: its window, and those of its alternatives in which a stage begins.",
        ),
        names("depends_on", "The systems that its system needs.").examples(&[r#"["identity"]"#]),
        names("after", "The proposals that must be done before it.").examples(&[r#"["payments-app-9"]"#]),
        names("people", "Those whom it wants to reach in its window.").examples(&[r#"["@ada"]"#]),
        list(
            "shifts",
            &Kind::Object(&SHIFT),
            "Whom it counts on, with the times for which they are named: the same people, and who decides on a rollback.",
        ),
        field("environments", NAMES, "The environments that its system has.")
            .examples(&[r#"["production", "staging"]"#]),
        names("needed_by", "The systems that need its system, as the profile of that says.")
            .examples(&[r#"["checkout"]"#]),
        names("sites", "The sites that it changes; all of the system's when left out.").examples(&[r#"["berlin-1"]"#]),
        version("from", "The version that it begins with."),
        version("to", "The version that it installs."),
        flag("library", "Whether that is the version of a library, and not of the component."),
        list(
            "components",
            &Kind::Object(&TARGET),
            "The components that it lists one by one, with the versions that it installs of them.",
        ),
        flag("fast_track", "Whether it asks for the fast track."),
        instant("submitted_at", "When it was submitted."),
        word("stage", STAGES, "How far it has come."),
        word("outcome", OUTCOMES, "How it ended, as its record says."),
        line("file", "Where it was read."),
    ],
);

/// One of several components that another proposal changes.
pub static TARGET: Object = object(
    "target",
    "One of several components that another proposal changes.",
    &[
        name("component", "Its name.").required(),
        version("from", "The version that it begins with."),
        version("to", "The version that it installs.").required(),
        flag("library", "Whether that is the version of a library, and not of the component."),
    ],
);

/// A time in which another proposal is worked on.
pub static WORK_WINDOW: Object = object(
    "work-window",
    "A time in which another proposal is worked on.",
    &[
        line("at", "Which it is: `window`, or one of its alternatives.")
            .required()
            .examples(&[r#""window""#, r#""window.alternatives[0]""#]),
        instant("start", "When it begins.").required(),
        instant("end", "When it ends; that moment no longer belongs to it.")
            .required()
            .examples(&[r#""2026-12-06T05:00:00+01:00""#]),
    ],
);

/// Somebody whom another proposal names.
pub static SHIFT: Object = object(
    "shift",
    "Somebody whom another proposal wants to reach.",
    &[
        account("name", "Who.").required(),
        instant("from", "From when; from the beginning when left out."),
        instant("to", "Until when; to the end when left out."),
    ],
);

/// The id of a proposal that is not there.
pub static UNKNOWN: Object = object(
    "unknown-proposal",
    "The id of a proposal that is not there.",
    &[id("id", "The id.").required(), id("near", "The id that it may have been meant to be.")],
);

/// A proposal that stood in the history of the base.
static EARLIER: Object = object(
    "earlier-proposal",
    "A proposal that stood in the history of the base, as it was last.",
    &[
        id("id", "Its id.").required(),
        id("system", "The system that it changes.").required().examples(&[r#""payments-db""#]),
        flag("fast_track", "Whether it asks for the fast track.").required(),
        instant("start", "When its window opens.").required(),
        line("path", "The file that it stood in, from the top of the repository.")
            .required()
            .examples(&[r#""changes/2026-12-payments-db-16.json""#]),
        line("commit", "The last commit in which it stood.").required().examples(&[r#""3f1c2a9b7d10""#]),
    ],
);

/// What a proposal proposed before the change that touches it.
static BEFORE: Object = object(
    "before",
    "What a proposal proposed before the change that touches it.",
    &[
        id("system", "The system that it changed.").required().examples(&[r#""payments-db""#]),
        list("steps", &Kind::Object(&STEP_BEFORE), "The steps that it proposed, of the change and of its components."),
    ],
);

static STEP_BEFORE: Object = object(
    "step-before",
    "A step that a proposal proposed before the change that touches it.",
    &[
        field("component", Kind::Name, "The component that it names.").examples(&[r#""database""#]),
        package("package_url", "The package URL that it has."),
        version("from", "The version that it begins with."),
        version("to", "The version that it goes to."),
        flag("library", "Whether it said that these are versions of a library.").examples(&["true"]),
    ],
)
// The change, and as many components as a list has.
.up_to(LIST_MAX + 1);

static MERGE: Object = object(
    "merge",
    "A change that was merged.",
    &[
        line("commit", "Its commit.").required().examples(&[r#""3f1c2a9""#]),
        instant("at", "When it was merged.").required(),
        account("by", "Who merged it."),
        line("title", "What it says of itself."),
        field("paths", Kind::List(&LINE), "The files that it touched.").examples(&[r#"["network/firewall.tf"]"#]),
    ],
);

static FILE: Object = object(
    "file",
    "A file that is named as a proof.",
    &[
        field("path", REFERENCE, "Its path, as the proposal names it.")
            .required()
            .examples(&[r#""evidence/restore.log""#]),
        word("kind", FILE_KINDS, "What stands there.").required(),
        field("bytes", count("bytes"), "How long it is.").examples(&["2048"]),
        field("digest", Kind::Digest, "Its digest.")
            .examples(&[r#""sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#]),
        flag("blank", "Whether it holds nothing that could be seen: blanks, new lines, zeros.").examples(&["true"]),
        instant(
            "committed_at",
            "When it was last changed by a commit; absent where no commit has it, or the work tree has it otherwise.",
        ),
        one(
            "totals",
            &TOTALS,
            "What it tells as the report of a run of tests: `testing.report` and proofs of the kind `test-run` are read so.",
        ),
        instant(
            "tested_at",
            "When that run began, where the report says so; without an offset, as late as it can be anywhere.",
        ),
        line("unread", "Why it could not be read as such a report.").examples(&[r#""it is no XML""#]),
    ],
);

const TOUCHED: &[Choice] = &[
    choice("added", "It is new with the change."),
    choice("modified", "It was there before, and reads otherwise."),
    choice("moved", "It was there before, in another file."),
];

const FILE_KINDS: &[Choice] = &[
    choice("file", "An ordinary file."),
    choice("nothing", "Nothing."),
    choice("folder", "A folder."),
    choice("link", "A symbolic link, which is not followed."),
    choice("other", "A device, a pipe, another repository."),
    choice("proposal", "The proposal that is judged, or a copy of it."),
];

pub(super) const fn id(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Name, doc).examples(&[r#""2026-12-payments-db-16""#])
}

/// Who did something as git or a code host has it, whatever they call themselves.
const fn account(name: &'static str, doc: &'static str) -> Field {
    field(name, Kind::Name, doc).examples(&[r#""@ada""#])
}

const STAGES: &[Choice] = &[
    choice("proposed", "It is being judged, waits for its window, or is under way."),
    choice("closed", "It is done: its record has an `outcome`, and a `finished_at` that is not still to come."),
];
