//! Whether files are valid. It is no verdict: no rule is asked.

use super::Described;
use crate::cases;
use crate::cli::ground::{configuration, profiles, root};
use crate::cli::terminal::Terminal;
use crate::cli::{Failure, Global, tell};
use crate::codes;
use crate::config::Config;
use crate::document::{Document, Kind, Limits};
use crate::files::Files;
use crate::finding::{Fault, Finding};
use crate::profiles::Profiles;
use crate::proposal::model::{PROFILE, PROPOSAL};
use crate::proposal::{Role, read, read_laid};
use crate::verdict::Outcome;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Tells what is wrong with all of them.
pub(super) fn all(
    described: Described,
    paths: &[PathBuf],
    global: &Global,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let files = Arc::new(Files::folder(&root(global)?));
    // With a profile a proposal says less. The configuration says where profiles are, and how large files may be.
    let (config, wrong) = match described {
        Described::Config | Described::Cases => (Config::none(), Vec::new()),
        Described::Proposal | Described::Profile => configuration(global, &files),
    };
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    let profiles = match described {
        Described::Proposal => profiles(&files, &config)?,
        Described::Config | Described::Profile | Described::Cases => Profiles::none(),
    };
    let mut wrong = Vec::new();
    for path in paths {
        let bytes = files.bytes(path, config.limits.bytes as u64).map_err(|error| unreadable(path, &error))?;
        let name = path.to_string_lossy();
        wrong.extend(match described {
            Described::Proposal => proposal(&name, bytes, &config.limits, &profiles),
            Described::Profile => profile(&name, bytes, &config.limits),
            Described::Cases => cases::read(&files, path).err().unwrap_or_default(),
            Described::Config => Config::parse_partly(&name, &String::from_utf8_lossy(&bytes)).1,
        });
    }
    if wrong.is_empty() {
        return Ok(Outcome::Pass);
    }
    tell(&wrong, global, terminal)?;
    Ok(Outcome::Blocked)
}

fn proposal(name: &str, bytes: Vec<u8>, limits: &Limits, profiles: &Profiles) -> Vec<Fault> {
    let document = match Document::parse(name, bytes, limits) {
        Ok(document) => document,
        Err(findings) => return findings.into_iter().map(|finding| unparsed(finding, "proposal/syntax")).collect(),
    };
    let system = document.at("/system/id").map(|id| id.kind());
    let profile = system.and_then(|id| if let Kind::String(id) = id { profiles.get(id) } else { None });
    let tree = match profile.as_ref().map(|profile| profile.document.as_ref()) {
        Some(Ok(profile)) => read_laid(&document, &PROPOSAL, profile),
        // What is wrong with the profile is told of that.
        _ => read(&document, &PROPOSAL),
    };
    let problems = tree.err().unwrap_or_default();
    problems.into_iter().map(|problem| problem.into_fault(Role::Proposal)).collect()
}

fn profile(name: &str, bytes: Vec<u8>, limits: &Limits) -> Vec<Fault> {
    let problems = match Document::parse(name, bytes, limits) {
        Ok(document) => read(&document, &PROFILE).err().unwrap_or_default(),
        Err(findings) => return findings.into_iter().map(|finding| unparsed(finding, "profile/syntax")).collect(),
    };
    problems.into_iter().map(|problem| problem.into_fault(Role::Profile)).collect()
}

/// What is wrong with the text itself, told as of a proposal.
fn unparsed(finding: Finding, otherwise: &'static str) -> Fault {
    let told = codes::find(&finding.rule).filter(|_| otherwise == "proposal/syntax");
    let mut fault = Fault::new(told.map_or(otherwise, |code| code.id), finding.message);
    fault.help = finding.help;
    fault.labels.push(finding.primary);
    fault.labels.extend(finding.related);
    fault
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new("input/unreadable", format!("{} can't be read: {error}", path.display()))
        .help("name a file after --check")
}
