//! Records and the catalogue from servers: an API of OSV's shape, which is asked by ids, and a file at an address.

use super::Unread;
use super::group::Group;
use crate::advisories::Record;
use crate::exchange::{Failure, FileAddress, Line, Once, Patience, Server, Terms, Why, Wire, all, encoded, told};
use crate::proposal::is_advisory_id;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// More aliases than these of one advisory are not followed; what they would say is then not known.
const MOST_ALIASES: usize = 50;
/// The longest id that is asked for, in bytes.
const LONGEST_ID: usize = 100;
/// How long one request may take.
const EACH: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(500);
const COOLING: Duration = Duration::from_secs(10);

/// An API that answers `GET /v1/vulns/{id}` with a record.
#[derive(Debug)]
pub struct Api {
    name: String,
    line: Line,
    /// What was answered, by the ids that were asked for.
    answered: Mutex<BTreeMap<String, Arc<Once<Found>>>>,
}

/// What an API has under an id.
#[derive(Debug, Clone)]
enum Found {
    Record(Arc<Record>),
    /// No record; the other ids that it says to have records under.
    Nothing(Vec<String>),
}

impl Api {
    /// An API of which nothing was asked yet.
    pub fn new(server: &Server, (own, run): (Duration, &Arc<Patience>), largest: usize) -> Self {
        let line = line(server, (own, run), largest);
        Self { name: server.as_string(), line, answered: Mutex::default() }
    }

    /// Adds to what is known of a vulnerability what the API has under its ids, and under those that its answers name besides. What was `asked`
    /// is not asked again.
    pub fn look_up(&self, group: &mut Group, asked: &mut BTreeSet<String>) -> Result<(), Unread> {
        loop {
            let ids = group.ids().into_iter().filter(|id| can_be_asked(id)).map(spelled);
            let new: BTreeSet<String> = ids.filter(|id| !asked.contains(id)).collect();
            asked.extend(new.iter().cloned());
            if new.is_empty() {
                return Ok(());
            }
            let about = self.about(&spelled(group.id()));
            let others = asked.len().saturating_sub(1);
            if others > MOST_ALIASES {
                let why = format!(
                    "asked {about}, and it has {others} other ids, and no more than {MOST_ALIASES} are looked up"
                );
                return Err(Unread { why, help: "name one of its other ids".to_owned() });
            }
            let found = self.line.ask(&about, async |wire| {
                let found = all(new.iter().map(|id| self.record(wire, id))).await;
                found.into_iter().collect::<Result<Vec<_>, Unread>>()
            })?;
            for (id, found) in new.iter().zip(found) {
                match found {
                    Found::Record(record) => group.take(Record::clone(&record)),
                    Found::Nothing(others) if id.eq_ignore_ascii_case(group.id()) => group.hear_of(others),
                    Found::Nothing(_) => {}
                }
            }
        }
    }

    fn about(&self, id: &str) -> String {
        format!("{} about {id}", self.name)
    }

    async fn record(&self, wire: &Wire, id: &str) -> Result<Found, Unread> {
        // Who asks the same at the same time waits for this answer.
        self.once(id).get_or_try_init(|| self.ask(wire, id)).await.cloned()
    }

    fn once(&self, id: &str) -> Arc<Once<Found>> {
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(answered.entry(id.to_owned()).or_default())
    }

    async fn ask(&self, wire: &Wire, id: &str) -> Result<Found, Unread> {
        let about = self.about(id);
        match wire.page(&about, &format!("/v1/vulns/{}", encoded(id))).await {
            Ok(page) => Ok(Found::Record(Arc::new(read(&about, id, &page.body)?))),
            Err(failure) => Ok(Found::Nothing(absent(failure)?)),
        }
    }
}

fn read(about: &str, id: &str, body: &[u8]) -> Result<Record, Unread> {
    let refused = |why: String| Unread {
        why: format!("asked {about}, and {why}"),
        help:
            "see that `advisories.api` is the address of an API of OSV's shape, and what stands between it and the gate"
                .to_owned(),
    };
    let record = Record::parse(body)
        .map_err(|problem| refused(format!("its answer is no record: {}", told(&problem.to_string()))))?;
    if record.is_called(id) { Ok(record) } else { Err(refused(format!("it answered about `{}`", told(&record.id)))) }
}

