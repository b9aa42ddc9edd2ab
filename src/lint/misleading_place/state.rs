//! What is known of a place of a script: what its variables were made of, and what may have been read last.

use std::collections::BTreeSet;

/// The parts of the proposal of which something was made, by the names of its sections; none where that is not known.
pub type Parts<'r> = Option<BTreeSet<&'r str>>;

/// A value, as far as it matters for what is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value<'r> {
    pub of: Parts<'r>,
    /// Whether a field of it is read in the facts; of what the rule has made none is.
    pub is_fact: bool,
    /// Whether it is the proposal itself.
    pub is_whole: bool,
}

impl<'r> Value<'r> {
    pub const UNKNOWN: Self = Self { of: None, is_fact: true, is_whole: false };

    pub fn own(of: Parts<'r>) -> Self {
        Self { of, is_fact: false, is_whole: false }
    }

    pub fn plain() -> Self {
        Self::own(Some(BTreeSet::new()))
    }

    pub fn fact(section: &'r str) -> Self {
        Self { of: Some(BTreeSet::from([section])), is_fact: true, is_whole: false }
    }

    pub fn whole() -> Self {
        Self { of: Some(BTreeSet::new()), is_fact: true, is_whole: true }
    }

    /// The section of it, where it is one of one section.
    pub fn section(&self) -> Option<&'r str> {
        let of = self.of.as_ref().filter(|of| self.is_fact && of.len() == 1)?;
        of.first().copied()
    }

    fn joined(&self, other: &Self) -> Self {
        let alike = self.is_fact == other.is_fact && self.is_whole == other.is_whole;
        if alike { Self { of: both(&self.of, &other.of), ..self.clone() } } else { Self::UNKNOWN }
    }
}

/// All parts of two.
pub fn both<'r>(one: &Parts<'r>, other: &Parts<'r>) -> Parts<'r> {
    Some(one.as_ref()?.union(other.as_ref()?).copied().collect())
}

/// A place to which several ways may lead; none that leads there is where all have left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State<'r> {
    /// What may have been read last; none of what is not known.
    pub last: BTreeSet<Option<&'r str>>,
    /// The variables of the function, by their slots.
    pub slots: Vec<Value<'r>>,
    /// Whether no way leads there.
    pub left: bool,
}

impl<'r> State<'r> {
    pub fn new(slots: Vec<Value<'r>>, last: BTreeSet<Option<&'r str>>) -> Self {
        Self { last, slots, left: false }
    }

    pub fn read(&mut self, section: Option<&'r str>) {
        self.last = BTreeSet::from([section]);
    }

    /// Another way leads to the same place.
    pub fn join(&mut self, other: &Self) {
        if other.left {
            return;
        }
        if self.left {
            self.clone_from(other);
            return;
        }
        self.last.extend(&other.last);
        for (own, other) in self.slots.iter_mut().zip(&other.slots) {
            *own = own.joined(other);
        }
    }
}
