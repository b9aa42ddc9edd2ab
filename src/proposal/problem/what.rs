//! What can be wrong, each with its wording beside its data.

use super::first::MOST_TOLD;
use super::help::{self, pattern};
use super::{Language, Role};
use crate::proposal::shape::{Choice, Field, Kind, Object};
use crate::proposal::unfilled;
use std::sync::Arc;

/// What is wrong.
#[derive(Debug)]
pub enum What {
    /// A field that the object does not have.
    UnknownField {
        /// Its name, as it was written.
        name: String,
        /// The object.
        shape: &'static Object,
        /// The fields of the object that stand beside it, once for all that are unknown.
        here: Arc<[&'static str]>,
    },
    /// A required field that is absent.
    MissingField {
        /// Its name.
        name: &'static str,
        /// What it is for.
        doc: &'static str,
        /// A value for it, as JSON.
        example: Option<&'static str>,
    },
    /// A value of another type than its field has.
    WrongType {
        /// What the field takes.
        expected: &'static Kind,
        /// What was found, in words.
        found: &'static str,
        /// The value as it was written.
        written: String,
    },
    /// A text that has not the form of its kind.
    Malformed {
        /// What the field takes.
        expected: &'static Kind,
        /// The value as it was written.
        written: String,
    },
    /// A number that its field does not take.
    OutOfRange {
        /// The least that it takes.
        min: String,
        /// The most that it takes.
        max: String,
        /// What it is a number of.
        unit: &'static str,
        /// The value as it was written.
        written: String,
    },
    /// A word that is none of those for its field.
    UnknownWord {
        /// Those that there are.
        words: &'static [Choice],
        /// The value as it was written.
        written: String,
    },
    /// The document is of a version of the format that is not read here.
    OtherVersion {
        /// The version, as it was written.
        written: String,
    },
    /// A text of white space alone.
    Blank,
    /// A field that is yet to be filled in: `TODO: …`.
    Unfilled {
        /// What the field takes.
        expected: &'static Kind,
        /// The field, where it is one and no item of a list.
        field: Option<&'static Field>,
    },
    /// A text or a list that is too long.
    TooLong {
        /// How much the field takes.
        most: usize,
        /// How much there is.
        found: usize,
        /// Of what: `characters`, `items`.
        of: &'static str,
    },
    /// The proposal says of its system what the profile says otherwise.
    ContradictsProfile {
        /// What the proposal says.
        written: String,
        /// What the profile says.
        profile: String,
    },
    /// The proposal says of its system what the profile does not say.
    BelongsInProfile {
        /// The field.
        name: &'static str,
    },
    /// The document has more problems than are told.
    TooManyProblems {
        /// So many are not told.
        more: usize,
    },
}

impl What {
    /// The last part of the stable code: `proposal/unknown-field`, `profile/unknown-field`, `config/unknown-field`.
    pub(super) const fn code(&self, role: Role) -> &'static str {
        macro_rules! codes {
            ($name:literal) => {
                match role {
                    Role::Proposal => concat!("proposal/", $name),
                    Role::Profile => concat!("profile/", $name),
                    Role::Configuration => concat!("config/", $name),
                    Role::Cases => concat!("cases/", $name),
                }
            };
        }
        match self {
            Self::UnknownField { .. } => codes!("unknown-field"),
            Self::MissingField { .. } => codes!("missing-field"),
            Self::WrongType { .. } => codes!("wrong-type"),
            Self::Malformed { .. } => codes!("malformed-value"),
            Self::OutOfRange { .. } => codes!("out-of-range"),
            Self::UnknownWord { .. } => codes!("unknown-word"),
            Self::OtherVersion { .. } => codes!("other-version"),
            Self::Blank => codes!("blank-text"),
            Self::Unfilled { .. } => codes!("unfilled"),
            Self::TooLong { .. } => codes!("too-long"),
            Self::ContradictsProfile { .. } => codes!("contradicts-profile"),
            Self::BelongsInProfile { .. } => codes!("belongs-in-profile"),
            Self::TooManyProblems { .. } => codes!("too-many-problems"),
        }
    }

