//! The proposals of a run: one as it is, several as a list of what unfolds.

use super::markup::{Markup, Short, put};
use super::proposal::{Bit, LONGEST_NAME, Row};
use super::{Html, calendar, filters, kept::Order, matrix, verdict};
use crate::report::counts::count;

/// The shapes of all signs, drawn once: each differs by its form.
pub fn put_signs(out: &mut Markup) {
    out.markup(concat!(
        "<svg class=\"defs\" aria-hidden=\"true\" width=\"0\" height=\"0\"><defs>",
        "<symbol id=\"s-pass\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"7.5\"/><path class=\"in\" d=\"M4.4 8.4l2.5 2.6 4.8-5.6\"/></symbol>",
        "<symbol id=\"s-blocked\" viewBox=\"0 0 16 16\"><path d=\"M5 .5h6L15.5 5v6L11 15.5H5L.5 11V5z\"/><path class=\"in\" d=\"M4.2 8h7.6\"/></symbol>",
        "<symbol id=\"s-undecided\" viewBox=\"0 0 16 16\"><path d=\"M8 .2L15.8 8 8 15.8.2 8z\"/><path class=\"in\" d=\"M6.2 6.3c.2-1.2 1-1.8 1.9-1.8s1.8.6 1.8 1.6c0 1.4-1.8 1.5-1.8 3M8 11.2v.3\"/></symbol>",
        "<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0v6\"/></pattern>",
        "</defs></svg>\n"
    ));
}

fn second<A, B>((_, second): (A, B)) -> B {
    second
}

/// What it came to, as a word of a class and of a filter.
pub const fn outcome(row: &Row) -> &'static str {
    match row.left {
        Some(left) => left.as_str(),
        None => row.outcome.as_str(),
    }
}

/// All of them.
pub fn put_all<W>(out: &mut Markup, report: &Html<W>) {
    let rows = &report.rows;
    match (rows.len(), rows.iter().next()) {
        (0, _) => return,
        (1, Some((order, row))) => {
            put!(out; "<article class=\"one\" id=\"p", row.number, "\"><h2 class=\"title\">", title(row), "</h2>");
            put_body(out, report, order);
            out.markup("</article>\n");
            return;
        }
        _ => {}
    }
    verdict::put_foremost(out, &report.rules);
    filters::put_filters(out, rows.iter().map(second), &report.rules);
    calendar::put_calendar(out, rows.iter().map(second), &report.freezes);
    matrix::put_matrix(out, rows.iter().map(second), &report.rules);
    put!(out; "<section id=\"proposals\"><h2>", count(report.seen, "proposal"), "</h2>");
    for (order, row) in rows.iter() {
        put_one(out, report, order, row);
    }
    if rows.left_out() > 0 {
        put!(out; "<p class=\"left\">", count(rows.left_out(), "proposal"), " more are not listed here: a page has room for so many. All count for the verdict, and the JSON report has them.</p>");
    }
    out.markup("</section>\n");
}

pub fn title(row: &Row) -> Short<'_> {
    let name = row.title.as_deref().or(row.id.as_deref()).unwrap_or(&row.file);
    Short(name, LONGEST_NAME)
}

fn put_one<W>(out: &mut Markup, report: &Html<W>, order: Order, row: &Row) {
    let system = row.system.as_deref().unwrap_or_default();
    put!(out; "<article class=\"p ", outcome(row), "\" id=\"p", row.number, "\" data-o=\"", outcome(row), "\" data-s=\"", Short(system, LONGEST_NAME), "\" data-r=\"");
    for (at, (code, _)) in row.codes.iter().enumerate() {
        put!(out; if at > 0 { " " } else { "" }, *code);
    }
    out.markup("\">");
    let body = report.bodies.get(order);
    let brief = report.briefs.get(order).filter(|_| body.is_none());
    let unfolds = body.is_some() || brief.is_some();
    out.markup(if unfolds { "<details><summary>" } else { "<div class=\"summary\">" });
    put!(out; "<i class=\"s ", outcome(row), "\"></i><h2><span class=\"vh\">", outcome(row), ": </span>", title(row), "</h2>");
    put!(out; "<span class=\"dim sys\">", Short(system, 60), "</span><span class=\"dim file\">", Short(&row.file, LONGEST_NAME), "</span><span class=\"n\">", counts(row), "</span>");
    out.markup(if unfolds { "</summary>" } else { "</div>" });
    if let Some(brief) = brief {
        put!(out; brief, "<p class=\"dim\">This page has no room for more of it: judged alone, it has one of its own.</p>");
    }
    put_body(out, report, order);
    out.markup(if unfolds { "</details></article>\n" } else { "</article>\n" });
}

fn counts(row: &Row) -> String {
    let all = [(row.errors, "error"), (row.denials, "denial"), (row.warnings, "warning")];
    let mut told: Vec<_> =
        all.iter().filter(|(number, _)| *number > 0).map(|&(number, what)| count(number, what)).collect();
    told.extend(row.on_base.map(str::to_owned));
    if told.is_empty() { outcome(row).to_owned() } else { told.join(", ") }
}

fn put_body<W>(out: &mut Markup, report: &Html<W>, order: Order) {
    let Some(body) = report.bodies.get(order) else { return };
    let mut folds = report.folds.get(order).map(|folds| folds.iter());
    for bit in &body.bits {
        match bit {
            Bit::Markup(markup) => put!(out; markup),
            Bit::Fold(told) => match folds.as_mut().and_then(Iterator::next) {
                Some(lines) => put!(out; "<details class=\"fold\"><summary>", told, "</summary>", lines, "</details>"),
                None => put!(out; "<p class=\"gap\">", told, ": not in this report, which has room for so much</p>"),
            },
        }
    }
}
