//! The code quality report of GitLab, which merge requests show.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>. It knows no error of the tool itself, so that what could
//! not be judged is an issue of the greatest weight: a report without issues looks like a pass.

use super::entry::{Entry, Weight};
use super::fingerprint::Fingerprints;
use super::{Report, escape, inert};
use crate::verdict::{Judgement, OfRun, Tally, Terms};
use serde::Serialize;
use std::io;

const LONGEST: usize = 2_000;

/// Whether a text begins as this report does.
pub(super) fn begins(text: &[u8]) -> bool {
    text == b"[]\n" || text.starts_with(b"[\n  {\n    \"check_name\": ")
}

/// Writes issues as the judgements come.
#[derive(Debug)]
pub struct GitLab<W> {
    out: W,
    written: usize,
    configuration: String,
}

#[derive(Serialize)]
struct Issue {
    check_name: String,
    description: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl<W: io::Write> GitLab<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self { out, written: 0, configuration: String::new() }
    }

    fn add<'a>(&mut self, entries: impl Iterator<Item = Entry<'a>>, file: Option<&str>) -> io::Result<()> {
        let mut fingerprints = Fingerprints::default();
        for entry in entries {
            let place = entry.primary.map(|label| &label.place);
            // What has no place is for whoever runs the gate.
            let name = place.map(|place| place.source.name()).or(file).unwrap_or(&self.configuration);
            let lines = place
                .map_or(Lines { begin: 1, end: 1 }, |place| Lines { begin: place.start().line, end: place.end().line });
            let help = entry.help.map(|help| format!("; {help}")).unwrap_or_default();
            let issue = Issue {
                check_name: escape::line(entry.code, LONGEST, "…"),
                description: escape::line(&format!("{}{}{help}", entry.message, entry.in_brackets()), LONGEST, "…"),
                fingerprint: fingerprints.of(&entry, name, file),
                severity: match entry.weight {
                    Weight::Fault => "blocker",
                    Weight::Error => "critical",
                    Weight::Warning => "minor",
                    Weight::Note => "info",
                },
                location: Location { path: escape::line(name, LONGEST, "…"), lines },
            };
            self.out.write_all(if self.written == 0 { b"\n  " } else { b",\n  " })?;
            self.written += 1;
            inert::write(&mut self.out, 1, &issue)?;
        }
        Ok(())
    }
}

impl<W: io::Write> Report for GitLab<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        terms.configuration_file().clone_into(&mut self.configuration);
        self.out.write_all(b"[")
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        self.add(Entry::of_judgement(judgement), Some(&judgement.file))
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        self.add(Entry::of_run(of_run, tally), None)?;
        self.out.write_all(if self.written == 0 { b"]\n" } else { b"\n]\n" })?;
        self.out.flush()
    }
}
