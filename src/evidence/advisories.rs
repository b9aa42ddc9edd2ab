//! What advisories tell of the ids that a proposal names: whether there are such, how bad they are, whether they are exploited, and what
//! they say of the versions that change.
//!
//! They are looked up in a [`Snapshot`]: of records in files or behind an API, and of a catalogue. From which of them the [`Record`]s of an id
//! come makes no difference to what is made of them.

mod answered;
mod api;
mod asked;
mod folder;
mod group;
mod snapshot;
mod standing;

use super::Answer;
use crate::advisories::{Level, Record, score};
use crate::exchange::{FileAddress, Patience, Server};
use crate::files::Files;
use crate::versions::Ecosystem;
use api::Api;
pub use asked::{ADVISED, Package, asked};
use group::{Group, stands};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use snapshot::Snapshot;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Where advisories are looked up, as the configuration says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// A folder of records in OSV's form, or an index of them.
    pub records: Option<PathBuf>,
    /// An API of OSV's shape; what it tells counts besides the records.
    pub api: Option<Server>,
    /// The catalogue of known exploited vulnerabilities.
    pub exploited: Option<PathBuf>,
    /// Where that is fetched, in place of a file.
    pub exploited_at: Option<FileAddress>,
    /// How long the API, and the server of the catalogue, may be asked in a run.
    pub patience: Duration,
    /// How many days old either may be before it is told.
    pub days: u32,
    /// Whether an older one is not believed.
    pub refuse_older: bool,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            records: None,
            api: None,
            exploited: None,
            exploited_at: None,
            patience: Duration::from_secs(30),
            days: 7,
            refuse_older: false,
        }
    }
}

impl Places {
    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.records.is_none() && self.api.is_none() && self.exploited.is_none() && self.exploited_at.is_none()
    }

    /// Those that are files: nobody is asked over the network.
    pub fn in_files(self) -> Self {
        Self { api: None, exploited_at: None, ..self }
    }

    /// Those that are files.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        [&self.records, &self.exploited].into_iter().flatten().map(PathBuf::as_path)
    }
}

/// Advisories as they can be asked. Nothing is read before the first question.
#[derive(Debug)]
pub struct Advisories {
    files: Arc<Files>,
    places: Places,
    now: Timestamp,
    at: Timestamp,
    /// How long all that the run asks anybody may take.
    run: Arc<Patience>,
    api: Option<Api>,
    snapshot: OnceLock<Result<Snapshot, Unread>>,
}

/// Why advisories can't be looked up, and what to do about it.
#[derive(Debug, Clone)]
struct Unread {
    why: String,
    help: String,
}

/// More ids and vectors than these of one advisory are not told.
const MOST_ALIASES: usize = 50;
const MOST_VECTORS: usize = 20;
/// The longest line that the model has.
const LINE: usize = 200;

impl Advisories {
    /// Those of some places on the trusted side, whose age is judged as of a time; `at` is the time of the run, as of which servers answer.
    pub fn new(files: Arc<Files>, places: Places, (now, at): (Timestamp, Timestamp), run: Arc<Patience>) -> Self {
        let api = |server| Api::new(server, (places.patience, &run), snapshot::LONGEST_RECORD as usize);
        let api = places.api.as_ref().map(api);
        Self { files, places, now, at, run, api, snapshot: OnceLock::new() }
    }

    /// Whether a server is asked.
    pub const fn are_remote(&self) -> bool {
        self.places.api.is_some() || self.places.exploited_at.is_some()
    }

    /// Of what is looked up, as `evidence.advisory_snapshot`.
    pub fn as_a_whole(&self) -> (String, Answer) {
        self.answer(|snapshot| Ok(Answer::known(snapshot.told(self.places.days))))
    }

    /// What is known of one, as one of `evidence.advisories`.
    pub fn advisory(&self, id: &str, packages: &[Package]) -> (String, Answer) {
        let (mut group, mut asked) = (Group::new(id, self.now), BTreeSet::new());
        // Before the snapshot, of which whoever asks for the whole may still fetch the catalogue.
        let told = self.api.as_ref().map_or(Ok(()), |api| api.look_up(&mut group, &mut asked));
        self.answer(|snapshot| {
            let mut looked = BTreeSet::new();
            let mut any = snapshot.look_up(&mut group, &mut looked)?;
            told?;
            // What either has may name ids under which the other has more.
            while let Some(api) = &self.api {
                let before = (asked.len(), looked.len());
                api.look_up(&mut group, &mut asked)?;
                any |= snapshot.look_up(&mut group, &mut looked)?;
                if before == (asked.len(), looked.len()) {
                    break;
                }
            }
            Found::of(snapshot, &group, any, packages)?.told(snapshot)
        })
    }

    fn read(&self) -> Result<Snapshot, Unread> {
        Snapshot::read(&self.files, &self.places, &self.run, (self.now, self.at))
    }

    fn answer(&self, of: impl FnOnce(&Snapshot) -> Result<Answer, Unread>) -> (String, Answer) {
        let read = self.snapshot.get_or_init(|| self.read());
        let (name, answer) = match read {
            Ok(snapshot) => (snapshot.name(), of(snapshot)),
            Err(unread) => ("advisories".to_owned(), Err(unread.clone())),
        };
        (name, answer.unwrap_or_else(|Unread { why, help }| Answer::unavailable(why, help)))
    }
}

