//! What lockfiles pin of the packages that a proposal is about: one table, by which all that asks for it goes.

use super::packages::{Parts, is_held_at};
use super::proposal::{argument, uncounted};
use super::{Args, Function};
use crate::facts::Facts;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::version::semver_level;
use crate::proposal::{NodeId, Tree};
use crate::versions::{Ecosystem, PackageUrl, compare, package_key};
use std::cmp::Ordering;
use std::collections::HashMap;

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "is_pinned(part) -> true or false",
    doc: "Whether a lockfile or manifest pins the package of a part of the change, as `is_package` tells: otherwise than before, or at the end of \
              the change as before. Of an upgrade that has ended, whether it is pinned at a version of the part, or at one that may have followed since. `()` where that was not looked up, or nothing says which package it is.",
    call: is_pinned,
}];

fn is_pinned<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::Nothing) };
    let proposal = uncounted(run);
    let (known, facts) = (proposal.known, proposal.facts);
    let url = known.parts.get_or_init(|| Parts::of(proposal.tree)).url(proposal.tree, part);
    let Some(url) = url else { return Ok(Value::Nothing) };
    proposal.budget.work(url.len() / 16)?;
    let shown = known.pinned.get_or_init(|| Pinned::of(facts)).shows(facts, part, &package_key(url));
    Ok(shown.map_or(Value::Nothing, Value::Flag))
}

pub(super) const PART: &str = "`p.change` or one of its components";

/// The packages that were looked for in all lockfiles at the end of a change, by what [`package_key`] makes of their URLs.
#[derive(Debug)]
pub struct Pinned {
    /// None where nobody looked.
    held: Option<HashMap<String, NodeId>>,
    /// What changes; none where no change is judged.
    changed: Option<HashMap<String, Vec<NodeId>>>,
}

impl Pinned {
    pub fn of(facts: &Facts) -> Self {
        let evidence = &facts.evidence;
        let list = |name: &str| evidence.path(&[name]).map(|list| evidence.items(list));
        let key = |item: NodeId| Some(package_key(evidence.text(evidence.get(item, "package_url")?)?));
        let held = list("pinned").map(|all| all.iter().filter_map(|&item| Some((key(item)?, item))).collect());
        let changed = list("changes").map(|all| {
            let mut changed: HashMap<_, Vec<_>> = HashMap::new();
            for &item in all {
                if let Some(key) = key(item) {
                    changed.entry(key).or_default().push(item);
                }
            }
            changed
        });
        Self { held, changed }
    }

    /// Whether no change is known that would show what goes where: the upgrade has ended.
    pub const fn has_ended(&self) -> bool {
        self.held.is_some() && self.changed.is_none()
    }

    /// Whether a change is judged.
    pub const fn is_of_a_change(&self) -> bool {
        self.changed.is_some()
    }

    /// Whether it pins nothing otherwise.
    pub fn is_unchanged(&self) -> bool {
        self.changed.as_ref().is_none_or(HashMap::is_empty)
    }

    /// What of `evidence.changes` a package is.
    pub fn changes(&self, key: &str) -> &[NodeId] {
        self.changed.as_ref().and_then(|changed| changed.get(key)).map(Vec::as_slice).unwrap_or_default()
    }

    /// What of `evidence.pinned` a package is.
    pub fn held(&self, key: &str) -> Option<NodeId> {
        self.held.as_ref()?.get(key).copied()
    }

    /// Where a package is pinned.
    pub fn pins<'e>(&self, evidence: &'e Tree, key: &str) -> &'e [NodeId] {
        let pins = self.held(key).and_then(|held| evidence.get(held, "pins"));
        pins.map(|pins| evidence.items(pins)).unwrap_or_default()
    }

    /// Whether lockfiles show a part of the change as a package of this key.
    pub fn shows(&self, facts: &Facts, part: NodeId, key: &str) -> Option<bool> {
        if self.held.is_none() && self.changed.is_none() {
            return None;
        }
        let pins = self.pins(&facts.evidence, key);
        let may_be = |&pin: &NodeId| !self.has_ended() || may_be_of(facts, part, pin);
        Some(!self.changes(key).is_empty() || pins.iter().any(may_be))
    }

    /// Whether a package of this key is pinned at a version that a part of the change begins with or goes to.
    pub fn is_at_an_end(&self, facts: &Facts, part: NodeId, key: &str) -> bool {
        let pins = self.pins(&facts.evidence, key);
        pins.iter().any(|&pin| is_at(facts, part, "to", pin) || is_at(facts, part, "from", pin))
    }
}

/// Whether a package that is pinned so after the upgrade may be what a part of it was about: it is at a version of the part, or at one to which it has gone
/// on since. What has versions of another kind, or only earlier ones, was not.
fn may_be_of(facts: &Facts, part: NodeId, pin: NodeId) -> bool {
    is_at(facts, part, "from", pin) || has_come(facts, part, pin)
}

/// Whether a package is pinned at the version that a part goes to, or at one to which it may have gone on since.
pub fn has_come(facts: &Facts, part: NodeId, pin: NodeId) -> bool {
    let (tree, evidence) = (&facts.proposal, &facts.evidence);
    let Some(to) = tree.get(part, "to").and_then(|to| tree.text(to)) else { return false };
    if is_at(facts, part, "to", pin) {
        return true;
    }
    let text = |name| evidence.text(evidence.get(pin, name)?);
    let tag = to.split('@').next().unwrap_or(to);
    let mut names = ["version", "called"].into_iter().filter_map(text);
    // A pin stands in the list of those of its package.
    let package = evidence.node(evidence.node(pin).parent).parent;
    let url = evidence.get(package, "package_url").and_then(|url| evidence.text(url));
    let of = url.and_then(PackageUrl::parse);
    let order = |name| compare(Ecosystem::parse(&of.as_ref()?.ecosystem), tag, name);
    let is_later = |name| match order(name) {
        _ if name == tag => true,
        Some(order) => order != Ordering::Greater,
        None => matches!(semver_level(tag, name), "patch" | "minor" | "major"),
    };
    let may_follow = names.any(is_later)
        || is_fingerprint(to) && (text("digest").is_some() || text("version").is_some_and(is_fingerprint));
    // A step back begins at a later one.
    may_follow && !is_at(facts, part, "from", pin)
}

/// Whether a package is pinned at a version that a part states.
pub fn is_at(facts: &Facts, part: NodeId, field: &str, pin: NodeId) -> bool {
    let tree = &facts.proposal;
    let stated = tree.get(part, field).and_then(|stated| tree.text(stated));
    stated.is_some_and(|stated| is_held_at(&facts.evidence, pin, stated))
}

/// Whether a version is a commit or a digest, which nothing orders.
pub fn is_fingerprint(version: &str) -> bool {
    let hex = version.rsplit([':', '@']).next().unwrap_or(version);
    hex.len() >= 40 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
}
