//! What a rule says: findings and obligations, recorded the moment they are made, so that none can be lost.

use super::fault::{Misuse, misuse};
use super::run::Run;
use super::script::At;
use crate::facts::Read;
use crate::finding::Level;
use jiff::civil::Date;

/// Findings of one rule about one proposal.
const MOST_FINDINGS: usize = 1_000;
/// The longest message, in characters: a reader gives up long before, and a thousand of them are to be written.
const LONGEST_MESSAGE: usize = 1_000;

/// A finding as a rule reported it, before its places are resolved.
#[derive(Debug)]
pub struct Reported {
    pub level: Level,
    pub message: String,
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

impl Run<'_> {
    /// Records a finding, and gives its number.
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
            let help = "report once for a list, and say how many there are";
            return Err(misuse(
                "policy/limit-findings",
                format!("it reports more than {MOST_FINDINGS} findings"),
                help,
            ));
        }
        self.reported.push(Reported {
            level,
            message: shortened(message),
            help: None,
            primary: self.reads.last(),
            reasons: self.reads.reasons().to_vec(),
            also: Vec::new(),
            at: self.calling,
        });
        Ok(self.reported.len() - 1)
    }

    /// Records what is owed afterwards.
    pub fn owe(&mut self, id: &str, what: &str, due: Option<Date>) -> Result<(), Misuse> {
        if self.owed.len() == MOST_FINDINGS {
            let message = format!("it records more than {MOST_FINDINGS} obligations");
            return Err(misuse("policy/limit-findings", message, "record one for a list, and say how many there are"));
        }
        self.owed.push(Owed { id: shortened(id), what: shortened(what), due, from: self.reads.last() });
        Ok(())
    }
}

/// A message that is no longer than anybody reads.
pub fn shortened(message: &str) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}
