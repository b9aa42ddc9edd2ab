//! However much a rule does and however large a proposal is, what is kept of it is bounded, and limits end a rule where they end it otherwise.

use super::{folder, run, told};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The faults of a check, and those of a trace.
fn faults(folder: &Path) -> (Value, Value) {
    let rules = ["--policies", "policies", "--no-builtin", "check", "p.json", "--format", "json"];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_changegate"));
    let output = command.current_dir(folder).args(rules).args(["--now", "2026-11-20T10:00:00Z"]).output().unwrap();
    let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
    (checked["proposals"][0]["faults"].clone(), told(folder).1["faults"].clone())
}

#[test]
fn limits_end_a_traced_rule_in_the_same_place() {
    let bodies = [
        "fn check(p) {\n    let n = 0;\n    while true {\n        n += 1;\n        if n > 2 && p.title == () { deny(\"x\"); }\n    }\n}",
        "fn check(p) {\n    again(p, 1);\n}\nfn again(p, n) {\n    again(p, n + 1)\n}",
        "fn check(p) {\n    let text = \"x\";\n    loop { text += text; }\n}",
        "fn check(p) {\n    let list = [];\n    loop { list.push([1, 2, 3]); }\n}",
        "fn twice(n) {\n    if n == 0 { return 1; }\n    twice(n - 1) + twice(n - 1)\n}\nfn check(p) {\n    twice(30);\n}",
    ];
    for body in bodies {
        let (checked, traced) = faults(folder(body).path());
        assert_eq!(checked, traced, "{body}");
        assert_eq!(checked.as_array().map(Vec::len), Some(1), "{body}");
    }
}

#[test]
fn what_is_kept_of_long_lists_in_each_other_is_bounded() {
    let body = "fn check(p) {
    let found = 0;
    for one in p.system.components {
        for other in 0..15 {
            if some([1, 2, 3], |n| n > other && one.name == \"none\") { found += 1; }
        }
        if one.name == \"part-700\" { deny(\"this one\", one.name); }
    }
    let texts = p.system.components.map(|one| one.name + p.reason.purpose);
}";
    let folder = folder(body);
    let path = folder.path().join("p.json");
    let mut proposal: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let part = |number: usize| json!({ "name": format!("part-{number}"), "kind": "server", "version": "1.0.0" });
    proposal["system"]["components"] = (0..1000).map(part).collect();
    fs::write(&path, serde_json::to_vec(&proposal).unwrap()).unwrap();
    let output = run(folder.path(), &["a/rule", "p.json", "--format", "json"]);
    assert!(output.stdout.len() < 200_000, "{} bytes", output.stdout.len());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    // The turn in which something was said is kept, wherever it was.
    assert_eq!((output.status.code(), &told["faults"]), (Some(1), &json!([])));
    assert!(told["why"][0]["turn"].to_string().contains("one 701"), "{}", told["why"]);
}
