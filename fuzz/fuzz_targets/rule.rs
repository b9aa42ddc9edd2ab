//! Any text as a rule: it is refused, or it runs over a proposal and comes to an end. What it says of the proposal is not asked;
//! that nothing breaks off is.
#![no_main]

use changegate::config::Config;
use changegate::facts::Phase;
use changegate::gate::Gate;
use changegate::policy::{Pack, RuleSet};
use changegate::profiles::Profiles;
use changegate::source::Source;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

const HEADER: &str = r#"const RULE = #{ title: "t", why: "w", help: "h", phases: ["plan"], level: "deny", params: #{ days: 3, names: ["a"] } };"#;
const PROPOSAL: &str = include_str!("../corpus/check/payments-db.json");

fuzz_target!(|body: &str| {
    let source = Source::new("a.rhai", format!("{HEADER}\n{body}"));
    let pack = Pack { rules: vec![(Arc::from("a"), Arc::new(source))], ..Pack::default() };
    let Ok(rules) = RuleSet::load(&[pack], &[], Phase::Plan) else { return };
    let now = "2026-11-21T12:00:00Z".parse().expect("a time");
    let Ok(gate) = Gate::new(rules, Profiles::none(), &Config::none(), Phase::Plan, Some(now), now) else { return };
    let judgement = gate.judge("a.json", PROPOSAL.as_bytes().to_vec());
    assert!(judgement.faults.iter().all(|fault| !fault.code.starts_with("internal/")), "{:?}", judgement.faults);
});
