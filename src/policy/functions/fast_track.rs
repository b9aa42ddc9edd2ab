//! Whether the fast track is one, and what it spares.

use super::proposal::{Proposal, proposal, section};
use super::{Args, advisories};
use crate::advisories::score;
use crate::facts::Root;
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::version::{not_before, semver_level};
use crate::proposal::{NodeId, is_advisory_id};

/// See `fast_track_holds` in [`super::proposal::FUNCTIONS`].
pub fn holds<'f>(run: &mut Run<'f>, _: Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(proposal(run)?.fast_track_holds()))
}

/// See `may_skip` in [`super::proposal::FUNCTIONS`].
pub fn may_skip<'f>(run: &mut Run<'f>, args: Args<'f>) -> Answer<'f> {
    let claim = section(run, "fast_track")?;
    let skips = run.field(&claim, "skips")?;
    args.text(0)?;
    if run.has(&skips, args.value(0))? { holds(run, args) } else { Ok(Value::Flag(false)) }
}

impl Proposal<'_> {
    fn fast_track_holds(&mut self) -> bool {
        let Some(claim) = self.section("fast_track") else { return false };
        let claim = Some(claim);
        let reason = self.section("reason");
        let Some(advisory) = self.text(claim, "advisory").filter(|id| is_advisory_id(id)) else { return false };
        let known = advisories::of_id(self.facts, advisory);
        self.text(reason, "class") == Some("security")
            && !matches!(self.text(reason, "urgency"), Some("planned" | "optional"))
            && (self.is_exploited(claim, known) || self.is_rated(claim, known))
            && self.flag(claim, "affected") != Some(false)
            && self.text(claim, "verified_by").is_some()
            && self.instant(claim, "verified_at").is_none_or(|at| at <= self.facts.now)
            && self.closes(claim, known)
    }

    /// As the catalogue has it; as it is claimed where none was looked up.
    fn is_exploited(&mut self, claim: Option<NodeId>, known: Option<NodeId>) -> bool {
        let verified = known.and_then(|known| self.facts.evidence.flag(self.facts.evidence.get(known, "exploited")?));
        let claimed = self.flag(claim, "known_exploited") == Some(true);
        verified.unwrap_or(claimed)
    }

    fn is_rated(&mut self, claim: Option<NodeId>, known: Option<NodeId>) -> bool {
        known.is_some_and(|known| self.facts.evidence.get(known, "severity").is_some())
            || self.get(claim, "severity").is_some()
            || self.get(claim, "cvss_score").is_some()
            || self.text(claim, "cvss_vector").is_some_and(|vector| score(vector).is_some())
    }

    /// Whether what the advisory is about has the weakness and comes to be without it: as the advisory says of the versions, or, where that
    /// can't be told, by the fix that is claimed.
    fn closes(&mut self, claim: Option<NodeId>, known: Option<NodeId>) -> bool {
        let part = self.subject();
        let node = |root, id| Node { root, id };
        let package = known.zip(part).and_then(|(known, part)| {
            advisories::of_part(self.facts, node(Root::Evidence, known), node(Root::Proposal, part))
        });
        // Whatever the advisory is said to be about: where anything that changes has the weakness afterwards, the upgrade does not close it.
        if known.is_some_and(|known| advisories::leaves_affected(self.facts, known)) {
            return false;
        }
        let says = |name| advisories::text(&self.facts.evidence, package?, name);
        match (says("from_is"), says("to_is")) {
            (Some("unaffected"), _) => false,
            (Some("affected"), Some("unaffected")) => true,
            _ => self.text(claim, "fixed_in").is_some_and(|fix| self.reaches(part, fix)),
        }
    }

    /// What the advisory is about: the change, or that of its components which `change.component` names, or the only one.
    fn subject(&mut self) -> Option<NodeId> {
        let change = self.section("change");
        if self.get(change, "to").is_some() {
            return change;
        }
        match *self.items(change, "components") {
            [only] => Some(only),
            ref parts => {
                let name = self.text(change, "component");
                parts.iter().copied().find(|&part| name.is_some() && self.text(Some(part), "component") == name)
            }
        }
    }

    /// Whether it comes to hold the fix, which it lacks now.
    fn reaches(&mut self, part: Option<NodeId>, fix: &str) -> bool {
        let runs = self.text(part, "from").is_some_and(|from| matches!(semver_level(from, fix), "none" | "backward"));
        !runs && self.text(part, "to").is_some_and(|to| not_before(to, fix))
    }
}
