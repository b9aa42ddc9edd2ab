//! Row 5: which files are read.

use super::{Room, rule, valid};

#[test]
fn row_5_ways_out_of_the_folder() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("p.json"), valid().to_string()).unwrap();
    let absolute = outside.path().join("p.json");
    let room = Room::new().with("a/p.json", valid().to_string());
    for pattern in [
        "../p.json",
        "a/../../p.json",
        "..",
        "a/../a/p.json",
        "../*.json",
        absolute.to_str().unwrap(),
        "/etc/passwd",
        "/",
        "/dev/zero",
        "/**/*.json",
    ] {
        room.check(&[pattern]).is(2, &["input/path-escape"]);
    }
    // A path that begins elsewhere may not lead into the folder either; how it is named from there is told.
    let own = room.at("a/p.json").canonicalize().unwrap();
    let told = room.check(&[own.to_str().unwrap()]).is(2, &["input/path-escape"]);
    assert!(told.text().contains("name it from there: `a/p.json`"), "{}", told.text());
    room.check(&["./a/p.json"]).is(0, &[]);
}

#[cfg(unix)]
#[test]
fn row_5_links() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.json"), valid().to_string()).unwrap();
    let room = Room::new().with("a/p.json", valid().to_string());
    symlink(outside.path().join("secret.json"), room.at("link.json")).unwrap();
    symlink(outside.path(), room.at("out")).unwrap();
    symlink("p.json", room.at("a/inside.json")).unwrap();
    symlink("nowhere", room.at("dangling.json")).unwrap();
    symlink("/dev/zero", room.at("zero.json")).unwrap();
    for pattern in
        ["link.json", "*.json", "out/secret.json", "a/inside.json", "a", "a/*.json", "dangling.json", "zero.json"]
    {
        let told = room.check(&[pattern]);
        assert_eq!(told.status, Some(2), "{pattern}: {:#}", told.report);
        assert!(told.causes().contains("input/path-escape"), "{pattern}: {:?}", told.causes());
        assert!(!told.text().contains("secret contents"));
    }
    let told = room.check(&["out"]);
    assert_eq!(told.status, Some(2), "{:#}", told.report);
}

#[cfg(unix)]
#[test]
fn row_5_a_loop_of_links_ends() {
    let room = Room::new().with("a/b/p.json", valid().to_string());
    for (to, name) in [("..", "a/b/up"), ("../..", "a/b/top"), (".", "a/b/self")] {
        std::os::unix::fs::symlink(to, room.at(name)).unwrap();
    }
    for pattern in ["a", "**/*.json", "a/**/p.json"] {
        let began = std::time::Instant::now();
        let told = room.check(&[pattern]);
        assert!(began.elapsed().as_secs() < 10);
        // The one real file is judged once; ways by a link are not taken, or told.
        assert!(matches!(told.status, Some(0 | 2)), "{:#}", told.report);
        assert!(told.report["proposals"].as_array().unwrap().len() == 1, "{:#}", told.report);
    }
}

/// Proposals that lie too deep to be looked for do not go unjudged in silence, and hide nothing of the others.
#[test]
fn row_5_folders_without_end() {
    let nested = |depth: usize| format!("a/{}p.json", "d/".repeat(depth - 1));
    let room = Room::new().with("a/p.json", valid().to_string()).with(&nested(200), "{");
    for pattern in ["a", "**/*.json", "a/**/p.json"] {
        room.check(&[pattern]).is(1, &["proposal/syntax"]);
    }
    let room = room.with(&nested(201), "{");
    for pattern in ["a", "**/*.json", "a/**/p.json"] {
        let told = room.check(&[pattern]).is(2, &["input/too-deep"]);
        assert_eq!(told.report["proposals"].as_array().unwrap().len(), 2, "{pattern}: {:#}", told.report);
        assert_eq!(told.findings()[0]["rule"], "proposal/syntax", "{pattern}");
    }
    let room = Room::new().with(&nested(201), "{");
    room.check(&["a"]).is(2, &["input/too-deep"]);
    // Where the pattern does not lead, nobody looks.
    room.check(&["a/*.json"]).is(2, &["check/nothing-to-judge"]);
}

#[cfg(unix)]
#[test]
fn row_5_pipes_are_not_read() {
    let room = Room::new();
    let made = std::process::Command::new("mkfifo").arg(room.at("pipe.json")).status().unwrap();
    assert!(made.success());
    room.check(&["pipe.json"]).is(2, &["input/path-escape"]);
    room.check(&["*.json"]).is(2, &["input/path-escape"]);
}

#[cfg(unix)]
#[test]
fn row_5_names_that_can_not_be_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    for name in [b"a\x1b[31m.json".as_slice(), b"a\nb.json", b"a\r.json", b"\xc2\x9b.json", b"\xff.json", b"a\x07.json"]
    {
        let room = Room::new();
        std::fs::write(room.at("").join(OsStr::from_bytes(name)), valid().to_string()).unwrap();
        room.check(&["*.json"]).is(2, &["input/path-escape"]);
        let output = room.run(&["*.json"]);
        let shown = [output.stdout, output.stderr].concat();
        assert!(!shown.contains(&0x1b) && !shown.contains(&b'\r') && !shown.contains(&0x07));
    }
}

