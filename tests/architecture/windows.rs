//! Which windows a rule goes by.

use std::fmt::Write;
use std::fs;

/// Rules that go by the first window alone, each with the reason. All others ask `work_windows()`, or `last_window()` for what has to
/// hold until the work is done: stages begin in later windows, and what a rule says of the first has to hold in those, too.
const FIRST_ALONE: &[(&str, &str)] = &[
    (
        "backup/retention-outlives",
        "the final backup is made as early as the first window begins; until when it asks of the last",
    ),
    (
        "communication/before",
        "a group is told everything before the first window; before the later ones it asks `untold_window`",
    ),
    ("communication/customers", "as communication/before"),
    ("communication/logins-clients", "what is told before the first window is told before all"),
    ("compatibility/pilot-when-unsure", "the pilot ends before anything is changed"),
    (
        "fast-track/after-review",
        "haste is measured to the first change, and afterwards the record says when the upgrade ended",
    ),
    ("fast-track/eligible", "haste is measured to the first change"),
    ("fast-track/not-abused", "a fast track counts from when it begins"),
    ("fleet/in-order", "it may begin once the other one is over"),
    ("freeze/declared", "the freeze begins before anything is changed; until when it asks of the last window"),
    (
        "freeze/respected",
        "nobody knows when one began that tells of its end alone, and it is taken to have begun with the first window",
    ),
    (
        "impact/downtime-estimated",
        "the service is away for the upgrade, which window/fits-rollback holds against each window",
    ),
    ("migration/cutover", "no step that can't be taken back comes before anything is changed"),
    ("migration/hardware-ready", "hardware is trusted before anything is changed"),
    ("monitoring/baseline", "what is normal was measured before anything is changed"),
    ("reason/optional-waits", "the tests end before a window is asked for"),
    ("reason/urgency-justified", "haste is measured to the first change"),
    (
        "window/decision-time",
        "the decision is a time in the first window; the later ones it holds against what is left after it",
    ),
    ("window/defined", "it is about what the first window states"),
    ("window/holds-stages", "it says which stages begin in the first window and which in a later one"),
    ("window/lead-time", "whoever decides has time until anything is changed"),
    ("window/not-past", "it is the first window that is said to have closed, unless a later one is open or was kept"),
    ("window/written-in-zone", "each time is named as it stands; the later windows have theirs"),
];

#[test]
fn rules_go_by_all_windows_in_which_is_worked() {
    let mut wrong = String::new();
    let mut found = Vec::new();
    for (rule, text) in rules() {
        if reads_first(&text) {
            if !FIRST_ALONE.iter().any(|(known, _)| *known == rule) {
                writeln!(wrong, "{rule} reads `start` or `end` of `p.window`: ask `work_windows()` or `last_window()`")
                    .unwrap();
            }
            found.push(rule);
        }
    }
    for (known, _) in FIRST_ALONE {
        if !found.iter().any(|rule| rule == known) {
            writeln!(wrong, "{known} reads neither `start` nor `end` of `p.window` any more: take it off FIRST_ALONE")
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_read_of_the_first_window_is_seen() {
    assert!(reads_first("let begins = p.window.start;"));
    assert!(reads_first("let w = p.window;\nif w.end == () { return; }"));
    assert!(reads_first("let all = absent(p.window, [\"start\"]);\nlet window = p.window; let end = window[name];"));
    assert!(!reads_first("let window = p.window;\nlet zone = window.zone;"));
    assert!(!reads_first("let window = last_window();\nlet end = window.end;"));
    assert!(!reads_first("// p.window.end is for others\nlet zone = p.window.zone;"));
    assert!(!reads_first("let window = p.window;\nfor one in work_windows() { one.end; }"));
}

/// The rules of the pack, by their names.
fn rules() -> Vec<(String, String)> {
    let mut rules = Vec::new();
    for family in fs::read_dir("policies").unwrap().map(|family| family.unwrap().path()).filter(|path| path.is_dir()) {
        for file in fs::read_dir(&family).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "rhai") {
                let name = file.with_extension("").strip_prefix("policies").unwrap().to_str().unwrap().to_owned();
                rules.push((name, fs::read_to_string(&file).unwrap()));
            }
        }
    }
    assert!(rules.len() > 100, "the rules were not found: {}", rules.len());
    rules
}

/// Whether a rule reads one of the two times of `p.window`, directly or by a variable that holds it.
fn reads_first(text: &str) -> bool {
    let code: String = text.lines().filter(|line| !is_prose(line)).flat_map(|line| [line, "\n"]).collect();
    let mut names = vec!["p.window".to_owned()];
    names.extend(code.lines().filter_map(|line| {
        let (name, rest) = line.trim().strip_prefix("let ")?.split_once(" = ")?;
        rest.starts_with("p.window;").then(|| name.to_owned())
    }));
    names.iter().any(|name| {
        code.match_indices(name.as_str()).any(|(at, _)| {
            let whole = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == '`');
            let after = &code[at + name.len()..];
            let time = [".start", ".end"].iter().any(|field| {
                after
                    .strip_prefix(field)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            });
            whole && (time || after.starts_with('['))
        })
    })
}

/// What is written for readers: comments and what the header and helps say.
fn is_prose(line: &str) -> bool {
    let line = line.trim();
    ["//", "help:", "why:", "title:", "example:", ".help("].iter().any(|start| line.starts_with(start))
}
