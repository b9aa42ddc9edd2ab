//! Whether the same version is taken from elsewhere, or is something else than it was.

use super::digests::{are_of_one_kind, differ};
use super::place::Place;
use super::{Change, Difference, Ecosystem, Hold, Pin};

/// What became of what a version stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// A registry never changes what a version stands for, and here it is something else.
    Replaced,
    /// The owner of a tag or a branch has moved it: another commit, another image.
    Moved,
}

impl Difference<'_> {
    /// Where it was taken from and where it is, as written, where these are two places. None is the registry that its tool takes
    /// when the file names none.
    pub fn origins(&self) -> Option<(Option<&str>, Option<&str>)> {
        let (from, to) = (self.from?, self.to?);
        // What an action is named by is its repository; its origin is the folder in it.
        let moved = from.ecosystem != Ecosystem::GitHubActions && !Place::of(to).is_as_good_as(&Place::of(from));
        moved.then_some((from.origin.as_deref(), to.origin.as_deref()))
    }

    /// What became of the contents, where version and place are the same.
    pub fn contents(&self) -> Option<Contents> {
        let (from, to) = (self.from?, self.to?);
        if from.version != to.version || self.origins().is_some() || !differ(from, to) {
            return None;
        }
        let held_by_its_owner = |pin: &Pin| {
            matches!(pin.ecosystem, Ecosystem::Docker | Ecosystem::GitHubActions)
                || pin.hold != Hold::Fixed
                || Place::of(pin).is_of_git()
        };
        Some(if held_by_its_owner(from) || held_by_its_owner(to) { Contents::Moved } else { Contents::Replaced })
    }

    /// Whether both sides say the same: one version, held as firmly and taken from one place, with digests that agree as far as they can be compared. A release gets
    /// further files, and a tool that is newer has digests of another kind.
    pub fn agrees(&self) -> bool {
        let Some((from, to)) = self.from.zip(self.to) else { return false };
        from.version == to.version
            && from.hold == to.hold
            && self.change() != Change::Loosened
            && self.origins().is_none()
            && self.contents().is_none()
            && (from.ecosystem != Ecosystem::GitHubActions || from.origin == to.origin)
    }

    /// Whether both sides have one version and digests of one kind.
    pub fn can_be_compared(&self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| from.version == to.version && are_of_one_kind(from, to))
    }
}

impl Pin {
    /// Whether a new pin is taken from none of the places that its package had before; of one that had none, whether that is another
    /// than the usual registry, where its files name one.
    pub fn is_from_elsewhere(&self, earlier: &[&Self]) -> bool {
        let place = Place::of(self);
        // What these are named by is their place.
        let named = matches!(self.ecosystem, Ecosystem::GitHubActions | Ecosystem::Docker);
        if named || earlier.is_empty() && place.is_usual(self) {
            return false;
        }
        !earlier.iter().any(|pin| place.is_as_good_as(&Place::of(pin)))
    }

    /// Whether a new pin is something else than its version was in every other place. The digests of two formats may have nothing in
    /// common, and then say nothing.
    pub fn is_replaced(&self, earlier: &[&Self]) -> bool {
        let differences = || earlier.iter().map(|pin| Difference { from: Some(pin), to: Some(self) });
        let mut same = differences().filter(Difference::can_be_compared).peekable();
        same.peek().is_some() && same.all(|one| one.contents() == Some(Contents::Replaced))
    }
}
