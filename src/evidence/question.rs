//! What a proposal gives the gate to ask.

use super::earlier::since;
use super::{Package, Provider, advisories};
use crate::facts::Phase;
use crate::finding::{Finding, Label, Level};
use crate::git;
use crate::proposal::shape::LIST_MAX;
use crate::proposal::{NodeId, Tree, Value, file_proofs};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path};

/// One question. Equal questions are asked once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Question {
    /// What was merged into some paths.
    Merges {
        /// Folders and patterns, from the top of the repository.
        paths: Vec<String>,
        /// Since when, RFC 3339.
        since: String,
    },
    /// What lockfiles and manifests pin otherwise than where the change began.
    Changes {
        /// Folders and patterns of those that are not looked at, as the configuration says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ignore: Vec<String>,
    },
    /// Where some packages are pinned at the end of the change.
    Pinned {
        /// Their package URLs, in order.
        packages: Vec<String>,
        /// As of the other question.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        ignore: Vec<String>,
    },
    /// Whether the change adds a proposal, modifies it or moves it.
    Touched {
        /// Its file, by its path from the folder in which the gate runs.
        path: String,
    },
    /// Which proposals of a system stood in the history of the base.
    Earlier {
        /// The system.
        system: String,
        /// Since when, RFC 3339.
        since: String,
    },
    /// What stands in a file.
    File {
        /// Its path, from the folder in which the gate runs.
        path: String,
        /// Whether it is to be read as the report of a run of tests.
        report: bool,
    },
    /// What advisories are looked up in.
    Advisories,
    /// What is known of an advisory.
    Advisory {
        /// Its id.
        id: String,
        /// What changes, as far as it says which package it is.
        packages: Vec<Package>,
    },
    /// What GitHub says of a pull request and of its reviews.
    Pull {
        /// `owner/name`.
        repository: String,
        /// Its number.
        number: u64,
    },
    /// The same of the pull request that brought a commit, by its merge or by way of a merge queue.
    Landed {
        /// `owner/name`.
        repository: String,
        /// The commit.
        commit: String,
        /// Its number, where a merge queue says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u64>,
    },
    /// Who owns the files of the change, by CODEOWNERS of the base.
    Owners,
    /// Whether somebody is in a team of GitHub.
    Membership {
        /// `organisation/slug`.
        team: String,
        /// The login.
        login: String,
    },
    /// Whether a pull request still is what was judged, and where the branch is to which it goes; asked when everything is judged.
    Unmoved {
        /// `owner/name`.
        repository: String,
        /// Its number.
        number: u64,
    },
}

impl Question {
    /// Whether it is about a pull request and its reviews.
    pub const fn is_of_a_pull(&self) -> bool {
        matches!(self, Self::Pull { .. } | Self::Landed { .. })
    }

    /// Whether the answer depends on each commit of the base.
    pub const fn is_of_the_history(&self) -> bool {
        matches!(self, Self::Merges { .. } | Self::Earlier { .. })
    }

    /// Who is asked.
    pub const fn provider(&self) -> Provider {
        match self {
            Self::Merges { .. }
            | Self::Changes { .. }
            | Self::Pinned { .. }
            | Self::Touched { .. }
            | Self::Earlier { .. } => Provider::Git,
            Self::File { .. } => Provider::Files,
            Self::Advisories | Self::Advisory { .. } => Provider::Advisories,
            Self::Pull { .. } | Self::Landed { .. } | Self::Owners | Self::Membership { .. } | Self::Unmoved { .. } => {
                Provider::GitHub
            }
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Merges { paths, since } => write!(f, "what was merged into {} since {since}", paths.join(", ")),
            Self::Changes { .. } => f.write_str("which pinned packages differ"),
            Self::Pinned { packages, .. } => write!(f, "where {} pinned", are(packages)),
            Self::Touched { path } => write!(f, "whether the change touches {path}"),
            Self::Earlier { system, since } => write!(f, "which proposals of {system} stood on the base since {since}"),
            Self::File { path, report: false } => write!(f, "the file {path}"),
            Self::File { path, report: true } => write!(f, "the test report {path}"),
            Self::Advisories => f.write_str("which advisories are known"),
            Self::Advisory { id, .. } => write!(f, "the advisory {id}"),
            Self::Pull { repository, number } => write!(f, "the pull request {repository}#{number}"),
            Self::Landed { repository, commit, number } => {
                let number = number.map_or_else(String::new, |number| format!("#{number}"));
                write!(f, "the pull request {repository}{number} that brought {}", git::short(commit))
            }
            Self::Owners => f.write_str("who owns the files of the change"),
            Self::Membership { team, login } => write!(f, "whether @{login} is in the team {team}"),
            Self::Unmoved { repository, number } => {
                write!(f, "whether the pull request {repository}#{number} still is what was judged")
            }
        }
    }
}

