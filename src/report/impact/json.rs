//! An impact for programs: `changegate.impact/v1`.

use super::{ImpactOf, ImpactSide};
use crate::impact::{Besides, Example, Flip, Judged, OfRule, Parameter, Shift, Shifts};
use crate::report::inert;
use crate::report::json::shape::Fault;
use crate::verdict::Outcome;
use serde_json::{Value, json};
use std::io;

/// Whether a text begins as this does, in any version of it.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(b"{\n  \"schema\": \"changegate.impact/")
}

/// Writes it.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: &mut impl io::Write, of: &ImpactOf<'_>) -> io::Result<()> {
    // By which it is known again.
    write!(out, "{{\n  \"schema\": \"changegate.impact/v1\"")?;
    let faults: Vec<_> = of.faults.iter().map(Fault::of).collect();
    let members = [
        ("version", json!(env!("CARGO_PKG_VERSION"))),
        ("before", side(&of.before)),
        ("after", side(&of.after)),
        ("phase", json!(of.phase.map(|phase| phase.as_str()))),
        ("now", json!(of.now.to_string())),
        ("now_given", json!(of.now_given)),
        ("corpus", json!(if of.history { "history" } else { "tree" })),
        ("summary", summary(of)),
        ("rules", of.impact.rules.iter().map(|(rule, shifts)| rule_of(rule, shifts)).collect()),
        ("flips", of.impact.flips.iter().map(flip).collect()),
        ("differences", of.rules.iter().map(difference).collect()),
        ("besides", of.besides.iter().map(besides).collect()),
        ("faults", json!(faults)),
    ];
    for (name, value) in members {
        write!(out, ",\n  \"{name}\": ")?;
        inert::write(out, 1, &value)?;
    }
    out.write_all(b"\n}\n")?;
    out.flush()
}

fn side(side: &ImpactSide) -> Value {
    let configuration = side.configuration.as_ref();
    json!({
        "name": side.name,
        "commit": side.commit,
        "configuration": configuration.map(|one| json!({ "file": one.file, "digest": one.digest })),
        "builtin": side.policies.builtin,
        "policies": side.policies.folders,
        "rules": side.rules,
        "rules_digest": side.rules_digest,
    })
}

fn summary(of: &ImpactOf<'_>) -> Value {
    let impact = of.impact;
    let outcomes = [Outcome::Pass, Outcome::Blocked, Outcome::Undecided];
    let verdicts = outcomes.iter().flat_map(|&before| outcomes.map(|after| (before, after)));
    let verdicts = verdicts.map(|(before, after)| {
        json!({ "before": before.as_str(), "after": after.as_str(), "proposals": impact.came(before, after) })
    });
    json!({
        "outcome": of.outcome.as_str(),
        "proposals": impact.proposals,
        "decided": impact.decided,
        "flipped": impact.flipped(),
        "loosened": impact.flipped_to(Outcome::Pass),
        "tightened": impact.flipped_to(Outcome::Blocked),
        "undecided": impact.flipped_to(Outcome::Undecided),
        "otherwise": impact.otherwise,
        "flips_left_out": impact.flipped() - impact.flips.len(),
        "verdicts": verdicts.collect::<Vec<_>>(),
    })
}

fn rule_of(rule: &str, shifts: &Shifts) -> Value {
    json!({
        "rule": rule,
        "loosened": shift(&shifts.loosened),
        "lessened": shift(&shifts.lessened),
        "tightened": shift(&shifts.tightened),
        "failing": shift(&shifts.failing),
        "heavier": shifts.heavier,
        "milder": shifts.milder,
        "reworded": shifts.reworded,
    })
}

fn shift(shift: &Shift) -> Value {
    let example = |(judged, before, after, example): &(Judged, Outcome, Outcome, Example)| {
        let mut told = of_judged(judged, *before, *after);
        if let Value::Object(told) = &mut told {
            told.insert("place".to_owned(), json!(example.place));
            told.insert("message".to_owned(), json!(example.message));
            told.insert("help".to_owned(), json!(example.help));
        }
        told
    };
    let examples: Vec<_> = shift.examples.iter().map(example).collect();
    json!({ "proposals": shift.proposals, "flips": shift.flips, "examples": examples })
}

fn of_judged(judged: &Judged, before: Outcome, after: Outcome) -> Value {
    json!({
        "file": judged.file,
        "id": judged.id,
        "commit": judged.commit,
        "phase": judged.phase.as_str(),
        "before": before.as_str(),
        "after": after.as_str(),
    })
}

fn flip(flip: &Flip) -> Value {
    let mut told = of_judged(&flip.judged, flip.before, flip.after);
    told["rules"] = flip.rules.iter().map(|rule| Value::from(&**rule)).collect();
    told
}

fn difference(of: &OfRule) -> Value {
    let parameter = |one: &Parameter| {
        let value = |value: &Option<crate::policy::Param>| value.as_ref().map(crate::policy::Param::to_json);
        json!({ "name": one.name, "before": value(&one.before), "after": value(&one.after) })
    };
    json!({
        "rule": &*of.rule,
        "difference": of.how.as_str(),
        "text": of.text,
        "changes": of.changes,
        "parameters": of.parameters.iter().map(parameter).collect::<Vec<_>>(),
    })
}

fn besides(Besides { what, file, how }: &Besides) -> Value {
    json!({ "what": what, "file": file, "difference": how.as_str() })
}
