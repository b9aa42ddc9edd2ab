//! Whether lockfiles show that what is proposed takes place.

use super::packages::{is_held_at, is_stated};
use super::proposal::{argument, uncounted};
use super::{Args, Function};
use crate::facts::{Facts, Phase};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree, component_packages, package_of};
use crate::versions::package_key;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "shown_move(part) -> text",
        doc: "What lockfiles show of the step of a part of the change (`p.change` or one of its components). `moves`: the change brings its package from the one version \
          to the other, or, at deployment, it is pinned at the other; and nowhere at the one. `partly`: so it is, and in another place it stays at the version that it is to leave. \
          `later`: in the plan, where nothing is pinned otherwise, it is at that version still. `awaited`: there, of a library that says so and begins with no version, it is not there yet. `before`: there, of a proposal that stood on the base, it is at the other already. `stays`: it is pinned, and none of that is so. `nowhere`: it is pinned nowhere, \
          though packages of its kind are. `claimed`: no package of its kind is, or it is what the profile says that the component is, which may be \
          installed by other means. `()` where that was not looked up, or nothing says which package it is.",
        call: shown_move,
    },
    Function {
        signature: "is_over(part) -> true or false",
        doc: "Whether nothing is left to judge of where a part of the change comes from: the run is not about a change that its proposal comes with, or it changes nothing \
              of the part, whose proposal stood on the base, and which is pinned at its version. Other lines of the package may stand beside it.",
        call: is_over,
    },
];

fn shown_move<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, "`p.change` or one of its components")? else { return Ok(Value::Nothing) };
    let proposal = uncounted(run);
    let facts = proposal.facts;
    let shown = proposal.known.moves.get_or_init(|| Moves::of(facts)).of_part(part);
    Ok(shown.map_or(Value::Nothing, Value::from))
}

fn is_over<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, "`p.change` or one of its components")? else { return Ok(Value::Flag(false)) };
    let proposal = uncounted(run);
    let facts = proposal.facts;
    let moves = proposal.known.moves.get_or_init(|| Moves::of(facts));
    Ok(Value::Flag(moves.over.as_ref().is_none_or(|over| over.contains(&part))))
}

/// What is shown of the parts of the change.
#[derive(Debug)]
pub struct Moves {
    shown: HashMap<NodeId, &'static str>,
    /// Those that were made before, where a change is judged.
    over: Option<HashSet<NodeId>>,
}

impl Moves {
    pub fn of(facts: &Facts) -> Self {
        let tree = &facts.proposal;
        let Some(looked_up) = Packages::of(&facts.evidence) else {
            return Self { shown: HashMap::new(), over: None };
        };
        let components = component_packages(tree);
        let listed = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
        let (mut shown, mut over) = (HashMap::new(), HashSet::new());
        for part in tree.path(&["change"]).into_iter().chain(listed.iter().copied()) {
            let url = package_of(tree, part, &components);
            let Some((url, to)) = url.zip(text(tree, part, "to")) else { continue };
            let of_profile = text(tree, part, "component").and_then(|name| components.get(name));
            let own = of_profile.is_some_and(|own| package_key(own) == package_key(url));
            let library = tree.get(part, "library").and_then(|said| tree.flag(said)) == Some(true);
            let (step, key) = (Step { from: text(tree, part, "from"), to, own, library }, package_key(url));
            shown.extend(looked_up.shown(&step, &key, facts.phase).map(|shown| (part, shown)));
            over.extend(looked_up.is_over(&step, &key).then_some(part));
        }
        Self { shown, over: Some(over) }
    }

    pub fn of_part(&self, part: NodeId) -> Option<&'static str> {
        self.shown.get(&part).copied()
    }
}

/// The step of a part.
struct Step<'t> {
    from: Option<&'t str>,
    to: &'t str,
    /// Whether it is of what the profile says that the component is.
    own: bool,
    /// Whether it says that it is of a library.
    library: bool,
}

/// What was looked up of packages, by what is common to all URLs of one.
struct Packages<'e> {
    evidence: &'e Tree,
    changes: HashMap<String, Vec<NodeId>>,
    pinned: HashMap<String, NodeId>,
    /// Whether the proposal was there before the change, which touches it.
    stood: bool,
}

