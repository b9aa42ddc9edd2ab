//! Files that are named as proofs: row 5 of the threats, and what stands in them.

use super::desk::Desk;
use serde_json::json;

const REPORT: &str =
    r#"<testsuite timestamp="2026-11-20T10:00:00Z"><testcase/><testcase><skipped/></testcase></testsuite>"#;

#[test]
fn what_leads_out_is_refused_and_never_looked_at() {
    for path in ["/etc/passwd", "../secret.xml", "a/../../secret.xml", "a\\b", "C:/x", "a\u{1b}[2J", "a\nb"] {
        let told = Desk::new().with_report(path).check(&[]).is(1, &["input/path-escape"]);
        assert_eq!(told.report["proposals"][0]["consulted"], json!([]), "{path}");
    }
}

#[test]
fn a_file_that_is_there_is_told_with_its_digest() {
    let told = Desk::new().with("out/tests.xml", REPORT).with_report("out/tests.xml").check(&[]).is(0, &[]);
    let consulted = told.consulted();
    assert_eq!(consulted["question"], "the test report out/tests.xml");
    assert_eq!((&consulted["of"], &consulted["state"]), (&json!("the work tree"), &json!("known")));
    assert!(consulted["digest"].as_str().unwrap().starts_with("sha256:"), "{consulted}");
}

