//! What is left on a pull request, by the real program and a server of our own: what is written, what is not touched, and what happens where
//! nothing may be written.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod checks;
mod comments;
mod events;
mod hub;
mod material;
#[path = "../github/server.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod server;
