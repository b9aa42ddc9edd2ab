//! A change of what is pinned that comes with no proposal: no proposal is held against it, so that the run tells it.

use super::Gate;
use super::exactly::{Changed, is_foreseen, is_recorded};
use crate::evidence::{Answer, Entry, Excerpt};
use crate::finding::{Finding, Label, Level, Waived};
use crate::policy::Rule;
use crate::roster::{Packages, Roster};
use crate::source::Place;
use crate::verdict::OfRun;
use crate::waivers::{Pin, UNPROPOSED};
use jiff::civil::Date;
use serde_json::Value;
use std::sync::Arc;

/// The rule that each proposal of a change is held to. Where it is switched off, or says no more than a warning, so does this.
pub const RULE: &str = "changed/nothing-else";

/// So many packages are named, and so many more told by their number.
const SHOWN: usize = 5;

/// The most lines that stand before one that is shown.
const MOST_LINES: u64 = 1 << 20;

impl Gate {
    /// What is found of the change that the run is about, where it touches none of the open proposals that are judged.
    pub fn of_the_change(&self, roster: &Roster) -> OfRun {
        let Some(rule) = rule(self).filter(|_| self.sources.are_of_a_change() && !roster.comes_with_the_change())
        else {
            return OfRun::default();
        };
        let (consulted, faults) = self.sources.ask(&[self.sources.of_what_is_pinned()]);
        let pins = pins(&consulted);
        let is_proposed = |pin: &&Value| [is_foreseen, is_recorded].iter().any(|is| is(Changed::Told(pin), roster));
        let (proposed, open): (Vec<_>, Vec<_>) = pins.into_iter().flatten().partition(is_proposed);
        // A waiver may be granted before the day from which on the rule blocks, and waits for it.
        if rule.blocks_on.is_none() {
            proposed.into_iter().for_each(|pin| self.waivers.without_need(&pin_of(pin)));
        }
        // What is let through is told beside who has let it through, and the rest by itself.
        let mut groups: Vec<Group<'_>> = Vec::new();
        for pin in open {
            // What is gone brings nothing, and can't be proposed: it has no version to go to.
            let level = if pin["kind"] == "removed" { rule.level.min(Level::Warn) } else { rule.level };
            let (level, blocks_on) = rule.weighed(level);
            let waived = if level >= self.fail_on { self.waived(pin) } else { None };
            let let_go = is_let_go(pin);
            let is_its = |group: &&mut Group<'_>| {
                group.level == level
                    && group.blocks_on == blocks_on
                    && group.let_go == let_go
                    && group.is_waived_by(waived.as_ref())
            };
            match groups.iter_mut().find(is_its) {
                Some(group) => group.pins.push(pin),
                None => groups.push(Group { level, blocks_on, let_go, waived, pins: vec![pin] }),
            }
        }
        groups.sort_by_key(|group| (group.waived.is_some(), std::cmp::Reverse(group.level)));
        let findings = groups.into_iter().filter_map(finding).collect();
        OfRun { findings, consulted: consulted.clone(), faults }
    }

    /// The packages that the change of the run pins otherwise, and what was asked. None where nobody can tell, there is no change, or nothing that
    /// it pins is held against proposals.
    pub fn pinned_by_the_change(&self) -> (Option<Packages>, Vec<Arc<Entry>>) {
        if !self.sources.are_of_a_change() || rule(self).is_none() {
            return Default::default();
        }
        let (consulted, faults) = self.sources.ask(&[self.sources.of_what_is_pinned()]);
        let package = |pin: &Value| {
            let Pin { url, name, .. } = pin_of(pin);
            (url.to_owned(), name.to_owned())
        };
        let packages = pins(&consulted).filter(|_| faults.is_empty()).map(|pins| pins.iter().map(package).collect());
        (packages, consulted)
    }

    /// Who has let a package through that changes without a proposal.
    fn waived(&self, pin: &Value) -> Option<Arc<Waived>> {
        can_be_waived(pin).then(|| self.waivers.of_a_pin(&pin_of(pin)))?
    }
}

fn pins(consulted: &[Arc<Entry>]) -> Option<&Vec<Value>> {
    consulted.iter().find_map(|entry| match &entry.answer {
        Answer::Known { value: Value::Array(pins), .. } => Some(pins),
        _ => None,
    })
}

fn rule(gate: &Gate) -> Option<&Rule> {
    gate.rules.evaluated().find(|rule| &*rule.id == RULE)
}

/// Whether a waiver can let a package through. What it is, and where it is taken from, is never let through so, nor is a step back, which may
/// bring back what an upgrade has mended.
fn can_be_waived(pin: &Value) -> bool {
    let text = |field: &str| pin[field].as_str().unwrap_or_default();
    pin["floats"] == false && text("kind") != "loosened" && text("direction") != "down" && is_where_and_what_it_was(pin)
}

/// Whether a lockfile held a package that nothing holds any more.
fn is_let_go(pin: &Value) -> bool {
    pin["kind"] == "loosened" && pin["to"].is_null()
}

/// Whether git has told what the change pins otherwise, be it nothing: what there is of that stands among the findings.
pub fn is_known(of_change: &OfRun) -> bool {
    of_change.faults.is_empty() && pins(&of_change.consulted).is_some()
}

