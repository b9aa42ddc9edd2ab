pub mod document;
pub mod finding;
pub mod proposal;
pub mod report;
pub mod source;
pub mod verdict;
