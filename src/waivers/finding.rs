//! What is wrong with a waiver: wording beside the data. A waiver that does not hold lets nothing through, so that none of this blocks by
//! itself.

use super::{Terms, UNPROPOSED, Waiver, today};
use crate::facts::Facts;
use crate::finding::{Fault, Finding, Label, Level};
use crate::proposal::filler::{is_filler, is_reason};
use crate::proposal::handle;
use crate::proposal::problem::nearest;
use crate::schedule::Known;
use crate::source::{Place, Source, Span};
use jiff::Unit;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why it does not hold, if it does not.
pub(super) fn wrong(waiver: &Waiver, terms: Terms<'_>) -> Option<Finding> {
    let today = today(terms.now);
    let rule = &waiver.rule;
    let of_packages = rule == UNPROPOSED;
    if !of_packages && !terms.rules.contains(&rule.as_str()) {
        let near = nearest(rule, terms.rules.iter().copied());
        let help = near.map_or_else(
            || "`changegate rules` lists the rules; take the waiver away where its rule is gone".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Some(about(
            waiver,
            "rule",
            "waiver/unknown-rule",
            format!("there is no rule `{rule}` that could be waived"),
            help,
        ));
    }
    if let Some(other) = other_scope(waiver, of_packages) {
        let of =
            if of_packages { "of no proposal, and its waivers name `files` or `packages`" } else { "of proposals" };
        let message = format!("the waiver of {rule} names `{other}`, and what {rule} denies is {of}");
        let help = "take the key away, and see that the others say what is let through".to_owned();
        return Some(about(waiver, other, "waiver/other-scope", message, help));
    }
    if of_packages && waiver.files.is_empty() && waiver.packages.is_empty() {
        let message =
            format!("the waiver of {rule} names neither files nor packages, and so would let through everything");
        return Some(about(
            waiver,
            "rule",
            "waiver/too-broad",
            message,
            "name in `files` or `packages` what it is about".to_owned(),
        ));
    }
    if !of_packages && waiver.systems.is_empty() && waiver.proposals.is_empty() {
        let message =
            format!("the waiver of {rule} names neither systems nor proposals, and so would let through everything");
        return Some(about(
            waiver,
            "rule",
            "waiver/too-broad",
            message,
            "name in `systems` or `proposals` what it is about".to_owned(),
        ));
    }
    if let Some(finding) = unexplained(waiver).or_else(|| by_no_person(waiver)) {
        return Some(finding);
    }
    let days = waiver.granted.until((Unit::Day, waiver.expires)).map_or(i64::MAX, |span| i64::from(span.get_days()));
    if days > terms.longest {
        let message = format!("the waiver of {rule} is for {days} days, and {} are the most", terms.longest);
        let help =
            "let it end earlier, and decide again then; `limits.waiver_days` sets how long one may hold".to_owned();
        return Some(about(waiver, "expires", "waiver/too-long", message, help));
    }
    if waiver.granted > today {
        let message = format!("the waiver of {rule} is to be granted on {}, and today is {today}", waiver.granted);
        return Some(about(waiver, "granted", "waiver/not-granted", message, "it holds from that day on".to_owned()));
    }
    if waiver.expires <= today {
        let message = format!("the waiver of {rule} has expired on {}", waiver.expires);
        let help = "take it away; or have it decided again, with a new `granted` and `expires`".to_owned();
        return Some(about(waiver, "expires", "waiver/expired", message, help));
    }
    None
}

/// One that does not say why, or where that was decided: the report repeats it to people who have to judge it.
fn unexplained(waiver: &Waiver) -> Option<Finding> {
    let (field, says, help) = if !is_reason(&waiver.waived.reason) {
        ("reason", "why it is let through", "give the reason in three words or more: every report repeats it")
    } else if is_filler(&waiver.waived.ticket) {
        ("ticket", "where that was decided", "name the ticket, or give its address")
    } else {
        return None;
    };
    let message = format!("the waiver of {} does not say {says}", waiver.rule);
    Some(about(waiver, field, "waiver/unexplained", message, help.to_owned()))
}

/// A team decides nothing by itself.
fn by_no_person(waiver: &Waiver) -> Option<Finding> {
    let by = waiver.waived.by.as_str();
    let message = format!("the waiver of {} was approved by `{by}`, which is a team and no person", waiver.rule);
    let help = "name who of them has decided it".to_owned();
    (by.starts_with('@') && by.contains('/')).then(|| about(waiver, "approver", "waiver/by-team", message, help))
}

/// Names of its scope that there are not. Of systems without profiles nothing is known.
pub(super) fn unknown_scope(waiver: &Waiver, known: Known<'_>) -> Option<Finding> {
    if let Some(finding) = names_nothing(waiver) {
        return Some(finding);
    }
    let system =
        waiver.systems.iter().find(|name| !known.systems.is_empty() && !known.systems.contains(&name.as_str()));
    let environment = waiver.environments.iter().find(|name| !known.environments.contains(name));
    let (field, what, near) = match (system, environment) {
        (Some(name), _) => (
            "systems",
            format!("the system `{name}`, which has no profile"),
            nearest(name, known.systems.iter().copied()),
        ),
        (None, Some(name)) => {
            let near = nearest(name, known.environments.iter().map(String::as_str));
            ("environments", format!("the environment `{name}`, which there is not"), near)
        }
        (None, None) => return None,
    };
    let help = near.map_or_else(
        || "correct the name, or take it away where it is gone".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let message = format!("the waiver of {} is about {what}", waiver.rule);
    Some(about(waiver, field, "waiver/unknown-scope", message, help))
}

/// Of packages: what is written as no file and no package is, so that it lets nothing through though it seems to.
fn names_nothing(waiver: &Waiver) -> Option<Finding> {
    let is_pattern = |name: &&String| name.contains('*');
    let is_no_path = |name: &&String| {
        is_pattern(name) || name.starts_with(['/', '.']) && name.split('/').any(|part| ["", ".", ".."].contains(&part))
    };
    let is_no_package = |name: &&String| {
        is_pattern(name) || !name.starts_with("pkg:") && name.rfind('@').is_some_and(|version| version > 0)
    };
    let file =
        waiver.files.iter().find(is_no_path).map(|file| ("files", file, "is no file from the top of the repository"));
    let package =
        || waiver.packages.iter().find(is_no_package).map(|name| ("packages", name, "is the name of no package"));
    let (field, name, what) = file.or_else(package)?;
    let help = match field {
        "files" => "name each file as `docs/package-lock.json`; there are no patterns",
        _ => "name each package, one version of it as `pkg:npm/lodash@4.17.21`; there are no patterns",
    };
    let message = format!("the waiver of {} is about `{name}`, which {what}", waiver.rule);
    Some(about(waiver, field, "waiver/unknown-scope", message, help.to_owned()))
}

/// Files in folders of the folder.
pub(super) fn passed_over(paths: &[PathBuf]) -> Option<Finding> {
    let first = paths.first()?.to_string_lossy();
    let more = match paths.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more are not"),
    };
    let place = Place::new(&Arc::new(Source::new(first.clone(), "")), Span::default());
    Some(Finding {
        help: Some("waivers stand in files of the folder `waivers` itself; move it there".to_owned()),
        ..Finding::new(
            "waiver/passed-over",
            Level::Warn,
            format!("`{first}` is not read for waivers{more}"),
            Label::new(place, "it lets nothing through"),
        )
    })
}

/// The first key that says nothing of what the rule denies.
fn other_scope(waiver: &Waiver, of_packages: bool) -> Option<&'static str> {
    let of_proposals =
        [("systems", &waiver.systems), ("proposals", &waiver.proposals), ("environments", &waiver.environments)];
    let of_pins = [("files", &waiver.files), ("packages", &waiver.packages)];
    let others = if of_packages { &of_proposals[..] } else { &of_pins[..] };
    others.iter().find(|(_, names)| !names.is_empty()).map(|&(key, _)| key)
}

