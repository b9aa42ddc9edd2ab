//! Who has approved as the code host confirms it. Where it was asked, what the proposal claims of approvals and of roles counts for nothing:
//! a role is filled by whom the configuration or the profile of the system names for it.

use super::known::SHOWN;
use super::proposal::{Proposal, reviewed};
use super::{Args, Function};
use crate::facts::{Read, Root};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::{Tree, Value as Fact, handle};
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "confirmed_approvers() -> list",
        doc: "The handles of those who have approved as the code host confirms it, without the authors of the proposal, each once. \
              `()` where no code host was asked: then what `approvals` claims stands.",
        call: confirmed_approvers,
    },
    Function {
        signature: "confirmed_as(person, role) -> true or false",
        doc: "Whether the code host confirms an approval of a person that fills a role: by `[github.roles]` of the configuration, or as the \
              profile of the system names them, or whose deputy they are. Everybody who approves is a `peer`.",
        call: confirmed_as,
    },
    Function {
        signature: "confirmed_in(role) -> list",
        doc: "The handles of all for whom `confirmed_as` holds in a role, in the form of `handle`: where there may be many, it is asked once for all of them.",
        call: confirmed_in,
    },
];

fn confirmed_approvers<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let Some(confirmed) = reviewed(run)?.confirmed() else { return Ok(Value::Nothing) };
    let mut seen = BTreeSet::new();
    let approvers = confirmed.into_iter().map(|approval| approval.by).filter(|by| seen.insert(by.clone()));
    Ok(approvers.map(Value::from).collect())
}

fn confirmed_as<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (person, role) = (handle(args.text(0)?), args.text(1)?);
    let mut proposal = reviewed(run)?;
    let mut confirmed = proposal.confirmed().unwrap_or_default();
    confirmed.retain(|approval| approval.by == person);
    Ok(Value::Flag(proposal.is_held(role, &confirmed)))
}

fn confirmed_in<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let role = args.text(0)?;
    let mut proposal = reviewed(run)?;
    let confirmed = proposal.confirmed().unwrap_or_default();
    let named = proposal.named_for(role);
    let fills = |approval: &Confirmed<'_>| approval.fills(role) || named.holds(&approval.by);
    Ok(confirmed.into_iter().filter(fills).map(|approval| Value::from(approval.by)).collect())
}

/// An approval that counts.
pub struct Confirmed<'s> {
    /// The handle.
    pub by: String,
    /// The roles that it fills by the configuration.
    roles: Vec<&'s str>,
}

impl Confirmed<'_> {
    /// By the configuration. Whoever has read and approved it is a peer.
    pub fn fills(&self, role: &str) -> bool {
        role == "peer" || self.roles.contains(&role)
    }
}

/// Who has a role by the profile: contacts and who holds it, and the deputies of both.
struct Named<'s> {
    contacts: Option<&'s HashSet<String>>,
    holders: Option<(String, &'s HashSet<String>)>,
}

impl Named<'_> {
    fn holds(&self, person: &str) -> bool {
        self.contacts.is_some_and(|contacts| contacts.contains(person))
            || self.holders.as_ref().is_some_and(|(holder, deputies)| holder == person || deputies.contains(person))
    }
}

impl<'s> Proposal<'s> {
    /// The approvals that the code host confirms, without those of authors; none where no code host was asked.
    pub fn confirmed(&mut self) -> Option<Vec<Confirmed<'s>>> {
        let evidence = &self.facts.evidence;
        let reviews = evidence.path(&["reviews"])?;
        let text = |at, name| evidence.get(at, name).and_then(|id| evidence.text(id));
        let mut confirmed = Vec::new();
        for &review in evidence.items(reviews) {
            let counts = evidence.get(review, "counts").and_then(|id| evidence.flag(id)) == Some(true);
            if !counts || text(review, "state") != Some("approved") {
                continue;
            }
            self.reads.record(Read { root: Root::Evidence, node: review, missing: None }, true);
            let by = text(review, "by").map(handle).unwrap_or_default();
            let roles = evidence.get(review, "roles").map(|roles| evidence.items(roles)).unwrap_or_default();
            if self.is_author(&by).is_none() {
                confirmed.push(Confirmed { by, roles: roles.iter().filter_map(|&role| evidence.text(role)).collect() });
            }
        }
        Some(confirmed)
    }

    /// Whether somebody has agreed in a role: one of those who approve, or whoever opened the pull request and holds it by the profile, as
    /// long as nobody else has a hand in it.
    pub fn is_confirmed_as(&mut self, role: &str, confirmed: &[Confirmed<'_>]) -> bool {
        let evidence = &self.facts.evidence;
        let alone = evidence.path(&["pull", "alone"]).and_then(|alone| evidence.flag(alone)) == Some(true);
        let author = evidence.path(&["pull", "author"]).and_then(|author| evidence.text(author)).filter(|_| alone);
        let agrees = |(holder, _): (String, &HashSet<String>)| author.is_some_and(|author| handle(author) == holder);
        self.is_held(role, confirmed) || self.has_profile() && self.holders(role).is_some_and(agrees)
    }

    /// Whether one of those who approve fills a role, or holds it by the profile.
    pub fn is_held(&mut self, role: &str, confirmed: &[Confirmed<'_>]) -> bool {
        if confirmed.iter().any(|approval| approval.fills(role)) {
            return true;
        }
        if confirmed.is_empty() {
            return false;
        }
        let named = self.named_for(role);
        confirmed.iter().any(|approval| named.holds(&approval.by))
    }

    /// Whom the profile of the system names for a role; nobody where it has none.
    fn named_for(&mut self, role: &str) -> Named<'s> {
        if !self.has_profile() {
            return Named { contacts: None, holders: None };
        }
        let system = self.section("system");
        for &contact in self.items(system, "contacts").iter().take(SHOWN) {
            let roles = self.items(Some(contact), "roles");
            if roles.iter().any(|&of| self.tree.text(of) == Some(role)) {
                for who in ["name", "deputy"] {
                    self.get(Some(contact), who);
                }
            }
        }
        Named { contacts: Some(self.contacts_of_role(role)), holders: self.holders(role) }
    }

    /// Whether the system has a profile, of which a proposal may repeat what it says and nothing else. What a proposal says of a system
    /// that has none is a claim like any other.
    fn has_profile(&mut self) -> bool {
        let own = self.tree.place(Tree::ROOT).source;
        let Some(Fact::Object(_, fields)) = self.section("system").map(|system| self.tree.value(system)) else {
            return false;
        };
        fields.iter().flatten().any(|&field| !Arc::ptr_eq(&self.tree.place(field).source, &own))
    }
}
