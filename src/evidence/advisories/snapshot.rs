//! Records and catalogue, in files or behind addresses, as one state of what is known.

use super::api;
use super::folder::folder;
use super::group::Group;
use super::{Places, Unread, to_the_second};
use crate::advisories::index::{Broken, Index, Store};
use crate::advisories::{Catalogue, Exploited, Problem, Record};
use crate::exchange::{Patience, Server};
use crate::files::{Files, Kind, Pieces};
use crate::versions::Ecosystem;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The longest record, catalogue, and index that stands in a commit, in bytes.
pub const LONGEST_RECORD: u64 = 8 << 20;
const LONGEST_CATALOGUE: u64 = 64 << 20;
const LONGEST_INDEX: u64 = 512 << 20;
/// An advisory with more ids is none.
const MOST_IDS: usize = 1_000;
const DAY: i64 = 24 * 60 * 60;

/// What is known of advisories.
#[derive(Debug)]
pub struct Snapshot {
    records: Option<Records>,
    /// The address of the API that is asked besides.
    api: Option<String>,
    /// The time by which is judged, and when the run began, as of which the API answers.
    now: Timestamp,
    at: Timestamp,
    catalogue: Option<Catalogue>,
}

/// Records, by their ids and aliases.
#[derive(Debug)]
struct Records {
    index: Index<Pieces>,
    /// Why the first of those that are none is none: what it tells of is not known.
    broken: Option<String>,
    /// Where they are.
    name: String,
}

impl Store for Pieces {
    fn size(&self) -> io::Result<u64> {
        Ok(self.len())
    }

    fn read(&self, from: u64, length: usize) -> io::Result<Cow<'_, [u8]>> {
        Self::read(self, from, length)
    }
}

impl Snapshot {
    /// What stands in some places, if it can all be read, and is young enough where that is asked for.
    pub fn read(
        files: &Files,
        places: &Places,
        run: &Arc<Patience>,
        (now, at): (Timestamp, Timestamp),
    ) -> Result<Self, Unread> {
        if places.is_empty() {
            return Err(Unread {
                why: "the configuration does not say where advisories are looked up".to_owned(),
                help: "name a folder of records in `advisories.records`, or a catalogue in `advisories.exploited`"
                    .to_owned(),
            });
        }
        let records = places.records.as_deref().map(|path| Records::read(files, path)).transpose()?;
        let api = places.api.as_ref().map(Server::as_string);
        let snapshot = Self { records, api, now, at, catalogue: catalogue(files, places, run)? };
        if places.refuse_older {
            snapshot.refuse_older(places)?;
        }
        Ok(snapshot)
    }

    fn refuse_older(&self, places: &Places) -> Result<(), Unread> {
        let of_records = self.as_of().map(|as_of| ("the advisories are", as_of));
        let of_catalogue = self
            .catalogue
            .as_ref()
            .map(|catalogue| ("the catalogue of exploited vulnerabilities is", catalogue.as_of(self.now)));
        for (what, as_of) in of_records.into_iter().chain(of_catalogue) {
            let age = self.now.as_second() - as_of.as_second();
            if age > i64::from(places.days) * DAY {
                return Err(Unread {
                    why: format!(
                        "{what} as of {}, {} days ago, and {} are the limit",
                        to_the_second(as_of),
                        age / DAY,
                        places.days
                    ),
                    help: "fetch them anew; `advisories.days` and `advisories.outdated` say how old they may be"
                        .to_owned(),
                });
            }
        }
        Ok(())
    }

    /// As of when the advisories are. What an API tells makes up for records that are older.
    fn as_of(&self) -> Option<Timestamp> {
        let of_api = self.api.as_ref().map(|_| self.at);
        of_api.or_else(|| self.records.as_ref().map(|records| records.index.as_of(self.now)))
    }

    /// What it is, for people.
    pub fn name(&self) -> String {
        let records = self
            .records
            .as_ref()
            .map(|records| format!("{} as of {}", records.name, to_the_second(records.index.as_of(self.now))));
        let api = self.api.clone();
        let catalogue = self.catalogue.as_ref().map(|catalogue| format!("the catalogue {}", catalogue.version));
        records.into_iter().chain(api).chain(catalogue).collect::<Vec<_>>().join(" and ")
    }

    /// As `evidence.advisory_snapshot`.
    pub fn told(&self, days: u32) -> Value {
        let mut told = Map::new();
        let mut lay = |name: &str, value: Value| drop(told.insert(name.to_owned(), value));
        if let Some(as_of) = self.as_of() {
            lay("as_of", to_the_second(as_of).into());
        }
        if let Some(Records { index, .. }) = &self.records {
            lay("records", index.len().into());
        }
        if let Some(catalogue) = &self.catalogue {
            lay("exploited_as_of", to_the_second(catalogue.as_of(self.now)).into());
            lay("catalogue", super::super::shortened(&catalogue.version, super::LINE).into());
        }
        lay("max_days", days.into());
        Value::Object(told)
    }

    /// Whether records are looked up at all.
    pub const fn has_records(&self) -> bool {
        self.records.is_some() || self.api.is_some()
    }

