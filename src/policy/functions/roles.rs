//! Who wrote the proposal, who has which role, and who has approved in it.

use super::confirmed::Confirmed;
use super::known::SHOWN;
use super::proposal::Proposal;
use crate::proposal::{Tree, handle};
use std::collections::HashSet;

impl<'s> Proposal<'s> {
    /// What a person has done for the proposal, where they wrote it.
    pub fn is_author(&mut self, person: &str) -> Option<&'static str> {
        if self.text(Some(Tree::ROOT), "submitted_by").is_some_and(|name| handle(name) == person) {
            return Some("submits this proposal");
        }
        self.items(Some(Tree::ROOT), "co_authors");
        self.co_authors().contains(person).then_some("is a co-author of this proposal")
    }

    /// Whether a person has a role by the profile; where it names nobody for it, by what the code host confirms of them, or by what they
    /// have approved where none was asked.
    pub fn has_role(&mut self, person: &str, role: &str, confirmed: Option<&[Confirmed<'_>]>) -> bool {
        match (self.holders(role), confirmed) {
            (Some((holder, deputies)), _) => holder == person || deputies.contains(person),
            (None, Some(confirmed)) => self.is_held(role, confirmed),
            (None, None) => {
                self.read_approvals(SHOWN);
                self.claimed_by(person).contains(role)
            }
        }
    }

    pub fn approved_as(&mut self, role: &str) -> bool {
        if let Some(confirmed) = self.confirmed() {
            return self.is_confirmed_as(role, &confirmed);
        }
        let Some((holder, deputies)) = self.holders(role) else {
            let approvals: Vec<_> = self.approvals().filter(|(_, claimed)| *claimed == Some(role)).collect();
            return approvals.iter().any(|(by, _)| self.is_author(by).is_none());
        };
        self.approvals().any(|(by, claimed)| match claimed {
            Some(claimed) => claimed == role && (by == holder || deputies.contains(&by)),
            None => by == holder,
        }) || self.text(Some(Tree::ROOT), "submitted_by").is_some_and(|name| handle(name) == holder)
    }

    /// Who has a role by the profile, and their deputies.
    pub fn holders(&mut self, role: &str) -> Option<(String, &'s HashSet<String>)> {
        let field = match role {
            "owner" => "owner",
            "business-owner" => "business_owner",
            "data-owner" => "data_owner",
            _ => return None,
        };
        let system = self.section("system");
        let holder = self.text(system, field).map(handle)?;
        for &contact in self.items(system, "contacts").iter().take(SHOWN) {
            if self.text(Some(contact), "name").is_some_and(|name| handle(name) == holder) {
                self.get(Some(contact), "deputy");
            }
        }
        let deputies = self.deputies(&holder);
        Some((holder, deputies))
    }

    /// Who has approved in which role by now, without those who have withdrawn it.
    fn approvals(&mut self) -> std::vec::IntoIter<(String, Option<&'s str>)> {
        self.read_approvals(usize::MAX)
    }

    /// Those of the first so many approvals.
    fn read_approvals(&mut self, most: usize) -> std::vec::IntoIter<(String, Option<&'s str>)> {
        let approvals = self.items(Some(Tree::ROOT), "approvals");
        let mut standing = Vec::new();
        for &approval in approvals.iter().take(most) {
            let approval = Some(approval);
            let (by, role) = (self.text(approval, "by"), self.text(approval, "role"));
            let to_come = self.instant(approval, "at").is_some_and(|at| at > self.facts.now);
            if !to_come && self.get(approval, "withdrawn_at").is_none() {
                standing.push((by.map(handle).unwrap_or_default(), role));
            }
        }
        standing.into_iter()
    }
}
