//! Text that is no JSON: what is said of each mistake.

use super::{one, problems, told};

#[test]
fn comments_and_false_white_space() {
    one("// why\n{}", "1:1 a comment, which JSON does not have");
    one("{\"a\": 1 # why\n}", "1:9 a comment, which JSON does not have");
    one("[1, /* , ] */ 2]", "1:5 a comment, which JSON does not have");
    one("[1] // end", "1:5 a comment, which JSON does not have");
    one("[1, /* 2]", "1:5 a comment that does not end");
    one("[1,\u{a0}2]", "1:4 U+00A0 (a no-break space), which is not white space in JSON");
    one("[1,\u{c}2]", "1:4 U+000C (a form feed), which is not white space in JSON");
    assert_eq!(
        told("[1 // one\n2]"),
        ["1:3 a comma is missing in an array", "1:4 a comment, which JSON does not have"]
    );
}

#[test]
fn commas() {
    one("[1,]", "1:3 a comma with nothing after it");
    one("{\"a\":1\n,\n}", "2:1 a comma with nothing after it");
    one("[,1]", "1:2 a comma with nothing before it");
    one("[,]", "1:2 a comma with nothing before it");
    one("[1,,2]", "1:4 a comma with nothing before it");
    one("[1,,]", "1:4 a comma with nothing before it");
    one("[1 2]", "1:3 a comma is missing in an array");
    one("[{}\n{}]", "1:4 a comma is missing in an array");
    one("[[][]]", "1:4 a comma is missing in an array");
    one("{\"a\": 1\n \"b\": 2}", "1:8 a comma is missing in an object");
    assert_eq!(told("[1,\n2 3,]"), ["2:2 a comma is missing in an array", "2:4 a comma with nothing after it"]);
}

#[test]
fn members() {
    one("{a: 1, \"b\": 2}", "1:2 the key `a` is not in quotes");
    one("{1: 2}", "1:2 the key `1` is not in quotes");
    one("{1:2}", "1:2 the key `1` is not in quotes");
    one("{\"a\" 1}", "1:5 a colon is missing after the key `a`");
    one("{\"a\" = 1}", "1:6 an equals sign after the key `a`");
    one("{\"a\" => 1}", "1:6 an equals sign after the key `a`");
    one("{\"a\": , \"b\": 1}", "1:2 the key `a` has no value");
    one("{\"a\":}", "1:2 the key `a` has no value");
    one("{\"a\"}", "1:2 the key `a` has no value");
    one("{\"a\", \"b\"}", "1:2 the key `a` has no value");
    one("{\"a\" \"b\"}", "1:6 `\"` where `:` belongs");
    one("[\"a\": 1]", "1:5 a colon in an array");
    one("{[1]: 1}", "1:2 `[` where a key in double quotes belongs");
}

#[test]
fn quotes() {
    one("['a', \"b\"]", "1:2 a text in single quotes");
    one("{'a': \"it's\"}", "1:2 a text in single quotes");
    assert_eq!(told("{'a': 'it\\'s'}").len(), 2);
    one("['it's', 1]", "1:2 a text in single quotes");
    one("[“a”]", "1:2 a text in `“` quotes");
    one("[`a`]", "1:2 a text in ``` quotes");
    one("[\"say \"hi\" now\"]", "1:8 more text right after the end of a text");
    one("[\"say \"\"hi\"\" now\"]", "1:8 more text right after the end of a text");
    one("{\"a\": \"x\n\", \"b\": 1}", "1:7 a text that does not end on its line");
    one("[\"abc", "1:2 a text that does not end on its line");
    one("[\"C:\\\"]", "1:2 a text that does not end on its line");
    assert_eq!(problems(b"[\"C:\\\"]")[0].primary.text, "begins here, and `\\\"` does not end it");
}

#[test]
fn escapes_and_control_characters() {
    one(r#"["a\xb", 1]"#, r"1:4 `\x` is not an escape");
    one(r#"["\ü"]"#, r"1:3 `\ü` is not an escape");
    one(r#"["\u12g4"]"#, r"1:3 `\u12` lacks hexadecimal digits");
    one("[\"a\tb\", 1]", "1:4 a tab in a text");
    one("[\"a\u{1}b\"]", "1:4 the control character U+0001 in a text");
    assert_eq!(told(r#"{"path": "C:\Program\x", "n": 1e999}"#).len(), 3, "reading goes on");
}

#[test]
fn words() {
    one("[NaN, 1]", "1:2 `NaN` is not a number in JSON");
    one("[-Infinity]", "1:2 `-Infinity` is not a number in JSON");
    one("{\"a\": True}", "1:7 `True` is not JSON");
    one("{\"a\": yes}", "1:7 `yes` is not JSON");
    one("[nullx]", "1:2 the text `nullx` is not in quotes");
    one("{\"a\": not at all}", "1:7 the text `not` is not in quotes");
    assert_eq!(told("[None, undefined, maybe]").len(), 3);
    let help = |text: &[u8]| problems(text)[0].help.clone().unwrap_or_default();
    assert_eq!(help(b"[None]"), "write `null`");
    assert_eq!(help(b"[FALSE]"), "write `false`");
}

#[test]
fn numbers() {
    one("[012]", "1:2 the number `012` begins with a zero");
    one("[+1, 2]", "1:2 a plus sign before the number `+1`");
    one("[.5]", "1:2 no digit before the point in `.5`");
    one("[5.]", "1:2 no digit after the point in `5.`");
    one("[1.e5]", "1:2 no digit after the point in `1.e5`");
    one("[1e]", "1:2 no digit in the exponent of `1e`");
    one("[1e+]", "1:2 no digit in the exponent of `1e+`");
    one("[0x1F]", "1:2 the number `0x1F` is not decimal");
    one("[1_000]", "1:2 an underscore in the number `1_000`");
    one("[1.2.3]", "1:2 `1.2.3` is not a number");
    one("[90d, 1]", "1:2 `90d` is neither a number nor a text in quotes");
    one("[-]", "1:2 a minus sign without a number");
    one("{\"at\": 2026-03-01}", "1:8 the date `2026-03-01` is not in quotes");
    one("{\"at\": 2026-03-01T12:30:00Z, \"b\": 1}", "1:8 the date `2026-03-01T12:30:00Z` is not in quotes");
}

#[test]
fn structure() {
    let found = problems(b"{\"a\": [1, 2}");
    assert_eq!(found[0].message, "`}` where `]` closes the array");
    assert_eq!(found[0].pointer, "/a");
    assert_eq!(found[0].related[0].place.start().to_string(), "1:7");
    one("[1,}", "1:4 `}` where `]` closes the array");
    one("{\"a\": 1]", "1:8 `]` where `}` closes the object");
    one("{\"a\": [1\n", "1:9 the text ends inside an array");
    one("{\"a\":", "1:6 the text ends inside an object");
    one("{\"a\": tru", "1:10 the text ends inside an object");
    one("[1; 2]", "1:3 `;` where `,` or `]` belongs");
    one("[*]", "1:2 `*` where a value belongs");
    one("]", "1:1 `]` where a value belongs");
    one("[\0]", "1:2 a NUL character");
}