#[test]
fn what_is_no_file_proves_nothing() {
    let missing = Desk::new().with_report("tests.xml").check(&[]).is(1, &["proof/file-stands"]);
    assert_eq!(missing.message("proof/file-stands"), "the file `tests.xml` is named as a proof, and there is none");
    assert_eq!(missing.consulted()["state"], "absent");
    let below =
        Desk::new().with("tests.xml", REPORT).with_report("tests.xml/a").check(&[]).is(1, &["proof/file-stands"]);
    assert_eq!(below.consulted()["state"], "absent");
    let folder =
        Desk::new().with("out/tests.xml", REPORT).with_report("./out").check(&[]).is(1, &["proof/file-stands"]);
    assert_eq!(folder.message("proof/file-stands"), "`./out` is named as a proof, and is a folder");
    Desk::new().with("out/tests.xml", REPORT).with_report("./out/./tests.xml").check(&[]).is(0, &[]);
    let empty = Desk::new().with("tests.xml", "").with_report("tests.xml").check(&[]);
    assert_eq!(empty.message("proof/file-stands"), "the file `tests.xml` is named as a proof, and is empty");
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_and_no_device_read() {
    use std::os::unix::fs::symlink;
    for (name, to) in
        [("tests.xml", "/etc/passwd"), ("tests.xml", "p.json"), ("tests.xml", "/dev/zero"), ("out", "/etc")]
    {
        let desk = Desk::new().with_report(if name == "out" { "out/passwd" } else { name });
        symlink(to, desk.at(name)).unwrap();
        let told = desk.check(&[]).is(1, &["proof/file-stands"]);
        assert!(told.message("proof/file-stands").ends_with("is named as a proof, and is a link"), "{told:?}");
    }
}

#[test]
fn a_report_is_held_against_what_is_claimed_of_it() {
    let desk =
        |totals| Desk::new().with("tests.xml", REPORT).with_report("tests.xml").proposing("/testing/totals", totals);
    desk(json!({ "passed": 1, "failed": 0, "skipped": 1 })).check(&[]).is(0, &[]);
    let told = desk(json!({ "passed": 2, "failed": 0 })).check(&[]).is(1, &["testing/report-agrees"]);
    assert_eq!(told.message("testing/report-agrees"), "the report says 1 test passed, and the proposal says 2");
    // Whatever else it proves, it is read as a report.
    let both = desk(json!({ "passed": 2, "failed": 0 }))
        .proposing("/backup/restore_test/evidence", json!([{ "kind": "log", "file": "tests.xml" }]));
    both.check(&[]).is(1, &["testing/report-agrees"]);
    // One that can't be read is denied at any scale: one that tells of failures is easily cut so that it tells nothing.
    let failing = REPORT.replace("<testcase/>", "<testcase><failure/></testcase>");
    for cut in ["ok 1\nok 2\n", failing.trim_end_matches("</testsuite>")] {
        let desk = Desk::new().with("tests.xml", cut).with_report("tests.xml");
        let told = desk.check(&[]).is(1, &["testing/report-agrees"]);
        let message = told.message("testing/report-agrees");
        assert!(message.starts_with("the report `tests.xml` can't be read: it is no XML"), "{message}");
    }
}

/// With a base, files are those of the commit that is judged: a work tree may hold what nobody proposed.
#[test]
fn with_a_base_the_files_of_the_commit_count() {
    let desk = Desk::in_git().with("changegate.toml", "");
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    let desk = desk.with_report("tests.xml");
    desk.commit("the proposal", "2026-11-21T12:00:00Z");
    let desk = desk.with("tests.xml", REPORT);
    let told = desk.check(&["--base", "main"]).is(1, &["proof/file-stands"]);
    let head = desk.git(&["rev-parse", "HEAD"]);
    assert_eq!(told.consulted()["of"], format!("commit {}", &head[..12]));
    desk.commit("the report", "2026-11-21T13:00:00Z");
    desk.check(&["--base", "main"]).is(0, &[]);
    desk.write("tests.xml", "");
    desk.check(&["--base", "main"]).is(0, &[]);

    let desk = desk
        .proposing("/testing/report", json!({ "kind": "test-run", "file": "tests.xml", "at": "2026-11-23T12:00:00Z" }));
    desk.git(&["checkout", "--quiet", "tests.xml"]);
    desk.commit("made later, it says", "2026-11-23T12:00:00Z");
    let told = desk.check(&["--base", "main"]);
    assert_eq!(told.status, Some(1));
    assert!(told.message("proof/file-stands").contains("was last changed 2026-11-21"), "{told:?}");
}

/// A thousand files are looked at. Who names more is told so, and none of the others is taken for good.
#[test]
fn more_files_than_are_looked_at_are_denied() {
    let proofs = |count| (0..count).map(|number| json!({ "kind": "log", "file": format!("e/{number}.log") })).collect();
    let spread = |count: usize| {
        let half: Vec<_> = proofs(count / 2);
        let all: Vec<_> = proofs(count);
        Desk::new()
            .proposing("/backup/restore_test/evidence", half.into())
            .proposing("/rollback/rehearsal/evidence", all[count / 2..].to_vec().into())
    };
    let told = spread(1_000).check(&[]).is(1, &["proof/file-stands"]);
    assert!(told.message("proof/file-stands").ends_with("is named as a proof, and there is none"));
    let told = spread(1_001).check(&[]).is(1, &["proof/file-stands"]);
    assert_eq!(told.message("proof/file-stands"), "1001 proofs are files, and no more than 1,000 are looked at");
}

#[test]
fn files_can_be_left_unasked() {
    let desk = Desk::new().with_report("tests.xml").with("changegate.toml", "[evidence]\nfiles = \"off\"\n");
    let told = desk.check(&[]).is(0, &[]);
    assert_eq!(told.report["proposals"][0]["consulted"], json!([]));
}

/// Whoever wrote a report that says too much could make it longer than is read.
#[test]
fn a_report_that_is_too_long_is_undecided_where_files_are_optional_too() {
    let failing = REPORT.replace("<testcase/>", "<testcase><failure/></testcase>") + &" ".repeat(64 << 20);
    let optional = "[evidence]\nfiles = \"optional\"\n";
    let desk = Desk::new().with("tests.xml", failing).with_report("tests.xml").with("changegate.toml", optional);
    desk.check(&[]).is(2, &["evidence/change-unreadable"]);
}

/// The JSON that people have says the same as the XML; one that contradicts itself says nothing, and where.
#[test]
fn reports_in_json_are_held_against_what_is_claimed_too() {
    let summary = json!({ "tests": 2, "passed": 1, "failed": 0, "pending": 0, "skipped": 1, "other": 0,
        "start": 1_795_168_800_000_i64, "stop": 1_795_168_801_000_i64 });
    let tests = json!([{ "name": "a", "status": "passed", "duration": 5 }, { "name": "b", "status": "skipped", "duration": 0 }]);
    let ctrf = json!({ "reportFormat": "CTRF", "specVersion": "0.0.0",
        "results": { "tool": { "name": "t" }, "summary": summary, "tests": tests } });
    let jest = json!({ "numTotalTests": 2, "numPassedTests": 1, "numFailedTests": 0, "numPendingTests": 1, "success": true,
        "testResults": [{ "status": "passed", "assertionResults": [{ "status": "passed" }, { "status": "pending" }] }] });
    for report in [ctrf.to_string(), jest.to_string()] {
        let desk = |totals| {
            let desk = Desk::new().with("tests.json", &report).with_report("tests.json");
            desk.proposing("/testing/totals", totals)
        };
        desk(json!({ "passed": 1, "failed": 0, "skipped": 1 })).check(&[]).is(0, &[]);
        let told = desk(json!({ "passed": 2, "failed": 0 })).check(&[]).is(1, &["testing/report-agrees"]);
        assert_eq!(told.message("testing/report-agrees"), "the report says 1 test passed, and the proposal says 2");
    }
    let lie = ctrf.to_string().replace("\"passed\":1", "\"passed\":2");
    let told = Desk::new().with("tests.json", lie).with_report("tests.json").check(&[]);
    let message = told.message("testing/report-agrees");
    let start = "the report `tests.json` can't be read: line 1, column ";
    let end = ": `passed` says 2, and the tests that are listed come to 1";
    assert!(message.starts_with(start) && message.ends_with(end), "{message}");
    // A name that is too long, or would break the line, leaves nothing undecided.
    let long = format!("{{\"a{0}\\n\": 1, \"a{0}\\n\": 2}}", "é".repeat(400));
    let told =
        Desk::new().with("tests.json", long).with_report("tests.json").check(&[]).is(1, &["testing/report-agrees"]);
    let message = told.message("testing/report-agrees");
    assert!(message.starts_with("the report `tests.json` can't be read: line 1, column "), "{message}");
}

/// What was found out of a file stands in no file itself: a rule that read that last points into the proposal.
#[test]
fn what_was_found_out_is_told_in_the_proposal() {
    let header = r#"const RULE = #{
    title: "A test", why: "It is one.", help: "see to it", phases: ["plan"], level: "deny", controls: ["ITIL-4"],
    example: `{ "testing": { "version": "1" } }`,
};"#;
    for (body, pointer) in [
        (
            "let version = p.testing.version; let bytes = evidence.files[0].bytes; deny(`${version} ${bytes}`);",
            "/testing/version",
        ),
        ("let bytes = evidence.files[0].bytes; deny(`${bytes}`);", ""),
        ("let file = evidence.files[0]; if file.totals.passed == 1 { deny(\"one\", file.bytes); }", ""),
    ] {
        let rule = format!("{header}\nfn check(p) {{\n    {body}\n}}\n");
        let desk = Desk::new().with("tests.xml", REPORT).with_report("tests.xml").with("rules/own/told.rhai", rule);
        let told = desk.check(&["--policies", "rules", "--no-builtin"]).is(1, &["own/told"]);
        let finding = &told.report["proposals"][0]["findings"][0];
        assert_eq!((&finding["file"], &finding["pointer"]), (&json!("p.json"), &json!(pointer)), "{body}");
    }
}

