//! The reports of a run: where they are written, and feeding all of them alike.

use super::check::Format;
use crate::finding::Fault;
use crate::inputs::Input;
use crate::report::{Human, Json, Options, Report};
use crate::verdict::{Outcome, Tally, Terms};
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Opens a file for a report, unless it is one that the run reads or writes already.
pub fn open(
    root: &Path,
    path: &Path,
    inputs: &[Input],
    mut others: impl Iterator<Item = PathBuf>,
) -> Result<File, Fault> {
    let own = root.join(path);
    let same = |other: &Path| {
        *other == *own || other.canonicalize().is_ok_and(|other| own.canonicalize().is_ok_and(|own| own == other))
    };
    let read = inputs.iter().any(|input| matches!(input, Input::File { root, path } if same(&root.join(path))));
    let kept = own.extension().is_some_and(|extension| extension == "rhai" || extension == "toml");
    if read || kept || others.any(|other| same(&other)) {
        let message = format!("the report {} would take the place of a file that this run uses", path.display());
        return Err(Fault::new("report/unwritable", message).help("give the report a file of its own"));
    }
    File::create(&own).map_err(|error| unwritable(path, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Fault {
    Fault::new("report/unwritable", format!("the report {} can't be written: {error}", path.display()))
        .help("see that its folder exists and that you may write there")
}

/// All reports of a run, fed alike.
pub struct Reports<'o> {
    reports: Vec<Box<dyn Report + 'o>>,
}

impl<'o> Reports<'o> {
    pub fn new() -> Self {
        Self { reports: Vec::new() }
    }

    pub fn add(&mut self, format: Format, sink: impl Write + 'o, options: Options) {
        self.reports.push(match format {
            Format::Human => Box::new(Human::new(sink, options)),
            Format::Json => Box::new(Json::new(sink)),
        });
    }

    #[cfg(test)]
    pub fn push(&mut self, report: impl Report + 'o) {
        self.reports.push(Box::new(report));
    }

    pub fn each(&mut self, mut act: impl FnMut(&mut dyn Report) -> io::Result<()>) -> io::Result<()> {
        self.reports.iter_mut().try_for_each(|report| act(report.as_mut()))
    }

    /// Reports a run that ended before any proposal was judged.
    pub fn undecided(&mut self, terms: &Terms, faults: &[Fault]) -> io::Result<Outcome> {
        let mut tally = Tally::default();
        faults.iter().for_each(|_| tally.add_fault());
        self.each(|report| report.begin(terms))?;
        self.each(|report| report.end(faults, &tally))?;
        Ok(Outcome::Undecided)
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
