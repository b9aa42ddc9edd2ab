//! By what a run has judged, in the shape of `changegate.report/v1`.

use crate::verdict::{self, Part, Terms};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Digests<'a> {
    rules: &'a str,
    config: Option<&'a str>,
}

impl<'a> Digests<'a> {
    pub(super) fn of(terms: &'a Terms) -> Self {
        let configuration = terms.configuration.as_ref();
        Self { rules: &terms.rules_digest, config: configuration.and_then(|file| file.digest.as_deref()) }
    }
}

#[derive(Serialize)]
pub(super) struct Configuration<'a> {
    file: &'a str,
    digest: Option<&'a str>,
    scale: &'a [String],
}

impl<'a> Configuration<'a> {
    pub(super) fn of(configured: &'a verdict::Configured) -> Self {
        Self { file: &configured.file, digest: configured.digest.as_deref(), scale: &configured.scale }
    }
}

#[derive(Serialize)]
pub(super) struct Base<'a> {
    name: &'a str,
    commit: &'a str,
    head: &'a str,
}

impl<'a> Base<'a> {
    pub(super) fn of(base: &'a verdict::Base) -> Self {
        Self { name: &base.name, commit: &base.commit, head: &base.head }
    }
}

/// A file of waivers, or a calendar.
#[derive(Serialize)]
pub(super) struct File<'a> {
    file: &'a str,
    digest: &'a str,
}

impl<'a> File<'a> {
    pub(super) fn of((file, digest): &'a (String, String)) -> Self {
        Self { file, digest }
    }
}

#[derive(Serialize)]
pub(super) struct Policies<'a> {
    builtin: bool,
    folders: &'a [String],
}

impl<'a> Policies<'a> {
    pub(super) fn of(policies: &'a verdict::Policies) -> Self {
        Self { builtin: policies.builtin, folders: &policies.folders }
    }
}

#[derive(Serialize)]
pub(super) struct Rule<'a> {
    id: &'a str,
    title: &'a str,
    level: &'static str,
    part: &'static str,
    /// Of a rule that belongs to other phases: which.
    #[serde(skip_serializing_if = "Option::is_none")]
    phases: Option<&'a [&'static str]>,
    /// Of a rule that is off: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    changes: &'a [String],
    file: &'a str,
    digest: &'a str,
}

impl<'a> Rule<'a> {
    pub(super) fn of(rule: &'a verdict::RuleTerms) -> Self {
        let (part, phases, reason) = match &rule.part {
            Part::Evaluated => ("evaluated", None, None),
            Part::OtherPhase(phases) => ("other-phase", Some(phases.as_slice()), None),
            Part::Off(reason) => ("off", None, Some(reason.as_str())),
        };
        Self {
            id: &rule.id,
            title: &rule.header.title,
            level: rule.level.as_str(),
            part,
            phases,
            reason,
            changes: &rule.changes,
            file: rule.source.name(),
            digest: rule.source.digest(),
        }
    }
}
