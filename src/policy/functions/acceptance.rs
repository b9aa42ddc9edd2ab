//! Whether what somebody accepts is accepted.

use super::proposal::Proposal;
use super::time::time_zone;
use super::vague::is_vague;
use crate::facts::Phase;
use crate::policy::fault::Misuse;
use crate::policy::value::{Day, Moment};
use crate::proposal::{NodeId, Tree, Value as Fact, handle};
use jiff::{SignedDuration, Timestamp};

impl Proposal<'_> {
    /// Why an acceptance does not hold: see `objection` in [`super::proposal::FUNCTIONS`].
    pub fn objection(
        &mut self,
        acceptance: NodeId,
        roles: Option<&[&str]>,
        since: Option<Timestamp>,
    ) -> Result<Option<String>, Misuse> {
        let accepted = Some(acceptance);
        let by = self.text(accepted, "by").unwrap_or_default();
        if let Some(roles) = roles
            && let Some(why) = self.no_say(by, roles)
        {
            self.get(accepted, "by");
            return Ok(Some(format!("`{by}`, who accepts it, {why}")));
        }
        if let Some(reason) = self.text(accepted, "reason").filter(|reason| is_vague(reason)) {
            return Ok(Some(format!("`{by}` accepts it, and `{reason}` is no reason")));
        }
        if let Some(at) = self.instant(accepted, "at").filter(|at| *at > self.facts.now) {
            return Ok(Some(format!(
                "`{by}` accepts it on {}, which is still to come",
                Moment(at).told(&self.facts.zone())
            )));
        }
        if let Some(why) = self.too_early(acceptance, by, since) {
            return Ok(Some(why));
        }
        let Some(through) = self.get(accepted, "valid_through") else { return Ok(None) };
        let Fact::Date(through) = *self.tree.value(through) else { return Ok(None) };
        let (day, what) = self.last_day()?;
        if through >= day {
            return Ok(None);
        }
        self.get(accepted, "valid_through");
        Ok(Some(format!("`{by}` accepts it through {}, and {what} {}", Day(through), Day(day))))
    }

    /// What the record tells of can be accepted once it is there to see, and not before it has happened: from the moment on that the rule knows,
    /// from its own time on, where it has one, or else from the end of the upgrade on.
    fn too_early(&mut self, acceptance: NodeId, by: &str, since: Option<Timestamp>) -> Option<String> {
        let record = self.tree.path(&["record"])?;
        let result = self.tree.node(acceptance).parent;
        let mut above = result;
        while above != record {
            if above == Tree::ROOT {
                return None;
            }
            above = self.tree.node(above).parent;
        }
        let stated = since.map(|since| (since, "it is of"));
        let own = self.instant(Some(result), "at").map(|at| (at, "it is of"));
        let known =
            stated.or(own).or_else(|| Some((self.instant(Some(record), "finished_at")?, "the upgrade ended at")));
        let at = self.instant(Some(acceptance), "at")?;
        let (since, what) = known.filter(|(since, _)| at < *since)?;
        let zone = self.facts.zone();
        let [at, since] = [at, since].map(|point| Moment(point).told(&zone));
        Some(format!("`{by}` accepts it on {at}, and {what} {since}"))
    }

    /// Why a person can't accept something in one of these roles.
    fn no_say(&mut self, by: &str, roles: &[&str]) -> Option<String> {
        let person = handle(by);
        if let Some(author) = self.is_author(&person) {
            return Some(author.to_owned());
        }
        let mut confirmed = self.confirmed();
        if let Some(confirmed) = &mut confirmed {
            confirmed.retain(|approval| approval.by == person);
        }
        if roles.iter().any(|role| self.has_role(&person, role, confirmed.as_deref())) {
            return None;
        }
        Some(format!("has none of the roles that may: {}", roles.join(", ")))
    }

    /// The last day on which what is accepted has to hold, and what to call it: of the window that ends last, which does not
    /// include its end; today where that is later or not known, and afterwards.
    fn last_day(&mut self) -> Result<(jiff::civil::Date, &'static str), Misuse> {
        let (window, system) = (self.section("window"), self.section("system"));
        let later = self.last_later()?;
        let last = later.or(window);
        let end = self.instant(last, "end").and_then(|end| end.checked_sub(SignedDuration::from_mins(1)).ok());
        let end = end.or_else(|| self.instant(last, "start"));
        let zone = self.text(window, "zone").or_else(|| self.text(system, "zone")).unwrap_or("UTC");
        let ends = if later.is_some() { "the last window ends on" } else { "the window ends on" };
        let (last, what) = match end {
            Some(end) if self.facts.phase != Phase::Close && end >= self.facts.now => (end, ends),
            _ => (self.facts.now, "today is"),
        };
        Ok((last.to_zoned(time_zone(zone)?).date(), what))
    }
}
