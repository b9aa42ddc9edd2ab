//! Answers from an index.

use super::super::Record;
use super::layout::{
    ALIAS, BUCKET, BUCKETS, ENTRY, HEADER, Header, Key, MAGIC, NEWEST, PLACE, SEAL, START, VERSION, bucket, checksum,
    name_key, package_key, take, upstream_key,
};
use super::store::Store;
use crate::versions::Ecosystem;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt;

/// An index that was opened. What it was opened over is read when something is asked.
#[derive(Clone)]
pub struct Index<S> {
    store: S,
    header: Header,
    newest: [Timestamp; NEWEST],
    /// The fans of names and of packages.
    fans: Vec<u8>,
}

/// Why an index can't be read: lower case, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken(pub String);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

impl<S> fmt::Debug for Index<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("header", &self.header).finish_non_exhaustive()
    }
}

/// Whether bytes begin as an index does, of whatever layout.
pub fn is_index(beginning: &[u8]) -> bool {
    beginning.starts_with(&MAGIC)
}

/// Which of the two tables.
#[derive(Clone, Copy)]
enum Table {
    Names,
    Packages,
}

impl<S: Store> Index<S> {
    /// Opens an index: reads its header and the two fans, whatever its size.
    ///
    /// One of another layout, one that has more or fewer bytes than it says, and one whose start was changed are broken.
    pub fn open(store: S) -> Result<Self, Broken> {
        let size = store.size().map_err(unreadable)?;
        if size < START as u64 {
            return Err(Broken("it is too short for an index of advisories".to_owned()));
        }
        let start = read(&store, 0, START)?;
        let mut rest = &*start;
        if take(&mut rest) != Some(MAGIC) {
            return Err(Broken("it is no index of advisories".to_owned()));
        }
        let version = take(&mut rest).map(u32::from_le_bytes);
        if version != Some(VERSION) {
            let version = version.unwrap_or_default();
            return Err(Broken(format!("it has layout {version} and not {VERSION}: build it anew")));
        }
        let header = Header::read(rest).ok_or_else(|| changed("header"))?;
        if header.size != size {
            return Err(Broken(format!("it says that it has {} bytes, and has {size}", header.size)));
        }
        let (sealed, fans) = start.split_at_checked(HEADER + SEAL).ok_or_else(|| changed("header"))?;
        let (sealed, seal) = sealed.split_at_checked(HEADER).ok_or_else(|| changed("header"))?;
        if *Sha256::digest([sealed, fans].concat()) != *seal {
            return Err(changed("header"));
        }
        let mut newest = [Timestamp::UNIX_EPOCH; NEWEST];
        for (time, second) in newest.iter_mut().zip(header.newest) {
            *time = Timestamp::from_second(second).map_err(|_| changed("header"))?;
        }
        let fans = fans.to_vec();
        drop(start);
        Ok(Self { store, header, newest, fans })
    }

    /// How many records it has.
    pub fn len(&self) -> usize {
        self.header.records as usize
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.header.records == 0
    }

    /// As of when the records are, to the second, by which a caller judges the age of the whole: when the newest record changed of the database
    /// (`GHSA`, `RUSTSEC`, by the beginning of its id) that most records are of. A time after `now` is a slip and tells nothing, unless all
    /// are.
    pub fn as_of(&self, now: Timestamp) -> Timestamp {
        let [newest, ..] = self.newest;
        self.newest.into_iter().find(|time| *time <= now).unwrap_or(newest)
    }

    /// SHA-256 of all that it was built of, as 64 hexadecimal digits behind `sha256:`.
    pub fn sources(&self) -> String {
        let hex = self.header.sources.iter().map(|byte| format!("{byte:02x}"));
        std::iter::once("sha256:".to_owned()).chain(hex).collect()
    }

