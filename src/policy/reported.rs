//! What a rule says: findings and obligations, recorded the moment they are made, so that none can be lost.

use super::fault::{Misuse, misuse};
use super::run::Run;
use super::script::At;
use crate::facts::Read;
use crate::finding::{Level, Table};
use jiff::civil::Date;

/// Findings of one rule about one proposal that are told one by one. An author who gives reason for more learns how many, and is no less blocked.
const MOST_FINDINGS: usize = 1_000;
/// The longest message, in characters: a reader gives up long before, and a thousand of them are to be written.
const LONGEST_MESSAGE: usize = 1_000;

/// A finding as a rule reported it, before its places are resolved.
#[derive(Debug)]
pub struct Reported {
    pub level: Level,
    pub message: String,
    pub table: Option<Table>,
    pub help: Option<String>,
    pub primary: Option<Read>,
    pub reasons: Vec<Read>,
    /// Further places of the same problem, and what to say of each.
    pub also: Vec<(Read, String)>,
    /// The call in the rule.
    pub at: At,
}

/// What a rule says is owed afterwards.
#[derive(Debug)]
pub struct Owed {
    pub id: String,
    pub what: String,
    pub due: Option<Date>,
    /// What was read last.
    pub from: Option<Read>,
}

/// What a rule said beyond what is told one by one.
#[derive(Debug)]
pub struct Surplus {
    findings: usize,
    obligations: usize,
    /// The highest of their levels, so that none is lost to the verdict.
    level: Level,
    at: At,
}

impl Surplus {
    /// The finding that stands for them.
    pub fn told(self) -> Reported {
        let some = |count: usize, noun: &str| {
            (count > 0).then(|| format!("{count} more {noun}{}", if count == 1 { "" } else { "s" }))
        };
        let parts = [some(self.findings, "finding"), some(self.obligations, "obligation")];
        let parts = parts.into_iter().flatten().collect::<Vec<_>>().join(" and ");
        Reported {
            level: self.level,
            message: format!("this rule has {parts}, besides the {MOST_FINDINGS} that are told"),
            help: Some("mend what is told, then judge again".to_owned()),
            table: None,
            primary: None,
            reasons: Vec::new(),
            also: Vec::new(),
            at: self.at,
        }
    }
}

impl Run<'_> {
    /// Records a finding, and gives its number. Beyond the most that are told it is counted, and what is said of that number is said to
    /// nobody.
    pub fn report(&mut self, level: Level, message: &str) -> Result<usize, Misuse> {
        if level > self.ceiling() {
            let help = format!("raise `level` in the rule's header to \"{level}\"");
            return Err(misuse(
                "policy/level",
                format!("it reports {level} and its level is {}", self.ceiling()),
                help,
            ));
        }
        if self.reported.len() == MOST_FINDINGS {
            self.beyond(level).findings += 1;
            return Ok(MOST_FINDINGS);
        }
        self.reported.push(Reported {
            level,
            message: shortened(message),
            table: None,
            help: None,
            primary: self.reads.last(),
            reasons: self.reads.reasons().to_vec(),
            also: Vec::new(),
            at: self.calling,
        });
        Ok(self.reported.len() - 1)
    }

    /// Records what is owed afterwards.
    pub fn owe(&mut self, id: &str, what: &str, due: Option<Date>) {
        if self.owed.len() == MOST_FINDINGS {
            self.beyond(self.ceiling().min(Level::Warn)).obligations += 1;
            return;
        }
        self.owed.push(Owed { id: shortened(id), what: shortened(what), due, from: self.reads.last() });
    }

    fn beyond(&mut self, level: Level) -> &mut Surplus {
        let at = self.calling;
        let surplus = self.surplus.get_or_insert(Surplus { findings: 0, obligations: 0, level, at });
        surplus.level = surplus.level.max(level);
        surplus
    }
}

/// A message that is no longer than anybody reads.
pub fn shortened(message: &str) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}