/// One that let nothing through.
pub(super) fn unused(waiver: &Waiver) -> Finding {
    let message = format!(
        "the waiver of {} was not needed: what it is about was judged, and the rule does not deny it",
        waiver.rule
    );
    about(waiver, "rule", "waiver/unused", message, "take it away, so that it lets nothing through later on".to_owned())
}

/// One whose approver wants the upgrade.
pub(super) fn by_author(waiver: &Waiver) -> Finding {
    let message =
        format!("the waiver of {} was approved by an author of this proposal, and does not hold for it", waiver.rule);
    about(
        waiver,
        "approver",
        "waiver/by-author",
        message,
        "have somebody decide it who does not propose the upgrade".to_owned(),
    )
}

/// Whether a person submits the proposal or is among its co-authors.
pub(super) fn is_author(facts: &Facts, person: &str) -> bool {
    let tree = &facts.proposal;
    let submitted = tree.path(&["submitted_by"]).and_then(|node| tree.text(node));
    let others = tree.path(&["co_authors"]).map(|list| tree.items(list)).unwrap_or_default();
    submitted.into_iter().chain(others.iter().filter_map(|&one| tree.text(one))).any(|author| handle(author) == person)
}

fn about(waiver: &Waiver, field: &str, code: &'static str, message: String, help: String) -> Finding {
    Finding {
        help: Some(help),
        pointer: waiver.tree.pointer(waiver.tree.get(waiver.node, field).unwrap_or(waiver.node)),
        ..Finding::new(code, Level::Warn, message, Label::new(waiver.place(field), format!("this `{field}`")))
    }
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::new("config/unreadable", format!("{} can't be read: {error}", path.display()))
        .help("waivers stand in ordinary files with UTF-8 text, in the folder `waivers` of the trusted side")
}