fn shown_by(desk: Desk, proof: serde_json::Value) -> Desk {
    desk.proposing("/backup/restore_test/evidence", json!([proof]))
}

/// The restore test is said to be of 2026-11-10.
#[test]
fn what_is_older_than_what_it_shows_does_not_show_it() {
    let log = || json!({ "kind": "log", "file": "restore.log" });
    let mut desk = shown_by(Desk::in_git().with("changegate.toml", "").with("restore.log", "restored\n"), log());
    desk.commit("all of it, long ago", "2025-01-01T00:00:00Z");
    desk.git(&["branch", "base"]);
    let older = "what `backup.restore_test` tells of is of 2026-11-10 09:00 +01:00, and the newest file that shows it, `restore.log`, \
                 was last changed 2025-01-01 01:00 +01:00";
    for about in [&[][..], &["--base", "base"]] {
        let told = desk.check(about).is(1, &["proof/file-stands"]);
        assert_eq!(told.message("proof/file-stands"), older, "{about:?}");
    }
    // Nobody is asked, or git does not know when.
    desk.write("changegate.toml", "[evidence]\ngit = \"off\"\n");
    desk.check(&[]).is(0, &[]);
    desk.write("changegate.toml", "");
    desk.write("restore.log", "restored again\n");
    desk.check(&[]).is(0, &[]);
    // It says itself how old it is, or that it is not.
    desk.git(&["checkout", "--quiet", "restore.log"]);
    for (at, at_fault) in
        [("2025-01-01T00:00:00Z", "the newest that shows it was made"), ("2026-11-10T09:00:00Z", "was last changed")]
    {
        let mut proof = log();
        proof["at"] = json!(at);
        desk = shown_by(desk, proof);
        let told = desk.check(&[]).is(1, &["proof/file-stands"]);
        assert!(told.message("proof/file-stands").contains(at_fault), "{told:?}");
    }
}

