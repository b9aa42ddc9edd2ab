//! Accounts of GitHub, the people of a commit, and instants.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// An account. The number is who it is: a login can be changed, and taken by somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its number, which never changes.
    pub id: u64,
    /// Its name, without `@`; hostile text.
    pub login: String,
    /// `User`, `Bot`, `Organization` or `Mannequin`.
    pub kind: String,
}

impl Account {
    /// Whether it stands for users who were deleted.
    pub fn is_ghost(&self) -> bool {
        self.login.eq_ignore_ascii_case("ghost")
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.login)
    }
}

/// Somebody who has made a commit: an account, or a mail that GitHub knows no account of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Person {
    /// An account.
    Account(Account),
    /// The mail that the commit names; whose it is, is not known.
    Mail(String),
}

/// An instant, as RFC 3339 in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At(pub Timestamp);

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| de::Error::custom("a time is no point in time as in RFC 3339"))
    }
}
