//! Calendars of a run: from patterns to what their events are to the gate.

use super::{Mark, Marked, Schedule};
use crate::calendars::{Calendar, Category, Named, Scope, Unmarked, purpose, scope};
use crate::digest;
use crate::files::Files;
use crate::finding::{Fault, Finding, Label, Level};
use crate::inputs;
use crate::proposal::model::URGENCIES;
use crate::proposal::problem::nearest;
use crate::source::{Place, Source};
use jiff::tz::TimeZone;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// What the configuration says of calendars.
#[derive(Debug, Default)]
pub struct Settings {
    /// Files, folders and patterns of calendars, and where each is named.
    pub files: Vec<(String, Place)>,
    /// The zone of whole days and local times, in calendars that name none.
    pub zone: Option<String>,
    /// What an event is that does not say it.
    pub unmarked: Unmarked,
}

/// The names that scopes may give.
#[derive(Debug, Clone, Copy)]
pub struct Known<'k> {
    /// The systems that have profiles; empty where none has.
    pub systems: &'k [&'k str],
    /// The environments that there are.
    pub environments: &'k [String],
}

/// The extension of calendars.
const EXTENSION: &str = "ics";
/// The longest calendar that is read, in bytes: one more, and it is too large.
const LONGEST: u64 = 1 << 20;
/// So many calendars are read.
const MOST: usize = 100;

/// Whether a run that reads these calendars would read a file at this path from the root.
pub fn would_read<'p>(root: &Path, mut patterns: impl Iterator<Item = &'p str>, path: &Path) -> bool {
    patterns.any(|pattern| inputs::would_name(root, pattern, EXTENSION, path))
}