/// That there is no record of an id, with the ids that the answer names. Only what an API says of itself is believed: a page that was not
/// found may just as well be that of another server.
fn absent(failure: Failure) -> Result<Vec<String>, Unread> {
    match &failure.why {
        Why::Refused(raw) if raw.status == 404 => match not_found(&raw.body) {
            Some(message) => {
                let words = message.split([' ', ',', ':', '\n']).map(|word| word.trim_end_matches('.'));
                Ok(words.filter(|word| is_advisory_id(word)).map(str::to_owned).collect())
            }
            None => Err(failure.into()),
        },
        _ => Err(failure.into()),
    }
}

/// What an API says that has no such record: the number that gRPC has for it, and that in words. A server between it and the gate has others.
fn not_found(body: &[u8]) -> Option<String> {
    const NOT_FOUND: i64 = 5;
    #[derive(Deserialize)]
    struct Said {
        code: i64,
        message: String,
    }
    let Said { code, message } = serde_json::from_slice(body).ok()?;
    (code == NOT_FOUND && message.to_lowercase().contains("not found")).then_some(message)
}

/// The bytes of a file at an address.
pub fn file(address: &FileAddress, patience: (Duration, &Arc<Patience>), largest: usize) -> Result<Vec<u8>, Unread> {
    let about = format!("{} about the catalogue of exploited vulnerabilities", address.as_string());
    let line = line(&address.server, patience, largest);
    line.ask(&about, async |wire| Ok(wire.page(&about, &address.path).await?.body.to_vec()))
}

/// Nobody is told who asks: these are public.
fn line(server: &Server, (patience, run): (Duration, &Arc<Patience>), largest: usize) -> Line {
    let (server, accept, run) = (server.clone(), "application/json", Some(Arc::clone(run)));
    let terms = Terms { server, patience, run, each: EACH, pause: PAUSE, cooling: COOLING, largest, accept };
    Line::new(terms, None)
}

/// As the databases spell their ids: an API may tell capitals apart.
fn spelled(id: &str) -> String {
    let upper = id.to_ascii_uppercase();
    match upper.split_once('-') {
        Some(("GHSA", rest)) => format!("GHSA-{}", rest.to_ascii_lowercase()),
        Some(("CVE" | "RUSTSEC" | "PYSEC" | "GO" | "MAL" | "OSV" | "DSA" | "DLA" | "USN" | "RHSA", _)) => upper,
        _ => id.to_owned(),
    }
}

fn can_be_asked(id: &str) -> bool {
    id.len() <= LONGEST_ID && id.starts_with(|c: char| c.is_ascii_alphanumeric())
}

impl From<Failure> for Unread {
    fn from(Failure { about, why }: Failure) -> Self {
        let reach = "see that the server can be reached from where the gate runs, and run it again";
        let address = "see that `[advisories]` names the server itself, and what stands between it and the gate";
        let (why, help) = match why {
            Why::Unprepared(why) => (
                format!("no connection can be prepared: {why}"),
                "see why the machine has no more threads or files to give",
            ),
            Why::Late => (
                "it did not answer in time".to_owned(),
                "run it again, or allow more time: `advisories.seconds`, and `evidence.seconds` for all that is asked together",
            ),
            Why::Broken(why) => (format!("the connection failed: {why}"), reach),
            Why::Large => ("its answer is larger than what is read".to_owned(), address),
            Why::TooMuch => (
                "it answers more than can be read".to_owned(),
                "judge fewer proposals at once, or make an index of the records",
            ),
            Why::Elsewhere => ("it leads to another server, or round and round".to_owned(), address),
            Why::Malformed(why) => (why.to_owned(), address),
            Why::Limited(wait) => {
                let long = wait.map_or_else(String::new, |wait| format!(" for {} s", wait.as_secs()));
                (
                    format!("it answers no more questions{long}"),
                    "run it again later, or make an index of the records and name that",
                )
            }
            Why::Refused(raw) => {
                let said = raw.message().map_or_else(String::new, |message| format!(": it says `{}`", told(&message)));
                let help = if raw.status >= 500 { reach } else { address };
                (format!("it answered {}{said}", raw.status), help)
            }
        };
        Self { why: format!("asked {about}, and {why}"), help: help.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::{can_be_asked, spelled};

    #[test]
    fn ids_are_spelled_as_databases_do() {
        for (id, as_is) in [
            ("cve-2021-44228", "CVE-2021-44228"),
            ("ghsa-JFH8-C2JP-5V3Q", "GHSA-jfh8-c2jp-5v3q"),
            ("openSUSE-SU-2024:1-1", "openSUSE-SU-2024:1-1"),
        ] {
            assert_eq!(spelled(id), as_is);
        }
        assert!(can_be_asked("A-1") && !can_be_asked("..") && !can_be_asked("") && !can_be_asked(&"a".repeat(101)));
    }
}
