//! Who is who: by the configuration alone, which is of the trusted side.

use crate::github::{Accounts, Owner};
use std::collections::{BTreeMap, BTreeSet};

/// What the configuration says of accounts and of the roles that approvals fill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct People {
    /// Whose reviews count and whose mails are whose.
    pub accounts: Accounts,
    /// Who fills each role of `approvals[].role`.
    pub roles: BTreeMap<String, Vec<Holder>>,
}

/// Who fills a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// One account, by its login.
    User(String),
    /// Whoever is in a team, or in one below it: `acme/dba`.
    Team(String),
    /// The code owners of the change: of each of its files one has approved, and they are among them.
    Codeowners,
}

impl Holder {
    /// Reads `@bo`, `@acme/dba` or `codeowners`.
    ///
    /// ```
    /// use changegate::evidence::Holder;
    /// assert_eq!(Holder::parse("@acme/dba"), Some(Holder::Team("acme/dba".to_owned())));
    /// assert_eq!(Holder::parse("acme/dba"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if text == "codeowners" {
            return Some(Self::Codeowners);
        }
        match Owner::parse(text)? {
            Owner::User(login) => Some(Self::User(login)),
            Owner::Team(team) => Some(Self::Team(team)),
            Owner::Mail(_) => None,
        }
    }

    const fn team(&self) -> Option<&str> {
        if let Self::Team(team) = self { Some(team.as_str()) } else { None }
    }
}

impl People {
    /// Whether some role is filled by code owners.
    pub fn ask_owners(&self) -> bool {
        self.roles.values().flatten().any(|holder| *holder == Holder::Codeowners)
    }

    /// The teams that fill roles.
    pub(super) fn teams(&self) -> BTreeSet<&str> {
        self.roles.values().flatten().filter_map(Holder::team).collect()
    }
}
