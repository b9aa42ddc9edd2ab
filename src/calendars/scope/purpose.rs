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
/// When a category is nearly the one of the two words that the event is not.
///
/// ```
/// use changegate::calendars::{Category, Purpose, Unmarked, purpose};
/// use changegate::source::{Place, Source, Span};
/// use std::sync::Arc;
///
/// let place = Place::new(&Arc::new(Source::new("a.ics", "")), Span::default());
/// let of = |text: &str, unmarked| purpose(&[Category { text: text.to_owned(), place: place.clone() }], unmarked);
/// assert_eq!(of("Freeze", Unmarked::Nothing).unwrap(), Some(Purpose::Freeze));
/// assert_eq!(of("Holidays", Unmarked::Nothing).unwrap(), None);
/// assert_eq!(of("Low risk", Unmarked::Freeze).unwrap_err().code, "calendar/unclear-purpose");
/// ```
pub fn purpose(categories: &[Category], unmarked: Unmarked) -> Result<Option<Purpose>, Fault> {
    let said = categories.iter().find_map(|category| said(&category.text));
    let Some(purpose) = said.or((unmarked == Unmarked::Freeze).then_some(Purpose::Freeze)) else { return Ok(None) };
    for category in categories {
        if let Some(nearly) = nearly(&category.text).filter(|nearly| *nearly != purpose) {
            let would = match purpose {
                Purpose::Freeze => "a freeze",
                Purpose::LowRisk => "a window of low risk",
            };
            let message =
                format!("`{}` is not `{}`, and this event would be {would}", shown(&category.text), word(nearly));
            let help = format!("write `{}`; or, where it is no such thing, another word", word(nearly));
            return Err(Fault::new("calendar/unclear-purpose", message).help(help).at(category.place.clone(), "here"));
        }
    }
    Ok(Some(purpose))
}

/// Whether any of the categories is for the gate. One that says for what an event holds is that beside these words alone: `system: HR` may
/// be anybody's.
pub fn concerns(categories: &[Category]) -> bool {
    categories.iter().any(|category| said(&category.text).is_some())
}

/// Whether a category says that its event opens a window. It decides how ambiguous times are read.
pub fn opens(category: &str) -> bool {
    said(category) == Some(Purpose::LowRisk)
}

pub fn said(category: &str) -> Option<Purpose> {
    [Purpose::Freeze, Purpose::LowRisk].into_iter().find(|purpose| category.eq_ignore_ascii_case(word(*purpose)))
}

pub const fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Freeze => FREEZE,
        Purpose::LowRisk => LOW_RISK,
    }
}

/// Whether a category is of the form of a scope.
pub fn says_for_what(category: &str) -> bool {
    parted(category).is_some_and(|(word, _)| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

/// What a category may be meant to say that does not: `Change Freeze`, `freezes`, `low risk`, `Freeze: year end`. It is all of it that is
/// looked at, as a freeze of hirings or of features is another thing, and a freezer is none.
pub fn nearly(category: &str) -> Option<Purpose> {
    if said(category).is_some() || says_for_what(category) || category.len() > LONGEST {
        return None;
    }
    let name = parted(category).map_or(category, |(word, _)| word).to_lowercase();
    let joined: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let singular = joined.strip_suffix('s').unwrap_or(&joined);
    let what = singular.strip_suffix(FREEZE);
    if what.is_some_and(|what| FROZEN.contains(&what)) || is_near(&joined, FREEZE) {
        return Some(Purpose::Freeze);
    }
    let risk = singular.strip_suffix("window").unwrap_or(singular);
    is_near(risk, "lowrisk").then_some(Purpose::LowRisk)
}

/// What a freeze for this gate is called a freeze of, if of anything.
const FROZEN: [&str; 8] = ["", "change", "changes", "code", "deploy", "deployment", "production", "release"];

/// No longer category is nearly a word, in bytes.
const LONGEST: usize = 64;

/// Whether a letter is wrong, missing or in the wrong place. The first one is seldom it, and `breeze` is another word, as `freezer` is.
fn is_near(word: &str, known: &str) -> bool {
    word.chars().next() == known.chars().next()
        && (known.len() - 1..=known.len()).contains(&word.len())
        && strsim::damerau_levenshtein(word, known) <= 1
}
