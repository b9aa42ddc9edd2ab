//! What can be looked for among many proposals. It needs the script, and is not there without it.

use super::list::outcome;
use super::markup::{Markup, Short, put};
use super::proposal::{LONGEST_NAME, Row};
use super::rules::Rules;
use std::collections::{BTreeMap, BTreeSet};

/// So many names are offered; others can be written all the same.
const MOST_SYSTEMS: usize = 500;

/// The filters: by outcome, system and rule.
pub fn put_filters<'r>(out: &mut Markup, rows: impl Iterator<Item = &'r Row>, rules: &Rules) {
    let (mut outcomes, mut systems) = (BTreeMap::new(), BTreeSet::new());
    for row in rows {
        *outcomes.entry((std::cmp::Reverse(row.need as u8), outcome(row))).or_insert(0_usize) += 1;
        systems.extend(row.system.as_deref().filter(|_| systems.len() < MOST_SYSTEMS));
    }
    out.markup("<form class=\"filters\" id=\"filters\" hidden role=\"search\" aria-label=\"filter the proposals\"><fieldset><legend>Outcome</legend>");
    let mut told: Vec<(&str, usize)> = Vec::new();
    for ((_, outcome), number) in outcomes {
        match told.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, all)) => *all += number,
            None => told.push((outcome, number)),
        }
    }
    for (outcome, number) in told {
        put!(out; "<label><input type=\"checkbox\" name=\"outcome\" value=\"", outcome, "\"> ", outcome, " <span class=\"dim\">", number, "</span></label>");
    }
    out.markup("</fieldset><label>System <input type=\"search\" name=\"system\" list=\"systems\" autocomplete=\"off\"></label><datalist id=\"systems\">");
    for system in systems {
        put!(out; "<option value=\"", Short(system, LONGEST_NAME), "\">");
    }
    out.markup("</datalist><label>Rule <select name=\"rule\"><option value=\"\">any</option>");
    for (code, spoken) in rules.by_family() {
        put!(out; "<option value=\"", code, "\" data-r=\"", spoken.number, "\">", Short(code, LONGEST_NAME), " (", spoken.proposals, ")</option>");
    }
    out.markup(
        "</select></label><button type=\"reset\">Show all</button><output aria-live=\"polite\"></output></form>\n",
    );
}