    /// Adds to what is known of a vulnerability the records under its ids, and under those that they name besides. What was `asked` is not looked
    /// up again. Tells whether anything was found.
    pub fn look_up(&self, group: &mut Group, asked: &mut BTreeSet<String>) -> Result<bool, Unread> {
        let Some(records) = &self.records else { return Ok(false) };
        let mut any = false;
        loop {
            let ids = group.ids().into_iter().map(str::to_ascii_uppercase);
            let new: BTreeSet<String> = ids.filter(|id| !asked.contains(id)).collect();
            asked.extend(new.iter().cloned());
            if asked.len() > MOST_IDS {
                return Err(Unread {
                    why: format!("`{}` has more than {MOST_IDS} other ids in {}", group.id(), records.name),
                    help: "name one of its other ids".to_owned(),
                });
            }
            if new.is_empty() {
                return Ok(any);
            }
            for id in &new {
                let found = records.named(id)?;
                any |= !found.is_empty();
                found.into_iter().for_each(|record| group.take(record));
            }
        }
    }

    /// The records of distributions that are downstream of a vulnerability, and name one of some packages; where none does, one that tells that
    /// there is such a vulnerability.
    pub fn downstream(&self, id: &str, packages: &[(Ecosystem<'_>, &str)]) -> Result<Vec<Record>, Unread> {
        let Some(records) = &self.records else { return Ok(Vec::new()) };
        records.index.downstream(id, packages).map_err(|broken| records.changed(&broken))
    }

    /// Why a record that was not found may be one that could not be read.
    pub fn unread(&self) -> Option<Unread> {
        let why = self.records.as_ref()?.broken.as_ref()?;
        Some(Unread {
            why: format!("it is not among the advisories that could be read, and {why}"),
            help: "fetch that record anew, or take it out".to_owned(),
        })
    }

    /// All records that name a package; none where none are looked up. An API is not asked about packages.
    pub fn about(&self, ecosystem: Ecosystem<'_>, package: &str) -> Result<Vec<Record>, Unread> {
        let Some(records) = &self.records else { return Ok(Vec::new()) };
        records.index.package(ecosystem, package).map_err(|broken| records.changed(&broken))
    }

    /// What the catalogue says of the first of some names that it has; nothing where none is looked up.
    pub fn exploited<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> Option<Option<Exploited>> {
        self.catalogue.as_ref().map(|catalogue| names.find_map(|name| catalogue.get(name)))
    }
}

impl Records {
    fn read(files: &Files, path: &Path) -> Result<Self, Unread> {
        let name = path.display().to_string();
        let unread = |why: &dyn std::fmt::Display, help: &str| Unread {
            why: format!("the advisories in {name} can't be read: {why}"),
            help: help.to_owned(),
        };
        let help = "name a folder of records in OSV's form, or an index of one, in `advisories.records`";
        let kind = files.kind(path).map_err(|error| unread(&error, "see that it can be read where the gate runs"))?;
        let is_folder = match kind {
            None => return Err(unread(&"there is nothing of that name", help)),
            Some(Kind::Folder) => true,
            // Of a link on disk the operator has said where it leads; one in a commit leads wherever its author wants.
            Some(Kind::Link) if files.from_top(path).is_none() => files.root().join(path).is_dir(),
            Some(_) => false,
        };
        let (store, broken) = if is_folder {
            folder(files, path).map_err(|why| {
                unread(&why, "mend it; of a large folder make an index with `changegate advisories index`")
            })?
        } else {
            (files.pieces(path, LONGEST_INDEX).map_err(|error| unread(&error, help))?, None)
        };
        let index = Index::open(store)
            .map_err(|broken| unread(&broken, "make the index anew with `changegate advisories index`"))?;
        if index.is_empty() {
            let why = broken.unwrap_or_else(|| "it holds no record: files whose names end with .json".to_owned());
            return Err(unread(&why, help));
        }
        Ok(Self { index, broken, name })
    }

    fn named(&self, id: &str) -> Result<Vec<Record>, Unread> {
        self.index.named(id).map_err(|broken| self.changed(&broken))
    }

    fn changed(&self, broken: &Broken) -> Unread {
        Unread {
            why: format!("the index of advisories {} can't be read: {broken}", self.name),
            help: "make the index anew with `changegate advisories index`".to_owned(),
        }
    }
}

fn catalogue(files: &Files, places: &Places, run: &Arc<Patience>) -> Result<Option<Catalogue>, Unread> {
    let unread = |name: &str, why: &dyn std::fmt::Display| Unread {
        why: format!("the catalogue of exploited vulnerabilities {name} can't be read: {why}"),
        help: "name in `advisories.exploited` the catalogue as CISA publishes it, as JSON".to_owned(),
    };
    let (name, bytes) = if let Some(path) = &places.exploited {
        let name = path.display().to_string();
        let bytes = files.bytes(path, LONGEST_CATALOGUE).map_err(|error| unread(&name, &error))?;
        (name, bytes)
    } else if let Some(address) = &places.exploited_at {
        (address.as_string(), api::file(address, (places.patience, run), LONGEST_CATALOGUE as usize)?)
    } else {
        return Ok(None);
    };
    if bytes.len() as u64 > LONGEST_CATALOGUE {
        return Err(unread(&name, &format!("it has more than {LONGEST_CATALOGUE} bytes")));
    }
    Catalogue::parse(&bytes).map(Some).map_err(|problem: Problem| unread(&name, &problem))
}
