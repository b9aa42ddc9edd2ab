//! Each problem with its place and its words; and that one mistake makes one problem.

#![allow(clippy::unwrap_used, reason = "a test")]

mod syntax;

use super::{CODES, Document, Kind, Limits};
use crate::finding::{Finding, Level};
use std::collections::BTreeSet;

fn problems(bytes: &[u8]) -> Vec<Finding> {
    Document::parse("p.json", bytes.to_vec(), &Limits::default()).err().unwrap_or_default()
}

/// `line:column message` of every problem.
fn told(text: &str) -> Vec<String> {
    let line = |problem: &Finding| format!("{} {}", problem.primary.place.start(), problem.message);
    problems(text.as_bytes()).iter().map(line).collect()
}

/// One mistake, one problem.
fn one(text: &str, expected: &str) {
    assert_eq!(told(text), [expected], "{text}");
}

fn codes(text: &[u8]) -> Vec<String> {
    problems(text).iter().map(|problem| problem.rule.to_string()).collect()
}

#[test]
fn duplicate_keys_show_both_places() {
    let found = problems(b"{\"a\": [{\n  \"risk\": 9,\n  \"\\u0072isk\": 1\n}]}");
    let [problem] = &found[..] else { panic!("{found:?}") };
    assert_eq!(&*problem.rule, "proposal/duplicate-key");
    assert_eq!(problem.level, Level::Deny);
    assert_eq!(problem.message, "the key `risk` is used twice in one object");
    assert_eq!(problem.pointer, "/a/0/risk");
    assert_eq!(problem.primary.place.start().to_string(), "3:3");
    assert_eq!(problem.primary.place.text(), "\"\\u0072isk\"");
    assert_eq!(problem.primary.text, "again here, spelled with an escape");
    assert_eq!(problem.related[0].place.start().to_string(), "2:3");
    assert_eq!(problem.related[0].text, "first here");
    assert!(problem.help.is_some());
}

