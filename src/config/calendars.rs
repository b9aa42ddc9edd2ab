//! Where the calendars of freezes and low-risk windows are.

use crate::calendars::Unmarked;
use crate::proposal::shape::{Choice, Kind, LINE, Object, choice, field, object};
use crate::proposal::{NodeId, Tree};
use crate::schedule::Settings;

pub static CALENDARS: Object = object(
    "calendars",
    "Where the calendars of freezes and low-risk windows are.",
    &[
        field(
            "files",
            Kind::List(&LINE),
            "Files, folders and patterns of calendars (iCalendar, `.ics`). Each names at least one; with a base they are read from there.",
        )
        .examples(&[r#"["calendars/*.ics"]"#]),
        field(
            "zone",
            Kind::Zone,
            "The time zone of whole days and of times without one, in calendars that name none. When left out, such a time is an error.",
        )
        .examples(&[r#""Europe/Berlin""#]),
        field(
            "without_category",
            Kind::Choice(UNMARKED),
            "What an event is that has neither the category `freeze` nor `low-risk`; a freeze when left out, as not every program writes categories.",
        ),
    ],
);

/// What an event is that does not say it.
const UNMARKED: &[Choice] = &[choice("freeze", "A freeze."), choice("nothing", "Nothing: it is left out.")];

/// What `[calendars]` says.
pub fn settings(tree: &Tree) -> Settings {
    let files = tree.path(&["calendars", "files"]).map(|files| tree.items(files)).unwrap_or_default();
    let file = |&file: &NodeId| Some((tree.text(file)?.to_owned(), tree.place(file)));
    let without = tree.path(&["calendars", "without_category"]).and_then(|word| tree.text(word));
    Settings {
        files: files.iter().filter_map(file).collect(),
        zone: tree.path(&["calendars", "zone"]).and_then(|zone| tree.text(zone)).map(str::to_owned),
        unmarked: if without == Some("nothing") { Unmarked::Nothing } else { Unmarked::Freeze },
    }
}
