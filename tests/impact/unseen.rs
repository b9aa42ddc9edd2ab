//! Rules that differ, of which no proposal shows it.

use crate::desk::{CONFIG, Desk, NOW, rule};
use std::fmt::Write as _;

const NEVER: &str = "if len(p.title) > 1000 + params.most { deny(\"never\"); }";

fn unseen(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.trim().strip_prefix("unseen ")).map(str::trim).collect()
}

#[test]
fn what_can_take_most_away_stands_first_and_all_of_it_is_listed_for_who_asks() {
    let desk = Desk::new();
    let names = ["text", "params", "days", "level", "off", "gone"];
    for name in names {
        desk.write(&format!("policies/house/{name}.rhai"), rule("deny", 0, NEVER));
    }
    desk.commit("Before", NOW);
    desk.git(&["branch", "--force", "main", "work"]);
    std::fs::remove_file(desk.at("policies/house/gone.rhai")).unwrap();
    let mut config = CONFIG.to_owned();
    for (name, how) in [
        ("off", "off = { reason = \"we are in a hurry\" }"),
        ("level", "level = \"warn\""),
        ("days", "effective_on = 2027-01-01"),
        ("params", "params = { most = 1 }"),
    ] {
        let _ = write!(config, "[rules.\"house/{name}\"]\n{how}\n");
    }
    desk.write("changegate.toml", config);
    desk.write("policies/house/text.rhai", rule("deny", 0, &format!("{NEVER} // a remark\n")));
    for number in 0..30 {
        desk.write(&format!("policies/crowd/new-{number:02}.rhai"), rule("deny", 0, NEVER));
    }
    let (status, text) = desk.said(&["--base", "main", "--now", NOW]);
    assert_eq!(status, Some(0), "{text}");
    let ids = |rows: &[&str]| -> Vec<String> {
        rows.iter().map(|row| row.split(':').next().unwrap().trim_start_matches("house/").to_owned()).collect()
    };
    let rows = unseen(&text);
    assert_eq!(ids(&rows[..6]), ["gone", "off", "level", "days", "params", "text"]);
    assert_eq!(rows.len(), 20);
    assert!(text.contains("and 16 more, which -v lists"), "{text}");
    let (_, text) = desk.said(&["--base", "main", "--now", NOW, "-v"]);
    assert_eq!(unseen(&text).len(), 36, "{text}");
    let (_, text) = desk.said(&["--base", "main", "--now", NOW, "--format", "markdown"]);
    assert!(text.find("house/gone") < text.find("crowd/new-00") && text.contains("house/text"), "{text}");
}
