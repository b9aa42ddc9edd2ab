//! Whether the fast track is one, and what it spares. `fast-track/eligible` tells what is wrong of the same answers.

use super::moves::Moves;
use super::proposal::{Proposal, section, walking};
use super::windows::value;
use super::{Args, Function, advisories};
use crate::advisories::score;
use crate::facts::Root;
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::version::{not_before, semver_level};
use crate::proposal::{NodeId, is_advisory_id};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "fast_track_holds() -> true or false",
        doc: "Whether the proposal asks for the fast track with facts that carry it: class `security`, neither planned nor \
              optional, an advisory with its severity or known to be exploited, verified, not found to be without effect here, and \
              fixed by the target version. Where the advisory was looked up, what is known of it counts, and not what is claimed. What `fast_track.skips` lists is spared only where this holds. How severe is severe \
              enough, and how soon is soon enough, is for `fast-track/eligible`.",
        call: holds,
    },
    Function {
        signature: "may_skip(step) -> true or false",
        doc: "Whether the fast track lets the upgrade skip a step: `fast_track.skips` lists it, and `fast_track_holds`.",
        call: may_skip,
    },
    Function {
        signature: "fast_track_exploited() -> true or false",
        doc: "Whether the weakness of `fast_track.advisory` is known to be exploited: as the catalogue of exploited vulnerabilities has it; as \
              `fast_track.known_exploited` claims where the advisory was not looked up.",
        call: exploited,
    },
    Function {
        signature: "fast_track_part() -> object",
        doc: "The part of the change that `fast_track.advisory` is about: the change, or that of its components which `change.component` names, \
              or the only one; `()` where none of these has a target version.",
        call: part,
    },
    Function {
        signature: "fast_track_fix() -> text",
        doc: "How that part stands to the weakness. `closed`: by the advisory the version that runs has it, and the target version has not, of that part or another that changes; \
              `fixed`, where that can't be told by the advisory: the target version reaches `fast_track.fixed_in`, and the version that runs does not. All else closes nothing: \
              `still-affected` and `never-affected` by the advisory, of anything that changes or of the version that runs; `elsewhere` where the part is a package of an \
              ecosystem that is known, and the records are about nothing that changes; `unstated` without \
              `fixed_in`, `no-part` without that part, `incomparable` where names do not tell, `too-early` and `held-already` by the version of the fix; and `unmoved` where a change is judged, and by its \
              lockfiles no part with which the upgrade would close the weakness goes to its target version, and none stays behind (`shown_move` is `stays`, `partly`, `nowhere` or `awaited`).",
        call: fix,
    },
    Function {
        signature: "fast_track_carrier() -> object",
        doc: "The part of the change with which it closes the weakness of `fast_track.advisory`, by the advisory or by `fast_track.fixed_in`: of several the one of \
              which lockfiles show most; `()` where there is none.",
        call: carrier,
    },
];

fn holds<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(changed(run)?.fast_track_holds()))
}

fn may_skip<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    args.text(0)?;
    Ok(Value::Flag(skips(run, args.value(0))?))
}

/// See `may_skip`.
pub fn skips<'f>(run: &mut Run<'f>, step: &Value<'f>) -> Result<bool, Stop> {
    let claim = section(run, "fast_track")?;
    let skips = run.field(&claim, "skips")?;
    Ok(run.has(&skips, step)? && changed(run)?.fast_track_holds())
}

fn exploited<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let mut proposal = changed(run)?;
    let (claim, known) = proposal.weakness();
    Ok(Value::Flag(proposal.is_exploited(claim, known)))
}

fn part<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    Ok(changed(run)?.subject().map_or(Value::Nothing, value))
}

fn fix<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let mut proposal = changed(run)?;
    let (claim, known) = proposal.weakness();
    Ok(proposal.fix(claim, known).into())
}

fn carrier<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let mut proposal = changed(run)?;
    let (claim, known) = proposal.weakness();
    let stated = proposal.stated_fix(claim, known);
    Ok(proposal.carrier(stated, known).map_or(Value::Nothing, value))
}

/// For what goes through all that changes.
fn changed<'s>(run: &'s mut Run<'_>) -> Result<Proposal<'s>, Misuse> {
    walking(run, &["system", "components"])?;
    walking(run, &["change", "components"])
}

