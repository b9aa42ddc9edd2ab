//! What lockfiles and manifests pin otherwise than before.

use super::evidence::id;
use super::terms::{REFERENCE, STEP_SIZES, VERSION, flag, line, list, version, word};
use crate::proposal::shape::{Choice, Kind, Object, choice, count, field, object};

/// So many are looked at: an honest update of all that a large repository needs has some thousands.
pub const PACKAGE_CHANGES_MAX: usize = 10_000;

/// A package that is pinned otherwise than before.
pub static PACKAGE_CHANGE: Object = object(
    "package-change",
    "A package that is pinned otherwise than before.",
    &[
        field("file", REFERENCE, "The lockfile or manifest.").required().examples(&[r#""package-lock.json""#]),
        field(
            "line",
            Kind::Count { min: 1, max: 4_294_967_295, unit: "lines" },
            "The line in it; of what is gone, where it was.",
        )
        .examples(&["412"]),
        field(
            "column",
            Kind::Count { min: 1, max: 4_294_967_295, unit: "characters" },
            "The column in which that line begins, past its indentation.",
        )
        .examples(&["5"]),
        field(
            "text",
            Kind::Text { max: 300 },
            "What stands in that line, or its beginning. Give it to `also` as a place, which shows it.",
        )
        .examples(&[r#""\"version\": \"4.17.21\",""#]),
        line("ecosystem", "Whose name it is, as OSV calls it; Docker, Helm and Terraform besides.")
            .required()
            .examples(&[r#""npm""#]),
        line("name", "The name in its ecosystem.").required().examples(&[r#""lodash""#]),
        field("package_url", REFERENCE, "Its package URL, without a version.")
            .required()
            .examples(&[r#""pkg:npm/lodash""#]),
        version("from", "The version that was pinned."),
        version("to", "The version that is."),
        version("from_called", "Of an action that was pinned by its commit: the tag that a comment behind it named."),
        version("to_called", "The same of the commit that is: a claim of whoever wrote the comment, which nobody has looked up."),
        field("from_digest", REFERENCE, "Of an image: the digest by which it was held.").examples(&[DIGEST]),
        field("to_digest", REFERENCE, "The same of the image that is.").examples(&[DIGEST]),
        field(
            "remaining",
            Kind::List(&VERSION),
            "Of what is removed: the versions of it that the file still pins; of many the first twelve.",
        )
        .examples(&[r#"["4.17.21"]"#]),
        word("kind", PACKAGE_CHANGES, "What became of it.").required(),
        flag("floats", "Whether nothing holds it any more: a branch, `latest`, a range.").examples(&["true"]),
        flag("undigested", "Whether it has no digest and had one; or is new and has none, where its file had one of each other package of its ecosystem, or, of a file that is new, has one of most.")
            .examples(&["true"]),
        field(
            "from_origin",
            REFERENCE,
            "Where it was taken from, without what gives access to it: present where it is taken from elsewhere now.",
        )
        .examples(&[r#""https://registry.npmjs.org/lodash""#]),
        field("to_origin", REFERENCE, "Where it is taken from now, in the same way; alone, of a package that is new, where that is neither the usual registry nor one that the files of the change took others from.")
            .examples(&[r#""git+ssh://git@github.com/acme/lodash.git""#]),
        word(
            "contents",
            CONTENTS,
            "What became of that which its version stands for, where version and origin are the same.",
        ),
        list(
            "elsewhere",
            &Kind::Object(&ELSEWHERE),
            "What other proposals of the run with which the change comes propose of it, each step once; of many the first fifty.",
        ),
        flag("foreseen", "Whether it changes to the letter as a proposal of the run says that stood on the base, is not done, and does not come with the change. Such a step needs no other."),
        word("direction", DIRECTIONS, "Which of the two versions comes first, by the order of the ecosystem."),
        word("size", STEP_SIZES, "How large the step is, where the versions follow semantic versioning."),
    ],
)
.up_to(PACKAGE_CHANGES_MAX);

const PACKAGE_CHANGES: &[Choice] = &[
    choice("added", "It was not there."),
    choice("removed", "It is not there any more."),
    choice("changed", "It has another version, origin or digest."),
    choice(
        "loosened",
        "It is held less firmly: by a tag or a branch in place of a commit or a digest, without the digest that it had, or, without a version, by nothing, though something asks for it.",
    ),
];

const CONTENTS: &[Choice] = &[
    choice("replaced", "A registry never changes what a version stands for, and the digest is another one."),
    choice("moved", "A tag or a branch was moved by its owner: another commit, another image."),
];

const DIRECTIONS: &[Choice] = &[
    choice("up", "The new one comes after the old one."),
    choice("down", "The new one comes before the old one."),
    choice("same", "The two are the same."),
    choice("unknown", "The order of the ecosystem can't tell."),
];

const DIGEST: &str = r#""sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08""#;

/// A package that is proposed.
pub static PINNED: Object = object(
    "pinned-package",
    "A package that is proposed.",
    &[
        field("package_url", REFERENCE, "Its package URL, as the proposal or the profile has it.")
            .required()
            .examples(&[r#""pkg:npm/lodash""#]),
        line("name", "The name in its ecosystem, where it is pinned.").examples(&[r#""lodash""#]),
        field(
            "files",
            count("files"),
            "How many lockfiles and manifests pin packages of its kind, at the end of the change.",
        )
        .required()
        .examples(&["2"]),
        list("pins", &Kind::Object(&PIN), "Where it is pinned there, each version once; of many the first fifty."),
    ],
);

static PIN: Object = object(
    "pin",
    "A place in which a package is pinned.",
    &[
        field("file", REFERENCE, "The lockfile or manifest.").required().examples(&[r#""package-lock.json""#]),
        field("line", Kind::Count { min: 1, max: 4_294_967_295, unit: "lines" }, "The line in it.").examples(&["412"]),
        version("version", "The version."),
        field("digest", REFERENCE, "Of an image: the digest by which it is held.").examples(&[DIGEST]),
        version("called", "Of an action that is pinned by its commit: the tag that a comment behind it names."),
    ],
);

/// A part of another proposal that is about the same package.
pub static ELSEWHERE: Object = object(
    "elsewhere",
    "What another proposal of the same change proposes of a package.",
    &[
        id("id", "The id of that proposal.").required(),
        version("from", "The version that it begins with."),
        version("to", "The version that it goes to."),
        word("size", STEP_SIZES, "How large it says that the step is."),
    ],
);
