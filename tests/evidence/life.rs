//! Honest updates through their lives: proposed before their change or with it, merged, left alone and edited, deployed, closed. Nothing of
//! a proposal is written anew on the way; each phase adds its section, as in `examples/life`.

use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;

/// One update: what it proposes beside the step of the database, and what it does to files.
pub struct Update {
    pub parts: Value,
    pub files: Vec<(&'static str, String, String)>,
}

/// When an update is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its proposal comes alone.
    Proposed,
    /// Its files follow a proposal that was merged.
    Follows,
    /// Both come together.
    Together,
    /// Both are merged, and somebody else changes something.
    Beside,
    /// The text of the proposal is mended.
    Edited,
    Deployed,
    Closed,
}

use Stage::{Beside, Closed, Deployed, Edited, Follows, Proposed, Together};

const ALL: [Stage; 7] = [Proposed, Follows, Together, Beside, Edited, Deployed, Closed];

impl Update {
    /// The proposal as it is in a phase.
    fn proposal(&self, phase: &str) -> Value {
        let mut proposal = example(&format!("life/{phase}"));
        if self.parts != json!([]) {
            proposal["change"]["components"] = self.parts.clone();
        }
        proposal
    }

    /// What is found when it is judged at some stage of its life.
    pub fn at(&self, stage: Stage) -> Told {
        self.edited_at(stage, |_| ())
    }

    /// What is found at its close when something else is recorded.
    pub fn closed(&self, record: impl Fn(&mut Value)) -> Told {
        self.edited_at(Closed, |proposal| record(&mut proposal["record"]))
    }

    /// The same by a change that edits more than its record.
    pub fn closed_with(&self, edit: impl Fn(&mut Value)) -> Told {
        self.edited_at(Closed, edit)
    }

    fn edited_at(&self, stage: Stage, edit: impl Fn(&mut Value)) -> Told {
        let desk = Desk::in_git().with("changegate.toml", "");
        fs::remove_file(desk.at("p.json")).unwrap();
        desk.write("systems/payments-db.json", profile("systems/payments-db"));
        let write = |files: &[(&str, &str)]| files.iter().for_each(|(path, text)| desk.write(path, text));
        let before: Vec<_> = self.files.iter().map(|(path, before, _)| (*path, before.as_str())).collect();
        let after: Vec<_> = self.files.iter().map(|(path, _, after)| (*path, after.as_str())).collect();
        let propose = |phase: &str| desk.write("p.json", format!("{:#}", self.proposal(phase)));
        write(&before);
        if stage != Proposed && stage != Together {
            propose("1-plan");
        }
        if !matches!(stage, Proposed | Together | Follows) {
            write(&after);
        }
        if stage == Closed {
            propose("2-deploy");
            desk.write("systems/payments-db.json", profile("life/systems/payments-db"));
        }
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=change"]);
        match stage {
            Proposed => propose("1-plan"),
            Follows => write(&after),
            Together => (propose("1-plan"), write(&after)).1,
            Beside => desk.write("README.md", "words"),
            Edited => desk.write("p.json", format!("{:#}", self.proposal("1-plan")).replace("Ends the", "Ends all")),
            Deployed => propose("2-deploy"),
            Closed => {
                let mut proposal = self.proposal("3-close");
                edit(&mut proposal);
                desk.write("p.json", format!("{proposal:#}"));
            }
        }
        desk.commit("the change", "2026-11-20T13:00:00Z");
        let (phase, now) = match stage {
            Deployed => ("deploy", "2026-12-06T01:40:00+01:00"),
            Closed => ("close", "2027-01-08T10:00:00+01:00"),
            _ => ("plan", "2026-11-21T12:00:00Z"),
        };
        let arguments = ["--base", "main", "--phase", phase, "--now", now, "--format", "json"];
        Told::of(&desk.run(&arguments))
    }

    /// Asserts that it passes at these stages.
    #[track_caller]
    pub fn passes(&self, stages: &[Stage]) {
        let blocked: Vec<_> =
            stages.iter().flat_map(|&stage| blocks(&self.at(stage)).into_iter().map(move |why| (stage, why))).collect();
        assert!(blocked.is_empty(), "{blocked:#?}");
    }
}

/// What keeps a run from passing.
pub fn blocks(told: &Told) -> Vec<String> {
    let proposals = told.report["proposals"].as_array().unwrap();
    let all = proposals.iter().chain([&told.report]).flat_map(|of| [&of["findings"], &of["faults"]]);
    let all = all.filter_map(Value::as_array).flatten().filter(|one| one["level"] != "warn" && one["level"] != "info");
    let why: Vec<_> = all.map(|one| format!("{} {}", one["rule"], one["message"])).collect();
    assert_eq!(why.is_empty(), told.status == Some(0), "{:#}", told.report["exit"]);
    why
}

