//! Whether a proposal with which the change does not come proposes to the letter what the change does.

use crate::proposal::version::semver_level;
use crate::proposal::{NodeId, Tree};
use crate::roster::{Elsewhere, Roster};
use serde_json::Value;

/// A package that changes: as git has told it, or where rules see that.
#[derive(Debug, Clone, Copy)]
pub(super) enum Changed<'p> {
    Told(&'p Value),
    Laid(&'p Tree, NodeId),
}

impl<'p> Changed<'p> {
    /// Its URL and its name.
    fn package(self) -> Option<(&'p str, &'p str)> {
        self.text("package_url").zip(self.text("name"))
    }

    fn text(self, field: &str) -> Option<&'p str> {
        match self {
            Self::Told(pin) => pin[field].as_str(),
            Self::Laid(evidence, pin) => evidence.text(evidence.get(pin, field)?),
        }
    }

    fn is(self, field: &str) -> bool {
        match self {
            Self::Told(pin) => pin[field] == true,
            Self::Laid(evidence, pin) => evidence.get(pin, field).and_then(|node| evidence.flag(node)) == Some(true),
        }
    }
}

/// Whether a proposal proposes exactly this step that stands on the base, as who proposes it first, and has a bot make the change, need
/// not touch it. Whatever else is new about the pin nobody has proposed.
pub(super) fn is_foreseen(pin: Changed<'_>, roster: &Roster) -> bool {
    pin.package().is_some_and(|package| roster.standing(package).any(|part| is_exactly(pin, part)))
}

/// The same of one that is added when all is done, as after an emergency. It speaks for a change that comes with no other.
pub(super) fn is_recorded(pin: Changed<'_>, roster: &Roster) -> bool {
    pin.package().is_some_and(|package| roster.recorded(package).any(|part| is_exactly(pin, part)))
}

fn is_exactly(pin: Changed<'_>, part: Elsewhere<'_>) -> bool {
    let is_as_it_was = ["from_origin", "to_origin"].iter().all(|field| pin.text(field).is_none());
    let is_loose = pin.is("floats") || pin.is("undigested");
    is_as_it_was
        && !is_loose
        && match pin.text("kind") {
            Some("changed") => is_step(pin, part),
            Some("added") => is_new(pin, part),
            _ => false,
        }
}

fn is_step(pin: Changed<'_>, part: Elsewhere<'_>) -> bool {
    let text = |field: &str| pin.text(field);
    let (Some(from), Some(to)) = (part.from, part.to) else { return false };
    // Under the tag that it has, only the digest says what it becomes; what a registry replaces nobody can propose.
    let is_known = match text("contents") {
        None => true,
        Some(contents) => contents == "moved" && is_held_by(to, text("to_digest")),
    };
    is_at(from, text("from"), text("from_digest"))
        && is_at(to, text("to"), text("to_digest"))
        && is_known
        && is_as_stated(pin, part)
}

/// A library that was nowhere before, and brings nothing but itself.
fn is_new(pin: Changed<'_>, part: Elsewhere<'_>) -> bool {
    let text = |field: &str| pin.text(field);
    let is_there = part.to.is_some_and(|to| is_at(to, text("to"), text("to_digest")));
    part.library && part.from.is_none() && text("from").is_none() && text("contents").is_none() && is_there
}

/// Whether a step is as large as it is stated, and goes back where it is said to. Of commits that is what comments call them: before the change nobody could
/// see it.
fn is_as_stated(pin: Changed<'_>, part: Elsewhere<'_>) -> bool {
    let text = |field: &str| pin.text(field);
    let called = text("from_called").zip(text("to_called"));
    let called = called.map(|(from, to)| (semver_level(from, to), semver_level(to, from)));
    let is_back = match (text("direction"), called) {
        (Some("down"), _) => Some(true),
        (Some("up"), _) => Some(false),
        // Under one tag nothing comes first.
        (Some("same"), _) => Some(part.reverts),
        (_, Some(("backward", _))) => Some(true),
        (_, Some((_, "backward"))) => Some(false),
        _ => None,
    };
    let rank = |size: &str| ["patch", "minor", "major", "replacement"].iter().position(|one| *one == size);
    let is_small = part.size.is_some_and(|size| matches!(size, "patch" | "minor"));
    // By their text such versions have no order.
    let is_hidden = || part.from.zip(part.to).is_some_and(|(from, to)| semver_level(from, to) == "unknown");
    let is_as_large = match (part.size, text("size"), called) {
        (Some(stated), Some(size), _) => stated == size,
        (Some(stated), None, Some((forward, back))) => {
            let shown = if forward == "backward" { back } else { forward };
            rank(shown).is_none_or(|shown| rank(stated).is_some_and(|stated| stated >= shown))
        }
        _ => true,
    };
    let goes_there = match is_back {
        Some(is_back) => is_back == part.reverts,
        None => !part.reverts || !is_small || !is_hidden(),
    };
    goes_there && is_as_large
}

/// Whether a version is stated to the letter, with its digest or without, or by that alone.
fn is_at(stated: &str, version: Option<&str>, digest: Option<&str>) -> bool {
    version == Some(stated)
        || is_held_by(stated, digest)
            && stated.rsplit_once('@').is_none_or(|(tag, _)| tag.is_empty() || version == Some(tag))
}

/// Whether what is stated is a digest, or ends with it: `sha256:…`, `20@sha256:…`.
fn is_held_by(stated: &str, digest: Option<&str>) -> bool {
    let held = stated.rsplit_once('@').map_or(stated, |(_, held)| held);
    digest.is_some_and(|digest| digest.eq_ignore_ascii_case(held))
}