    /// The record of an id, as JSON; of an alias the first in the order of ids. Capitals make no difference.
    pub fn get(&self, id: &str) -> Result<Option<Cow<'_, [u8]>>, Broken> {
        self.found(Table::Names, &name_key(id))?.first().map(|number| self.json(*number)).transpose()
    }

    /// All records that have an id, or have it as an alias: its own first.
    pub fn named(&self, id: &str) -> Result<Vec<Record>, Broken> {
        let mut records = self.records(Table::Names, &name_key(id))?;
        records.retain(|record| record.is_called(id));
        Ok(records)
    }

    /// The records of distributions that have an id in `upstream` and name one of some packages; where none does, the first that has it, which
    /// tells that there is such a vulnerability.
    pub fn downstream(&self, id: &str, packages: &[(Ecosystem<'_>, &str)]) -> Result<Vec<Record>, Broken> {
        let numbers = self.found(Table::Names, &upstream_key(id))?;
        if numbers.is_empty() {
            return Ok(Vec::new());
        }
        let mut about = std::collections::HashSet::new();
        for (ecosystem, package) in packages {
            about.extend(self.found(Table::Packages, &package_key(*ecosystem, package))?);
        }
        let mut own: Vec<u32> = numbers.iter().copied().filter(|number| about.contains(number)).collect();
        if own.is_empty() {
            own.extend(numbers.first());
        }
        let mut records = own.into_iter().map(|number| self.record(number)).collect::<Result<Vec<_>, _>>()?;
        records.retain(|record| record.upstream.iter().any(|other| other.eq_ignore_ascii_case(id)));
        Ok(records)
    }

    /// All records that name a package in any release of its ecosystem, in the order of their ids.
    pub fn package(&self, ecosystem: Ecosystem<'_>, package: &str) -> Result<Vec<Record>, Broken> {
        self.records(Table::Packages, &package_key(ecosystem, package))
    }

    fn records(&self, table: Table, key: &Key) -> Result<Vec<Record>, Broken> {
        self.found(table, key)?.into_iter().map(|number| self.record(number)).collect()
    }

    fn record(&self, number: u32) -> Result<Record, Broken> {
        let json = self.json(number)?;
        Record::parse(&json).map_err(|problem| Broken(format!("record {number} is none: {problem}")))
    }

    /// The numbers of the records of a key: those that have it as their own first.
    fn found(&self, table: Table, key: &Key) -> Result<Vec<u32>, Broken> {
        let (fan, from, count) = match table {
            Table::Names => (0, START as u64, self.header.names),
            Table::Packages => (BUCKETS, self.header.packages_at(), self.header.packages),
        };
        let number = bucket(key);
        let end_of = |number: usize| -> Option<(u32, [u8; BUCKET - 4])> {
            let mut bytes = self.fans.get((fan + number) * BUCKET..)?;
            Some((u32::from_le_bytes(take(&mut bytes)?), take(&mut bytes)?))
        };
        let (end, check) = end_of(number).ok_or_else(|| changed("fan"))?;
        let begin = match number.checked_sub(1) {
            Some(before) => end_of(before).ok_or_else(|| changed("fan"))?.0,
            None => 0,
        };
        let length = end.checked_sub(begin).filter(|_| end <= count).ok_or_else(|| changed("fan"))?;
        let entries = read(&self.store, from + u64::from(begin) * ENTRY as u64, length as usize * ENTRY)?;
        if checksum(&entries) != check {
            return Err(changed("table of entries"));
        }
        let mut numbers = Vec::new();
        for entry in entries.chunks_exact(ENTRY) {
            let mut entry = entry;
            if take(&mut entry).as_ref() == Some(key) {
                numbers.push(take(&mut entry).map(u32::from_le_bytes).ok_or_else(|| changed("table of entries"))?);
            }
        }
        numbers.sort_unstable();
        numbers.iter_mut().for_each(|number| *number &= !ALIAS);
        // A record may have one id twice.
        let mut seen = std::collections::HashSet::new();
        numbers.retain(|number| seen.insert(*number));
        Ok(numbers)
    }

    fn json(&self, number: u32) -> Result<Cow<'_, [u8]>, Broken> {
        if number >= self.header.records {
            return Err(changed("table of entries"));
        }
        let place = read(&self.store, self.header.places_at() + u64::from(number) * PLACE as u64, PLACE)?;
        let (facts, check) = place.split_at_checked(PLACE - BUCKET + 4).ok_or_else(|| changed("table of places"))?;
        if checksum(facts) != check {
            return Err(changed("table of places"));
        }
        let mut facts = facts;
        let from = take(&mut facts).map(u64::from_le_bytes).ok_or_else(|| changed("table of places"))?;
        let length = take(&mut facts).map(u32::from_le_bytes).ok_or_else(|| changed("table of places"))?;
        let room = self.header.size - self.header.size_without_records();
        if from.checked_add(u64::from(length)).is_none_or(|end| end > room) {
            return Err(changed("table of places"));
        }
        let json = read(&self.store, self.header.size_without_records() + from, length as usize)?;
        if checksum(&json) != facts {
            return Err(Broken(format!("record {number} is not as it was built")));
        }
        Ok(json)
    }
}

fn read<S: Store>(store: &S, from: u64, length: usize) -> Result<Cow<'_, [u8]>, Broken> {
    let bytes = store.read(from, length).map_err(unreadable)?;
    if bytes.len() != length {
        return Err(Broken(format!("{} bytes of {length} could be read at {from}", bytes.len())));
    }
    Ok(bytes)
}

fn unreadable(error: std::io::Error) -> Broken {
    Broken(format!("it can't be read: {error}"))
}

fn changed(what: &str) -> Broken {
    Broken(format!("its {what} is not as it was built"))
}
