//! Whether the owners of what a change touches have approved it.

use crate::evidence::{Sources, Touched, approved_by};
use crate::finding::{Finding, Label, Level};
use crate::git::ChangeKind;
use crate::source::{Place, Source, Span};
use crate::verdict::OfRun;
use std::sync::Arc;

/// What is found of a change that touches the trusted side. A file no longer blocks when GitHub confirms that one who owns it by CODEOWNERS
/// of the base has approved the commit that is judged; it is told all the same, and who that was.
pub fn approved(touched: &[Touched], sources: &Sources) -> OfRun {
    if touched.is_empty() {
        return OfRun::default();
    }
    let (consulted, faults) = sources.ask(&sources.of_the_owners());
    let told = |touched: &Touched| {
        // Of one that was moved, both places have owners.
        let paths = touched.from.iter().chain([&touched.path]);
        let by: Vec<_> = paths.map(|path| approved_by(&consulted, path)).collect();
        let finding = finding(touched);
        if by.iter().any(Vec::is_empty) { finding } else { confirmed(finding, by.concat()) }
    };
    OfRun { findings: touched.iter().map(told).collect(), consulted, faults }
}

fn finding(Touched { path, from, kind, what, excerpt }: &Touched) -> Finding {
    let (verb, note) = match kind {
        ChangeKind::Added => ("adds it", "this is new"),
        ChangeKind::Removed => ("removes it", "this is removed"),
        ChangeKind::Modified => ("modifies it", "the first line that differs"),
        ChangeKind::Moved => ("moves it", "this has moved here"),
    };
    let verb = from.as_ref().map_or_else(|| verb.to_owned(), |from| format!("{verb} from `{from}`"));
    let message = format!("`{path}` is {what} by which changes are judged, and this change {verb}");
    let (text, meant) = excerpt.laid_out();
    let place = Place::new(&Arc::new(Source::new(path, text)), Span::new(meant.start, meant.end));
    let help = "propose it in a change of its own, and have its owners by CODEOWNERS approve it on GitHub; what was changed has had no force in this run";
    Finding {
        help: Some(help.to_owned()),
        ..Finding::new("trust/changed", Level::Deny, message, Label::new(place, note))
    }
}

fn confirmed(finding: Finding, mut by: Vec<String>) -> Finding {
    by.sort();
    by.dedup();
    let by: Vec<_> = by.iter().map(|login| format!("`{login}`")).collect();
    let message = format!("{}, which {} approved as its owner", finding.message, by.join(" and "));
    Finding { level: Level::Info, message, help: None, ..finding }
}
