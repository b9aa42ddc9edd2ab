//! Whether lockfiles have of a library what its upgrade is said to have come to.

use super::known::Known;
use super::libraries::libraries;
use super::mention::mentions;
use super::packages::{Parts, is_held_at};
use super::pinned::{PART, Pinned, has_come, is_at, is_fingerprint};
use super::proposal::{argument, reviewed, uncounted};
use super::{Args, Function};
use crate::facts::{Facts, Root};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::NodeId;
use crate::versions::package_key;
use std::collections::HashSet;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "pin_against(part) -> pin",
        doc: "A place (one of `pins` of one of `evidence.pinned`) that speaks against `record.outcome`, of a part of the change that is a library (`is_library`): where the upgrade was \
              `rolled-back` or `abandoned`, one that has the version which the part was to bring, and with which no part of that package begins; of any other outcome the first, where none has \
              that version or one that may have followed since. `()` where there is none, where it is pinned nowhere or that was not looked up, and without an outcome.",
        call: pin_against,
    },
    Function {
        signature: "unaccepted_pin(pin) -> text",
        doc: "Why `record.monitoring.accepted` does not accept what `pin_against` gives, for the end of a message: it is for an owner, a business owner, operations or the change authority, who is \
              no author, once the upgrade has ended, with a reason that names the version. An empty text where nobody accepts anything, `()` where it is accepted.",
        call: unaccepted_pin,
    },
];

/// Who may accept that another upgrade has changed since what this one is said to have come to.
const ACCEPTING: [&str; 4] = ["owner", "business-owner", "operations", "change-authority"];

fn pin_against<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::Nothing) };
    let against = against(run, part)?;
    Ok(against.map_or(Value::Nothing, |id| Value::Node(Node { root: Root::Evidence, id })))
}

fn unaccepted_pin<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(Node { root: Root::Evidence, id: pin }) = args.object(0)? else { return Ok(Value::Nothing) };
    Ok(why_not(run, pin)?.map_or(Value::Nothing, Value::from))
}

/// Whether lockfiles have a library in another version than the outcome says, which nobody accepts.
pub fn are_otherwise(run: &mut Run<'_>) -> Result<bool, Stop> {
    let tree = &run.facts.proposal;
    let listed = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
    for part in tree.path(&["change"]).into_iter().chain(listed.iter().copied()) {
        if let Some(pin) = against(run, part)?
            && why_not(run, pin)?.is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// See `pin_against`.
fn against(run: &mut Run<'_>, part: NodeId) -> Result<Option<NodeId>, Misuse> {
    if !libraries(run).contains(&part) {
        return Ok(None);
    }
    let mut proposal = uncounted(run);
    let record = proposal.section("record");
    let Some(outcome) = proposal.text(record, "outcome") else { return Ok(None) };
    let (known, facts) = (proposal.known, proposal.facts);
    let (tree, evidence) = (&facts.proposal, &facts.evidence);
    let text = |name| tree.text(tree.get(part, name)?);
    let Some((url, to)) = text("package_url").zip(text("to")) else { return Ok(None) };
    let pins = known.pinned.get_or_init(|| Pinned::of(facts)).pins(evidence, &package_key(url));
    proposal.budget.work(1 + 4 * pins.len())?;
    if !matches!(outcome, "rolled-back" | "abandoned") {
        let has_come = pins.iter().any(|&pin| has_come(facts, part, pin));
        return Ok(pins.first().copied().filter(|_| !has_come));
    }
    let begun = known.begun.get_or_init(|| begun(facts, known));
    Ok(pins.iter().copied().find(|pin| is_held_at(evidence, *pin, to) && !begun.contains(pin)))
}

/// See `unaccepted_pin`.
fn why_not(run: &mut Run<'_>, pin: NodeId) -> Result<Option<String>, Misuse> {
    let mut proposal = reviewed(run)?;
    let record = proposal.section("record");
    let monitoring = proposal.get(record, "monitoring");
    let Some(accepted) = proposal.get(monitoring, "accepted") else { return Ok(Some(String::new())) };
    if let Some(flaw) = proposal.objection(accepted, Some(&ACCEPTING), None)? {
        return Ok(Some(format!(", and the acceptance of that does not hold: {flaw}")));
    }
    let by = proposal.text(Some(accepted), "by").unwrap_or_default();
    let reason = proposal.text(Some(accepted), "reason").unwrap_or_default();
    proposal.budget.work(1 + reason.len() / 8)?;
    let evidence = &proposal.facts.evidence;
    let mut names = ["version", "called"].into_iter().filter_map(|name| evidence.text(evidence.get(pin, name)?));
    let version = names.clone().next().unwrap_or("no version");
    // Another upgrade may have brought it since.
    let is_named = names.any(|name| mentions(reason, name));
    let why = || format!(", and the reason for which `{by}` accepts what went wrong does not name `{version}`");
    Ok((!is_named).then(why))
}

/// The pins that have a version with which a part of their package begins: one line may go to where another comes from.
fn begun(facts: &Facts, known: &Known) -> HashSet<NodeId> {
    let tree = &facts.proposal;
    let pinned = known.pinned.get_or_init(|| Pinned::of(facts));
    let parts = known.parts.get_or_init(|| Parts::of(tree));
    let text = |part, name| tree.get(part, name).and_then(|node| tree.text(node));
    let mut begun = HashSet::new();
    for part in parts.all() {
        let Some(url) = parts.url(tree, part) else { continue };
        // Under the tag that it had, only the digest says what it has come to be.
        let says_more = |field| text(part, field).is_some_and(is_fingerprint);
        let is_moved = says_more("to") && !says_more("from");
        let begins = |&&pin: &&NodeId| is_at(facts, part, "from", pin) && !(is_moved && is_at(facts, part, "to", pin));
        begun.extend(pinned.pins(&facts.evidence, &package_key(url)).iter().filter(begins));
    }
    begun
}
