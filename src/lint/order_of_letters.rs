//! Texts that are put in order by their letters.

use super::subject::{Answer, Found, Subject};
use crate::policy::Clash;

pub fn find(subject: &Subject<'_>) -> Answer {
    let found = subject.kinds.clashes.iter().filter_map(|clash| {
        let Clash::Letters { at, words } = *clash else { return None };
        let (message, help) = if words {
            ("it puts words in the order of the alphabet, in which `critical` comes before `low`", "ask for the words that are meant: `word in [\"high\", \"critical\"]`; severities are compared by `severity_below`")
        } else {
            ("it puts texts in the order of their letters, in which `10` comes before `9`", "compare versions by `version_before`, and times as they are: `p.window.start < now`")
        };
        Some(Found::new(subject.span(at), message, "compared here", help))
    });
    Ok(found.collect())
}
