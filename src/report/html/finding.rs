//! A finding or a fault: what is wrong and what to do, and what opens to why.

use super::markup::{Markup, Prose, Short, put};
use super::rules::Rules;
use super::sheets::Sheets;
use super::text::class;
use crate::codes;
use crate::report::entry::{Entry, Weight};

/// Of more values nobody reads all; the JSON report has them. Where many proposals are shown there is room for a few.
const MOST_REASONS: usize = 16;
const FEW_REASONS: usize = 5;
const LONGEST_VALUE: usize = 100;

/// What a weight is called where people read it.
pub const fn word(entry: &Entry<'_>) -> &'static str {
    match entry.weight {
        Weight::Fault => "Error",
        Weight::Error => "Denied",
        Weight::Warning if entry.waived.is_some() => "Waived",
        Weight::Warning => "Warning",
        Weight::Note => "Note",
    }
}

/// The sign of a weight, which differs by its shape and not by its colour alone.
pub fn sign(out: &mut Markup, weight: Weight) {
    put!(out; "<i class=\"s ", class(weight), "\"></i>");
}

/// One of them in full. `anchor` is its name to be referred to; `whys` says whether it repeats why its rule is there, or refers to that.
pub fn in_full(entry: &Entry<'_>, anchor: &str, sheets: &Sheets, rules: &Rules, whys: bool) -> Markup {
    let mut out = Markup::default();
    put!(out; "<div class=\"f ", class(entry.weight), "\" id=\"", anchor, "\"><p class=\"what\">");
    sign(&mut out, entry.weight);
    put!(out; "<b>", word(entry), "</b> ", Prose(entry.headline()), "</p>");
    if let Some(table) = entry.table {
        out.markup("<dl class=\"parts\">");
        for (what, much) in table.rows.iter().take(MOST_REASONS) {
            put!(out; "<div><dt>", what, "</dt><dd>", much, "</dd></div>");
        }
        if let more @ 1.. = table.rows.len().saturating_sub(MOST_REASONS) {
            put!(out; "<div><dt>and ", more, " more</dt><dd>in the JSON report</dd></div>");
        }
        out.markup("</dl>");
    }
    if let Some(help) = entry.help {
        put!(out; "<p class=\"help\"><b>What to do</b> ", Prose(help), "</p>");
    }
    if let Some(aside) = entry.aside {
        put!(out; "<p class=\"help\"><b>Blocks</b> ", Prose(&aside.to_string()), aside.until(), "</p>");
    }
    if let Some(waived) = entry.waived {
        put!(out; "<p class=\"help\"><b>Let through</b> by ", waived.by, " until ", waived.expires, " (", waived.ticket, "): ", waived.reason, " ");
        sheets.put_place(&mut out, &waived.place);
        out.markup("</p>");
    }
    put!(out; "<details class=\"why\"><summary><code>", entry.code, "</code>");
    match entry.because.len() {
        0 => out.markup(" <span>why</span>"),
        1 => out.markup(" <span>why: 1 value, and the rule</span>"),
        several => put!(out; " <span>why: ", several, " values, and the rule</span>"),
    }
    out.markup("</summary>");
    reasons(&mut out, entry, sheets, if whys { MOST_REASONS } else { FEW_REASONS });
    rule(&mut out, entry, rules, whys);
    out.markup("</details></div>");
    out
}

fn reasons(out: &mut Markup, entry: &Entry<'_>, sheets: &Sheets, most: usize) {
    if entry.primary.is_none() && entry.because.is_empty() && entry.related.is_empty() {
        return;
    }
    out.markup("<ul class=\"because\">");
    for label in entry.primary.into_iter().chain(entry.related) {
        out.markup("<li>");
        sheets.put_place(out, &label.place);
        put!(out; " ", Prose(&label.text), "</li>");
    }
    for because in entry.because.iter().take(most) {
        out.markup("<li>");
        sheets.put_place(out, &because.place);
        let pointer = if because.pointer.is_empty() { "the proposal" } else { &because.pointer };
        put!(out; " because <code>", pointer, "</code> ");
        match &because.value {
            Some(value) => put!(out; "is <code>", Short(value, LONGEST_VALUE), "</code></li>"),
            None => out.markup("is absent</li>"),
        }
    }
    if let more @ 1.. = entry.because.len().saturating_sub(most) {
        put!(out; "<li>and because of ", more, " more values, which the JSON report has</li>");
    }
    out.markup("</ul>");
}

fn rule(out: &mut Markup, entry: &Entry<'_>, rules: &Rules, whys: bool) {
    if let Some(header) = rules.header(entry.code) {
        put!(out; "<p class=\"rule\"><b>", header.title, ".</b> ");
        match rules.number(entry.code).filter(|_| !whys) {
            Some(number) => put!(out; "<a href=\"#rule-", number, "\">Why there is this rule</a>"),
            None => put!(out; header.why),
        }
        out.markup("</p>");
        if whys && !header.controls.is_empty() {
            put!(out; "<p class=\"rule\">Controls: ");
            for (at, control) in header.controls.iter().enumerate() {
                put!(out; if at == 0 { "" } else { " · " }, &**control);
            }
            out.markup("</p>");
        }
    } else if let Some(code) = codes::find(entry.code) {
        put!(out; "<p class=\"rule\">", Prose(code.meaning), ". Who acts: ", Prose(code.who.as_str()), ".</p>");
    }
    if let Some(policy) = entry.policy {
        let start = policy.start();
        put!(out; "<p class=\"rule\">Rule: <span class=\"at\">", policy.source.name(), ":", start.line, ":", start.column, "</span></p>");
    }
}
