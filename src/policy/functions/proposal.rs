//! What several rules ask of the proposal as a whole, so that all of them get one answer.

use super::known::Known;
use super::named::{nearest_part, unknown_parts};
use super::{Args, Function};
use crate::facts::{Facts, Read, Reads, Root};
use crate::policy::budget::Budget;
use crate::policy::fault::{Misuse, misuse};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::shape::FieldNumber;
use crate::proposal::{NodeId, Tree, Value as Fact, handle};
use jiff::Timestamp;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "objection(acceptance) -> text",
        doc: "Why an acceptance (an object with `by`, `reason`, `at` and `valid_through`) does not hold, as a clause that speaks of \
              what is accepted as `it`; `()` where it holds: a person has accepted it, for a reason, by now, and through the last \
              day of the window. What the record tells of is accepted no earlier than it happened: than its `at`, or else than the end \
              of the upgrade. It reads last what is at fault, so that a report that follows points there.",
        call: objection,
    },
    Function {
        signature: "objection(acceptance, roles) -> text",
        doc: "Besides, the person has one of the roles (those of `approvals`) and is no author of the proposal. An owner is who the \
              profile names, or their deputy; any other role has who approved in it.",
        call: objection,
    },
    Function {
        signature: "objection(acceptance, roles, since) -> text",
        doc: "Besides, what is accepted came to pass at this moment, and is accepted no earlier: for what the record accepts of the time before \
              the end of the upgrade, from which on it is accepted otherwise, and where `since` is `()`.",
        call: objection,
    },
    Function {
        signature: "is_author(person) -> true or false",
        doc: "Whether a person submits the proposal or is among its co-authors.",
        call: is_author,
    },
    Function {
        signature: "approved_as(role) -> true or false",
        doc: "Whether one who may has approved in a role, and has not withdrawn it. An owner is who the profile names, or their \
              deputy; they need not say in which role they approve, and what they submit themselves they agree to. Any other role \
              has who approved in it. Where the code host was asked, nothing of that is believed that it does not confirm: see `confirmed_as`.",
        call: approved_as,
    },
    Function {
        signature: "stateful_components() -> list",
        doc: "The names of the system's components that keep data: those that say so, and databases and storage that do not say \
              otherwise.",
        call: stateful_components,
    },
    Function {
        signature: "has_component(name) -> true or false",
        doc: "Whether the system has a component of that name, or the upgrade brings it in (`inventory.adds`).",
        call: has_component,
    },
    Function {
        signature: "names_ticket(text) -> true or false",
        doc: "Whether a text names another upgrade: a ticket, or the id that follows the word `proposal`. A ticket is `OPS-813`, `CHG0031234` or \
              `pay-4711`, `payments#813`, `ticket 813`, the address of one (`…/browse/PAY-813`, `…/issues/813`), or begins as `ticket` of the \
              proposal does, before another number. Its own ticket and id are none, nor are names of the system, its sites and components, numbers of \
              the versions that are changed, and what is so written otherwise, such as `UTF-8`, `SHA-256` and `RAID-10`.",
        call: names_ticket,
    },
    Function {
        signature: "unknown_parts(names) -> list",
        doc: "Those of some names that a rollback can't mean, each once: it may name the system, its components and data stores, the systems that \
              it needs or that need it, and what the upgrade brings in (`inventory.adds`).",
        call: unknown_parts,
    },
    Function {
        signature: "nearest_part(name) -> text",
        doc: "The one of all that a rollback may name that a misspelt name was most likely meant to be, for the end of a message: \
              `; the nearest is` and the name; an empty text where none is near.",
        call: nearest_part,
    },
    Function {
        signature: "large_steps(change) -> list",
        doc: "Of a change and its `components`, those whose `step_size` is `major` or `replacement`.",
        call: large_steps,
    },
    Function {
        signature: "step_size(change) -> text",
        doc: "How large a step is: the larger of the `size` that is stated and the one that the versions show: \
              `replacement`, `major`, `minor`, `patch`, `none` or `unknown`. Versions show it unless their `scheme` is `calendar` or \
              `other`, or their first number may be a year and no scheme is stated.",
        call: step_size,
    },
];

fn objection<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let roles = if args.len() > 1 { Some(args.texts(run, 1)?) } else { None };
    let since = match args.len() {
        3 if !args.value(2).is_nothing() => Some(args.moment(2)?.0),
        _ => None,
    };
    let Some(acceptance) = argument(args, "an acceptance of the proposal")? else {
        return Ok("nobody accepts it".into());
    };
    let roles: Option<Vec<&str>> = roles.as_ref().map(|roles| roles.iter().map(|role| &**role).collect());
    let roles = roles.as_deref();
    run.budget.work(4 + 4 * roles.map_or(0, <[_]>::len))?;
    let found = reviewed(run)?.objection(acceptance, roles, since)?;
    Ok(found.map_or(Value::Nothing, Into::into))
}

fn is_author<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let person = handle(args.text(0)?);
    let mut proposal = uncounted(run);
    proposal.items(Some(Tree::ROOT), "co_authors");
    Ok(Value::Flag(proposal.is_author(&person).is_some()))
}

fn approved_as<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(walking(run, &["approvals"])?.approved_as(args.text(0)?)))
}

fn stateful_components<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let names = walking(run, &["system", "components"])?.stateful_components();
    Ok(names.into_iter().map(Value::from).collect())
}

fn has_component<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(uncounted(run).has_component(args.text(0)?)))
}

fn names_ticket<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let text = args.text(0)?;
    run.budget.work(text.len() / 2)?;
    Ok(Value::Flag(uncounted(run).names_ticket(text)))
}

