//! Any bytes: a tree whose places and pointers agree, or problems with places in the text.
#![no_main]

use changegate::document::{Document, Limits, Value};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { bytes: 1 << 16, depth: 64 };

fuzz_target!(|bytes: &[u8]| {
    match Document::parse("a.json", bytes.to_vec(), &LIMITS) {
        Ok(document) => walk(&document, document.root(), &mut 200),
        Err(problems) => {
            assert!(!problems.is_empty());
            let starts: Vec<_> = problems.iter().map(|problem| problem.primary.place.span.start).collect();
            assert!(starts.is_sorted(), "{starts:?}");
            for problem in &problems {
                assert!(problem.primary.place.start() <= problem.primary.place.end());
            }
        }
    }
});

/// Every value (the first `left` of them) is found again by its own pointer, inside the span of its parent.
fn walk(document: &Document, value: Value<'_>, left: &mut usize) {
    let Some(fewer) = left.checked_sub(1) else { return };
    *left = fewer;
    let found = document.at(&value.pointer()).expect("a value is where its pointer says");
    assert_eq!(found.span(), value.span());
    assert_eq!(found.kind(), value.kind());
    if let Some(parent) = value.parent() {
        assert!(parent.span().start < value.span().start && value.span().end < parent.span().end);
    }
    for item in value.items() {
        walk(document, item, left);
    }
}
