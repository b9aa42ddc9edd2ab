//! Whom a run asks for evidence: git and the files of what is judged, or the record of an earlier run.

use super::pull::Pull;
use crate::config::Config;
use crate::evidence::{About, Advisories, Change, Record, Shelf, Sources, Standing, World};
use crate::exchange::Patience;
use crate::files::Files;
use crate::finding::Fault;
use crate::git::{self, Commit};
use crate::verdict::Base;
use clap::Args;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where evidence is read again.
#[derive(Debug, Args)]
pub struct Recorded {
    /// Judge by the evidence in a file that `changegate check --evidence-out` has written, and ask nobody
    ///
    /// It is judged as of the time of that run, unless --now says otherwise.
    #[arg(long = "evidence", value_name = "FILE")]
    pub from: Option<PathBuf>,
}

/// The longest record, in bytes.
const LONGEST: u64 = 256 << 20;

impl Recorded {
    /// The record of an earlier run, where one is named.
    pub fn record(&self, root: &Path) -> Result<Option<Record>, Fault> {
        let Some(path) = &self.from else { return Ok(None) };
        let text = Files::folder(root).text(path, LONGEST).map_err(|error| {
            Fault::new("evidence/record", format!("the record of evidence {} can't be read: {error}", path.display()))
                .help("name a file that --evidence-out has written")
        })?;
        Record::parse(&path.to_string_lossy(), &text).map(Some)
    }
}

/// The change that a run is about. By a record it is about the change of that, whether git is there or not.
///
/// # Errors
/// When it is about another one than the record: what was asked then says nothing of it.
pub fn about_the_same(
    record: Option<&Record>,
    change: Option<(Base, Commit)>,
) -> Result<Option<(Base, Commit)>, Fault> {
    let Some(record) = record else { return Ok(change) };
    match (record.change(), change) {
        (None, None) => Ok(None),
        (Some(recorded), None) => {
            let Change { name, base, head, .. } = recorded;
            let told = Base { name: name.clone(), commit: base.to_string(), head: head.to_string() };
            Ok(Some((told, head.clone())))
        }
        (Some(recorded), Some((base, head))) if recorded.base.as_str() == base.commit && recorded.head == head => {
            Ok(Some((base, head)))
        }
        (recorded, change) => {
            let recorded = recorded.map(|change| (change.base.as_str(), &change.head));
            Err(other_run(recorded, change.as_ref().map(|(base, head)| (base.commit.as_str(), head))))
        }
    }
}

fn other_run(recorded: Option<(&str, &Commit)>, found: Option<(&str, &Commit)>) -> Fault {
    let told = |ends: Option<(&str, &Commit)>| match ends {
        Some((base, head)) => format!("the change from {} to {}", git::short(base), head.short()),
        None => "no change".to_owned(),
    };
    let message = format!("the record is of a run about {}, and this run is about {}", told(recorded), told(found));
    Fault::new("evidence/other-run", message).help(
        "judge by it the change that it was made of, with the same base and head, or without --base; record any other change by itself, with its base",
    )
}

/// The files of what is judged: of the head of a change, or of the folder.
pub fn judged(root: &Path, trusted: &Files, head: Option<&Commit>) -> Arc<Files> {
    Arc::new(match (trusted.base(), head) {
        (Some(base), Some(head)) => Files::at(root, base.repository().snapshot(head)),
        _ => Files::folder(root),
    })
}

/// Those of a run: a record answers for everybody.
pub fn sources(
    record: Option<Record>,
    config: &Config,
    pull: Option<Pull>,
    judged: &Arc<Files>,
    trusted: &Arc<Files>,
    patterns: &[String],
    (now, at): (Timestamp, Timestamp),
) -> Sources {
    let about = About {
        pull: pull.as_ref().map(Pull::question),
        head: judged.base().map(|head| head.commit().to_string()),
        people: config.github.people.clone(),
        ignore: config.ignore.clone(),
    };
    let sources = match record {
        Some(record) => Sources::record(record, config.needs.clone()),
        None => {
            let run = Arc::new(Patience::new(config.patience));
            let tip = trusted.base().map(|base| base.commit().clone());
            let advisories =
                Advisories::new(Arc::clone(trusted), config.advisories.clone(), (now, at), Arc::clone(&run));
            let mut world = World::new(Arc::clone(judged), tip, at, advisories);
            let top = trusted.from_top(Path::new("")).unwrap_or_default();
            let patterns: Vec<_> = config.proposals.iter().chain(patterns).cloned().collect();
            let shelves = patterns.iter().filter_map(|pattern| Shelf::of(pattern));
            world.standing = Standing {
                shelves: shelves.map(|shelf| shelf.below(&top)).collect(),
                patterns,
                profiles: PathBuf::from(&config.systems),
                limits: config.limits,
            };
            world.github = pull.map(|pull| pull.host(&config.github, run));
            Sources::world(world, config.needs.clone())
        }
    };
    sources.about(about)
}
