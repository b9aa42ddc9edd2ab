//! No line of a function that ran is left out, however the rule is written.

use super::{folder, notes, told};
use serde_json::Value;

fn numbers(told: &Value) -> Vec<u64> {
    told["trace"]["lines"].as_array().unwrap().iter().map(|line| line["line"].as_u64().unwrap()).collect()
}

#[test]
fn a_function_ends_where_its_body_does() {
    let cases: [(&str, &[u64]); 5] = [
        ("fn check(p) {\nif p.title == () {\nreturn;\n}\ndeny(`x`);\n}\n\nfn other() { 1 }\n", &[2, 3, 4, 5, 6, 7]),
        ("fn check(p) {\n    let text = `first\n}\nlast`;\n    deny(text);\n}\n", &[2, 3, 4, 5, 6, 7]),
        ("fn check(p) { if bad(p) { deny(`x`); } } fn bad(p) { p.title != () }\n", &[2]),
        ("fn check(p) { deny(`x`); } fn other(p) {\n    1\n}\n", &[2]),
        ("fn\tcheck(p)\n    {\n    deny(`x`);\n    }\n// check(p)\nfn other() { 1 }\n", &[2, 3, 4, 5]),
    ];
    for (body, lines) in cases {
        let folder = folder(body);
        let (status, told) = told(folder.path());
        assert_eq!((status, &*numbers(&told)), (Some(1), lines), "{body}");
        for why in told["why"].as_array().unwrap() {
            assert!(lines.contains(&why["line"].as_u64().unwrap()), "{body}");
        }
        let says = |note: &Value| note["kind"] == "report";
        let lines = told["trace"]["lines"].as_array().unwrap();
        assert!(lines.iter().any(|line| line["came"].as_array().unwrap().iter().any(says)), "{body}");
    }
}

#[test]
fn parameters_have_the_names_that_they_have() {
    let folder =
        folder("fn check(p) {\n    helper(4, 5);\n}\nfn helper(/* fn x( */ a, b) {\n    if a > b { deny(`x`); }\n}\n");
    let (_, told) = told(folder.path());
    let names: Vec<_> = notes(&told, 5).into_iter().map(|(name, value, _)| (name, value)).collect();
    assert_eq!(names, [("a".to_owned(), "4".to_owned()), ("b".to_owned(), "5".to_owned())]);
}

#[test]
fn what_is_of_one_turn_stands_together() {
    let folder = folder("fn check(p) {\n    let n = 0;\n    let m = 2;\n    while n < m { n += 1; }\n}\n");
    let (_, told) = told(folder.path());
    let mut turns: Vec<_> = notes(&told, 5).into_iter().map(|(_, _, turn)| turn).collect();
    turns.dedup();
    let all = turns.len();
    turns.sort_unstable();
    turns.dedup();
    assert_eq!(turns.len(), all, "{told}");
}
