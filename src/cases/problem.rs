//! What can be wrong with cases themselves: each with its code, its place and its help.

use super::Given;
use crate::finding::{Fault, Finding, Label};
use crate::proposal::Problem;
use crate::proposal::shape::LIST_MAX;
use crate::source::Place;
use std::io;
use std::path::Path;

/// That a file of cases can't be read.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::new("cases/unreadable", format!("{} can't be read: {error}", path.display()))
        .help("see that it is an ordinary file which you may read")
}

/// That a file of cases is no strict JSON.
pub(super) fn syntax(finding: Finding) -> Fault {
    told("cases/syntax", finding)
}

/// That two cases of a file have one name.
pub(super) fn twice(name: &str, first: Place, second: Place) -> Fault {
    Fault::new("cases/same-name", format!("two cases have the name `{name}`"))
        .help("say in each name what is special about the case")
        .at(second, "this one")
        .at(first, "the first one")
}

/// That there is no file under the name of a base.
pub(super) fn no_base(path: &str, why: &str) -> Fault {
    Fault::new("cases/base", format!("{path} can't be read: {why}"))
        .help("`base` names the file of a proposal from the folder in which changegate runs, which -C names")
}

/// That a base lies outside of the folder, or behind a link.
pub(super) fn base_escapes(path: &str, why: &str) -> Fault {
    Fault::new("input/path-escape", format!("`{path}` is not read: {why}"))
        .help("name a proposal in the folder in which changegate runs by its path from there: `proposals/wiki.json`")
}

/// Where the file was asked for.
pub(super) fn asked_for(place: Place) -> Label {
    Label::new(place, "the case begins with it")
}

/// That a base is no strict JSON.
pub(super) fn base_syntax(finding: Finding) -> Fault {
    told("cases/base", finding)
}

/// That an edit can't be done.
pub(super) fn edit(pointer: &str, why: &str, place: Option<&Place>) -> Fault {
    let fault = Fault::new("cases/edit", format!("an edit can't be made: {why} (`{pointer}`)"))
        .help("see what stands in `base`, and what the edits before this one have made of it");
    at(fault, place, "this edit")
}

/// That what a case is given is too large or too deep to be read.
pub(super) fn not_read(place: Option<&Place>, findings: Vec<Finding>) -> Vec<Fault> {
    let fault = |finding: Finding| at(Fault::new("cases/edit", finding.message), place, "by what is edited here");
    findings.into_iter().map(fault).collect()
}

/// That the profile of a case is none.
pub(super) fn no_profile(place: Option<&Place>, problems: &[Problem]) -> Vec<Fault> {
    let told = |problem: &Problem| {
        let message = format!("the profile of the case is not valid at `{}`: {}", problem.pointer, problem.message());
        let fault = Fault::new("cases/profile", message).help(problem.help());
        at(fault, place, "the profile is edited here")
    };
    problems.iter().map(told).collect()
}

/// That the evidence of a case is none.
pub(super) fn no_evidence(place: Option<&Place>, problems: &[Problem]) -> Vec<Fault> {
    let told = |problem: &Problem| {
        let message = format!("the evidence of the case is not valid at `{}`: {}", problem.pointer, problem.message());
        at(Fault::new("cases/evidence", message).help(problem.help()), place, "this case gives it")
    };
    problems.iter().map(told).collect()
}

/// That no rule stands beside a file of cases.
pub(super) fn no_rule(path: &Path) -> Fault {
    Fault::new("cases/no-rule", format!("{} belongs to no rule", path.display()))
        .help("name it after its rule: ticket.cases.json stands beside ticket.rhai")
}

/// That no rule judges what a case gives, where it does not expect that.
pub(super) fn not_judged(given: &Given, findings: &[Finding]) -> Fault {
    let [first, rest @ ..] = findings else {
        return Fault::new("cases/invalid", "the proposal of the case is not valid");
    };
    let more = if rest.is_empty() { String::new() } else { format!(", and {} more", rest.len()) };
    let message = format!("no rule judges this, as the proposal of the case is not valid: {}{more}", first.message);
    let fault = Fault::new("cases/invalid", message).help(
        "name a whole proposal in `base`, `changegate init` writes one; where the case is about what is not valid, expect it with `rule`",
    );
    at(fault, given.place.as_ref(), &format!("`{}` at `{}`", first.rule, first.pointer))
}

/// That a rule says more than a case can expect.
pub(super) fn too_much(given: &Given, found: usize) -> Fault {
    let message = format!("the rule makes {found} findings, and a case can expect {LIST_MAX}");
    let fault =
        Fault::new("cases/too-much", message).help("have the rule tell the first of them, and how many there are");
    at(fault, given.place.as_ref(), "in this case")
}

/// That a rule has no part in the phase of a case: whatever it is given, it says nothing.
pub(super) fn other_phase(rule: &str, given: &Given, phases: &str) -> Fault {
    let message = format!("`{rule}` has no part in the phase {}, so that the case can't fail", given.phase);
    let fault = Fault::new("cases/other-phase", message).help(format!("judge it in one of its phases: {phases}"));
    at(fault, given.place.as_ref(), "this case")
}

/// In which case a rule has failed.
pub(super) fn in_this_case(place: Place) -> Label {
    Label::new(place, "in this case")
}

/// That no folder of rules is known.
pub(super) fn nothing() -> Fault {
    Fault::new("cases/nothing-to-test", "no folder of rules is named, so there is nothing to look at")
        .help("name one after the command, or set `policies.paths` in changegate.toml")
}

/// That a path leads to no rule.
pub(super) fn no_such_rule(path: &Path) -> Fault {
    Fault::new("cases/nothing-to-test", format!("no rule and no cases are at {}", path.display()))
        .help("name a folder of rules, a rule, or the cases beside it")
}

fn at(fault: Fault, place: Option<&Place>, text: &str) -> Fault {
    match place {
        Some(place) => fault.at(place.clone(), text),
        None => fault,
    }
}

/// A finding of the reader as a fault of whoever keeps the rules.
fn told(code: &'static str, finding: Finding) -> Fault {
    let mut fault = Fault::new(code, finding.message);
    fault.help = finding.help;
    fault.labels.push(finding.primary);
    fault.labels.extend(finding.related);
    fault
}
