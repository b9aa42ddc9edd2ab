//! Rows 12 to 14: which rules are loaded, and that none of them is dropped.

use super::{HEADER, Room, rule, valid};

#[test]
fn row_12_rules_that_can_not_be_loaded() {
    let check = "fn check(p) { }";
    for (text, code) in [
        (format!("{HEADER} fn check(p) {{"), "policy/syntax"),
        (format!("{HEADER} {check} {check}"), "policy/syntax"),
        (format!("{HEADER} fn check(p) {{ fn inner() {{ }} }}"), "policy/syntax"),
        (HEADER.to_owned(), "policy/no-check"),
        (format!("{HEADER} fn check() {{ }}"), "policy/no-check"),
        (format!("{HEADER} fn check(p, q) {{ }}"), "policy/no-check"),
        (format!("{HEADER} fn Check(p) {{ }}"), "policy/no-check"),
        (format!("{HEADER} let check = |p| 1;"), "policy/header"),
        (format!("{HEADER} deny(\"top\"); {check}"), "policy/header"),
        (format!("{HEADER} loop {{ }} {check}"), "policy/header"),
        (format!("{HEADER} const LIMIT = 3; {check}"), "policy/header"),
        (check.to_owned(), "policy/header"),
        (format!("{check} {HEADER}"), "policy/header"),
        (format!("const RULE = 1; {check}"), "policy/header"),
        (format!("const RULE = #{{ }}; {check}"), "policy/header"),
        (format!("let RULE = #{{ }}; {check}"), "policy/header"),
        (String::new(), "policy/header"),
        // Rhai ends a comment there, and no editor does.
        (format!("{HEADER} // nothing\r fn check(p) {{ }}"), "policy/line-end"),
        (format!("{HEADER} {check}\r"), "policy/line-end"),
    ] {
        let told = Room::of_rule(&text).check(&["p.json"]).is(2, &[code]);
        assert!(told.report["proposals"].as_array().unwrap().is_empty(), "judged all the same: {text}");
    }
}

#[test]
fn row_12_headers_of_the_wrong_shape() {
    for (right, wrong) in [
        ("title: \"t\"", "title: 1"),
        ("title: \"t\"", "title: \"\""),
        ("title: \"t\"", "title: \"  \""),
        ("title: \"t\", ", ""),
        ("title: \"t\"", "titel: \"t\""),
        ("title: \"t\"", "title: \"t\", title: \"u\""),
        ("title: \"t\"", "title: `${1}`"),
        ("title: \"t\"", "title: lower(\"T\")"),
        ("title: \"t\"", "title: \"t\" + \"u\""),
        ("why: \"w\"", "why: []"),
        ("why: \"w\", ", ""),
        ("help: \"h\"", "help: true"),
        ("help: \"h\", ", ""),
        ("phases: [\"plan\"]", "phases: \"plan\""),
        ("phases: [\"plan\"]", "phases: []"),
        ("phases: [\"plan\"]", "phases: [\"paln\"]"),
        ("phases: [\"plan\"]", "phases: [\"plan\", \"plan\"]"),
        ("phases: [\"plan\"]", "phases: [\"close\", \"plan\"]"),
        ("phases: [\"plan\"]", "phases: [1]"),
        ("phases: [\"plan\"], ", ""),
        ("level: \"deny\"", "level: \"error\""),
        ("level: \"deny\"", "level: 1"),
        (", level: \"deny\"", ""),
        ("level: \"deny\"", "level: \"deny\", params: []"),
        ("level: \"deny\"", "level: \"deny\", params: #{ a: #{ b: 1 } }"),
        ("level: \"deny\"", "level: \"deny\", params: #{ a: () }"),
        ("level: \"deny\"", "level: \"deny\", controls: \"x\""),
        ("level: \"deny\"", "level: \"deny\", controls: [1]"),
        ("level: \"deny\"", "level: \"deny\", example: 1"),
        ("level: \"deny\"", "level: \"deny\", disabled: true"),
    ] {
        assert!(HEADER.contains(right), "{right}");
        let text = rule("").replace(right, wrong);
        let told = Room::of_rule(&text).check(&["p.json"]);
        assert_eq!(told.status, Some(2), "{wrong}: {:#}", told.report);
        assert_eq!(told.causes().into_iter().collect::<Vec<_>>(), ["policy/header"], "{wrong}");
    }
}

