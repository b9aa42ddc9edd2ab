//! Row 21: nothing that a terminal would obey, and nothing that hides, leaves the program as it came.

use super::{HEADER, Room, rule, valid};
use serde_json::json;

/// What comes from elsewhere: colour, a hyperlink (OSC 8), the clipboard (OSC 52), C1 controls, reordering, what has no width,
/// lines that a CI runner obeys.
const HOSTILE: &[&str] = &[
    "\u{1b}[31mred\u{1b}[2J",
    "\u{1b}]8;;https://evil.example\u{7}link\u{1b}]8;;\u{7}",
    "\u{1b}]52;c;ZXZpbA==\u{7}",
    "\u{9b}31m\u{9d}0;t\u{9c}",
    "a\u{202e}drowssap\u{202c}\u{2066}b\u{2069}",
    "pay\u{200b}ments\u{2060}\u{feff}\u{ad}",
    "\r\u{8}\u{8}\u{7f}\0",
    "line\n::error::x\n##[error]y",
    "e\u{e0041}\u{fe0f}\u{34f}",
];

/// Whether a text holds a character that is not to be sent.
fn raw(text: &str) -> Option<char> {
    text.chars().find(|&c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}'
                | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{e0000}'..='\u{e0fff}' | '\u{fe0f}' | '\u{34f}')
    })
}

/// All ways to tell it: none holds such a character, nor begins a line with a command of a CI runner.
#[track_caller]
fn inert(room: &Room, arguments: &[&str]) {
    for way in [&[][..], &["-q"], &["-v"], &["--format", "json"]] {
        let output = room.run(&[arguments, way].concat());
        let text = String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(raw(&text), None, "{way:?}: {}", text.escape_debug());
        assert!(
            !text.lines().any(|line| line.trim_start().starts_with("::") || line.contains("##[")),
            "{way:?}: {text}"
        );
        assert!(!text.is_empty());
        // The report of a file is no better known than the terminal.
    }
    room.run(&[arguments, &["-q", "--report", "human=report.txt", "--report", "json=report.json"]].concat());
    for report in ["report.txt", "report.json"] {
        let text = std::fs::read_to_string(room.at(report)).unwrap();
        assert_eq!(raw(&text), None, "{report}: {}", text.escape_debug());
    }
}

#[test]
fn row_21_texts_of_a_proposal() {
    for text in HOSTILE {
        let mut proposal = valid();
        proposal["id"] = json!(text);
        proposal["title"] = json!(text);
        proposal["change"]["size"] = json!(text);
        proposal["window"]["zone"] = json!(text);
        proposal["system"]["id"] = json!(text);
        proposal["rollback"]["plan"] = json!(text);
        let room = Room::of_rule(rule("deny(p.title);")).with("p.json", proposal.to_string());
        inert(&room, &["p.json"]);
        // The characters themselves instead of escapes, where JSON allows them.
        let bare = proposal.to_string().replace("\\u007f", "\u{7f}");
        inert(&room.with("p.json", bare), &["p.json"]);
    }
}

/// Texts that are valid, in what a rule says, what it points at and what it read.
#[test]
fn row_21_messages_and_values() {
    for text in HOSTILE {
        let mut proposal = valid();
        proposal["title"] = json!(text);
        proposal["rollback"]["plan"] = json!(format!("stop the service, then {text}, then start it again"));
        proposal["approvals"][0]["by"] = json!(format!("@ada{text}"));
        let body = "let plan = p.rollback.plan; let title = p.title;
            deny(`${title} and ${plan}`).help(`${plan}`); for a in p.approvals { deny(`${a.by} ${a}`); }";
        inert(&Room::of_rule(rule(body)).with("p.json", proposal.to_string()), &["p.json"]);
    }
}

#[test]
fn row_21_keys() {
    for text in HOSTILE {
        let mut proposal = valid();
        proposal.as_object_mut().unwrap().insert((*text).to_owned(), json!(1));
        proposal["window"].as_object_mut().unwrap().insert((*text).to_owned(), json!({ *text: [*text] }));
        inert(&Room::of_rule(rule("")).with("p.json", proposal.to_string()), &["p.json"]);
        let twice = format!("{{{key}: 1, {key}: 2}}", key = json!(text));
        inert(&Room::of_rule(rule("")).with("p.json", twice), &["p.json"]);
    }
}

/// Text that is no JSON is shown in the snippet.
#[test]
fn row_21_text_that_does_not_parse() {
    for text in HOSTILE {
        for broken in
            [format!("{{{text}}}"), format!("{{\"a\": \"{text}\"}}"), format!("{{}} {text}"), format!("{text}{{}}")]
        {
            inert(&Room::of_rule(rule("")).with("p.json", broken), &["p.json"]);
        }
    }
    inert(&Room::of_rule(rule("")).with("p.json", b"{\"a\": \"\x1b[31m\xff\x9b\"}"), &["p.json"]);
}

#[test]
fn row_21_rules() {
    for text in HOSTILE {
        let quoted = json!(text).to_string().replace("\\b", "\\u0008").replace("\\f", "\\u000c");
        for rule in [
            rule(&format!("/* {text} */ deny({quoted}).help({quoted});")),
            rule(&format!("/* {text} */ deny(`{text}`);")),
            rule(&format!("let x = #{{ }}; x[`{text}`]")),
            rule(&format!("p[`{text}`]")),
            rule(text),
            rule(&format!("weekday(now, `{text}`)")),
            format!("{HEADER}\n// {text}\nfn check(p) {{ 1 / 0 }}"),
            HEADER.replace("\"t\"", &quoted) + " fn check(p) { deny(\"x\"); }",
            HEADER.replace("\"h\"", &format!("`{text}`")) + " fn check(p) { deny(\"x\"); }",
            HEADER.replace("title", &quoted) + " fn check(p) { }",
            HEADER.replace("\"plan\"", &quoted) + " fn check(p) { }",
            format!("{text} {}", rule("")),
        ] {
            inert(&Room::of_rule(rule), &["p.json"]);
        }
    }
}

#[test]
fn row_21_names_of_files_and_the_configuration() {
    for text in HOSTILE {
        let room = Room::of_rule(rule(""));
        // An argument can't hold a zero byte.
        let argument = text.replace('\0', "");
        inert(&room, &[argument.as_str()]);
        #[cfg(unix)]
        {
            let name = argument.replace('/', "_") + ".json";
            std::fs::write(room.at(&name), "{}").unwrap();
            inert(&room, &["*.json"]);
            inert(&room, &[&name]);
        }
        let quoted = json!(text).to_string();
        for toml in [
            format!("{quoted} = 1"),
            format!("[rules.{quoted}]\nlevel = \"warn\""),
            format!("[rules.quiet]\nlevel = {quoted}"),
            format!("[rules.quiet]\noff = {{ reason = {quoted} }}"),
            format!("[rules.quiet]\nparams = {{ {quoted} = 1 }}"),
            format!("[proposals]\npaths = [{quoted}]"),
            format!("[policies]\npaths = [{quoted}]"),
            format!("[systems]\npath = {quoted}"),
            format!("# {text}\nx = "),
        ] {
            inert(&Room::of_rule(rule("")).with("changegate.toml", toml), &["p.json"]);
        }
    }
}
