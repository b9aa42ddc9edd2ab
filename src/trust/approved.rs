//! Whether the owners of what a change touches have approved it.

use super::Touched;
use crate::evidence::{Sources, approved_by};
use crate::finding::{Finding, Level};
use crate::verdict::OfRun;

/// What is found of a change that touches the trusted side. A file no longer blocks when GitHub confirms that one who owns it by CODEOWNERS
/// of the base has approved the commit that is judged; it is told all the same, and who that was.
pub fn approved(touched: Vec<Touched>, sources: &Sources) -> OfRun {
    if touched.is_empty() {
        return OfRun::default();
    }
    let (consulted, faults) = sources.ask(&sources.of_the_owners());
    let told = |Touched { paths, finding }| {
        // Of one that was moved, both places have owners.
        let by: Vec<_> = paths.iter().map(|path| approved_by(&consulted, path)).collect();
        if by.iter().any(Vec::is_empty) { finding } else { confirmed(finding, by.concat()) }
    };
    OfRun { findings: touched.into_iter().map(told).collect(), consulted, faults }
}

fn confirmed(finding: Finding, mut by: Vec<String>) -> Finding {
    by.sort();
    by.dedup();
    let by: Vec<_> = by.iter().map(|login| format!("`{login}`")).collect();
    let message = format!("{}, which {} approved as its owner", finding.message, by.join(" and "));
    Finding { level: Level::Info, message, help: None, ..finding }
}
