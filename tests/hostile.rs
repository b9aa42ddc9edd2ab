//! Hostile rules, each judged in a process of its own: a limit ends it, and the verdict is undecided for a known cause, within
//! five seconds and 512 MiB. Those in `hostile-rules/` name in their first line the code that ends them, which is the same on every
//! machine; those that are too large to keep are made here.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr, reason = "a test")]

use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

const LONGEST: Duration = Duration::from_secs(5);
const MOST_KIB: u64 = 512 << 10;
/// A machine that does much else beside may be slow once or twice.
const ATTEMPTS: usize = 3;

const HEADER: &str = r#"const RULE = #{ title: "t", why: "w", help: "h", phases: ["plan"], level: "deny" };"#;

struct Ended {
    status: Option<i32>,
    causes: Vec<String>,
    took: Duration,
    peak_kib: u64,
}

/// Judges an example by copies of one rule.
fn run(rule: &str, copies: usize) -> Ended {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("rules")).unwrap();
    fs::create_dir(at("systems")).unwrap();
    for copy in 0..copies {
        fs::write(at(&format!("rules/hostile-{copy}.rhai")), rule).unwrap();
    }
    fs::copy("examples/routine-patch.json", at("proposal.json")).unwrap();
    fs::copy("examples/systems/wiki.json", at("systems/wiki.json")).unwrap();
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_changegate"))
        .args(["check", "proposal.json", "--no-builtin", "--policies", "rules", "--now", "2026-11-21T12:00:00Z"])
        .args(["-q", "--report", "json=report.json"])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let peak_kib = wait(&mut child);
    let took = began.elapsed();
    let report: Value = serde_json::from_slice(&fs::read(at("report.json")).unwrap()).unwrap_or_default();
    let causes = report["exit"]["causes"].as_array().cloned().unwrap_or_default();
    Ended {
        status: child.wait().unwrap().code(),
        causes: causes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        took,
        peak_kib,
    }
}

/// Waits for the end, and gives the most memory that was held.
fn wait(child: &mut Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let began = Instant::now();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let held = fs::read_to_string(&status).unwrap_or_default();
        let high = held.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(high.unwrap_or(0));
        if began.elapsed() > LONGEST * 4 {
            child.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(2));
    }
    peak
}

/// What is wrong with how a rule ended.
fn wrong(name: &str, rule: &str, copies: usize, codes: &[&str]) -> Option<String> {
    let mut last = None;
    for _ in 0..ATTEMPTS {
        let ended = run(rule, copies);
        let Ended { status, causes, took, peak_kib } = &ended;
        let expected = causes.iter().all(|cause| codes.contains(&cause.as_str())) && !causes.is_empty();
        if *status != Some(2) || !expected || *peak_kib > MOST_KIB {
            return Some(format!("{name}: status {status:?}, {causes:?} of {codes:?}, {took:?}, {peak_kib} KiB"));
        }
        if *took < LONGEST {
            return None;
        }
        last = Some(format!("{name}: {took:?}"));
    }
    last
}

/// Judges many, a few at a time.
fn judge(rules: Vec<(String, String, usize, Vec<String>)>) {
    let left = Mutex::new(rules);
    let all_wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from).min(4) {
            scope.spawn(|| {
                loop {
                    let Some((name, rule, copies, codes)) = left.lock().unwrap().pop() else { return };
                    let codes: Vec<_> = codes.iter().map(String::as_str).collect();
                    all_wrong.lock().unwrap().extend(wrong(&name, &rule, copies, &codes));
                }
            });
        }
    });
    let all_wrong = all_wrong.into_inner().unwrap();
    assert!(all_wrong.is_empty(), "{}", all_wrong.join("\n"));
}

#[test]
fn limits_end_every_hostile_rule() {
    let mut rules = Vec::new();
    for entry in fs::read_dir(Path::new("tests/hostile-rules")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let codes = text.lines().next().and_then(|line| line.strip_prefix("// ")).expect("codes in the first line");
        let codes = codes.split(' ').map(str::to_owned).collect();
        rules.push((path.display().to_string(), text, 1, codes));
    }
    assert!(rules.len() > 60, "{}", rules.len());
    judge(rules);
}

/// Of 25 rules that never end, those that come after all steps are taken get none.
#[test]
fn rules_share_their_steps() {
    let rule =
        format!("{HEADER} fn check(p) {{ let a = []; for i in 0..1990 {{ a.push(\"x\"); }} loop {{ \"y\" in a; }} }}");
    let ended = run(&rule, 25);
    assert_eq!(ended.status, Some(2));
    assert_eq!(ended.causes, ["policy/limit-operations", "policy/limit-time"]);
}

