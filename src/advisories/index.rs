//! One file for hundreds of thousands of records, in which one is found without reading the others.
//!
//! [`build`] makes it of a folder of records, and an [`Index`] answers from it: which records have an id or an alias, and which name a
//! package. It is opened over a [`Store`]: bytes in memory, or a file of which the caller reads the few pieces that an answer needs.
//!
//! What is kept of a record is what [`Record`] holds, as JSON. Everything that is read is held against a checksum: a piece that was
//! lost or changed is an error, and never an advisory that is not there. Whoever can write the file can write what they like into it: keep it where
//! you keep the rules.
//!
//! ```
//! use changegate::advisories::index::{Index, build};
//!
//! let record = br#"{ "id": "RUSTSEC-2024-0003", "modified": "2024-01-17T12:00:00Z", "aliases": ["GHSA-8r5v-vm4m-4g25"] }"#;
//! let built = build([("RUSTSEC-2024-0003.json", record)]);
//! let index = Index::open(built.bytes).expect("what was just built");
//! assert_eq!(index.named("ghsa-8r5v-vm4m-4g25").expect("whole").first().map(|record| &*record.id), Some("RUSTSEC-2024-0003"));
//! assert!(index.get("CVE-2024-1").expect("whole").is_none());
//! ```
//!
//! [`Record`]: super::Record

mod build;
mod layout;
mod open;
mod store;

pub use build::{Built, build};
pub use layout::VERSION;
pub use open::{Broken, Index, is_index};
pub use store::Store;
