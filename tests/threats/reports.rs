//! Files of reports: what they may take the place of, and that they are whole, of this run, or not there.

use super::{Room, valid};
use std::fs;

fn room() -> Room {
    Room::new()
        .with("p.json", valid().to_string())
        .with("other.json", valid().to_string())
        .with("systems/wiki.json", fs::read("examples/systems/wiki.json").unwrap())
        .with("changegate.toml", "[proposals]\npaths = [\"changes\"]\n[policies]\npaths = [\"more\"]\n")
        .with("more/rule.rhai", super::rule(""))
        .with("changes/q.json", "{}")
        .with("README.md", "# Mine\n")
}

/// Whether a report is refused, and what the run says.
fn refused(room: &Room, report: &str) -> (bool, String) {
    let told = room.check(&["p.json", "--report", report]);
    (told.causes().contains("report/unwritable"), told.text())
}

#[test]
fn a_report_takes_the_place_of_no_other_file() {
    for name in [
        "p.json",
        "./p.json",
        "other.json",
        "changes/../other.json",
        "changes/q.json",
        "systems/wiki.json",
        "rules/quiet.rhai",
        "more/rule.rhai",
        "changegate.toml",
        "README.md",
        "changes",
        ".",
    ] {
        for format in ["json", "human"] {
            let room = room();
            let read = |path: &str| fs::read(room.at(path)).ok();
            let before = read(name);
            let (is_refused, text) = refused(&room, &format!("{format}={name}"));
            assert!(is_refused, "{format}={name}: {text}");
            assert_eq!(read(name), before, "{format}={name}");
        }
    }
}

#[test]
fn a_report_does_not_stand_where_a_run_would_read_it() {
    let room = room();
    for name in [
        "changes/report.json",
        "changes/deep/report.JSON",
        "systems/report.json",
        "rules/new.rhai",
        "more/deep/new.rhai",
    ] {
        fs::create_dir_all(room.at(name).parent().unwrap()).unwrap();
        let (is_refused, text) = refused(&room, &format!("human={name}"));
        assert!(is_refused && text.contains("it would be read as"), "{name}: {text}");
        assert!(!room.at(name).exists(), "{name}");
    }
    let told = room.check(&["p.json", "--config", "gate.toml", "--report", "json=gate.toml"]);
    told.is(2, &["config/unreadable", "report/unwritable"]);
    for name in ["changes/report.txt", "changes/.report.json", "systems/report.txt", "report.json", "more/report.json"]
    {
        assert!(!refused(&room, &format!("human={name}")).0, "{name}");
        assert!(room.at(name).exists(), "{name}");
    }
    // A pattern of the command line counts as one of the configuration does.
    assert!(room.check(&[".", "--report", "json=new.json"]).causes().contains("report/unwritable"));
}

#[test]
fn an_earlier_report_is_replaced() {
    let room = room().with("empty.json", "");
    for (first, second) in [("json", "json"), ("human", "json"), ("json", "human"), ("human", "human")] {
        for quiet in ["-q", "-v", "--color=auto"] {
            fs::remove_file(room.at("report")).ok();
            for format in [first, second] {
                let report = format!("{format}=report");
                let told = room.check(&[quiet, "p.json", "--report", &report]);
                assert!(!told.causes().contains("report/unwritable"), "{first} {second} {quiet}: {}", told.text());
            }
        }
    }
    assert!(!refused(&room, "json=empty.json").0);
    let left: Vec<_> = fs::read_dir(room.at("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_str().unwrap().contains("partial")), "{left:?}");
}

/// All files of a run say the same, which is what the exit status says; else none of them is left, not even an earlier one.
#[cfg(target_os = "linux")]
#[test]
fn reports_are_whole_and_agree() {
    let room = room();
    let run = |arguments: &[&str]| room.check(&[&["p.json", "--report", "json=report.json"], arguments].concat());
    assert!(!run(&[]).causes().contains("report/unwritable"));
    assert!(room.at("report.json").exists());
    let told = run(&["--report", "json=/dev/full"]);
    assert_eq!(told.status, Some(2));
    assert!(told.causes().contains("report/unwritable"), "standard output tells of it: {}", told.text());
    assert!(!room.at("report.json").exists());
    // Refused before the run began, it is told in the others, which say the same as the status.
    let told = run(&["--report", "json=nowhere/report.json"]);
    assert_eq!(told.status, Some(2));
    let written: serde_json::Value = serde_json::from_slice(&fs::read(room.at("report.json")).unwrap()).unwrap();
    assert_eq!(written["exit"], told.report["exit"]);
    let told = run(&["--report", "human=./report.json"]);
    assert!(told.text().contains("it is to be written twice"), "{}", told.text());
    // Standard output that nobody reads has decided nothing.
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(["check", "p.json", "--report", "json=report.json"])
        .current_dir(room.at(""))
        .stdout(fs::File::create("/dev/full").unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output can't be written to"));
    assert!(!room.at("report.json").exists());
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_report_elsewhere() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let room = room();
    symlink(outside.path().join("report.json"), room.at("report.json")).unwrap();
    symlink(outside.path(), room.at("out")).unwrap();
    symlink("changes", room.at("alias")).unwrap();
    fs::create_dir(room.at("build")).unwrap();
    symlink("build", room.at("target")).unwrap();
    for name in ["report.json", "out/report.json", "out/new/report.json", "alias/report.json"] {
        assert!(refused(&room, &format!("json={name}")).0, "{name}");
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    assert!(!room.at("changes/report.json").exists());
    // A link that stays inside is a folder like others, and who names a place outside means it.
    assert!(!refused(&room, "json=target/report.json").0);
    assert!(room.at("build/report.json").exists());
    assert!(!refused(&room, &format!("json={}", outside.path().join("report.json").display())).0);
    assert!(outside.path().join("report.json").exists());
    assert!(!refused(&room, "human=/dev/null").0);
}
