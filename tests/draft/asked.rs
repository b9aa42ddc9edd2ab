//! What is asked on a terminal, with answers that stand in a text.

use super::never::{gate, known, package};
use changegate::draft::{Chosen, ask};
use serde_json::{Value, json};
use std::io::{self, BufRead};

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

/// A terminal: the end of input is that of one line, and behind it more can be read.
struct Terminal<'t>(std::slice::Iter<'t, &'t str>, &'t [u8]);

impl io::Read for Terminal<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        io::Read::read(&mut self.fill_buf()?, buffer)
    }
}

impl BufRead for Terminal<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.1.is_empty() {
            self.1 = self.0.next().expect("nobody asks again after the end of input").as_bytes();
        }
        Ok(self.1)
    }

    fn consume(&mut self, bytes: usize) {
        self.1 = &self.1[bytes..];
    }
}

#[test]
fn the_end_of_input_leaves_all_that_are_left() {
    // With the first question, among those that the scale depends on, and among the others.
    for (lines, asked) in [(&[""][..], 1), (&["1\n", "\n", ""], 3), (&["\n", "\n", "\n", "\n", "@ada\n", ""], 6)] {
        let chosen = Chosen { direct: vec![package("search", "2.31.0", "2.31.2", Some("patch"))], ..Chosen::default() };
        let mut questions = Vec::new();
        let mut answers = Terminal(lines.iter(), &[]);
        let draft = ask(&mut known("wiki", &chosen), &gate(), &mut answers, &mut questions).unwrap().unwrap();
        assert!(draft.open() > 10, "{lines:?}");
        assert_eq!(String::from_utf8(questions).unwrap().matches("\n> ").count(), asked, "{lines:?}");
    }
}
