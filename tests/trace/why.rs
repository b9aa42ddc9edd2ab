//! Why a rule said what it said: nothing that is given as a reason is none.

use super::{folder, notes, run, said, told};
use serde_json::Value;

/// Line, turn, condition, whether it held and what came of it, of each reason.
fn reasons(told: &Value) -> Vec<String> {
    let reason = |why: &Value| {
        let text = |name: &str| why[name].as_str().unwrap().to_owned();
        format!("{} [{}] {} {} {}", why["line"], text("turn"), text("text"), why["held"], text("so"))
    };
    told["why"].as_array().unwrap().iter().map(reason).collect()
}

#[test]
fn what_stands_before_a_report_is_its_reason() {
    let cases: [(&str, &[&str]); 17] = [
        ("if p.ticket != () { return; }\ndeny(`x`);", &["3 [] p.ticket != () false reported"]),
        ("if p.ticket == () { } else { return; }\ndeny(`x`);", &["3 [] p.ticket == () true reported"]),
        (
            "if p.ticket != () { return; }\nif p.title == () { return; }\nlet x = 1;\ndeny(`x`);",
            &["3 [] p.ticket != () false reported", "4 [] p.title == () false reported"],
        ),
        ("if p.title != () {\nif p.ticket != () { return; }\n}\ndeny(`x`);", &["4 [] p.ticket != () false reported"]),
        ("for f in [\"a\", \"b\"] {\nif f == \"a\" { continue; }\ndeny(f);\n}", &["4 [f 2] f == \"a\" false reported"]),
        ("for f in [\"a\", \"b\"] {\nif f == \"b\" { break; }\ndeny(f);\n}", &["4 [f 1] f == \"b\" false reported"]),
        ("for f in [\"a\", \"b\"] {\ndeny(f);\n}", &["3 [] [\"a\", \"b\"] true each"]),
        ("for f in [\"a\", \"b\"] {\ndeny(f);\nbreak;\n}", &["4 [] reached"]),
        ("for f in [\"a\"] { if f == \"b\" { return; } }\ndeny(`x`);", &["4 [] reached"]),
        ("let n = 0;\nwhile n < 1 {\ndeny(`x`);\nn += 1;\n}", &["4 [] n < 1 true reported"]),
        ("if p.ticket == () { tell(p); }", &["3 [] p.ticket == () true reported"]),
        ("if p.ticket != () { return; }\ntell(p);", &["3 [] p.ticket != () false reported"]),
        ("tell(p);", &["5 [] always"]),
        ("for n in 0..9 { tell(n); }", &["3 [] 0..9 true each"]),
        (
            "for n in 0..9 { tell(n); if n == 1 { break; } }",
            &["5 [n 1, called in line 3] reached", "5 [n 2, called in line 3] reached"],
        ),
        ("tell(p); if p.ticket == () { tell(p); }", &["3 [] p.ticket == () true reported"]),
        ("if p.ticket == () { deny(`x`); }\ndeny(`y`);", &["3 [] p.ticket == () true reported", "4 [] always"]),
    ];
    for (body, expected) in cases {
        let folder = folder(&format!("fn check(p) {{\n{body}\n}}\nfn tell(p) {{ deny(`told`); }}\n"));
        let (status, told) = told(folder.path());
        let found: Vec<_> = reasons(&told).iter().map(|reason| reason.replace("  true", "")).collect();
        assert_eq!(
            (status, &*found),
            (Some(1), &*expected.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()),
            "{body}"
        );
        let (_, text) = said(&run(folder.path(), &["a/rule", "p.json"]));
        let claims = text.contains("whatever else it finds");
        assert_eq!(claims, expected.iter().any(|reason| reason.contains("always")), "{text}");
    }
}

#[test]
fn what_is_reported_of_some_is_not_of_each() {
    let folder = folder(
        "fn check(p) {\n    for n in 0..9 {\n        tell(n);\n    }\n}\nfn tell(n) {\n    if n == 5 { return; }\n    deny(`${n}`);\n}\n",
    );
    let (_, told) = told(folder.path());
    assert!(reasons(&told).iter().all(|reason| reason.ends_with("n == 5 false reported")), "{told}");
}

#[test]
fn what_a_report_weighs_has_its_condition_for_a_reason() {
    for (condition, status, held) in [("p.title == ()", 0, false), ("p.title != ()", 1, true)] {
        let folder = folder(&format!("fn check(p) {{\n    deny_when({condition}, \"x\", p.title);\n}}\n"));
        let (found, told) = told(folder.path());
        assert_eq!(reasons(&told), [format!("3 [] {condition} {held} weighed")]);
        assert_eq!(found, Some(status));
    }
}

#[test]
fn what_failed_has_not_come_to_its_end() {
    let folder = folder("fn check(p) {\n    let a = 1;\n    let b = a < p.title;\n}\n");
    let (status, told) = told(folder.path());
    assert_eq!((status, reasons(&told)), (Some(2), vec!["4 [] a < p.title true failed".to_owned()]));
    let (_, text) = said(&run(folder.path(), &["a/rule", "p.json"]));
    assert!(text.contains("line 4: `a < p.title` fails here") && !text.contains("comes to its end"), "{text}");
}

#[test]
fn a_loop_without_end_fails_where_it_stands() {
    let folder = folder("fn check(p) {\n    let n = 0;\n    loop { n += 1; }\n}\n");
    let (status, told) = told(folder.path());
    let [reason] = &*reasons(&told) else { panic!("{told}") };
    assert!(status == Some(2) && reason.starts_with("4 [") && reason.ends_with("true failed"), "{reason}");
}

#[test]
fn a_failure_is_told_in_its_turn() {
    let folder = folder(
        "fn check(p) {\n    for n in 0..9 {\n        if n == 7 { longer(n, p); }\n    }\n}\nfn longer(n, p) { n < p.title }\n",
    );
    let (_, told) = told(folder.path());
    assert_eq!(reasons(&told), ["7 [n 8] n < p.title true failed"]);
    let failed = notes(&told, 7).into_iter().find(|(text, ..)| text == "n < p.title").unwrap();
    assert_eq!(failed.2, "n 8");
}

#[test]
fn what_was_reported_after_a_deep_recursion_is_told() {
    let folder = folder(
        "fn check(p) {\n    let n = fib(15);\n    if n > 1 {\n        deny(`${n}`);\n    }\n}\nfn fib(n) {\n    if n < 2 { return n; }\n    let a = fib(n - 1);\n    let b = fib(n - 2);\n    a + b\n}\n",
    );
    let (status, told) = told(folder.path());
    assert_eq!((status, &told["trace"]["cut"]), (Some(1), &true.into()));
    assert!(notes(&told, 5).iter().any(|(_, value, _)| value == "610"), "{told}");
    assert_eq!(reasons(&told), ["4 [] n > 1 true reported"]);
}
