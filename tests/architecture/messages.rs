//! What rules say, as their cases show it.

use std::fmt::Write;
use std::fs;

/// Nobody reads `-9 h after` as nine hours before.
#[test]
fn no_message_tells_a_negative_length() {
    let mut wrong = String::new();
    for family in fs::read_dir("policies").unwrap().map(|family| family.unwrap().path()).filter(|path| path.is_dir()) {
        for file in fs::read_dir(&family).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|extension| extension == "json") {
                let text = fs::read_to_string(&file).unwrap();
                for line in text.lines().filter(|line| line.contains("\"message\"") && tells_negative_length(line)) {
                    writeln!(wrong, "{}: {}", file.display(), line.trim()).unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn negative_lengths_are_seen() {
    assert!(tells_negative_length("ended at 20:00, -9 h after its window"));
    assert!(tells_negative_length("it is -6 days 23 h"));
    assert!(!tells_negative_length("after 2026-12-06 01:00 it is 6 days"));
    assert!(!tells_negative_length("for 5-10 min"));
    assert!(!tells_negative_length("by -9 hairs"));
}

fn tells_negative_length(text: &str) -> bool {
    text.match_indices(" -").any(|(at, _)| {
        let rest = text[at + 2..].trim_start_matches(|c: char| c.is_ascii_digit());
        let number = rest.len() < text.len() - at - 2;
        let unit = rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
        number && matches!(unit, Some("s" | "min" | "h" | "day" | "days"))
    })
}
