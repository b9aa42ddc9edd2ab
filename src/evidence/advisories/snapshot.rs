//! Records and catalogue, in files or behind addresses, as one state of what is known.

use super::api;
use super::{Places, Unread, to_the_second};
use crate::advisories::index::{Broken, Index, Store, build};
use crate::advisories::{Catalogue, Exploited, Problem, Record};
use crate::exchange::{Patience, Server};
use crate::files::{Files, Kind, Pieces};
use crate::versions::Ecosystem;
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// What a folder may hold that is read as it is; more takes an index.
pub const MOST_RECORDS: usize = 10_000;
const MOST_BYTES: usize = 256 << 20;
/// The longest record, catalogue, and index that stands in a commit, in bytes.
pub const LONGEST_RECORD: u64 = 8 << 20;
const LONGEST_CATALOGUE: u64 = 64 << 20;
const LONGEST_INDEX: u64 = 512 << 20;
const DAY: i64 = 24 * 60 * 60;

/// What is known of advisories.
#[derive(Debug)]
pub struct Snapshot {
    records: Option<Records>,
    /// The address of the API that is asked besides.
    api: Option<String>,
    /// When the run began, as of which the API answers.
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
        let snapshot = Self { records, api, at, catalogue: catalogue(files, places, run)? };
        if places.refuse_older {
            snapshot.refuse_older(places, now)?;
        }
        Ok(snapshot)
    }

    fn refuse_older(&self, places: &Places, now: Timestamp) -> Result<(), Unread> {
        let of_records = self.as_of().map(|as_of| ("the advisories are", as_of));
        let of_catalogue = self
            .catalogue
            .as_ref()
            .map(|catalogue| ("the catalogue of exploited vulnerabilities is", catalogue.released));
        for (what, as_of) in of_records.into_iter().chain(of_catalogue) {
            let age = now.as_second() - as_of.as_second();
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
        of_api.or_else(|| self.records.as_ref().map(|records| records.index.newest()))
    }

    /// What it is, for people.
    pub fn name(&self) -> String {
        let records = self
            .records
            .as_ref()
            .map(|records| format!("{} as of {}", records.name, to_the_second(records.index.newest())));
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
            lay("exploited_as_of", to_the_second(catalogue.released).into());
            lay("catalogue", super::super::shortened(&catalogue.version, super::LINE).into());
        }
        lay("max_days", days.into());
        Value::Object(told)
    }

    /// Whether records are looked up at all.
    pub const fn has_records(&self) -> bool {
        self.records.is_some() || self.api.is_some()
    }

    /// All records of an id or an alias, with those that the API has; none where none has it. Where a record could not be read, that can't be told.
    pub fn named(&self, id: &str, told: Result<Vec<Record>, Unread>) -> Result<Vec<Record>, Unread> {
        let mut found = self.records.as_ref().map_or_else(|| Ok(Vec::new()), |records| records.named(id))?;
        // Of two states of one record the newer holds.
        for record in told? {
            match found.iter_mut().find(|known| known.id == record.id) {
                Some(known) if known.modified < record.modified => *known = record,
                Some(_) => {}
                None => found.push(record),
            }
        }
        Ok(found)
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
        let found = self.index.named(id).map_err(|broken| self.changed(&broken))?;
        match &self.broken {
            Some(why) if found.is_empty() => Err(Unread {
                why: format!("it is not among the advisories that could be read, and {why}"),
                help: "fetch that record anew, or take it out".to_owned(),
            }),
            _ => Ok(found),
        }
    }

    fn changed(&self, broken: &Broken) -> Unread {
        Unread {
            why: format!("the index of advisories {} can't be read: {broken}", self.name),
            help: "make the index anew with `changegate advisories index`".to_owned(),
        }
    }
}

/// An index of a folder, and why the first of those of its files that are no records is none.
fn folder(files: &Files, path: &Path) -> Result<(Pieces, Option<String>), String> {
    let mut listed = files.list(path, true).map_err(|error| error.to_string())?;
    listed.retain(|listed| listed.path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")));
    if listed.len() > MOST_RECORDS {
        return Err(format!(
            "it holds {} records, and no more than {MOST_RECORDS} are read without an index",
            listed.len()
        ));
    }
    let (mut records, mut broken, mut total) = (Vec::new(), None, 0);
    for file in listed {
        let name = file.path.display().to_string();
        let read = if file.kind == Kind::File {
            files.bytes(&file.path, LONGEST_RECORD).map_err(|error| error.to_string())
        } else {
            Err("it is no ordinary file, and no link is followed".to_owned())
        };
        let why = match read {
            Ok(bytes) if bytes.len() as u64 <= LONGEST_RECORD => {
                total += bytes.len();
                if total > MOST_BYTES {
                    return Err(format!(
                        "its records have more than the {MOST_BYTES} bytes that are read without an index"
                    ));
                }
                records.push((name, bytes));
                continue;
            }
            Ok(_) => format!("it has more than {LONGEST_RECORD} bytes"),
            Err(why) => why,
        };
        broken.get_or_insert_with(|| refused(&name, &why));
    }
    let built = build(records);
    let broken = built.refused.first().map(|(name, problem)| refused(name, problem)).or(broken);
    Ok((Pieces::Whole(built.bytes), broken))
}

fn refused(name: &str, why: &dyn std::fmt::Display) -> String {
    format!("{name} is no record: {why}")
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
