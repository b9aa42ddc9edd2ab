//! The names of properties that are read of an event, and those that are nearly one of them.

use super::super::property::Property;
use super::super::wrong::Wrong;

/// What is read of an event that holds and can stand once. EXRULE is of an older standard.
pub(super) const SINGLE: [&str; 10] =
    ["UID", "SUMMARY", "TRANSP", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "EXRULE", "SEQUENCE"];

/// What is read besides: STATUS, before all else, and what can stand more than once.
const OTHERS: [&str; 4] = ["STATUS", "CATEGORIES", "RDATE", "EXDATE"];

/// Names that nobody knows are passed over, as the standard asks, unless one is nearly the name of something that is read: a misspelt
/// EXDATE or CATEGORIES would change without a word when a freeze holds, and for what.
pub(super) fn known(property: &Property<'_>) -> Result<(), Wrong> {
    let name = property.name().to_ascii_uppercase();
    let read = || SINGLE.into_iter().chain(OTHERS);
    // DTSTAMP is when an event was written, and near to DTSTART.
    if name.starts_with("X-") || name == "DTSTAMP" || read().any(|known| known == name) {
        return Ok(());
    }
    let near = |known: &&str| {
        let most = known.len() / 3;
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

#[cfg(test)]
mod tests {
    use super::super::super::line::lines;
    use super::*;

    #[test]
    fn names_of_the_standards_are_not_taken_for_others() {
        // RFC 5545, 7986, 9073 and 9253.
        let names = "ATTACH ATTENDEE CLASS COLOR COMMENT COMPLETED CONCEPT CONFERENCE CONTACT CREATED DESCRIPTION DTSTAMP DUE \
                     FREEBUSY GEO IMAGE LAST-MODIFIED LINK LOCATION LOCATION-TYPE NAME ORGANIZER PARTICIPANT-TYPE PERCENT-COMPLETE \
                     PRIORITY REFID REFRESH-INTERVAL RELATED-TO REQUEST-STATUS RESOURCES RESOURCE-TYPE SOURCE STRUCTURED-DATA \
                     STYLED-DESCRIPTION URL CALENDAR-ADDRESS X-DTSTARTS IANA-TOKEN";
        let is_known = |name: &str| {
            let text = format!("{name}:1");
            known(&Property::read(lines(&text).next().unwrap()).unwrap()).is_ok()
        };
        for name in names.split_whitespace().chain(SINGLE).chain(OTHERS) {
            assert!(is_known(name), "{name}");
        }
        for name in
            ["CATEGORY", "CATEGORIE", "EXDATES", "EX-DATE", "RDATES", "DTENDS", "RRULES", "RECURRENCEID", "DT-START"]
        {
            assert!(!is_known(name), "{name}");
        }
    }
}
