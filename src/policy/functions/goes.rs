//! Whether a package that changes goes as a part of a change says.

use super::libraries::libraries;
use super::packages::{Parts, is_held_at, is_stated};
use super::pinned::Pinned;
use super::proposal::uncounted;
use super::tags::is_of_a_digest;
use super::{Args, Function};
use crate::facts::Root;
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree};
use crate::versions::package_key;

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "goes_as(part, package) -> text",
    doc: "How a package (one of `evidence.changes`) goes as a part says, one of this change or of another proposal with which it comes (one of `elsewhere`). `whole`: from the version that the part begins with to \
          the one that it goes to; of what is removed, that one is left in its file. `end`: to that version, from another one. `unseen`: so it is, and the part is of a library that no lockfile had at the version that it \
          begins with. `()` where it comes to another version. What was nowhere before, or stays under its name, may have begun with any version that is no digest; a step back has to be proposed with its beginning.",
    call: goes_as,
}];

fn goes_as<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (part, pin) = (args.object(0)?, args.object(1)?);
    let Some((part, Node { root: Root::Evidence, id: pin })) = part.zip(pin) else { return Ok(Value::Nothing) };
    let [from, to] = ["from", "to"].map(|field| run.field(args.value(0), field));
    let (from, to) = (from?, to?);
    let Value::Text(to) = to else { return Ok(Value::Nothing) };
    let from = if let Value::Text(from) = from { Some(from) } else { None };
    let from = from.as_deref();
    let evidence = &run.facts.evidence;
    run.budget.work(8 + (to.len() + from.map_or(0, str::len)) / 4)?;
    if !reaches(evidence, pin, &to) {
        return Ok(Value::Nothing);
    }
    let of_pin = |field: &str| text(evidence, pin, field);
    let Some(from) = from else {
        return Ok(if of_pin("direction") == Some("down") { "end" } else { "whole" }.into());
    };
    if was(evidence, pin, from) {
        return Ok("whole".into());
    }
    let is_library = part.root == Root::Proposal && libraries(run).contains(&part.id);
    let is_unseen = is_library && !has_run(run, part.id, from);
    // Of one that was nowhere, or had the name that it has, only a digest would say what it was. A library that is new where it is was somewhere else before,
    // or comes from nowhere, which is no small step from a version that never ran.
    let is_open = (of_pin("from").is_none() || of_pin("from") == of_pin("to")) && !is_of_a_digest(from);
    let is_whole = is_open && !(is_unseen && of_pin("kind") == Some("added"));
    Ok(match (is_whole, is_unseen) {
        (true, _) => "whole",
        (false, true) => "unseen",
        (false, false) => "end",
    }
    .into())
}

/// Whether lockfiles had the library that a part is of at a version: one that changes before, or one that stays.
fn has_run(run: &mut Run<'_>, part: NodeId, from: &str) -> bool {
    let proposal = uncounted(run);
    let (known, facts) = (proposal.known, proposal.facts);
    let Some(url) = known.parts.get_or_init(|| Parts::of(proposal.tree)).url(proposal.tree, part) else { return false };
    let (key, pinned, evidence) = (package_key(url), known.pinned.get_or_init(|| Pinned::of(facts)), &facts.evidence);
    pinned.changes(&key).iter().any(|&pin| was(evidence, pin, from))
        || pinned.pins(evidence, &key).iter().any(|&pin| is_held_at(evidence, pin, from))
}

/// Whether a package that changes comes to a version; what is removed, whether the rest of its file has it.
pub(super) fn reaches(evidence: &Tree, pin: NodeId, to: &str) -> bool {
    if text(evidence, pin, "kind") == Some("removed") {
        let remaining = evidence.get(pin, "remaining").map(|list| evidence.items(list)).unwrap_or_default();
        return remaining.iter().any(|&version| is_stated(evidence.text(version), None, to));
    }
    is_at(evidence, pin, ["to", "to_digest", "to_called"], to)
}

/// Whether it was at a version.
pub(super) fn was(evidence: &Tree, pin: NodeId, from: &str) -> bool {
    is_at(evidence, pin, ["from", "from_digest", "from_called"], from)
}

fn is_at(evidence: &Tree, pin: NodeId, [version, digest, called]: [&str; 3], stated: &str) -> bool {
    let text = |field| text(evidence, pin, field);
    is_stated(text(version), text(digest), stated) || is_stated(text(called), None, stated)
}

fn text<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    tree.text(tree.get(node, name)?)
}
