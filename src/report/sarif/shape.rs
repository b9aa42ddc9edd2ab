//! The objects of SARIF that the gate writes, by the names that they have in the standard.

use super::idle::Idle;
use super::location::{Location, Text, inert};
use crate::codes::Code;
use crate::finding::{Label, Level};
use crate::policy::Header;
use crate::report::entry::{Aside, Entry, Weight};
use crate::verdict::Outcome;
use serde::Serialize;

/// Further places of a result: more explain nothing.
const MOST_RELATED: usize = 10;

#[derive(Debug, Serialize)]
pub(super) struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [WholeRun<'a>; 1],
}

/// What a run is made of.
pub(super) struct Run<'a> {
    pub driver: Driver,
    pub invocation: Invocation<'a>,
    pub results: Vec<&'a Result>,
    pub category: String,
    pub idle: Option<&'a Idle>,
}

impl<'a> Log<'a> {
    pub fn of(run: Run<'a>) -> Self {
        let run = WholeRun {
            tool: Tool { driver: run.driver },
            column_kind: "unicodeCodePoints",
            automation_details: Id { id: run.category },
            invocations: [run.invocation],
            results: run.results,
            properties: run.idle,
        };
        Self { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WholeRun<'a> {
    tool: Tool,
    column_kind: &'static str,
    automation_details: Id,
    invocations: [Invocation<'a>; 1],
    results: Vec<&'a Result>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<&'a Idle>,
}

#[derive(Debug, Serialize)]
struct Id {
    id: String,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule>,
}

impl Driver {
    pub const fn new(version: &'static str, rules: Vec<Rule>) -> Self {
        Self { name: "changegate", semantic_version: version, information_uri: env!("CARGO_PKG_REPOSITORY"), rules }
    }
}

/// `reportingDescriptor`: what a rule, or a code, says of itself.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rule {
    id: String,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Properties {
    controls: Vec<String>,
}

impl Rule {
    pub fn of(id: &str, header: &Header) -> Self {
        let weight = match header.level {
            Level::Deny => Weight::Error,
            Level::Warn => Weight::Warning,
            Level::Info => Weight::Note,
        };
        let controls: Vec<_> = header.controls.iter().map(|control| inert(control)).collect();
        Self {
            id: inert(id),
            short_description: Text::of(&header.title),
            full_description: Text::of(&header.why),
            help: Text::of(&header.help),
            default_configuration: Configuration { level: level(weight) },
            properties: (!controls.is_empty()).then_some(Properties { controls }),
        }
    }

    /// That of a code, or of one that is not listed, which a test rules out.
    pub fn of_code(id: &str, code: Option<&Code>) -> Self {
        Self {
            id: inert(id),
            short_description: Text::of(code.map_or(id, |code| code.meaning)),
            full_description: Text::of(code.map_or(id, |code| code.who.as_str())),
            help: Text::of(code.map_or("see the message", |code| code.action)),
            default_configuration: Configuration { level: level(Weight::Error) },
            properties: None,
        }
    }
}

const fn level(weight: Weight) -> &'static str {
    match weight {
        Weight::Error | Weight::Fault => "error",
        Weight::Warning => "warning",
        Weight::Note => "note",
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Result {
    rule_id: String,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Weighed>,
}

/// Of a result that weighs otherwise than its rule has it: from when on it blocks by itself, and that it blocks as all warnings of the run do.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Weighed {
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raised: Option<bool>,
}

#[derive(Debug, Serialize)]
struct Fingerprint {
    #[serde(rename = "changegate/v1")]
    value: String,
    /// The name under which code scanning of GitHub looks for it; where there is none, it makes one of the text of the line.
    #[serde(rename = "primaryLocationLineHash")]
    of_github: String,
}

/// A waiver, which lets a result through.
#[derive(Debug, Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

impl Result {
    /// That of an entry in a file, which names its place where it has one.
    pub fn of(entry: &Entry<'_>, file: &str, fingerprint: String) -> Self {
        let help = entry.help.map(|help| format!("; {help}")).unwrap_or_default();
        let place = entry.primary.map(|label| &label.place);
        let because = entry.because.iter().filter(|because| Some(&because.place) != place).map(|because| {
            let value = because.value.as_deref().unwrap_or("absent");
            Location::of(&because.place, Some(&format!("because `{}` is {value}", because.pointer)))
        });
        let related = entry.related.iter().map(|Label { place, text }| Location::of(place, Some(text)));
        let told = related.chain(because).filter(|location| location.is_of_a_file()).take(MOST_RELATED);
        Self {
            rule_id: inert(entry.code),
            rule_index: 0,
            level: level(entry.weight),
            message: Text::of(&format!("{}{}{help}", entry.message, entry.in_brackets())),
            locations: [
                place.map_or_else(|| Location::of_file(file), |place| Location::of(place, None).at(entry.pointer))
            ],
            related_locations: told.enumerate().map(|(at, location)| location.numbered(at)).collect(),
            partial_fingerprints: Fingerprint { of_github: fingerprint.clone(), value: fingerprint },
            suppressions: entry.waived.map(|waived| {
                let justification = inert(&format!(
                    "{} ({}), by {}, until {}",
                    waived.reason, waived.ticket, waived.by, waived.expires
                ));
                [Suppression { kind: "external", status: "accepted", justification }]
            }),
            properties: entry.aside.map(|aside| {
                let (day, raised) = match aside {
                    Aside::BlocksFrom(day) => (Some(day), None),
                    Aside::Raised(day) => (day, Some(true)),
                };
                Weighed { blocks_on: day.map(|day| day.to_string()), raised }
            }),
        }
    }

    pub fn rule_id(&self) -> &str {
        &self.rule_id
    }

    pub const fn set_rule(&mut self, index: usize) {
        self.rule_index = index;
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation<'a> {
    execution_successful: bool,
    exit_code: u8,
    exit_code_description: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<&'a Notification>,
}

impl<'a> Invocation<'a> {
    pub fn of(outcome: Outcome, word: &'static str, notifications: Vec<&'a Notification>) -> Self {
        Self {
            execution_successful: outcome != Outcome::Undecided,
            exit_code: outcome.exit_status(),
            exit_code_description: word,
            tool_execution_notifications: notifications,
        }
    }
}

/// Why the gate could not judge.
#[derive(Debug, Serialize)]
pub(super) struct Notification {
    descriptor: Id,
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

impl Notification {
    pub fn of(entry: &Entry<'_>, file: Option<&str>) -> Self {
        let help = entry.help.map(|help| format!("; {help}")).unwrap_or_default();
        let place = entry.primary.map(|label| Location::of(&label.place, Some(&label.text)));
        Self {
            descriptor: Id { id: inert(entry.code) },
            level: level(entry.weight),
            message: Text::of(&format!("{}{help}", entry.message)),
            locations: place.or_else(|| file.map(Location::of_file)).into_iter().collect(),
        }
    }

    pub fn of_left_out(number: usize, what: &str) -> Self {
        Self {
            descriptor: Id { id: "left-out".to_owned() },
            level: level(Weight::Warning),
            message: Text::of(&format!(
                "{number} {what} are left out, as the report takes no more; the verdict counts all"
            )),
            locations: Vec::new(),
        }
    }
}
