//! What the reports look like, and that they hold up against hostile input and against much of it.

#![allow(clippy::expect_used, reason = "a test may stop where it can't go on")]

#[path = "../schema/closed.rs"]
mod closed;
mod foremost;
mod formats;
mod html;
mod human;
mod json;
mod machines;
mod material;
mod raised;
mod told;
mod width;
