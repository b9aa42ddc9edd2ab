//! The language in which the proposal's model is written down.
//!
//! The model is one table of constants (see [`super::model`]), and everything else is read off it: the reader that checks a
//! document, the JSON Schema that editors use, the reference in `docs/proposal.md`, and the check that a rule reads no field
//! that does not exist. There are no Rust structs beside it that could say something else.

use std::num::NonZeroU8;

/// A JSON object with a fixed set of fields; any other field is a problem.
#[derive(Debug)]
pub struct Object {
    /// The name in the JSON Schema's `$defs`: `restore-test`.
    pub name: &'static str,
    /// One or more sentences for the person who writes it.
    pub doc: &'static str,
    /// The fields that may be written, in the order of the reference.
    pub fields: &'static [Field],
    /// Values that rules may read and that nobody writes.
    pub derived: &'static [Derived],
    /// The most of them that a list may have.
    pub most: usize,
    /// Whether its texts, as the root of a document, may be marks of what is yet to be filled in; else they are what others wrote, for
    /// other ends.
    pub marked: bool,
    /// Where each field is looked for first, by its name; see [`sought_at`].
    places: [u8; PLACES],
}

/// The most fields that an object has, which the compiler holds.
pub const MOST_FIELDS: usize = 40;

/// So many places have enough empty ones between those that are taken that few fields are looked for in more than one.
const PLACES: usize = 64;

/// A table in which each field stands at the first free place from where it is sought on, as its number from one on.
const fn places(fields: &[Field]) -> [u8; PLACES] {
    assert!(fields.len() <= MOST_FIELDS);
    let mut places = [0; PLACES];
    let mut at = 0;
    while at < fields.len() {
        let mut place = sought_at(fields[at].name.as_bytes());
        while places[place] != 0 {
            place = (place + 1) % PLACES;
        }
        at += 1;
        places[place] = at as u8;
    }
    places
}

/// By its length, its first letter and its last.
const fn sought_at(name: &[u8]) -> usize {
    let [first, .., last] = name else { return 0 };
    (name.len() * 7 + *first as usize * 5 + *last as usize) % PLACES
}

/// Which field of an [`Object`] is meant, in one byte: of what rules read much is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldNumber(NonZeroU8);

impl FieldNumber {
    /// Of the field that stands so many behind the first.
    pub const fn new(index: usize) -> Self {
        // An object has at most MOST_FIELDS of them.
        Self(NonZeroU8::MIN.saturating_add(index as u8))
    }

    /// How many stand before it.
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// One field of an [`Object`].
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// One or more sentences: what the field is for, and how it is judged where that is not obvious.
    pub doc: &'static str,
    /// Whether the schema asks for it. Few are required: what an upgrade must show is for rules to say.
    pub required: bool,
    /// Examples, each a JSON text.
    pub examples: &'static [&'static str],
}

/// A value that is computed from others, such as `system.is_critical`.
#[derive(Debug)]
pub struct Derived {
    /// The name by which rules read it.
    pub name: &'static str,
    /// What it means, for authors of rules.
    pub doc: &'static str,
    /// Computes the truth from the fields of the same object; what it reads counts as read by the rule.
    pub compute: fn(&mut dyn Fields) -> bool,
}

/// The fields of one object, as a [`Derived`] value sees them.
pub trait Fields {
    /// The text of a text or choice field; `None` when it is absent.
    fn text(&mut self, field: &str) -> Option<&str>;
    /// Whether a list has items; an absent one has none.
    fn has_items(&mut self, field: &str) -> bool;
}

