//! Whom a proposal counts on, and when.

use super::worked::{Worked, up};
use crate::proposal::{NodeId, Tree, Value, handle};
use std::collections::BTreeMap;

/// Those whom a proposal wants to reach.
#[derive(Debug, Default)]
pub struct People {
    /// By their handles, in order; and whether that is one person and not the desk of a vendor.
    names: Box<[(Box<str>, bool)]>,
    /// Of those who are named for a part of the time only, when that is; by their handles, in order. Most proposals have none.
    shifts: Box<[Shift]>,
}

#[derive(Debug)]
struct Shift {
    name: Box<str>,
    /// As anybody.
    named: Worked,
    /// As one person, and not as the desk of a vendor.
    counted: Worked,
}

/// What the contacts of one name say.
#[derive(Debug, Default)]
struct Contacts {
    /// From when to when, in seconds of the Unix epoch, and whether as a person.
    times: Vec<(i64, i64, bool)>,
}

const ALWAYS: (i64, i64) = (i64::MIN, i64::MAX);

impl People {
    /// The contacts of a proposal that is worked on in some windows.
    pub fn of(tree: &Tree, worked: &Worked) -> Self {
        let mut people = BTreeMap::<Box<str>, Contacts>::new();
        let contacts = tree.path(&["support", "contacts"]).map(|list| tree.items(list)).unwrap_or_default();
        for &contact in contacts {
            let Some(name) = tree.get(contact, "name").and_then(|name| tree.text(name)) else { continue };
            let roles = tree.get(contact, "roles").map(|roles| tree.items(roles)).unwrap_or_default();
            let person = roles.iter().any(|&role| tree.text(role) != Some("vendor"));
            let (from, to) = times(tree, contact);
            people.entry(handle(name).into()).or_default().times.push((from, to, person));
        }
        for node in deciders(tree) {
            let name = handle(tree.text(node).unwrap_or_default());
            people.entry(name.into()).or_default().times.push((ALWAYS.0, ALWAYS.1, true));
        }
        let shifts = people.iter().filter_map(|(name, contacts)| contacts.shift(name, worked)).collect();
        let names =
            people.into_iter().map(|(name, contacts)| (name, contacts.times.iter().any(|time| time.2))).collect();
        Self { names, shifts }
    }

    /// All names, each with the windows in which it is named.
    pub fn named<'p>(&'p self, worked: &'p Worked) -> impl Iterator<Item = (&'p str, &'p [(i64, i64)])> {
        self.names
            .iter()
            .map(move |(name, _)| (&**name, self.shift(name).map_or(worked, |shift| &shift.named).windows()))
    }

    /// The people among them, each with the windows in which they are counted on.
    pub fn counted<'p>(&'p self, worked: &'p Worked) -> impl Iterator<Item = (&'p str, &'p [(i64, i64)])> {
        let counted = self.names.iter().filter(|(_, person)| *person);
        counted.map(move |(name, _)| (&**name, self.shift(name).map_or(worked, |shift| &shift.counted).windows()))
    }

    fn shift(&self, name: &str) -> Option<&Shift> {
        let at = self.shifts.binary_search_by(|shift| (*shift.name).cmp(name)).ok()?;
        Some(&self.shifts[at])
    }
}

impl Contacts {
    /// None where all of them are for the whole time.
    fn shift(&self, name: &str, worked: &Worked) -> Option<Shift> {
        if self.times.iter().all(|&(from, to, _)| (from, to) == ALWAYS) {
            return None;
        }
        let meeting = |persons_alone: bool| {
            let times = self.times.iter().filter(|time| time.2 || !persons_alone);
            let within = times.flat_map(|&(from, to, _)| {
                worked.windows().iter().map(move |&(start, end)| (start.max(from), end.min(to)))
            });
            Worked::joined(within.filter(|(start, end)| start < end).collect())
        };
        Some(Shift { name: name.into(), named: meeting(false), counted: meeting(true) })
    }
}

/// Who decides on a rollback, and who does in their place: they have to be there for the whole time, also where the proposal names other
/// contacts or leaves them to the profile. Without those whom it names as contacts, who may be there for a part of it.
pub fn deciders(tree: &Tree) -> impl Iterator<Item = NodeId> {
    let contacts = tree.path(&["support", "contacts"]).map(|list| tree.items(list)).unwrap_or_default();
    let name = |&contact: &NodeId| tree.text(tree.get(contact, "name")?).map(handle);
    let named: Vec<_> = contacts.iter().filter_map(name).collect();
    let deciders = ["decision_owner", "deputy"].into_iter().filter_map(|field| tree.path(&["rollback", field]));
    deciders.filter(move |&node| tree.text(node).is_some_and(|name| !named.contains(&handle(name))))
}

/// From when to when a contact is named.
fn times(tree: &Tree, contact: NodeId) -> (i64, i64) {
    let instant = |field| match tree.value(tree.get(contact, field)?) {
        Value::Instant(instant) => Some(*instant),
        _ => None,
    };
    (instant("from").map_or(ALWAYS.0, |from| from.as_second()), instant("to").map_or(ALWAYS.1, up))
}
