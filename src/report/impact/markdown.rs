//! An impact in Markdown, for the summary of a job and for a pull request.

use super::{DIRECTIONS, ImpactOf, flip, told};
use crate::impact::Direction;
use crate::report::markdown::inert::{text, verbatim};
use std::fmt::Write as _;
use std::io;

/// The first line, by which it is known again.
const MARKER: &str = "<!-- changegate impact -->";
const LONGEST_NAME: usize = 200;
const LONGEST_MESSAGE: usize = 500;
/// Rows of one table, with which all tables stay below the length of a comment.
const MOST_ROWS: usize = 30;
/// A comment on GitHub may have 65,536 characters; some are left for who posts it.
const LONGEST_TABLE: usize = 15_000;

/// Whether a text begins as this does.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(MARKER.as_bytes())
}

/// Writes it.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: &mut impl io::Write, of: &ImpactOf<'_>) -> io::Result<()> {
    let mut page = format!("{MARKER}\n## {} changegate impact\n\n{}.\n\n", mark(of), of.headline());
    let side = |side: &super::ImpactSide| {
        format!("{}, {}", verbatim(&side.named(), LONGEST_NAME), text(&side.told(), LONGEST_MESSAGE))
    };
    let _ = write!(page, "Before: {}. After: {}. Judged {}.", side(&of.before), side(&of.after), of.judged());
    if let Some(told) = of.undecided() {
        let _ = write!(page, " {told}.");
    }
    page.push_str("\n\n");
    for (direction, _, word) in DIRECTIONS {
        of_direction(&mut page, of, direction, word);
    }
    let faults = of.faults.iter().map(|fault| {
        let help = fault.help.as_deref().map(|help| text(help, LONGEST_MESSAGE)).unwrap_or_default();
        format!("| {} | {} | {help} |\n", verbatim(fault.code, LONGEST_NAME), text(&fault.message, LONGEST_MESSAGE))
    });
    table(&mut page, "### It could not be worked out\n\n| | What is wrong | What to do |\n|---|---|---|\n", faults);
    let mut folded = String::new();
    let flips = of.impact.flips.iter().map(|one| {
        let at = one.judged.commit.as_ref().map(|commit| format!(" of {commit}")).unwrap_or_default();
        let rules: Vec<_> = one.rules.iter().take(MOST_ROWS).map(|rule| verbatim(rule, LONGEST_NAME)).collect();
        let file = verbatim(&format!("{}{at}", one.judged.file), LONGEST_NAME);
        format!("| {file} | {} | {} |\n", flip(one.before, one.after), rules.join(" "))
    });
    table(&mut folded, "| Proposal | Verdict | By |\n|---|---|---|\n", flips);
    fold(&mut page, "Verdicts that flip", &mut folded);
    let other = of.other().into_iter().map(|(rule, told)| {
        let why = text(&of.why(rule).join("; "), LONGEST_MESSAGE);
        format!("| {} | {told} | {why} |\n", verbatim(rule, LONGEST_NAME))
    });
    table(&mut folded, "| Rule | | Differs in |\n|---|---|---|\n", other);
    fold(&mut page, "What is said otherwise and flips nothing", &mut folded);
    let unseen = of.unseen().into_iter().map(|rule| {
        format!("| {} | {} |\n", verbatim(&rule.rule, LONGEST_NAME), text(&rule.told().join("; "), LONGEST_MESSAGE))
    });
    table(&mut folded, "| Rule | Differs in |\n|---|---|\n", unseen);
    fold(&mut page, "Rules that differ, of which no proposal shows it", &mut folded);
    let besides = of
        .besides
        .iter()
        .map(|one| format!("| {} | {} | {} |\n", one.what, verbatim(&one.file, LONGEST_NAME), one.how.as_str()));
    table(&mut folded, "| | File | |\n|---|---|---|\n", besides);
    fold(&mut page, "What else differs", &mut folded);
    out.write_all(page.as_bytes())?;
    out.flush()
}

/// What a reviewer has to look at is marked, whatever the exit status.
fn mark(of: &ImpactOf<'_>) -> &'static str {
    if !of.faults.is_empty() {
        "❓"
    } else if [Direction::Loosened, Direction::Lessened].iter().any(|to| !of.impact.towards(*to).is_empty()) {
        "⚠️"
    } else if of.impact.flipped() > 0 {
        "⛔"
    } else {
        "✅"
    }
}

fn of_direction(page: &mut String, of: &ImpactOf<'_>, direction: Direction, word: &str) {
    let rows = of.impact.towards(direction).into_iter().map(|(rule, shift)| {
        let why: Vec<_> = of.why(rule).iter().map(|why| text(why, LONGEST_MESSAGE)).collect();
        let example = shift.examples.first().map(|(judged, before, after, example)| {
            let at = judged.commit.as_ref().map(|commit| format!(" of {commit}")).unwrap_or_default();
            let place = verbatim(&format!("{}{at}", example.place), LONGEST_NAME);
            format!("{place} ({}): {}", flip(*before, *after), text(&example.message, LONGEST_MESSAGE))
        });
        let (rule, example) = (verbatim(rule, LONGEST_NAME), example.unwrap_or_default());
        format!("| {rule}<br>{} | {} | {example} |\n", told(direction, shift), why.join("<br>"))
    });
    let (title, said) = match direction {
        Direction::Loosened => ("What is denied no longer", "It said"),
        Direction::Lessened => ("What is denied less", "It said"),
        Direction::Tightened => ("What is denied now", "It says"),
        Direction::Failing => ("What fails now", "It says"),
    };
    let head = format!("### {title}\n\n| Rule that is {word} | Differs in | {said}, for example |\n|---|---|---|\n");
    table(page, &head, rows);
}

/// A table of as many rows as there is room for, with how many are left out.
fn table(page: &mut String, head: &str, rows: impl Iterator<Item = String>) {
    let (start, mut shown, mut left) = (page.len(), 0, 0);
    for row in rows {
        if shown == MOST_ROWS || page.len() - start + row.len() > LONGEST_TABLE {
            left += 1;
            continue;
        }
        if shown == 0 {
            page.push_str(head);
        }
        page.push_str(&row);
        shown += 1;
    }
    if left > 0 {
        let _ = write!(page, "\n{left} more are in the report for programs.\n");
    }
    if shown + left > 0 {
        page.push('\n');
    }
}

/// Puts what was written of a subject under a title that can be unfolded.
fn fold(page: &mut String, title: &str, folded: &mut String) {
    if !folded.is_empty() {
        let _ = write!(page, "<details><summary>{title}</summary>\n\n{folded}</details>\n\n");
        folded.clear();
    }
}
