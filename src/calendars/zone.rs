//! Time zones by their names in the database that is bundled; a zone that does not exist is an error and never a default.

use super::wrong::{Wrong, shown};
use crate::source::Span;
use jiff::tz::TimeZone;
use windows_timezones::WindowsTimezone;

/// What some programs write before the name of a zone, by which they mean the zone of that name: libical (Evolution and others; its
/// `BUILTIN_TZID_PREFIX`, in older versions with `Tzfile/`), Mozilla and Citadel, the latter two with a version of their data.
const WRAPPERS: &[(&str, bool)] = &[
    ("/freeassociation.sourceforge.net/Tzfile/", false),
    ("/freeassociation.sourceforge.net/", false),
    ("/mozilla.org/", true),
    ("/citadel.org/", true),
];

/// The zone of a name: of the IANA database, or one of Windows, which Outlook writes and the table of CLDR translates. What a VTIMEZONE of
/// that name says does not count: the database knows better what the law is.
pub(super) fn zone(name: &str, span: Span) -> Result<TimeZone, Wrong> {
    let found = TimeZone::get(unwrapped(name)).ok().or_else(|| TimeZone::get(of_windows(name)?).ok());
    // `Etc/Unknown` is in the database, and would be read as UTC.
    found.filter(|zone| !zone.is_unknown()).ok_or_else(|| {
        Wrong::new(
            "calendar/unknown-zone",
            span,
            format!("there is no time zone `{}`", shown(name)),
            "use a name of the IANA database, such as `Europe/Berlin`, or of Windows; zones that the file defines itself are not read",
        )
    })
}

/// Of the zones that one name of Windows stands for, the one that CLDR has where no country is told.
fn of_windows(name: &str) -> Option<&'static str> {
    name.parse().ok().map(WindowsTimezone::tzdb_id)
}

fn unwrapped(name: &str) -> &str {
    for (wrapper, versioned) in WRAPPERS {
        if let Some(rest) = name.strip_prefix(wrapper) {
            return if *versioned { rest.split_once('/').map_or(rest, |(_, zone)| zone) } else { rest };
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_windows() {
        for (name, of_database) in [
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("GMT Standard Time", "Europe/London"),
            ("Eastern Standard Time", "America/New_York"),
            ("India Standard Time", "Asia/Calcutta"),
            ("UTC", "UTC"),
        ] {
            assert_eq!(zone(name, Span::default()).unwrap().iana_name(), Some(of_database), "{name}");
        }
    }

    #[test]
    fn names_and_their_wrappers() {
        for name in [
            "Europe/Berlin",
            "/freeassociation.sourceforge.net/Europe/Berlin",
            "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin",
            "/mozilla.org/20070129_1/Europe/Berlin",
            "/citadel.org/20190914_1/Europe/Berlin",
        ] {
            assert_eq!(zone(name, Span::default()).unwrap().iana_name(), Some("Europe/Berlin"), "{name}");
        }
        for name in [
            "",
            "/",
            "Europe/Berlinn",
            "Etc/Unknown",
            "W. Europe Standard Tim",
            "w. europe standard time",
            "Customized Time Zone",
            "/Europe/Berlin",
            "/example.org/Europe/Berlin",
            "../Europe/Berlin",
            "/mozilla.org/Europe/Berlin",
            "Local",
            "CET-1CEST",
            "Europe/Berlin\0",
        ] {
            assert!(zone(name, Span::default()).is_err(), "{name:?}");
        }
    }
}
