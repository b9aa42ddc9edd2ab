//! Who owns what a change touches, by CODEOWNERS of the base.

use super::desk::Told;
use super::hub::Hub;
use super::server::Answer;
use super::world::{World, review, user};
use serde_json::json;

const PROFILE: &str = "systems/wiki.json";

fn profile() -> String {
    std::fs::read_to_string("examples/systems/wiki.json").unwrap()
}

/// A change that touches the profile, where the base has this CODEOWNERS.
fn touching(codeowners: Option<&str>, world: impl FnOnce(World) -> World) -> Hub {
    let base: Vec<_> = codeowners.map(|text| (".github/CODEOWNERS", text)).into_iter().collect();
    Hub::new("", &base, &[(PROFILE, &format!("{}\n", profile()))]).with(world)
}

fn finding(told: &Told) -> (&str, &str) {
    let finding = &told.report["findings"][0];
    (finding["level"].as_str().unwrap(), finding["message"].as_str().unwrap())
}

const CHANGED: &str =
    "`systems/wiki.json` is a system profile by which changes are judged, and this change modifies it";

#[test]
fn what_its_owner_has_approved_no_longer_blocks() {
    let told = touching(Some("* @cy\n/systems/ @Ada\n"), |world| world).check(&[]).is(0, &[]);
    assert_eq!(finding(&told), ("info", &*format!("{CHANGED}, which `@ada` approved as its owner")));
    let member = |world: World| {
        world.always("/orgs/acme/teams/dba/memberships/ada", Answer::json(&json!({ "state": "active" })))
    };
    touching(Some("/systems/ @acme/dba\n"), member).check(&[]).is(0, &[]);
}

/// Also of Dependabot, which has no other way to move an action on.
#[test]
fn a_workflow_that_its_owner_has_approved_no_longer_blocks() {
    let runs = |command: &str| format!("jobs:\n  a:\n    steps:\n      - run: {command}\n");
    let run = |codeowners: &str| {
        let base = [("CODEOWNERS", codeowners), (".github/workflows/ci.yml", &runs("make"))];
        Hub::new("", &base, &[(".github/workflows/ci.yml", &runs("make all"))]).with(|world| world).check(&[])
    };
    let approved = run("/.github/ @ada\n");
    assert_eq!(approved.report["findings"][0]["level"], "info");
    run("/.github/ @cy\n").is(1, &["trust/changed"]);
}

#[test]
fn what_nobody_has_approved_who_owns_it_blocks() {
    let pending = |world: World| {
        world.always("/orgs/acme/teams/dba/memberships/ada", Answer::json(&json!({ "state": "pending" })))
    };
    for codeowners in [
        None,
        Some(""),
        Some("/docs/ @ada\n"),
        Some("/systems/ @cy\n"),
        Some("* @ada\n/systems/\n"),
        Some("* ada@example.com\n"),
    ] {
        let told = touching(codeowners, |world| world).check(&[]).is(1, &["trust/changed"]);
        assert_eq!(finding(&told), ("deny", CHANGED), "{codeowners:?}");
    }
    touching(Some("/systems/ @acme/dba\n"), pending).check(&[]).is(1, &["trust/changed"]);
    // Somebody else has asked for changes.
    let objected = |mut world: World| {
        let head = world.pull["head"]["sha"].as_str().unwrap().to_owned();
        world.reviews.push(review(101, user(3, "cy"), "CHANGES_REQUESTED", "2026-11-20T11:00:00Z", &head));
        world
    };
    touching(Some("* @ada\n"), objected).check(&[]).is(1, &["approvals/verified", "trust/changed"]);
    let draft = |mut world: World| {
        world.pull["draft"] = true.into();
        world
    };
    touching(Some("* @ada\n"), draft).check(&[]).is(1, &["approvals/verified", "trust/changed"]);
}

/// A change can't name its own owners, and may not touch who owns what unseen.
#[test]
fn owners_are_those_of_the_base() {
    let hub = Hub::new("", &[("CODEOWNERS", "* @cy\n")], &[(PROFILE, "{}"), ("CODEOWNERS", "* @ada\n")]);
    let told = hub.with(|world| world).check(&[]).is(1, &["trust/changed"]);
    assert_eq!(told.report["findings"].as_array().unwrap().len(), 2);
    assert_eq!(
        finding(&told).1,
        "`CODEOWNERS` is the file of code owners by which changes are judged, and this change modifies it"
    );
    let moved = Hub::new("", &[("CODEOWNERS", "/systems/ @ada\n/systems/wiki.json @cy\n")], &[]);
    moved.desk.git(&["mv", PROFILE, "systems/other.json"]);
    moved.desk.commit("moved", "2026-11-20T10:00:00Z");
    let hub = Hub { head: moved.desk.git(&["rev-parse", "HEAD"]), ..moved };
    hub.with(|world| world).check(&[]).is(1, &["trust/changed"]);
}

#[test]
fn a_line_that_nobody_can_read_is_undecided() {
    let told = touching(Some("* @ada\n/systems/ @ada @\n"), |world| world).check(&[]).is(2, &["evidence/codeowners"]);
    let message = told.report["faults"][0]["message"].as_str().unwrap();
    assert!(message.contains(".github/CODEOWNERS:2:16: `@` can't be read"), "{message}");
}

/// Code owners fill a role when of each file of the change one has approved.
#[test]
fn code_owners_fill_a_role() {
    let run = |codeowners: &str| {
        let roles = "[github.roles]\nowner = [\"codeowners\"]\n";
        let profile = profile().replace("\"owner\": \"@ada\"", "\"owner\": \"@lea\"");
        let base = [("CODEOWNERS", codeowners), (PROFILE, &profile)];
        Hub::new(roles, &base, &[("notes.txt", "x")]).with(|world| world).check(&[])
    };
    run("* @ada\n").is(0, &[]);
    let both = ["approvals/roles", "approvals/verified"];
    run("/notes.txt @ada\n").is(1, &both);
    run("* @cy\n/notes.txt @ada\n").is(1, &both);
    run("").is(1, &both);
}
