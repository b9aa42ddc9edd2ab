//! What is told of the lines and branches of rules that their cases ran.

use super::{copy, run, said};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const HEADER: &str = r#"const RULE = #{ title: "A title", why: "A test.", help: "none", phases: ["plan"], level: "deny", params: #{ most: 3 } };"#;

/// A folder with a rule, of which the header is the first line, and with cases of it.
fn rule(body: &str, cases: &str) -> tempfile::TempDir {
    let folder = copy();
    let policies = folder.path().join("policies");
    fs::remove_dir_all(&policies).unwrap();
    fs::create_dir_all(policies.join("a")).unwrap();
    fs::write(policies.join("a/rule.rhai"), format!("{HEADER}\n{body}")).unwrap();
    fs::write(policies.join("a/rule.cases.json"), format!("{{ \"cases\": [{cases}] }}")).unwrap();
    folder
}

/// What is told to programs, without what comes of the cases.
fn coverage(folder: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = run(folder, &[&["--format", "json"], arguments].concat());
    let mut told: Value = serde_json::from_slice(&output.stdout).unwrap();
    (output.status.code(), told["rules"][0]["coverage"].take())
}

const PASSES: &str = r#"{ "name": "passes", "base": "proposals/wiki.json", "expect": [] }"#;

#[test]
fn each_line_and_each_branch_is_told_that_no_case_runs() {
    let body = r#"fn check(p) {
    let found = [1, 2].filter(|n| n > params.most);
    for n in found {
        deny("large");
    }
    if p.title == () || p.title == "x" && p.ticket == "y" {
        deny("no title");
    } else if p.title == "z" { deny("z");
    } else {
        let none = p.title ?? p.ticket ?? "none";
    }
    while false { return; }
    let some = [].some(|n| n == 1);
}
fn never() {
    return 1;
}"#;
    let folder = rule(body, PASSES);
    let (status, told) = coverage(folder.path(), &["--coverage"]);
    assert_eq!(status, Some(0));
    assert_eq!(told["file"], "policies/a/rule.rhai");
    // Of several statements on a line the first one counts.
    assert_eq!(told["not_run"], json!([5, 8, 17]));
    let branches = json!([
        [4, 14, "entered"],
        [7, 8, "holds"],
        [7, 43, "asked"],
        [9, 15, "holds"],
        [11, 31, "asked"],
        [11, 43, "asked"],
        [13, 11, "holds"],
        [14, 30, "entered"],
    ]);
    let not_taken = told["not_taken"].as_array().unwrap().iter();
    let not_taken: Vec<_> = not_taken.map(|one| json!([one["line"], one["column"], one["branch"]])).collect();
    assert_eq!(Value::from(not_taken), branches);
    assert_eq!(told["lines"], json!({ "found": 10, "run": 7, "percent": 70.0 }));
    assert_eq!(told["branches"], json!({ "found": 12, "taken": 4, "percent": 33.3 }));
}

/// Parameters of a case make no other rule of it.
#[test]
fn all_cases_of_a_rule_count_together() {
    let body = "fn check(p) {\n  if len(p.title) > params.most {\n    deny(\"long\");\n  }\n}";
    let long = r#"{ "name": "long", "base": "proposals/wiki.json", "expect": [{ "level": "deny", "at": "/title", "message": "long" }] }"#;
    let short = r#"{ "name": "short", "base": "proposals/wiki.json", "params": { "most": 500 }, "expect": [] }"#;
    let whole = |cases: &str| coverage(rule(body, cases).path(), &["--coverage"]).1["branches"]["percent"].clone();
    assert_eq!(
        [whole(long), whole(short), whole(&format!("{long}, {short}"))],
        [json!(50.0), json!(50.0), json!(100.0)]
    );
}

/// What a case runs before its rule fails, it runs; and counting it moves no limit.
#[test]
fn a_rule_that_fails_has_run_up_to_there() {
    for (fails, code) in [
        ("p.title.x();", ""),
        ("loop { let n = 1; }", "policy/limit-operations"),
        ("params.most < \"a\";", "policy/compared-kinds"),
    ] {
        let folder = rule(&format!("fn check(p) {{\n  let one = 1;\n  {fails}\n  let two = 2;\n}}"), PASSES);
        let (status, told) = coverage(folder.path(), &["--coverage"]);
        assert_eq!(status, Some(2), "{fails}");
        // One that can't be loaded has no lines.
        assert_eq!(told["not_run"], if code.is_empty() { json!(null) } else { json!([5]) }, "{fails}");
        let with = said(&run(folder.path(), &["--coverage", "-q"])).1;
        let without = said(&run(folder.path(), &["-q"])).1;
        assert!(with.contains(without.trim_end()) && with.contains(code), "{with}\n{without}");
    }
}

