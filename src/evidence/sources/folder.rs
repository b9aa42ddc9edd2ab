//! What git knows of a folder in which the gate runs without a base.

use super::World;
use crate::files::Files;

impl World {
    /// The files of the commit that is checked out in the folder of what is judged; none where a commit is judged, or the folder is in no
    /// repository.
    pub(super) fn checked_out(&self) -> Option<&Files> {
        let find = || {
            let (repository, tip) = self.repository().as_ref().ok()?;
            Some(Files::at(self.judged.root(), repository.snapshot(tip)))
        };
        if !self.dated || self.judged.base().is_some() {
            return None;
        }
        self.checked_out.get_or_init(find).as_ref()
    }
}
