//! What this repository is gated by itself, in upgrades/: its configuration, its profile and a proposal of its own. GitHub alone is not asked.

use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;

const PROPOSAL: &str = "upgrades/arc-swap-1.9.5.json";

/// This repository before the update of the proposal, and a branch.
fn repository() -> Desk {
    let desk = Desk::in_git();
    let of_here = |path: &str| fs::read_to_string(path).unwrap();
    let gate = of_here("upgrades/gate.toml").replace("github = \"required\"", "github = \"off\"");
    assert!(gate.contains("github = \"off\""));
    desk.write("upgrades/gate.toml", gate);
    for path in ["upgrades/systems/changegate.json", "Cargo.toml", ".github/workflows/gate.yml", "action/judge.sh"] {
        desk.write(path, of_here(path));
    }
    desk.write("Cargo.lock", before(&of_here("Cargo.lock")));
    desk.commit("base", "2026-11-22T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk
}

/// A lockfile as it was before the update, whatever it has come to since.
fn before(lock: &str) -> String {
    at(lock, "1.9.3", "380962b3d93b99642e50b9febf72c071e97e8b32d86eae9cf4ef582bb960ae6e")
}

fn after(lock: &str) -> String {
    at(lock, "1.9.5", "84a22b5d51209f6de83d37a0b33d320acb8da88823e42a94c075140708f032a5")
}

fn at(lock: &str, version: &str, checksum: &str) -> String {
    let start = lock.find("name = \"arc-swap\"").expect("a dependency of this repository");
    let end = start + lock[start..].find("dependencies = ").expect("it has dependencies");
    let entry = format!(
        "name = \"arc-swap\"\nversion = \"{version}\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"{checksum}\"\n"
    );
    format!("{}{entry}{}", &lock[..start], &lock[end..])
}

/// The proposal as it was when it was asked for, and approved.
fn proposed() -> String {
    let mut proposal: Value = serde_json::from_str(&fs::read_to_string(PROPOSAL).unwrap()).unwrap();
    proposal.as_object_mut().unwrap().remove("record");
    proposal["approvals"] = json!([{ "by": "@ada", "role": "owner", "at": "2026-11-22T14:50:00Z" }]);
    proposal.to_string()
}

fn judged(desk: &Desk) -> Told {
    desk.commit("a change", "2026-11-22T14:00:00Z");
    desk.check_configured(&["--base", "main", "--config", "upgrades/gate.toml", "--now", "2026-11-22T15:00:00Z"])
}

fn lock(desk: &Desk) -> String {
    fs::read_to_string(desk.at("Cargo.lock")).unwrap()
}

#[test]
fn an_update_with_its_proposal_passes() {
    let desk = repository();
    desk.write("Cargo.lock", after(&lock(&desk)));
    desk.write(PROPOSAL, proposed());
    judged(&desk).is(0, &[]);
}

#[test]
fn an_update_without_one_is_blocked() {
    let desk = repository();
    desk.write("Cargo.lock", after(&lock(&desk)));
    judged(&desk).is(1, &["check/unproposed"]);
    // What is done speaks for no other update.
    let desk = repository().with(PROPOSAL, fs::read_to_string(PROPOSAL).unwrap());
    desk.commit("a proposal that is done", "2026-11-22T13:00:00Z");
    desk.git(&["branch", "--force", "main"]);
    desk.write("Cargo.lock", after(&lock(&desk)));
    judged(&desk).is(1, &["check/unproposed"]);
}

#[test]
fn what_releases_are_built_with_needs_a_proposal() {
    let desk = repository();
    let tools = "release/requirements.txt";
    desk.write(tools, fs::read_to_string(tools).unwrap().replace("maturin==1.16.0", "maturin==1.15.0"));
    desk.commit("tools", "2026-11-22T13:00:00Z");
    desk.git(&["branch", "--force", "main"]);
    desk.write(tools, fs::read_to_string(tools).unwrap());
    judged(&desk).is(1, &["check/unproposed"]);
}

#[test]
fn a_pin_of_a_workflow_needs_a_proposal_and_its_owner() {
    let desk = repository();
    let workflow = fs::read_to_string(desk.at(".github/workflows/gate.yml")).unwrap();
    let moved = workflow.replace(
        "08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
        "11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    );
    assert_ne!(moved, workflow);
    desk.write(".github/workflows/gate.yml", moved);
    judged(&desk).is(1, &["check/unproposed", "trust/changed"]);
}

#[test]
fn what_pins_nothing_needs_none() {
    let desk = repository();
    desk.write("action/judge.sh", fs::read_to_string("action/judge.sh").unwrap() + "# A comment.\n");
    desk.write("upgrades/README.md", "a");
    judged(&desk).is(0, &[]);
    // A comment in a workflow is one of what runs the gate.
    let workflow = fs::read_to_string(desk.at(".github/workflows/gate.yml")).unwrap();
    desk.write(".github/workflows/gate.yml", workflow + "# A comment.\n");
    judged(&desk).is(1, &["trust/changed"]);
}

/// The proposal that stands here is done, and in nobody's way.
#[test]
fn a_proposal_that_is_done_stays() {
    let proposal = fs::read_to_string(PROPOSAL).unwrap();
    let desk = repository().with(PROPOSAL, proposal);
    desk.commit("a proposal that is done", "2026-11-22T13:00:00Z");
    desk.git(&["branch", "--force", "main"]);
    desk.write("README.md", "a");
    let told = judged(&desk).is(0, &[]);
    assert_eq!(told.report["summary"]["closed"], 1);
}
