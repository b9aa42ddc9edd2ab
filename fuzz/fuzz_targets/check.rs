//! Any bytes as a proposal, judged by the built-in rules as of one time, and told in both formats.
#![no_main]

use changegate::config::Config;
use changegate::document::Limits;
use changegate::facts::Phase;
use changegate::gate::Gate;
use changegate::policy::{RuleSet, builtin};
use changegate::profiles::Profiles;
use changegate::report::{Human, Json, Options, Report};
use changegate::files::Files;
use changegate::verdict::{OfRun, Outcome, Tally, Terms};
use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::LazyLock;

static GATES: LazyLock<Vec<(Gate, Terms)>> = LazyLock::new(|| Phase::ALL.into_iter().filter_map(gate).collect());

/// The gate of a phase; none where the pack has no rule for it.
fn gate(phase: Phase) -> Option<(Gate, Terms)> {
    let rules = RuleSet::load(&[builtin()], &[], phase).unwrap_or_else(|faults| panic!("{faults:?}"));
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../examples"));
    let profiles =
        Profiles::of(&std::sync::Arc::new(Files::folder(root)), Path::new("systems"), false, Limits::default())
            .unwrap_or_else(|fault| panic!("{fault:?}"));
    let now = "2026-11-21T12:00:00Z".parse().expect("a time");
    let gate = Gate::new(rules, profiles, &Config::none(), phase, Some(now), now).ok()?;
    let terms = gate.terms();
    Some((gate, terms))
}

fuzz_target!(|bytes: &[u8]| {
    for (gate, terms) in &*GATES {
        let judgement = gate.judge("a.json", bytes.to_vec());
        assert!(judgement.faults.is_empty(), "a proposal made a rule fail: {:?}", judgement.faults);
        let mut tally = Tally::default();
        tally.add(&judgement);
        let mut told = Vec::new();
        let mut human = Human::new(&mut told, Options::default());
        human
            .begin(terms)
            .and_then(|()| human.judgement(&judgement))
            .and_then(|()| human.end(&OfRun::default(), &tally))
            .expect("a vector");
        drop(human);
        assert!(
            !told.iter().any(|&byte| byte < b' ' && byte != b'\n' || byte == 0x7f),
            "{}",
            String::from_utf8_lossy(&told)
        );
        let mut json = Json::new(Vec::new());
        json.begin(terms)
            .and_then(|()| json.judgement(&judgement))
            .and_then(|()| json.end(&OfRun::default(), &tally))
            .expect("a vector");
        assert_ne!(judgement.outcome(), Outcome::Undecided);
    }
});
