//! A step that stood on the base to the letter, where the change comes with a proposal of something else.

use super::changes::{LOCK, locked};
use super::desk::{Desk, Told};
use serde_json::{Value, json};
use std::fs;

/// A change with a proposal of `left-pad` in another file, to a base with one of `search` from 2.31.0 to 2.31.2.
fn judged(search: &str) -> Told {
    let site = LOCK.replace("search", "other");
    let desk = Desk::in_git()
        .with("changegate.toml", "")
        .with("app/package-lock.json", LOCK)
        .with("site/package-lock.json", &site)
        .proposing("/change/package_url", json!("pkg:npm/search"));
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk.write("app/package-lock.json", locked("2.31.0", search));
    desk.write("site/package-lock.json", site.replace("1.3.0", "1.3.1"));
    let mut pad: Value = serde_json::from_str(&fs::read_to_string(desk.at("p.json")).unwrap()).unwrap();
    pad["id"] = json!("pad");
    for (field, value) in [("package_url", "pkg:npm/left-pad"), ("from", "1.3.0"), ("to", "1.3.1")] {
        pad["change"][field] = json!(value);
    }
    pad["change"]["library"] = json!(true);
    desk.write("q.json", pad.to_string());
    desk.commit("both", "2026-11-21T12:00:00Z");
    desk.check(&["--base", "main", "q.json"])
}

#[test]
fn what_stood_there_to_the_letter_needs_no_other_proposal() {
    let of_pad = |told: &Told| {
        let proposals = told.report["proposals"].as_array().unwrap();
        let pad = proposals.iter().find(|one| one["file"] == "q.json").unwrap();
        let all = pad["findings"].as_array().unwrap().iter();
        let of = all.filter(|one| one["rule"] == "changed/nothing-else");
        of.map(|one| one["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of_pad(&judged("2.31.2")), Vec::<String>::new());
    // Another version nobody has proposed.
    let [told] = &*of_pad(&judged("2.31.1")) else { panic!("not told") };
    assert!(told.contains("`search` (2.31.0 to 2.31.1, `app/package-lock.json` line 3)"), "{told}");
}
