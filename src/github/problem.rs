//! Why GitHub could not be asked, or did not answer as it should.

use super::Token;
use crate::exchange::told;
use crate::finding::Fault;
use std::fmt;

/// Why something is not known. It is never a reason to let pass.
///
/// ```
/// use changegate::github::{Accounts, Client, Settings};
/// let client = Client::new(Settings::new());
/// let problem = client.gather("../etc", 1, &Accounts::default()).expect_err("no repository");
/// assert_eq!(problem.code, "evidence/github-not-found");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// A stable code: `evidence/github-…`.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop. It may repeat what a server said, which is hostile text.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Problem {
    pub(crate) fn new(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: help.into() }
    }

    /// An answer that does not have the shape that is documented.
    pub(crate) fn malformed(what: &str, why: impl fmt::Display) -> Self {
        Self::new(
            "evidence/github-malformed",
            format!("what GitHub answered about {what} can't be read: {}", told(&why.to_string())),
            "see that the address of the API is that of a GitHub server, and what stands between it and the gate",
        )
    }

    /// A list that is longer than what is read, or than what GitHub tells of.
    pub(super) fn too_many(message: impl Into<String>) -> Self {
        Self::new(
            "evidence/github-too-many",
            message,
            "split the pull request; what can't be read to its end can't be judged",
        )
    }

    /// Something that changed while it was read.
    pub(super) fn moved(message: impl Into<String>) -> Self {
        Self::new("evidence/github-moved", message, "run it again, on the pull request as it stands now")
    }

    /// The same as a fault of a run.
    pub fn fault(self) -> Fault {
        Fault::new(self.code, self.message).help(self.help)
    }

    /// Whether it tells of what was asked, and not of the way to it: asking again would get the same answer.
    pub(super) fn is_answer(&self) -> bool {
        matches!(self.code, "evidence/github-not-found" | "evidence/github-forbidden")
    }

    /// The same, without the token: a server could repeat it.
    pub(super) fn without(self, token: Option<&Token>) -> Self {
        match token {
            Some(token) => {
                Self { message: token.kept_out_of(&self.message), help: token.kept_out_of(&self.help), ..self }
            }
            None => self,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
