//! Why a script stops where it is.

use crate::policy::fault::Misuse;
use crate::policy::script::At;
use crate::policy::value::Value;

/// Why a script does not simply go on. What `return` and `break` give stands in the run.
#[derive(Debug)]
pub enum Stop {
    Return,
    Break,
    Continue,
    Failed(Box<Failure>),
}

/// How a rule failed, and at which node.
#[derive(Debug)]
pub struct Failure {
    pub misuse: Misuse,
    pub at: Option<At>,
}

impl From<Misuse> for Stop {
    fn from(misuse: Misuse) -> Self {
        Self::Failed(Box::new(Failure { misuse, at: None }))
    }
}

impl Stop {
    /// What failed within a node failed there, if it is not known more closely.
    pub(super) fn is_within(&mut self, at: At) {
        if let Self::Failed(failure) = self {
            failure.at.get_or_insert(at);
        }
    }

    /// The same, known to have failed within a node.
    pub(super) fn within(mut self, at: At) -> Self {
        self.is_within(at);
        self
    }
}

pub type Answer<'f> = Result<Value<'f>, Stop>;
