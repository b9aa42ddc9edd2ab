//! What a proposal proposed before the change that touches it, beside what it proposes now.

use super::packages::is_stated;
use super::{Args, Function};
use crate::facts::{Facts, Root};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree, component_packages, package_of};
use crate::versions::package_key;
use std::collections::HashMap;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "new_parts() -> list",
        doc: "The parts of the change (`p.change` and its components) with a `to` that the proposal did not have before the change that touches it (`evidence.before`): of the same component and the \
              same package, with the same versions however they are written. A package that is named now, of a part that named none, is the same. Empty where it is not known what it had.",
        call: new_parts,
    },
    Function {
        signature: "dropped_steps() -> list",
        doc: "Of `evidence.before.steps`, those with a `to` that no part of the change is any more, as `new_parts` compares them; a library has to be called one still.",
        call: dropped_steps,
    },
];

fn new_parts<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let Some([now, before]) = both(run.facts) else { return Ok(Value::from_iter([])) };
    let is_one = |part: &Step<'_>, step: &Step<'_>| part.package.is_none() || part.is_of(step);
    let new = without(run, &now, &before, is_one)?;
    Ok(new.into_iter().map(|id| Value::Node(Node { root: Root::Proposal, id })).collect())
}

fn dropped_steps<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let Some([now, before]) = both(run.facts) else { return Ok(Value::from_iter([])) };
    let is_one = |step: &Step<'_>, part: &Step<'_>| part.is_of(step) && (part.library || !step.library);
    let dropped = without(run, &before, &now, is_one)?;
    Ok(dropped.into_iter().map(|id| Value::Node(Node { root: Root::Evidence, id })).collect())
}

/// The steps of the proposal now, and before the change that touches it; none where these are not known.
fn both(facts: &Facts) -> Option<[Vec<Step<'_>>; 2]> {
    let (tree, evidence) = (&facts.proposal, &facts.evidence);
    let before = evidence.get(evidence.path(&["before"])?, "steps")?;
    let components = component_packages(tree);
    let listed = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
    let parts = tree.path(&["change"]).into_iter().chain(listed.iter().copied());
    let now = parts.filter_map(|part| Step::of(tree, part, &components)).collect();
    let before = evidence.items(before).iter().filter_map(|&step| Step::of(evidence, step, &components)).collect();
    Some([now, before])
}

/// Those of some steps that are none of others of their component.
fn without(
    run: &mut Run<'_>,
    some: &[Step<'_>],
    others: &[Step<'_>],
    is_one: impl Fn(&Step<'_>, &Step<'_>) -> bool,
) -> Result<Vec<NodeId>, Misuse> {
    let mut of_component: HashMap<_, Vec<_>> = HashMap::new();
    for other in others {
        of_component.entry(other.component).or_default().push(other);
    }
    let mut left = Vec::new();
    for step in some {
        let others = of_component.get(&step.component).map(Vec::as_slice).unwrap_or_default();
        run.budget.work(1 + others.len() / 4)?;
        if !others.iter().any(|other| is_one(step, other) && step.goes_as((other.from, other.to))) {
            left.push(step.node);
        }
    }
    Ok(left)
}

/// What goes from one version to another.
struct Step<'t> {
    node: NodeId,
    component: Option<&'t str>,
    /// What is common to all URLs of its package.
    package: Option<String>,
    from: Option<&'t str>,
    to: &'t str,
    library: bool,
}

impl<'t> Step<'t> {
    fn of(tree: &'t Tree, node: NodeId, components: &HashMap<&str, &'t str>) -> Option<Self> {
        let text = |field| tree.text(tree.get(node, field)?);
        let package = package_of(tree, node, components).map(package_key);
        let library = tree.get(node, "library").and_then(|said| tree.flag(said)) == Some(true);
        Some(Self { node, component: text("component"), package, from: text("from"), to: text("to")?, library })
    }

    /// Whether it is of the package of what was before; what named none may have been of any.
    fn is_of(&self, before: &Self) -> bool {
        before.package.is_none() || self.package == before.package
    }

    fn goes_as(&self, (from, to): (Option<&str>, &str)) -> bool {
        let same = |one: &str, other: &str| one == other || is_stated(Some(one), None, other);
        let begins = match (from, self.from) {
            (Some(from), Some(own)) => same(from, own),
            (from, own) => from.is_none() && own.is_none(),
        };
        begins && same(to, self.to)
    }
}

/// The steps that the proposal of this system proposed before the change that touches it, by their packages: whoever puts another in its place proposes
/// anew.
pub(super) struct Stood<'e>(HashMap<String, Vec<Step<'e>>>);

impl<'e> Stood<'e> {
    /// None where it is not known what it proposed.
    pub fn of(facts: &'e Facts) -> Option<Self> {
        let (tree, evidence) = (&facts.proposal, &facts.evidence);
        let before = evidence.path(&["before"])?;
        let system = tree.path(&["system", "id"]).and_then(|id| tree.text(id));
        let is_same = evidence.get(before, "system").and_then(|id| evidence.text(id)) == system;
        let steps = evidence.get(before, "steps").filter(|_| is_same).map(|steps| evidence.items(steps));
        let components = component_packages(tree);
        let mut stood: HashMap<_, Vec<_>> = HashMap::new();
        for &step in steps.unwrap_or_default() {
            let Some(step) = Step::of(evidence, step, &components) else { continue };
            if let Some(package) = step.package.clone() {
                stood.entry(package).or_default().push(step);
            }
        }
        Some(Self(stood))
    }

    /// Whether a package was to go from one version to another.
    pub fn has(&self, package: &str, from: Option<&str>, to: &str) -> bool {
        self.0.get(package).is_some_and(|steps| steps.iter().any(|step| step.goes_as((from, to))))
    }
}
