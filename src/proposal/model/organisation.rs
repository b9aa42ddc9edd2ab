//! When the organisation makes no changes, and when they suit.

use super::reason::URGENCIES;
use super::terms::{flag, instant, line, list, names};
use crate::proposal::shape::{Field, Kind, NAMES, Object, field, object};

/// A change freeze.
pub static FREEZE_PERIOD: Object = object(
    "freeze-period",
    "A time in which changes are not allowed.",
    &[
        line("name", "What people call it.").required().examples(&[r#""year-end freeze""#]),
        instant("start", "When it begins.").required().examples(&[r#""2026-12-18T18:00:00+01:00""#]),
        instant("end", "When it ends; that moment no longer belongs to it.")
            .required()
            .examples(&[r#""2027-01-04T06:00:00+01:00""#]),
        line("reason", "Why there is one.").examples(&[r#""the books are closed""#]),
        names("systems", "The systems that it covers; all of them when empty.").examples(&[r#"["payments-db"]"#]),
        field("environments", NAMES, "The environments that it covers; all of them when empty.")
            .examples(&[r#"["production"]"#]),
        list("exempt_urgencies", &Kind::Choice(URGENCIES), "The urgencies to which it does not apply."),
        flag("fast_track_exempt", "Whether an eligible fast track may go ahead in spite of it; `true` when left out.")
            .examples(&["false"]),
        line("origin", "Where it was read: a file or a calendar.").examples(&[r#""changegate.toml""#]),
        NOTE,
    ],
);

/// A time that suits changes.
pub static LOW_RISK_PERIOD: Object = object(
    "low-risk-period",
    "A time that suits changes.",
    &[
        line("name", "What people call it.").required().examples(&[r#""second Sunday of the month""#]),
        instant("start", "When it begins.").required().examples(&[r#""2026-12-13T00:00:00+01:00""#]),
        instant("end", "When it ends; that moment no longer belongs to it.")
            .required()
            .examples(&[r#""2026-12-13T08:00:00+01:00""#]),
        names("systems", "The systems whose changes it suits; all of them when empty.")
            .examples(&[r#"["payments-db"]"#]),
        field("environments", NAMES, "The environments whose changes it suits; all of them when empty.")
            .examples(&[r#"["production"]"#]),
        line("origin", "Where it was read: a file or a calendar.").examples(&[r#""calendars/windows.ics""#]),
        NOTE,
    ],
);

const NOTE: Field = line(
    "note",
    "What is to be known of its times: of an event of a calendar, how they were read where the clocks change.",
)
.examples(&[r#""02:30:00 on 2026-10-25 comes twice in Europe/Berlin, and 2026-10-25T00:30:00Z is taken""#]);
