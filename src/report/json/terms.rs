//! By what a run has judged, in the shape of `changegate.report/v1`.

use crate::verdict::{self, Part, Terms};
use jiff::civil::Date;
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
    /// The days that it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_on: Option<String>,
    /// Where it only warns of what it will deny: from when on it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks_on: Option<String>,
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
            Part::Expired(_) => ("expired", None, None),
        };
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            id: &rule.id,
            title: &rule.header.title,
            level: rule.level.as_str(),
            part,
            phases,
            reason,
            effective_on: day(rule.days.effective_on),
            expires_on: day(rule.days.expires_on),
            blocks_on: day(rule.blocks_on),
            changes: &rule.changes,
            file: rule.source.name(),
            digest: rule.source.digest(),
        }
    }
}
