//! How an index is laid out. All numbers are little-endian.
//!
//! ```text
//! header    magic, version, size, counts of records, names and packages, newest changes, digest of the sources, seal
//! fans      of names, then of packages: for each of 1,024 buckets how many entries it and those before it have, and its checksum
//! entries   of names, then of packages: a key and the number of a record, sorted
//! places    for each record where it is, how long, and its checksum
//! records   as JSON
//! ```
//!
//! A key is the start of the digest of an id, of an id of what a record is downstream of, or of a package; its first ten bits are its bucket. The seal is over the rest of the header and
//! the fans, the fans have checksums of the entries, and the places are held against theirs one by one.

use crate::versions::Ecosystem;
use sha2::{Digest, Sha256};

/// The version of the layout. An index of another version is built anew.
pub const VERSION: u32 = 2;

pub(super) const MAGIC: [u8; 4] = *b"cgai";
pub(super) const BUCKETS: usize = 1024;
/// A bucket: how many entries there are up to its end, and the checksum of its own.
pub(super) const BUCKET: usize = 4 + CHECKSUM;
/// An entry: a key, and a record's number. The highest bit of the number says that the key is an alias.
pub(super) const ENTRY: usize = KEY + 4;
pub(super) const ALIAS: u32 = 1 << 31;
/// A place: where a record begins among the records, how long it is, its checksum, and the checksum of all that.
pub(super) const PLACE: usize = 8 + 4 + CHECKSUM + CHECKSUM;
pub(super) const KEY: usize = 16;
pub(super) const CHECKSUM: usize = 12;
/// Without the seal.
pub(super) const HEADER: usize = 4 + 4 + 8 + 3 * 4 + 4 + NEWEST * 8 + 32;
/// So many times of the newest changes are kept: those that lie in the future are passed over, and records with such a time are few.
pub const NEWEST: usize = 16;
pub(super) const SEAL: usize = 32;
/// What is read when an index is opened.
pub(super) const START: usize = HEADER + SEAL + 2 * BUCKETS * BUCKET;

pub(super) type Key = [u8; KEY];

/// What the header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub size: u64,
    pub records: u32,
    pub names: u32,
    pub packages: u32,
    /// When the records that changed last did, in seconds since 1970, the newest first; what is left over has the time of the last.
    pub newest: [i64; NEWEST],
    /// SHA-256 of all that the index was built of.
    pub sources: [u8; 32],
}

impl Header {
    pub(super) fn write(&self, into: &mut Vec<u8>) {
        into.extend(MAGIC);
        into.extend(VERSION.to_le_bytes());
        into.extend(self.size.to_le_bytes());
        for count in [self.records, self.names, self.packages, 0] {
            into.extend(count.to_le_bytes());
        }
        self.newest.iter().for_each(|time| into.extend(time.to_le_bytes()));
        into.extend(self.sources);
    }

    /// What follows magic and version.
    pub(super) fn read(mut bytes: &[u8]) -> Option<Self> {
        let header = Self {
            size: u64::from_le_bytes(take(&mut bytes)?),
            records: u32::from_le_bytes(take(&mut bytes)?),
            names: u32::from_le_bytes(take(&mut bytes)?),
            packages: u32::from_le_bytes(take(&mut bytes)?),
            newest: {
                let _reserved: [u8; 4] = take(&mut bytes)?;
                let mut newest = [0; NEWEST];
                for time in &mut newest {
                    *time = i64::from_le_bytes(take(&mut bytes)?);
                }
                newest
            },
            sources: take(&mut bytes)?,
        };
        (header.size_without_records() <= header.size).then_some(header)
    }

    /// Where the entries of packages begin, where the places do, and where the records do. No count can make these overflow.
    pub(super) fn packages_at(&self) -> u64 {
        START as u64 + u64::from(self.names) * ENTRY as u64
    }

    pub(super) fn places_at(&self) -> u64 {
        self.packages_at() + u64::from(self.packages) * ENTRY as u64
    }

    pub(super) fn size_without_records(&self) -> u64 {
        self.places_at() + u64::from(self.records) * PLACE as u64
    }
}

/// The next bytes, as many as are wanted.
pub(super) fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*first)
}

pub(super) fn name_key(id: &str) -> Key {
    key("id", &id.to_ascii_uppercase())
}

/// Of what a record is downstream of: it has an id in `upstream`.
pub(super) fn upstream_key(id: &str) -> Key {
    key("upstream", &id.to_ascii_uppercase())
}

/// By the name of the ecosystem without its release: which releases meet is told when a record is read.
pub(super) fn package_key(ecosystem: Ecosystem<'_>, package: &str) -> Key {
    key(&ecosystem.name().to_ascii_lowercase(), &ecosystem.package(package))
}

fn key(kind: &str, text: &str) -> Key {
    let mut digest = Sha256::new();
    digest.update((kind.len() as u64).to_le_bytes());
    digest.update(kind);
    digest.update(text);
    start(&digest.finalize())
}

pub(super) fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    start(&Sha256::digest(bytes))
}

fn start<const N: usize>(digest: &[u8]) -> [u8; N] {
    digest.first_chunk().copied().unwrap_or([0; N])
}

pub(super) fn bucket(key: &Key) -> usize {
    let [first, second, ..] = *key;
    usize::from(first) << 2 | usize::from(second) >> 6
}
