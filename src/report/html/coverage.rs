//! The page of how much of rules their cases ran: the rules, the worst first, and the text of each with what never ran in it.
//!
//! All of it can be read without a script, so that the page runs none.

use super::head::{self, Script};
use super::markup::{Markup, put};
use super::text::put_line;
use crate::policy::{Coverage, Way};
use crate::report::counts::count;
use crate::report::entry::Weight;
use crate::report::tested::{Covered, Share, TestTally, gaps};
use crate::source::Position;
use std::cmp::Reverse;
use std::io;

/// Writes the page.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: &mut impl io::Write, rules: &[Coverage], tally: &TestTally) -> io::Result<()> {
    let mut page = Markup::default();
    let covered = tally.coverage.unwrap_or_default();
    let below = tally.told_below();
    let told = covered.told();
    head::begin(&mut page, &format!("coverage of {}, {told}", count(tally.rules, "rule")), Script::None);
    page.markup("<a class=\"skip\" href=\"#main\">To the coverage</a>\n");
    page.markup("<header><span class=\"brand\">changegate</span></header>\n<main id=\"main\" tabindex=\"-1\">\n");
    page.markup("<section><h1>What the cases ran</h1>");
    put!(page; "<p>", count(tally.cases, "case"), " of ", count(tally.rules, "rule"), ": ", told, "</p>");
    if let Some(below) = below {
        put!(page; "<p class=\"f deny\"><b>Too low:</b> ", below, "</p>");
    }
    if tally.faults + tally.undecided > 0 {
        page.markup(
            "<p class=\"f fault\"><b>Not everything could be run.</b> A case that could not ran nothing, and a rule that could not is left out.</p>",
        );
    }
    page.markup("</section>\n");
    let mut sorted: Vec<_> = rules.iter().map(|rule| (Covered::of(rule), rule)).collect();
    sorted.sort_by_key(|(covered, rule)| (worst(*covered), Reverse(missed(*covered)), rule.source.name()));
    put_table(&mut page, &sorted);
    for (number, (covered, rule)) in sorted.iter().enumerate() {
        put_rule(&mut page, number, *covered, rule);
    }
    put!(page; "</main>\n<footer><p>Written by changegate ", env!("CARGO_PKG_VERSION"), ". It depends on the rules and their cases alone.</p></footer>\n");
    head::end(&mut page, Script::None);
    out.write_all(page.as_str().as_bytes())?;
    out.flush()
}

/// The lower of both shares, in parts of a million.
fn worst(Covered { lines, branches }: Covered) -> usize {
    let of = |share: Share| (share.met * 1_000_000).checked_div(share.found).unwrap_or(1_000_000);
    of(lines).min(of(branches))
}

const fn missed(Covered { lines, branches }: Covered) -> usize {
    lines.missed() + branches.missed()
}

fn put_table(out: &mut Markup, rules: &[(Covered, &Coverage)]) {
    out.markup("<section><h2 id=\"rules\">Rules</h2><div class=\"wide\" role=\"region\" aria-labelledby=\"rules\" tabindex=\"0\"><table class=\"shares\"><thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Lines</th><th scope=\"col\">not run</th><th scope=\"col\">Branches</th><th scope=\"col\">never taken</th></tr></thead><tbody>");
    for (number, (covered, rule)) in rules.iter().enumerate() {
        put!(out; "<tr><th scope=\"row\"><a href=\"#rule-", number, "\"><code>", rule.source.name(), "</code></a></th>");
        put_share(out, covered.lines);
        put_share(out, covered.branches);
        out.markup("</tr>");
    }
    out.markup("</tbody></table></div></section>\n");
}

fn put_share(out: &mut Markup, share: Share) {
    put!(out; "<td>", share.to_string(), "</td>");
    match share.missed() {
        0 => out.markup("<td></td>"),
        missed => put!(out; "<td><b class=\"deny\">", missed, " of ", share.found, "</b></td>"),
    }
}

fn put_rule(out: &mut Markup, number: usize, covered: Covered, rule: &Coverage) {
    put!(out; "<section class=\"covered\"><h2 id=\"rule-", number, "\"><code>", rule.source.name(), "</code></h2><p class=\"dim\">", covered.told(), " · <a href=\"#rules\">all rules</a></p>");
    let branches = gaps::branches(rule);
    out.markup("<div class=\"text\"><ol>");
    let mut at = 0;
    for (line, text) in (1..).zip(rule.source.text().split('\n')) {
        let here: Vec<_> = branches.iter().filter(|(place, _)| place.line == line).collect();
        if at == rule.source.text().len() && line > 1 {
            break;
        }
        put_text(out, (at, text), rule.lines.get(&line).copied(), &here);
        at += text.len() + 1;
    }
    out.markup("</ol></div></section>\n");
}

/// A line: how often it ran, its text, and what it never did.
fn put_text(out: &mut Markup, (at, text): (usize, &str), times: Option<u32>, never: &[&(Position, &Way)]) {
    match times {
        None => out.markup("<li><span class=\"times\"></span>"),
        Some(0) => out.markup("<li class=\"never\"><span class=\"times\">never </span>"),
        Some(times) => put!(out; "<li class=\"ran\"><span class=\"times\">", times, "× </span>"),
    }
    let marks: Vec<_> = never.iter().map(|(_, way)| (way.place.span.range(), Weight::Error)).collect();
    put_line(out, text.strip_suffix('\r').unwrap_or(text), at, &marks);
    for (place, way) in never {
        put!(out; "<p class=\"f deny\"><b>Branch</b> at column ", place.column, ": ", way.turn.never(), "</p>");
    }
    out.markup("</li>");
}