/// All that is wrong with a pack is told, and nothing is judged.
#[test]
fn row_12_one_bad_rule_stops_all() {
    let room = Room::of_rule(rule(""))
        .with("rules/a.rhai", "fn")
        .with("rules/b.rhai", rule("p.titel"))
        .with("rules/c.rhai", HEADER);
    room.check(&["p.json"]).is(2, &["policy/header", "policy/no-check", "policy/unknown-field"]);
}

#[test]
fn row_12_two_files_with_one_id() {
    let room = Room::of_rule(rule("")).with("more/quiet.rhai", rule("deny(\"no\");"));
    let told = room.check(&["p.json", "--policies", "more"]).is(2, &["policy/duplicate-id"]);
    assert!(told.text().contains("more/quiet.rhai") && told.text().contains("rules/quiet.rhai"));
    // A folder that is named twice is one.
    let told = Room::of_rule(rule("")).check(&["p.json", "--policies", "./rules"]).is(0, &[]);
    assert_eq!(told.text().matches("./rules").count(), 0, "{}", told.text());
}

#[test]
fn row_12_folders_of_rules() {
    let room = Room::of_rule(rule("")).with("notes/readme.txt", "x");
    room.check(&["p.json", "--policies", "notes"]).is(2, &["policy/empty-pack"]);
    room.check(&["p.json", "--policies", "nowhere"]).is(2, &["policy/unreadable"]);
    Room::of_rule(rule("")).with("rules/No Id.rhai", rule("")).check(&["p.json"]).is(2, &["policy/bad-id"]);
    // One that speaks in the name of the gate: a waiver of it would seem to be one of what can't be waived.
    for code in ["proposal/draft", "trust/changed", "check/unproposed"] {
        let rules = Room::of_rule(rule("")).with(&format!("rules/{code}.rhai"), rule(""));
        rules.check(&["p.json"]).is(2, &["policy/bad-id"]);
    }
    Room::of_rule(rule("")).with("rules/latin.rhai", b"\xff").check(&["p.json"]).is(2, &["policy/unreadable"]);
}

#[test]
fn row_13_no_rule_for_the_phase() {
    let room = Room::of_rule(rule(""));
    room.check(&["p.json", "--phase", "deploy"]).is(2, &["policy/no-rule-applied"]);
    let off = "[rules.quiet]\noff = { reason = \"it says nothing that we do not know\" }\n";
    Room::of_rule(rule("")).with("changegate.toml", off).check(&["p.json"]).is(2, &["policy/no-rule-applied"]);
    // No pack at all.
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(["check", "--no-builtin", "p.json"])
        .current_dir(room.at(""))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

/// Faults of an optimiser can't matter: there is none, and statements that one might drop are run.
#[test]
fn row_14_nothing_is_optimised_away() {
    for body in [
        "if true { deny(\"no\"); }",
        "if 1 == 1 { deny(\"no\"); } else { }",
        "while true { deny(\"no\"); break; }",
        "{ deny(\"no\"); }",
        "let x = 1; x = 2; if x == 2 { deny(\"no\") }",
        "if false || true && !false { deny(\"no\"); 1 } else { 2 };",
        "let unused = if true { deny(\"no\") };",
    ] {
        Room::of_rule(rule(body)).check(&["p.json"]).is(1, &["quiet"]);
    }
    let sandbox = std::fs::read_to_string("src/policy/script/parser.rs").unwrap();
    assert!(sandbox.contains("set_optimization_level(OptimizationLevel::None)"));
    let lock = std::fs::read_to_string("Cargo.lock").unwrap();
    let version = lock.split("name = \"rhai\"\nversion = \"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(version, "1.27.0", "another version may parse otherwise: read its changes first");
    let pinned = std::fs::read_to_string("Cargo.toml").unwrap();
    assert_eq!(pinned.matches("rhai = { version = \"=1.27.0\"").count(), 2, "of the program and of its build");
}

/// The built-in rules are loaded without some checks, as this holds.
#[test]
fn the_built_in_rules_stand_the_checks_of_any_other() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(["rules", "--no-builtin", "--policies", "policies"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_valid_proposal_passes_a_rule_that_says_nothing() {
    Room::of_rule(rule("")).with("p.json", valid().to_string()).check(&["p.json"]).is(0, &[]);
}
