//! A draft of a pull request of a bot, of which GitHub tells: what is said there is hostile, and only what the lockfiles bear out is taken over.

use super::desk::Desk;
use super::server::{Answer, Server};
use serde_json::{Value, json};
use std::fs;
use std::process::{Command, Output};

const SEVERAL: [(&str, &str); 2] = [("2.31.0", "2.31.2"), ("1.3.0", "1.4.0")];
const BODY: &str = "Bumps the web group:\n\n| Package | From | To |\n| --- | --- | --- |\n| [search](https://example.com) | `2.31.0` | `2.31.2` |\n\n\
    <li>notes: fixes CVE-2026-41872, and GHSA-xjxc-vfw2-cg96</li>\n";
const TOKEN: &str = "ghp_5ecret";

/// A pull request that changes two packages, on a server that is named by the configuration of `main`.
fn pull(title: &str, body: &Value, change: impl Fn(&mut Value)) -> (Desk, Server) {
    let desk = Desk::changing(&SEVERAL, "up");
    let end = |name: &str| json!({ "sha": desk.git(&["rev-parse", name]), "ref": name, "repo": { "full_name": "acme/wiki" } });
    let mut told = json!({ "number": 7, "title": title, "body": body,
        "head": end("upgrade"), "base": end("main") });
    change(&mut told);
    let server = Server::new(move |request, _| match request.path.as_str() {
        "/repos/acme/wiki/pulls/7" => Answer::json(&told),
        _ => Answer::new(404, "{}"),
    });
    desk.git(&["switch", "--quiet", "main"]);
    configure(&desk, &server.url);
    desk.commit("where GitHub is");
    (desk, server)
}

fn configure(desk: &Desk, url: &str) {
    desk.write("changegate.toml", &format!("[github]\napi = \"{url}\"\nrepository = \"acme/wiki\"\nseconds = 2\n"));
}

fn run(desk: &Desk, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    for name in ["GITHUB_ACTIONS", "CLICOLOR_FORCE", "GITHUB_REPOSITORY", "GITHUB_API_URL", "GH_TOKEN"] {
        command.env_remove(name);
    }
    let output = command
        .args(["draft", "--out", "d.json", "--pr", "7"])
        .args(arguments)
        .env("GITHUB_TOKEN", TOKEN)
        .current_dir(&desk.0)
        .output()
        .unwrap();
    assert!(!format!("{output:?}").contains(TOKEN), "the token is shown");
    output
}

#[track_caller]
fn draft(desk: &Desk) -> Value {
    let output = run(desk, &["--base", "main"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&fs::read_to_string(desk.at("d.json")).unwrap()).unwrap()
}

#[track_caller]
fn refused(desk: &Desk, code: &str) -> String {
    let output = run(desk, &["--base", "main"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains(&format!("error[{code}]")), "{told}");
    assert!(!desk.at("d.json").exists());
    told
}

#[test]
fn a_pull_request_says_what_it_is_about() {
    let (desk, server) = pull("Bump the web group", &json!(BODY), |_| {});
    let draft = draft(&desk);
    assert_eq!(draft["change"]["package_url"], "pkg:npm/search");
    assert_eq!(draft["change"]["components"][0]["package_url"], "pkg:npm/left-pad");
    // Notes of releases name many: they are suggested and no more.
    let advisories = draft["reason"]["advisories"].as_str().unwrap();
    assert!(advisories.starts_with(r#"TODO: perhaps ["CVE-2026-41872","GHSA-xjxc-vfw2-cg96"]. "#), "{advisories}");
    assert_eq!(desk.run(&["check", "d.json"]).status.code(), Some(1));
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].headers["authorization"], format!("Bearer {TOKEN}"));
}

#[test]
fn what_the_lockfiles_do_not_bear_out_is_not_taken_over() {
    for lie in [
        "| [search](https://example.com) | `2.31.0` | `2.99.0` |",
        "Bumps [search](x) from 1.0.0 to 2.31.2.",
        "Bumps [other](x) from 2.31.0 to 2.31.2.",
        "TODO: \u{1b}[2J\u{202e} bump `x\u{7}` from a to b",
    ] {
        let (desk, _server) = pull(lie, &json!(lie), |_| {});
        let draft = draft(&desk);
        assert_eq!(draft["change"]["components"].as_array().unwrap().len(), 2, "{lie}");
        // What fields are for may well speak of others.
        let text = [&draft["id"], &draft["title"], &draft["change"]["components"]].map(Value::to_string).concat();
        assert!(!text.contains("99") && !text.contains("other") && !text.contains("\\u001b"), "{text}");
    }
    let (desk, _server) = pull("Bump search from 2.31.0 to 2.31.2", &Value::Null, |_| {});
    assert_eq!(draft(&desk)["change"]["package_url"], "pkg:npm/search");
}

/// What is checked out is the work of whoever opened the pull request.
#[test]
fn the_branch_that_it_goes_to_says_where_the_token_goes() {
    let (desk, server) = pull("Bump", &json!(""), |_| {});
    let other = Server::new(|_, _| Answer::new(404, "{}"));
    configure(&desk, &other.url);
    draft(&desk);
    assert_eq!((server.asked().len(), other.asked().len()), (1, 0));
}

#[test]
fn what_is_not_told_is_not_drafted() {
    let (desk, _server) = pull("Bump", &json!(""), |told| told["number"] = 8.into());
    refused(&desk, "evidence/github-malformed");
    let (desk, _server) = pull("Bump", &json!(""), |told| told["head"]["sha"] = "--all".into());
    refused(&desk, "evidence/github-malformed");
    let (desk, _server) = pull("Bump", &json!(""), |told| drop(told.as_object_mut().unwrap().remove("title")));
    refused(&desk, "evidence/github-malformed");
    let (desk, _server) = pull("Bump", &json!(""), |told| *told = json!([]));
    let told = refused(&desk, "evidence/github-malformed");
    assert!(told.contains("expected a pull request"), "{told}");
    let (desk, _server) = pull("Bump", &json!(""), |told| told["head"]["sha"] = "a1".repeat(20).into());
    let told = refused(&desk, "trust/no-commit");
    assert!(told.contains("git fetch origin refs/pull/7/head"), "{told}");
    let (desk, server) = pull("Bump", &json!(""), |_| {});
    configure(&desk, &format!("{}/api/v3", server.url));
    desk.commit("elsewhere");
    refused(&desk, "evidence/github-not-found");
    desk.write("changegate.toml", "[evidence]\ngithub = \"off\"\n");
    desk.commit("off");
    refused(&desk, "usage/option");
}

/// The event has all of it, so that nobody is asked.
#[test]
fn an_event_has_the_words_of_its_pull_request() {
    let (desk, server) = pull("Bump", &json!(""), |_| {});
    let told = json!({ "title": "Bump the web group", "body": BODY });
    let output = desk.in_event(&["draft", "--out", "d.json"], ["main~", "upgrade"], told);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let draft: Value = serde_json::from_str(&fs::read_to_string(desk.at("d.json")).unwrap()).unwrap();
    assert_eq!(draft["change"]["package_url"], "pkg:npm/search");
    assert!(draft["reason"]["advisories"].as_str().unwrap().starts_with("TODO: perhaps "));
    assert!(server.asked().is_empty());
}
