//! Who and what a proposal names, in tables: a rule asks for each of a thousand, and a walk through another thousand for each
//! of them would be more than a rule may cost. Each table is made when it is first asked for.

use super::abandoned::Holder;
use super::contacts::Contacts;
use super::moves::Moves;
use super::packages::{Parts, Pins};
use super::pinned::Pinned;
use super::proposal::Proposal;
use super::version_field::VersionFields;
use crate::proposal::step::Step;
use crate::proposal::{NodeId, Tree, Value as Fact, WorkWindow, handle, work_windows};
use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Of a list that is looked up and not walked, so many items count as read: of more reasons nobody reads all.
pub const SHOWN: usize = 16;

type Names = HashSet<String>;

/// The tables of one proposal.
#[derive(Debug, Default)]
pub struct Known {
    pub contacts: OnceCell<Contacts>,
    /// What it changes, by package.
    pub parts: OnceCell<Parts>,
    /// What of `evidence.changes` each package is.
    pub pins: OnceCell<Pins>,
    /// The lockfiles and manifests in which a package changes that is proposed.
    pub proposed_files: OnceCell<HashSet<Box<str>>>,
    /// What lockfiles pin of what is proposed.
    pub pinned: OnceCell<Pinned>,
    /// What of that has a version with which a part begins.
    pub begun: OnceCell<HashSet<NodeId>>,
    /// The parts of the change that are libraries of a component.
    pub libraries: OnceCell<HashSet<NodeId>>,
    /// The same by the name of the component.
    pub libraries_of: OnceCell<HashMap<String, Vec<NodeId>>>,
    /// Of which components something else than the version changes.
    pub version_fields: OnceCell<VersionFields>,
    /// What by the profile runs in the version that the upgrade was to bring.
    pub left_in_place: OnceCell<Vec<Rc<Holder>>>,
    /// What lockfiles show of the steps of the parts.
    pub moves: OnceCell<Moves>,
    /// The parts with which the upgrade closes the weakness of its fast track, by the advisory.
    pub closing: OnceCell<Vec<NodeId>>,
    windows: OnceCell<Vec<WorkWindow>>,
    co_authors: OnceCell<Names>,
    /// The components of the system, by name.
    by_name: OnceCell<HashMap<String, NodeId>>,
    /// What the system consists of, and what the upgrade brings in.
    components: OnceCell<Names>,
    /// What a rollback may name besides.
    surroundings: OnceCell<Names>,
    /// What may look like a ticket and is none, in small letters.
    labels: OnceCell<Names>,
    deputies: OnceCell<HashMap<String, Names>>,
    by_role: OnceCell<HashMap<String, Names>>,
    standing: OnceCell<HashMap<String, Names>>,
    /// How large the steps of the change and of its components are.
    steps: OnceCell<HashMap<NodeId, &'static str>>,
    nobody: Names,
}

