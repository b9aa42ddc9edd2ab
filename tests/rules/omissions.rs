//! What a good proposal of a critical system loses is noticed: each of its fields is left out in turn, and each of its texts
//! becomes `tbd`. Mutants of rules can't show this: a rule that asks too little has no condition that could be changed.

use changegate::config::Config;
use changegate::document::Limits;
use changegate::facts::Phase;
use changegate::files::Files;
use changegate::gate::Gate;
use changegate::policy::{RuleSet, pack};
use changegate::profiles::Profiles;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What nobody misses, with the reason: `PHASE lost|tbd PATH # REASON`. A path has `*` for any item of a list, and one that ends in
/// `/**` is all that stands below.
const UNNOTICED: &str = "tests/data/omissions.txt";

/// The proposal, its phase, the time of the judgement, the profiles, and the part of it that is judged in that phase for the first
/// time.
const LIFE: [(&str, Phase, &str, &str, &str); 3] = [
    ("examples/payments-db.json", Phase::Plan, "2026-11-21T12:00:00Z", "examples/systems", ""),
    ("examples/life/2-deploy.json", Phase::Deploy, "2026-12-06T00:40:00Z", "examples/systems", "/deploy"),
    ("examples/life/3-close.json", Phase::Close, "2027-01-08T09:00:00Z", "examples/life/systems", "/record"),
];

#[test]
fn what_a_good_proposal_loses_is_noticed() {
    let known = fs::read_to_string(UNNOTICED).unwrap();
    let known: Vec<_> = known.lines().filter_map(|line| Some(line.split_once(" # ")?.0)).collect();
    let found: BTreeSet<String> = LIFE.into_iter().flat_map(unnoticed).collect();
    let new: Vec<_> = found.iter().filter(|loss| !known.iter().any(|known| covers(known, loss))).collect();
    assert!(new.is_empty(), "{} losses that no rule notices, and {UNNOTICED} lists none: {new:#?}", new.len());
    let gone: Vec<_> = known.iter().filter(|known| !found.iter().any(|loss| covers(known, loss))).collect();
    assert!(gone.is_empty(), "{UNNOTICED} lists what is noticed: {gone:#?}");
}

fn covers(known: &str, loss: &str) -> bool {
    known.strip_suffix("**").map_or(known == loss, |above| loss.starts_with(above))
}

/// The losses that no rule says a word about.
fn unnoticed((file, phase, now, systems, part): (&str, Phase, &str, &str, &str)) -> BTreeSet<String> {
    let proposal: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let gate = gate(phase, now, systems);
    assert!(passes(&gate, &proposal), "{file} passes in silence");
    let losses = losses(&proposal, part);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut unnoticed = Vec::new();
        while let Some(loss) = losses.get(next.fetch_add(1, Ordering::Relaxed)) {
            if passes(&gate, &loss.applied(&proposal)) {
                unnoticed.push(format!("{} {loss}", phase.as_str()));
            }
        }
        unnoticed
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        // The stack of the gate's own threads.
        let start = |_| thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work).unwrap();
        let threads: Vec<_> = (0..threads).map(start).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

pub fn gate(phase: Phase, now: &str, systems: &str) -> Gate {
    let here = Files::folder(Path::new(""));
    let pack = pack(&here, Path::new("policies")).unwrap_or_else(|fault| panic!("{fault:?}"));
    let rules = RuleSet::load(&[pack], &[], phase).unwrap_or_else(|faults| panic!("{faults:?}"));
    let profiles = Profiles::of(&Arc::new(here), Path::new(systems), false, Limits::default());
    let now = now.parse().unwrap();
    let profiles = profiles.unwrap_or_else(|fault| panic!("{fault:?}"));
    Gate::new(rules, profiles, &Config::none(), phase, Some(now), now).unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn passes(gate: &Gate, proposal: &Value) -> bool {
    let judgement = gate.judge("proposal.json", proposal.to_string().into_bytes());
    assert!(judgement.faults.is_empty(), "{:#?}", judgement.faults);
    judgement.findings.is_empty()
}

/// What is done to a proposal.
struct Loss {
    pointer: String,
    /// What it becomes; nothing where the field is left out.
    becomes: Option<&'static str>,
}

impl Loss {
    fn applied(&self, proposal: &Value) -> Value {
        let mut proposal = proposal.clone();
        if let Some(text) = self.becomes {
            *proposal.pointer_mut(&self.pointer).unwrap() = text.into();
        } else {
            let (parent, name) = self.pointer.rsplit_once('/').unwrap();
            proposal.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
        }
        proposal
    }
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ", if self.becomes.is_some() { "tbd" } else { "lost" })?;
        self.pointer.split('/').skip(1).try_for_each(|name| {
            let is_item = name.bytes().all(|byte| byte.is_ascii_digit());
            write!(f, "/{}", if is_item { "*" } else { name })
        })
    }
}

/// All fields and texts at and below a place.
fn losses(proposal: &Value, part: &str) -> Vec<Loss> {
    let mut losses = Vec::new();
    let mut places = vec![part.to_owned()];
    while let Some(pointer) = places.pop() {
        match proposal.pointer(&pointer).unwrap() {
            Value::Object(members) => {
                let members = members.keys().filter(|name| *name != "$schema").map(|name| format!("{pointer}/{name}"));
                for pointer in members {
                    losses.push(Loss { pointer: pointer.clone(), becomes: None });
                    places.push(pointer);
                }
            }
            Value::Array(items) => places.extend((0..items.len()).map(|index| format!("{pointer}/{index}"))),
            Value::String(_) => losses.push(Loss { pointer, becomes: Some("tbd") }),
            _ => {}
        }
    }
    losses
}
