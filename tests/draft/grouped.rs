//! A grouped update, as Dependabot and Renovate make them: one of the libraries makes a major step, one is new. What is drafted of it passes when it is
//! filled in.

use super::desk::{Desk, LOCK};
use serde_json::{Value, json};
use std::fs;

/// Takes the place of marks with what another proposal says there.
fn fill(draft: &mut Value, filled: &Value) {
    for (name, value) in filled.as_object().unwrap() {
        let there = &mut draft[name];
        let is_open = there.is_null() || there.to_string().contains("TODO:");
        match value {
            Value::Object(_) if there.is_object() => fill(there, value),
            _ if is_open => *there = value.clone(),
            _ => {}
        }
    }
    draft.as_object_mut().unwrap().retain(|_, value| !value.to_string().contains("TODO:"));
}

fn group() -> (Desk, Value) {
    let new = "\"node_modules/fresh\": { \"version\": \"1.0.0\", \"integrity\": \"sha512-DDDD\" },\n  \"node_modules/gone\": { \"version\": \"1.1.0\"";
    let replaced = [("1.3.0", "2.0.0"), ("\"node_modules/gone\": { \"version\": \"1.0.0\"", new)];
    let desk = Desk::changing(&replaced, "up");
    let (draft, _) = desk.draft(&[]);
    fs::remove_file(desk.at("d.json")).unwrap();
    (desk, draft)
}

/// What an author says of the group, with stages as the major step wants them.
fn filled(mut draft: Value) -> Value {
    let mut patch: Value = serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap();
    for field in ["component", "from", "to", "size"] {
        patch["change"].as_object_mut().unwrap().remove(field);
    }
    patch["testing"]["version"] = json!("2.0.0");
    patch["monitoring"]["duration"] = json!("P1D");
    patch["compatibility"]["mixed_versions"] =
        json!({ "mode": "supported", "supported_until": "2027-06-01T00:00:00+01:00" });
    let stage = |name: &str, share: u8| json!({ "name": name, "share": share, "proceed_when": "no error in an hour" });
    patch["change"]["rollout"] = json!({ "strategy": "staged", "stages": [stage("pilot", 10), stage("all", 100)] });
    for part in draft["change"]["components"].as_array_mut().unwrap() {
        part["component"] = json!("application");
        if part.get("required_steps").is_some() {
            part["required_steps"] = json!([]);
        }
    }
    draft["change"]["rollout"] = json!("TODO:");
    fill(&mut draft, &patch);
    draft.as_object_mut().unwrap().remove("draft");
    draft["submitted_at"] = patch["submitted_at"].clone();
    draft
}

/// The status of a run about the branch with a proposal in it, and what it finds.
fn judged(desk: &Desk, proposal: &Value) -> (Option<i32>, String) {
    desk.write("changes/group.json", &proposal.to_string());
    desk.commit("the proposal");
    let arguments = ["check", "--base", "main", "--now", "2026-11-24T12:00:00Z", "--format", "json"];
    let output = desk.run(&[&arguments[..], &["changes/group.json"]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["proposals"][0]["findings"].as_array().unwrap().iter();
    let told = findings.map(|finding| format!("{} {}\n", finding["rule"], finding["message"].as_str().unwrap()));
    (output.status.code(), told.collect())
}

#[test]
fn each_library_is_drafted_as_one() {
    let (_, draft) = group();
    let parts = draft["change"]["components"].as_array().unwrap();
    let packages: Vec<_> = parts.iter().map(|part| part["package_url"].as_str().unwrap()).collect();
    assert_eq!(packages, ["pkg:npm/fresh", "pkg:npm/gone", "pkg:npm/left-pad"]);
    for part in parts {
        assert_eq!(part["library"], true, "{part}");
        let is_major = part["size"] == "major";
        assert_eq!(part.get("required_steps").is_some(), is_major, "{part}");
    }
    // Each part says for itself from where to where it goes.
    for field in ["component", "from", "to", "size", "required_steps"] {
        assert_eq!(draft["change"].get(field), None, "{field}");
    }
}

#[test]
fn what_is_drafted_of_a_group_passes_when_it_is_filled() {
    let (desk, draft) = group();
    assert!(LOCK.contains("left-pad"));
    let proposal = filled(draft);
    let (status, told) = judged(&desk, &proposal);
    assert_eq!(status, Some(0), "{told}");
    assert!(!told.contains("changed/"), "{told}");
}

/// A library is no way around what is asked of a step.
#[test]
fn what_is_denied_of_a_component_is_denied_of_its_library() {
    let at = |pointer: &str, value: Value| {
        let (desk, draft) = group();
        let mut proposal = filled(draft);
        match value {
            Value::Null => drop(proposal["change"]["components"][2].as_object_mut().unwrap().remove(pointer)),
            value => proposal["change"]["components"][2][pointer] = value,
        }
        let (status, told) = judged(&desk, &proposal);
        assert_eq!(status, Some(1), "{told}");
        told
    };
    let told = at("size", json!("patch"));
    assert!(told.contains("the step from `1.3.0` to `2.0.0` is major, and `patch` is stated"), "{told}");
    let told = at("from", json!("2.1.0"));
    assert!(told.contains("`2.0.0` comes before `2.1.0`"), "{told}");
    let told = at("package_url", json!("pkg:npm/left-pad-2"));
    assert!(told.contains("is said to be a library of `application`, and no lockfile or manifest pins it"), "{told}");
    let told = at("library", json!(false));
    assert!(told.contains("the change starts from `1.3.0`, and by the profile `application` runs `2.31.0`"), "{told}");
    let told = at("package_url", Value::Null);
    assert!(told.contains("nothing says which package it is"), "{told}");
}
