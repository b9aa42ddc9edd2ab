//! Which advisories an upgrade answers: the running version of a package has them, and the one that shall run has not.

use super::{Advisories, Package, Snapshot, Unread, stands};
use crate::advisories::{Record, Standing, standing};
use crate::finding::Fault;
use crate::versions::{Ecosystem, PackageUrl};
use jiff::Timestamp;

/// So many are named of one upgrade.
const MOST: usize = 20;

impl Advisories {
    /// The ids of the advisories that the packages leave behind, of each advisory one; nothing of what was withdrawn, or where that can't be told
    /// of one of the versions.
    ///
    /// # Errors
    /// When the records can't be read.
    pub fn answered(&self, packages: &[Package]) -> Result<Vec<String>, Fault> {
        let read = self.snapshot.get_or_init(|| self.read());
        let found = read.as_ref().map_err(Clone::clone).and_then(|snapshot| answered(snapshot, packages, self.now));
        found.map_err(|Unread { why, help }| Fault::new("evidence/unavailable", why).help(help))
    }
}

fn answered(snapshot: &Snapshot, packages: &[Package], now: Timestamp) -> Result<Vec<String>, Unread> {
    let mut found: Vec<Record> = Vec::new();
    for Package { package_url, from, to } in packages {
        let (Some(url), Some(from), Some(to)) = (PackageUrl::parse(package_url), from, to) else { continue };
        let ecosystem = Ecosystem::parse(&url.ecosystem);
        for record in snapshot.about(ecosystem, &url.name)? {
            let is = |version: &str| standing(&record, ecosystem, &url.name, version);
            let left = is(from) == Standing::Affected && is(to) == Standing::Unaffected;
            // Databases have records of their own of one advisory, and each names the others.
            let known = found.iter().any(|other| record.names().any(|name| other.is_called(name)));
            if left && !known && stands(&record, now) && found.len() < MOST {
                found.push(record);
            }
        }
    }
    Ok(found.into_iter().map(|record| record.id).collect())
}