impl<'s> Proposal<'s> {
    pub fn all_work_windows(&self) -> &'s [WorkWindow] {
        let tree = self.tree;
        self.known.windows.get_or_init(|| work_windows(tree))
    }

    /// The handles of the co-authors.
    pub fn co_authors(&self) -> &'s Names {
        let tree = self.tree;
        self.known.co_authors.get_or_init(|| {
            let authors = list(tree, &["co_authors"]).iter();
            authors.filter_map(|&author| tree.text(author)).map(handle).collect()
        })
    }

    /// The names of the components of the system and of those that are added to it.
    pub fn components(&self) -> &'s Names {
        let tree = self.tree;
        self.known.components.get_or_init(|| {
            names(tree, &[(&["system", "components"], "name"), (&["inventory", "adds"], "name")])
                .map(str::to_owned)
                .collect()
        })
    }

    /// A component of the system.
    pub fn component(&self, name: &str) -> Option<NodeId> {
        let tree = self.tree;
        let by_name = self.known.by_name.get_or_init(|| {
            let components = list(tree, &["system", "components"]).iter();
            components.filter_map(|&one| Some((text(tree, one, "name")?.to_owned(), one))).collect()
        });
        by_name.get(name).copied()
    }

    /// How large the step of a change, or of one of its components, is.
    pub fn size_of_step(&self, part: NodeId) -> &'static str {
        let tree = self.tree;
        let steps = self.known.steps.get_or_init(|| {
            let change = tree.path(&["change"]);
            let parts = list(tree, &["change", "components"]).iter().copied();
            change.into_iter().chain(parts).map(|part| (part, Step::of(tree, part).size)).collect()
        });
        steps.get(&part).copied().unwrap_or_else(|| Step::of(tree, part).size)
    }

    /// Whether a rollback may mean something of that name.
    pub fn is_part(&self, name: &str) -> bool {
        let tree = self.tree;
        let others = self.known.surroundings.get_or_init(|| {
            let id = tree.path(&["system", "id"]).and_then(|id| tree.text(id));
            let lists: [(&[&str], _); 3] = [
                (&["system", "data_stores"], "name"),
                (&["system", "dependencies"], "system"),
                (&["system", "dependants"], "system"),
            ];
            names(tree, &lists).chain(id).map(str::to_owned).collect()
        });
        self.components().contains(name) || others.contains(name)
    }

    /// In small letters, names of the system, its sites and components, and the versions that are changed, with their first numbers.
    pub fn labels(&self) -> &'s Names {
        let tree = self.tree;
        self.known.labels.get_or_init(|| {
            let id = tree.path(&["system", "id"]).and_then(|id| tree.text(id));
            let named = names(
                tree,
                &[
                    (&["system", "sites"], "name"),
                    (&["system", "components"], "name"),
                    (&["inventory", "adds"], "name"),
                ],
            );
            let parts = tree.path(&["change"]).into_iter().chain(list(tree, &["change", "components"]).iter().copied());
            let versions: Vec<_> =
                parts.flat_map(|part| ["from", "to"].map(|field| text(tree, part, field))).flatten().collect();
            let first = |version: &&str| {
                let digits = version.trim_start_matches(|c: char| !c.is_ascii_digit());
                digits.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default().to_owned()
            };
            let numbers: Vec<_> = versions.iter().map(first).collect();
            named.chain(id).chain(versions).map(str::to_lowercase).chain(numbers).collect()
        })
    }

    /// The deputies of a contact of the system, by handles.
    pub fn deputies(&self, person: &str) -> &'s Names {
        let tree = self.tree;
        let deputies = self.known.deputies.get_or_init(|| {
            let mut deputies: HashMap<String, Names> = HashMap::new();
            for &contact in list(tree, &["system", "contacts"]) {
                if let (Some(name), Some(deputy)) = (text(tree, contact, "name"), text(tree, contact, "deputy")) {
                    deputies.entry(handle(name)).or_default().insert(handle(deputy));
                }
            }
            deputies
        });
        deputies.get(person).unwrap_or(&self.known.nobody)
    }

    /// The contacts of the system that have a role, and their deputies.
    pub fn contacts_of_role(&self, role: &str) -> &'s Names {
        let tree = self.tree;
        let by_role = self.known.by_role.get_or_init(|| {
            let mut by_role: HashMap<String, Names> = HashMap::new();
            for &contact in list(tree, &["system", "contacts"]) {
                let roles = tree.get(contact, "roles").map(|roles| tree.items(roles)).unwrap_or_default();
                for role in roles.iter().filter_map(|&role| tree.text(role)) {
                    let people = ["name", "deputy"].into_iter().filter_map(|who| text(tree, contact, who));
                    by_role.entry(role.to_owned()).or_default().extend(people.map(handle));
                }
            }
            by_role
        });
        by_role.get(role).unwrap_or(&self.known.nobody)
    }

    /// The roles in which a person has approved by now, without what they have withdrawn.
    pub fn claimed_by(&self, person: &str) -> &'s Names {
        let (tree, now) = (self.tree, self.facts.now);
        let standing = self.known.standing.get_or_init(|| {
            let mut standing: HashMap<String, Names> = HashMap::new();
            for &approval in list(tree, &["approvals"]) {
                let at = tree.get(approval, "at").map(|at| tree.value(at));
                let to_come = matches!(at, Some(Fact::Instant(at)) if *at > now);
                if to_come || tree.get(approval, "withdrawn_at").is_some() {
                    continue;
                }
                if let (Some(by), Some(role)) = (text(tree, approval, "by"), text(tree, approval, "role")) {
                    standing.entry(handle(by)).or_default().insert(role.to_owned());
                }
            }
            standing
        });
        standing.get(person).unwrap_or(&self.known.nobody)
    }
}

pub(super) fn list<'t>(tree: &'t Tree, path: &[&str]) -> &'t [NodeId] {
    tree.path(path).map(|list| tree.items(list)).unwrap_or_default()
}

pub(super) fn text<'t>(tree: &'t Tree, node: NodeId, name: &str) -> Option<&'t str> {
    tree.text(tree.get(node, name)?)
}

/// What stands in a field of the items of some lists.
fn names<'t>(tree: &'t Tree, lists: &[(&[&str], &'static str)]) -> impl Iterator<Item = &'t str> {
    let of = |&(path, field): &(&[&str], &'static str)| list(tree, path).iter().map(move |&item| (item, field));
    let items: Vec<_> = lists.iter().flat_map(of).collect();
    items.into_iter().filter_map(|(item, field)| text(tree, item, field))
}
