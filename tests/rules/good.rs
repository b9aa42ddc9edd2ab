//! Good proposals, which pass in silence, with what they are judged by: the ground of all that is changed in them.

use changegate::config::Config;
use changegate::document::Limits;
use changegate::facts::Phase;
use changegate::files::Files;
use changegate::gate::Gate;
use changegate::policy::{RuleSet, builtin};
use changegate::profiles::Profiles;
use changegate::verdict::Judgement;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::Arc;

pub const NOW: &str = "2026-11-21T12:00:00Z";
const CLOSED: &str = "2027-01-08T09:00:00Z";
pub const SYSTEMS: &str = "examples/systems";
const SYSTEMS_AFTERWARDS: &str = "examples/life/systems";
const SILENT: &str = "tests/data/silent/systems";

/// One that is held to every word of it: each place of it has to be noticed, and not only one of those of its path.
const EXACT: bool = true;

/// The proposal, its phase, the time of the judgement, the profiles, the part of it that is judged in that phase for the first time,
/// and whether it is exact. What is of a small system has to show little, and stands beside what is of a critical one.
const GOOD: &[Row] = &[
    ("examples/payments-db.json", Phase::Plan, NOW, SYSTEMS, "", EXACT),
    ("examples/life/2-deploy.json", Phase::Deploy, "2026-12-06T00:40:00Z", SYSTEMS, "/deploy", EXACT),
    ("examples/life/3-close.json", Phase::Close, CLOSED, SYSTEMS_AFTERWARDS, "/record", EXACT),
    ("examples/migrations/software.json", Phase::Plan, NOW, SYSTEMS, "", false),
    ("examples/migrations/hardware.json", Phase::Plan, NOW, SYSTEMS, "", false),
    ("examples/migrations/data.json", Phase::Plan, NOW, SYSTEMS, "", false),
    ("examples/migrations/cloud.json", Phase::Plan, NOW, SYSTEMS, "", false),
    ("examples/migrations/platform.json", Phase::Plan, NOW, SYSTEMS, "", false),
    ("examples/fast-track.json", Phase::Plan, NOW, SYSTEMS, "", false),
    ("tests/data/silent/mobile-client.json", Phase::Plan, NOW, SILENT, "", false),
    ("tests/data/silent/certificate-rotation.json", Phase::Plan, NOW, SILENT, "", false),
    ("tests/data/silent/library-bump.json", Phase::Plan, NOW, SILENT, "", false),
    ("examples/closed-patch.json", Phase::Close, "2026-11-27T11:00:00Z", SYSTEMS_AFTERWARDS, "/record", false),
    ("examples/routine-patch.json", Phase::Plan, NOW, SYSTEMS, "", false),
];

type Row = (&'static str, Phase, &'static str, &'static str, &'static str, bool);

pub struct Good {
    pub file: &'static str,
    pub phase: Phase,
    pub exact: bool,
    /// The folder of its profiles.
    pub systems: &'static str,
    /// A pointer to the part of it that the phase is about.
    pub part: &'static str,
    pub proposal: Value,
    gate: Gate,
}

impl Good {
    pub fn judge(&self, proposal: &Value) -> Judgement {
        self.gate.judge("proposal.json", proposal.to_string().into_bytes())
    }
}

pub fn all() -> Vec<Good> {
    let read = |&(file, phase, now, systems, part, exact): &Row| {
        let proposal = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        let good = Good { file, phase, exact, systems, part, proposal, gate: gate(phase, now, systems) };
        let judgement = good.judge(&good.proposal);
        assert!(
            judgement.findings.is_empty() && judgement.faults.is_empty(),
            "{file} passes in silence: {judgement:#?}"
        );
        good
    };
    GOOD.iter().map(read).collect()
}

pub fn gate(phase: Phase, now: &str, systems: &str) -> Gate {
    gate_of(phase, now, Path::new(""), Path::new(systems))
}

/// A gate whose profiles are in another folder.
pub fn gate_of(phase: Phase, now: &str, folder: &Path, systems: &Path) -> Gate {
    let rules = RuleSet::load(&[builtin()], &[], phase).unwrap_or_else(|faults| panic!("{faults:?}"));
    let profiles = Profiles::of(&Arc::new(Files::folder(folder)), systems, false, Limits::default());
    let now = now.parse().unwrap();
    let profiles = profiles.unwrap_or_else(|fault| panic!("{fault:?}"));
    Gate::new(rules, profiles, &Config::none(), phase, Some(now), now).unwrap_or_else(|fault| panic!("{fault:?}"))
}
