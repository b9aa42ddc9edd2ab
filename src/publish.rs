//! What is left on a pull request: a comment that is written anew by each run and not repeated, and a check run with annotations.
//!
//! Only this room writes to GitHub. It reads no proposal and judges nothing: what it is given is a report, so that a token that may write
//! can be kept away from the run that reads what others wrote. That a comment is one of its own it knows by who has written it
//! *and* by its first line; either alone anybody can have.

mod author;
mod check;
mod comment;
mod pull;
mod refused;

pub use check::check;
pub use comment::{Commented, comment};
pub use pull::{Branch, Pull, of_branch, pull};
