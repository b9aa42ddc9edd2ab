//! What was decided, when, and what is to be done now.

use super::markup::{Markup, Prose, Short, put};
use super::rules::{Rules, Spoken};
use crate::codes;
use crate::report::counts::{count, of_tally, when_passed};
use crate::report::entry::Weight;
use crate::report::html::finding::sign;
use crate::report::mending::{meanwhile, who_mends};
use crate::verdict::{Outcome, Tally};

/// So many rules are named at the top of a report of many proposals.
const MOST_RULES: usize = 8;

/// The first thing that anybody sees.
pub fn put_verdict(out: &mut Markup, tally: &Tally, phase: &str, judged: &str) {
    let outcome = tally.outcome();
    put!(out; "<section class=\"verdict ", outcome.as_str(), "\"><h1><svg class=\"sign\" aria-hidden=\"true\" viewBox=\"0 0 16 16\"><use href=\"#s-", outcome.as_str(), "\"/></svg>");
    out.markup(match outcome {
        Outcome::Pass => "Pass",
        Outcome::Blocked => "Blocked",
        Outcome::Undecided => "Undecided",
    });
    put!(out; "</h1><p class=\"counts\">", of_tally(tally), "</p><p class=\"judged\">", judged, "</p><p class=\"next\">");
    next(out, outcome, tally, phase);
    out.markup("</p></section>");
}

/// What is to be done now, and by whom.
fn next(out: &mut Markup, outcome: Outcome, tally: &Tally, phase: &str) {
    match outcome {
        Outcome::Pass => put!(out; when_passed(tally, phase)),
        Outcome::Blocked => {
            put!(out; "<b>Next:</b> ", who_mends(tally, "denied below", "has it judged again"))
        }
        Outcome::Undecided if tally.faults > 0 => {
            put!(out; "<b>Next:</b> the gate could not judge, so nothing may go ahead. Whoever runs it mends the ", if tally.faults == 1 { "error" } else { "errors" }, " below, and runs it again.");
        }
        Outcome::Undecided => {
            out.markup("<b>Next:</b> nothing was judged, so nothing may go ahead. Name the proposals to judge.");
        }
    }
    if outcome == Outcome::Undecided {
        put!(out; meanwhile(tally, "denied below", "has it judged again"));
    }
}

/// Of many proposals, which rules block most of them: each the way to these.
pub fn put_foremost(out: &mut Markup, rules: &Rules) {
    let spoken = rules.spoken();
    let blocking: Vec<&(&str, &Spoken)> =
        spoken.iter().filter(|(_, spoken)| spoken.weight >= Weight::Error && spoken.proposals > 0).collect();
    if blocking.is_empty() {
        return;
    }
    out.markup("<section class=\"foremost\"><h2>What blocks most</h2><ol>");
    for (code, spoken) in blocking.iter().take(MOST_RULES) {
        put!(out; "<li><a href=\"#?rule=", code, "\">");
        sign(out, spoken.weight);
        put!(out; "<b>", count(spoken.proposals, "proposal"), "</b> <code>", Short(code, 80), "</code></a>");
        // The title of a rule says what must hold, and the meaning of a code what is wrong.
        match (rules.header(code), codes::find(code)) {
            (Some(header), _) => put!(out; " <span class=\"dim\">required: ", Prose(&header.title), "</span>"),
            (None, Some(known)) => put!(out; " <span class=\"dim\">", Prose(known.meaning), "</span>"),
            (None, None) => {}
        }
        out.markup("</li>");
    }
    out.markup("</ol></section>");
}