/// That a change needs no proposal, and where that was agreed.
pub fn none_due(agreed: &Place) -> Finding {
    Finding::new(
        "check/none-due",
        Level::Info,
        "the change comes with no proposal, and pins nothing that needs one".to_owned(),
        Label::new(agreed.clone(), "so it was agreed"),
    )
}

/// Packages that are told together.
struct Group<'p> {
    level: Level,
    blocks_on: Option<Date>,
    let_go: bool,
    waived: Option<Arc<Waived>>,
    pins: Vec<&'p Value>,
}

impl Group<'_> {
    fn is_waived_by(&self, waived: Option<&Arc<Waived>>) -> bool {
        self.waived.as_ref().map(Arc::as_ptr) == waived.map(Arc::as_ptr)
    }
}

fn pin_of(pin: &Value) -> Pin<'_> {
    let text = |field: &str| pin[field].as_str();
    Pin {
        file: text("file").unwrap_or_default(),
        url: text("package_url").unwrap_or_default(),
        name: text("name").unwrap_or_default(),
        to: text("to"),
    }
}

fn finding(Group { level, blocks_on, let_go, waived, pins }: Group<'_>) -> Option<Finding> {
    let first = *pins.first()?;
    let label = match first["kind"].as_str() {
        _ if let_go => "nothing holds this any more",
        Some("removed") => "this is gone",
        _ => "this is pinned otherwise",
    };
    Some(Finding {
        rule: Arc::from(UNPROPOSED),
        level,
        message: if let_go { of_those_let_go(&pins) } else { message(&pins) },
        table: None,
        help: Some(if let_go { back(first) } else { help(&pins) }),
        pointer: String::new(),
        primary: Label::new(place(first), label),
        because: Vec::new(),
        related: Vec::new(),
        policy: None,
        blocks_on,
        raised: false,
        waived,
    })
}

fn help(pins: &[&Value]) -> String {
    let may_be_waived = pins.iter().any(|pin| can_be_waived(pin));
    let waiver =
        if may_be_waived { format!(", or of some for a while by a waiver of {UNPROPOSED}") } else { String::new() };
    format!(
        "add the proposal of the upgrade to the change; where changes of what is pinned need none, say so of {RULE} in the configuration{waiver}"
    )
}

fn back(pin: &Value) -> String {
    let file = pin["file"].as_str().unwrap_or_default();
    format!(
        "put `{file}` back, or commit the lockfile of the tool that takes its place; where it stays, make it anew with its tool"
    )
}

/// Whether nothing is strange about the place of a package and its contents.
fn is_where_and_what_it_was(pin: &Value) -> bool {
    ["from_origin", "to_origin", "contents"].iter().all(|field| pin[*field].is_null())
}

fn message(pins: &[&Value]) -> String {
    let packages = if pins.len() == 1 { "package" } else { "packages" };
    let listed = listed(pins, of_a_pin);
    format!(
        "the change pins {} {packages} otherwise, and comes with no open proposal that is judged: {listed}",
        pins.len()
    )
}

fn of_those_let_go(pins: &[&Value]) -> String {
    let (packages, them) = if pins.len() == 1 { ("package", "it") } else { ("packages", "them") };
    let of_one = |pin: &Value| {
        let text = |field: &str| pin[field].as_str();
        let from = text("from").unwrap_or("no version");
        format!("`{}` ({from}, `{}`)", text("name").unwrap_or_default(), text("file").unwrap_or_default())
    };
    let listed = listed(pins, of_one);
    format!(
        "the change lets {} {packages} go that a lockfile held, and nothing holds {them} any more: {listed}",
        pins.len()
    )
}

/// The first of them, and the number of the others.
fn listed(pins: &[&Value], tell: impl Fn(&Value) -> String) -> String {
    let shown = if pins.len() > SHOWN + 1 { SHOWN } else { pins.len() };
    let mut told: Vec<_> = pins.iter().take(shown).map(|pin| tell(pin)).collect();
    if shown < pins.len() {
        told.push(format!("{} more", pins.len() - shown));
    }
    let (last, before) = told.split_last().map_or((String::new(), &[][..]), |(last, before)| (last.clone(), before));
    if before.is_empty() { last } else { format!("{} and {last}", before.join(", ")) }
}

fn of_a_pin(pin: &Value) -> String {
    let text = |field: &str| pin[field].as_str();
    let what = match pin["kind"].as_str() {
        Some("added") => format!("new {}", text("to").unwrap_or("without a version")),
        Some("removed") => "removed".to_owned(),
        _ => {
            let (from, to) = (text("from").unwrap_or("no version"), text("to").unwrap_or("no version"));
            let how = match () {
                () if pin["undigested"] == true => " without the digest that it had",
                () if pin["contents"].is_string() => " with other digests",
                () => "",
            };
            let step = if !how.is_empty() && from == to { to.to_owned() } else { format!("{from} to {to}") };
            format!("{step}{how}")
        }
    };
    format!("`{}` ({what}, `{}`)", text("name").unwrap_or_default(), text("file").unwrap_or_default())
}

/// The line of a lockfile, of which nothing else is known.
fn place(pin: &Value) -> Place {
    let number = |field: &str| pin[field].as_u64().map_or(0, |number| number.saturating_sub(1));
    let (line, column) = (number("line"), number("column"));
    let before = if line + column > MOST_LINES { (0, 0) } else { (line as usize, column as usize) };
    let text = |field: &str| pin[field].as_str().unwrap_or_default();
    Excerpt::of_a_line(text("file"), before.0, before.1, text("text"))
}
