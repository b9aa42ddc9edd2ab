//! From what a rule has left behind to its lines with what came of each.

use super::tape::Frame;
use super::walk::Walk;
use super::{Trace, TracedLine};
use crate::facts::Facts;
use crate::policy::coverage::Steps;
use crate::policy::load::Rule;
use crate::policy::reported::Reported;
use crate::policy::run::Failure;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What is told of a rule that has run.
pub fn told(
    (rule, facts): (&Rule, &Facts),
    (frame, cut): (&Frame, bool),
    steps: &Steps,
    reported: &[Reported],
    failed: Option<&Failure>,
) -> Trace {
    let mut walk = Walk::new((rule, facts), reported, steps);
    walk.check(frame);
    walk.unconditional();
    if let Some(failure) = failed {
        walk.failed(failure);
    }
    let ran = rule.coverage(steps).lines;
    let mut lines = Vec::new();
    let mut uncalled = Vec::new();
    for function in functions(rule) {
        if !function.is_check && steps.of(rule.script.functions[function.number].body) == 0 {
            uncalled.push(function.name);
            continue;
        }
        let mut skipped = false;
        for number in function.lines {
            let times = ran.get(&number).copied();
            let text = rule.source.text().lines().nth(number as usize - 1).unwrap_or_default().trim_start();
            // What goes on over several lines did not run where it did not begin.
            skipped = times.map_or(skipped && !text.starts_with('}'), |times| times == 0);
            let notes = walk.lines.remove(&number).unwrap_or_default();
            lines.push(TracedLine { number, times, skipped: skipped && notes.is_empty(), notes });
        }
    }
    Trace { source: Arc::clone(&rule.source), lines, uncalled, why: walk.why, cut: cut || walk.cut }
}

/// A function of a rule, as it stands in its text.
struct Written {
    number: usize,
    name: String,
    is_check: bool,
    lines: RangeInclusive<u32>,
}

/// The functions of a rule, in the order of its text.
fn functions(rule: &Rule) -> Vec<Written> {
    let text = rule.source.text();
    let lines: Vec<_> = text.lines().collect();
    let mut starts: Vec<_> = (0..rule.script.functions.len()).map(|number| (head(rule, number).0, number)).collect();
    starts.sort_unstable();
    let next = |at: usize| starts.get(at + 1).map_or(lines.len() as u32 + 1, |(start, _)| *start);
    let all = starts.iter().enumerate();
    all.map(|(at, &(start, number))| {
        let rest = start..next(at);
        let closes = rest.clone().find(|line| lines[*line as usize - 1].starts_with('}'));
        let last = closes.unwrap_or_else(|| rest.end - 1);
        let name = rule.script.text(rule.script.own[number]).to_owned();
        Written { number, name, is_check: number == 0, lines: start..=last }
    })
    .collect()
}

/// The line in which a function begins, and the names of its parameters.
pub(super) fn head(rule: &Rule, number: usize) -> (u32, Vec<&str>) {
    let (line, column) = crate::policy::script::line_and_column(rule.script.functions[number].place);
    let body = rule.source.offset(crate::source::Position { line: line.max(1), column: column.max(1) });
    let before = &rule.source.text()[..body as usize];
    let start = before.rfind("fn ").unwrap_or(before.len());
    let params = before[start..].split_once('(').map_or("", |(_, params)| params);
    let params = params.split(')').next().unwrap_or_default();
    let names = params.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    (rule.source.position(start as u32).line, names)
}