impl Schedule {
    /// The same with the calendars of a configuration.
    ///
    /// # Errors
    /// All that is wrong with them: a calendar that can't be read or understood may hold the freeze that matters.
    pub fn with_calendars(
        mut self,
        trusted: &Files,
        settings: &Settings,
        known: Known<'_>,
    ) -> Result<Self, Vec<Fault>> {
        let zone = settings.zone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
        let (mut paths, mut faults) = (BTreeSet::new(), Vec::new());
        for (pattern, place) in &settings.files {
            match inputs::files_of(trusted, pattern, EXTENSION) {
                Ok(found) if found.is_empty() => faults.push(nothing(pattern, place)),
                Ok(found) => paths.extend(found),
                Err(fault) => faults.push(fault.at(place.clone(), "named here")),
            }
        }
        if paths.len() > MOST {
            faults.push(
                Fault::new("calendar/too-many-files", format!("more than {MOST} calendars are named"))
                    .help("name those that hold freezes and windows, in `calendars.files`"),
            );
            paths.clear();
        }
        for path in paths {
            match read(trusted, &path, zone.as_ref(), settings.unmarked)
                .and_then(|calendar| marked(calendar, &path, settings, known))
            {
                Ok((marked, digest)) => {
                    self.left_out.extend(left_out(&marked.calendar));
                    self.files.push((path.to_string_lossy().into_owned(), digest));
                    self.calendars.push(marked);
                }
                Err(found) => faults.extend(found),
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}

fn read(
    trusted: &Files,
    path: &Path,
    zone: Option<&TimeZone>,
    unmarked: Unmarked,
) -> Result<(Calendar, String), Vec<Fault>> {
    let name = path.to_string_lossy();
    let text = trusted.text(path, LONGEST).map_err(|error| {
        Fault::new("calendar/unreadable", format!("the calendar {name} can't be read: {error}"))
            .help("see that it is an ordinary file with UTF-8 text, and that you may read it")
    })?;
    let digest = digest::of(text.as_bytes());
    let source = Arc::new(Source::new(name, text).with_digest(digest.clone()));
    Ok((Calendar::read(&source, zone, unmarked)?, digest))
}

/// What the events of a calendar are, and what is wrong with what they say of it.
fn marked(
    (calendar, digest): (Calendar, String),
    path: &Path,
    settings: &Settings,
    known: Known<'_>,
) -> Result<(Marked, String), Vec<Fault>> {
    let (mut marks, mut faults) = (Vec::new(), Vec::new());
    // Occurrences that have their categories from a series share them.
    let mut shared: HashMap<(*const Category, usize), Option<Mark>> = HashMap::new();
    for categories in calendar.categories() {
        let key = categories.map(|categories| (categories.as_ptr(), categories.len()));
        let found = key.and_then(|key| shared.get(&key)).cloned();
        let of = || categories.map_or(Ok(None), |categories| mark(categories, settings.unmarked, known));
        match found.map_or_else(of, Ok) {
            Ok(mark) => {
                shared.extend(key.map(|key| (key, mark.clone())));
                marks.push(mark);
            }
            Err(found) => faults.extend(found),
        }
        if faults.len() >= MOST_TOLD {
            faults.truncate(MOST_TOLD);
            break;
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok((Marked { calendar, marks, file: path.to_string_lossy().into() }, digest))
}

/// What would be a freeze or a window but for how that is written. It may as well be another thing, so that it is told and decides nothing.
fn left_out(calendar: &Calendar) -> Vec<Finding> {
    let mut told: Vec<(&Category, &str, usize)> = Vec::new();
    for (category, word) in calendar.left_out() {
        if let Some((_, _, events)) = told.iter_mut().find(|(first, ..)| first.text == category.text) {
            *events += 1;
        } else if told.len() < MOST_TOLD {
            told.push((category, word, 1));
        }
    }
    let finding = |(category, word, events): (&Category, &str, usize)| Finding {
        help: Some(format!("write `{word}`; or, where it is no such thing, another word")),
        ..Finding::new(
            "calendar/left-out",
            Level::Warn,
            match events {
                1 => format!("`{}` is not `{word}`, and this event is left out", category.text),
                _ => format!("`{}` is not `{word}`, and {events} events are left out", category.text),
            },
            Label::new(category.place.clone(), "this category"),
        )
    };
    told.into_iter().map(finding).collect()
}

/// Of one calendar so much is told.
const MOST_TOLD: usize = 20;

fn mark(categories: &[Category], unmarked: Unmarked, known: Known<'_>) -> Result<Option<Mark>, Vec<Fault>> {
    let Some(purpose) = purpose(categories, unmarked)? else { return Ok(None) };
    let urgencies: Vec<_> = URGENCIES.iter().map(|choice| choice.word).collect();
    let scope = scope(categories, &urgencies)?;
    let strange = unknown(&scope, known);
    if !strange.is_empty() {
        return Err(strange);
    }
    Ok(Some(Mark { purpose, scope: Arc::new(scope) }))
}

/// The names of a scope that there are not: a freeze of these would stop nothing.
fn unknown(scope: &Scope, Known { systems, environments }: Known<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for Named { name, place } in
        scope.systems.iter().filter(|named| !systems.is_empty() && !systems.contains(&&*named.name))
    {
        let message = format!("there is no profile of the system `{name}`");
        let near = nearest(name, systems.iter().copied()).map(|near| format!("did you mean `system:{near}`?"));
        let help = near.unwrap_or_else(|| "name a system that has a profile".to_owned());
        faults.push(Fault::new("config/unknown-system", message).help(help).at(place.clone(), WITHOUT_EFFECT));
    }
    for Named { name, place } in scope.environments.iter().filter(|named| !environments.contains(&named.name)) {
        let near = nearest(name, environments.iter().map(String::as_str));
        let near = near.map(|near| format!("did you mean `environment:{near}`? ")).unwrap_or_default();
        let fault = Fault::new("config/unknown-environment", format!("there is no environment `{name}`"))
            .help(near + "the environments are listed in `systems.environments` of changegate.toml");
        faults.push(fault.at(place.clone(), WITHOUT_EFFECT));
    }
    faults
}

const WITHOUT_EFFECT: &str = "this event would hold for nothing";

fn nothing(pattern: &str, place: &Place) -> Fault {
    Fault::new("calendar/no-file", format!("`{pattern}` names no calendar"))
        .help("correct the pattern, commit the calendar that it is to name, or take it out of `calendars.files`")
        .at(place.clone(), "named here")
}
