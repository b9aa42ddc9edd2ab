pub mod document;
pub mod facts;
pub mod finding;
pub mod policy;
pub mod proposal;
pub mod report;
pub mod source;
pub mod verdict;
