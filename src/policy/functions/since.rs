//! Whether somebody accepts that what runs is not what the record of an upgrade says, as another upgrade has brought it since.

use super::mention::mentions;
use super::proposal::reviewed;
use super::{Args, Function};
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::value::Value;

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "unaccepted_version(version) -> text",
    doc: "Why `record.monitoring.accepted` does not accept a version that another upgrade has brought since, for the end of a message, as `unaccepted_pin` does. An empty text where nobody accepts \
          anything, `()` where it is accepted.",
    call: unaccepted_version,
}];

fn unaccepted_version<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let version = args.text(0)?;
    let accepted = Accepted::of(run)?;
    run.budget.work(accepted.work())?;
    Ok(accepted.but(accepted.refuses(&[version])))
}

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

    /// Why it does not accept something, for the end of a message: see `unaccepted_version`.
    pub fn but<'f>(&self, refused: Option<String>) -> Value<'f> {
        match refused {
            None => Value::Nothing,
            Some(_) if matches!(self, Self::Nobody) => "".into(),
            Some(why) => format!(", and {why}").into(),
        }
    }

    /// What it costs to hold one version against it.
    pub fn work(&self) -> usize {
        if let Self::By(_, reason) = self { 1 + reason.len() / 8 } else { 1 }
    }
}
