//! Advisories: what is known of vulnerabilities, which versions they are in, how bad they are, and whether they are exploited.
//!
//! A [`Record`] is one advisory in OSV's form. [`standing`] tells by the algorithm of OSV's schema what it says of one version of a package,
//! and [`first_fix`] which version to go to; [`Rating`] is its severity by CVSS. A [`Catalogue`] has the vulnerabilities that are known to be
//! exploited. An [`index::Index`] finds one record of hundreds of thousands without reading the others.
//!
//! All of it is given as bytes and none is believed: a record comes from whoever wrote it.
//!
//! ```
//! use changegate::advisories::{Record, affected, first_fix};
//! use changegate::versions::Ecosystem;
//!
//! let record = Record::parse(br#"{
//!     "id": "GHSA-jfh8-c2jp-5v3q", "modified": "2025-05-09T13:05:31Z", "aliases": ["CVE-2021-44228"],
//!     "severity": [{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H" }],
//!     "affected": [{
//!         "package": { "ecosystem": "Maven", "name": "org.apache.logging.log4j:log4j-core" },
//!         "ranges": [{ "type": "ECOSYSTEM", "events": [{ "introduced": "2.13.0" }, { "fixed": "2.15.0" }] }]
//!     }]
//! }"#).expect("a record");
//!
//! let (maven, log4j) = (Ecosystem::parse("Maven"), "org.apache.logging.log4j:log4j-core");
//! assert_eq!(affected(&record, maven, log4j, "2.14.1"), Some(true));
//! assert_eq!(affected(&record, maven, log4j, "2.15.0"), Some(false));
//! assert_eq!(first_fix(&record, maven, log4j, "2.14.1"), Some("2.15.0"));
//! assert_eq!(record.rating().level.map(|level| level.as_str()), Some("critical"));
//! ```

mod affected;
mod exploited;
mod fix;
pub mod index;
mod lenient;
mod moment;
mod problem;
mod record;
mod severity;

pub use affected::{Standing, affected, standing};
pub use exploited::{Catalogue, Exploited};
pub use fix::{first_fix, fixes};
pub use problem::Problem;
pub use record::{Affected, Event, Package, Range, RangeKind, Record, Severity};
pub use severity::{Level, Rating, score};
