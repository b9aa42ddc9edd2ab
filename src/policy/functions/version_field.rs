//! In which field of a component the version stands that a change is about, so that all rules hold the same one against it.

use super::known::text;
use super::proposal::{Proposal, argument, uncounted};
use super::{Args, Function};
use crate::policy::budget::Budget;
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::counted::{FIELDS, counted_by, is_at_end, is_end_of};
use crate::proposal::version::is_same;
use crate::proposal::{NodeId, Tree, firmware};
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "version_field(holder) -> text",
        doc: "The name of the field in which a component, a line of `versions` of a site, or an item of `deploy.running` or `record.installed` has the version that the \
          change is about. Of a component of the profile it is the one of `version`, `patch_level`, `firmware` and `driver` that is at `from` or `to` of the part of the change \
          that names it; where several are, the first that has come to `to`, or else the first; where none is, and for a component that does not change, `version`. \
          Who has one version for an item writes that one in `version`. `()` where an item has there what the profile has in another of these fields, and so nothing of what changes.",
        call: version_field,
    },
    Function {
        signature: "version_tells(item) -> text",
        doc: "Which field of the component the `version` of such an item is about: another one that the profile has at just that, or the one that changes. Who writes that one in a field of its own \
              (`firmware` of an item of `record.installed`), or has the same number in both, says in `version` what the component is.",
        call: version_tells,
    },
    Function {
        signature: "told_instead(item) -> text",
        doc: "What such an item says where it says nothing of what changes, as a clause: `what the profile calls it`, or ``its `patch_level` by the profile``.",
        call: told_instead,
    },
    Function {
        signature: "versions_of(component) -> list",
        doc: "All that a component states of `version`, `patch_level`, `firmware` and `driver`.",
        call: versions_of,
    },
    Function {
        signature: "has_arrived(holder) -> true or false",
        doc: "Whether a component, or an item with a version of one, has in its `version_field` the version that the change brings it to, and not one from which it does.",
        call: has_arrived,
    },
    Function {
        signature: "new_firmware() -> text",
        doc: "That the change brings firmware, whatever its `alters` says, as a clause: by its `kind`, or because a part of it begins or ends with what its component has in `firmware`. \
              `()` where it brings none.",
        call: new_firmware,
    },
];

fn version_field<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let holder = argument(args, "a component, or an item that has a version of one")?;
    let tree = &run.facts.proposal;
    let fields = uncounted(run).version_fields()?;
    let field = holder.and_then(|holder| fields.of(tree, holder));
    Ok(field.map_or(Value::Nothing, Value::from))
}

fn version_tells<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let item = argument(args, "an item that has a version of a component")?;
    let tree = &run.facts.proposal;
    let fields = uncounted(run).version_fields()?;
    Ok(item.map_or(Value::Nothing, |item| fields.told(tree, item).into()))
}

fn told_instead<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let item = argument(args, "an item that has a version of a component")?;
    let tree = &run.facts.proposal;
    let fields = uncounted(run).version_fields()?;
    let field = item.map_or("version", |item| fields.told(tree, item));
    let clause = match field {
        "version" => "what the profile calls it".to_owned(),
        field => format!("its `{field}` by the profile"),
    };
    Ok(clause.into())
}

fn versions_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let component = argument(args, "a component")?;
    let mut proposal = uncounted(run);
    let versions = FIELDS.into_iter().filter_map(|field| proposal.text(component, field));
    Ok(versions.map(|version| Value::from(version.to_owned())).collect())
}

fn has_arrived<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(holder) = argument(args, "a component, or an item that has a version of one")? else {
        return Ok(Value::Flag(false));
    };
    let mut proposal = uncounted(run);
    let fields = proposal.version_fields()?;
    proposal.budget.work(fields.work(proposal.tree, holder))?;
    Ok(Value::Flag(fields.brought(proposal.tree, holder).is_some()))
}

fn new_firmware<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let tree = &run.facts.proposal;
    let lists = [["system", "components"], ["change", "components"]];
    run.budget.work(lists.iter().filter_map(|path| tree.path(path)).map(|list| tree.items(list).len()).sum())?;
    Ok(firmware(tree).map_or(Value::Nothing, |firmware| firmware.why.into()))
}

/// What the change does to the versions of components, by their names.
#[derive(Debug, Default)]
pub struct VersionFields {
    /// The parts of the change that lead to a version. One that names no component is of all.
    steps: HashMap<Option<String>, Vec<NodeId>>,
    /// The components of which one of these changes.
    counted: HashMap<String, Counted>,
}

