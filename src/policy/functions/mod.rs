//! What rules may call, by subject. What a function is called and how many arguments it takes stands in its signature and
//! nowhere else; `docs/functions.md` is made of the same.

mod abandoned;
mod acceptance;
mod advisories;
mod args;
mod circles;
pub mod collection;
mod confirmed;
mod contacts;
mod ended;
mod fast_track;
mod fields;
mod figures;
mod goes;
pub mod known;
mod libraries;
mod mention;
mod moves;
mod named;
mod notices;
mod others;
mod packages;
pub mod parts;
pub mod period;
mod pinned;
mod proofs;
pub mod proposal;
mod purpose;
mod results;
mod roles;
mod severity;
mod since;
mod sites;
mod standing;
mod stood;
mod tags;
pub mod text;
mod ticket;
pub mod time;
mod vague;
pub mod verbs;
pub mod version;
mod version_field;
pub mod weekly;
mod windows;

pub use args::Args;

use super::run::{Answer, Run};
use std::fmt;

/// What answers a call.
pub type Call = for<'f> fn(&mut Run<'f>, &Args<'f>) -> Answer<'f>;

/// One documented function.
pub struct Function {
    /// As it is called: `days_before(later, earlier) -> whole number`.
    pub signature: &'static str,
    /// What it does, for authors of rules.
    pub doc: &'static str,
    pub(super) call: Call,
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.signature)
    }
}

impl Function {
    /// Its name, where it is called by one: operators and fields of durations are documented along with functions.
    pub fn name(&self) -> Option<&'static str> {
        let name = self.signature.split_once('(')?.0.trim_start_matches('.');
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_').then_some(name)
    }

    /// The names of its arguments; what stands before the dot of a method is the first.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &'static str> {
        let (before, rest) = self.signature.split_once('(').unwrap_or_default();
        let written = rest.split_once(')').unwrap_or_default().0.split(',').map(str::trim);
        before.starts_with('.').then_some("report").into_iter().chain(written.filter(|name| !name.is_empty()))
    }

    /// How many arguments it takes.
    pub fn arguments(&self) -> usize {
        self.parameters().count()
    }

    /// Which of its arguments is a place to point at.
    pub fn place(&self) -> Option<usize> {
        self.parameters().position(|name| name == "place")
    }

    /// Whether it is what `in` calls.
    pub fn is_contains(&'static self) -> bool {
        std::ptr::eq(self, &raw const CONTAINS)
    }

    /// What it looks like without what it gives: for messages.
    pub fn form(&self) -> &'static str {
        self.signature.split(" -> ").next().unwrap_or(self.signature)
    }
}

/// All functions by subject.
pub const ALL: &[(&str, &[Function])] = &[
    ("Reporting", verbs::FUNCTIONS),
    ("Time", time::FUNCTIONS),
    ("Weekly periods", weekly::FUNCTIONS),
    ("Versions", version::FUNCTIONS),
    ("The version that changes", version_field::FUNCTIONS),
    ("Text", text::FUNCTIONS),
    ("Lists", collection::FUNCTIONS),
    ("Objects", fields::FUNCTIONS),
    ("Windows of the proposal", windows::FUNCTIONS),
    ("Sites of the proposal", sites::FUNCTIONS),
    ("What goes on meanwhile", standing::FUNCTIONS),
    ("The proposal", proposal::FUNCTIONS),
    ("What was abandoned", abandoned::FUNCTIONS),
    ("The fast track", fast_track::FUNCTIONS),
    ("Confirmed approvals", confirmed::FUNCTIONS),
    ("Contacts", contacts::FUNCTIONS),
    ("Communication", notices::FUNCTIONS),
    ("Evidence and results", results::FUNCTIONS),
    ("Figures", figures::FUNCTIONS),
    ("Proofs", proofs::FUNCTIONS),
    ("Other proposals", others::FUNCTIONS),
    ("Packages", packages::FUNCTIONS),
    ("Libraries", libraries::FUNCTIONS),
    ("What is pinned", pinned::FUNCTIONS),
    ("What is pinned at the end", ended::FUNCTIONS),
    ("What came since", since::FUNCTIONS),
    ("Steps that are shown", moves::FUNCTIONS),
    ("Steps that are gone", goes::FUNCTIONS),
    ("Steps that stood before", stood::FUNCTIONS),
    ("Tags and digests", tags::FUNCTIONS),
    ("Severity", severity::FUNCTIONS),
    ("Advisories", advisories::FUNCTIONS),
];

/// What rules reach by other means than calling it by name.
pub(super) const BY_SYNTAX: Call = |_, _| Err(super::fault::impossible("it calls what has a syntax of its own").into());

/// What `in` calls.
static CONTAINS: Function =
    Function { signature: "contains(list, item)", doc: "See `in`.", call: collection::contains };

/// All functions that can be called, by their names.
pub fn named() -> impl Iterator<Item = (&'static str, &'static Function)> {
    let all = ALL.iter().flat_map(|(_, functions)| functions.iter()).chain([&CONTAINS]);
    all.filter_map(|function| Some((function.name()?, function)))
}

/// The names of all functions.
pub fn names() -> impl Iterator<Item = &'static str> {
    named().map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_function_takes_more_arguments_than_there_are_places() {
        for (name, function) in super::named() {
            assert!(function.arguments() <= super::args::MOST, "{name}");
        }
    }
}