impl Proposal<'_> {
    /// What is claimed of the advisory, and what is known of it.
    fn weakness(&mut self) -> (Option<NodeId>, Option<NodeId>) {
        let claim = self.section("fast_track");
        let known = self.text(claim, "advisory").and_then(|id| advisories::of_id(self.facts, id));
        (claim, known)
    }

    fn fast_track_holds(&mut self) -> bool {
        let (claim, known) = self.weakness();
        if !self.text(claim, "advisory").is_some_and(is_advisory_id) {
            return false;
        }
        let reason = self.section("reason");
        self.text(reason, "class") == Some("security")
            && !matches!(self.text(reason, "urgency"), Some("planned" | "optional"))
            && (self.is_exploited(claim, known) || self.is_rated(claim, known))
            && self.flag(claim, "affected") != Some(false)
            && self.text(claim, "verified_by").is_some()
            && self.instant(claim, "verified_at").is_none_or(|at| at <= self.facts.now)
            && matches!(self.fix(claim, known), "closed" | "fixed")
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

    /// As it is stated, where lockfiles do not show that it is otherwise.
    fn fix(&mut self, claim: Option<NodeId>, known: Option<NodeId>) -> &'static str {
        let stated = self.stated_fix(claim, known);
        let carrier = self.carrier(stated, known);
        match carrier.and_then(|part| self.shown(part)) {
            Some("stays" | "partly" | "nowhere" | "awaited") => "unmoved",
            _ => stated,
        }
    }

    /// What lockfiles show of the step of a part.
    fn shown(&self, part: NodeId) -> Option<&'static str> {
        Moves::known(self).of_part(part)
    }

    /// The part that comes to be without the weakness; of several the one of which most is shown.
    fn carrier(&mut self, stated: &str, known: Option<NodeId>) -> Option<NodeId> {
        let parts = match (stated, known) {
            ("closed", Some(known)) => {
                self.known.closing.get_or_init(|| advisories::closing_parts(self.facts, known)).clone()
            }
            ("fixed", _) => Vec::from_iter(self.subject()),
            _ => return None,
        };
        let place = |part: &NodeId| match self.shown(*part) {
            Some("moves") => 0,
            None | Some("claimed" | "later" | "before") => 1,
            _ => 2,
        };
        parts.into_iter().min_by_key(place)
    }

    /// Whether what the advisory is about has the weakness and comes to be without it, in a word: as the advisory says of the versions, or,
    /// where that can't be told, by the fix that is claimed.
    fn stated_fix(&mut self, claim: Option<NodeId>, known: Option<NodeId>) -> &'static str {
        // Whatever the advisory is said to be about: where anything that changes has the weakness afterwards, the upgrade does not close it.
        if known.is_some_and(|known| advisories::leaves_affected(self.facts, known)) {
            return "still-affected";
        }
        let part = self.subject();
        let node = |root, id| Node { root, id };
        let package = known.zip(part).and_then(|(known, part)| {
            advisories::of_part(self.facts, node(Root::Evidence, known), node(Root::Proposal, part))
        });
        let says = |name| advisories::text(&self.facts.evidence, package?, name);
        match (says("from_is"), says("to_is")) {
            (Some("unaffected"), _) => return "never-affected",
            (Some("affected"), Some("unaffected")) => return "closed",
            // What comes along may be what has the weakness.
            (None, None) if known.is_some_and(|known| advisories::is_left_behind(self.facts, known)) => return "closed",
            // An advisory of something else closes nothing here, whatever version is said to fix it.
            _ if package.is_some() && known.is_some_and(|known| advisories::is_about_others(self.facts, known)) => {
                return "elsewhere";
            }
            _ => {}
        }
        let Some(fix) = self.text(claim, "fixed_in") else { return "unstated" };
        let Some(to) = self.text(part, "to") else { return "no-part" };
        if !not_before(to, fix) {
            return if semver_level(to, fix) == "unknown" { "incomparable" } else { "too-early" };
        }
        let holds = self.text(part, "from").is_some_and(|from| matches!(semver_level(from, fix), "none" | "backward"));
        if holds { "held-already" } else { "fixed" }
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
}
