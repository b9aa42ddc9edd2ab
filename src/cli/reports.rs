//! The reports of a run: feeding all of them alike, and ending them so that they agree.

use super::format::Format;
use super::target::Target;
use crate::finding::Fault;
use crate::report::{Azure, GitHub, GitLab, Html, Human, JUnit, Json, Markdown, Options, Recorder, Report, Sarif};
use crate::verdict::{OfRun, Outcome, Tally, Terms};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::{Duration, Instant};

/// All reports of a run: those of files, and those of the sinks that the run has anyway.
pub struct Reports<'o> {
    files: Vec<(Target, Box<dyn Report>)>,
    standard: Vec<Box<dyn Report + 'o>>,
    /// Files that could not be written to. Their reports were given up, and the others tell so.
    lost: Vec<Fault>,
}

impl<'o> Reports<'o> {
    pub const fn new() -> Self {
        Self { files: Vec::new(), standard: Vec::new(), lost: Vec::new() }
    }

    pub fn add(&mut self, format: Format, sink: impl Write + 'o, options: Options) {
        self.standard.push(report(format, sink, options));
    }

    pub fn add_file(&mut self, format: Format, (target, file): (Target, File), options: Options) {
        self.files.push((target, report(format, BufWriter::new(file), options)));
    }

    /// The record of the evidence, which is written and kept as reports are.
    pub fn add_record(&mut self, (target, file): (Target, File)) {
        self.files.push((target, Box::new(Recorder::new(BufWriter::new(file)))));
    }

    #[cfg(test)]
    pub fn push(&mut self, report: impl Report + 'o) {
        self.standard.push(Box::new(report));
    }

    /// # Errors
    /// When one that is not that of a file can't be written.
    pub fn each(&mut self, mut act: impl FnMut(&mut dyn Report) -> io::Result<()>) -> io::Result<()> {
        self.files.retain_mut(|(target, report)| {
            let failed = act(report.as_mut()).err().map(|error| target.unwritable(&error));
            let is_whole = failed.is_none();
            self.lost.extend(failed);
            is_whole
        });
        self.standard.iter_mut().try_for_each(|report| act(report.as_mut()))
    }

    /// Reports a run that ended before any proposal was judged.
    pub fn undecided(mut self, terms: &Terms, faults: Vec<Fault>) -> io::Result<Outcome> {
        self.each(|report| report.begin(terms))?;
        self.end(OfRun { faults, ..OfRun::default() }, Tally::default())
    }

    /// Ends all reports with what was found of the run, and gives the outcome that they tell.
    ///
    /// Files come first, so that standard output can tell of one that can't be written. Then the run is undecided, and no file stays
    /// that says otherwise: they all stay or none does.
    pub fn end(mut self, mut of_run: OfRun, mut tally: Tally) -> io::Result<Outcome> {
        of_run.faults.append(&mut self.lost);
        tally.add_of_run(&of_run);
        let (mut targets, mut lost) = (Vec::new(), Vec::new());
        for (mut target, mut report) in self.files {
            let ended = report.end(&of_run, &tally).map_err(|error| target.unwritable(&error));
            // A file is closed before it gets its name.
            drop(report);
            lost.extend(ended.and_then(|()| target.name()).err());
            targets.push(target);
        }
        if !lost.is_empty() {
            targets.clear();
        }
        tally.faults += lost.len();
        of_run.faults.append(&mut lost);
        self.standard.iter_mut().try_for_each(|report| report.end(&of_run, &tally))?;
        targets.into_iter().for_each(Target::keep);
        Ok(tally.outcome())
    }
}

fn report<'o>(format: Format, sink: impl Write + 'o, options: Options) -> Box<dyn Report + 'o> {
    match format {
        Format::Human => Box::new(Human::new(sink, options)),
        Format::Json => Box::new(Json::new(sink)),
        Format::Sarif => Box::new(Sarif::new(sink)),
        Format::Junit => Box::new(JUnit::new(sink)),
        Format::Html => Box::new(Html::new(sink)),
        Format::Markdown => Box::new(Markdown::new(sink)),
        Format::Github => Box::new(GitHub::new(sink)),
        Format::Gitlab => Box::new(GitLab::new(sink)),
        Format::Azure => Box::new(Azure::new(sink)),
    }
}

/// How far a long run has come, on a terminal.
pub struct Progress {
    all: usize,
    shown: Option<Instant>,
}

impl Progress {
    /// A run shorter than this shows no progress: it is over before anybody looks.
    const FEW: usize = 500;

    pub fn new(all: usize) -> Self {
        let shown = (all > Self::FEW && io::stderr().is_terminal()).then(Instant::now);
        Self { all, shown }
    }

    pub fn show(&mut self, done: usize) {
        if let Some(shown) = &mut self.shown
            && shown.elapsed() > Duration::from_millis(100)
        {
            *shown = Instant::now();
            // Progress that can't be shown is not missed.
            let _ = write!(io::stderr(), "\r\u{1b}[Kjudged {done} of {}", self.all);
        }
    }

    pub fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
