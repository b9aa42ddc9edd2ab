//! Checks that can't say what they are there for.

use super::subject::{Answer, Found, Subject};
use crate::finding::Level;

pub fn find(subject: &Subject<'_>) -> Answer {
    let called: Vec<_> = subject.running().filter_map(|at| subject.call(at)).map(|(name, _)| name).collect();
    let calls = |names: &[&str]| called.iter().any(|name| names.contains(name));
    let level = subject.rule.header.level;
    let found = if !calls(&["deny", "deny_when", "warn", "info", "owe"]) {
        let help = "report what is wrong: `if p.ticket == () { deny(\"no ticket is named\"); }`; what `check` gives is not looked at";
        Found::new(subject.check(), "nothing is ever reported, so every proposal passes", "says nothing", help)
    } else {
        let says = match level {
            Level::Deny => calls(&["deny", "deny_when"]),
            // A denial is above it, which is told by itself.
            Level::Warn => calls(&["warn", "deny_when", "deny"]),
            Level::Info => return Ok(Vec::new()),
        };
        // What is owed is asked for at the close, by another rule.
        if says || !calls(&["warn", "info"]) {
            return Ok(Vec::new());
        }
        let span = subject.said("level").map_or_else(|| subject.check(), |entry| entry.value.span);
        let message = format!("the level is `{level}`, and nothing in the check reports at it");
        let less = if calls(&["warn"]) { "warn" } else { "info" };
        let help = format!("report with `{level}(…)` what it is there for, or write `level: \"{less}\"`");
        Found::new(span, message, "never reported", help)
    };
    Ok(vec![found])
}
