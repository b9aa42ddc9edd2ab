//! The proposals that both sides judge: those that stand in the tree, or all that ever came with a commit.

use super::Impact;
use super::sides::Sides;
use crate::cli::fresh::folder_of;
use crate::document::Document;
use crate::facts::Phase;
use crate::files;
use crate::finding::Fault;
use crate::fleet;
use crate::gate::{Gate, Moment};
use crate::git::{Commit, Repository, Snapshot, Version};
use crate::impact::{Compared, Judged, compare, phase_of};
use crate::inputs::{self, Input};
use crate::roster::Roster;
use crate::verdict::Judgement;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// The proposals, and by which gates they are judged.
pub(super) struct Corpus<'g> {
    before: &'g Gate,
    after: &'g Gate,
    phase: Option<Phase>,
    proposals: Proposals,
}

enum Proposals {
    /// As they stand, each among the others. The roster depends on the profiles: where they differ, the side before has its own.
    Tree { inputs: Vec<Input>, before: Option<Box<Roster>>, after: Box<Roster> },
    /// As they stood, each by itself.
    History { snapshot: Box<Snapshot>, folder: PathBuf, versions: Vec<Version>, now: Option<Timestamp> },
}

impl<'g> Corpus<'g> {
    pub(super) fn of(
        asked: &Impact,
        sides: &Sides,
        root: &Path,
        gates: (&'g Gate, &'g Gate),
    ) -> Result<Self, Vec<Fault>> {
        let (before, after) = gates;
        let config = &sides.after.config;
        let patterns = if asked.patterns.is_empty() { &config.proposals } else { &asked.patterns };
        let proposals = if asked.history {
            let (repository, tip) = match &sides.head {
                Some((repository, tip)) => (repository.clone(), tip.clone()),
                None => {
                    let repository = Repository::around(root)?;
                    let tip = repository.commit("HEAD")?;
                    (repository, tip)
                }
            };
            history(asked, (&repository, &tip), root, patterns, Path::new(&config.systems))?
        } else {
            let found = inputs::find(&sides.after.trusted, patterns, Path::new(&config.systems));
            if !found.faults.is_empty() {
                return Err(found.faults);
            }
            let roster = |gate: &Gate| Box::new(Roster::of(&found.inputs, &gate.profiles, &gate.limits, gate.now));
            let is_same = before.limits == after.limits && before.profiles.digests() == after.profiles.digests();
            let before = (!is_same).then(|| roster(before));
            Proposals::Tree { before, after: roster(after), inputs: found.inputs }
        };
        Ok(Self { before, after, phase: asked.phase(), proposals })
    }

    pub(super) const fn len(&self) -> usize {
        match &self.proposals {
            Proposals::Tree { inputs, .. } => inputs.len(),
            Proposals::History { versions, .. } => versions.len(),
        }
    }

    /// What both sides make of one.
    pub(super) fn compared(&self, index: usize) -> Compared {
        let limit = self.before.limits.bytes.max(self.after.limits.bytes);
        let (was, is, phase, commit) = match &self.proposals {
            Proposals::Tree { inputs, before, after } => {
                // What can't be read says so when it is judged.
                let phase = self.phase_of(|| inputs[index].read(limit).unwrap_or_default());
                let judged = |gate: &Gate, roster: &Roster| {
                    fleet::one(gate, roster, inputs, index, Moment { phase, now: gate.now })
                };
                (judged(self.before, before.as_ref().unwrap_or(after)), judged(self.after, after), phase, None)
            }
            Proposals::History { snapshot, folder, versions, now } => {
                let Version { entry, commit, at } = &versions[index];
                let name = entry.path.strip_prefix(folder).unwrap_or(&entry.path).to_string_lossy();
                let commit = Some(commit.short().to_owned());
                match snapshot.bytes(entry, limit as u64) {
                    Ok(bytes) => {
                        let phase = self.phase_of(|| bytes.clone());
                        let moment = Moment { phase, now: now.unwrap_or(*at) };
                        let was = self.before.judge_at(&name, bytes.clone(), moment);
                        (was, self.after.judge_at(&name, bytes, moment), phase, commit)
                    }
                    Err(error) => {
                        let lost = || Judgement {
                            faults: vec![unreadable(&name, &error)],
                            ..Judgement::of(name.clone().into_owned())
                        };
                        (lost(), lost(), Phase::Plan, commit)
                    }
                }
            }
        };
        let judged = Judged { file: is.file.clone(), id: is.id.clone(), commit, phase };
        compare(judged, (&was, &self.before.rules), (&is, &self.after.rules))
    }

    /// That which all are judged in, or which the proposal has come to; what is no document is in none, and says so by itself.
    fn phase_of(&self, bytes: impl FnOnce() -> Vec<u8>) -> Phase {
        let own =
            || Document::parse("", bytes(), &self.after.limits).map_or(Phase::Plan, |document| phase_of(&document));
        self.phase.unwrap_or_else(own)
    }
}

fn history(
    asked: &Impact,
    (repository, tip): (&Repository, &Commit),
    root: &Path,
    patterns: &[String],
    systems: &Path,
) -> Result<Proposals, Vec<Fault>> {
    let folder = files::from(repository.top(), root);
    let folders: Vec<_> =
        patterns.iter().map(|pattern| folder.join(folder_of(std::slice::from_ref(pattern)))).collect();
    let wanted = |path: &Path| {
        let path = path.strip_prefix(&folder).ok();
        path.is_some_and(|path| inputs::would_have_found(root, patterns, systems, path))
    };
    let versions = repository.versions(tip, &folders, wanted)?;
    if versions.is_empty() {
        let message = format!("no commit up to {} brought a file that {} names", tip.short(), patterns.join(" or "));
        return Err(Fault::new(inputs::NOTHING_TO_JUDGE, message)
            .help("name the proposals by the folder in which they stood")
            .into());
    }
    Ok(Proposals::History { snapshot: Box::new(repository.snapshot(tip)), folder, versions, now: asked.now })
}

fn unreadable(name: &str, error: &std::io::Error) -> Fault {
    Fault::new("input/unreadable", format!("{name} can't be read as it was: {error}"))
        .help("clone the repository with the files of its history: without `--filter`")
}
