//! What is let through of packages that change without a proposal.

use super::{UNPROPOSED, Waiver, Waivers};
use crate::finding::Waived;
use crate::versions::{same_package, version_named};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What is pinned otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Pin<'p> {
    /// The lockfile or manifest, from the top of the repository.
    pub file: &'p str,
    /// The package, by its URL.
    pub url: &'p str,
    /// The package, by its name.
    pub name: &'p str,
    /// The version that it comes to, where there is one.
    pub to: Option<&'p str>,
}

impl Waivers {
    /// Who has let through that a package changes in a file without a proposal. The first of several is told.
    pub fn of_a_pin(&self, pin: &Pin<'_>) -> Option<Arc<Waived>> {
        let mut about = self.about_a_pin(pin).inspect(|waiver| waiver.used.store(true, Ordering::Relaxed));
        let first = about.next()?;
        // Those that say the same are needed as little or as much.
        about.for_each(drop);
        Some(Arc::clone(&first.waived))
    }

    /// Notes that a package changes in a file and that nobody needs to let it through, as its step is proposed.
    pub fn without_need(&self, pin: &Pin<'_>) {
        self.about_a_pin(pin).for_each(drop);
    }

    fn about_a_pin(&self, pin: &Pin<'_>) -> impl Iterator<Item = &Waiver> {
        let holding = self.holding.iter().filter_map(|&index| self.all.get(index));
        let about = holding.filter(move |waiver| waiver.is_about_a_pin(pin));
        about.inspect(|waiver| waiver.asked.store(true, Ordering::Relaxed))
    }
}

impl Waiver {
    /// A package that is named with its version is let through to that version alone.
    fn is_about_a_pin(&self, pin: &Pin<'_>) -> bool {
        let is_version = |one: &str| version_named(one).is_none_or(|version| Some(&*version) == pin.to);
        let is_package = |one: &String| one == pin.name || (same_package(one, pin.url) && is_version(one));
        self.rule == UNPROPOSED
            && (self.files.is_empty() || self.files.iter().any(|one| one == pin.file))
            && (self.packages.is_empty() || self.packages.iter().any(is_package))
    }
}
