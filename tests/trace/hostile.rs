//! Texts of a proposal are those of whoever proposes: in a trace they are shown, and do nothing.

use super::{folder, run};
use serde_json::{Value, json};
use std::fs;

const TEXTS: &[&str] = &[
    "\u{1b}[31mred\u{1b}[0m \u{1b}]8;;http://evil\u{7}here",
    "::error::b\n::error::a",
    "a##[group]b ##vso[task.complete]",
    "\u{202e}ssap\u{202c} \u{2066}x\u{2069} \u{200b}\u{feff}\u{e0041}",
    "<script>globalThis.pwned = 1</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> `<b>` --><!-- &lt;",
    "a\r\u{85}\u{2028}b \u{9b}31m",
];

const BODY: &str = r#"fn check(p) {
    let title = p.title;
    let upper = title + "!";
    let map = #{};
    map[title] = [title, title];
    if title == "x" { return title; }
    for text in [title, p.reason.purpose] {
        if len(text) > 1 { warn(`${text} is said`, p.title); }
    }
    deny(title);
}"#;

#[test]
fn hostile_text_is_inert_in_every_format() {
    for text in TEXTS {
        let folder = folder(BODY);
        let path = folder.path().join("p.json");
        let mut proposal: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        proposal["title"] = json!(text);
        fs::write(&path, serde_json::to_vec(&proposal).unwrap()).unwrap();
        let output = run(folder.path(), &["a/rule", "p.json", "--report", "html=page.html"]);
        let human = String::from_utf8(output.stdout).unwrap();
        let output = run(folder.path(), &["a/rule", "p.json", "--format", "json"]);
        let json = String::from_utf8(output.stdout).unwrap();
        let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
        let hidden = |c: char| {
            c.is_control() && c != '\n' || "\u{202e}\u{2066}\u{2069}\u{200b}\u{feff}\u{2028}\u{e0041}".contains(c)
        };
        for told in [&human, &json, &page] {
            assert!(!told.contains(hidden), "{told:?}");
        }
        for told in [&human, &json] {
            assert!(told.lines().all(|line| !line.trim_start().starts_with("::")), "{told}");
            assert!(!told.contains("##[") && !told.contains("##vso["), "{told}");
        }
        let body = page.split_once("<main").unwrap().1;
        assert!(!body.contains("<script") && !body.contains("<img") && !body.contains("<svg"), "{body}");
        assert!(serde_json::from_str::<Value>(&json).is_ok());
    }
}

/// A rule may be of others, too.
#[test]
fn the_text_of_a_rule_is_inert() {
    let body = "fn check(p) {\n    // \u{1b}[31m \u{202e} <script>alert(1)</script>\n    if p.title == \"\u{202e}<b>##[x]\" { deny(\"x\"); }\n}";
    let folder = folder(body);
    let output = run(folder.path(), &["a/rule", "p.json", "--report", "html=page.html"]);
    let human = String::from_utf8(output.stdout).unwrap();
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    if output.status.code() == Some(0) {
        assert!(!human.contains(['\u{1b}', '\u{202e}']) && !human.contains("##["), "{human:?}");
        assert!(!page.contains(['\u{1b}', '\u{202e}']) && !page.contains("<script"), "{page}");
    }
}
