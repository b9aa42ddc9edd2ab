//! Asking a server over HTTP: one way for all who ask.
//!
//! Nothing but `GET` is sent to learn something; what is written somewhere goes by [`Wire::send`], which one room uses. Nothing is set up before the first question, and all is bounded: the time that questions and waits take together,
//! on one line and on all of a run, the size of answers, how often one is asked again, and where redirects lead. What an answer means, and in which words it is told that there
//! is none, is for the room that asks.

mod failure;
mod line;
mod patience;
mod reply;
mod request;
mod send;
mod server;
mod wait;
mod wire;

pub use failure::{Failure, Why, told};
pub use line::{Line, Terms};
pub use patience::Patience;
pub use request::Raw;
pub use send::Verb;
pub use server::{FileAddress, Server, encoded};
pub use wire::{Once, Page, Wire, all};