/// What a parser may be overwhelmed by. Thirty copies are parsed by several threads, whose stacks are small.
#[test]
fn nesting_ends_where_it_is_parsed() {
    let nested = |open: &str, inner: &str, close: &str, levels: usize| {
        format!("{HEADER}\nfn check(p) {{ let x = {}{inner}{}; }}", open.repeat(levels), close.repeat(levels))
    };
    let chained = |first: &str, next: &str, times: usize| {
        format!("{HEADER}\nfn check(p) {{ let x = {first}{}; }}", next.repeat(times))
    };
    let mut rules = Vec::new();
    for levels in [33, 100, 3_000] {
        for (name, open, inner, close) in [
            ("parentheses", "(", "1", ")"),
            ("lists", "[", "1", "]"),
            ("maps", "#{a:", "1", "}"),
            ("blocks", "{", "1", "}"),
            ("calls", "lower(", "\"\"", ")"),
            ("closures", "|a| {", "1", "}"),
            ("interpolations", "`${", "1", "}`"),
            ("conditions", "if true {", "1", "} else { 1 }"),
            ("loops", "loop { break ", "1", "}"),
            ("of all", "if true { [#{a:lower(`${", "1", "}`)}] }"),
        ] {
            rules.push((format!("{levels} {name}"), nested(open, inner, close, levels)));
        }
        for (name, first, next) in [
            ("signs", "-1", ""),
            ("sums", "1", "+1"),
            ("conjunctions", "true", "&&true"),
            ("alternatives", "()", "??()"),
            ("fields", "p", ".system"),
            ("optional fields", "p", "?.system"),
            ("indices", "[1]", "[0]"),
            ("methods", "\"\"", ".lower()"),
            ("branches", "if true {1}", " else if true {1}"),
        ] {
            let rule =
                if next.is_empty() { chained(&"-".repeat(levels), "1", 1) } else { chained(first, next, levels * 2) };
            rules.push((format!("{levels} {name}"), rule));
        }
    }
    let codes = ["policy/syntax", "policy/limit-depth", "policy/limit-size", "policy/unknown-field"];
    let codes: Vec<_> = codes.into_iter().map(str::to_owned).collect();
    judge(rules.into_iter().map(|(name, rule)| (name, rule, 30, codes.clone())).collect());
}

/// What is large or many in the text of a rule.
#[test]
fn large_texts_are_refused() {
    let many = |count: usize, piece: &dyn Fn(usize) -> String| {
        (0..count).fold(String::new(), |mut text, index| {
            write!(text, "{}", piece(index)).unwrap();
            text
        })
    };
    let check = |body: &str| format!("{HEADER}\nfn check(p) {{ {body} }}");
    let size = "policy/limit-size";
    let rules = vec![
        ("a megabyte", check(&"let x = 1;".repeat(100_000)), size),
        ("a long line of comment", check(&format!("/*{}*/", "x".repeat(70_000))), size),
        ("many functions", many(2_000, &|n| format!("fn f{n}() {{}}\n")) + &check(""), "policy/header"),
        (
            "many functions after the header",
            check("") + &many(2_000, &|n| format!("fn f{n}() {{}}\n")),
            "policy/syntax",
        ),
        ("many closures", check(&many(2_000, &|n| format!("some([1],|a|a=={n});"))), "policy/syntax"),
        ("many variables", check(&many(3_000, &|n| format!("let v{n}=1;"))), "policy/limit-variables"),
        ("a large list", check(&format!("let x = [{}];", "1,".repeat(20_000))), "policy/syntax"),
        ("a large map", check(&format!("let x = #{{{}}};", many(3_000, &|n| format!("a{n}:1,")))), "policy/syntax"),
        ("a long text", check(&format!("let x = \"{}\";", "a".repeat(60_000))), "policy/syntax"),
        ("a large header", format!("const RULE = #{{{}}};", many(6_000, &|n| format!("a{n}:1,"))), "policy/header"),
        ("a deep header", format!("const RULE = {};", "[".repeat(60_000)), "policy/header"),
        ("an open comment", "/*".repeat(30_000), "policy/header"),
        ("nothing", String::new(), "policy/header"),
        ("white space", " ".repeat(60_000), "policy/header"),
        ("a zero byte", format!("\0{}", check("")), "policy/header"),
        ("a byte order mark", format!("\u{feff}{}", check("")), "policy/header"),
        ("letters that look alike", check("let ｘ = 1;"), "policy/syntax"),
        ("text that runs backwards", check("let \u{202e}x = 1;"), "policy/syntax"),
        ("spaces of no width", check("de\u{200b}ny(\"x\");"), "policy/syntax"),
    ];
    judge(rules.into_iter().map(|(name, rule, code)| (name.to_owned(), rule, 1, vec![code.to_owned()])).collect());
}
