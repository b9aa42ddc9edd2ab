//! What is said of a proposal for which a page has no more room.

use super::finding::word;
use super::markup::{Markup, Prose, Short, put};
use super::proposal::LONGEST_NAME;
use super::text::class;
use crate::report::entry::Entry;
use crate::report::escape;
use crate::verdict::Judgement;

/// Bytes of it.
pub const LONGEST: usize = 1_600;
/// Characters of what a single finding says.
const LONGEST_HEADLINE: usize = 200;

/// The heaviest first, and how many are left out; none where nothing is said.
pub fn of(judgement: &Judgement) -> Option<Markup> {
    let mut entries: Vec<_> = Entry::of_judgement(judgement).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.weight));
    let mut out = Markup::default();
    let mut told = 0;
    out.markup("<ul class=\"brief\">");
    for entry in &entries {
        let one = in_brief(entry);
        // The first is told however long it is.
        if told > 0 && out.len() + one.len() > LONGEST - 50 {
            break;
        }
        put!(out; one);
        told += 1;
    }
    if let more @ 1.. = entries.len() - told {
        put!(out; "<li>and ", more, " more");
    }
    out.markup("</ul>");
    (told > 0).then_some(out)
}

/// What is wrong, by which rule, and where.
fn in_brief(entry: &Entry<'_>) -> Markup {
    let mut out = Markup::default();
    let headline = escape::line(entry.headline(), LONGEST_HEADLINE, "…");
    put!(out; "<li><b class=\"", class(entry.weight), "\">", word(entry), "</b> ", Prose(&headline), Prose(&entry.in_brackets()), " <code>", Short(entry.code, LONGEST_NAME), "</code>");
    if let Some(label) = entry.primary {
        put!(out; " line ", label.place.start().line);
    }
    out
}
