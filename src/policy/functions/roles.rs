//! Who wrote the proposal, who has which role, and who has approved in it.

use super::proposal::Proposal;
use crate::proposal::{Tree, handle};
use std::collections::HashSet;

impl<'s> Proposal<'s> {
    /// What a person has done for the proposal, where they wrote it.
    pub fn is_author(&mut self, person: &str) -> Option<&'static str> {
        if self.text(Some(Tree::ROOT), "submitted_by").is_some_and(|name| handle(name) == person) {
            return Some("submits this proposal");
        }
        let authors = self.items(Some(Tree::ROOT), "co_authors");
        let wrote = authors.iter().any(|&author| self.tree.text(author).is_some_and(|name| handle(name) == person));
        wrote.then_some("is a co-author of this proposal")
    }

    pub fn has_role(&mut self, person: &str, role: &str) -> bool {
        match self.holders(role) {
            Some((holder, deputies)) => holder == person || deputies.contains(person),
            None => match self.confirmed() {
                Some(mut confirmed) => {
                    confirmed.retain(|approval| approval.by == person);
                    self.is_held(role, &confirmed)
                }
                None => self.approvals().any(|(by, claimed)| claimed == Some(role) && by == person),
            },
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
    pub fn holders(&mut self, role: &str) -> Option<(String, HashSet<String>)> {
        let field = match role {
            "owner" => "owner",
            "business-owner" => "business_owner",
            "data-owner" => "data_owner",
            _ => return None,
        };
        let system = self.section("system");
        let holder = self.text(system, field).map(handle)?;
        let mut deputies = HashSet::new();
        for &contact in self.items(system, "contacts") {
            if self.text(Some(contact), "name").is_some_and(|name| handle(name) == holder) {
                deputies.extend(self.text(Some(contact), "deputy").map(handle));
            }
        }
        Some((holder, deputies))
    }

    /// Who has approved in which role by now, without those who have withdrawn it.
    fn approvals(&mut self) -> std::vec::IntoIter<(String, Option<&'s str>)> {
        let approvals = self.items(Some(Tree::ROOT), "approvals");
        let mut standing = Vec::with_capacity(approvals.len());
        for &approval in approvals {
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
