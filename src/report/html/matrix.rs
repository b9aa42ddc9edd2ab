//! Proposals and rules against each other: what many have in common stands in one column.

use super::kept::Need;
use super::list::title;
use super::markup::{Markup, put};
use super::proposal::Row;
use super::rules::{Rules, Spoken, family_and_name};
use super::text::class;
use crate::report::counts::count;
use crate::report::entry::Weight;
use std::collections::BTreeMap;

/// More rows or columns nobody takes in at a look.
const MOST_ROWS: usize = 200;
const MOST_COLUMNS: usize = 60;

/// The matrix of the proposals of which something is said.
pub fn put_matrix<'r>(out: &mut Markup, rows: impl Iterator<Item = &'r Row>, rules: &Rules) {
    let mut rows: Vec<_> = rows.filter(|row| row.need >= Need::Remarks && !row.codes.is_empty()).collect();
    let columns = columns(rules);
    if rows.len() < 2 || columns.is_empty() {
        return;
    }
    let further = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    out.markup("<section id=\"matrix\"><h2>Proposals and rules</h2><div class=\"wide matrix\" role=\"group\" aria-label=\"proposals and rules\"><table><thead><tr><td></td>");
    for (family, columns) in families(&columns) {
        put!(out; "<th scope=\"colgroup\" colspan=\"", columns, "\">", family, "</th>");
    }
    out.markup("</tr><tr><th scope=\"col\">Proposal</th>");
    for (code, spoken) in &columns {
        let (_, name) = family_and_name(code);
        put!(out; "<th scope=\"col\"><a href=\"#rule-", spoken.number, "\">", name, "</a></th>");
    }
    out.markup("</tr></thead><tbody>");
    for row in &rows {
        put_row(out, row, &columns);
    }
    out.markup("</tbody></table></div>");
    let beside = spoken(rules).count() - columns.len();
    let left: Vec<_> =
        [(further, "more proposal"), (beside, "more rule")].into_iter().filter(|(left, _)| *left > 0).collect();
    if !left.is_empty() {
        let told: Vec<_> = left.iter().map(|&(number, what)| count(number, what)).collect();
        let are = if matches!(*left, [(1, _)]) { "is" } else { "are" };
        put!(out; "<p class=\"dim\">", told.join(" and "), " ", are, " left out here.</p>");
    }
    out.markup("</section>\n");
}

/// Those that say something of a proposal.
fn spoken(rules: &Rules) -> impl Iterator<Item = (&str, &Spoken)> {
    rules.spoken().into_iter().filter(|(_, spoken)| spoken.proposals > 0)
}

/// Those that say most, then in the order of their families.
fn columns(rules: &Rules) -> Vec<(&str, &Spoken)> {
    let mut columns: Vec<_> = spoken(rules).collect();
    columns.truncate(MOST_COLUMNS);
    columns.sort_by_key(|(code, _)| family_and_name(code));
    columns
}

/// How many columns each family has, in their order.
fn families<'c>(columns: &[(&'c str, &Spoken)]) -> Vec<(&'c str, usize)> {
    let family = |code: &'c str| family_and_name(code).0;
    let families = columns.chunk_by(|(one, _), (next, _)| family(one) == family(next));
    families.filter_map(|columns| Some((family(columns.first()?.0), columns.len()))).collect()
}

fn put_row(out: &mut Markup, row: &Row, columns: &[(&str, &Spoken)]) {
    put!(out; "<tr data-p=\"", row.number, "\"><th scope=\"row\"><a href=\"#p", row.number, "\">", title(row), "</a></th>");
    let said: BTreeMap<usize, Weight> = row.codes.iter().copied().collect();
    for (_, spoken) in columns {
        match said.get(&spoken.number) {
            // What ends a cell need not be written, and most are empty.
            None => out.markup("<td>"),
            Some(weight) => put!(out; "<td class=\"", class(*weight), "\">", word(*weight)),
        }
    }
    out.markup("</tr>");
}

const fn word(weight: Weight) -> &'static str {
    match weight {
        Weight::Fault => "error",
        Weight::Error => "deny",
        Weight::Warning => "warn",
        Weight::Note => "note",
    }
}
