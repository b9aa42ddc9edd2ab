//! Whether the fast track is one, and what it spares.

use super::Args;
use super::proposal::{Proposal, proposal, section};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::is_advisory_id;
use crate::proposal::version::{not_before, semver_level};

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
        self.text(reason, "class") == Some("security")
            && !matches!(self.text(reason, "urgency"), Some("planned" | "optional"))
            && self.text(claim, "advisory").is_some_and(is_advisory_id)
            && (self.flag(claim, "known_exploited") == Some(true)
                || self.get(claim, "severity").is_some()
                || self.get(claim, "cvss_score").is_some())
            && self.flag(claim, "affected") != Some(false)
            && self.text(claim, "verified_by").is_some()
            && self.instant(claim, "verified_at").is_none_or(|at| at <= self.facts.now)
            && self.text(claim, "fixed_in").is_some_and(|fix| self.reaches(fix))
    }

    /// Whether what the advisory is about comes to hold the fix, which it lacks now: the change, or that of its components which
    /// `change.component` names, or the only one.
    fn reaches(&mut self, fix: &str) -> bool {
        let change = self.section("change");
        let part = if self.get(change, "to").is_some() {
            change
        } else {
            match *self.items(change, "components") {
                [only] => Some(only),
                ref parts => {
                    let name = self.text(change, "component");
                    parts.iter().copied().find(|&part| name.is_some() && self.text(Some(part), "component") == name)
                }
            }
        };
        let runs = self.text(part, "from").is_some_and(|from| matches!(semver_level(from, fix), "none" | "backward"));
        !runs && self.text(part, "to").is_some_and(|to| not_before(to, fix))
    }
}