fn large_steps<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(change) = argument(args, "`p.change`")? else { return Ok(Value::from_iter([])) };
    let large = walking(run, &["change", "components"])?.large_steps(change);
    Ok(large.into_iter().map(|id| Value::Node(Node { root: Root::Proposal, id })).collect())
}

fn step_size<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(change) = argument(args, "`p.change` or one of its components")? else { return Ok("unknown".into()) };
    Ok(uncounted(run).step_size(change).into())
}

/// An object of this proposal: that of another one is judged with that one.
pub(super) fn argument(args: &Args<'_>, wanted: &str) -> Result<Option<NodeId>, Misuse> {
    match args.object(0)? {
        Some(Node { root: Root::Proposal, id }) => Ok(Some(id)),
        Some(_) => {
            let help = "what the gate found out by itself is read field by field";
            Err(misuse(
                "policy/wrong-type",
                format!("a function of the proposal takes {wanted}, and this is evidence"),
                help,
            ))
        }
        None => Ok(None),
    }
}

/// A section of the proposal.
pub(super) fn section<'f>(run: &mut Run<'f>, name: &'static str) -> Answer<'f> {
    let root = Value::Node(Node { root: Root::Proposal, id: Tree::ROOT });
    Ok(run.field(&root, name)?)
}

/// For what goes through a list of the proposal: its items are counted before, and the reviews that a code host has.
pub(super) fn walking<'s>(run: &'s mut Run<'_>, list: &[&str]) -> Result<Proposal<'s>, Misuse> {
    let tree = &run.facts.proposal;
    run.budget.work(tree.path(list).map_or(0, |list| tree.items(list).len()) / 4)?;
    reviewed(run)
}

/// For what goes through the reviews that a code host has.
pub(super) fn reviewed<'s>(run: &'s mut Run<'_>) -> Result<Proposal<'s>, Misuse> {
    let evidence = &run.facts.evidence;
    run.budget.work(evidence.path(&["reviews"]).map_or(0, |reviews| evidence.items(reviews).len()) / 4)?;
    Ok(uncounted(run))
}

/// For what is looked up, or counts its work by itself.
pub(super) fn uncounted<'s>(run: &'s mut Run<'_>) -> Proposal<'s> {
    Proposal {
        facts: run.facts,
        tree: &run.facts.proposal,
        known: &run.known,
        reads: &mut run.reads,
        budget: &mut run.budget,
    }
}

/// The proposal, read as a rule reads it: what is looked at is recorded.
pub struct Proposal<'s> {
    pub facts: &'s Facts,
    pub tree: &'s Tree,
    /// What is looked up.
    pub known: &'s Known,
    pub(in crate::policy) reads: &'s mut Reads,
    pub budget: &'s mut Budget,
}

impl<'s> Proposal<'s> {
    pub fn get(&mut self, at: Option<NodeId>, name: &str) -> Option<NodeId> {
        let at = at?;
        let Fact::Object(shape, fields) = self.tree.value(at) else { return None };
        let index = shape.field_index(name)?;
        let read = match fields[index] {
            Some(node) => Read { root: Root::Proposal, node, missing: None },
            None => Read { root: Root::Proposal, node: at, missing: Some(FieldNumber::new(index)) },
        };
        let container = matches!(self.tree.value(read.node), Fact::Object(..) | Fact::List(_) | Fact::Map(_));
        self.reads.record(read, read.missing.is_some() || !container);
        fields[index]
    }

    pub fn section(&mut self, name: &str) -> Option<NodeId> {
        self.get(Some(Tree::ROOT), name)
    }

    pub fn text(&mut self, at: Option<NodeId>, name: &str) -> Option<&'s str> {
        self.get(at, name).and_then(|id| self.tree.text(id))
    }

    pub fn instant(&mut self, at: Option<NodeId>, name: &str) -> Option<Timestamp> {
        match self.tree.value(self.get(at, name)?) {
            Fact::Instant(instant) => Some(*instant),
            _ => None,
        }
    }

    pub fn items(&mut self, at: Option<NodeId>, name: &str) -> &'s [NodeId] {
        self.get(at, name).map(|list| self.tree.items(list)).unwrap_or_default()
    }

    pub fn flag(&mut self, at: Option<NodeId>, name: &str) -> Option<bool> {
        self.get(at, name).and_then(|id| self.tree.flag(id))
    }

    fn has_component(&mut self, name: &str) -> bool {
        let system = self.section("system");
        let inventory = self.section("inventory");
        self.items(system, "components");
        self.items(inventory, "adds");
        self.components().contains(name)
    }

    fn large_steps(&mut self, change: NodeId) -> Vec<NodeId> {
        let parts = self.items(Some(change), "components");
        let all = std::iter::once(change).chain(parts.iter().copied());
        all.filter(|&part| matches!(self.step_size(part), "major" | "replacement")).collect()
    }

    fn step_size(&mut self, change: NodeId) -> &'static str {
        // Each is read here, so that it is recorded.
        for name in ["size", "from", "to", "scheme"] {
            self.get(Some(change), name);
        }
        self.size_of_step(change)
    }

    fn stateful_components(&mut self) -> Vec<String> {
        let system = self.section("system");
        let mut names = Vec::new();
        for &component in self.items(system, "components") {
            let component = Some(component);
            let stateful = self
                .flag(component, "stateful")
                .unwrap_or_else(|| matches!(self.text(component, "kind"), Some("database" | "storage")));
            if stateful {
                names.extend(self.text(component, "name").map(str::to_owned));
            }
        }
        names
    }
}
