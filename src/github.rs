//! What GitHub tells about a pull request: who reviewed what, when, and whether that is an approval of what is judged.
//!
//! [`Client`] asks, [`Gathered`] is what came back, as plain data that can be recorded, and [`opinions`] is a pure function of it: a replay
//! comes to what the run came to. [`Codeowners`] reads the file of that name, which says who owns which paths.
//!
//! GitHub is trusted no further than needed: answers are bounded in size, number and time, a shape other than the documented one is a
//! [`Problem`] and never a default, and of what is not known for certain it is said that it is open, never that it is well. This room sends
//! nothing but `GET`; what is written goes by the room `publish`.

mod account;
mod announcement;
mod branch;
mod client;
mod codeowners;
mod gather;
mod gathered;
mod landing;
mod opinions;
mod pages;
mod pattern;
mod people;
mod permission;
mod problem;
mod pushes;
mod reply;
mod shapes;
mod standing;
mod token;
mod trailers;
mod wire;

pub use crate::exchange::Server;
pub use account::{Account, At, Person};
pub use announcement::{Announcement, is_commit};
pub use client::{Client, Settings};
pub use codeowners::{CODEOWNERS, Codeowners, Owner, Unread};
pub use gathered::{Commit, Dismissal, File, ForcePush, Gathered, Pull, Push, Pushes, Review, Stage, Tip};
pub use opinions::{Kind, Opinion, Opinions, opinions};
pub(crate) use pages::all;
pub use people::Membership;
pub(crate) use people::is_repository;
pub use permission::Permission;
pub use problem::Problem;
pub use standing::{Accounts, FORK_IS_GONE, Standing};
pub use token::Token;
pub(crate) use wire::Wire;