fn example(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(format!("examples/{name}.json")).unwrap()).unwrap()
}

/// The profile, which says of the pooler which package it is.
fn profile(name: &str) -> String {
    let mut profile = example(name);
    let components = profile["system"]["components"].as_array_mut().unwrap();
    let pooler = components.iter_mut().find(|component| component["name"] == "pooler").unwrap();
    pooler["package_url"] = json!("pkg:generic/pgbouncer");
    profile.to_string()
}

/// A library of what the example upgrades.
pub fn library(package: &str, from: &str, to: &str) -> Value {
    json!({ "component": "database", "package_url": package, "library": true, "from": from, "to": to })
}

pub fn with(mut part: Value, field: &str, value: Value) -> Value {
    part[field] = value;
    part
}

/// A lockfile of npm with some packages, by the places in which they are installed.
fn locked(packages: &[(&str, &str)]) -> String {
    let entry = |(path, version): &(&str, &str)| {
        let name = path.rsplit_once("node_modules/").map_or(*path, |(_, name)| name);
        let digest = version.replace('.', "");
        format!(
            r#"  "node_modules/{path}": {{ "version": "{version}", "resolved": "https://registry.npmjs.org/{name}/-/{name}-{version}.tgz", "integrity": "sha512-{digest}" }}"#
        )
    };
    let entries: Vec<_> = packages.iter().map(entry).collect();
    format!("{{ \"lockfileVersion\": 3, \"packages\": {{\n{}\n}} }}\n", entries.join(",\n"))
}

pub fn npm(parts: Value, before: &[(&str, &str)], after: &[(&str, &str)]) -> Update {
    Update { parts, files: vec![("package-lock.json", locked(before), locked(after))] }
}

pub fn image(tag: &str, two: &str) -> String {
    format!("{tag}@sha256:{}", two.repeat(32))
}

fn uses(commit: &str, comment: &str) -> String {
    format!("runs:\n  using: composite\n  steps:\n    - uses: actions/checkout@{commit}{comment}\n")
}

pub const OLD: &str = "11bd71901bbe5b1630ceea73d27597364c9af683";
pub const NEW: &str = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";

pub fn action(part: Value, before: (&str, &str), after: (&str, &str)) -> Update {
    let files = vec![("build/action.yml", uses(before.0, before.1), uses(after.0, after.1))];
    Update { parts: json!([part]), files }
}

#[test]
fn a_patch_of_a_library() {
    let patch = library("pkg:npm/lodash", "4.17.20", "4.17.21");
    npm(json!([patch]), &[("lodash", "4.17.20"), ("ms", "2.1.3")], &[("lodash", "4.17.21"), ("ms", "2.1.3")])
        .passes(&ALL);
}

#[test]
fn a_group_with_a_major_step() {
    let patch = library("pkg:npm/lodash", "4.17.20", "4.17.21");
    let major = with(library("pkg:npm/ms", "2.1.3", "3.0.0"), "required_steps", json!([]));
    npm(json!([patch, major]), &[("lodash", "4.17.20"), ("ms", "2.1.3")], &[("lodash", "4.17.21"), ("ms", "3.0.0")])
        .passes(&ALL);
}

#[test]
fn a_library_whose_patch_brings_another() {
    let new = json!({ "component": "database", "package_url": "pkg:npm/ms", "library": true, "to": "2.1.3" });
    npm(
        json!([library("pkg:npm/debug", "4.3.3", "4.3.4"), new]),
        &[("debug", "4.3.3")],
        &[("debug", "4.3.4"), ("ms", "2.1.3")],
    )
    .passes(&[Together, Beside, Edited, Deployed, Closed]);
}

#[test]
fn an_image_under_the_tag_that_it_has() {
    let (old, new) = (image("20", "a1"), image("20", "b2"));
    let moved = |from: &str| Update {
        parts: json!([library("pkg:docker/node", from, &new)]),
        files: vec![("Dockerfile", format!("FROM node:{old}\n"), format!("FROM node:{new}\n"))],
    };
    moved("20").passes(&[Follows, Beside, Edited]);
    moved(&old).passes(&ALL);
}

#[test]
fn an_action_by_commits() {
    // Nothing but a comment shows how large the step is, and so it counts as a large one.
    let step = with(library("pkg:githubactions/actions/checkout", OLD, NEW), "size", json!("major"));
    let step = with(step, "required_steps", json!([]));
    action(step, (OLD, " # v4.1.0"), (NEW, " # v4.2.0")).passes(&ALL);
}

