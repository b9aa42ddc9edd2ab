//! Reading files of cases.

use super::given::{Edit, Given, NOW};
use super::model::CASES;
use super::{ENDING, problem};
use crate::document::{Document, Limits};
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::{Fault, Level};
use crate::policy::Parameter;
use crate::proposal::tree::Key;
use crate::proposal::{NodeId, Role, Tree, Value, read as read_tree};
use crate::source::Place;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The longest file, in bytes, and how deep what it gives may be.
const LIMITS: Limits = Limits { bytes: 16 << 20, depth: 128 };

/// A proposal, and what a rule has to say of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// What is special about it.
    pub name: String,
    /// What the rule is given.
    pub given: Given,
    /// Parameters of the rule in place of its own.
    pub params: Vec<Parameter>,
    /// All findings that it has to make.
    pub expect: Vec<Expected>,
    /// All that it has to call owed.
    pub owed: Vec<String>,
    /// Where its name stands.
    pub place: Place,
    /// The value of `expect`.
    pub expect_place: Place,
    /// The value of `owed`, where it has one.
    pub owed_place: Option<Place>,
}

/// A finding that a rule has to make.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The code of the problem, where the proposal is no valid one; none of a finding of the rule.
    pub rule: Option<String>,
    /// How much it weighs.
    pub level: Level,
    /// To what it points, as a JSON Pointer.
    pub at: String,
    /// What it says.
    pub message: String,
    /// Where the whole of it stands, and where each field of it does.
    pub place: Place,
    fields: HashMap<&'static str, Place>,
}

impl Case {
    /// Whether it expects that the proposal is no valid one, so that no rule judges it.
    pub(super) fn is_of_what_is_invalid(&self) -> bool {
        self.expect.iter().any(|expected| expected.rule.is_some())
    }
}

impl Expected {
    /// Where the value of a field stands; the whole where there is none.
    pub fn place_of(&self, field: &str) -> &Place {
        self.fields.get(field).unwrap_or(&self.place)
    }
}

/// What a file of cases holds.
#[derive(Debug)]
pub struct CaseFile {
    /// The cases, in the order of the file.
    pub cases: Vec<Case>,
    /// The mutants of the rule that no case can tell from it.
    pub equal: Vec<Equal>,
}

/// A mutant of a rule that says the same in every case that there could be.
#[derive(Debug)]
pub struct Equal {
    line: String,
    column: i64,
    change: String,
    /// Where it stands.
    pub place: Place,
}

impl Equal {
    /// Whether it is the one that makes this change at this place.
    pub(super) fn is(&self, place: &Place, change: &str) -> bool {
        self.change == change && (self.line.trim(), self.column) == Self::spot(place)
    }

    /// The line in which a place is, without the white space around it, and where in that it begins, from 1.
    pub(super) fn spot(place: &Place) -> (&str, i64) {
        let start = place.start();
        let line = place.source.text().lines().nth(start.line as usize - 1).unwrap_or_default();
        let indent = line.chars().take_while(|character| character.is_whitespace()).count() as i64;
        (line.trim(), i64::from(start.column) - indent)
    }
}

/// The file of the cases of a rule, by the file of the rule.
///
/// ```
/// use std::path::Path;
/// assert_eq!(changegate::cases::of_rule(Path::new("house/ticket.rhai")), Path::new("house/ticket.cases.json"));
/// ```
pub fn of_rule(rule: &Path) -> PathBuf {
    let mut name = rule.file_stem().unwrap_or_default().to_owned();
    name.push(ENDING);
    rule.with_file_name(name)
}

/// Reads the cases of a file.
///
/// # Errors
/// When the file can't be read, or everything that is wrong with it.
pub fn read(files: &Files, path: &Path) -> Result<CaseFile, Vec<Fault>> {
    let bytes = files.bytes(path, LIMITS.bytes as u64).map_err(|error| vec![problem::unreadable(path, &error)])?;
    parse(&path.to_string_lossy(), bytes)
}

/// Reads the cases of a text, by the name of its file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse(name: &str, bytes: Vec<u8>) -> Result<CaseFile, Vec<Fault>> {
    let document = Document::parse(name, bytes, &LIMITS);
    let document = document.map_err(|findings| findings.into_iter().map(problem::syntax).collect::<Vec<_>>())?;
    let tree = read_tree(&document, &CASES)
        .map_err(|problems| problems.into_iter().map(|problem| problem.into_fault(Role::Cases)).collect::<Vec<_>>())?;
    let all = |name: &str| tree.path(&[name]).map(|list| tree.items(list)).unwrap_or_default().iter();
    let cases: Vec<_> = all("cases").map(|&node| case(&tree, node)).collect();
    let faults = same_names(&cases);
    if faults.is_empty() {
        Ok(CaseFile { cases, equal: all("equal").map(|&node| equal(&tree, node)).collect() })
    } else {
        Err(faults)
    }
}

