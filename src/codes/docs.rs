//! The code of the manual of rules.

use super::{Code, author};

pub const CODES: &[Code] = &[author(
    "docs/stale",
    "a page of the manual of rules is not what the rules are now",
    "run `changegate docs`, read what changed, and commit it with the rules",
)];
