//! Rules that no case holds to anything.

use super::subject::{Answer, Found, Subject};
use crate::cases;
use crate::source::Span;

pub fn find(subject: &Subject<'_>) -> Answer {
    let lacks = cases::lacks(subject.files, subject.source)?;
    // `const RULE`, at which a comment can stand that allows it.
    let span = match subject.tokens.code.as_slice() {
        [first, second, ..] => Span { start: first.span.start, end: second.span.end },
        _ => Span::default(),
    };
    let found =
        lacks.into_iter().map(|lack| Found::new(span, lack.message, "of this rule", lack.help.unwrap_or_default()));
    Ok(found.collect())
}
