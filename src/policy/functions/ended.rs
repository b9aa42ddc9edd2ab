//! Whether lockfiles have of a library what its upgrade is said to have come to.

use super::known::Known;
use super::libraries::libraries;
use super::packages::{Parts, is_held_at};
use super::pinned::{PART, Pinned, has_come, is_at, is_fingerprint};
use super::proposal::{argument, uncounted};
use super::since::Accepted;
use super::stood::Stood;
use super::{Args, Function};
use crate::facts::{Facts, Root};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::{NodeId, Tree};
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

fn pin_against<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::Nothing) };
    let against = against(run, part)?;
    Ok(against.map_or(Value::Nothing, |id| Value::Node(Node { root: Root::Evidence, id })))
}

fn unaccepted_pin<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(Node { root: Root::Evidence, id: pin }) = args.object(0)? else { return Ok(Value::Nothing) };
    let accepted = Accepted::of(run)?;
    let refused = refuses(run, &accepted, pin)?;
    Ok(accepted.but(refused))
}

/// What lockfiles have of a library otherwise than the outcome says, and why that may not be, as a clause. The first of several; none where there is none,
/// or somebody accepts it.
pub fn otherwise(run: &mut Run<'_>) -> Result<Option<String>, Stop> {
    let tree = &run.facts.proposal;
    let listed = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
    for part in tree.path(&["change"]).into_iter().chain(listed.iter().copied()) {
        let Some(pin) = against(run, part)? else { continue };
        let accepted = Accepted::of(run)?;
        if let Some(why) = refuses(run, &accepted, pin)? {
            return Ok(Some(format!("{}, and {why}", clause(&run.facts.evidence, pin))));
        }
    }
    Ok(None)
}

/// What a pin has, and where.
fn clause(evidence: &Tree, pin: NodeId) -> String {
    let text = |node, name| evidence.text(evidence.get(node, name)?);
    // A pin stands in the list of those of its package.
    let package = evidence.node(evidence.node(pin).parent).parent;
    let [name, version, file] =
        [text(package, "name"), text(pin, "version"), text(pin, "file")].map(|text| text.unwrap_or_default());
    format!("`{file}` has `{name}` at {version}, which the upgrade was to bring")
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

/// Why a pin is not accepted.
fn refuses(run: &mut Run<'_>, accepted: &Accepted, pin: NodeId) -> Result<Option<String>, Misuse> {
    run.budget.work(accepted.work())?;
    let evidence = &run.facts.evidence;
    let names = ["version", "called"].into_iter().filter_map(|name| evidence.text(evidence.get(pin, name)?));
    Ok(accepted.refuses(&names.collect::<Vec<_>>()))
}

/// The pins that have a version with which a part of their package begins: one line may go to where another comes from. Of a proposal that the change
/// touches, it has to have had that part before: else whoever closes it could add one.
fn begun(facts: &Facts, known: &Known) -> HashSet<NodeId> {
    let tree = &facts.proposal;
    let pinned = known.pinned.get_or_init(|| Pinned::of(facts));
    let parts = known.parts.get_or_init(|| Parts::of(tree));
    let text = |part, name| tree.get(part, name).and_then(|node| tree.text(node));
    let stood = Stood::of(facts);
    let mut begun = HashSet::new();
    for part in parts.all() {
        let Some(url) = parts.url(tree, part) else { continue };
        // Under the tag that it had, only the digest says what it has come to be.
        let says_more = |field| text(part, field).is_some_and(is_fingerprint);
        let is_moved = says_more("to") && !says_more("from");
        let key = package_key(url);
        let has_stood = |stood: &Stood<'_>| text(part, "to").is_some_and(|to| stood.has(&key, text(part, "from"), to));
        if !stood.as_ref().is_none_or(has_stood) {
            continue;
        }
        let begins = |&&pin: &&NodeId| is_at(facts, part, "from", pin) && !(is_moved && is_at(facts, part, "to", pin));
        begun.extend(pinned.pins(&facts.evidence, &key).iter().filter(begins));
    }
    begun
}
