//! What the categories of an event say to the gate: whether it freezes or opens a window, and for what.

mod purpose;

pub use purpose::{Unmarked, purpose};
pub(super) use purpose::{concerns, nearly, opens, said as purpose_said, says_for_what, word};

use super::event::Category;
use super::wrong::shown;
use crate::finding::Fault;
use crate::source::Place;
use purpose::said;

/// A name that a category gives, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name: `payments-db` of `system:payments-db`.
    pub name: String,
    /// Where the category stands.
    pub place: Place,
}

/// Whether an event says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// `freeze`: a time without changes.
    Freeze,
    /// `low-risk`: a time that suits changes.
    LowRisk,
}

/// For what an event holds. Lists have the meaning of those of a freeze: an empty one stands for all of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope {
    /// What it says it is; none where it says nothing.
    pub purpose: Option<Purpose>,
    /// `system:…`; as `systems` of a freeze.
    pub systems: Vec<Named>,
    /// `environment:…`; as `environments` of a freeze.
    pub environments: Vec<Named>,
    /// `exempt:emergency` and the other urgencies; as `exempt_urgencies` of a freeze. `exempt:fast-track` is none of them.
    pub exempt_urgencies: Vec<Named>,
    /// `exempt:fast-track` is true and `hold:fast-track` is false; as `fast_track_exempt` of a freeze, with its default where neither stands.
    pub fast_track_exempt: Option<bool>,
}

/// The words before the colon.
const WORDS: [&str; 4] = ["system", "environment", "exempt", "hold"];

const FAST_TRACK: &str = "fast-track";

/// Reads what categories say. Words count in any case (`Freeze`), names are kept as they are. A category that is neither a word of ours nor of
/// the form `word:value` is left alone; whether there are such systems and environments is for the caller to see, who knows them.
///
/// # Errors
/// Each category of the form `word:value` whose word or value is unknown: one that is misspelt would widen or narrow a freeze
/// unnoticed. An event that both freezes and opens, or both exempts the fast track and holds it.
///
/// ```
/// use changegate::calendars::{Category, Purpose, scope};
/// use changegate::source::{Place, Source, Span};
/// use std::sync::Arc;
///
/// let place = Place::new(&Arc::new(Source::new("a.ics", "")), Span::default());
/// let category = |text: &str| Category { text: text.to_owned(), place: place.clone() };
/// let scope_of = |texts: &[&str]| scope(&texts.iter().copied().map(category).collect::<Vec<_>>(), &["emergency"]);
///
/// let scope = scope_of(&["Freeze", "system:payments-db", "exempt:emergency", "Holidays"]).unwrap();
/// assert_eq!(scope.purpose, Some(Purpose::Freeze));
/// assert_eq!(scope.systems[0].name, "payments-db");
/// assert_eq!(scope.exempt_urgencies[0].name, "emergency");
/// assert_eq!(scope_of(&["sytem:payments-db"]).unwrap_err()[0].code, "calendar/unknown-scope");
/// ```
pub fn scope(categories: &[Category], urgencies: &[&str]) -> Result<Scope, Vec<Fault>> {
    let mut scope = Scope::default();
    let mut faults = Vec::new();
    for category in categories {
        if let Err(fault) = scope.take(category, urgencies)
            && faults.len() < super::wrong::Wrongs::MOST
        {
            faults.push(fault);
        }
    }
    if faults.is_empty() { Ok(scope) } else { Err(faults) }
}

impl Scope {
    fn take(&mut self, category: &Category, urgencies: &[&str]) -> Result<(), Fault> {
        let Some((word, value)) = parted(&category.text) else { return self.purpose(category) };
        let named = || named(category, value);
        match word.to_ascii_lowercase().as_str() {
            "system" => add(&mut self.systems, named()?),
            "environment" => add(&mut self.environments, named()?),
            "exempt" if value.eq_ignore_ascii_case(FAST_TRACK) => return self.fast_track(true, category),
            "hold" if value.eq_ignore_ascii_case(FAST_TRACK) => return self.fast_track(false, category),
            "exempt" => {
                let known = urgencies.iter().find(|urgency| urgency.eq_ignore_ascii_case(value));
                let known = known.ok_or_else(|| {
                    let all = urgencies.iter().copied().chain([FAST_TRACK]);
                    unknown(category, format!("there is no urgency `{}`", shown(value)), value, all)
                })?;
                add(&mut self.exempt_urgencies, Named { name: (*known).to_owned(), place: category.place.clone() });
            }
            "hold" => {
                return Err(unknown(category, format!("`{}` can't be held", shown(value)), value, [FAST_TRACK]));
            }
            _ => {
                let message = format!("there is no scope `{}`", shown(word));
                return Err(unknown(category, message, word, WORDS));
            }
        }
        Ok(())
    }

    fn purpose(&mut self, category: &Category) -> Result<(), Fault> {
        let Some(purpose) = said(&category.text) else { return Ok(()) };
        if self.purpose.is_some_and(|other| other != purpose) {
            return Err(contradiction(category, "this event is both a freeze and a window of low risk"));
        }
        self.purpose = Some(purpose);
        Ok(())
    }

    fn fast_track(&mut self, exempt: bool, category: &Category) -> Result<(), Fault> {
        if self.fast_track_exempt.is_some_and(|other| other != exempt) {
            return Err(contradiction(category, "this event both exempts the fast track and holds it"));
        }
        self.fast_track_exempt = Some(exempt);
        Ok(())
    }
}

/// `word:value`; the word is of letters, digits and hyphens.
fn parted(text: &str) -> Option<(&str, &str)> {
    let (word, value) = text.split_once(':')?;
    let word = word.trim();
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    is_word.then_some((word, value.trim()))
}

fn named(category: &Category, value: &str) -> Result<Named, Fault> {
    // A semicolon does not part categories, so that what stands after it would be lost in the name.
    if value.is_empty() || value.contains([';', ',']) || value.chars().any(char::is_control) {
        let message = format!("`{}` is no name", shown(value));
        let fault = Fault::new("calendar/unknown-scope", message)
            .help("one category names one system or environment; commas part categories: `system:payments-db,system:identity`");
        return Err(fault.at(category.place.clone(), "here"));
    }
    Ok(Named { name: value.to_owned(), place: category.place.clone() })
}

fn add(list: &mut Vec<Named>, named: Named) {
    // Of a hostile event with thousands of names the last ones would each be held against all.
    if list.last().is_none_or(|last| last.name != named.name) {
        list.push(named);
    }
}

fn unknown<'a>(
    category: &Category,
    message: String,
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Fault {
    let all = known.clone().into_iter().collect::<Vec<_>>().join(", ");
    let near = known.into_iter().find(|known| word.len() < 64 && strsim::damerau_levenshtein(known, word) <= 2);
    let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    Fault::new("calendar/unknown-scope", message)
        .help(format!("{near}there are {all}"))
        .at(category.place.clone(), "this event would hold for something else than is meant")
}

fn contradiction(category: &Category, message: &str) -> Fault {
    Fault::new("calendar/contradicting-scope", message)
        .help("keep one of the two categories")
        .at(category.place.clone(), "here")
}
