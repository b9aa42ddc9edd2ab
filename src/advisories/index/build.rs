//! Building an index.

use super::super::{Problem, Record};
use super::layout::{
    ALIAS, BUCKETS, Header, Key, NEWEST, START, bucket, checksum, name_key, package_key, upstream_key,
};
use crate::versions::Ecosystem;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// An index, and what could not become part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// The index.
    pub bytes: Vec<u8>,
    /// How many records are in it.
    pub records: usize,
    /// What was given and is no record, by the names given, with the reason. What should be in an index and is not will be taken for
    /// something that nobody knows of: say so.
    pub refused: Vec<(String, Problem)>,
}

/// A record on its way into an index.
struct Kept {
    modified: i64,
    json: Vec<u8>,
    /// The letters before the first hyphen of its id: whose record it is.
    database: String,
    names: Vec<Key>,
    upstream: Vec<Key>,
    packages: Vec<Key>,
}

/// Builds an index of records, each with the name of its file. The order in which they come makes no difference to the bytes.
///
/// Of several records with one id the one that was changed last is kept; where that does not tell them apart and they differ, one of them is
/// refused.
///
/// An index has up to two thousand million records, and four thousand million bytes of one: more is refused.
pub fn build<N: AsRef<str>, B: AsRef<[u8]>>(records: impl IntoIterator<Item = (N, B)>) -> Built {
    let mut kept: HashMap<String, Kept> = HashMap::new();
    let (mut refused, mut digests) = (Vec::new(), Vec::new());
    for (name, bytes) in records {
        let (name, bytes) = (name.as_ref(), bytes.as_ref());
        digests.push(source(name, bytes));
        let record = match Record::parse(bytes).and_then(|record| Ok((keep(&record)?, record.id))) {
            Ok((record, id)) if kept.len() < ALIAS as usize => (id, record),
            Ok(_) => {
                refused.push((name.to_owned(), Problem::whole("the index is full")));
                continue;
            }
            Err(problem) => {
                refused.push((name.to_owned(), problem));
                continue;
            }
        };
        let (id, new) = record;
        match kept.get_mut(&id) {
            None => {
                kept.insert(id, new);
            }
            Some(old) if old.json == new.json => {}
            Some(old) => {
                if old.modified == new.modified {
                    let why = format!("another record of `{id}` that was changed at the same time differs");
                    refused.push((name.to_owned(), Problem::whole(why)));
                }
                // At the same time either does, as long as it does not hang on which came first.
                if (new.modified, &new.json) > (old.modified, &old.json) {
                    *old = new;
                }
            }
        }
    }
    digests.sort_unstable();
    let mut sources = Sha256::new();
    digests.iter().for_each(|digest| sources.update(digest));
    let mut kept: Vec<_> = kept.into_iter().collect();
    kept.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    refused.sort_by(|a, b| a.0.cmp(&b.0));
    let records: Vec<_> = kept.into_iter().map(|(_, record)| record).collect();
    Built { records: records.len(), bytes: laid_out(&records, sources.finalize().into()), refused }
}

fn source(name: &str, bytes: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update((name.len() as u64).to_le_bytes());
    digest.update(name);
    digest.update(bytes);
    digest.finalize().into()
}

fn keep(record: &Record) -> Result<Kept, Problem> {
    let json = serde_json::to_vec(record)?;
    if u32::try_from(json.len()).is_err() {
        return Err(Problem::whole("the record is too large for an index"));
    }
    let packages = record.affected.iter().filter_map(|entry| entry.package.as_ref());
    let packages = packages.map(|package| package_key(Ecosystem::parse(&package.ecosystem), &package.name));
    let mut packages: Vec<_> = packages.collect();
    packages.sort_unstable();
    packages.dedup();
    Ok(Kept {
        modified: record.modified.as_second(),
        json,
        database: record.id.split('-').next().unwrap_or_default().to_ascii_uppercase(),
        names: record.names().map(name_key).collect(),
        upstream: record.upstream.iter().map(|id| upstream_key(id)).collect(),
        packages,
    })
}

/// The bytes of an index.
fn laid_out(records: &[Kept], sources: [u8; 32]) -> Vec<u8> {
    let (mut names, mut packages) = (Vec::new(), Vec::new());
    for (number, record) in (0u32..).zip(records) {
        for (place, key) in record.names.iter().enumerate() {
            names.push((*key, if place == 0 { number } else { number | ALIAS }));
        }
        names.extend(record.upstream.iter().map(|key| (*key, number)));
        packages.extend(record.packages.iter().map(|key| (*key, number)));
    }
    for entries in [&mut names, &mut packages] {
        entries.sort_unstable();
        entries.dedup();
    }
    let mut header = Header {
        size: 0,
        records: count(records),
        names: count(&names),
        packages: count(&packages),
        newest: newest(records),
        sources,
    };
    header.size = header.size_without_records() + records.iter().map(|record| record.json.len() as u64).sum::<u64>();

    let mut tables = Vec::new();
    let mut fans = Vec::new();
    for entries in [&names, &packages] {
        fan(entries, &mut fans, &mut tables);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(header.size).unwrap_or_default());
    header.write(&mut bytes);
    let seal = Sha256::digest([&bytes[..], &fans[..]].concat());
    bytes.extend(seal);
    bytes.extend(fans);
    debug_assert_eq!(bytes.len(), START);
    bytes.extend(tables);
    let mut from = 0u64;
    for record in records {
        let mut place = from.to_le_bytes().to_vec();
        place.extend(count(&record.json).to_le_bytes());
        place.extend(checksum(&record.json));
        let check = checksum(&place);
        bytes.extend(place);
        bytes.extend(check);
        from += record.json.len() as u64;
    }
    records.iter().for_each(|record| bytes.extend(&record.json));
    bytes
}

/// When those records changed last that tell how old the whole is: those of the database that most are of. One's own record, that was written
/// beside them yesterday, makes them no younger. Of databases with equally many it is the one that is oldest.
fn newest(records: &[Kept]) -> [i64; NEWEST] {
    let mut databases: HashMap<&str, Vec<i64>> = HashMap::new();
    for record in records {
        databases.entry(&record.database).or_default().push(record.modified);
    }
    let mut times: Vec<_> = databases.into_values().collect();
    times.iter_mut().for_each(|times| times.sort_unstable_by(|a, b| b.cmp(a)));
    times.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    let times = times.into_iter().next().unwrap_or_default();
    let last = times.last().copied().unwrap_or_default();
    std::array::from_fn(|place| times.get(place).copied().unwrap_or(last))
}

/// Sorted entries by their buckets.
fn fan(entries: &[(Key, u32)], fans: &mut Vec<u8>, tables: &mut Vec<u8>) {
    let mut end = 0;
    for number in 0..BUCKETS {
        let begin = end;
        end += entries.iter().skip(begin).take_while(|(key, _)| bucket(key) == number).count();
        let mut table = Vec::new();
        for (key, record) in entries.get(begin..end).unwrap_or_default() {
            table.extend(key);
            table.extend(record.to_le_bytes());
        }
        fans.extend(u32::try_from(end).unwrap_or(u32::MAX).to_le_bytes());
        fans.extend(checksum(&table));
        tables.extend(table);
    }
}

/// As many as there are: an index has fewer than four thousand million of anything.
fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
