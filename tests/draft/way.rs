//! What is asked of the way that a package goes: a step back, a large step, another image under one tag.

use super::desk::Desk;
use super::never::{gate, known, package};
use changegate::draft::{Chosen, Draft};
use serde_json::{Value, json};
use std::fs;

fn is_open(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with("TODO: "))
}

#[test]
fn a_step_back_is_asked_which_upgrade_it_takes_back() {
    for several in [false, true] {
        let back = [("2.31.0", "2.30.0"), ("1.3.0", "1.2.0")];
        let desk = Desk::changing(&back[..=usize::from(several)], "back");
        let (draft, _) = desk.draft(&[]);
        let parts = draft["change"]["components"].as_array().cloned().unwrap_or_else(|| vec![draft["change"].clone()]);
        assert_eq!(parts.len(), 1 + usize::from(several));
        for part in parts {
            assert!(is_open(&part["reverts"]), "{part}");
            // That is what a large step forward has to show.
            assert_eq!((part.get("required_steps"), part.get("steps")), (None, None), "{part}");
        }
    }
    let (forward, _) = Desk::changing(&[("2.31.0", "2.31.2")], "up").draft(&[]);
    assert_eq!(forward["change"].get("reverts"), None);
}

/// Whatever rules ask of the system: on one that is not critical its lack is a warning.
#[test]
fn a_large_step_is_asked_what_its_maker_requires_on_the_way() {
    for system in ["wiki", "payments-db"] {
        for (size, asked) in [(Some("major"), true), (Some("minor"), false), (None, false)] {
            let chosen = Chosen { direct: vec![package("search", "1.0.0", "2.0.0", size)], ..Chosen::default() };
            let change = &Draft::of(&known(system, &chosen), &gate()).unwrap().document["change"];
            assert!(!asked || is_open(&change["required_steps"]), "{system} {size:?}: {change:#}");
        }
    }
    let (draft, _) = Desk::changing(&[("2.31.0", "3.0.0")], "up").draft(&[]);
    assert!(is_open(&draft["change"]["required_steps"]), "{draft:#}");
    let (draft, _) = Desk::changing(&[("2.31.0", "2.31.2")], "up").draft(&[]);
    assert_eq!(draft["change"].get("required_steps"), None);
}

/// Nobody orders tags of two variants, and commits; their numbers are looked at, and what a comment calls them.
#[test]
fn what_has_no_order_goes_back_by_its_numbers() {
    let digest = |two: &str| format!("sha256:{}", two.repeat(32));
    let variant = |tag: &str, two: &str| format!("node:{tag}@{}", digest(two));
    let [newer, older] = [variant("20.1.1-alpine", "a1"), variant("20.1.0-slim", "b2")];
    let is_asked = |desk: &Desk| is_open(&desk.draft(&[]).0["change"]["reverts"]);
    assert!(is_asked(&image(&newer, &older)));
    assert!(!is_asked(&image(&older, &newer)));
    let action = |from: &str, to: &str| {
        let desk = Desk::changing(&[], "nothing");
        let write = |two: &str, tag: &str| {
            let step = format!("actions/checkout@{} # {tag}", two.repeat(20));
            desk.write(".github/workflows/ci.yml", &format!("jobs:\n  a:\n    steps:\n      - uses: {step}\n"));
            desk.commit(tag);
        };
        desk.git(&["switch", "--quiet", "main"]);
        write("a1", from);
        desk.git(&["switch", "--quiet", "--create=action"]);
        write("b2", to);
        desk
    };
    assert!(is_asked(&action("v4.2.0", "v4.1.0")));
    assert!(!is_asked(&action("v4.1.0", "v4.2.0")));
}

/// Of commits nothing shows how large the step is, be it one of several.
#[test]
fn how_large_a_step_of_commits_is_is_asked_of_each() {
    let desk = Desk::changing(&[], "nothing");
    let write = |two: &str| {
        let uses = |name: &str| format!("      - uses: actions/{name}@{}\n", two.repeat(20));
        let steps = ["checkout", "setup-node"].map(uses).concat();
        desk.write(".github/workflows/ci.yml", &format!("jobs:\n  a:\n    steps:\n{steps}"));
        desk.commit(two);
    };
    desk.git(&["switch", "--quiet", "main"]);
    write("a1");
    desk.git(&["switch", "--quiet", "--create=actions"]);
    write("b2");
    let (draft, _) = desk.draft(&[]);
    let parts = draft["change"]["components"].as_array().unwrap();
    assert_eq!(parts.len(), 2, "{draft:#}");
    assert!(parts.iter().all(|part| is_open(&part["size"])), "{draft:#}");
}

/// A branch on which an image is another one, or is held by another digest.
fn image(before: &str, after: &str) -> Desk {
    let desk = Desk::changing(&[], "nothing");
    let write = |image: &str| {
        desk.write("Dockerfile", &format!("FROM {image}\n"));
        desk.commit(image);
    };
    desk.git(&["switch", "--quiet", "main"]);
    write(before);
    desk.git(&["switch", "--quiet", "--create=image"]);
    write(after);
    desk
}

#[test]
fn a_tag_that_was_moved_is_drafted_with_its_digests() {
    let digest = |two: &str| format!("sha256:{}", two.repeat(32));
    let [before, after] = ["a1", "b2"].map(digest);
    let desk = image(&format!("node:20@{before}"), &format!("node:20@{after}"));
    let (draft, _) = desk.draft(&[]);
    let change = &draft["change"];
    assert_eq!(change["package_url"], "pkg:docker/node");
    assert_eq!([&change["from"], &change["to"]], [&json!(format!("20@{before}")), &json!(format!("20@{after}"))]);
    assert_eq!(
        [&draft["title"], &draft["id"]],
        ["node 20@sha256:a1a1a1a1a1a1 to 20@sha256:b2b2b2b2b2b2", "wiki-node-20-sha256-b2b2b2b2b2b2"]
    );
    // A version takes 100 characters, and a digest says it all.
    let tag = "20-bookworm-slim-with-a-long-name-for-its-variant";
    let (draft, _) = image(&format!("node:{tag}@{before}"), &format!("node:{tag}@{after}")).draft(&[]);
    assert_eq!([&draft["change"]["from"], &draft["change"]["to"]], [&json!(before), &json!(after)]);
    // What goes to another tag is told by that.
    let (draft, _) = image(&format!("node:20.1.0@{before}"), &format!("node:20.1.1@{after}")).draft(&[]);
    assert_eq!([&draft["change"]["from"], &draft["change"]["to"]], ["20.1.0", "20.1.1"]);
}

/// The step begins with what the profile says that runs.
#[test]
fn a_tag_of_the_profile_that_was_moved_begins_with_the_tag() {
    let digest = |two: &str| format!("20@sha256:{}", two.repeat(32));
    let desk = image(&format!("node:{}", digest("a1")), &format!("node:{}", digest("b2")));
    let mut wiki: Value = serde_json::from_str(&fs::read_to_string(desk.at("systems/wiki.json")).unwrap()).unwrap();
    wiki["system"]["components"][0]["package_url"] = json!("pkg:docker/node");
    for (recorded, from) in [("20", "20".to_owned()), ("20.1", digest("a1"))] {
        wiki["system"]["components"][0]["version"] = json!(recorded);
        desk.write("systems/wiki.json", &wiki.to_string());
        let (draft, _) = desk.draft(&[]);
        assert_eq!([&draft["change"]["from"], &draft["change"]["to"]], [&json!(from), &json!(digest("b2"))]);
        fs::remove_file(desk.at("d.json")).unwrap();
    }
}
