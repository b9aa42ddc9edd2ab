//! What can be wrong with a document that is well-formed JSON: each problem a small struct, its wording beside its data.

use super::shape::{Choice, Kind, Object};
use crate::finding::{Fault, Finding, Label, Level};
use crate::source::Place;
use std::sync::Arc;

/// Whose document it is. A proposal is its author's to mend, so its problems are findings and block; a profile and the
/// configuration are the operator's, so theirs are faults and leave the verdict undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Proposal,
    Profile,
    Configuration,
}

/// One problem and where it is.
#[derive(Debug)]
pub struct Problem {
    pub what: What,
    pub place: Place,
    /// JSON Pointer of the value, or of the object that lacks a field.
    pub pointer: String,
    pub related: Vec<Label>,
}

/// What is wrong.
#[derive(Debug)]
pub enum What {
    UnknownField {
        name: String,
        shape: &'static Object,
        here: Vec<String>,
    },
    MissingField {
        name: &'static str,
        doc: &'static str,
        example: Option<&'static str>,
    },
    WrongType {
        expected: &'static Kind,
        found: &'static str,
        written: String,
    },
    Malformed {
        expected: &'static Kind,
        written: String,
    },
    OutOfRange {
        min: String,
        max: String,
        unit: &'static str,
        written: String,
    },
    UnknownWord {
        words: &'static [Choice],
        written: String,
    },
    Blank,
    TooLong {
        most: usize,
        found: usize,
        of: &'static str,
    },
    /// The proposal says of its system what the profile says otherwise.
    ContradictsProfile {
        written: String,
        profile: String,
    },
    /// The proposal says of its system what the profile does not say.
    BelongsInProfile {
        name: &'static str,
    },
}

impl What {
    /// The last part of the stable code: `proposal/unknown-field`, `profile/unknown-field`, `config/unknown-field`.
    const fn code(&self, role: Role) -> &'static str {
        macro_rules! codes {
            ($name:literal) => {
                match role {
                    Role::Proposal => concat!("proposal/", $name),
                    Role::Profile => concat!("profile/", $name),
                    Role::Configuration => concat!("config/", $name),
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
            Self::Blank => codes!("blank-text"),
            Self::TooLong { .. } => codes!("too-long"),
            Self::ContradictsProfile { .. } => codes!("contradicts-profile"),
            Self::BelongsInProfile { .. } => codes!("belongs-in-profile"),
        }
    }

    fn message(&self) -> String {
        match self {
            Self::UnknownField { name, shape, .. } => format!("`{}` is no field of `{}`", short(name), shape.name),
            Self::MissingField { name, .. } => format!("the field `{name}` is missing"),
            Self::WrongType { expected, found, .. } => format!("this must be {}, and is {found}", expected.noun()),
            Self::Malformed { expected, written } => format!("{} is not {}", short(written), expected.noun()),
            Self::OutOfRange { min, max, unit, written } => {
                format!("{} is not between {min} and {max} ({unit})", short(written))
            }
            Self::UnknownWord { written, .. } => format!("{} is not one of the words for this field", short(written)),
            Self::Blank => "this text says nothing".to_owned(),
            Self::TooLong { most, found, of } => format!("{found} {of} are more than the {most} that this field takes"),
            Self::BelongsInProfile { name } => format!("`{name}` is for the profile of the system to say"),
            Self::ContradictsProfile { written, profile } => {
                format!("the proposal says {} where the system profile says {}", short(written), short(profile))
            }
        }
    }

    fn label(&self) -> String {
        match self {
            Self::UnknownField { .. } => "not a field of this object".to_owned(),
            Self::MissingField { name, .. } => format!("`{name}` belongs in here"),
            Self::WrongType { found, .. } => format!("this is {found}"),
            Self::Malformed { expected, .. } => format!("expected {}", expected.noun()),
            Self::OutOfRange { .. } => "out of range".to_owned(),
            Self::UnknownWord { .. } => "unknown word".to_owned(),
            Self::Blank => "blank".to_owned(),
            Self::TooLong { .. } => "too long".to_owned(),
            Self::ContradictsProfile { .. } => "says otherwise".to_owned(),
            Self::BelongsInProfile { .. } => "not for a proposal".to_owned(),
        }
    }

    fn help(&self) -> String {
        match self {
            Self::UnknownField { name, shape, here } => unknown_field(name, shape, here),
            Self::MissingField { name, doc, example } => match example {
                Some(example) => format!("add `\"{name}\": {example}`: {}", first_sentence(doc)),
                None => format!("add `\"{name}\"`: {}", first_sentence(doc)),
            },
            Self::WrongType { expected, written, found } => wrong_type(expected, written, found),
            Self::Malformed { expected, .. } => format!("write {}", pattern(expected)),
            Self::OutOfRange { min, max, unit, .. } => format!("write a number from {min} to {max}, in {unit}"),
            Self::UnknownWord { words, written } => unknown_word(words, written),
            Self::Blank => "write what there is to say, or leave the field out".to_owned(),
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
        }
    }
}

impl Problem {
    /// As a finding about a proposal.
    pub fn into_finding(self) -> Finding {
        Finding {
            rule: Arc::from(self.what.code(Role::Proposal)),
            level: Level::Deny,
            message: self.what.message(),
            help: Some(self.what.help()),
            pointer: self.pointer,
            primary: Label::new(self.place, self.what.label()),
            because: Vec::new(),
            related: self.related,
            policy: None,
        }
    }

