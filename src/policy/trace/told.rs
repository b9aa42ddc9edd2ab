//! From what a rule has left behind to its lines with what came of each.

use super::tape::Frame;
use super::walk::Walk;
use super::{Note, Trace, TracedLine};
use crate::facts::Facts;
use crate::policy::coverage::Steps;
use crate::policy::load::Rule;
use crate::policy::reported::Reported;
use crate::policy::run::Failure;
use crate::policy::script::line_and_column;
use crate::source::Position;
use std::collections::BTreeMap;
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
    let mut walk = Walk::new((rule, facts), reported, steps, failed);
    walk.check(frame);
    walk.ended(failed);
    let ran = rule.coverage(steps).lines;
    let text: Vec<_> = rule.source.text().lines().collect();
    let mut lines: BTreeMap<u32, TracedLine> = BTreeMap::new();
    let mut uncalled = Vec::new();
    for function in functions(rule) {
        if !function.is_check && steps.of(rule.script.functions[function.number].body) == 0 {
            uncalled.push(function.name);
            continue;
        }
        let mut skipped = false;
        for number in function.lines {
            let times = ran.get(&number).copied();
            let closes = text.get(number as usize - 1).is_some_and(|text| text.trim_start().starts_with('}'));
            // What goes on over several lines did not run where it did not begin.
            skipped = times.map_or(skipped && !closes, |times| times == 0);
            lines.entry(number).or_insert(TracedLine { number, times, skipped, notes: Vec::new() });
        }
    }
    // Nothing that is told has no line.
    for number in walk.lines.keys().copied().chain(walk.why.iter().map(|why| why.line)) {
        let times = ran.get(&number).copied();
        lines.entry(number).or_insert(TracedLine { number, times, skipped: false, notes: Vec::new() });
    }
    for line in lines.values_mut() {
        line.notes = by_turn(walk.lines.remove(&line.number).unwrap_or_default());
        line.skipped &= line.notes.is_empty();
    }
    let lines = lines.into_values().collect();
    Trace { source: Arc::clone(&rule.source), lines, uncalled, why: walk.why, cut: cut || walk.cut }
}

/// The notes of a line, those of one turn together.
fn by_turn(notes: Vec<Note>) -> Vec<Note> {
    let mut turns: Vec<Vec<Note>> = Vec::new();
    for note in notes {
        match turns.iter_mut().find(|turn| turn[0].turn == note.turn) {
            Some(turn) => turn.push(note),
            None => turns.push(vec![note]),
        }
    }
    turns.into_iter().flatten().collect()
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
    let of = |number: usize| {
        let start = head(rule, number);
        let (end, _) = line_and_column(rule.script.functions[number].end);
        let name = rule.script.text(rule.script.own[number]).to_owned();
        Written { number, name, is_check: number == 0, lines: start..=end.max(start) }
    };
    let mut all: Vec<_> = (0..rule.script.functions.len()).map(of).collect();
    all.sort_by_key(|function| (*function.lines.start(), function.number));
    all
}

/// The line in which a function begins.
pub(super) fn head(rule: &Rule, number: usize) -> u32 {
    let (line, column) = line_and_column(rule.script.functions[number].place);
    let body = rule.source.offset(Position { line: line.max(1), column: column.max(1) });
    let before = &rule.source.text()[..body as usize];
    let name = rule.script.text(rule.script.own[number]);
    let is_head = |rest: &str| {
        let named = rest.trim_start();
        named.len() < rest.len() && named.strip_prefix(name).is_some_and(|rest| !rest.starts_with(is_of_a_name))
    };
    let start = before.rmatch_indices("fn").find(|(start, word)| is_head(&before[start + word.len()..]));
    start.map_or(line.max(1), |(start, _)| rule.source.position(start as u32).line)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
