//! Reports above the level of the rule, which fail it.

use super::subject::{Answer, Found, Subject};
use crate::finding::Level;

pub fn find(subject: &Subject<'_>) -> Answer {
    let level = subject.rule.header.level;
    let above: &[&str] = match level {
        Level::Deny => &[],
        // `deny_when` warns where its condition does not hold.
        Level::Warn => &["deny"],
        Level::Info => &["deny", "warn", "deny_when"],
    };
    let called = subject.running().filter_map(|at| Some((at, subject.call(at)?.0)));
    let found = called.filter(|(_, name)| above.contains(name)).map(|(at, name)| {
        let message = format!("it reports with `{name}`, and the level of the rule is `{level}`, which fails it");
        let help = format!("report with `{level}(…)`, or raise `level` in the header");
        Found::new(subject.word(at), message, "above the level", help)
    });
    Ok(found.collect())
}
