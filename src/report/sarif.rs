//! SARIF 2.1.0, which code scanning of GitHub and many viewers read.
//!
//! What is wrong with a proposal is a *result*; why the gate could not judge is a *notification*, and a result as well, since code scanning shows
//! nothing else, and takes what is in no upload for mended.

mod idle;
mod location;
mod shape;

use super::entry::{Entry, Rank, Weight};
use super::fingerprint::Fingerprints;
use super::foremost::Foremost;
use super::{Report, inert};
use crate::codes;
use crate::config::FILE;
use crate::policy::Header;
use crate::verdict::{Judgement, OfRun, Outcome, RuleTerms, Tally, Terms, Whose};
use idle::Idle;
use shape::{Driver, Invocation, Log, Notification, Result, Rule, Run};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// The most results that code scanning of GitHub shows of a run.
const MOST_RESULTS: usize = 5_000;
/// More faults than this say nothing that those before did not.
const MOST_NOTIFICATIONS: usize = 100;

/// Whether a text begins as this report does.
pub(super) fn begins(text: &[u8]) -> bool {
    text.starts_with(b"{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\"")
}

/// Writes SARIF, when all is judged: the most important results come first.
#[derive(Debug)]
pub struct Sarif<W> {
    out: W,
    version: &'static str,
    category: &'static str,
    configuration: String,
    /// What the rules of the run say of themselves, by their ids.
    rules: BTreeMap<Arc<str>, Arc<Header>>,
    idle: Idle,
    results: Foremost<Rank, Result>,
    notifications: Foremost<Rank, Notification>,
}

impl<W: io::Write> Sarif<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self {
            out,
            version: "",
            category: "",
            configuration: String::new(),
            rules: BTreeMap::new(),
            idle: Idle::none(),
            results: Foremost::new(MOST_RESULTS),
            notifications: Foremost::new(MOST_NOTIFICATIONS),
        }
    }

    /// A log of what rules themselves lack.
    pub(super) fn of_lints(&mut self) {
        (self.version, self.category) = (env!("CARGO_PKG_VERSION"), "lint");
        FILE.clone_into(&mut self.configuration);
    }

    /// Adds what was found, of the file of a proposal where it is of one.
    pub(super) fn add<'a>(&mut self, entries: impl Iterator<Item = Entry<'a>>, whose: Whose, file: Option<&str>) {
        let mut fingerprints = Fingerprints::default();
        for entry in entries {
            if entry.weight == Weight::Fault {
                self.notifications.add(entry.rank(whose), || Notification::of(&entry, file));
            }
            // What has no place is for whoever runs the gate.
            let name = entry.primary.map(|label| label.place.source.name()).or(file).unwrap_or(&self.configuration);
            let fingerprint = fingerprints.of(&entry, name, file);
            self.results.add(entry.rank(whose), || Result::of(&entry, name, fingerprint));
        }
    }

    /// Writes what was kept, and the outcome with what it is called.
    pub(super) fn close(&mut self, outcome: Outcome, word: &'static str) -> io::Result<()> {
        let left_out = [(self.results.left_out(), "results"), (self.notifications.left_out(), "notifications")]
            .map(|(number, what)| (number > 0).then(|| Notification::of_left_out(number, what)));
        let rules = self.rules_in_use();
        let notifications = self.notifications.kept().chain(left_out.iter().flatten()).collect();
        let log = Log::of(Run {
            driver: Driver::new(self.version, rules),
            invocation: Invocation::of(outcome, word, notifications),
            results: self.results.kept().collect(),
            category: format!("changegate/{}/", self.category),
            idle: Some(&self.idle).filter(|idle| !idle.is_none()),
        });
        inert::write(&mut self.out, 0, &log)?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }

    /// The rules and codes that results name, each once, and the results by their place among them.
    fn rules_in_use(&mut self) -> Vec<Rule> {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut rules = Vec::new();
        for result in self.results.kept_mut() {
            let place = places.entry(result.rule_id().to_owned()).or_insert_with_key(|id| {
                rules.push(match self.rules.get(id.as_str()) {
                    Some(header) => Rule::of(id, header),
                    None => Rule::of_code(id, codes::find(id)),
                });
                rules.len() - 1
            });
            result.set_rule(*place);
        }
        rules
    }
}

impl<W: io::Write> Report for Sarif<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        (self.version, self.category) = (terms.version, terms.phase);
        terms.configuration_file().clone_into(&mut self.configuration);
        self.rules =
            terms.rules.iter().map(|rule: &RuleTerms| (Arc::clone(&rule.id), Arc::clone(&rule.header))).collect();
        self.idle = Idle::of(&terms.rules);
        Ok(())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.add(Entry::of_judgement(judgement), judgement.whose(), Some(&judgement.file));
        Ok(())
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        self.add(Entry::of_run(of_run, tally), Whose::Run, None);
        self.close(tally.outcome(), tally.outcome().as_str())
    }
}
