//! What is known of an upgrade before anybody has said anything, and what may be guessed.

use super::packages::{Chosen, Component, Package, as_name, is_plain};
use super::way::{asked_how_large, asked_on_the_way};
use crate::proposal::is_advisory_id;
use crate::proposal::model::PROPOSAL;
use crate::proposal::shape::{Field, Kind, Object};
use crate::proposal::unfilled::mark;
use serde_json::{Map, Value, json};

/// What is known, as a proposal; and what is guessed.
#[derive(Debug, Clone)]
pub struct Known {
    /// The part of the proposal that is known.
    pub document: Value,
    /// What an author would most likely say, and has not said yet.
    pub guesses: Vec<Guess>,
    /// The parts of the change of which it is not known to which component they belong, by their places, and what is said of that.
    homeless: Vec<String>,
    home: String,
    /// What is asked of a part for the way that it goes: its place, and the field.
    on_the_way: Vec<(String, &'static Field)>,
}

/// What lockfiles and the profile tell of an upgrade.
#[derive(Debug, Clone, Copy)]
pub struct Upgrade<'a> {
    /// The id of the system.
    pub system: &'a str,
    /// Its components.
    pub components: &'a [Component],
    /// What changes.
    pub chosen: &'a Chosen,
}

/// What is suggested for a field of the proposal.
#[derive(Debug, Clone)]
pub struct Guess {
    /// The names of the section and of the field.
    pub path: [&'static str; 2],
    /// The value that is judged by, as long as nobody says otherwise; none where nothing is suggested.
    pub value: Option<Value>,
}

const SCHEMA: &str = "https://raw.githubusercontent.com/changegate/changegate/main/schemas/proposal-v1.json";

impl Known {
    /// What is known of an upgrade, of which advisories are known that it answers. The time is that of the draft.
    pub fn of(upgrade: &Upgrade<'_>, advisories: &[String], now: &str) -> Self {
        let Upgrade { system, chosen, .. } = *upgrade;
        let mut change = Map::new();
        let (one, several): (Option<&Package>, Vec<&Package>) = match (&*chosen.direct, &*chosen.along) {
            ([one], along) => (Some(one), along.iter().collect()),
            ([], [one]) => (Some(one), Vec::new()),
            (direct, along) => (None, direct.iter().chain(along).collect()),
        };
        let mut homeless = Vec::new();
        if let Some(one) = one {
            change = upgrade.part(one, one, "/change", &mut homeless);
        }
        change.insert("kind".to_owned(), "software".into());
        if let Some(first) = several.first() {
            let with = one.unwrap_or(first);
            let parts = several.iter().enumerate();
            let parts =
                parts.map(|(at, part)| upgrade.part(part, with, &format!("/change/components/{at}"), &mut homeless));
            change.insert("components".to_owned(), parts.map(Value::Object).collect());
        }
        let first = one.and_then(|one| Some(("/change".to_owned(), asked_on_the_way(one)?)));
        let listed = several.iter().enumerate().flat_map(|(at, part)| {
            let asked = asked_on_the_way(part).into_iter().chain(asked_how_large(part));
            asked.map(move |field| (format!("/change/components/{at}"), field))
        });
        let on_the_way = first.into_iter().chain(listed).collect();
        let ids = distinct(advisories);
        let guesses = guesses(size(chosen), !ids.is_empty());
        let mut reason = Map::new();
        if !ids.is_empty() {
            reason.insert("advisories".to_owned(), json!(ids));
        }
        let document = json!({
            "$schema": SCHEMA, "changegate": 1, "id": id(system, chosen), "title": title(chosen), "draft": true,
            "submitted_at": now, "system": { "id": system }, "change": change, "reason": reason,
        });
        Self { document, guesses, homeless, home: upgrade.home(), on_the_way }
    }

    /// Suggests advisories that somebody has named, where none is known: they may be about something else.
    pub fn suggest(&mut self, advisories: &[String]) {
        let ids = distinct(advisories);
        if !ids.is_empty() && self.document.pointer("/reason/advisories").is_none() {
            self.guesses.push(Guess { path: ["reason", "advisories"], value: Some(json!(ids)) });
        }
    }