/// What stands on the trusted side is read within bounds, and links to elsewhere are not followed.
#[cfg(unix)]
#[test]
fn row_5_devices_on_the_trusted_side() {
    use std::os::unix::fs::symlink;
    let room = Room::of_rule(rule("")).with("systems/other.json", "{}");
    symlink("/dev/zero", room.at("systems/wiki.json")).unwrap();
    room.check(&["p.json"]).is(2, &["input/path-escape"]);
    let room = Room::of_rule(rule(""));
    symlink("/dev/zero", room.at("rules/zero.rhai")).unwrap();
    room.check(&["p.json"]).is(2, &["policy/unreadable"]);
    let room = Room::of_rule(rule(""));
    symlink("/dev/zero", room.at("changegate.toml")).unwrap();
    room.check(&["p.json"]).is(2, &["config/unreadable"]);
    // A configuration that leads nowhere is no reason for the defaults to hold.
    let room = Room::of_rule(rule(""));
    symlink("nowhere", room.at("changegate.toml")).unwrap();
    let told = room.check(&["p.json"]).is(2, &["config/unreadable"]);
    assert!(told.text().contains("it is a link to nothing"), "{}", told.text());
}

/// A proposal must not go unjudged for the letter case of its name.
#[test]
fn upper_case_is_judged_too() {
    let room = Room::new().with("a/one.JSON", "{").with("a/b/two.Json", "{").with("a/three.json5", "{");
    for pattern in ["a", "a/**/*.json", "a/**/*.JSON", "**/*.json"] {
        let told = room.check(&[pattern]).is(1, &["proposal/syntax"]);
        let files: Vec<_> =
            told.report["proposals"].as_array().unwrap().iter().map(|one| one["file"].clone()).collect();
        assert_eq!(files, ["a/b/two.Json", "a/one.JSON"], "{pattern}");
    }
    room.check(&["a/one.JSON", "a/*.json"]).is(1, &["proposal/syntax"]);
    let room = Room::new().with("p.json", valid().to_string()).with("systems/wiki.JSON", "{");
    room.check(&["p.json"]).is(2, &["profile/syntax"]);
    if !room.at("systems/wiki.json").exists() {
        room.with("systems/wiki.json", "{}").check(&["p.json"]).is(2, &["profile/duplicate"]);
    }
}

/// What is named twice, in whatever way, is judged once.
#[test]
fn one_file_is_one_input() {
    let room = Room::new().with("a/p.json", valid().to_string());
    for patterns in [
        ["a", "./a"],
        ["a/", "a/./"],
        ["a/p.json", "./a/p.json"],
        ["./a/p.json", "a/*.json"],
        ["./*/*.json", "a"],
        [".", "a/p.json"],
    ] {
        let told = room.check(&patterns).is(0, &[]);
        let files: Vec<_> = told.report["proposals"].as_array().unwrap().iter().map(|one| &one["file"]).collect();
        assert_eq!(files, ["a/p.json"], "{patterns:?}");
    }
    // A pattern that names nothing is one all the same.
    room.check(&["a", "./a", "./b"]).is(2, &["check/nothing-to-judge"]);
}

/// The folder of profiles is left out however it and the pattern are written.
#[test]
fn profiles_are_not_judged_as_proposals() {
    for path in ["systems", "./systems", "systems/", "./systems/."] {
        let room = Room::new()
            .with("p.json", valid().to_string())
            .with("systems/wiki.json", "{")
            .with("changegate.toml", format!("[systems]\npath = \"{path}\"\nrequired = false\n"));
        let told = room.check(&["**/*.json"]).is(2, &["profile/syntax"]);
        assert_eq!(told.report["proposals"].as_array().unwrap().len(), 1, "{path}: {:#}", told.report);
        for pattern in ["./systems/wiki.json", "systems/*.json", "./systems"] {
            room.check(&[pattern]).is(1, &["proposal/syntax"]);
        }
    }
}

/// Hidden files are passed over, and told; whoever names one has it judged.
#[test]
fn hidden_files_are_told() {
    let proposal = valid().to_string();
    let room = Room::new()
        .with("a/p.json", &proposal)
        .with("a/.hidden.json", "{")
        .with("a/.note.txt", "")
        .with("a/.old/p.json", "{")
        .with("a/.old/deeper/.p.json", "{")
        .with(".only/p.json", "{");
    let skipped = |patterns: &[&str], status, codes: &[&str]| {
        let told = room.check(patterns).is(status, codes);
        told.report["skipped"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(skipped(&["a"], 0, &[]), ["a/.hidden.json", "a/.old/"]);
    assert_eq!(skipped(&["a/*.json"], 0, &[]), ["a/.hidden.json"]);
    assert_eq!(skipped(&["**/*.json"], 0, &[]), [".only/", "a/.hidden.json", "a/.old/"]);
    assert_eq!(skipped(&["a", "a/.hidden.json"], 1, &["proposal/syntax"]), ["a/.old/"]);
    assert_eq!(skipped(&["a", "a/.old"], 1, &["proposal/syntax"]), ["a/.hidden.json", "a/.old/deeper/.p.json"]);
    assert_eq!(skipped(&["a/.*.json"], 1, &["proposal/syntax"]), [""; 0]);
    assert_eq!(skipped(&[".only/*.json"], 1, &["proposal/syntax"]), [""; 0]);
    assert_eq!(skipped(&["a/.h*.txt", "a/h*.json"], 2, &["check/nothing-to-judge"]), [""; 0]);
    let room = Room::new().with("b/.p.json", "{");
    let told = room.check(&["b"]).is(2, &["check/nothing-to-judge"]);
    assert!(told.text().contains("names no file but hidden ones"), "{}", told.text());
    let verbose = room.run(&["-v", "b"]);
    assert!(String::from_utf8_lossy(&verbose.stdout).contains("  hidden   b/.p.json\n"), "{verbose:?}");
}