#[test]
fn duplicate_keys_are_found_in_objects_of_any_size() {
    for size in [2, 15, 16, 17, 18, 40] {
        let members: Vec<_> = (0..size).map(|n| format!("\"k{n}\":{{\"x\":1}}")).collect();
        for repeated in [0, size / 2, size - 1] {
            let text = format!("{{{},\"k\\u003{}\":2}}", members.join(","), repeated % 10);
            let expected = usize::from(repeated % 10 < size);
            assert_eq!(codes(text.as_bytes()).len(), expected, "{text}");
        }
        let thrice = format!("{{{0},\"k0\":1,\"k0\":1}}", members.join(","));
        let found = problems(thrice.as_bytes());
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|problem| problem.related[0].place.start().column == 2), "always the first of them");
    }
    assert!(codes(br#"{"a":{"a":{"a":1}},"b":{"a":1},"A":1,"":1}"#).is_empty());
}

#[test]
fn a_key_with_a_problem_equals_no_other() {
    assert_eq!(codes(br#"{"a\x":1,"a\y":2}"#), ["proposal/syntax"; 2]);
    assert_eq!(codes("{\"a\\x\":1,\"a\u{fffd}\":2}".as_bytes()), ["proposal/syntax"]);
}

#[test]
fn bytes_that_are_no_text() {
    let found = problems(b"{\"caf\xe9\": 1,\n \"\xfc\": \xe2\x82, \"\xff\xff\xff\"}");
    let [problem] = &found[..] else { panic!("{found:?}") };
    assert_eq!(&*problem.rule, "proposal/not-utf8");
    assert_eq!(problem.message, "the text is not UTF-8, in 6 places");
    assert_eq!(problem.primary.place.start().to_string(), "1:6");
    assert_eq!(problem.primary.place.text(), "\u{fffd}");
    assert_eq!(problem.primary.text, "the byte 0xE9 has no meaning here");
    let related: Vec<_> = problem.related.iter().map(|label| label.place.start().to_string()).collect();
    assert_eq!(related, ["2:3", "2:7", "2:11"]);
    assert!(problem.related.iter().all(|label| label.place.text() == "\u{fffd}"));
    let utf16: Vec<u8> = "\u{feff}{\"ä\": 1}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(problems(&utf16)[0].help.as_deref().is_some_and(|help| help.contains("UTF-16")));
}

#[test]
fn byte_order_mark() {
    assert_eq!(codes(b"\xef\xbb\xbf{}"), ["proposal/byte-order-mark"]);
    one("\u{feff}[1]", "1:1 the text begins with a byte order mark");
    one("[\u{feff}1]", "1:2 U+FEFF (a byte order mark), which is not white space in JSON");
    assert_eq!(told("\u{feff}[1,]").len(), 2, "reading goes on after it");
}

#[test]
fn limits() {
    let limits = Limits { bytes: 8, depth: 2 };
    let parse = |text: &str| Document::parse("p.json", text.into(), &limits);
    assert!(parse("[[1234]]").is_ok());
    let large = parse("[[1234]] ").unwrap_err().remove(0);
    assert_eq!(&*large.rule, "proposal/too-large");
    assert_eq!(large.message, "the text is larger than the 8 bytes that are allowed");
    assert_eq!(large.primary.place.start().to_string(), "1:9");
    assert_eq!(large.primary.place.source.text().len(), 8, "what is refused is not kept");
    let deep = parse("[[ {} ]]").unwrap_err().remove(0);
    assert_eq!(&*deep.rule, "proposal/too-deep");
    assert_eq!(deep.message, "nested deeper than the 2 levels that are allowed");
    assert_eq!(deep.primary.place.start().to_string(), "1:4");
    assert_eq!(deep.pointer, "/0/0");
    assert_eq!(codes(&vec![b'['; 100_000]), ["proposal/too-deep"]);
    let unlimited = Limits { bytes: usize::MAX, depth: usize::MAX };
    let nest = ["[".repeat(500_000), "]".repeat(500_000)].concat();
    assert!(Document::parse("p.json", nest.into(), &unlimited).is_ok(), "no stack but our own");
    assert_eq!(codes(&vec![b' '; 50_000_000]), ["proposal/too-large"]);
}

#[test]
fn numbers_out_of_range() {
    one("[9223372036854775808]", "1:2 the whole number `9223372036854775808` is out of range");
    one("[-9223372036854775809]", "1:2 the whole number `-9223372036854775809` is out of range");
    one("{\"a\":\n1e400}", "2:1 the number `1e400` is out of range");
    assert_eq!(told("[-1e400, 1e999]").len(), 2, "reading goes on");
    assert_eq!(problems(b"{\"a\":[0,1e400]}")[0].pointer, "/a/1");
    assert!(
        told("[9223372036854775807,-9223372036854775808,1.7976931348623157e308,2.2250738585072014e-308,-0]").is_empty()
    );
    // Too near to zero for its digits to be left.
    one("[1e-400]", "1:2 the number `1e-400` is out of range");
    assert_eq!(told("[-1e-400, 2e-308, 5e-324, 0.00001e-320]").len(), 4, "what is left of these has lost digits");
    assert!(told("[0e-400, 0.000, -0.0e5, 0E+9]").is_empty(), "zero is zero however it is written");
    let long = told(&format!("[1{}]", "0".repeat(500_000))).remove(0);
    assert!(long.len() < 120, "{long}");
}

#[test]
fn lone_surrogates() {
    one(r#"["\ud800"]"#, r"1:3 `\ud800` is half a character");
    one(r#"["x\uDc00y"]"#, r"1:4 `\uDc00` is half a character");
    one(r#"["\ud800\u0041"]"#, r"1:3 `\ud800` is half a character");
    assert_eq!(told(r#"{"\udfff": "\ud800\ud800"}"#).len(), 3);
    assert_eq!(codes(br#"["\ud800"]"#), ["proposal/lone-surrogate"]);
    one(r#"["\ud83d\ude0"]"#, r"1:9 `\ude0` lacks hexadecimal digits");
    assert!(told(r#"["\ud83d\ude00\u0000"]"#).is_empty());
}

#[test]
fn empty_and_trailing_text() {
    for text in ["", " \n\t", "\r\n"] {
        assert_eq!(codes(text.as_bytes()), ["proposal/empty"]);
        one(text, "1:1 the text is empty");
    }
    one("{}\n}", "2:1 `}` after the end of the JSON value");
    one("{\"a\":1} {\"b\":2}\n{}", "1:9 `{\"b\":2}` after the end of the JSON value");
    one("1 2", "1:3 `2` after the end of the JSON value");
    assert_eq!(codes(b"[1],"), ["proposal/trailing-text"]);
}

#[test]
fn problems_stand_in_the_order_of_the_text_and_end_at_twenty() {
    let found = problems("[1e999, ".repeat(40).replace('[', "").as_bytes());
    assert_eq!(found.len(), 2, "a number, and text after it");
    let found = problems(format!("[{}]", "NaN,".repeat(1000)).as_bytes());
    assert_eq!(found.len(), 21);
    let last = &found[20];
    assert_eq!(&*last.rule, "proposal/too-many-problems");
    assert_eq!(last.message, "there are more than 20 problems; the others are not shown");
    assert_eq!(last.primary.place.start().to_string(), "1:82");
    let exactly = problems(format!("[{}1]", "NaN,".repeat(20)).as_bytes());
    assert_eq!(exactly.len(), 20);
}

#[test]
fn messages_quote_little_of_a_hostile_text() {
    let long = "x".repeat(10_000);
    for text in
        [format!("{{\"{long}\":1,\"{long}\":2}}"), format!("[{long}]"), format!("{{{long}:1}}"), format!("[1]{long}")]
    {
        let found = problems(text.as_bytes());
        assert!(found.iter().all(|problem| problem.message.len() < 120), "{found:?}");
    }
}

#[test]
fn every_code_is_listed_and_every_listed_code_is_reported() {
    let many = format!("[{}]", "NaN,".repeat(21));
    let large = " ".repeat(2 << 20);
    let texts: [&[u8]; 10] = [
        b"\xef\xbb\xbf",
        b"{\"a\":1,\"a\":1}",
        b"[\"\\ud800\"]",
        b"\xff",
        b"1e400",
        b"x",
        &[b'['; 70],
        many.as_bytes(),
        large.as_bytes(),
        b"1 1",
    ];
    let reported: BTreeSet<_> = texts.iter().flat_map(|text| codes(text)).collect();
    assert_eq!(reported, CODES.map(String::from).into());
}

#[test]
fn a_document_is_walked_from_any_value() {
    let text = "{\"a\": [1, -2.5e1, {\"k\\n\": \"v\\u00e9\"}], \"b\": {}, \"c\": [true, false, null]}";
    let document = Document::parse("p.json", text.into(), &Limits::default()).unwrap();
    let root = document.root();
    assert_eq!((root.kind(), root.len(), root.key(), root.index()), (Kind::Object, 3, None, 0));
    assert!(root.parent().is_none());
    let keys: Vec<_> = root.items().filter_map(|item| item.key()).collect();
    assert_eq!(keys, ["a", "b", "c"]);
    let inner = document.at("/a/2/k\n").unwrap();
    assert_eq!((inner.kind(), inner.key()), (Kind::String("vé"), Some("k\n")));
    assert_eq!(inner.place().text(), "\"v\\u00e9\"");
    assert_eq!(document.source().slice(inner.key_span().unwrap()), "\"k\\n\"");
    assert_eq!(inner.pointer(), "/a/2/k\n");
    let parent = inner.parent().unwrap();
    assert_eq!((parent.kind(), parent.index(), parent.place().start().column), (Kind::Object, 2, 19));
    assert_eq!(document.at("/a/1").unwrap().kind(), Kind::Float(-25.0));
    assert!(document.at("/b").unwrap().is_empty());
    let kinds: Vec<_> = root.get("c").unwrap().items().map(|item| item.kind()).collect();
    assert_eq!(kinds, [Kind::Bool(true), Kind::Bool(false), Kind::Null]);
    for nowhere in ["/a/3", "/a/01", "/a/-", "/b/x", "/a/0/0", "/c/0/", "a", "/d"] {
        assert!(document.at(nowhere).is_none(), "{nowhere}");
    }
}
