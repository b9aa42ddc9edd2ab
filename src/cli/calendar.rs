//! `changegate calendar`: the coming weeks, with freezes, low-risk windows and proposals.

use super::check::instant;
use super::evidence::judged;
use super::ground::{Ends, Side, agreed, all_of, configuration, configuration_name, profiles, root, rules, schedule};
use super::rules::Format;
use super::terminal::Terminal;
use super::{Failure, Global, stopped};
use crate::calendars::Purpose;
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::{Fault, Finding};
use crate::fleet;
use crate::gate::Gate;
use crate::inputs::{self, Input};
use crate::policy::RuleSet;
use crate::proposal::{Tree, work_windows};
use crate::report::{Agenda, Planned};
use crate::roster::{Roster, valid};
use crate::schedule::{Event, Known, configured};
use crate::verdict::{Judgement, Outcome};
use crate::waivers::{self, Waivers};
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Calendar {
    /// Files, folders or patterns of proposals [default: `proposals.paths` of the configuration, whatever is there]
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
    /// How many weeks are shown
    #[arg(long, value_name = "NUMBER", default_value_t = 6, value_parser = clap::value_parser!(u8).range(1..=104))]
    weeks: u8,
    /// Begin with the week of this day: 2026-12-14 [default: the present week]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Show times in this zone, such as Europe/Berlin [default: that of the environment variable TZ, else UTC]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<(String, TimeZone)>,
    /// Take this time for the present: 2026-12-06T02:00:00+01:00
    #[arg(long, value_name = "TIME", value_parser = instant)]
    now: Option<Timestamp>,
    /// The format on standard output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    side: Side,
}

const EXIT_STATUS: &str = "Exit status:
  0  the weeks are shown, whatever stands in them
  2  they could not be shown";

/// The rules that say whether the times of a proposal will do, as far as the configuration has them on. What they say is asked of them, so
/// that the calendar tells nothing else than a check.
const OF_TIMES: [&str; 3] = ["freeze/respected", "window/low-impact", "window/no-overlap"];

fn zone(name: &str) -> Result<(String, TimeZone), String> {
    let zone = TimeZone::get(name).map_err(|_| "write a name of the IANA database: Europe/Berlin".to_owned())?;
    Ok((name.to_owned(), zone))
}

/// The zone of the viewer, its name and who says so.
fn viewer(asked: Option<&(String, TimeZone)>, variable: Option<&str>) -> (TimeZone, (String, String)) {
    if let Some((name, zone)) = asked {
        return (zone.clone(), (name.clone(), "--zone".to_owned()));
    }
    let name = variable.map(|name| name.strip_prefix(':').unwrap_or(name)).filter(|name| !name.is_empty());
    match name.map(|name| (name, TimeZone::get(name))) {
        Some((name, Ok(zone))) => (zone, (name.to_owned(), "TZ".to_owned())),
        Some((name, Err(_))) => {
            (TimeZone::UTC, ("UTC".to_owned(), format!("TZ is `{name}`, which is no name of the IANA database")))
        }
        None => (TimeZone::UTC, ("UTC".to_owned(), "neither --zone nor TZ names another".to_owned())),
    }
}

