//! Codes of proposals.

use super::{Code, author};

pub const CODES: &[Code] = &[
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
];
