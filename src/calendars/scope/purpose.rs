//! Whether an event is a freeze or a window by its categories, or would be one but for how that is written.

use super::super::wrong::shown;
use super::{Category, Purpose, WORDS, parted};
use crate::finding::Fault;

/// What an event is that has neither the category `freeze` nor `low-risk`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unmarked {
    /// A freeze: not every program writes categories, and a freeze that is left out stops nothing.
    #[default]
    Freeze,
    /// Nothing.
    Nothing,
}

const FREEZE: &str = "freeze";
const LOW_RISK: &str = "low-risk";

/// What an event of these categories is; nothing where it is neither a freeze nor a window.
///
/// # Errors
/// When a category is nearly one of the two words and the event would be something else, or nothing; when one says for what it holds, and
/// it would be nothing.
///
/// ```
/// use changegate::calendars::{Category, Purpose, Unmarked, purpose};
/// use changegate::source::{Place, Source, Span};
/// use std::sync::Arc;
///
/// let place = Place::new(&Arc::new(Source::new("a.ics", "")), Span::default());
/// let of = |text: &str| purpose(&[Category { text: text.to_owned(), place: place.clone() }], Unmarked::Nothing);
/// assert_eq!(of("Freeze").unwrap(), Some(Purpose::Freeze));
/// assert_eq!(of("Holidays").unwrap(), None);
/// assert_eq!(of("Change Freeze").unwrap_err().code, "calendar/unclear-purpose");
/// ```
pub fn purpose(categories: &[Category], unmarked: Unmarked) -> Result<Option<Purpose>, Fault> {
    let said = categories.iter().find_map(|category| said(&category.text));
    let purpose = said.or((unmarked == Unmarked::Freeze).then_some(Purpose::Freeze));
    for category in categories {
        let nearly = nearly(&category.text);
        if let Some(nearly) = nearly.filter(|nearly| Some(*nearly) != purpose) {
            let would = match purpose {
                None => "left out",
                Some(Purpose::Freeze) => "a freeze",
                Some(Purpose::LowRisk) => "a window of low risk",
            };
            let message =
                format!("`{}` is not `{}`, and this event would be {would}", shown(&category.text), word(nearly));
            return Err(unclear(
                category,
                message,
                format!("write `{}`; or, where it is no such thing, another word", word(nearly)),
            ));
        }
        if purpose.is_none() && says_for_what(&category.text) {
            let message =
                format!("`{}` says for what this event holds, and nothing says what it is", shown(&category.text));
            return Err(unclear(category, message, format!("add the category `{FREEZE}` or `{LOW_RISK}`")));
        }
    }
    Ok(purpose)
}

/// Whether any of the categories is for the gate, or nearly.
pub fn concerns(categories: &[Category]) -> bool {
    let concerns = |text: &str| said(text).is_some() || nearly(text).is_some() || says_for_what(text);
    categories.iter().any(|category| concerns(&category.text))
}

/// Whether a category says that its event opens a window. It decides how ambiguous times are read.
pub fn opens(category: &str) -> bool {
    said(category) == Some(Purpose::LowRisk)
}

pub(super) fn said(category: &str) -> Option<Purpose> {
    [Purpose::Freeze, Purpose::LowRisk].into_iter().find(|purpose| category.eq_ignore_ascii_case(word(*purpose)))
}

const fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Freeze => FREEZE,
        Purpose::LowRisk => LOW_RISK,
    }
}

fn says_for_what(category: &str) -> bool {
    parted(category).is_some_and(|(word, _)| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// What a category may be meant to say that does not: `Change Freeze`, `freezes`, `low risk`.
fn nearly(category: &str) -> Option<Purpose> {
    if said(category).is_some() || says_for_what(category) {
        return None;
    }
    let lower = category.to_lowercase();
    let joined: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).chain([&*joined]);
    let is_near = |word: &str, known: &str| {
        // The first letter is seldom the wrong one, and `breeze` is another word.
        word.chars().next() == known.chars().next()
            && word.len().abs_diff(known.len()) <= 1
            && strsim::damerau_levenshtein(word, known) <= 1
    };
    if joined.contains(FREEZE) || words.any(|word| is_near(word, FREEZE)) {
        return Some(Purpose::Freeze);
    }
    let low_risk = "lowrisk";
    (joined.contains(low_risk) || is_near(&joined, low_risk)).then_some(Purpose::LowRisk)
}

fn unclear(category: &Category, message: String, help: String) -> Fault {
    Fault::new("calendar/unclear-purpose", message).help(help).at(category.place.clone(), "here")
}
