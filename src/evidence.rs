//! What the gate finds out by itself about a proposal: a proposal is a claim, and whoever makes it wants it to pass.
//!
//! A proposal raises [`Question`]s: what was merged into the paths that it froze, what stands in the files that it names, what is known of its
//! advisories. [`Sources`] ask each
//! once, of git, of the files, of advisories and of GitHub, or of the record of an earlier run. An answer is plain data in the shape of the
//! [model](crate::proposal::model::EVIDENCE), and [`laid`] puts what is known where rules see it. Nothing else comes between asking and
//! judging, so that a record leads to the same verdict, byte for byte.

mod advisories;
mod change;
mod changes;
mod code;
mod earlier;
mod files;
mod git;
mod github;
mod inquiry;
mod lay;
mod question;
mod record;
mod scope;
mod sources;
mod stood;
mod test_report;

pub use advisories::{ADVISED, Advisories, Package, Places};
pub use change::{Change, Excerpt, Touched};
pub use changes::pinned_changes;
pub use code::Code;
pub use earlier::Shelf;
pub use github::{Holder, Host, People, approved_by, tip};
pub use lay::laid;
pub(crate) use question::escape;
pub use question::{Question, escapes, questions};
pub use record::Record;
pub use scope::Scope;
use serde::{Deserialize, Serialize};
use serde_json::Value;
pub use sources::{About, Comes, Sources, Standing, World};
pub use stood::Kept;

/// Where evidence comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Provider {
    /// The history of the repository.
    Git,
    /// The files that a proposal names as proofs.
    Files,
    /// Records of advisories, and the catalogue of those that are exploited.
    Advisories,
    /// GitHub, about the pull request of the run.
    GitHub,
}

impl Provider {
    /// All of them, in the order of the configuration.
    pub const ALL: [Self; 4] = [Self::Git, Self::Files, Self::Advisories, Self::GitHub];

    /// Its name in the configuration and in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Git => "git",
            Self::Files => "files",
            Self::Advisories => "advisories",
            Self::GitHub => "github",
        }
    }
}

/// How much a run needs what a provider has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Need {
    /// It is not asked.
    Off,
    /// What it can't tell is claimed and not verified; the report says so.
    Optional,
    /// What it can't tell leaves the proposal undecided.
    #[default]
    Required,
}

impl Need {
    /// The word for it in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Optional => "optional",
            Self::Required => "required",
        }
    }

    /// ```
    /// assert_eq!(changegate::evidence::Need::parse("required"), Some(changegate::evidence::Need::Required));
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Off, Self::Optional, Self::Required].into_iter().find(|need| need.as_str() == word)
    }
}

/// One piece of evidence: what was asked, when and of whom, and the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What was asked.
    pub question: Question,
    /// Of whom: `commit 3f1c2a9b7d10`, `the work tree`.
    pub of: String,
    /// When, RFC 3339.
    pub at: String,
    /// What came back.
    pub answer: Answer,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// It is known.
    Known {
        /// In the shape of the model.
        value: Value,
        /// SHA-256 of that as JSON without white space, `sha256:` and hexadecimal digits.
        digest: String,
    },
    /// There is nothing of that kind.
    Absent,
    /// It can't be told.
    Unavailable {
        /// What went wrong, as a stable code.
        code: Code,
        /// Why: lower case, no full stop.
        why: String,
        /// What to do about it.
        help: String,
    },
}

impl Answer {
    fn known(value: Value) -> Self {
        let digest = digest(&value);
        Self::Known { value, digest }
    }

    fn unavailable(why: impl Into<String>, help: impl Into<String>) -> Self {
        Self::unavailable_as(Code::UNAVAILABLE, why, help)
    }

    /// What went wrong has a code of its own.
    fn unavailable_as(code: Code, why: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Unavailable { code, why: why.into(), help: help.into() }
    }

    /// The word for its state.
    pub const fn state(&self) -> &'static str {
        match self {
            Self::Known { .. } => "known",
            Self::Absent => "absent",
            Self::Unavailable { .. } => "unavailable",
        }
    }
}

/// The digest of a value.
fn digest(value: &Value) -> String {
    crate::digest::of(value.to_string().as_bytes())
}

/// At most so many characters: texts of others may be longer than the model has them.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}
