//! What is known of advisories, and what a vector of CVSS scores.

use super::{Args, Function};
use crate::advisories::score;
use crate::facts::{Facts, Root};
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree, component_packages, package_of};
use crate::versions::PackageUrl;
use std::collections::HashSet;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "cvss_score(vector) -> number",
        doc: "The score of a CVSS vector: of versions 2, 3.0 and 3.1 the base score, of version 4.0 that of all that it says; `()` where it is \
              no whole vector.",
        call: cvss_score,
    },
    Function {
        signature: "known_advisory(id) -> object",
        doc: "What is known of an advisory: the one of `evidence.advisories` that has this id, in any letter case; `()` where nobody was asked.",
        call: known_advisory,
    },
    Function {
        signature: "advised_package(advisory, part) -> object",
        doc: "What an advisory (one of `evidence.advisories`) says of a part of the change (`p.change` or one of its components): the one of its \
              `packages` that has the part's `package_url`, or else that of its component in the profile, and its versions; `()` where neither \
              names a package whose ecosystem is known.",
        call: advised_package,
    },
    Function {
        signature: "package_ecosystem(package_url) -> text",
        doc: "The ecosystem of a package URL, as OSV calls it; `()` where it is no such URL, or OSV has no ecosystem for it.",
        call: package_ecosystem,
    },
];

fn cvss_score<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let vector = args.text(0)?;
    run.budget.work(vector.len() / 4)?;
    Ok(score(vector).map_or(Value::Nothing, |(_, score)| Value::Number(score)))
}

fn known_advisory<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let id = args.text(0)?;
    let facts = run.facts;
    run.budget.work(advisories(facts).len() / 4)?;
    Ok(of_id(facts, id).map_or(Value::Nothing, evidence))
}

fn advised_package<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (Some(advisory), Some(part)) = (args.object(0)?, args.object(1)?) else { return Ok(Value::Nothing) };
    let facts = run.facts;
    run.budget.work(items(facts.tree(advisory.root), advisory.id, "packages").len() / 4)?;
    run.budget
        .work(facts.proposal.path(&["system", "components"]).map_or(0, |list| facts.proposal.items(list).len()) / 4)?;
    Ok(of_part(facts, advisory, part).map_or(Value::Nothing, evidence))
}

fn package_ecosystem<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let url = args.text(0)?;
    run.budget.work(url.len() / 8)?;
    Ok(PackageUrl::parse(url).map_or(Value::Nothing, |package| package.ecosystem.into()))
}

fn evidence<'f>(id: NodeId) -> Value<'f> {
    Value::Node(Node { root: Root::Evidence, id })
}

fn advisories(facts: &Facts) -> &[NodeId] {
    items(&facts.evidence, Tree::ROOT, "advisories")
}

fn items<'t>(tree: &'t Tree, node: NodeId, name: &str) -> &'t [NodeId] {
    tree.get(node, name).map(|list| tree.items(list)).unwrap_or_default()
}

/// What is known of an advisory.
pub fn of_id(facts: &Facts, id: &str) -> Option<NodeId> {
    let named = |node: NodeId| text(&facts.evidence, node, "id").is_some_and(|other| other.eq_ignore_ascii_case(id));
    advisories(facts).iter().copied().find(|&node| named(node))
}

/// What an advisory says of a part of the change.
pub fn of_part(facts: &Facts, advisory: Node, part: Node) -> Option<NodeId> {
    let (known, proposed) = (facts.tree(advisory.root), facts.tree(part.root));
    let url = package_of(proposed, part.id, &component_packages(&facts.proposal))?;
    let same = |&package: &NodeId| {
        let field = |name| text(known, package, name) == text(proposed, part.id, name);
        text(known, package, "package_url") == Some(url) && field("from") && field("to")
    };
    items(known, advisory.id, "packages").iter().copied().find(same)
}

/// Whether an advisory says of anything that changes that the version to come has the weakness.
pub fn leaves_affected(facts: &Facts, advisory: NodeId) -> bool {
    let known = &facts.evidence;
    items(known, advisory, "packages").iter().any(|&package| text(known, package, "to_is") == Some("affected"))
}

/// Whether an advisory says of anything that changes that the version that runs has the weakness and the version to come has not.
pub fn is_left_behind(facts: &Facts, advisory: NodeId) -> bool {
    let known = &facts.evidence;
    let is = |package: NodeId, name: &str, word: &str| text(known, package, name) == Some(word);
    let mut packages = items(known, advisory, "packages").iter().copied();
    packages.any(|package| is(package, "from_is", "affected") && is(package, "to_is", "unaffected"))
}

/// The parts of the change of which an advisory says so.
pub fn closing_parts(facts: &Facts, advisory: NodeId) -> Vec<NodeId> {
    let (known, tree) = (&facts.evidence, &facts.proposal);
    let is = |package: NodeId, name: &str, word: &str| text(known, package, name) == Some(word);
    let closed = |package: &&NodeId| is(**package, "from_is", "affected") && is(**package, "to_is", "unaffected");
    let step = |tree, node, url| (url, text(tree, node, "from"), text(tree, node, "to"));
    let closed: HashSet<_> = items(known, advisory, "packages")
        .iter()
        .filter(closed)
        .map(|&package| step(known, package, text(known, package, "package_url")))
        .collect();
    let components = component_packages(tree);
    let change = tree.path(&["change"]);
    let listed = change.map(|change| items(tree, change, "components")).unwrap_or_default();
    let parts = change.into_iter().chain(listed.iter().copied());
    parts.filter(|&part| closed.contains(&step(tree, part, package_of(tree, part, &components)))).collect()
}

/// Whether an advisory has records, and they are about nothing that changes, or of that only about what never had the weakness.
pub fn is_about_others(facts: &Facts, advisory: NodeId) -> bool {
    let known = &facts.evidence;
    let named = |package: NodeId| known.get(package, "named").and_then(|named| known.flag(named)) == Some(true);
    let concerned = |&package: &NodeId| named(package) && text(known, package, "from_is") != Some("unaffected");
    known.get(advisory, "records").is_some() && !items(known, advisory, "packages").iter().any(concerned)
}

/// The text of a field.
pub fn text<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    tree.text(tree.get(node, name)?)
}
