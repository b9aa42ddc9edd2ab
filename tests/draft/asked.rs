//! What is asked on a terminal, with answers that stand in a text.

use super::never::{gate, known, package};
use changegate::draft::{Chosen, ask};
use serde_json::{Value, json};

/// Asks with these lines for answers; gives the draft and what was asked.
fn asked(answers: &str) -> (Value, String) {
    let chosen = Chosen { direct: vec![package("search", "2.31.0", "2.31.2", Some("patch"))], ..Chosen::default() };
    let mut known = known("wiki", &chosen);
    let mut questions = Vec::new();
    let draft = ask(&mut known, &gate(), &mut answers.as_bytes(), &mut questions).unwrap().unwrap();
    (draft.document, String::from_utf8(questions).unwrap())
}

#[test]
fn answers_take_the_place_of_marks() {
    let (draft, questions) = asked("1\n=\nreversible\nindex, schema\n@ada\n");
    assert_eq!([&draft["reason"]["class"], &draft["reason"]["urgency"]], ["security", "planned"]);
    assert_eq!(draft["change"]["reversibility"], "reversible");
    assert_eq!(draft["change"]["alters"], json!(["index", "schema"]));
    assert_eq!(draft["submitted_by"], "@ada");
    assert_eq!(draft["draft"], true, "whoever has said all reads it once more");
    assert!(draft["window"]["start"].as_str().unwrap().starts_with("TODO: "), "the answers came to an end");
    assert!(questions.contains("  1  security: Closes a weakness.\n"), "{questions}");
    assert!(questions.contains("  =  takes what is suggested: \"planned\"\n"), "{questions}");
}

#[test]
fn what_the_reader_refuses_is_asked_again_in_its_words() {
    let (draft, questions) = asked("secure\n\u{1b}[2J\nsecurity\n");
    assert_eq!(draft["reason"]["class"], "security");
    assert!(questions.contains("is not one of the words for this field\n"), "{questions}");
    assert!(questions.contains("did you mean `security`?"), "{questions}");
    assert!(!questions.contains('\u{1b}'), "{questions:?}");
    // An empty answer leaves it open; what was not said is still suggested.
    let (draft, _) = asked("\n\n\n\nnobody\n@ada\n");
    assert!(draft["reason"]["class"].as_str().unwrap().starts_with("TODO: perhaps bug. "));
    assert_eq!(draft["submitted_by"], "@ada");
    assert_eq!(asked("").0["submitted_by"].as_str().map(|mark| mark.starts_with("TODO: ")), Some(true));
}
