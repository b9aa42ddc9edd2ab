//! Whether lockfiles show that what is proposed takes place.

use super::goes;
use super::packages::is_held_at;
use super::pinned::Pinned;
use super::proposal::{Proposal, argument, uncounted};
use super::stood::Stood;
use super::{Args, Function};
use crate::facts::{Facts, Phase};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree, Value as Fact, component_packages, package_of};
use crate::versions::package_key;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "shown_move(part) -> text",
        doc: "What lockfiles show of the step of a part of the change (`p.change` or one of its components). `moves`: the change brings its package from the one version \
          to the other, or, at deployment, it is pinned at the other; and nowhere at the one. `partly`: so it is, and in another place it stays at the version that it is to leave. \
          `later`: in the plan, where nothing is pinned otherwise, it is at that version still. `awaited`: there, of a library that says so and begins with no version, it is not there yet. `before`: the change leaves it where it is, which is at the other already, by a step that its proposal proposed before the change. `stays`: it is pinned, and none of that is so. `nowhere`: it is pinned nowhere, \
          though packages of its kind are. `claimed`: no package of its kind is, or it is what the profile says that the component is, which may be \
          installed by other means. `()` where that was not looked up, or nothing says which package it is.",
        call: shown_move,
    },
    Function {
        signature: "is_over(part) -> true or false",
        doc: "Whether nothing is left to judge of where a part of the change comes from: the run is not about a change that its proposal comes with, or it changes nothing \
              of the part, whose step its proposal proposed before, and which is pinned at its version. Other lines of the package may stand beside it.",
        call: is_over,
    },
];

fn shown_move<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, "`p.change` or one of its components")? else { return Ok(Value::Nothing) };
    let proposal = uncounted(run);
    let shown = Moves::known(&proposal).of_part(part);
    Ok(shown.map_or(Value::Nothing, Value::from))
}

fn is_over<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, "`p.change` or one of its components")? else { return Ok(Value::Flag(false)) };
    let proposal = uncounted(run);
    let moves = Moves::known(&proposal);
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
    pub fn known<'s>(proposal: &Proposal<'s>) -> &'s Self {
        let (known, facts) = (proposal.known, proposal.facts);
        known.moves.get_or_init(|| Self::of(facts, known.pinned.get_or_init(|| Pinned::of(facts))))
    }

    fn of(facts: &Facts, pinned: &Pinned) -> Self {
        let tree = &facts.proposal;
        let (mut shown, mut over) = (HashMap::new(), HashSet::new());
        if !pinned.is_of_a_change() {
            return Self { shown, over: None };
        }
        let components = component_packages(tree);
        let packages = Packages { evidence: &facts.evidence, pinned, stood: Stood::of(facts) };
        let listed = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
        for part in tree.path(&["change"]).into_iter().chain(listed.iter().copied()) {
            let url = package_of(tree, part, &components);
            let Some((url, to)) = url.zip(text(tree, part, "to")) else { continue };
            let of_profile = text(tree, part, "component").and_then(|name| components.get(name));
            let own = of_profile.is_some_and(|own| package_key(own) == package_key(url));
            let library = tree.get(part, "library").and_then(|said| tree.flag(said)) == Some(true);
            let step = Step { key: package_key(url), from: text(tree, part, "from"), to, own, library };
            shown.extend(packages.shown(&step, facts.phase).map(|shown| (part, shown)));
            over.extend(packages.is_over(&step).then_some(part));
        }
        Self { shown, over: Some(over) }
    }

    pub fn of_part(&self, part: NodeId) -> Option<&'static str> {
        self.shown.get(&part).copied()
    }
}

/// The step of a part.
struct Step<'t> {
    /// The package, by what is common to all URLs of it.
    key: String,
    from: Option<&'t str>,
    to: &'t str,
    /// Whether it is of what the profile says that the component is.
    own: bool,
    /// Whether it says that it is of a library.
    library: bool,
}

/// What was looked up of packages.
struct Packages<'e> {
    evidence: &'e Tree,
    pinned: &'e Pinned,
    /// What the proposal proposed before.
    stood: Option<Stood<'e>>,
}

impl<'e> Packages<'e> {
    fn shown(&self, step: &Step<'_>, phase: Phase) -> Option<&'static str> {
        let held = self.pinned.held(&step.key);
        let pins = self.pinned.pins(self.evidence, &step.key);
        let is_at = |pin, stated: &str| self.is_at(pin, stated);
        // Other lines of the package, which nobody means, may stay what they are.
        let is_left = |&pin: &NodeId| !is_at(pin, step.to) && step.from.is_some_and(|from| is_at(pin, from));
        let left = pins.iter().any(is_left);
        let brought = if left { "partly" } else { "moves" };
        let changes = self.pinned.changes(&step.key);
        if !changes.is_empty() {
            return Some(if changes.iter().any(|&pin| self.is(step, pin)) { brought } else { "stays" });
        }
        // Who proposes first has the change made afterwards.
        let is_first = phase == Phase::Plan && self.pinned.is_unchanged();
        let is_there = pins.iter().any(|&pin| is_at(pin, step.to));
        if is_first && held.is_some() && step.library && step.from.is_none() && !is_there {
            return Some("awaited");
        }
        Some(match (pins, self.evidence.get(held?, "files").map(|files| self.evidence.value(files))) {
            ([], Some(Fact::Count(1..))) if !step.own => "nowhere",
            ([], _) => "claimed",
            // What was merged before does not change any more.
            _ if phase != Phase::Plan && is_there => brought,
            _ if is_first && left => "later",
            // What was merged with it is not taken back by an edit of its text.
            _ if self.has_stood(step) && is_there => "before",
            _ => "stays",
        })
    }

    /// Whether a step was made by an earlier change. In the one that makes it nothing is over, wherever all pins have come to.
    fn is_over(&self, step: &Step<'_>) -> bool {
        let is_there = || self.pinned.pins(self.evidence, &step.key).iter().any(|&pin| self.is_at(pin, step.to));
        self.pinned.changes(&step.key).is_empty() && self.has_stood(step) && is_there()
    }

    /// Whether the proposal proposed this very step before the change.
    fn has_stood(&self, step: &Step<'_>) -> bool {
        self.stood.as_ref().is_some_and(|stood| stood.has(&step.key, step.from, step.to))
    }

    fn is_at(&self, pin: NodeId, stated: &str) -> bool {
        is_held_at(self.evidence, pin, stated)
    }

    /// Whether a package goes from the one version of a step to the other. One that was nowhere before does not.
    fn is(&self, step: &Step<'_>, pin: NodeId) -> bool {
        text(self.evidence, pin, "kind") != Some("added")
            && goes::reaches(self.evidence, pin, step.to)
            && step.from.is_none_or(|from| goes::was(self.evidence, pin, from))
    }
}

fn text<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    tree.text(tree.get(node, name)?)
}
