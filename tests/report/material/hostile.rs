//! Hostile text in whatever a pull request, a file or an answer can bring.

use super::*;

/// Row 21 of the threats: every text of a finding that a pull request can bring.
pub const HOSTILE: &str = "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07link\x1b]8;;\x07 \x1b]52;c;cm0=\x1b\\ \u{9b}2J \u{202e}ssap\u{202c} \u{2066}x\u{2069} z\u{200b}w \u{2028}\u{2029}\u{85} \x7f\x08\r\n::error::x \u{e0041}\u{fe0f} \u{fffe}\u{ffff}\u{fdd0}\u{1ffff} ::stop-commands::y ##[error]z [a](https://evil.example) [b](0) {0} {{1}} [c\\](sarif:/runs/0)";

pub fn hostile() -> Finding {
    let text = format!("{{\n\t\"note\": \"{}\", \"at\": \"1999-01-01\"\n}}\n", HOSTILE.replace('\n', ""));
    let source = Arc::new(Source::new(format!("proposals/{HOSTILE}.json"), text));
    let at = place(&source, r#""1999-01-01""#);
    Finding {
        help: Some(format!("help {HOSTILE}")),
        because: vec![
            because(&format!("/note{HOSTILE}"), Some(HOSTILE), place(&source, "note")),
            because(
                &format!("/other{HOSTILE}"),
                Some(HOSTILE),
                Place::new(&Arc::new(Source::new(HOSTILE, "x")), Span::new(0, 1)),
            ),
        ],
        related: vec![Label::new(Place::new(&Arc::new(Source::new(HOSTILE, "x")), Span::new(0, 1)), HOSTILE)],
        policy: Some(Place::new(&Arc::new(Source::new(HOSTILE, "x")), Span::new(0, 1))),
        blocks_on: None,
        waived: None,
        ..finding(
            HOSTILE,
            Level::Deny,
            &format!("message {HOSTILE}"),
            "/at",
            Label::new(at, format!("label {HOSTILE}")),
        )
    }
}

/// What could not be told.
pub fn unavailable(text: &str) -> Vec<Arc<Entry>> {
    vec![Arc::new(Entry {
        question: Question::File { path: text.into(), report: false },
        of: text.into(),
        at: "2026-11-21T12:00:00Z".into(),
        answer: Answer::Unavailable { code: Code::UNAVAILABLE, why: text.into(), help: text.into() },
    })]
}

/// Something that is owed, with hostile text in it.
pub fn owed(id: &str, due: Option<&str>) -> Obligation {
    Obligation {
        rule: "fast-track/obligations".into(),
        id: id.into(),
        what: format!("what was left out {HOSTILE}"),
        due: due.map(str::to_owned),
        place: place(&sources().proposal, "\"id\""),
    }
}

/// Something that was accepted, with hostile text in it.
pub fn accepted(by: &str, valid_through: Option<&str>) -> Acceptance {
    Acceptance {
        pointer: "/testing/cases/3/accepted".into(),
        path: "testing.cases[3].accepted".into(),
        of: valid_through.map(|_| HOSTILE.into()),
        by: by.into(),
        by_author: by == "@kim",
        reason: format!("it is used once a year {HOSTILE}"),
        valid_through: valid_through.map(str::to_owned),
        reference: valid_through.map(|_| HOSTILE.into()),
        place: place(&sources().proposal, "\"id\""),
    }
}