#[test]
fn a_step_back() {
    let back = with(
        library("pkg:npm/lodash", "4.17.21", "4.17.20"),
        "reverts",
        json!("patch-lodash, which broke exports: OPS-871"),
    );
    npm(json!([back]), &[("lodash", "4.17.21")], &[("lodash", "4.17.20")]).passes(&ALL);
    let back = with(library("pkg:githubactions/actions/checkout", NEW, OLD), "size", json!("minor"));
    let back = with(back, "reverts", json!("update-checkout, which lost tags: OPS-872"));
    action(back, (NEW, " # v4.2.0"), (OLD, " # v4.1.0")).passes(&ALL);
}

/// Two lines of a package stand side by side, and one of them stays what it is.
#[test]
fn one_of_two_lines() {
    let stages = [Together, Edited, Deployed];
    let patch = library("pkg:npm/lodash", "4.17.20", "4.17.21");
    let other = ("old/node_modules/lodash", "3.10.1");
    npm(json!([patch]), &[("lodash", "4.17.20"), other], &[("lodash", "4.17.21"), other]).passes(&stages);
    let new = json!({ "component": "database", "package_url": "pkg:npm/lodash", "library": true, "to": "4.17.21" });
    npm(json!([new]), &[other], &[("lodash", "4.17.21"), other]).passes(&stages);
    let crates = |version: &str| {
        let entry = |version| {
            let source = "registry+https://github.com/rust-lang/crates.io-index";
            format!("[[package]]\nname = \"rand\"\nversion = \"{version}\"\nsource = \"{source}\"\n")
        };
        format!("version = 4\n\n{}\n{}", entry("0.7.3"), entry(version))
    };
    let files = vec![("Cargo.lock", crates("0.8.4"), crates("0.8.5"))];
    Update { parts: json!([library("pkg:cargo/rand", "0.8.4", "0.8.5")]), files }.passes(&stages);
    let [old, new, other] = [image("20", "a1"), image("20", "b2"), image("18", "c3")];
    let images = |image: &str| format!("FROM node:{image}\nFROM node:{other}\n");
    let files = vec![("Dockerfile", images(&old), images(&new))];
    Update { parts: json!([library("pkg:docker/node", &old, &new)]), files }.passes(&stages);
}

/// What a patch no longer needs is gone with it.
#[test]
fn a_removal() {
    let patch = library("pkg:npm/debug", "4.3.3", "4.3.4");
    npm(json!([patch]), &[("debug", "4.3.3"), ("ms", "2.1.3")], &[("debug", "4.3.4")])
        .passes(&[Proposed, Together, Beside, Edited, Deployed, Closed]);
    // By itself it needs no proposal, and speaks of no one that is there.
    npm(json!([]), &[("debug", "4.3.3"), ("ms", "2.1.3")], &[("debug", "4.3.3")])
        .passes(&[Follows, Beside, Edited, Deployed, Closed]);
}

/// What stands on the base speaks for no other step of commits than it says, which comments tell.
#[test]
fn what_follows_is_as_large_and_goes_where_it_was_proposed_to() {
    let step = |size: &str, reverts: bool| {
        let part = with(library("pkg:githubactions/actions/checkout", OLD, NEW), "size", json!(size));
        let part = with(part, "required_steps", json!([]));
        if reverts { with(part, "reverts", json!("update-checkout, which lost tags: OPS-872")) } else { part }
    };
    let judged = |part: Value, from: &str, to: &str| blocks(&action(part, (OLD, from), (NEW, to)).at(Follows));
    let back = ["nothing", "a patch back", "a minor step back", "forward", "back, and nobody says so"];
    let told = [
        judged(step("minor", true), "", ""),
        judged(step("patch", true), " # v4.1.1", " # v4.1.0"),
        judged(step("patch", true), " # v4.2.0", " # v4.1.0"),
        judged(step("minor", true), " # v4.1.0", " # v4.2.0"),
        judged(step("major", false), " # v4.2.0", " # v4.1.0"),
    ];
    for ((what, why), passes) in back.iter().zip(told).zip([false, true, false, false, false]) {
        assert_eq!(why.is_empty(), passes, "{what}: {why:?}");
    }
}

/// `go.sum` keeps lines of versions of which nothing is built.
#[test]
fn a_module_of_go_of_which_old_lines_are_kept() {
    let manifest = |version: &str| format!("module m\n\ngo 1.22\n\nrequire example.com/a {version}\n");
    let sum = |version: &str| format!("example.com/a {version} h1:{}=\n", "a".repeat(43));
    let files = vec![
        ("go.mod", manifest("v1.2.0"), manifest("v1.2.1")),
        ("go.sum", sum("v1.2.0"), sum("v1.2.0") + &sum("v1.2.1")),
    ];
    let update = Update { parts: json!([library("pkg:golang/example.com/a", "v1.2.0", "v1.2.1")]), files };
    update.passes(&[Proposed, Together, Beside, Edited, Deployed, Closed]);
    assert_eq!(update.at(Together).messages("changed/takes-place"), Vec::<&str>::new());
}
