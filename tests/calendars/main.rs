//! Calendars: texts to occurrences, over nights in which the clocks change, and against hostile texts.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod desk;
mod faults;
mod files;
mod hostile;
mod others;
mod recurrence;
mod scopes;
mod standard;