    /// The name of the proposal, which is good for a file.
    pub fn id(&self) -> &str {
        self.document.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    /// Says something: it is guessed no more.
    pub fn say(&mut self, path: [&'static str; 2], value: Value) {
        self.guesses.retain(|guess| guess.path != path);
        put(&mut self.document, path, value);
    }

    /// As it would be judged if all guesses were right.
    pub(super) fn as_suggested(&self) -> Value {
        let mut document = self.document.clone();
        // What a step back is asked for is known; without it a rule would ask for what a step forward has to show.
        for (place, field) in self.on_the_way.iter().filter(|(_, field)| field.name == "reverts") {
            let example = field.examples.first().and_then(|example| serde_json::from_str(example).ok());
            if let (Some(part), Some(example)) = (document.pointer_mut(place), example) {
                part[field.name] = example;
            }
        }
        for guess in &self.guesses {
            if let Some(value) = &guess.value {
                put(&mut document, guess.path, value.clone());
            }
        }
        document
    }

    /// With marks where it is guessed, and where only the author can know.
    pub(super) fn marked(&self) -> Value {
        let mut document = self.document.clone();
        if let (Some(field), None) = (PROPOSAL.field("submitted_by"), document.get("submitted_by")) {
            document["submitted_by"] = mark(field, None).into();
        }
        for (place, field) in &self.on_the_way {
            if let Some(part) = document.pointer_mut(place) {
                part[field.name] = mark(field, None).into();
            }
        }
        for place in &self.homeless {
            if let Some(part) = document.pointer_mut(place) {
                part["component"] = self.home.as_str().into();
            }
        }
        for Guess { path, value } in &self.guesses {
            let suggested = value.as_ref().map(|value| match value {
                Value::String(word) => word.clone(),
                other => other.to_string(),
            });
            if let Some(field) = field_at(*path) {
                put(&mut document, *path, mark(field, suggested.as_deref()).into());
            }
        }
        document
    }
}

/// The field at a path of two names.
pub(super) fn field_at([section, name]: [&'static str; 2]) -> Option<&'static Field> {
    let Kind::Object(section) = PROPOSAL.field(section)?.kind else { return None };
    let section: &'static Object = section;
    section.field(name)
}

fn put(document: &mut Value, [section, name]: [&'static str; 2], value: Value) {
    document[section][name] = value;
}

impl Upgrade<'_> {
    /// A package as a part of the change. What comes along with a component is part of that; where nobody knows of which, it is kept
    /// where that is to be said.
    fn part(&self, package: &Package, with: &Package, at: &str, homeless: &mut Vec<String>) -> Map<String, Value> {
        let component = package.component.as_deref().or(with.component.as_deref());
        if component.is_none() {
            homeless.push(at.to_owned());
        }
        let mut part = Map::new();
        let mut put = |name: &str, value: Option<&str>| {
            if let Some(value) = value {
                part.insert(name.to_owned(), value.into());
            }
        };
        let usual = self.usual().map_or_else(|| as_name(&package.name), str::to_owned);
        put("component", component.or(Some(&usual)));
        put("from", package.from.as_deref());
        put("to", Some(&version(&package.to)));
        put("size", package.size.as_deref());
        put("package_url", package.package_url.as_deref());
        // What no component of the profile is belongs to one of them.
        let may_be =
            |one: &Component| one.package_url.is_none() && one.version.is_some() && one.version == package.from;
        let is_none = package.component.is_none() && !self.components.is_empty() && !self.components.iter().any(may_be);
        if package.package_url.is_some() && is_none {
            part.insert("library".to_owned(), true.into());
        }
        part
    }

    /// The component that packages without one most likely belong to: the only application.
    fn usual(&self) -> Option<&str> {
        let mut applications = self.components.iter().filter(|component| component.kind == "application");
        applications.next().filter(|_| applications.next().is_none()).map(|component| &*component.name)
    }

    /// The mark of such a package.
    fn home(&self) -> String {
        let field = field_at(["change", "component"]);
        let mark = field.map(|field| mark(field, self.usual())).unwrap_or_default();
        let names: Vec<_> = self.components.iter().map(|component| &*component.name).take(MOST_NAMES).collect();
        if names.is_empty() { mark } else { format!("{mark} It names {}.", names.join(", ")) }
    }
}

const MOST_NAMES: usize = 20;

/// A version as it may stand in a proposal. What holds anything else stands in the lockfile, where it is looked at.
fn version(version: &str) -> String {
    if is_plain(version, 100) {
        return version.to_owned();
    }
    let plain: String = version.chars().filter(char::is_ascii_graphic).take(100).collect();
    if is_plain(&plain, 100) { plain } else { "unreadable".to_owned() }
}

/// The ids of advisories, each once, without what is none.
fn distinct(advisories: &[String]) -> Vec<&String> {
    let mut ids: Vec<&String> = Vec::new();
    for id in advisories.iter().filter(|id| is_advisory_id(id)) {
        if !ids.iter().any(|other| other.eq_ignore_ascii_case(id)) {
            ids.push(id);
        }
    }
    ids
}

/// What the author of such a step would most likely say of it. Of a large one nothing is likely.
fn guesses(size: Option<&str>, is_advised: bool) -> Vec<Guess> {
    let class = match size {
        _ if is_advised => Some("security"),
        Some("patch") => Some("bug"),
        Some("minor") => Some("feature"),
        _ => None,
    };
    let small = matches!(size, Some("patch" | "minor"));
    let guess = |path, value: Option<Value>| Guess { path, value };
    vec![
        guess(["reason", "class"], class.map(Value::from)),
        guess(["reason", "urgency"], Some("planned".into())),
        guess(["change", "reversibility"], small.then(|| "reversible".into())),
        guess(["change", "alters"], small.then(|| json!([]))),
    ]
}

/// The largest step, where all are known.
fn size(chosen: &Chosen) -> Option<&str> {
    let sizes: Option<Vec<_>> =
        chosen.direct.iter().chain(&chosen.along).map(|package| package.size.as_deref()).collect();
    sizes?.into_iter().max_by_key(|size| crate::proposal::step::place(size))
}

/// The package that it is about before all others, and how many there are besides.
fn first(chosen: &Chosen) -> (Option<&Package>, usize) {
    let mut all = chosen.direct.iter().chain(&chosen.along);
    (all.next(), all.count())
}

fn title(chosen: &Chosen) -> String {
    let (package, more) = first(chosen);
    let Some(package) = package else { return "An upgrade".to_owned() };
    let from = package.from.as_deref().map(|from| format!(" {}", brief(from))).unwrap_or_default();
    let more = if more == 0 { String::new() } else { format!(", and {more} more") };
    // A line takes 200 characters, and a name may have 128 of them.
    let title: String =
        format!("{}{from} to {}", as_name(&package.name), brief(&version(&package.to))).chars().take(180).collect();
    title + &more
}

/// A version in a name or a title: a digest by its beginning, as git and registries show it.
fn brief(version: &str) -> String {
    match version.split_once(':') {
        Some((before, digest)) => format!("{before}:{}", digest.chars().take(12).collect::<String>()),
        None => version.to_owned(),
    }
}

/// A name for the proposal and its file: of letters, digits, dots and hyphens.
fn id(system: &str, chosen: &Chosen) -> String {
    let package = first(chosen).0;
    let words = package.map(|package| format!("-{}-{}", package.name, brief(&package.to))).unwrap_or_default();
    let text = format!("{system}{words}");
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._+".contains(c) { c } else { '-' };
    let plain: String = text.chars().map(plain).collect();
    let words: Vec<_> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let id: String = words.join("-").trim_start_matches(['.', '_', '+']).chars().take(100).collect();
    id.trim_end_matches(['.', '-']).to_owned()
}