impl Calendar {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let mut agenda = self.agenda(self.now.unwrap_or_else(Timestamp::now));
        self.fill(&mut agenda, global)?;
        match self.format {
            Format::Human => agenda.write_human(out, &terminal.options(global.verbosity()))?,
            Format::Json => agenda.write_json(out)?,
        }
        Ok(Outcome::Pass)
    }

    /// The weeks, with nothing in them.
    fn agenda(&self, now: Timestamp) -> Agenda {
        let (zone, zone_name) = viewer(self.zone.as_ref(), std::env::var("TZ").ok().as_deref());
        let day = self.from.unwrap_or_else(|| now.to_zoned(zone.clone()).date());
        let from = day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
        Agenda {
            version: env!("CARGO_PKG_VERSION"),
            now,
            from,
            weeks: self.weeks,
            zone,
            zone_name,
            calendars: Vec::new(),
            events: Vec::new(),
            proposals: Vec::new(),
            invalid: Vec::new(),
            left_out: Vec::new(),
        }
    }

    fn fill(&self, agenda: &mut Agenda, global: &Global) -> Result<(), Vec<Fault>> {
        let root = root(global)?;
        let (trusted, change) = Ends::trusted(self.side.ends(&root)?, &root);
        let trusted = Arc::new(trusted);
        agreed(&trusted, change.as_ref().map(|(base, _)| base), configuration_name(global, &trusted))?;
        let (mut config, wrong) = configuration(global, &trusted);
        let rules = all_of(wrong, rules(&trusted, &config, Phase::Plan))?;
        let profiles = profiles(&trusted, &config)?;
        let schedule = schedule(&trusted, &config, &profiles)?;
        let (from, to) = agenda.bounds();
        agenda.calendars.clone_from(&schedule.files);
        agenda.left_out.clone_from(&schedule.left_out);
        agenda.events = schedule.between(from, to)?;
        let freezes = configured(&config.evidence, "freezes", Purpose::Freeze);
        agenda.events.extend(freezes.into_iter().filter(|freeze| freeze.meets(from, to)).map(Arc::new));
        agenda.events.sort_by_key(|event: &Arc<Event>| (event.start, event.end));

        let judged = judged(&root, &trusted, change.as_ref().map(|(_, head)| head));
        let inputs = self.inputs(&judged, &config.proposals, Path::new(&config.systems))?;
        let files: HashMap<_, _> = inputs.iter().map(|input| (input.name(), input)).collect();
        let ids: Vec<String> = rules.rules.iter().map(|rule| rule.id.to_string()).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let waived = config.waivers.take();
        let told = |rules: RuleSet| -> Result<_, Vec<Fault>> {
            let mut gate = Gate::new(rules, profiles, &config, Phase::Plan, Some(agenda.now), agenda.now)?;
            gate.schedule = schedule;
            let systems: Vec<_> = gate.profiles.systems().collect();
            let known = Known { systems: &systems, environments: &config.environments };
            let holding = waivers::Terms { now: gate.now, longest: config.waiver_days, rules: &ids, known };
            gate.waivers = Waivers::of(&trusted, waived, holding)?;
            Ok((judgements(&gate, &inputs)?, gate.profiles))
        };
        let (judgements, profiles) = told(of_times(rules.on(waivers::today(agenda.now))))?;
        for judgement in judgements {
            // One proposal that can't be judged hides none of the others.
            if !judgement.faults.is_empty() {
                agenda.invalid.push(judgement.file);
                continue;
            }
            let input = files.get(&judgement.file);
            let bytes = input.map(|input| input.read(config.limits.bytes)).transpose()?;
            let tree = bytes.and_then(|bytes| valid(&judgement.file, bytes, &profiles, &config.limits));
            match tree {
                Some(tree) => agenda.proposals.extend(planned(&tree, judgement, (from, to))),
                None => agenda.invalid.push(judgement.file),
            }
        }
        agenda
            .proposals
            .sort_by(|a, b| (a.windows.first().map(|w| w.1), &a.file).cmp(&(b.windows.first().map(|w| w.1), &b.file)));
        Ok(())
    }

    /// The proposals. Where none is named, none need be there.
    fn inputs(&self, judged: &Arc<Files>, usual: &[String], except: &Path) -> Result<Vec<Input>, Vec<Fault>> {
        let patterns = if self.patterns.is_empty() { usual } else { &self.patterns };
        let mut found = inputs::find(judged, patterns, except);
        if self.patterns.is_empty() {
            found.faults.retain(|fault| fault.code != inputs::NOTHING_TO_JUDGE);
        }
        if found.faults.is_empty() { Ok(found.inputs) } else { Err(found.faults) }
    }
}

/// The rules that say something of times; all of them where none does, so that what is no valid proposal is known.
fn of_times(mut rules: RuleSet) -> RuleSet {
    if rules.evaluated().any(|rule| OF_TIMES.contains(&&*rule.id)) {
        rules.rules.retain(|rule| OF_TIMES.contains(&&*rule.id));
    }
    rules
}

fn judgements(gate: &Gate, inputs: &[Input]) -> Result<Vec<Judgement>, Fault> {
    let roster = Roster::of(inputs, &gate.profiles, &gate.limits, gate.now);
    let mut judgements = Vec::new();
    let judged = fleet::judge(gate, &roster, inputs, |judgement| {
        judgements.push(judgement);
        Ok(())
    });
    let kept = |error| Fault::new("internal/threads", format!("a judgement can't be kept: {error}"));
    let stopped = stopped::fault(judged, "proposals were not looked at").unwrap_or_else(|error| Some(kept(error)));
    stopped.map_or(Ok(judgements), Err)
}

/// A proposal as it is shown; none where it is not worked on in a stretch of time.
fn planned(tree: &Tree, judgement: Judgement, (from, to): (Timestamp, Timestamp)) -> Option<Planned> {
    let text = |path: &[&str]| tree.text(tree.path(path)?).map(str::to_owned);
    let windows = work_windows(tree);
    if !windows.iter().any(|window| window.start < to && from < window.end) {
        return None;
    }
    let of_times = |finding: &Finding| {
        let is_one = OF_TIMES.contains(&&*finding.rule);
        // That nobody knows a better time is no collision.
        is_one && !finding.pointer.starts_with("/system")
    };
    Some(Planned {
        id: text(&["id"])?,
        title: text(&["title"]).unwrap_or_default(),
        system: text(&["system", "id"]).unwrap_or_default(),
        environment: text(&["change", "environment"]),
        file: judgement.file,
        windows: windows.iter().map(|window| (tree.dotted(window.node), window.start, window.end)).collect(),
        findings: judgement.findings.into_iter().filter(of_times).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_that_of_the_viewer_and_told() {
        let berlin = zone("Europe/Berlin").ok();
        let told = |asked: Option<&(String, TimeZone)>, variable| viewer(asked, variable).1;
        assert_eq!(told(berlin.as_ref(), Some("Asia/Tokyo")), ("Europe/Berlin".to_owned(), "--zone".to_owned()));
        for variable in ["Asia/Tokyo", ":Asia/Tokyo"] {
            assert_eq!(told(None, Some(variable)), ("Asia/Tokyo".to_owned(), "TZ".to_owned()));
        }
        for variable in [None, Some(""), Some("CET-1CEST"), Some("/etc/localtime"), Some("\u{1b}[2J")] {
            assert_eq!(told(None, variable).0, "UTC", "{variable:?}");
        }
    }
}
