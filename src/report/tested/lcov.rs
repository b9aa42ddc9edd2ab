//! What of rules their cases ran, as LCOV has it: a record for each rule, with the lines and the branches of it.
//!
//! The format is that of `geninfo(1)`. A condition is a block, and a branch is a way that it can go.

use super::covered::Covered;
use crate::policy::{Coverage, Way};
use crate::report::escape;
use std::io;

/// The name of the test, by which the report is known again.
const BEGIN: &str = "TN:changegate\n";
/// A path that is longer is none that could be opened.
const LONGEST_PATH: usize = 4096;

/// Whether a text begins as this report does.
pub fn begins(text: &[u8]) -> bool {
    text.starts_with(BEGIN.as_bytes())
}

/// Writes what of each rule ran.
///
/// # Errors
/// When the sink can't be written to.
pub fn write(out: &mut impl io::Write, rules: &[Coverage]) -> io::Result<()> {
    for coverage in rules {
        let file = escape::line(coverage.source.name(), LONGEST_PATH, "…");
        writeln!(out, "{BEGIN}SF:{file}")?;
        let Covered { lines, branches } = Covered::of(coverage);
        for (block, ways) in coverage.ways.chunk_by(|a, b| a.place.span.start == b.place.span.start).enumerate() {
            for (branch, Way { place, reached, times, .. }) in ways.iter().enumerate() {
                let line = place.start().line;
                let taken = if *reached == 0 { "-".to_owned() } else { times.to_string() };
                writeln!(out, "BRDA:{line},{block},{branch},{taken}")?;
            }
        }
        writeln!(out, "BRF:{}\nBRH:{}", branches.found, branches.met)?;
        for (line, times) in &coverage.lines {
            writeln!(out, "DA:{line},{times}")?;
        }
        writeln!(out, "LF:{}\nLH:{}\nend_of_record", lines.found, lines.met)?;
    }
    out.flush()
}
