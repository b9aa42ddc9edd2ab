//! What is owed, what was accepted by name, what was asked and of whom, and what was shown of other proposals.

use super::markup::{Markup, Prose, put};
use super::sheets::Sheets;
use crate::evidence::{Answer, Entry};
use crate::verdict::Judgement;
use std::sync::Arc;

/// Of longer lists the rest is counted.
const MOST: usize = 200;

/// All of it, of one proposal.
pub fn of_judgement(judgement: &Judgement, sheets: &Sheets) -> Markup {
    let mut out = Markup::default();
    owed(&mut out, judgement, sheets);
    accepted(&mut out, judgement, sheets);
    consulted(&mut out, &judgement.consulted, "<h3>Evidence consulted</h3>");
    if !judgement.others.is_empty() {
        out.markup("<section><h3>Other proposals that were looked at</h3><ul>");
        for other in judgement.others.iter().take(MOST) {
            put!(out; "<li><code>", other.file, "</code></li>");
        }
        out.markup("</ul>");
        put_left_out(&mut out, judgement.others.len());
        out.markup("</section>");
    }
    out
}

fn owed(out: &mut Markup, judgement: &Judgement, sheets: &Sheets) {
    if judgement.obligations.is_empty() {
        return;
    }
    out.markup("<section><h3>Owed afterwards</h3><div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"owed afterwards\"><table><thead><tr><th scope=\"col\">By</th><th scope=\"col\">What</th><th scope=\"col\">Where it comes from</th></tr></thead><tbody>");
    for owed in judgement.obligations.iter().take(MOST) {
        let due = owed.due.as_deref().unwrap_or("no day set");
        put!(out; "<tr><td>", due, "</td><td><code>", owed.id, "</code> ", Prose(&owed.what), "</td><td>");
        sheets.put_place(out, &owed.place);
        put!(out; " <code class=\"dim\">", &*owed.rule, "</code></td></tr>");
    }
    out.markup("</tbody></table></div>");
    put_left_out(out, judgement.obligations.len());
    out.markup("</section>");
}

fn accepted(out: &mut Markup, judgement: &Judgement, sheets: &Sheets) {
    if judgement.accepted.is_empty() {
        return;
    }
    out.markup("<section><h3>Accepted by name</h3><div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"accepted by name\"><table><thead><tr><th scope=\"col\">By</th><th scope=\"col\">Why</th><th scope=\"col\">What</th></tr></thead><tbody>");
    for accepted in judgement.accepted.iter().take(MOST) {
        put!(out; "<tr><td>", accepted.by, if accepted.by_author { " (an author of the proposal)" } else { "" });
        if let Some(through) = &accepted.valid_through {
            put!(out; " through ", through);
        }
        put!(out; "</td><td>", accepted.reason, "</td><td><code>", accepted.path, "</code> ");
        sheets.put_place(out, &accepted.place);
        out.markup("</td></tr>");
    }
    out.markup("</tbody></table></div>");
    put_left_out(out, judgement.accepted.len());
    out.markup("</section>");
}

/// What was asked, and what came back: what could not be had first.
pub fn consulted(out: &mut Markup, entries: &[Arc<Entry>], heading: &'static str) {
    if entries.is_empty() {
        return;
    }
    out.markup("<section>");
    out.markup(heading);
    out.markup("<div class=\"wide\" role=\"group\" tabindex=\"0\" aria-label=\"evidence consulted\"><table><thead><tr><th scope=\"col\">Asked</th><th scope=\"col\">Question</th><th scope=\"col\">Answer</th></tr></thead><tbody>");
    let is_unavailable = |entry: &&&Arc<Entry>| matches!(entry.answer, Answer::Unavailable { .. });
    let (unproven, told): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| is_unavailable(&entry));
    for entry in unproven.into_iter().chain(told).take(MOST) {
        put!(out; "<tr><td>", entry.question.provider().as_str(), "</td><td>", entry.question.to_string(), "</td><td>");
        match &entry.answer {
            Answer::Unavailable { code, why, .. } => {
                put!(out; "<b class=\"warn\">not to be had</b>: ", Prose(why), " <code class=\"dim\">", code.as_str(), "</code>");
            }
            answer => put!(out; answer.state()),
        }
        out.markup("</td></tr>");
    }
    out.markup("</tbody></table></div>");
    put_left_out(out, entries.len());
    out.markup("</section>");
}

/// How many of so many are not in the list.
fn put_left_out(out: &mut Markup, number: usize) {
    if let more @ 1.. = number.saturating_sub(MOST) {
        put!(out; "<p class=\"dim\">", more, " more; the JSON report has them all.</p>");
    }
}
