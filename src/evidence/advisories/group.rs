//! Which records are about one vulnerability. Databases have records of their own of it, each with its own id, and what is known must not
//! depend on the one by which it is named.

use crate::advisories::Record;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What was found under the ids of a vulnerability.
#[derive(Debug)]
pub struct Group {
    id: String,
    now: Timestamp,
    /// By their ids.
    found: BTreeMap<String, Record>,
    /// Further ids that somebody says it to have.
    said: Vec<String>,
}

impl Group {
    /// Of the vulnerability of an id nothing was found yet.
    pub fn new(id: &str, now: Timestamp) -> Self {
        Self { id: id.to_owned(), now, found: BTreeMap::new(), said: Vec::new() }
    }

    /// The id by which it is named.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The time by which is judged.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// Takes a record that was found under one of its ids. Of two states of one record the newer holds.
    pub fn take(&mut self, record: Record) {
        match self.found.get_mut(&record.id) {
            Some(known) if known.modified >= record.modified => {}
            Some(known) => *known = record,
            None => drop(self.found.insert(record.id.clone(), record)),
        }
    }

    /// Ids under which there are records of it, as somebody says.
    pub fn hear_of(&mut self, ids: Vec<String>) {
        self.said.extend(ids);
    }

    /// The ids under which there may be records of it.
    pub fn ids(&self) -> BTreeSet<&str> {
        let (records, cves) = self.told();
        let own = std::iter::once(self.id.as_str()).chain(self.said.iter().map(String::as_str));
        // Under another CVE there are the records of another vulnerability.
        let foreign = |name: &str| !cves.is_empty() && cve(name).is_some_and(|cve| !cves.contains(&cve));
        own.chain(records.iter().flat_map(|record| names(record)).filter(|name| !foreign(name))).collect()
    }

    /// The records that are about it: those that are called by the id, and those that share an id with one of these. Where none that is called
    /// so stands any more, those that were withdrawn.
    pub fn records(&self) -> Vec<&Record> {
        self.told().0
    }

    /// The records, and the CVE that it is: a record may be about several, and the others are no business of it.
    fn told(&self) -> (Vec<&Record>, BTreeSet<String>) {
        let called = self.found.values().filter(|record| record.is_called(&self.id));
        let (mut records, withdrawn): (Vec<&Record>, Vec<_>) = called.partition(|record| stands(record, self.now));
        let mut cves = cve(&self.id).map_or_else(|| cves_of(&records), |cve| BTreeSet::from([cve]));
        if records.is_empty() {
            return (withdrawn, cves);
        }
        loop {
            let ids: BTreeSet<String> =
                records.iter().flat_map(|record| names(record)).map(str::to_ascii_uppercase).collect();
            let joins = |record: &&Record| {
                let own = cves_of(&[*record]);
                stands(record, self.now)
                    && names(record).any(|name| ids.contains(&name.to_ascii_uppercase()))
                    && (cves.is_empty() || own.is_empty() || !own.is_disjoint(&cves))
                    && !records.iter().any(|known| known.id == record.id)
            };
            let joined: Vec<_> = self.found.values().filter(joins).collect();
            if joined.is_empty() {
                return (records, cves);
            }
            if cves.is_empty() {
                cves = cves_of(&joined);
            }
            records.extend(joined);
        }
    }
}

/// Whether a record holds: it was not withdrawn, or will only be.
pub fn stands(record: &Record, now: Timestamp) -> bool {
    record.withdrawn.is_none_or(|at| at > now)
}

/// The ids of what a record is about. A distribution's record of one vulnerability is about that, too.
fn names(record: &Record) -> impl Iterator<Item = &str> {
    let only = if let [only] = &*record.upstream { Some(only.as_str()) } else { None };
    record.names().chain(only)
}

fn cves_of(records: &[&Record]) -> BTreeSet<String> {
    records.iter().flat_map(|record| names(record)).filter_map(cve).collect()
}

/// An id as that of a CVE.
fn cve(id: &str) -> Option<String> {
    Some(id.to_ascii_uppercase()).filter(|id| id.starts_with("CVE-"))
}

