//! What several rules ask of the proposal as a whole, so that all of them get one answer.

use super::Function;
use super::text::{is_filler, is_vague};
use super::time::{Day, Moment, time_zone};
use crate::facts::{Facts, Phase, Read, Reads, Root};
use crate::policy::functions::collection::texts;
use crate::policy::session;
use crate::policy::tracked::Node;
use crate::proposal::step::Step;
use crate::proposal::version::{not_before, semver_level};
use crate::proposal::{NodeId, Tree, Value, handle};
use jiff::{SignedDuration, Timestamp};
use rhai::{Dynamic, Engine, EvalAltResult};

type Result<T> = std::result::Result<T, Box<EvalAltResult>>;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "fast_track_holds() -> true or false",
        doc: "Whether the proposal asks for the fast track with facts that carry it: class `security`, neither planned nor \
              optional, an advisory with its severity or known to be exploited, verified, not found to be without effect here, and \
              fixed by the target version. What `fast_track.skips` lists is spared only where this holds. How severe is severe \
              enough is for `fast-track/eligible`.",
    },
    Function {
        signature: "objection(acceptance) -> text",
        doc: "Why an acceptance (an object with `by`, `reason`, `at` and `valid_through`) does not hold, as a clause that speaks of \
              what is accepted as `it`; `()` where it holds: a person has accepted it, for a reason, by now, and through the last \
              day of the window. It reads last what is at fault, so that a report that follows points there.",
    },
    Function {
        signature: "objection(acceptance, roles) -> text",
        doc: "Besides, the person has one of the roles (those of `approvals`) and is no author of the proposal. An owner is who the \
              profile names, or their deputy; any other role has who approved in it.",
    },
    Function {
        signature: "is_author(person) -> true or false",
        doc: "Whether a person submits the proposal or is among its co-authors.",
    },
    Function {
        signature: "approved_as(role) -> true or false",
        doc: "Whether one who may has approved in a role, and has not withdrawn it. An owner is who the profile names, or their \
              deputy; they need not say in which role they approve, and what they submit themselves they agree to. Any other role \
              has who approved in it.",
    },
    Function {
        signature: "stateful_components() -> list",
        doc: "The names of the system's components that keep data: those that say so, and databases and storage that do not say \
              otherwise.",
    },
    Function {
        signature: "has_component(name) -> true or false",
        doc: "Whether the system has a component of that name, or the upgrade brings it in (`inventory.adds`).",
    },
    Function {
        signature: "large_steps(change) -> list",
        doc: "Of a change and its `components`, those whose `step_size` is `major` or `replacement`.",
    },
    Function {
        signature: "step_size(change) -> text",
        doc: "How large a step is: the larger of the `size` that is stated and the one that the versions show: \
              `replacement`, `major`, `minor`, `patch`, `none` or `unknown`. Versions show it unless their `scheme` is `calendar` or \
              `other`, or their first number may be a year and no scheme is stated.",
    },
];

pub fn register(engine: &mut Engine) {
    engine
        .register_fn("fast_track_holds", || read(|proposal| proposal.fast_track_holds()))
        .register_fn("objection", |acceptance: Dynamic| objection(&acceptance, None))
        .register_fn("objection", |acceptance: Dynamic, roles: Dynamic| objection(&acceptance, Some(texts(&roles)?)))
        .register_fn("is_author", |person: &str| {
            let (wrote, looked_at) = read(|proposal| {
                let looked_at = proposal.items(Some(Tree::ROOT), "co_authors").len();
                (proposal.is_author(&handle(person)).is_some(), looked_at)
            })?;
            session::work(looked_at / 16).map(|()| wrote)
        })
        .register_fn("approved_as", |role: &str| read(|proposal| proposal.approved_as(role)))
        .register_fn("stateful_components", || {
            let names = read(|proposal| proposal.stateful_components())?;
            Ok::<_, Box<EvalAltResult>>(names.into_iter().map(Dynamic::from).collect::<rhai::Array>())
        })
        .register_fn("has_component", |name: &str| {
            let (there, looked_at) = read(|proposal| proposal.has_component(name))?;
            session::work(looked_at / 32).map(|()| there)
        })
        .register_fn("large_steps", |(): ()| rhai::Array::new())
        .register_fn("large_steps", |change: Node| {
            let large = read(|proposal| proposal.large_steps(change.id))?;
            session::work(large.len() / 8)?;
            let node = |id| Dynamic::from(Node { root: Root::Proposal, id });
            Ok::<_, Box<EvalAltResult>>(large.into_iter().map(node).collect::<rhai::Array>())
        })
        .register_fn("step_size", |(): ()| "unknown")
        .register_fn("step_size", |change: Node| read(|proposal| proposal.step_size(change.id)));
}

