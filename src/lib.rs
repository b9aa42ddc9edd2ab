pub mod finding;
pub mod proposal;
pub mod source;
