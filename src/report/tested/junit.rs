//! What came of cases, as JUnit XML: a rule is a suite, and each of its cases a case.

use super::{State, TestReport, TestTally, failed};
use crate::cases::Tested;
use crate::finding::Fault;
use crate::report::entry::Entry;
use crate::report::junit::{BEGINNING, attribute, text, told};
use std::io;

/// Writes suites as rules come.
#[derive(Debug)]
pub struct JUnitTests<W> {
    out: W,
    begun: bool,
}

impl<W: io::Write> JUnitTests<W> {
    /// A report to a sink, in which nothing is written yet.
    pub const fn new(out: W) -> Self {
        Self { out, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            self.out.write_all(BEGINNING.as_bytes())?;
        }
        Ok(())
    }

    fn suite(&mut self, tested: &Tested, updated: bool) -> io::Result<()> {
        let Tested { rule, file, cases, faults, lacks, mutation, .. } = tested;
        let count = |asked| cases.iter().filter(|case| State::of(case, updated) == asked).count();
        let errors = count(State::Undecided) + faults.len();
        let survivors = mutation.iter().flat_map(|mutation| mutation.survivors.iter().chain(&mutation.unmet));
        let survivors: Vec<_> = survivors.collect();
        let (name, tests) = (attribute(rule), cases.len() + survivors.len() + lacks.len() + faults.len());
        writeln!(
            self.out,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{}\" errors=\"{errors}\" skipped=\"0\">",
            count(State::Failed) + survivors.len()
        )?;
        for case in cases {
            let line = case.case.place.start().line;
            let title = attribute(&case.case.name);
            let at = format!("classname=\"{name}\" name=\"{title}\" file=\"{}\" line=\"{line}\"", attribute(file));
            match State::of(case, updated) {
                State::Undecided => self.case(&at, case.faults.iter().map(Entry::of_fault).collect(), "error")?,
                State::Passed | State::Updated => self.case(&at, Vec::new(), "")?,
                State::Failed => self.case(&at, case.differences.iter().map(failed).collect(), "failure")?,
            }
        }
        for lack in lacks {
            let (code, told) = (attribute(&lack.rule), text(&told(&Entry::of_finding(lack))));
            let told = format!("<system-out>{told}</system-out>");
            writeln!(self.out, "    <testcase classname=\"{name}\" name=\"{code}\">{told}</testcase>")?;
        }
        for survivor in survivors {
            let place = &survivor.primary.place;
            let (file, line) = (attribute(place.source.name()), place.start().line);
            let title = attribute(&format!("{} {}", survivor.rule, survivor.primary.text));
            let at = format!("classname=\"{name}\" name=\"{title}\" file=\"{file}\" line=\"{line}\"");
            self.case(&at, vec![failed(survivor)], "failure")?;
        }
        self.faults(&name, faults)
    }

    /// Ends a suite with what is wrong with the whole of it.
    fn faults(&mut self, suite: &str, faults: &[Fault]) -> io::Result<()> {
        for fault in faults {
            let at = format!("classname=\"{suite}\" name=\"{}\"", attribute(fault.code));
            self.case(&at, vec![Entry::of_fault(fault)], "error")?;
        }
        self.out.write_all(b"  </testsuite>\n")
    }

    fn case(&mut self, at: &str, entries: Vec<Entry<'_>>, element: &str) -> io::Result<()> {
        let Some(first) = entries.first() else { return writeln!(self.out, "    <testcase {at}/>") };
        let (message, kind) = (attribute(first.message), attribute(first.code));
        let body = text(&entries.iter().map(told).collect::<Vec<_>>().join("\n\n"));
        let element = format!("<{element} message=\"{message}\" type=\"{kind}\">{body}</{element}>");
        writeln!(self.out, "    <testcase {at}>{element}</testcase>")
    }
}

impl<W: io::Write> TestReport for JUnitTests<W> {
    fn rule(&mut self, tested: &Tested, updated: bool) -> io::Result<()> {
        self.begin()?;
        self.suite(tested, updated)
    }

    fn end(&mut self, faults: &[Fault], tally: &TestTally) -> io::Result<()> {
        self.begin()?;
        if let Some(below) = tally.told_below() {
            self.out.write_all(
                b"  <testsuite name=\"coverage\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">\n",
            )?;
            let below = attribute(&below);
            writeln!(
                self.out,
                "    <testcase classname=\"coverage\" name=\"--fail-under\"><failure message=\"{below}\"/></testcase>\n  </testsuite>"
            )?;
        }
        if !faults.is_empty() {
            let count = faults.len();
            writeln!(
                self.out,
                "  <testsuite name=\"the run\" tests=\"{count}\" failures=\"0\" errors=\"{count}\" skipped=\"0\">"
            )?;
            self.faults("the run", faults)?;
        }
        self.out.write_all(b"</testsuites>\n")?;
        self.out.flush()
    }
}