/// A report says when it was run, or else git when it was last changed.
#[test]
fn a_report_of_another_year_is_none_of_these_tests() {
    let old = "2025-01-02T00:00:00Z";
    let desk = Desk::in_git().with("tests.xml", "<testsuite><testcase/></testsuite>").with_report("tests.xml");
    desk.commit("a report of long ago", old);
    desk.check(&[]).is(1, &["proof/file-stands"]);
    for (timestamp, status) in [("2025-01-02T10:00:00", 1), ("2027-11-19T10:00:00Z", 1), ("2026-11-19T10:00:00", 0)] {
        let report = format!("<testsuite timestamp=\"{timestamp}\"><testcase/></testsuite>");
        let causes: &[&str] = if status == 1 { &["testing/report-agrees"] } else { &[] };
        Desk::new().with("tests.xml", report).with_report("tests.xml").check(&[]).is(status, causes);
    }
}

#[test]
fn what_is_there_anyway_proves_nothing() {
    let log = |file: &str| json!({ "kind": "log", "file": file });
    for path in [".git/config", ".GIT/HEAD", "a/.git/HEAD"] {
        let told = shown_by(Desk::in_git(), log(path)).check(&[]).is(1, &["input/path-escape"]);
        assert!(told.message("input/path-escape").contains("it lies in `.git`"), "{told:?}");
    }
    let blank = shown_by(Desk::new().with("restore.log", " \n\t\n"), log("restore.log"));
    let told = blank.check(&[]).is(1, &["proof/file-stands"]);
    let unseen = "the file `restore.log` is named as a proof, and nothing can be seen in it";
    assert_eq!(told.message("proof/file-stands"), unseen);
    for file in ["p.json", "./p.json", "copy.json"] {
        let desk = shown_by(Desk::new(), log(file));
        std::fs::copy(desk.at("p.json"), desk.at("copy.json")).unwrap();
        let told = desk.check(&[]).is(1, &["proof/file-stands"]);
        let message = format!("`{file}` is named as a proof, and is this proposal, or a copy of it");
        assert_eq!(told.message("proof/file-stands"), message);
    }
    // Another proposal may well tell of the pilot of this one.
    let desk = shown_by(Desk::new(), log("other.json"));
    std::fs::copy("examples/blocked.json", desk.at("other.json")).unwrap();
    desk.check(&[]).is(0, &[]);
}

/// What a run of tests shows is read where its report can be read.
#[test]
fn reports_that_tell_of_failures_show_nothing_that_works() {
    let cut = r#"<testsuite tests="500" failures="3" errors="2"><testcase/></testsuite>"#;
    let broken =
        r#"<testsuites><testsuite><testcase/></testsuite><testsuite errors="1"><error/></testsuite></testsuites>"#;
    for report in [cut, broken] {
        let desk = Desk::new().with("tests.xml", report).with_report("tests.xml");
        let desk = desk.proposing("/testing/totals", json!({ "passed": 1, "failed": 0, "skipped": 0 }));
        desk.check(&[]).is(1, &["testing/report-agrees"]);
    }
    let skipped = format!("<testsuite>{}</testsuite>", "<testcase><skipped/></testcase>".repeat(500));
    let told = Desk::new().with("tests.xml", &skipped).with_report("tests.xml").check(&[]).is(1, &["testing/passed"]);
    assert_eq!(told.message("testing/passed"), "by the report 0 tests passed, and 500 were left out");
    let area = |report: &str| {
        let proof = json!([{ "kind": "test-run", "file": "area.xml" }]);
        let components = json!([{ "component": "application", "status": "verified", "evidence": proof }]);
        Desk::new().with("area.xml", report).proposing("/compatibility/components", components)
    };
    for report in [cut, broken, &skipped] {
        area(report).check(&[]).is(1, &["compatibility/evidence-local"]);
    }
    for report in [REPORT, "ok 1\nok 2\n"] {
        area(report).check(&[]).is(0, &[]);
    }
}