#[derive(Debug)]
struct Counted {
    field: &'static str,
    /// What the profile has in the other fields, and is no end of a step: an item that has it in `version` tells nothing of what changes.
    others: Vec<(&'static str, NodeId)>,
    /// Whether what the profile calls the component may be meant as well.
    is_open: bool,
}

impl<'s> Proposal<'s> {
    pub fn version_fields(&mut self) -> Result<&'s VersionFields, Misuse> {
        let known = self.known;
        if let Some(fields) = known.version_fields.get() {
            return Ok(fields);
        }
        let found = VersionFields::of_change(self.tree, self.libraries(), self.budget)?;
        Ok(known.version_fields.get_or_init(|| found))
    }
}

impl VersionFields {
    fn of_change(tree: &Tree, libraries: &HashSet<NodeId>, budget: &mut Budget) -> Result<Self, Misuse> {
        let items = |path: &[&str]| tree.path(path).map(|list| tree.items(list)).unwrap_or_default();
        let listed = items(&["change", "components"]).iter().copied();
        let parts = tree.path(&["change"]).into_iter().chain(listed).filter(|part| !libraries.contains(part));
        let mut steps: HashMap<_, Vec<_>> = HashMap::new();
        for part in parts.filter(|&part| tree.get(part, "to").is_some()) {
            steps.entry(text(tree, part, "component").map(str::to_owned)).or_default().push(part);
        }
        let mut changed = Self { steps, counted: HashMap::new() };
        let components = items(&["system", "components"]);
        let named = components.iter().filter_map(|&component| Some((text(tree, component, "name")?, component)));
        // Each field is held against both ends of each step, first for what has arrived.
        let pairs: usize = named.clone().map(|(name, _)| changed.steps_of(name).len()).sum();
        budget.work(16 * pairs)?;
        for (name, component) in named {
            if let Some(counted) = Counted::of(tree, component, changed.steps_of(name)) {
                changed.counted.insert(name.to_owned(), counted);
            }
        }
        Ok(changed)
    }

    fn steps_of(&self, name: &str) -> &[NodeId] {
        let steps = self.steps.get(&Some(name.to_owned())).or_else(|| self.steps.get(&None));
        steps.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the change brings a version to a component.
    pub fn has_step(&self, name: &str) -> bool {
        !self.steps_of(name).is_empty()
    }

    /// None where a holder says nothing of what changes.
    pub fn of(&self, tree: &Tree, holder: NodeId) -> Option<&'static str> {
        let named = text(tree, holder, "component");
        let name = named.or_else(|| text(tree, holder, "name"));
        let Some(counted) = name.and_then(|name| self.counted.get(name)) else { return Some("version") };
        if named.is_none() || counted.field != "version" && tree.get(holder, counted.field).is_some() {
            return Some(counted.field);
        }
        counted.other(tree, holder).is_none().then_some("version")
    }

    /// Which field of a component the version of an item is about.
    fn told(&self, tree: &Tree, item: NodeId) -> &'static str {
        let Some(counted) = text(tree, item, "component").and_then(|name| self.counted.get(name)) else {
            return "version";
        };
        let is_of_it = !counted.is_open && tree.get(item, counted.field).is_none();
        counted.other(tree, item).unwrap_or(if is_of_it { counted.field } else { "version" })
    }

    /// What it costs to ask whether a holder has what the change brings.
    pub fn work(&self, tree: &Tree, holder: NodeId) -> usize {
        let name = text(tree, holder, "component").or_else(|| text(tree, holder, "name"));
        1 + name.map_or(0, |name| 2 * self.steps_of(name).len())
    }

    /// The version that the change brings, where a holder has it.
    pub fn brought<'t>(&self, tree: &'t Tree, holder: NodeId) -> Option<&'t str> {
        let name = text(tree, holder, "component").or_else(|| text(tree, holder, "name"))?;
        let runs = text(tree, holder, self.of(tree, holder)?)?;
        self.steps_of(name).iter().any(|&part| is_end_of(tree, part, runs)).then_some(runs)
    }
}

impl Counted {
    /// None where none of its fields is at an end of a step.
    fn of(tree: &Tree, component: NodeId, steps: &[NodeId]) -> Option<Self> {
        let field = counted_by(tree, component, steps)?;
        let is_at =
            |node: &NodeId| tree.text(*node).is_some_and(|runs| steps.iter().any(|&part| is_at_end(tree, part, runs)));
        let stated = FIELDS.into_iter().filter_map(|other| Some((other, tree.get(component, other)?)));
        let others = stated.filter(|(other, node)| *other != field && !is_at(node)).collect();
        let is_open = field != "version" && tree.get(component, "version").as_ref().is_some_and(is_at);
        Some(Self { field, others, is_open })
    }

    /// The other field of the component that an item has in its version.
    fn other(&self, tree: &Tree, item: NodeId) -> Option<&'static str> {
        let version = text(tree, item, "version")?;
        let is_its = |(_, node): &&(&str, NodeId)| tree.text(*node).is_some_and(|stated| is_same(version, stated));
        self.others.iter().find(is_its).map(|(field, _)| *field)
    }
}
