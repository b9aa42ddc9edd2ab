//! What the gate itself has to say of a proposal or of its own failure: wording beside the data.

use crate::document::Value;
use crate::facts::Phase;
use crate::finding::{Fault, Finding, Label, Level};
use crate::policy::{Part, Rule, RuleSet};
use crate::proposal::problem::nearest;

/// A proposal of a system that has no profile, where it needs one.
pub(super) fn unknown_system<'s>(id: Value<'_>, system: &str, known: impl Iterator<Item = &'s str>) -> Finding {
    let mut help = match nearest(system, known) {
        Some(near) => format!("did you mean `{near}`? "),
        None => String::new(),
    };
    help.push_str("a system is described once, in a profile of its own: `changegate init` shows how");
    let message = format!("there is no profile of the system `{}`", system.chars().take(40).collect::<String>());
    denial("proposal/unknown-system", id, message, "no profile has this name", help)
}

/// A proposal whose author says that it is not done.
pub(super) fn draft(flag: Value<'_>) -> Finding {
    let help = "when every value in it is yours and true, remove the line `\"draft\": true`";
    denial("proposal/draft", flag, "this proposal is a draft".to_owned(), "says so here", help.to_owned())
}

fn denial(code: &'static str, at: Value<'_>, message: String, label: &str, help: String) -> Finding {
    Finding {
        help: Some(help),
        pointer: at.pointer(),
        ..Finding::new(code, Level::Deny, message, Label::new(at.place(), label))
    }
}

/// A panic while a proposal was judged.
pub(super) fn panicked() -> Fault {
    Fault::new("internal/panic", "changegate failed on this proposal by a fault of its own")
        .help("please report it, with the proposal if you can")
}

/// A run in which no rule has a part.
pub(super) fn no_rule_applies(rules: &RuleSet, phase: Phase) -> Fault {
    let of_phase = |rule: &&Rule| rule.header.phases.contains(&phase) && matches!(rule.part, Part::Expired(_));
    let (expired, help) = match rules.rules.iter().filter(of_phase).count() {
        0 => ("", ""),
        1 => (": the one for it has expired", "set a later day in its `expires_on`, or "),
        _ => (": those for it have expired", "set later days in their `expires_on`, or "),
    };
    Fault::new("policy/no-rule-applied", format!("no rule applies in the phase {phase}{expired}")).help(format!(
        "{help}use the built-in rules, or a pack with rules for this phase; `changegate rules` lists them"
    ))
}