/// What a value may be.
#[derive(Debug)]
pub enum Kind {
    /// Free text, from 1 to `max` characters. White space alone is a problem: it says nothing.
    Text {
        /// How many characters it may have.
        max: u32,
    },
    /// A name that other places refer to: letters, digits and `. _ - / @ : +`, 1 to 128 characters, beginning with a letter, a digit or `@`.
    Name,
    /// A person, by their handle: a [`Kind::Name`] that is no filler such as `tbd`.
    Person,
    /// `true` or `false`.
    Flag,
    /// A whole number from `min` to `max`.
    Count {
        /// The least that is allowed.
        min: i64,
        /// The most that is allowed.
        max: i64,
        /// What is counted: `minutes`.
        unit: &'static str,
    },
    /// A number from `min` to `max`, fractions allowed.
    Number {
        /// The least that is allowed.
        min: f64,
        /// The most that is allowed.
        max: f64,
        /// What it is a number of: `percent`.
        unit: &'static str,
    },
    /// A point in time: RFC 3339 with an offset, seconds optional to none: `2026-11-21T02:00:00+01:00`.
    Instant,
    /// A calendar day: `2026-11-21`.
    Date,
    /// A time of day: `22:00`.
    Time,
    /// A length of time: whole minutes as a number, or an ISO 8601 duration of weeks, days, hours and minutes: `90`, `"PT1H30M"`, `"P90D"`.
    Duration,
    /// A time zone of the IANA database: `Europe/Berlin`.
    Zone,
    /// A digest: `sha256:` and 64 hexadecimal digits.
    Digest,
    /// One of a fixed set of words.
    Choice(&'static [Choice]),
    /// A list of values of one kind.
    List(&'static Kind),
    /// An object.
    Object(&'static Object),
    /// An object whose keys its author chooses, with values of one kind.
    Map(&'static Kind),
    /// A number, a text, true or false, or a list of these: a parameter of a rule, whose kind the rule knows.
    Plain,
    /// A place in a document, as a JSON Pointer (RFC 6901): `/rollback/steps/0`, or the empty text for the whole of it.
    Pointer,
    /// Any JSON value, which stays as it is: a part of a document that is made of it.
    Json,
    /// An object of edits of a document: each key is a [`Kind::Pointer`], with the [`Kind::Json`] that stands there afterwards.
    Edits,
}

/// One word of a [`Kind::Choice`], and what it means.
#[derive(Debug)]
pub struct Choice {
    /// The word as it is written.
    pub word: &'static str,
    /// What it means, for the person who writes it.
    pub doc: &'static str,
}

/// The most items a list may have: enough for every server of a large fleet, few enough to bound what a rule can be made to do.
pub const LIST_MAX: usize = 1_000;

/// A text of one line.
pub const LINE: Kind = Kind::Text { max: 200 };
/// A text of some paragraphs.
pub const PROSE: Kind = Kind::Text { max: 2_000 };
/// A list of texts of one line.
pub const LINES: Kind = Kind::List(&LINE);
/// A list of names.
pub const NAMES: Kind = Kind::List(&Kind::Name);
/// A list of people.
pub const PEOPLE: Kind = Kind::List(&Kind::Person);
/// A share of the whole, in percent.
pub const PERCENT: Kind = Kind::Number { min: 0.0, max: 100.0, unit: "percent" };

/// A whole number from 0 of some unit.
pub const fn count(unit: &'static str) -> Kind {
    Kind::Count { min: 0, max: 1_000_000_000, unit }
}

/// A number from 0 of some unit.
pub const fn amount(unit: &'static str) -> Kind {
    Kind::Number { min: 0.0, max: 1e12, unit }
}

/// One word of a choice.
pub const fn choice(word: &'static str, doc: &'static str) -> Choice {
    Choice { word, doc }
}

/// An object without derived values.
pub const fn object(name: &'static str, doc: &'static str, fields: &'static [Field]) -> Object {
    Object { name, doc, fields, derived: &[], most: LIST_MAX, marked: true, places: places(fields) }
}

/// A field that may be left out.
pub const fn field(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, doc, required: false, examples: &[] }
}

impl Field {
    /// The same, asked for by the schema.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Examples as JSON texts: `&["\"payments-db\""]`. A test reads each one.
    pub const fn examples(self, examples: &'static [&'static str]) -> Self {
        Self { examples, ..self }
    }
}

impl Object {
    /// The same where a list may have as many: what the gate itself gathers may be more than anybody writes.
    pub const fn up_to(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The same where no text is a mark of what is yet to be filled in.
    pub const fn unmarked(self) -> Self {
        Self { marked: false, ..self }
    }

    /// The same with values that are computed.
    pub const fn derived(self, derived: &'static [Derived]) -> Self {
        Self { derived, ..self }
    }

    /// The place of a field among [`Object::fields`].
    pub fn field_index(&self, name: impl AsRef<[u8]>) -> Option<usize> {
        let name = name.as_ref();
        let mut place = sought_at(name);
        loop {
            let at = (self.places[place] as usize).checked_sub(1)?;
            if self.fields[at].name.as_bytes() == name {
                return Some(at);
            }
            place = (place + 1) % PLACES;
        }
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Kind {
    /// What an author calls it: "a whole number", "a list".
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Text { .. } => "a text",
            Self::Name => "a name",
            Self::Person => "a person",
            Self::Flag => "true or false",
            Self::Count { .. } => "a whole number",
            Self::Number { .. } => "a number",
            Self::Instant => "a point in time",
            Self::Date => "a date",
            Self::Time => "a time of day",
            Self::Duration => "a duration",
            Self::Zone => "a time zone",
            Self::Digest => "a digest",
            Self::Choice(_) => "one of a set of words",
            Self::List(_) => "a list",
            Self::Object(_) | Self::Map(_) | Self::Edits => "an object",
            Self::Plain => "a plain value",
            Self::Pointer => "a JSON Pointer",
            Self::Json => "a JSON value",
        }
    }
}