fn objection(acceptance: &Dynamic, roles: Option<Vec<String>>) -> Result<Dynamic> {
    let Some(node) = acceptance.read_lock::<Node>() else { return Ok("nobody accepts it".into()) };
    let found = read(|proposal| proposal.objection(node.id, roles.as_deref()))??;
    Ok(found.map_or(Dynamic::UNIT, Into::into))
}

fn read<R>(ask: impl FnOnce(&mut Proposal<'_>) -> R) -> Result<R> {
    session::with(|session| {
        let session::Session { facts, reads, .. } = session;
        ask(&mut Proposal { facts, tree: &facts.proposal, reads })
    })
}

/// The proposal, read as a rule reads it: what is looked at is recorded.
pub struct Proposal<'s> {
    facts: &'s Facts,
    pub tree: &'s Tree,
    reads: &'s mut Reads,
}

impl<'s> Proposal<'s> {
    pub fn get(&mut self, at: Option<NodeId>, name: &str) -> Option<NodeId> {
        let at = at?;
        let Value::Object(shape, fields) = self.tree.value(at) else { return None };
        let index = shape.field_index(name)?;
        let read = match fields[index] {
            Some(node) => Read { root: Root::Proposal, node, missing: None },
            None => Read { root: Root::Proposal, node: at, missing: Some(shape.fields[index].name) },
        };
        let container = matches!(self.tree.value(read.node), Value::Object(..) | Value::List(_) | Value::Map(_));
        self.reads.record(read, read.missing.is_some() || !container);
        fields[index]
    }

    pub fn section(&mut self, name: &str) -> Option<NodeId> {
        self.get(Some(Tree::ROOT), name)
    }

