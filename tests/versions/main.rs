//! Versions in the order of their ecosystems.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod hostile;
mod laws;
mod orders;
mod tables;
