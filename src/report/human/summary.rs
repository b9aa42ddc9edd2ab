//! The end of a report: what was decided, what to do next, and what of the rules was not as they come.

use super::headline::headline;
use super::listed::Listed;
use super::on_base::OnBase;
use super::paint::{self, DIM, Paint};
use super::scales::Scales;
use super::unproven::Unproven;
use crate::finding::{Fault, Finding, Level};
use crate::git::short;
use crate::report::counts::{count, several};
use crate::report::escape;
use crate::report::mending::{denies, each};
use crate::report::ready::Ready;
use crate::verdict::{Configured, Judgement, Outcome, Part, Policies, RuleTerms, Tally, Terms, Whose};
use std::sync::Arc;

const LONGEST: usize = 400;
const MOST_HIDDEN: usize = 20;

/// What the summary needs of a run, gathered as it goes.
#[derive(Debug, Default)]
pub(super) struct Summary {
    now: String,
    now_given: bool,
    /// Whether warnings are denials.
    strict: bool,
    rules: Ready,
    /// The rules by name, where they are listed: nobody else pays for a hundred lines.
    named: Option<Named>,
    /// How many rules are off or otherwise than they come.
    altered: usize,
    /// These, with the row's name.
    adjusted: Vec<(&'static str, String)>,
    /// Rules that do not block yet or have expired, likewise; one that is otherwise than it comes stands here alone.
    staged: Vec<(&'static str, String)>,
    /// Where the rules come from, if not from the built-in pack alone.
    packs: Option<String>,
    builtin: bool,
    configuration: Option<String>,
    /// Where the trusted side was read, if not in the folder.
    base: Option<String>,
    pub(super) unproven: Unproven,
    /// Files and folders that were passed over, as many as anybody reads.
    hidden: Vec<String>,
    digests: Vec<String>,
    first_denial: Option<(Whose, Arc<str>)>,
    scales: Scales,
    /// What the configuration changes about where one scale ends and the next begins.
    thresholds: Vec<String>,
    on_base: OnBase,
    owed: Listed,
    accepted: Listed,
}

/// The rules of the phase and those of others, a line each.
#[derive(Debug, Default)]
struct Named {
    evaluated: Vec<String>,
    elsewhere: Vec<String>,
}

impl Summary {
    pub(super) fn begin(paint: &Paint, terms: &Terms, verbose: bool) -> Self {
        let mut summary = Self { now: terms.now.clone(), now_given: terms.now_given, ..Self::default() };
        summary.rules = Ready::of(terms);
        summary.strict = terms.fail_on < Level::Deny;
        summary.named = verbose.then(Named::default);
        for rule in &terms.rules {
            summary.add_rule(paint, rule);
        }
        summary.digests.push(format!("rules {}", terms.rules_digest));
        if let Some(Configured { file, digest, scale }) = &terms.configuration {
            summary.thresholds = scale.iter().map(|change| escape::line(change, LONGEST, paint.ellipsis())).collect();
            summary.configuration = Some(escape::line(file, LONGEST, paint.ellipsis()));
            summary.digests.extend(digest.iter().map(|digest| format!("configuration {digest}")));
        }
        let hidden = terms.skipped.iter().map(|name| escape::line(name, LONGEST, paint.ellipsis()));
        summary.hidden = hidden.take(MOST_HIDDEN).collect();
        if terms.skipped.len() > MOST_HIDDEN {
            summary.hidden.push(format!("and {} more", terms.skipped.len() - MOST_HIDDEN));
        }
        summary.base = terms.base.as_ref().map(|base| {
            let name = escape::line(&base.name, LONGEST, paint.ellipsis());
            format!("{name} ({}), from which rules, profiles and the configuration were read", short(&base.commit))
        });
        summary.builtin = terms.policies.builtin;
        summary.packs = packs(paint, &terms.policies);
        summary
    }

    fn add_rule(&mut self, paint: &Paint, rule: &RuleTerms) {
        let line = |text: &str| escape::line(text, LONGEST, paint.ellipsis());
        match &rule.part {
            Part::Evaluated => {
                if let Some(named) = &mut self.named {
                    let level = paint.text(paint::of_level(rule.level), rule.level.as_str());
                    let title = paint.text(DIM, &line(&rule.header.title));
                    named.evaluated.push(format!("{} {level} {title}", line(&rule.id)));
                }
            }
            Part::OtherPhase(phases) => {
                if let Some(named) = &mut self.named {
                    named.elsewhere.push(format!("{} {}", line(&rule.id), paint.text(DIM, &phases.join(", "))));
                }
            }
            Part::Off(_) | Part::Expired(_) => {}
        }
        let id = line(&rule.id);
        let changes = (!rule.changes.is_empty()).then(|| line(&rule.changes.join(", ")));
        // What would hold of a rule that is off says nothing.
        if let Part::Off(reason) = &rule.part {
            self.altered += 1;
            return self.adjusted.push(("off", format!("{id}: {}", line(reason))));
        }
        self.altered += usize::from(changes.is_some());
        let also = changes.as_ref().map(|changes| format!("; {changes}")).unwrap_or_default();
        let stage = rule.told_stage(self.strict).filter(|_| rule.part == Part::Evaluated);
        match (&rule.part, stage, changes) {
            (Part::Expired(day), ..) => self.staged.push(("expired", format!("{id}: on {day}{also}"))),
            (_, Some(told), _) => self.staged.push(("staged", format!("{id}: {told}{also}"))),
            (_, None, Some(changes)) => self.adjusted.push(("changed", format!("{id}: {changes}"))),
            (_, None, None) => {}
        }
    }

    /// The rule to explain is the first that denied what is nearest to the change; a problem of the proposal itself has no rule to explain.
    pub(super) fn add(&mut self, finding: &Finding, whose: Whose) {
        let is_first = self.first_denial.as_ref().is_none_or(|(known, _)| whose < *known);
        if is_first && finding.blocks() && finding.policy.is_some() {
            self.first_denial = Some((whose, Arc::clone(&finding.rule)));
        }
    }

    pub(super) fn add_judgement(&mut self, paint: &Paint, judgement: &Judgement) {
        let line = |text: &str| escape::line(text, LONGEST, paint.ellipsis());
        self.scales.add(paint, judgement);
        self.unproven.add(paint, &judgement.consulted);
        let file = paint.text(DIM, &line(&judgement.file));
        self.on_base.add(&file, &line(&judgement.file), judgement);
        let owed = judgement.obligations.iter().map(|owed| {
            let due = owed.due.as_ref().map_or_else(|| "no day set".to_owned(), |due| format!("by {}", line(due)));
            format!("{due} {}: {}", line(&owed.id), line(&owed.what))
        });
        self.owed.extend(&file, owed);
        let accepted = judgement.accepted.iter().map(|accepted| {
            let of = accepted.of.as_ref().map_or_else(String::new, |of| format!(", of `{}`", line(of)));
            let through = accepted.valid_through.as_ref().map(|day| format!(" through {}", line(day)));
            let (path, place) = (line(&accepted.path), accepted.place.start().line);
            let author = if accepted.by_author { " (an author of the proposal)" } else { "" };
            let who = format!("{}{author}{}", line(&accepted.by), through.unwrap_or_default());
            format!("by {who}: {} ({path}{of}, line {place})", line(&accepted.reason))
        });
        self.accepted.extend(&file, accepted);
    }

    pub(super) fn write_quiet(&self, out: &mut String, paint: &Paint, tally: &Tally) {
        out.push_str(&headline(paint, tally));
        if self.altered > 0 {
            out.push_str(&format!(" ({} off or changed by the configuration)", count(self.altered, "rule")));
        }
        if !self.staged.is_empty() {
            out.push_str(&format!(" ({} staged or expired)", count(self.staged.len(), "rule")));
        }
        if !self.thresholds.is_empty() {
            out.push_str(" (the scale changed by the configuration)");
        }
        if !self.builtin {
            out.push_str(" (without the built-in rules)");
        }
        out.push_str(&self.on_base.brief());
        if self.now_given {
            out.push_str(&format!(" (judged as of {})", escape::line(&self.now, LONGEST, paint.ellipsis())));
        }
        out.push('\n');
    }

    pub(super) fn write(&self, out: &mut String, paint: &Paint, faults: &[Fault], tally: &Tally, verbose: bool) {
        out.push_str(&headline(paint, tally));
        out.push('\n');
        self.write_next(out, paint, faults, tally);
        rows(out, paint, "on base", &self.on_base.not_passing());
        if self.now_given || verbose {
            let given = if self.now_given { " (as given, not the clock's)" } else { "" };
            paint.row(out, "as of", &format!("{}{given}", escape::line(&self.now, LONGEST, paint.ellipsis())));
        }
        if self.strict {
            paint.row(out, "fail on", "warn: what would warn is a denial");
        }
        if let Some(base) = &self.base {
            paint.row(out, "base", base);
        }
        // Of several, each was told with its heading.
        if !verbose || tally.proposals == 1 {
            rows(out, paint, "scale", &self.scales.rows(paint, tally.proposals));
        }
        rows(out, paint, "unproven", &self.unproven.rows());
        rows(out, paint, "owed", &self.owed.rows(tally.proposals));
        rows(out, paint, "accepted", &self.accepted.rows(tally.proposals));
        self.write_rules(out, paint, tally, verbose);
        for change in &self.thresholds {
            paint.row(out, "changed", &format!("scale: {change}"));
        }
        for (name, text) in self.adjusted.iter().chain(&self.staged) {
            paint.row(out, name, text);
        }
        if verbose {
            rows(out, paint, "evidence", &self.unproven.of_run);
            rows(out, paint, "hidden", &self.hidden);
            rows(out, paint, "digests", &self.digests);
        }
    }

    fn write_next(&self, out: &mut String, paint: &Paint, faults: &[Fault], tally: &Tally) {
        match tally.outcome() {
            Outcome::Pass => {}
            Outcome::Blocked => {
                let told = each(tally, |which| format!("fix the {which} above, then run the same command again"));
                rows(out, paint, "next", &told);
            }
            Outcome::Undecided if tally.faults > 0 => {
                let errors = several(tally.faults, "error");
                paint.row(out, "next", &format!("whoever runs this gate: mend the {errors} above, then run it again"));
            }
            Outcome::Undecided => {
                paint.row(out, "next", "nothing was judged, so nothing may go ahead: name the proposals to judge");
            }
        }
        if tally.outcome() == Outcome::Undecided && denies(tally) {
            let told = each(tally, |which| format!("the author of the proposal: fix the {which} above meanwhile"));
            rows(out, paint, "", &told);
        }
        if let Some((_, rule)) = self.first_denial.as_ref().filter(|_| faults.is_empty()) {
            let rule = escape::line(rule, LONGEST, paint.ellipsis());
            paint.row(out, "why", &format!("changegate explain {rule}"));
        }
    }

    fn write_rules(&self, out: &mut String, paint: &Paint, tally: &Tally, verbose: bool) {
        paint.row(out, "rules", &self.rules.told(tally));
        for (name, text) in self.on_base.left(tally) {
            paint.row(out, name, &text);
        }
        if let Some(named) = &self.named {
            rows(out, paint, "", &named.evaluated);
            rows(out, paint, "skipped", &named.elsewhere);
        }
        if let Some(packs) = &self.packs {
            paint.row(out, "packs", packs);
        }
        match &self.configuration {
            None => paint.row(out, "config", &paint.text(DIM, "none, so the defaults hold")),
            Some(file) if verbose || file != USUAL => paint.row(out, "config", file),
            Some(_) => {}
        }
    }
}

/// The configuration that nobody has to be told of.
const USUAL: &str = "changegate.toml";

fn packs(paint: &Paint, policies: &Policies) -> Option<String> {
    let folders = policies.folders.iter().map(|folder| escape::line(folder, LONGEST, paint.ellipsis()));
    match (policies.builtin, folders.collect::<Vec<_>>().join(", ")) {
        (true, folders) if folders.is_empty() => None,
        (true, folders) => Some(format!("the built-in one, {folders}")),
        (false, folders) if folders.is_empty() => Some("none: without the built-in rules".to_owned()),
        (false, folders) => Some(format!("{folders}, without the built-in rules")),
    }
}

fn rows(out: &mut String, paint: &Paint, name: &str, texts: &[String]) {
    for (at, text) in texts.iter().enumerate() {
        paint.row(out, if at == 0 { name } else { "" }, text);
    }
}