    pub fn text(&mut self, at: Option<NodeId>, name: &str) -> Option<&'s str> {
        self.get(at, name).and_then(|id| self.tree.text(id))
    }

    fn instant(&mut self, at: Option<NodeId>, name: &str) -> Option<Timestamp> {
        match self.tree.value(self.get(at, name)?) {
            Value::Instant(instant) => Some(*instant),
            _ => None,
        }
    }

    pub fn items(&mut self, at: Option<NodeId>, name: &str) -> &'s [NodeId] {
        self.get(at, name).map(|list| self.tree.items(list)).unwrap_or_default()
    }

    fn fast_track_holds(&mut self) -> bool {
        let Some(claim) = self.section("fast_track") else { return false };
        let claim = Some(claim);
        let reason = self.section("reason");
        self.text(reason, "class") == Some("security")
            && !matches!(self.text(reason, "urgency"), Some("planned" | "optional"))
            && self.text(claim, "advisory").is_some_and(|advisory| advisory.contains('-'))
            && (self.flag(claim, "known_exploited") == Some(true)
                || self.get(claim, "severity").is_some()
                || self.get(claim, "cvss_score").is_some())
            && self.flag(claim, "affected") != Some(false)
            && self.get(claim, "verified_by").is_some()
            && self.instant(claim, "verified_at").is_none_or(|at| at <= self.facts.now)
            && self.text(claim, "fixed_in").is_some_and(|fix| self.reaches(fix))
    }

    fn flag(&mut self, at: Option<NodeId>, name: &str) -> Option<bool> {
        self.get(at, name).and_then(|id| self.tree.flag(id))
    }

    /// Whether the target version holds a fix that the one that runs lacks. Which of several components an advisory is about is not stated; one will do.
    fn reaches(&mut self, fix: &str) -> bool {
        let change = self.section("change");
        if let Some(to) = self.text(change, "to") {
            let runs =
                self.text(change, "from").is_some_and(|from| matches!(semver_level(from, fix), "none" | "backward"));
            return !runs && not_before(to, fix);
        }
        let parts = self.items(change, "components");
        parts.iter().any(|&part| self.text(Some(part), "to").is_some_and(|to| not_before(to, fix)))
    }

    /// And how many names were looked at.
    fn has_component(&mut self, name: &str) -> (bool, usize) {
        let system = self.section("system");
        let inventory = self.section("inventory");
        let lists = [self.items(system, "components"), self.items(inventory, "adds")];
        let there = lists.iter().flat_map(|list| list.iter()).any(|&part| {
            let part = self.tree.get(part, "name").and_then(|part| self.tree.text(part));
            part == Some(name)
        });
        (there, lists[0].len() + lists[1].len())
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
        Step::of(self.tree, change).size
    }

    fn objection(&mut self, acceptance: NodeId, roles: Option<&[String]>) -> Result<Option<String>> {
        let accepted = Some(acceptance);
        let by = self.text(accepted, "by").unwrap_or_default();
        if is_filler(by) {
            return Ok(Some(format!("`{by}`, who accepts it, is nobody")));
        }
        if let Some(roles) = roles
            && let Some(why) = self.no_say(by, roles)
        {
            self.get(accepted, "by");
            return Ok(Some(format!("`{by}`, who accepts it, {why}")));
        }
        if let Some(reason) = self.text(accepted, "reason").filter(|reason| is_vague(reason)) {
            return Ok(Some(format!("`{by}` accepts it, and `{reason}` is no reason")));
        }
        if let Some(at) = self.instant(accepted, "at").filter(|at| *at > self.facts.now) {
            return Ok(Some(format!("`{by}` accepts it on {}, which is still to come", Moment(at))));
        }
        let Some(through) = self.get(accepted, "valid_through") else { return Ok(None) };
        let Value::Date(through) = *self.tree.value(through) else { return Ok(None) };
        let (day, what) = self.last_day()?;
        if through >= day {
            return Ok(None);
        }
        self.get(accepted, "valid_through");
        Ok(Some(format!("`{by}` accepts it through {}, and {what} {}", Day(through), Day(day))))
    }

    /// Why a person can't accept something in one of these roles.
    fn no_say(&mut self, by: &str, roles: &[String]) -> Option<String> {
        let person = handle(by);
        if let Some(author) = self.is_author(&person) {
            return Some(author.to_owned());
        }
        if roles.iter().any(|role| self.has_role(&person, role)) {
            return None;
        }
        Some(format!("has none of the roles that may: {}", roles.join(", ")))
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

    /// The last day on which what is accepted has to hold, and what to call it: of the window, which does not include its end;
    /// today where that is later or not known, and afterwards.
    fn last_day(&mut self) -> Result<(jiff::civil::Date, &'static str)> {
        let (window, system) = (self.section("window"), self.section("system"));
        let end = self.instant(window, "end").and_then(|end| end.checked_sub(SignedDuration::from_mins(1)).ok());
        let end = end.or_else(|| self.instant(window, "start"));
        let zone = self.text(window, "zone").or_else(|| self.text(system, "zone")).unwrap_or("UTC");
        let (last, what) = match end {
            Some(end) if self.facts.phase != Phase::Close && end >= self.facts.now => (end, "the window ends on"),
            _ => (self.facts.now, "today is"),
        };
        Ok((last.to_zoned(time_zone(zone)?).date(), what))
    }
}