impl<'e> Packages<'e> {
    /// None where nobody looked.
    fn of(evidence: &'e Tree) -> Option<Self> {
        let key = |item| text(evidence, item, "package_url").map(package_key);
        let mut changes: HashMap<_, Vec<_>> = HashMap::new();
        for &item in evidence.items(evidence.path(&["changes"])?) {
            if let Some(key) = key(item) {
                changes.entry(key).or_default().push(item);
            }
        }
        let pinned = evidence.path(&["pinned"]).map(|list| evidence.items(list)).unwrap_or_default();
        let pinned = pinned.iter().filter_map(|&item| Some((key(item)?, item))).collect();
        let touched = evidence.path(&["touched"]).and_then(|kind| evidence.text(kind));
        Some(Self { evidence, changes, pinned, stood: matches!(touched, Some("modified" | "moved")) })
    }

    fn shown(&self, step: &Step<'_>, key: &str, phase: Phase) -> Option<&'static str> {
        let pinned = self.pinned.get(key).copied();
        let pins = self.pins(key);
        let is_at = |pin, stated: &str| self.is_at(pin, stated);
        // Other lines of the package, which nobody means, may stay what they are.
        let is_left = |&pin: &NodeId| !is_at(pin, step.to) && step.from.is_some_and(|from| is_at(pin, from));
        let left = pins.iter().any(is_left);
        let brought = if left { "partly" } else { "moves" };
        if let Some(changes) = self.changes.get(key) {
            return Some(if changes.iter().any(|&pin| self.is(step, pin)) { brought } else { "stays" });
        }
        // Who proposes first has the change made afterwards.
        let is_first = phase == Phase::Plan && self.changes.is_empty();
        let is_there = pins.iter().any(|&pin| is_at(pin, step.to));
        if is_first && pinned.is_some() && step.library && step.from.is_none() && !is_there {
            return Some("awaited");
        }
        Some(match (pins, self.evidence.get(pinned?, "files").map(|files| self.evidence.value(files))) {
            ([], Some(crate::proposal::Value::Count(1..))) if !step.own => "nowhere",
            ([], _) => "claimed",
            // What was merged before does not change any more.
            _ if phase != Phase::Plan && is_there => brought,
            _ if is_first && left => "later",
            // What was merged with it is not taken back by an edit of its text.
            _ if self.changes.is_empty() && self.stood && is_there => "before",
            _ => "stays",
        })
    }

    /// Whether a step was made by an earlier change. In the one that makes it nothing is over, wherever all pins have come to.
    fn is_over(&self, step: &Step<'_>, key: &str) -> bool {
        !self.changes.contains_key(key) && self.stood && self.pins(key).iter().any(|&pin| self.is_at(pin, step.to))
    }

    /// Where a package is pinned at the end of the change.
    fn pins(&self, key: &str) -> &'e [NodeId] {
        self.pinned.get(key).map(|&pinned| self.items(pinned, "pins")).unwrap_or_default()
    }

    fn is_at(&self, pin: NodeId, stated: &str) -> bool {
        is_held_at(self.evidence, pin, stated)
    }

    /// Whether a package goes from the one version of a step to the other. One that was nowhere before does not.
    fn is(&self, step: &Step<'_>, pin: NodeId) -> bool {
        let at = |version, digest, called, stated: &str| {
            is_stated(self.text(pin, version), self.text(pin, digest), stated)
                || is_stated(self.text(pin, called), None, stated)
        };
        let was = |from: &str| at("from", "from_digest", "from_called", from);
        let remaining = || self.items(pin, "remaining").iter().filter_map(|&version| self.evidence.text(version));
        let is = match self.text(pin, "kind") {
            Some("added") => return false,
            Some("removed") => remaining().any(|version| is_stated(Some(version), None, step.to)),
            _ => at("to", "to_digest", "to_called", step.to),
        };
        is && step.from.is_none_or(was)
    }

    fn text(&self, node: NodeId, name: &str) -> Option<&'e str> {
        text(self.evidence, node, name)
    }

    fn items(&self, node: NodeId, name: &str) -> &'e [NodeId] {
        self.evidence.get(node, name).map(|list| self.evidence.items(list)).unwrap_or_default()
    }
}

fn text<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    tree.text(tree.get(node, name)?)
}