/// What was found of an advisory.
struct Found<'a> {
    id: &'a str,
    /// Those that are about it, and of distributions those that are about what they make of it.
    records: Vec<&'a Record>,
    downstream: Vec<Record>,
    /// Its ids, and of what a bulletin closes all of them.
    ids: BTreeSet<&'a str>,
    packages: Vec<standing::Read<'a>>,
}

impl<'a> Found<'a> {
    fn of(snapshot: &Snapshot, group: &'a Group, any: bool, packages: &'a [Package]) -> Result<Self, Unread> {
        let records = group.records();
        let packages: Vec<_> = packages.iter().filter_map(standing::Read::of).collect();
        let mut downstream: Vec<Record> = Vec::new();
        if records.is_empty() || records.iter().any(|record| stands(record, group.now())) {
            let about: Vec<(Ecosystem<'_>, &str)> = packages.iter().map(standing::Read::package).collect();
            for id in group.ids() {
                for record in snapshot.downstream(id, &about)? {
                    let known = records.iter().copied().chain(&downstream).any(|known| known.id == record.id);
                    if stands(&record, group.now()) && !known {
                        downstream.push(record);
                    }
                }
            }
        }
        if let Some(unread) = snapshot.unread().filter(|_| !any && downstream.is_empty()) {
            return Err(unread);
        }
        let ids = records.iter().flat_map(|record| record.names()).collect();
        Ok(Self { id: group.id(), records, downstream, ids, packages })
    }

    fn told(&self, snapshot: &Snapshot) -> Result<Answer, Unread> {
        let closed = self.records.iter().flat_map(|record| &record.upstream).map(String::as_str);
        let exploited = snapshot.exploited(self.ids.iter().copied().chain([self.id]).chain(closed));
        let none = self.records.is_empty() && self.downstream.is_empty();
        if none && exploited.flatten().is_none() {
            return if snapshot.has_records() {
                Ok(Answer::Absent)
            } else {
                Ok(Answer::known(json!({ "id": self.id, "exploited": false })))
            };
        }
        let mut told = Map::new();
        told.insert("id".to_owned(), self.id.into());
        told.insert("exists".to_owned(), true.into());
        if let Some(entry) = exploited {
            told.insert("exploited".to_owned(), entry.is_some().into());
            if let Some(entry) = entry {
                told.insert("exploited_since".to_owned(), entry.added.to_string().into());
            }
        }
        if !none {
            self.lay(&mut told);
        }
        Ok(Answer::known(Value::Object(told)))
    }

    /// What the records tell.
    fn lay(&self, told: &mut Map<String, Value>) {
        let mut lay = |name: &str, value: Value| drop(told.insert(name.to_owned(), value));
        // The model has no blank texts, and a record may hold such an id.
        let lines = |names: Vec<&str>| -> Value {
            let said = names.into_iter().filter(|name| !name.trim().is_empty());
            said.map(|name| super::shortened(name, LINE)).take(MOST_ALIASES).collect::<Vec<_>>().into()
        };
        let all = || self.records.iter().copied().chain(&self.downstream);
        let mut records: Vec<&str> = all().map(|record| record.id.as_str()).collect();
        records.sort_unstable();
        lay("records", lines(records));
        lay("aliases", lines(self.ids.iter().copied().filter(|name| !name.eq_ignore_ascii_case(self.id)).collect()));
        // One that holds is enough for the whole to hold.
        if let Some(Some(withdrawn)) =
            all().map(|record| record.withdrawn).collect::<Option<Vec<_>>>().map(|at| at.into_iter().max())
        {
            lay("withdrawn", to_the_second(withdrawn).into());
        }
        let listed: Vec<_> = all().map(standing::Listed::of).collect();
        let (own, downstream) = listed.split_at(self.records.len());
        let levels = own.iter().flat_map(|listed| standing::levels(listed, &self.packages));
        let of_distributions = downstream.iter().filter(|listed| self.is_about_no_other(listed.record));
        let highest = levels
            .chain(of_distributions.flat_map(|listed| standing::own_levels(listed, &self.packages)))
            .max_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        if let Some((level, score)) = highest {
            lay("severity", level.as_str().into());
            if let Some(score) = score {
                lay("score", score.into());
            }
        }
        let vectors: BTreeSet<&str> = self.records.iter().flat_map(|record| record.vectors()).collect();
        let rated = |vector: &str| {
            score(vector)
                .map(|(level, score)| json!({ "vector": vector, "score": score, "severity": Level::as_str(level) }))
        };
        lay("ratings", vectors.into_iter().filter_map(rated).take(MOST_VECTORS).collect::<Vec<_>>().into());
        lay("packages", self.packages.iter().map(|package| package.told(&listed)).collect::<Vec<_>>().into());
    }

    /// Whether all that a distribution's record is about is this one: a bulletin is as severe as the worst of those that it closes.
    fn is_about_no_other(&self, record: &Record) -> bool {
        let is_own = |id: &String| self.ids.iter().chain([&self.id]).any(|own| own.eq_ignore_ascii_case(id));
        record.upstream.iter().all(is_own)
    }
}

/// As the model has points in time.
fn to_the_second(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}
