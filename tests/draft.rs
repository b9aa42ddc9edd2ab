//! `changegate draft`: what lockfiles tell is written down, what is yet to be said is marked, and none passes as it is.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

#[path = "draft/asked.rs"]
mod asked;
#[path = "draft/desk.rs"]
mod desk;
#[path = "draft/grouped.rs"]
mod grouped;
#[path = "draft/never.rs"]
mod never;
#[path = "draft/pull.rs"]
mod pull;
#[path = "github/server.rs"]
#[allow(dead_code, reason = "other tests ask more of it")]
mod server;
#[path = "draft/way.rs"]
mod way;

use changegate::lockfiles::Format;
use desk::{Desk, FILE};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn patch() -> Desk {
    Desk::changing(&[("2.31.0", "2.31.2")], "up")
}

#[test]
fn what_is_drafted_never_passes_and_passes_when_it_is_filled() {
    let desk = patch();
    let written = desk.run(&["draft", "--base", "main"]);
    let told = String::from_utf8_lossy(&written.stdout).into_owned();
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    assert!(told.starts_with(&format!("wrote {FILE}\n  scale     routine (")), "{told}");
    assert!(told.ends_with(&format!("\nnext: changegate check {FILE}\n")), "{told}");
    let mut draft: Value = serde_json::from_str(&fs::read_to_string(desk.at(FILE)).unwrap()).unwrap();
    assert_eq!(draft["change"]["package_url"], "pkg:npm/search");
    assert_eq!(
        [&draft["change"]["from"], &draft["change"]["to"], &draft["change"]["size"]],
        ["2.31.0", "2.31.2", "patch"]
    );
    assert!(draft["reason"]["class"].as_str().unwrap().starts_with("TODO: perhaps bug. "), "{}", draft["reason"]);

    // Each field that is open is told, with the place.
    let checked = desk.run(&["check", FILE, "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&checked.stdout).unwrap();
    let findings = report["proposals"][0]["findings"].as_array().unwrap().clone();
    let of = |code: &str| findings.iter().filter(|finding| finding["rule"] == code).count();
    let open = told.split_once("open      ").unwrap().1.split(' ').next().unwrap().parse::<usize>().unwrap();
    // Up to a hundred, and then how many more there are.
    assert!(open > 90, "{open}");
    assert_eq!((of("proposal/draft"), of("proposal/unfilled")), (1, open.min(100)), "{findings:#?}");
    let others = of("proposal/too-many-problems");
    assert_eq!(
        (others, findings.len()),
        (usize::from(open > 100), open.min(100) + 1 + others),
        "nothing else is wrong with it"
    );

    // What an author says of such a patch stands in an example; each field that was drafted keeps its value.
    let patch: Value = serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap();
    fill(&mut draft, &patch);
    draft.as_object_mut().unwrap().remove("draft");
    draft["submitted_at"] = patch["submitted_at"].clone();
    assert!(!draft.to_string().contains("TODO:"), "{draft:#}");
    fs::write(desk.at(FILE), draft.to_string()).unwrap();
    let passed = desk.run(&["check", FILE, "--now", "2026-11-24T12:00:00Z"]);
    assert_eq!(passed.status.code(), Some(0), "{}", String::from_utf8_lossy(&passed.stdout));
}

/// Takes the place of marks with what another proposal says there; a section that holds any, as a whole but for what it has of its own.
fn fill(draft: &mut Value, filled: &Value) {
    for (name, value) in filled.as_object().unwrap() {
        let there = &mut draft[name];
        let is_open = there.to_string().contains("TODO:");
        match value {
            Value::Object(_) if there.is_object() => fill(there, value),
            _ if is_open || there.is_null() => *there = value.clone(),
            _ => {}
        }
    }
    // What the example does without.
    draft.as_object_mut().unwrap().retain(|_, value| !value.to_string().contains("TODO:"));
}

/// Each field that the example needs is marked: who fills in the marks alone passes.
#[test]
fn what_the_scale_demands_is_marked_down_to_its_parts() {
    let desk = patch();
    let written = desk.run(&["draft", "--base", "main"]);
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    let mut draft: Value = serde_json::from_str(&fs::read_to_string(desk.at(FILE)).unwrap()).unwrap();
    let patch: Value = serde_json::from_str(&fs::read_to_string("examples/routine-patch.json").unwrap()).unwrap();
    fill_marks(&mut draft, &patch);
    draft.as_object_mut().unwrap().remove("draft");
    draft["submitted_at"] = patch["submitted_at"].clone();
    fs::write(desk.at(FILE), draft.to_string()).unwrap();
    let passed = desk.run(&["check", FILE, "--quiet", "--now", "2026-11-24T12:00:00Z"]);
    assert_eq!(passed.status.code(), Some(0), "{}", String::from_utf8_lossy(&passed.stdout));
}

/// Takes the place of marks, and of nothing else, with what another proposal says there; what that does without goes. Of a list one item
/// stands for all, if none has a word of its own.
fn fill_marks(draft: &mut Value, filled: &Value) {
    let is_open = |value: &Value| value.to_string().contains("TODO:");
    match (draft, filled) {
        (Value::Object(draft), Value::Object(filled)) => {
            for (name, value) in draft.iter_mut().filter(|(_, value)| is_open(value)) {
                fill_marks(value, filled.get(name).unwrap_or(&Value::Null));
            }
            draft.retain(|_, value| !value.is_null() && !is_open(value));
        }
        (Value::Array(draft), Value::Array(filled)) => {
            let marked = draft.clone();
            *draft = filled.clone();
            for item in draft.iter_mut().filter_map(Value::as_object_mut) {
                let one = marked.iter().find(|one| item.get("area").is_some_and(|area| one.get("area") == Some(area)));
                let one = one.or(marked.first()).unwrap();
                item.retain(|name, _| one.get(name).is_some());
            }
        }
        (draft, filled) => *draft = filled.clone(),
    }
}

#[test]
fn nothing_is_written_over_and_nothing_changed_is_said() {
    let desk = patch();
    desk.draft(&[]);
    let before = fs::read(desk.at("d.json")).unwrap();
    let told = desk.refused(&["--base", "main", "--out", "d.json"], "usage/exists");
    assert!(told.contains("d.json exists already, and is left as it is"), "{told}");
    assert_eq!(fs::read(desk.at("d.json")).unwrap(), before);
    assert!(desk.refused(&["--base", "HEAD"], "usage/package").contains("no version of a pinned package changes"));
    assert!(desk.refused(&["--base", "main", "nix"], "usage/package").contains("it touches search"));
    assert!(desk.refused(&[], "usage/base").contains("changegate draft --base main"));
    desk.refused(&["--base", "nowhere"], "trust/no-commit");
    desk.refused(&["--base", "main", "--out", "../d.json"], "usage/unwritable");
    assert!(desk.refused(&["--base", "main", "--ask"], "usage/option").contains("there is none"));
    desk.write("app/package-lock.json", "{ \"lockfileVersion\": 3,\n");
    desk.commit("broken");
    assert!(desk.refused(&["--base", "main"], "evidence/change-unreadable").contains("app/package-lock.json:"));
}

#[test]
fn a_branch_of_origin_is_where_it_began() {
    let desk = patch();
    desk.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    let written = desk.run(&["draft"]);
    assert_eq!(written.status.code(), Some(0), "{}", String::from_utf8_lossy(&written.stderr));
    assert!(desk.at(FILE).exists());
}

/// In an event the two ends are its own, whatever is checked out.
#[test]
fn an_event_names_both_ends() {
    let desk = patch();
    desk.git(&["switch", "--quiet", "main"]);
    let output = desk.in_event(&["draft"], ["main", "upgrade"], json!({}));
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(desk.at(FILE).exists());
}

#[test]
fn what_comes_along_is_proposed_and_what_is_not_is_told() {
    let several = [("2.31.0", "2.31.2"), ("1.3.0", "1.4.0"), ("node_modules/gone", "node_modules/new")];
    let desk = Desk::changing(
        &several,
        "Bump\n\n---\nupdated-dependencies:\n- dependency-name: search\n  dependency-type: direct:production\n...\n",
    );
    let (draft, told) = desk.draft(&[]);
    assert_eq!(draft["title"], "search 2.31.0 to 2.31.2, and 2 more");
    // The profile has no such component, and whose part it is only the author knows.
    let component = draft["change"]["component"].as_str().unwrap();
    assert!(component.starts_with("TODO: perhaps application. ") && component.contains("database"), "{component}");
    let along = draft["change"]["components"].as_array().unwrap();
    assert_eq!(
        along.iter().map(|part| part["package_url"].as_str().unwrap()).collect::<Vec<_>>(),
        ["pkg:npm/left-pad", "pkg:npm/new"]
    );
    assert_eq!(along[1].get("from"), None);
    assert!(told.contains("  left out  gone, which is removed, or has no version\n"), "{told}");
    fs::remove_file(desk.at("d.json")).unwrap();
    let (draft, told) = desk.draft(&["pkg:npm/left-pad@1.4.0"]);
    assert_eq!([&draft["change"]["package_url"], &draft["change"]["size"]], ["pkg:npm/left-pad", "minor"]);
    assert_eq!(draft["change"].get("components"), None);
    assert!(told.contains("  left out  search, which was not named\n"), "{told}");
    // Without anybody who says which is direct, none is before the others.
    let desk = Desk::changing(&several, "up");
    assert_eq!(desk.draft(&[]).0["change"]["components"].as_array().unwrap().len(), 3);
}

#[test]
fn the_system_is_told_by_its_profile() {
    let desk = patch();
    let wiki = fs::read_to_string(desk.at("systems/wiki.json")).unwrap();
    let mut shop: Value = serde_json::from_str(&wiki).unwrap();
    shop["system"]["id"] = json!("shop");
    desk.write("systems/shop.json", &shop.to_string());
    let told = desk.refused(&["--base", "main"], "usage/system");
    assert!(told.contains("--system: shop, wiki"), "{told}");
    desk.refused(&["--base", "main", "--system", "none"], "usage/system");
    shop["system"]["components"] =
        json!([{ "name": "engine", "kind": "application", "package_url": "pkg:npm/search@2.0.0" }]);
    desk.write("systems/shop.json", &shop.to_string());
    let (draft, _) = desk.draft(&[]);
    assert_eq!([&draft["system"]["id"], &draft["change"]["component"]], ["shop", "engine"]);
    fs::remove_dir_all(desk.at("systems")).unwrap();
    let told = desk.refused(&["--base", "main"], "usage/system");
    assert!(told.contains("changegate init --system ID"), "{told}");
}

#[test]
fn an_advisory_suggests_security() {
    let desk = Desk::changing(&[("2.31.0", "2.31.2")], "fix: CVE-2026-41872 in search");
    let (draft, _) = desk.draft(&[]);
    assert_eq!(draft["reason"]["advisories"], json!(["CVE-2026-41872"]));
    assert!(draft["reason"]["class"].as_str().unwrap().starts_with("TODO: perhaps security. "));
}

/// In 0.10.8 of openssl is what CVE-2018-20997 tells of, and not in 0.10.9; nobody has to know that.
#[test]
fn records_tell_what_is_left_behind() {
    let desk = patch();
    let lock = |version: &str| {
        format!(
            "version = 4\n\n[[package]]\nname = \"openssl\"\nversion = \"{version}\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"{}\"\n",
            "a".repeat(64)
        )
    };
    desk.git(&["switch", "--quiet", "main"]);
    for entry in fs::read_dir("tests/data/advisories/osv").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        desk.write(&format!("advisories/{name}"), &fs::read_to_string(&path).unwrap());
    }
    desk.write("changegate.toml", "[advisories]\nrecords = \"advisories\"\n");
    desk.write("Cargo.lock", &lock("0.10.8"));
    desk.commit("openssl");
    desk.git(&["switch", "--quiet", "--create=openssl"]);
    desk.write("Cargo.lock", &lock("0.10.9"));
    desk.commit("up");
    let (draft, told) = desk.draft(&[]);
    assert_eq!(draft["reason"]["advisories"], json!(["RUSTSEC-2018-0010"]), "{told}");
    assert!(draft["reason"]["class"].as_str().unwrap().starts_with("TODO: perhaps security. "));
    fs::remove_file(desk.at("d.json")).unwrap();
    desk.write("changegate.toml", "[advisories]\nrecords = \"nowhere\"\n");
    let (draft, told) = desk.draft(&[]);
    assert_eq!(draft["reason"].get("advisories"), None);
    assert!(told.contains("  advisories are not looked up: the advisories in nowhere can't be read"), "{told}");
}

#[test]
fn hostile_names_are_inert() {
    let hostile = r#"node_modules/\u001b[2J\u202e\"x\"\n"#;
    let desk = Desk::changing(&[("node_modules/left-pad", hostile), ("2.31.0", "TODO: 1\\u001b[2J")], "up");
    let (draft, told) = desk.draft(&[]);
    let text = fs::read_to_string(desk.at("d.json")).unwrap();
    for text in [&text, &told] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
    assert_eq!(desk.run(&["check", "d.json"]).status.code(), Some(1));
    assert!(draft["id"].as_str().unwrap().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._+".contains(&byte)));
    assert!(!desk.refused(&["--base", "main", "\u{1b}[2J"], "usage/package").contains('\u{1b}'));
}

/// Of real lockfiles a draft is made when one version in them is another.
#[test]
fn real_lockfiles_are_drafted_from() {
    for name in
        ["bundler/gems.locked", "composer/composer.lock", "npm/package-lock.json", "uv/uv.lock", "yarn/yarn.lock"]
    {
        let text = fs::read_to_string(format!("tests/data/lockfiles/{name}")).unwrap();
        let pins = Format::of(Path::new(name)).unwrap().read(&text).unwrap();
        let raised = |version: &str| version.rsplit_once('.').map(|(before, last)| format!("{before}.{last}1"));
        let (pin, changed) = pins
            .iter()
            .find_map(|pin| {
                let at: usize = text.lines().take(pin.line as usize - 1).map(|line| line.len() + 1).sum();
                let (before, rest) = text.split_at(at);
                let next =
                    rest.find(&pin.version).filter(|&next| next < 2_000 && pin.version.matches('.').count() == 2)?;
                let after = &rest[next + pin.version.len()..];
                Some((pin, format!("{before}{}{}{after}", &rest[..next], raised(&pin.version)?)))
            })
            .unwrap_or_else(|| panic!("{name}"));
        // npm says it a second time for its older versions.
        let again = |version: &str| format!("    \"{}\": {{\n      \"version\": \"{version}\"", pin.name);
        let changed = changed.replace(&again(&pin.version), &again(&raised(&pin.version).unwrap()));
        let desk = patch();
        let file = name.split_once('/').unwrap().1;
        desk.git(&["switch", "--quiet", "main"]);
        desk.write(file, &text);
        desk.commit("a real one");
        desk.git(&["switch", "--quiet", "--create=real"]);
        desk.write(file, &changed);
        desk.commit("up");
        let (draft, told) = desk.draft(&[]);
        assert_eq!(draft["change"]["from"], pin.version.as_str(), "{name}: {told}");
        assert_eq!(draft["change"]["to"], raised(&pin.version).unwrap().as_str(), "{name}");
        assert!(draft["title"].as_str().unwrap().contains(pin.name.trim_start_matches('@')), "{name}: {draft:#}");
    }
}
