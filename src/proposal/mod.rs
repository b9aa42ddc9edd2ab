//! The proposal and the system profile: what they may hold, reading them, and what is wrong with them.

pub mod model;
pub mod shape;