    /// As a fault of a profile or the configuration.
    pub fn into_fault(self, role: Role) -> Fault {
        let mut fault = Fault::new(self.what.code(role), self.what.message()).help(self.what.help());
        fault.labels.push(Label::new(self.place, self.what.label()));
        fault.labels.extend(self.related);
        fault
    }
}

fn unknown_field(name: &str, shape: &Object, here: &[String]) -> String {
    let names = shape.fields.iter().map(|field| field.name);
    if let Some(near) = nearest(name, names.clone()) {
        return if here.iter().any(|present| present == near) {
            format!("did you mean `{near}`? it is already here, so this one can go")
        } else {
            format!("did you mean `{near}`?")
        };
    }
    let free: Vec<_> =
        names.filter(|name| *name != "$schema" && !here.iter().any(|present| present == name)).take(12).collect();
    match free.as_slice() {
        [] => "remove it".to_owned(),
        free => format!("remove it, or use a field that `{}` has, such as {}", shape.name, listed(free)),
    }
}

fn wrong_type(expected: &Kind, written: &str, found: &str) -> String {
    let unquoted = written.trim_matches('"');
    match expected {
        _ if found == "null" => "leave the field out instead of writing null".to_owned(),
        Kind::Count { unit, .. } | Kind::Number { unit, .. } if unquoted.parse::<f64>().is_ok() => {
            format!("write {} without quotes: a number of {unit}", short(unquoted))
        }
        Kind::Count { unit, .. } | Kind::Number { unit, .. } => format!("write a number of {unit}, without quotes"),
        Kind::Flag => "write true or false, without quotes".to_owned(),
        Kind::Text { .. } | Kind::Name => format!("write it in quotes: \"{}\"", short(unquoted)),
        Kind::List(_) => "write a list, even for one: [ … ]".to_owned(),
        Kind::Object(object) => format!("write an object: {}", first_sentence(object.doc)),
        other => format!("write {}", pattern(other)),
    }
}

fn unknown_word(words: &[Choice], written: &str) -> String {
    let all: Vec<_> = words.iter().map(|choice| choice.word).collect();
    match nearest(written.trim_matches('"'), all.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? the words are {}", listed(&all)),
        None => format!("the words are {}", listed(&all)),
    }
}

/// How a value of a kind is written.
pub(super) fn pattern(kind: &Kind) -> &'static str {
    match kind {
        Kind::Name => "letters, digits and . _ - / @ : + only, beginning with a letter, a digit or @, at most 128",
        Kind::Instant => "date, time and offset as in RFC 3339: \"2026-11-21T02:00:00+01:00\"",
        Kind::Date => "a day of the calendar: \"2026-11-21\"",
        Kind::Time => "hours and minutes: \"22:00\"",
        Kind::Duration => "whole minutes as a number, or an ISO 8601 duration such as \"PT1H30M\" or \"P90D\"",
        Kind::Zone => "a name of the IANA time zone database: \"Europe/Berlin\", \"UTC\"",
        Kind::Digest => "\"sha256:\" and 64 hexadecimal digits in lower case",
        Kind::Plain => "a number, a text, true or false, or a list of them",
        other => other.noun(),
    }
}

/// The word that was probably meant, if one is near enough.
///
/// ```
/// use changegate::proposal::problem::nearest;
/// assert_eq!(nearest("rolback", ["rollback", "reason"]), Some("rollback"));
/// assert_eq!(nearest("colour", ["rollback", "reason"]), None);
/// ```
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A name of a megabyte is nobody's typo, and comparing it would take time in the square of its length.
    if word.len() > 64 {
        return None;
    }
    let similar = |a: &str, b: &str| {
        strsim::jaro_winkler(&a.to_lowercase().replace('-', "_"), &b.to_lowercase().replace('-', "_"))
    };
    known
        .into_iter()
        .map(|candidate| (similar(word, candidate), candidate))
        .filter(|(score, _)| *score > 0.82)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn first_sentence(doc: &str) -> String {
    let sentence = doc.split_once(". ").map_or(doc, |(first, _)| first).trim_end_matches('.');
    let mut characters = sentence.chars();
    let first = characters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    // An acronym keeps its capitals.
    if characters.clone().next().is_some_and(char::is_uppercase) {
        sentence.to_owned()
    } else {
        first + characters.as_str()
    }
}

/// At most forty characters of what was written.
fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
