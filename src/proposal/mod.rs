//! The proposal and the system profile: what they may hold, reading them, and what is wrong with them.
//!
//! [`shape`] is the language in which [`model`] says what there may be; [`read`] turns a document into a [`tree`] of typed
//! values or into [`problem`]s. [`json_schema`] tells editors the same, and [`mod@reference`] people.

mod acceptances;
mod advisory;
pub mod counted;
pub mod filler;
mod firmware;
mod graft;
pub mod json_schema;
pub mod model;
mod packages;
mod person;
pub mod problem;
mod proofs;
mod read;
pub mod reference;
mod same;
mod scalar;
pub mod scale;
#[cfg(test)]
mod scale_tests;
pub mod shape;
pub mod step;
mod thresholds;
pub mod time;
pub mod tree;
pub mod unfilled;
pub mod version;
mod windows;

pub use acceptances::acceptances;
pub use advisory::is_advisory_id;
pub use firmware::firmware;
pub use graft::Graft;
pub use packages::{component_packages, package_of};
pub use person::handle;
pub use problem::{Problem, Role};
pub use proofs::{file_proofs, proofs};
pub use read::{read, read_laid, read_partly};
pub use scalar::fits;
pub use scale::{Scale, Scaled};
pub use thresholds::Thresholds;
pub use tree::{NodeId, Tree, Value};
pub use windows::{WorkWindow, work_windows};