    pub(super) fn message(&self, language: Language) -> String {
        match self {
            Self::UnknownField { name, shape, .. } => {
                format!("`{}` is no {} of `{}`", short(name), language.field(), shape.name)
            }
            Self::MissingField { name, .. } => format!("the {} `{name}` is missing", language.field()),
            Self::WrongType { expected, found, .. } => {
                format!("this must be {}, and is {}", language.noun(expected.noun()), language.noun(found))
            }
            Self::Malformed { expected, written } => format!("{} is not {}", short(written), expected.noun()),
            Self::OutOfRange { min, max, unit, written } => {
                format!("{} is not between {min} and {max} ({unit})", short(written))
            }
            Self::UnknownWord { written, .. } => {
                format!("{} is not one of the words for this {}", short(written), language.field())
            }
            Self::OtherVersion { written } => {
                format!("this is of version {} of the format, and version 1 is read here", short(written))
            }
            Self::Blank => "this text says nothing".to_owned(),
            Self::Unfilled { field: Some(field), .. } => format!("`{}` is yet to be filled in", field.name),
            Self::Unfilled { field: None, .. } => "this is yet to be filled in".to_owned(),
            Self::TooLong { most, found, of } => {
                format!("{found} {of} are more than the {most} that this {} takes", language.field())
            }
            Self::BelongsInProfile { name } => format!("`{name}` is for the profile of the system to say"),
            Self::ContradictsProfile { written, profile } => {
                format!("the proposal says {} where the system profile says {}", short(written), short(profile))
            }
            Self::TooManyProblems { more } => {
                format!("the first {MOST_TOLD} problems are told, and {more} more are not")
            }
        }
    }

    pub(super) fn label(&self, language: Language) -> String {
        match self {
            Self::UnknownField { .. } => match language {
                Language::Json => "not a field of this object".to_owned(),
                Language::Toml => "not a key of this table".to_owned(),
            },
            Self::MissingField { name, .. } => format!("`{name}` belongs in here"),
            Self::WrongType { found, .. } => format!("this is {}", language.noun(found)),
            Self::Malformed { expected, .. } => format!("expected {}", expected.noun()),
            Self::OutOfRange { .. } => "out of range".to_owned(),
            Self::UnknownWord { .. } => "unknown word".to_owned(),
            Self::OtherVersion { .. } => "another version".to_owned(),
            Self::Blank => "blank".to_owned(),
            Self::Unfilled { .. } => "nothing is said yet".to_owned(),
            Self::TooLong { .. } => "too long".to_owned(),
            Self::ContradictsProfile { .. } => "says otherwise".to_owned(),
            Self::BelongsInProfile { .. } => "not for a proposal".to_owned(),
            Self::TooManyProblems { .. } => "the next one is here".to_owned(),
        }
    }

    pub(super) fn help(&self, language: Language) -> String {
        match self {
            Self::UnknownField { name, shape, here } => help::unknown_field(name, shape, here, language),
            Self::MissingField { name, doc, example } => help::missing_field(name, doc, *example, language),
            Self::WrongType { expected, written, found } => help::wrong_type(expected, written, found, language),
            Self::Malformed { expected, .. } => format!("write {}", pattern(expected)),
            Self::OutOfRange { min, max, unit, .. } => format!("write a number from {min} to {max}, in {unit}"),
            Self::UnknownWord { words, written } => help::unknown_word(words, written),
            Self::OtherVersion { .. } => {
                "write 1 if it was made for version 1; a later version is read by a later changegate".to_owned()
            }
            Self::Unfilled { expected, field } => unfilled::help(expected, *field),
            Self::Blank => format!("write what there is to say, or leave the {} out", language.field()),
            Self::TooLong { .. } => "shorten it, and refer to a document that holds the rest".to_owned(),
            Self::BelongsInProfile { .. } => {
                "move it into the system's profile, in a change of its own, which the owners of the profile approve"
                    .to_owned()
            }
            Self::ContradictsProfile { .. } => {
                "leave the field out of the proposal; where the profile is outdated, change the \
                 profile first, in a change of its own"
                    .to_owned()
            }
            Self::TooManyProblems { .. } => "mend those that are told, and run again".to_owned(),
        }
    }
}

/// At most forty characters of what was written.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
