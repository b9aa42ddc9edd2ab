//! Evidence through the real program: asked of git and of files, recorded, and judged again without either.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

mod advisories;
mod changes;
mod desk;
mod files;
mod merges;
mod record;
