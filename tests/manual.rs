//! `changegate docs`: the manual of rules, that it tells when it is out of date, and that it touches nothing of others.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const HOSTILE: &str = r#"const RULE = #{
    title: "Tickets <script>alert(1)</script> | [x](javascript:y)",
    why: "A ticket says *who* asked. @everyone",
    help: "name it in `ticket`",
    phases: ["plan"],
    level: "deny",
    params: #{ prefixes: #{ value: ["OPS-`<b>`"], unit: "texts", doc: "How a ticket begins.", why: "Ours do." } },
    controls: ["ISO-27001:2022 A.8.32", "HOUSE <i>1</i>|2"],
    example: `{ "ticket": "OPS-1 </pre><script>" }`,
};

fn check(p) {
    if !some(params.prefixes, |prefix| starts_with(p.ticket ?? "", prefix)) {
        deny("no ticket is named", p.ticket);
    }
}
"#;

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("changegate.toml", "[policies]\nbuiltin = false\npaths = [\"policies\"]\n");
        desk.write("policies/house/ticket.rhai", HOSTILE);
        desk.write("policies/other/ticket.rhai", &HOSTILE.replace("\"deny\"", "\"warn\"").replace("deny(", "warn("));
        desk
    }

    fn at(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(self.at(path), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap()
    }

    fn docs(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
        let output = command.arg("docs").args(arguments).current_dir(self.0.path()).output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (output.status.code(), told)
    }
}

#[test]
fn it_tells_when_it_is_out_of_date() {
    let desk = Desk::new();
    let (status, told) = desk.docs(&["--check"]);
    assert_eq!((status, told.matches("error[docs/stale]").count()), (Some(1), 3), "{told}");
    assert_eq!(desk.docs(&[]).1, "wrote docs/rules.md\nwrote docs/rules/house.md\nwrote docs/rules/other.md\n");
    assert!(desk.docs(&["--check"]).1.starts_with("PASSED"));
    assert_eq!(desk.docs(&[]), (Some(0), "3 of 3 pages are as they were\n".to_owned()));
    // git may write its lines with the ends of Windows.
    let page = desk.read("docs/rules/house.md");
    desk.write("docs/rules/house.md", &page.replace('\n', "\r\n"));
    assert_eq!(desk.docs(&["--check"]).0, Some(0));
    desk.write("docs/rules/house.md", &format!("{}more\r\n", page.replace('\n', "\r\n")));
    let (status, told) = desk.docs(&["--check"]);
    assert!(status == Some(1) && !told.contains("house.md:1:1"), "{told}");
    assert_eq!(desk.docs(&[]).0, Some(0));
    // What the configuration sets is part of it.
    desk.write(
        "changegate.toml",
        "[policies]\nbuiltin = false\npaths = [\"policies\"]\n[rules.\"house/ticket\"]\nlevel = \"warn\"\nparams = { prefixes = [\"INC-\"] }\n[rules.\"other/ticket\"]\noff = { reason = \"another program asks for it\" }\n",
    );
    let (status, told) = desk.docs(&["--check"]);
    assert_eq!(status, Some(1), "{told}");
    assert!(
        told.contains("docs/rules/house.md is not what the rules are now") && told.contains("docs/rules/house.md:10:1"),
        "{told}"
    );
    assert_eq!(desk.docs(&[]).0, Some(0));
    let page = desk.read("docs/rules/house.md");
    assert!(page.contains("\nwarn (by its header deny) · plan\n"), "{page}");
    assert!(page.contains("- `prefixes = [\"INC-\"] (texts)` (by default `` ["), "{page}");
    assert!(desk.read("docs/rules/other.md").contains("\noff: another program asks for it · plan\n"));
    // A page that goes on, or ends too early.
    for edited in [format!("{page}more\n"), page.trim_end().to_owned()] {
        desk.write("docs/rules/house.md", &edited);
        assert_eq!(desk.docs(&["--check"]).0, Some(1), "{edited}");
    }
    // A family of which nothing is left.
    desk.docs(&[]);
    fs::remove_dir_all(desk.at("policies/other")).unwrap();
    desk.write("changegate.toml", "[policies]\nbuiltin = false\npaths = [\"policies\"]\n");
    assert!(desk.docs(&["--check"]).1.contains("docs/rules/other.md is about no rule any more"));
    assert!(desk.docs(&[]).1.contains("removed docs/rules/other.md"));
    assert!(desk.docs(&["--check"]).1.starts_with("PASSED"));
}

#[test]
fn it_touches_nothing_of_others() {
    let desk = Desk::new();
    desk.write("docs/rules/mine.md", "# Mine\n");
    desk.write("docs/rules/house.md", "# Mine\n");
    let (status, told) = desk.docs(&[]);
    assert_eq!(status, Some(2), "{told}");
    assert!(told.contains("error[usage/exists]") && told.contains("docs/rules/house.md exists already"), "{told}");
    assert!(!desk.at("docs/rules.md").exists() && desk.read("docs/rules/house.md") == "# Mine\n");
    let (status, told) = desk.docs(&["../elsewhere"]);
    assert!(status == Some(2) && told.contains("usage/unwritable"), "{told}");
    desk.write("docs/rules/house.md", "<!-- Written by `changegate docs`; edits are lost. -->\nold");
    assert_eq!(desk.docs(&[]).0, Some(0));
    assert_eq!(desk.read("docs/rules/mine.md"), "# Mine\n");
    // Rules that can't be read are no reason to write that there are none.
    desk.write("policies/house/broken.rhai", "const RULE = #{");
    let (status, told) = desk.docs(&["--check"]);
    assert!(status == Some(2) && told.contains("policies/house/broken.rhai"), "{told}");
}

#[test]
fn what_a_header_says_is_text() {
    let desk = Desk::new();
    assert_eq!(desk.docs(&[]).0, Some(0));
    let page = desk.read("docs/rules/house.md");
    assert!(page.contains("**Tickets \\<script\\>alert(1)\\</script\\> \\| \\[x\\](javascript:y)**"), "{page}");
    assert!(page.contains("- `` prefixes = [\"OPS-`<b>`\"] (texts) ``: How a ticket begins."), "{page}");
    let list = desk.read("docs/rules.md");
    assert!(
        list.contains("| \\<i\\>1\\</i\\>\\|2 | [house/ticket](rules/house.md#houseticket), [other/ticket]"),
        "{list}"
    );
    assert_eq!(desk.docs(&["--format", "html"]).1, "wrote docs/rules.html\n");
    assert_eq!(
        desk.docs(&["--format", "html", "--check"]),
        (Some(0), "PASSED  1 of 1 pages are what the rules are now\n".to_owned())
    );
    let html = desk.read("docs/rules.html");
    assert!(!html.contains("<script") && !html.contains("<b>`") && !html.contains("<i>1"), "{html}");
    assert!(html.contains("&lt;/pre&gt;&lt;script&gt;") && html.contains("A.8.32"));
}
