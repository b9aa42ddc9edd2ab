//! An impact for a person at a terminal.

use super::{DIRECTIONS, ImpactOf, flip, told};
use crate::impact::Direction;
use crate::report::human::Human;
use crate::report::{Options, Verbosity};
use crate::verdict::Outcome;
use std::io;

/// Characters of a message or of what a rule differs in.
const LONGEST: usize = 400;
/// So many lines of one kind are told; the others are counted.
const MOST_LINES: usize = 20;

/// Writes it: what lets more pass first, and the sum last, where it is read.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: &mut impl io::Write, options: Options, of: &ImpactOf<'_>) -> io::Result<()> {
    let mut human = Human::new(out, options);
    if options.verbosity != Verbosity::Quiet {
        for direction in DIRECTIONS {
            human.direction(of, direction)?;
        }
        // Whoever asks for more reads all of it.
        let most = if options.verbosity == Verbosity::Verbose { usize::MAX } else { MOST_LINES };
        human.lesser(of, most)?;
    }
    if options.verbosity == Verbosity::Verbose {
        human.flips(of)?;
    }
    human.faults_of(of.faults, None)?;
    human.sum(of)
}

impl<W: io::Write> Human<W> {
    fn direction(
        &mut self,
        of: &ImpactOf<'_>,
        (direction, outcome, word): (Direction, Outcome, &str),
    ) -> io::Result<()> {
        for (rule, shift) in of.impact.towards(direction) {
            let painted = self.painted(outcome, word);
            let mut text = format!("{painted}  {}: {}\n", self.named(rule), told(direction, shift));
            for why in of.why(rule) {
                self.row(&mut text, "differs", &self.shortened(&why, LONGEST));
            }
            for (judged, before, after, example) in &shift.examples {
                let at = judged.commit.as_ref().map(|commit| format!(" of {commit}")).unwrap_or_default();
                let place = self.dimmed(&format!("{}{at} ({})", self.escaped(&example.place), flip(*before, *after)));
                let word = if outcome == Outcome::Pass { "said" } else { "says" };
                self.row(&mut text, word, &format!("{place} {}", self.shortened(&example.message, LONGEST)));
            }
            self.block(&text)?;
        }
        Ok(())
    }

    /// What flips nothing.
    fn lesser(&mut self, of: &ImpactOf<'_>, most: usize) -> io::Result<()> {
        let mut text = String::new();
        let other = of.other().into_iter().map(|(rule, told)| {
            let why: String = of.why(rule).iter().map(|why| format!("; {why}")).collect();
            ("other", format!("{}: {told}{}", self.escaped(rule), self.shortened(&why, LONGEST)))
        });
        let unseen = of.unseen().into_iter().map(|rule| {
            let told = rule.told().join("; ");
            ("unseen", format!("{}: {}", self.escaped(&rule.rule), self.shortened(&told, LONGEST)))
        });
        let besides = of.besides.iter().map(|besides| {
            ("besides", format!("{} {} {}", besides.what, self.escaped(&besides.file), besides.how.as_str()))
        });
        for rows in [other.collect::<Vec<_>>(), unseen.collect(), besides.collect()] {
            for (name, row) in rows.iter().take(most) {
                self.row(&mut text, name, row);
            }
            if let Some(more) = rows.len().checked_sub(most).filter(|more| *more > 0) {
                self.row(&mut text, "", &format!("and {more} more, which -v lists"));
            }
        }
        if text.is_empty() { Ok(()) } else { self.block(&text) }
    }

    fn flips(&mut self, of: &ImpactOf<'_>) -> io::Result<()> {
        for one in &of.impact.flips {
            let at = one.judged.commit.as_ref().map(|commit| format!(" of {commit}")).unwrap_or_default();
            let rules: Vec<_> = one.rules.iter().map(|rule| self.escaped(rule)).collect();
            let (file, flip) = (self.escaped(&one.judged.file), flip(one.before, one.after));
            self.line(&format!("{file}{at}: {flip}, by {}\n", rules.join(", ")))?;
        }
        Ok(())
    }

    fn sum(&mut self, of: &ImpactOf<'_>) -> io::Result<()> {
        let mut text = format!("{}  {}\n", self.painted(of.outcome, "IMPACT"), of.headline());
        self.row(
            &mut text,
            "before",
            &self.shortened(&format!("{}: {}", of.before.named(), of.before.told()), LONGEST),
        );
        self.row(&mut text, "after", &self.shortened(&format!("{}: {}", of.after.named(), of.after.told()), LONGEST));
        self.row(&mut text, "judged", &of.judged());
        if of.rules.is_empty() && of.besides.is_empty() {
            self.row(
                &mut text,
                "differs",
                "nothing: both sides have the same rules, configuration, profiles, waivers and calendars",
            );
        }
        if let Some(told) = of.undecided() {
            self.row(&mut text, "unknown", &format!("{told}: `changegate check` says why"));
        }
        self.block(&text)?;
        self.flush()
    }
}
