//! Whether somebody accepts that what runs is not what the record of an upgrade says, as another upgrade has brought it since.

use super::mention::mentions;
use super::proposal::reviewed;
use crate::policy::run::{Run, Stop};

/// Who may accept it: they know what came since, and the author has written the record.
const ACCEPTING: [&str; 4] = ["owner", "business-owner", "operations", "change-authority"];

/// What `record.monitoring.accepted` says of it.
pub enum Accepted {
    /// Nobody accepts anything.
    Nobody,
    /// It does not hold, and why.
    Flawed(String),
    /// Who accepts it, and for which reason.
    By(String, String),
}

impl Accepted {
    /// That of a record.
    pub fn of(run: &mut Run<'_>) -> Result<Self, Stop> {
        let mut proposal = reviewed(run)?;
        let record = proposal.section("record");
        let monitoring = proposal.get(record, "monitoring");
        let Some(accepted) = proposal.get(monitoring, "accepted") else { return Ok(Self::Nobody) };
        if let Some(flaw) = proposal.objection(accepted, Some(&ACCEPTING), None)? {
            return Ok(Self::Flawed(flaw));
        }
        let [by, reason] =
            ["by", "reason"].map(|field| proposal.text(Some(accepted), field).unwrap_or_default().to_owned());
        Ok(Self::By(by, reason))
    }

    /// Why it does not accept a version, by any of the names that it has, as a clause; none where it does.
    pub fn refuses(&self, names: &[&str]) -> Option<String> {
        match self {
            Self::Nobody => Some("nobody accepts that".to_owned()),
            Self::Flawed(flaw) => Some(format!("the acceptance of that does not hold: {flaw}")),
            Self::By(_, reason) if names.iter().any(|name| mentions(reason, name)) => None,
            Self::By(by, _) => {
                let version = names.first().unwrap_or(&"no version");
                Some(format!("the reason for which `{by}` accepts what went wrong does not name `{version}`"))
            }
        }
    }

    /// What it costs to hold one version against it.
    pub fn work(&self) -> usize {
        if let Self::By(_, reason) = self { 1 + reason.len() / 8 } else { 1 }
    }
}