#[cfg(test)]
mod tests {
    use super::Group;
    use crate::advisories::Record;
    use jiff::Timestamp;

    fn record(id: &str, aliases: &[&str], more: &str) -> Record {
        let text = format!(r#"{{ "id": "{id}", "modified": "2026-01-01T00:00:00Z", "aliases": {aliases:?}{more} }}"#);
        Record::parse(text.as_bytes()).expect("a record")
    }

    /// The ids of the records, and those that are looked up, of an id under which all of some records were found.
    fn group(id: &str, records: &[Record]) -> (Vec<String>, Vec<String>) {
        let mut group = Group::new(id, "2026-06-01T00:00:00Z".parse::<Timestamp>().expect("a time"));
        records.iter().cloned().for_each(|record| group.take(record));
        let mut told: Vec<_> = group.records().into_iter().map(|record| record.id.clone()).collect();
        told.sort();
        (told, group.ids().into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn whichever_id_is_named_the_same_records_tell() {
        let records = [
            record("RUSTSEC-2026-0001", &["CVE-2026-1", "GHSA-1"], ""),
            record("GHSA-1", &["CVE-2026-1"], ""),
            record("PYSEC-2026-1", &["cve-2026-1"], ""),
            record("GHSA-2", &["CVE-2026-2"], ""),
        ];
        for id in ["RUSTSEC-2026-0001", "GHSA-1", "ghsa-1", "CVE-2026-1", "PYSEC-2026-1"] {
            assert_eq!(group(id, &records).0, ["GHSA-1", "PYSEC-2026-1", "RUSTSEC-2026-0001"], "{id}");
        }
        assert_eq!(group("GHSA-2", &records).0, ["GHSA-2"]);
        assert!(group("GHSA-3", &records).0.is_empty());
    }

    /// One that is about two vulnerabilities does not make them one.
    #[test]
    fn another_cve_is_another_vulnerability() {
        let both = record("GO-2026-1", &["CVE-2026-1", "CVE-2026-2"], "");
        let records = [both, record("GHSA-1", &["CVE-2026-1"], ""), record("GHSA-2", &["CVE-2026-2"], "")];
        let (told, ids) = group("CVE-2026-1", &records);
        assert_eq!(told, ["GHSA-1", "GO-2026-1"]);
        assert_eq!(ids, ["CVE-2026-1", "GHSA-1", "GO-2026-1"]);
        assert_eq!(group("GHSA-2", &records).0, ["GHSA-2", "GO-2026-1"]);
        assert_eq!(group("GO-2026-1", &records).0, ["GHSA-1", "GHSA-2", "GO-2026-1"]);
    }

    #[test]
    fn what_is_withdrawn_leads_to_nothing_else() {
        let gone = |at: &str| record("GHSA-1", &["CVE-2026-1"], &format!(r#", "withdrawn": "{at}""#));
        let other = record("GHSA-2", &["CVE-2026-1"], "");
        let records = [gone("2026-05-31T00:00:00Z"), other.clone()];
        assert_eq!(group("GHSA-1", &records).0, ["GHSA-1"]);
        assert_eq!(group("CVE-2026-1", &records).0, ["GHSA-2"]);
        assert_eq!(group("GHSA-1", &[gone("2026-06-02T00:00:00Z"), other]).0, ["GHSA-1", "GHSA-2"]);
    }

    /// A distribution's record of one vulnerability tells what those of that one do; a bulletin about several is by itself.
    #[test]
    fn a_record_downstream_of_one_is_about_that_one() {
        let records = [
            record("DEBIAN-CVE-2026-1", &[], r#", "upstream": ["CVE-2026-1"]"#),
            record("DSA-1", &[], r#", "upstream": ["CVE-2026-1", "CVE-2026-2"]"#),
            record("CVE-2026-1", &[], ""),
        ];
        assert_eq!(group("DEBIAN-CVE-2026-1", &records).0, ["CVE-2026-1", "DEBIAN-CVE-2026-1"]);
        assert_eq!(group("DSA-1", &records).0, ["DSA-1"]);
    }
}