#[test]
fn of_a_rule_without_cases_nothing_has_run() {
    let folder = rule("fn check(p) {\n  if p.title == () {\n    deny(\"no title\");\n  }\n}", PASSES);
    fs::remove_file(folder.path().join("policies/a/rule.cases.json")).unwrap();
    let (_, told) = coverage(folder.path(), &["--coverage"]);
    assert_eq!((&told["not_run"], &told["branches"]["percent"]), (&json!([3, 4]), &json!(0.0)));
    // Of a condition that was never reached nobody has to be told what it never did.
    let text = said(&run(folder.path(), &["--coverage"])).1;
    assert!(text.contains("(2 of 2 never taken)\n  not run  3-4\n\n"), "{text}");
    // One that can't be loaded may have any.
    fs::write(folder.path().join("policies/a/rule.rhai"), format!("{HEADER} fn check(p) {{ none(); }}")).unwrap();
    let text = said(&run(folder.path(), &["--coverage"])).1;
    assert!(text.contains("policy/unknown-function"), "{text}");
}

#[test]
fn less_than_is_asked_for_fails() {
    let body = "fn check(p) {\n  if p.title == () {\n    deny(\"no title\");\n  }\n}";
    let folder = rule(body, PASSES);
    for (least, status) in [("0", 0), ("50", 0), ("50.1", 1), ("100", 1)] {
        let (code, told) = said(&run(folder.path(), &["--fail-under", least]));
        assert_eq!(code, Some(status), "{told}");
    }
    let (_, told) = said(&run(folder.path(), &["--fail-under", "62.5"]));
    assert!(told.contains("  coverage lines 50 % (1 of 2 not run), branches 50 % (1 of 2 never taken)\n"), "{told}");
    assert!(told.contains("  too low  lines by 12.5, branches by 12.5 under the 62.5 % of --fail-under\n"), "{told}");
    let junit = String::from_utf8(run(folder.path(), &["--fail-under", "60", "--format", "junit"]).stdout).unwrap();
    let document = roxmltree::Document::parse(&junit).unwrap();
    let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
    assert!(failure.attribute("message").unwrap().starts_with("lines by 10, branches by 10"), "{junit}");
    let output = run(folder.path(), &["--fail-under", "60", "--format", "json"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["summary"]["outcome"], &told["summary"]["fail_under"]), (&json!("failed"), &json!(60.0)));
    assert_eq!(told["summary"]["coverage"]["lines"], json!({ "found": 2, "run": 1, "percent": 50.0 }));
    for wrong in [
        &["--fail-under", "101"][..],
        &["--fail-under", "99.99"],
        &["--fail-under", "1", "--filter", "x"],
        &["--coverage", "--update"],
        &["--coverage-report", "lcov"],
        &["--coverage-report", "xml=x.xml"],
        &["--coverage-report", "lcov=-"],
    ] {
        assert_eq!(said(&run(folder.path(), wrong)).0, Some(2), "{wrong:?}");
    }
}