/// Of some packages, for a sentence.
fn are(packages: &[String]) -> String {
    match packages {
        [only] => format!("{only} is"),
        [first, others @ ..] => format!("{first} and {} more are", others.len()),
        [] => "nothing is".to_owned(),
    }
}

/// So many files are looked at; `proof/file-stands` denies a proposal that names more.
const MOST_FILES: usize = LIST_MAX;

/// What a proposal gives to ask in a phase, each question once.
pub fn questions(proposal: &Tree, phase: Phase, now: Timestamp) -> Vec<Question> {
    let mut questions = Vec::new();
    if phase == Phase::Deploy {
        questions.extend(merges(proposal, now));
    }
    let mut files = BTreeMap::new();
    let report = proposal.path(&["testing", "report"]);
    for proof in file_proofs(proposal) {
        let Some(path) = file(proposal, proof).filter(|path| escape(path).is_none()) else { continue };
        let is_run = proposal.get(proof, "kind").and_then(|kind| proposal.text(kind)) == Some("test-run");
        let is_report = Some(proof) == report || is_run;
        // One file may prove several things.
        let count = files.len();
        match files.get_mut(path) {
            Some(report) => *report |= is_report,
            None if count == MOST_FILES => {}
            None => drop(files.insert(path, is_report)),
        }
    }
    questions.extend(files.into_iter().map(|(path, report)| Question::File { path: path.to_owned(), report }));
    questions.extend(advisories::asked(proposal, phase));
    questions
}

/// Which proposals were there before, where a rule looks back by some days: asked of fast tracks, which rules count, when they are planned.
pub fn earlier(proposal: &Tree, phase: Phase, days: i64) -> Option<Question> {
    proposal.path(&["fast_track"]).filter(|_| phase == Phase::Plan)?;
    let system = proposal.text(proposal.path(&["system", "id"])?)?.to_owned();
    let Value::Instant(start) = proposal.value(proposal.path(&["window", "start"])?) else { return None };
    since(*start, days).map(|since| Question::Earlier { system, since })
}

/// What was merged since the freeze began; nothing to ask while it is still to begin.
fn merges(proposal: &Tree, now: Timestamp) -> Option<Question> {
    let instant = |path: &[&str]| match proposal.value(proposal.path(path)?) {
        Value::Instant(at) => Some(*at),
        _ => None,
    };
    let begun = [instant(&["freeze", "start"]), instant(&["deploy", "freeze_began_at"])].into_iter().flatten().min();
    let since = begun.filter(|&begun| begun <= now)?;
    let paths = proposal.items(proposal.path(&["freeze", "paths"])?);
    let paths: Vec<String> = paths.iter().filter_map(|&path| proposal.text(path)).map(str::to_owned).collect();
    (!paths.is_empty()).then(|| Question::Merges { paths, since: since.to_string() })
}

/// A finding for each file that is named as a proof and can't be one: it would lie outside of the repository.
pub fn escapes(proposal: &Tree) -> Vec<Finding> {
    let of = |proof| {
        let node = proposal.get(proof, "file")?;
        let why = escape(proposal.text(node)?)?;
        let message = format!("the file that is named as a proof can't be looked at: {why}");
        let help = "name a file of this repository by its path from the top: `evidence/restore.log`; for anything else there is `reference`";
        Some(Finding {
            help: Some(help.to_owned()),
            pointer: proposal.pointer(node),
            ..Finding::new("input/path-escape", Level::Deny, message, Label::new(proposal.place(node), "this `file`"))
        })
    };
    file_proofs(proposal).filter_map(of).collect()
}

fn file(proposal: &Tree, proof: NodeId) -> Option<&str> {
    proposal.text(proposal.get(proof, "file")?)
}

/// Why a path leads out of the repository, or is none.
pub(crate) fn escape(path: &str) -> Option<&'static str> {
    if path.chars().any(char::is_control) {
        Some("its name holds characters that can't be shown")
    } else if path.contains('\\') || path.get(1..2) == Some(":") {
        Some("folders are separated by `/`, and no drive is named")
    } else if path.starts_with('/') {
        Some("its path begins at the root of the machine")
    } else if Path::new(path).components().any(|part| part == Component::ParentDir) {
        Some("its path leads upwards, by `..`")
    } else if path.split('/').any(|part| part.trim_end_matches(['.', ' ']).eq_ignore_ascii_case(".git")) {
        Some("it lies in `.git`, which is git's own and no part of the repository")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn paths_stay_inside() {
        for inside in ["evidence/restore.log", "a..b/..c", "xy:z", "…/é.xml", "./a", ".github/a.git", ".gitignore"] {
            assert_eq!(escape(inside), None, "{inside}");
        }
        for outside in [
            "/etc/passwd",
            "../x",
            "a/../../x",
            "a\\b",
            "C:/x",
            "c:x",
            "a\nb",
            "\u{1b}[2J",
            "a/..",
            ".git/config",
            "./a/.GIT/HEAD",
            ".git",
        ] {
            assert!(escape(outside).is_some(), "{outside}");
        }
    }
}