fn equal(tree: &Tree, node: NodeId) -> Equal {
    let text = |name: &str| tree.get(node, name).and_then(|node| tree.text(node)).unwrap_or_default().to_owned();
    let column = tree.get(node, "column").map(|column| tree.value(column));
    Equal {
        line: text("line"),
        column: if let Some(Value::Count(column)) = column { *column } else { 0 },
        change: text("change"),
        place: tree.get(node, "line").map_or_else(|| tree.head(node), |line| tree.place(line)),
    }
}

/// A case that nobody can name by itself can't be asked for.
fn same_names(cases: &[Case]) -> Vec<Fault> {
    let mut known = HashMap::new();
    let twice = cases.iter().filter_map(|case| {
        let first = known.insert(case.name.as_str(), &case.place)?;
        Some(problem::twice(&case.name, first.clone(), case.place.clone()))
    });
    twice.collect()
}

fn case(tree: &Tree, node: NodeId) -> Case {
    let get = |name: &str| tree.get(node, name);
    let text = |name: &str| get(name).and_then(|node| tree.text(node)).map(str::to_owned);
    let items = |name: &str| get(name).map(|node| tree.items(node)).unwrap_or_default().iter().copied();
    let place = get("name").map_or_else(|| tree.head(node), |name| tree.place(name));
    let removed = items("remove").map(|item| Edit {
        pointer: tree.text(item).unwrap_or_default().to_owned(),
        value: None,
        place: Some(tree.place(item)),
    });
    let profile = items("profile")
        .map(|entry| edit(tree, entry))
        .map(|edit| Edit { value: edit.value.filter(|value| !value.is_null()), ..edit });
    let evidence = items("evidence").filter_map(|entry| Some((name_of(tree, entry), json(tree, entry)?)));
    let now = get("now").and_then(|now| if let Value::Instant(now) = tree.value(now) { Some(*now) } else { None });
    Case {
        given: Given {
            base: text("base"),
            base_place: get("base").map(|base| tree.place(base)),
            edits: removed.chain(items("set").map(|entry| edit(tree, entry))).collect(),
            profile: profile.collect(),
            evidence: evidence.collect(),
            now: now.unwrap_or(NOW),
            phase: text("phase").and_then(|phase| Phase::parse(&phase)).unwrap_or(Phase::Plan),
            place: Some(place.clone()),
        },
        params: items("params").map(|param| Parameter::read(tree, param)).collect(),
        expect: items("expect").map(|node| expected(tree, node)).collect(),
        owed: items("owed").filter_map(|owed| tree.text(owed)).map(str::to_owned).collect(),
        expect_place: get("expect").map_or_else(|| place.clone(), |expect| tree.place(expect)),
        owed_place: get("owed").map(|owed| tree.place(owed)),
        name: text("name").unwrap_or_default(),
        place,
    }
}

fn edit(tree: &Tree, entry: NodeId) -> Edit {
    Edit { pointer: name_of(tree, entry), value: json(tree, entry), place: Some(tree.head(entry)) }
}

fn expected(tree: &Tree, node: NodeId) -> Expected {
    let get = |name: &str| tree.get(node, name);
    let text = |name: &str| get(name).and_then(|node| tree.text(node)).map(str::to_owned);
    let fields = super::model::fields_of_a_finding();
    Expected {
        rule: text("rule"),
        level: text("level").and_then(|level| Level::parse(&level)).unwrap_or(Level::Deny),
        at: text("at").unwrap_or_default(),
        message: text("message").unwrap_or_default(),
        place: tree.place(node),
        fields: fields.filter_map(|field| Some((field.name, tree.place(get(field.name)?)))).collect(),
    }
}

fn name_of(tree: &Tree, entry: NodeId) -> String {
    if let Key::Entry(name) = &tree.node(entry).key { name.to_string() } else { String::new() }
}

fn json(tree: &Tree, node: NodeId) -> Option<serde_json::Value> {
    if let Value::Json(value) = tree.value(node) { Some((**value).clone()) } else { None }
}