/// What is told to programs is as its schema says, with coverage, too.
#[test]
fn coverage_is_as_the_schema_says() {
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/test-v1.json").unwrap()).unwrap();
    let mut schema = schema;
    super::closed::close(&mut schema);
    let validator = jsonschema::draft202012::options().build(&schema).unwrap();
    let output = run(Path::new(super::FOLDER), &["--format", "json", "--fail-under", "80.5"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(validator.validate(&told).is_ok(), "{:#?}", validator.iter_errors(&told).collect::<Vec<_>>());
    assert!(told["rules"][0]["coverage"].is_object());
}

/// A record of LCOV: how often each line ran, and each branch, which is nothing where its block was never reached.
#[derive(Debug, Default)]
struct Record {
    lines: BTreeMap<u32, u32>,
    branches: BTreeMap<(u32, u32, u32), Option<u32>>,
}

/// Reads LCOV as `geninfo(1)` describes it, and takes nothing else.
fn lcov(text: &str) -> BTreeMap<String, Record> {
    let mut records = BTreeMap::new();
    let mut lines = text.strip_suffix('\n').unwrap().split('\n');
    while let Some(first) = lines.next() {
        let name = first.strip_prefix("TN:").expect("a test name");
        assert!(name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{name}");
        let file = lines.next().unwrap().strip_prefix("SF:").expect("a file").to_owned();
        let mut record = Record::default();
        let mut counts = BTreeMap::new();
        loop {
            let line = lines.next().expect("an end");
            if line == "end_of_record" {
                break;
            }
            let (kind, rest) = line.split_once(':').unwrap();
            let fields: Vec<&str> = rest.split(',').collect();
            let number = |at: usize| fields[at].parse::<u32>().unwrap();
            match (kind, fields.len()) {
                ("DA", 2) => assert!(record.lines.insert(number(0), number(1)).is_none(), "{line}"),
                ("BRDA", 4) => {
                    let taken = (fields[3] != "-").then(|| number(3));
                    assert!(record.branches.insert((number(0), number(1), number(2)), taken).is_none(), "{line}");
                }
                ("LF" | "LH" | "BRF" | "BRH", 1) => assert!(counts.insert(kind.to_owned(), number(0)).is_none()),
                _ => panic!("{line}"),
            }
        }
        let ran = record.lines.values().filter(|times| **times > 0).count();
        let taken = record.branches.values().filter(|times| times.is_some_and(|times| times > 0)).count();
        let sums = [("BRF", record.branches.len()), ("BRH", taken), ("LF", record.lines.len()), ("LH", ran)];
        assert_eq!(counts, sums.map(|(name, sum)| (name.to_owned(), sum as u32)).into());
        assert!(records.insert(file, record).is_none());
    }
    records
}

#[test]
fn lcov_tells_the_same() {
    let body = "fn check(p) {\n  if p.title == () {\n    if p.ticket == () {\n      deny(\"no title\");\n    }\n  }\n  let a = [1, 2].filter(|n| n > 1);\n}";
    let folder = rule(body, &format!("{PASSES}, {}", PASSES.replace("passes", "again")));
    let (status, told) = said(&run(folder.path(), &["--coverage-report", "lcov=coverage.info"]));
    assert_eq!(status, Some(0), "{told}");
    let records = lcov(&fs::read_to_string(folder.path().join("coverage.info")).unwrap());
    let record = &records["policies/a/rule.rhai"];
    assert_eq!(record.lines, [(3, 2), (4, 0), (5, 0), (8, 2)].into());
    let branches =
        [((3, 0, 0), Some(0)), ((3, 0, 1), Some(2)), ((4, 1, 0), None), ((4, 1, 1), None), ((8, 2, 0), Some(4))];
    assert_eq!(record.branches, branches.into());
}

/// A name that breaks its line would say what it likes of other files.
#[test]
#[cfg(unix)]
fn the_name_of_a_file_stays_on_its_line() {
    let folder = rule("fn check(p) { let a = 1; }", PASSES);
    let of = |ending: &str| folder.path().join(format!("policies/a/rule{ending}"));
    let hostile = |ending: &str| folder.path().join(format!("policies/a/x\nend_of_record\nTN:y{ending}"));
    for ending in [".rhai", ".cases.json"] {
        fs::rename(of(ending), hostile(ending)).unwrap();
    }
    let (_, told) = said(&run(folder.path(), &["--coverage-report", "lcov=coverage.info"]));
    if let Ok(text) = fs::read_to_string(folder.path().join("coverage.info")) {
        assert!(text.is_empty() || lcov(&text).len() == 1, "{told}");
    }
}

#[test]
fn the_page_shows_what_never_ran() {
    let hostile = "</li><script>globalThis.pwned = 1</script><img src=x onerror=alert(1)>\u{202e}";
    let body = format!("fn check(p) {{\n  // {hostile}\n  if p.title == () {{\n    deny(\"{hostile}\");\n  }}\n}}");
    let folder = rule(&body, PASSES);
    let (status, told) = said(&run(folder.path(), &["--coverage-report", "html=page.html", "--fail-under", "90"]));
    assert_eq!(status, Some(1), "{told}");
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{202e}'), "{page}");
    assert!(
        page.contains("script-src &#39;none&#39;") && page.contains("&lt;script&gt;") && page.contains("\\u{202e}")
    );
    let items: Vec<_> = page.split("<li").skip(1).collect();
    assert_eq!(items.len(), 7);
    assert!(items[3].contains("1× </span>  if") && items[3].contains("</b> at column 6: never holds"), "{}", items[3]);
    assert!(items[4].starts_with(" class=\"never\"><span class=\"times\">never </span>    deny("), "{}", items[4]);
    assert!(page.contains("lines by 40, branches by 40 under the 90 %"));
}

/// A report takes the place of an earlier one and of nothing else, and those of a run agree.
#[test]
fn files_of_coverage_replace_earlier_ones_alone() {
    let folder = rule("fn check(p) { let a = 1; }", PASSES);
    let both = ["--coverage-report", "lcov=a.out", "--coverage-report", "html=b.out"];
    let swapped = ["--coverage-report", "lcov=b.out", "--coverage-report", "html=a.out"];
    for arguments in [both, both, swapped] {
        let (status, told) = said(&run(folder.path(), &arguments));
        assert_eq!(status, Some(0), "{told}");
    }
    assert!(fs::read_to_string(folder.path().join("b.out")).unwrap().starts_with("TN:changegate\n"));
    for file in ["policies/a/rule.cases.json", "proposals/wiki.json", "policies/a/new.rhai", "policies"] {
        let path = folder.path().join(file);
        let before = fs::read(&path).ok();
        let (status, told) = said(&run(folder.path(), &["--coverage-report", &format!("lcov={file}")]));
        assert_eq!((status, fs::read(&path).ok()), (Some(2), before), "{told}");
        assert!(told.contains("report/unwritable"), "{told}");
    }
    // One that can't be written takes the others with it.
    let (status, told) =
        said(&run(folder.path(), &["--coverage-report", "lcov=a.out", "--coverage-report", "html=/dev/full"]));
    assert_eq!((status, folder.path().join("a.out").exists()), (Some(2), false), "{told}");
}
