//! Codes of the profiles of systems.

use super::{Code, operator};

pub const CODES: &[Code] = &[
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
];
