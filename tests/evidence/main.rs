//! Evidence through the real program: asked of git and of files, recorded, and judged again without either.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod advised;
mod advisories;
mod approvals;
mod beside;
mod changes;
mod closed;
mod desk;
mod dogfood;
mod earlier;
mod ended;
mod files;
mod foreseen;
mod held;
mod hub;
mod kept;
mod lacking;
mod landed;
mod life;
mod merges;
mod moves;
mod osv;
mod other_base;
mod overwritten;
mod owners;
mod places;
mod proposed;
mod record;
mod replay;
mod reshaped;
mod restated;
#[path = "../github/server.rs"]
mod server;
mod several;
mod stepped;
mod together;
mod unanswered;
mod undue;
mod unlocked;
mod unmoved;
mod unproposed;
#[cfg(unix)]
mod untold;
mod whom;
#[path = "../github/world.rs"]
#[allow(dead_code, reason = "other tests change more of it")]
mod world;
