//! Runs by the rules on several proposals alone, without a process of their own.

use changegate::config::Config;
use changegate::document::Limits;
use changegate::facts::Phase;
use changegate::files::Files;
use changegate::fleet;
use changegate::gate::Gate;
use changegate::inputs::Input;
use changegate::policy::{Pack, RuleSet, builtin};
use changegate::profiles::Profiles;
use changegate::roster::Roster;
use changegate::verdict::Judgement;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn gate() -> Gate {
    let now = "2026-11-21T12:00:00Z".parse().unwrap();
    let mut rules = builtin().rules;
    rules
        .retain(|(id, _)| id.starts_with("fleet/") || &**id == "window/no-overlap" || &**id == "fast-track/not-abused");
    let rules = RuleSet::load(&[Pack { rules, sound: true }], &[], Phase::Plan).unwrap();
    Gate::new(rules, Profiles::none(), &Config::none(), Phase::Plan, Some(now), now).unwrap()
}

/// Judges some proposals in one run, in their order; `meanwhile` is what happens between the two times that they are read.
pub fn judged(proposals: &[Value], meanwhile: impl FnOnce(&Path)) -> Vec<Judgement> {
    let folder = tempfile::tempdir().unwrap();
    let files = Arc::new(Files::folder(folder.path()));
    let mut inputs = Vec::new();
    for (number, proposal) in proposals.iter().enumerate() {
        let path = PathBuf::from(format!("{number:04}.json"));
        fs::write(folder.path().join(&path), proposal.to_string()).unwrap();
        inputs.push(Input::File { files: Arc::clone(&files), path });
    }
    let gate = gate();
    let roster = Roster::of(&inputs, &gate.profiles, &Limits::default(), gate.now);
    meanwhile(folder.path());
    let mut judgements = Vec::new();
    let hand_on = |judgement| {
        judgements.push(judgement);
        Ok(())
    };
    fleet::judge(&gate, &roster, &inputs, hand_on).unwrap();
    judgements
}
