//! JUnit XML, in the form that Jenkins, GitLab, Azure and others read.
//!
//! A proposal is a suite, and each of its findings a case: a denial has failed, what could not be judged is an error, what a waiver let
//! through was skipped, a warning has passed and says what it is. A proposal of which nothing fails has a case that passed, and one that is done and was not judged a case that was
//! skipped.

use super::entry::{Entry, Weight};
use super::{Report, escape};
use crate::roster::Left;
use crate::verdict::{Judgement, OfRun, Tally, Terms};
use std::io;

const LONGEST: usize = 2_000;
/// Values that a case tells as its reasons; the JSON report has all.
const MOST_REASONS: usize = 10;

/// The beginning of the report, by which it is known again.
pub(super) const BEGINNING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"changegate\">\n";

/// Whether a text begins as this report does.
pub(super) fn begins(text: &[u8]) -> bool {
    text.starts_with(BEGINNING.as_bytes())
}

/// Writes suites as the judgements come.
#[derive(Debug)]
pub struct JUnit<W> {
    out: W,
    phase: &'static str,
}

impl<W: io::Write> JUnit<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self { out, phase: "" }
    }

    fn suite(&mut self, name: &str, file: Option<&str>, left: Option<Left>, entries: &[Entry<'_>]) -> io::Result<()> {
        let count = |weight| entries.iter().filter(|entry| entry.weight == weight).count();
        let (errors, failures) = (count(Weight::Fault), count(Weight::Error));
        let sound = errors + failures == 0;
        let tests = entries.len() + usize::from(sound);
        let skipped = entries.iter().filter(|entry| entry.waived.is_some()).count() + usize::from(left.is_some());
        writeln!(
            self.out,
            "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\">",
            attribute(name)
        )?;
        if let Some(left) = left {
            let why = attribute(left.why());
            let case = format!("classname=\"changegate.{}\" name=\"{}\"", self.phase, left.as_str());
            writeln!(self.out, "    <testcase {case}><skipped message=\"{why}\"/></testcase>")?;
        } else if sound {
            writeln!(self.out, "    <testcase classname=\"changegate.{}\" name=\"nothing denies\"/>", self.phase)?;
        }
        for entry in entries {
            self.case(entry, file)?;
        }
        self.out.write_all(b"  </testsuite>\n")
    }

    fn case(&mut self, entry: &Entry<'_>, file: Option<&str>) -> io::Result<()> {
        let place = entry.primary.map(|label| &label.place);
        let at = if entry.pointer.is_empty() { String::new() } else { format!(" at {}", entry.pointer) };
        let name = attribute(&format!("{}{at}", entry.code));
        write!(self.out, "    <testcase classname=\"changegate.{}\" name=\"{name}\"", self.phase)?;
        if let Some(file) = place.map(|place| place.source.name()).or(file) {
            write!(self.out, " file=\"{}\"", attribute(file))?;
        }
        if let Some(place) = place {
            write!(self.out, " line=\"{}\"", place.start().line)?;
        }
        let (message, kind) = (attribute(entry.message), attribute(&format!("{}[{}]", entry.word, entry.code)));
        let told = text(&told(entry));
        match (entry.weight, entry.waived) {
            (Weight::Fault, _) => write!(self.out, "><error message=\"{message}\" type=\"{kind}\">{told}</error>")?,
            (Weight::Error, _) => write!(self.out, "><failure message=\"{message}\" type=\"{kind}\">{told}</failure>")?,
            (_, Some(waived)) => {
                let by = format!("; waived by {} until {} ({})", waived.by, waived.expires, waived.ticket);
                let by = attribute(&by);
                write!(self.out, "><skipped message=\"{message}{by}\"/><system-out>{told}</system-out>")?;
            }
            (_, None) => write!(self.out, "><system-out>{told}</system-out>")?,
        }
        self.out.write_all(b"</testcase>\n")
    }
}

/// What stands in the body of a case: the message, its place, the values that it rests on, what to do, and the rule.
pub(super) fn told(entry: &Entry<'_>) -> String {
    let mut lines = vec![format!("{}[{}]: {}", entry.word, entry.code, entry.message)];
    lines.extend(entry.primary.map(|label| format!("at {}", label.place)));
    lines.extend(entry.because.iter().take(MOST_REASONS).map(|because| {
        let value = because.value.as_deref().unwrap_or("absent");
        format!("because {} is {value} ({})", because.pointer, because.place)
    }));
    lines.extend(entry.aside.map(|aside| format!("blocks {aside}{}", aside.until())));
    lines.extend(entry.help.map(|help| format!("help: {help}")));
    lines.extend(entry.policy.map(|place| format!("rule: {place}")));
    lines.iter().map(|line| escape::line(line, LONGEST, "…")).collect::<Vec<_>>().join("\n")
}

/// A text for an attribute, inert and on one line.
pub(super) fn attribute(value: &str) -> String {
    text(&escape::line(value, LONGEST, "…")).replace('"', "&quot;")
}

/// A text that is inert already, for XML.
pub(super) fn text(inert: &str) -> String {
    inert.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl<W: io::Write> Report for JUnit<W> {
    fn begin(&mut self, terms: &Terms) -> io::Result<()> {
        self.phase = terms.phase;
        self.out.write_all(BEGINNING.as_bytes())
    }

    fn judgement(&mut self, judgement: &Judgement) -> io::Result<()> {
        let entries: Vec<_> = Entry::of_judgement(judgement).collect();
        let phase = if judgement.ends { "close" } else { self.phase };
        let of_run = std::mem::replace(&mut self.phase, phase);
        let told = self.suite(&judgement.file, Some(&judgement.file), judgement.left, &entries);
        self.phase = of_run;
        told
    }

    fn end(&mut self, of_run: &OfRun, tally: &Tally) -> io::Result<()> {
        let entries: Vec<_> = Entry::of_run(of_run, tally).collect();
        if !entries.is_empty() {
            self.suite("the run", None, None, &entries)?;
        }
        self.out.write_all(b"</testsuites>\n")?;
        self.out.flush()
    }
}
