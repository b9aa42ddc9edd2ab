//! What can be wrong with a document that is well-formed JSON: each problem a small struct, its wording beside its data.

mod expected;
mod first;
mod help;
mod language;
mod what;

pub(super) use expected::{expected_object, list_of};
pub(super) use first::First;
pub use first::MOST_TOLD;
pub use help::nearest;
pub(super) use help::{first_sentence, pattern};
pub use what::What;

use crate::finding::{Fault, Finding, Label, Level};
use crate::source::Place;
use language::Language;

/// Whose document it is. A proposal is its author's to mend, so its problems are findings and block; a profile and the
/// configuration are the operator's, so theirs are faults and leave the verdict undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A proposal: its author's.
    Proposal,
    /// The profile of a system: the operator's.
    Profile,
    /// `changegate.toml`: the operator's, and in TOML.
    Configuration,
    /// Cases of a rule: of whoever keeps the rules.
    Cases,
}

impl Role {
    const fn language(self) -> Language {
        if let Self::Configuration = self { Language::Toml } else { Language::Json }
    }
}

/// One problem and where it is.
#[derive(Debug)]
pub struct Problem {
    /// What is wrong.
    pub what: What,
    /// Where it is.
    pub place: Place,
    /// JSON Pointer of the value, or of the object that lacks a field.
    pub pointer: String,
    /// Further places that show it.
    pub related: Vec<Label>,
}

impl Problem {
    /// What is wrong, in words.
    pub fn message(&self) -> String {
        self.what.message(Language::Json)
    }

    /// What to do about it, in words.
    pub fn help(&self) -> String {
        self.what.help(Language::Json)
    }

    /// As a finding about a proposal.
    pub fn into_finding(self) -> Finding {
        let language = Role::Proposal.language();
        Finding {
            help: Some(self.what.help(language)),
            pointer: self.pointer,
            related: self.related,
            ..Finding::new(
                self.what.code(Role::Proposal),
                Level::Deny,
                self.what.message(language),
                Label::new(self.place, self.what.label(language)),
            )
        }
    }

    /// As a fault of a profile or the configuration.
    pub fn into_fault(self, role: Role) -> Fault {
        let language = role.language();
        let mut fault = Fault::new(self.what.code(role), self.what.message(language)).help(self.what.help(language));
        fault.labels.push(Label::new(self.place, self.what.label(language)));
        fault.labels.extend(self.related);
        fault
    }
}
