//! GitHub: what is asked, what is made of the answers, and what happens when they are late, wrong or hostile. The server is one of our own
//! (`server.rs`), with a pull request (`world.rs`) of which each test changes what it is about.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod codeowners;
mod errors;
mod folds;
mod hands;
mod hostile;
mod pages;
mod people;
mod permissions;
mod pushers;
mod races;
mod secrets;
mod server;
mod world;
