//! Comments that allow what a lint found in one place: `// lint: allow unused-variable, why it stays`.

use super::subject::{Found, Subject};
use super::{LINTS, Told};
use crate::proposal::problem::nearest;
use crate::source::Span;

/// How a comment begins that allows something.
const BEGINNING: &str = "lint:";

/// The code under which is told what is wrong with such a comment.
pub const CODE: &str = "lint/allow";

struct Allowed<'t> {
    span: Span,
    lint: &'t str,
    /// The line to which it belongs: its own, or the next that is no comment.
    line: u32,
}

/// Takes out what is allowed, and adds what is wrong with the comments.
pub fn sift(subject: &Subject<'_>, told: Vec<Told>) -> Vec<Told> {
    let (allowed, mut wrong) = read(subject);
    let mut used = vec![false; allowed.len()];
    let mut left = Vec::new();
    for told in told {
        let line = subject.source.position(told.found.span.start).line;
        let by = allowed
            .iter()
            .position(|allowed| allowed.line == line && told.code.strip_prefix("lint/") == Some(allowed.lint));
        match by {
            Some(index) => used[index] = true,
            None => left.push(told),
        }
    }
    for (allowed, _) in allowed.iter().zip(used).filter(|(_, used)| !used) {
        let message = format!("nothing of `{}` is found here to be allowed", allowed.lint);
        let help = "take the comment out; it belongs on the line that is meant, or right above it";
        let out = Some(removal(subject, allowed.span));
        wrong.push(Found { out, ..Found::new(allowed.span, message, "allows nothing", help) });
    }
    left.extend(wrong.into_iter().map(|found| Told { code: CODE, found }));
    left
}

/// The comments that allow something, and what is wrong with others.
fn read<'r>(subject: &Subject<'r>) -> (Vec<Allowed<'r>>, Vec<Found>) {
    let (mut allowed, mut wrong) = (Vec::new(), Vec::new());
    for comment in &subject.tokens.comments {
        let said = subject.tokens.text(*comment).strip_prefix("//").map(str::trim);
        let Some(said) = said.and_then(|said| said.strip_prefix(BEGINNING)).map(str::trim) else { continue };
        let (name, reason) = said.split_once(',').unwrap_or((said, ""));
        let name = name.strip_prefix("allow").map(str::trim).unwrap_or_default();
        let reason = reason.trim();
        let names = LINTS.iter().filter_map(|lint| lint.code.strip_prefix("lint/"));
        if !names.clone().any(|known| known == name) {
            let help = match nearest(name, names.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the lints are {}", names.collect::<Vec<_>>().join(", ")),
            };
            let message = "the comment names no lint, so it allows nothing";
            wrong.push(Found::new(comment.span, message, "allows nothing", help));
        } else if reason.is_empty() {
            let message = "the comment gives no reason, so it allows nothing";
            let help = format!("say why it stays: `// lint: allow {name}, REASON`");
            wrong.push(Found::new(comment.span, message, "no reason", help));
        } else {
            allowed.push(Allowed { span: comment.span, lint: name, line: line(subject, comment.span) });
        }
    }
    (allowed, wrong)
}

fn line(subject: &Subject<'_>, comment: Span) -> u32 {
    let line = |byte: u32| subject.source.position(byte).line;
    let next = subject.tokens.code.partition_point(|token| token.span.start < comment.start);
    let (before, after) = subject.tokens.code.split_at(next);
    let own = line(comment.start);
    match (before.last(), after.first()) {
        (Some(before), _) if line(before.span.start) == own => own,
        (_, Some(after)) => line(after.span.start),
        _ => own,
    }
}

fn removal(subject: &Subject<'_>, span: Span) -> Span {
    let text = subject.source.text();
    let before = text[..span.start as usize].trim_end_matches([' ', '\t']);
    let start = before.len();
    let alone = start == 0 || before.ends_with('\n');
    let after = &text[span.end as usize..];
    let newline = ["\r\n", "\n"].into_iter().find(|newline| alone && after.starts_with(newline)).map_or(0, str::len);
    Span::new(start, span.end as usize + newline)
}
