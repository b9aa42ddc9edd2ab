//! The names of properties that are read of an event, and those that are nearly one of them.

use super::super::property::Property;
use super::super::wrong::Wrong;

/// What is read of an event and can stand once. EXRULE is of an older standard.
pub(super) const SINGLE: [&str; 11] = [
    "UID",
    "SUMMARY",
    "STATUS",
    "TRANSP",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RECURRENCE-ID",
    "EXRULE",
    "SEQUENCE",
];

/// What can stand more than once.
const MANY: [&str; 3] = ["CATEGORIES", "RDATE", "EXDATE"];

/// Names that nobody knows are passed over, as the standard asks, unless one is nearly the name of something that is read: a misspelt
/// EXDATE or CATEGORIES would change without a word when a freeze holds, and for what.
pub(super) fn known(property: &Property<'_>) -> Result<(), Wrong> {
    let name = property.name().to_ascii_uppercase();
    let read = || SINGLE.into_iter().chain(MANY);
    // Names that are defined and near to one of those.
    let others = ["DUE", "STATUS-CODE", "DTSTAMP", "CREATED", "RELATED-TO", "REFRESH-INTERVAL"];
    if name.starts_with("X-") || name.len() > 24 || read().any(|known| known == name) || others.contains(&name.as_str())
    {
        return Ok(());
    }
    let near = |known: &&str| {
        let most = usize::from(known.len() > 4) + 1;
        known.len() > 3 && known.len().abs_diff(name.len()) <= most && strsim::damerau_levenshtein(known, &name) <= most
    };
    match read().find(near) {
        Some(near) => {
            let message = format!("there is no property {name}");
            Err(Wrong::new("calendar/unknown-property", property.span(), message, format!("did you mean {near}?")))
        }
        None => Ok(()),
    }
}
