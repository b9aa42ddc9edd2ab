//! The stable code of an answer that can't be had. It is one of the table: a record that somebody has written by hand can't have a
//! report print one that does not exist, or one that is about something else.

use crate::codes;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// What went wrong: `evidence/…`, or `trust/…` where it is about whose rules a change is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(&'static str);

impl Code {
    /// What has no code of its own.
    pub const UNAVAILABLE: Self = Self("evidence/unavailable");

    /// What the change itself keeps from being looked at.
    pub(super) const OF_THE_CHANGE: Self = Self("evidence/change-unreadable");

    /// The code of the table; that of what has none of its own for one that is not there.
    pub(super) fn of(code: &str) -> Self {
        find(code).unwrap_or(Self::UNAVAILABLE)
    }

    /// Whether whoever proposes a change can bring it about: then it is never as if nobody had been asked.
    pub(super) fn is_of_the_change(self) -> bool {
        matches!(
            self.0,
            "evidence/change-unreadable"
                | "evidence/github-doubt"
                | "evidence/github-moved"
                | "evidence/github-too-many"
                | "trust/other-head"
        )
    }

    /// As it stands in reports.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

fn find(code: &str) -> Option<Code> {
    let of_evidence = ["evidence/", "trust/"].iter().any(|family| code.starts_with(family));
    let told = codes::find(code).filter(|told| of_evidence && told.who == codes::Who::Operator)?;
    Some(Code(told.id))
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        find(&text).ok_or_else(|| de::Error::custom("there is no such `code` of what can't be told"))
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_those_of_the_table() {
        assert_eq!(Code::of("evidence/github-forbidden").as_str(), "evidence/github-forbidden");
        for other in ["evidence/gossip", "proposal/draft", "trust/changed", "", "evidence/"] {
            assert_eq!(Code::of(other), Code::UNAVAILABLE, "{other}");
        }
        for code in [Code::UNAVAILABLE, Code::OF_THE_CHANGE] {
            assert_eq!(Code::of(code.as_str()), code);
        }
    }
}
