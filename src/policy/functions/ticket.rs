//! Whether a text names another upgrade: by its ticket, or by the id of its proposal.

use super::mention::mentions;
use super::proposal::Proposal;
use crate::proposal::Tree;
use std::collections::HashSet;

/// What a proposal calls its own, none of which is another upgrade.
#[derive(Debug, Default)]
struct Own<'t> {
    ticket: &'t str,
    id: &'t str,
    /// How its tickets begin, in small letters: `ops-` where its own is OPS-812.
    stems: Vec<String>,
}

/// Words behind which a number is that of a ticket, even in small letters.
const NOUNS: [&str; 5] = ["incident", "issue", "task", "ticket", "tickets"];
/// Parts of addresses behind which a ticket stands.
const PATHS: [&str; 7] =
    ["/browse/", "/issues/", "/merge_requests/", "/pull/", "/ticket/", "/tickets/", "/work_items/"];
/// What looks like a ticket and is the name of a standard, a product or a part of a machine.
const OTHERWISE: &str = "AES ANSI ARGON ASCII BASE BLAKE CAT CENTOS CET COVID CP CPU CRC CVE CWE DAY DDR DEBIAN DES DIN EBCDIC ECMA ED EN \
    FIPS GB GCM GMT HOST HTTP HTTPS IBM IEC IEEE ISO JAVA JDK JRE KB LATIN LTO MPEG MSSQL MYSQL NIST NODE NVME \
    ORACLE PCI PHASE PHP PORT POSTGRES POSTGRESQL RACK RAID RHEL ROOM ROW RSA SAS SATA SCRAM SCSI SERVER SHA SITE \
    SOC SQL SSL STAGE STEP SUSE TCP TIER TLS UBUNTU UDP UTC UTF VLAN WAVE WINDOWS ZONE";

impl Proposal<'_> {
    /// See `names_ticket` in [`super::proposal::FUNCTIONS`].
    pub fn names_ticket(&mut self, text: &str) -> bool {
        let [ticket, id] = ["ticket", "id"].map(|name| self.text(Some(Tree::ROOT), name).unwrap_or_default());
        let own = Own { ticket, id, stems: stems(ticket) };
        names_another(text, &own, self.labels())
    }
}

/// How the tickets of a tracker begin, of which one is known; none where a number is all of it.
fn stems(ticket: &str) -> Vec<String> {
    let last = ticket.rsplit(['/', '=']).next().unwrap_or_default();
    let begin = |ticket: &str| ticket.trim_end_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let mut stems: Vec<_> = [ticket, last].iter().filter(|one| is_numbered(one)).map(|one| begin(one)).collect();
    stems.retain(|stem| stem.contains(char::is_alphabetic));
    stems
}

fn is_numbered(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text names another upgrade. `labels` are names and numbers of versions, in small letters, that it may name besides.
fn names_another(text: &str, own: &Own<'_>, labels: &HashSet<String>) -> bool {
    let mut before = "";
    for word in text.split(|c: char| !c.is_ascii_alphanumeric() && !"-_#/.:?=&%+~@".contains(c)) {
        // A stroke stands between two tickets, or in what names one.
        let whole = word.contains("://") || word.contains('#');
        let parts = word.split(|c| c == '/' && !whole);
        for part in parts.map(|part| part.trim_end_matches(['.', ':', '?', '-', '/'])).filter(|part| !part.is_empty()) {
            if is_another(part, before, own, labels) {
                return true;
            }
            before = part;
        }
    }
    false
}

fn is_another(word: &str, before: &str, own: &Own<'_>, labels: &HashSet<String>) -> bool {
    if mentions(word, own.ticket) {
        return false;
    }
    let small = word.to_lowercase();
    let of_ours = |stem: &String| small.strip_prefix(stem.as_str()).is_some_and(is_number);
    if labels.contains(&small) || small == own.id.to_lowercase() {
        return false;
    }
    if own.stems.iter().any(of_ours) {
        return true;
    }
    if word.contains("://") {
        return PATHS.iter().any(|path| word.split_once(path).is_some_and(|(_, rest)| begins_with_ticket(rest)));
    }
    if let Some((_, number)) = word.rsplit_once('#') {
        // Of the number of a machine one digit is enough.
        return is_number(number) && number.len() >= 2;
    }
    let before = before.to_lowercase();
    if NOUNS.contains(&&*before) && begins_with_ticket(word) {
        return true;
    }
    if before == "proposal" && is_id(word) {
        return true;
    }
    is_ticket(word, labels)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a number, or letters and a number, stand before whatever follows: `813/diffs`, `PAY-813?focused=1`.
fn begins_with_ticket(text: &str) -> bool {
    let ticket = text.split(['/', '?', '#']).next().unwrap_or_default();
    is_number(ticket.rsplit('-').next().unwrap_or_default())
}

/// Whether a word is made as the id of a proposal, and no plain word.
fn is_id(word: &str) -> bool {
    let inner = word.contains(['-', '_']) || word.contains(|c: char| c.is_ascii_digit());
    inner && word.contains(|c: char| c.is_ascii_alphabetic())
}

/// Whether a word is letters and a number, as a tracker makes them: `OPS-813`, `CHG0031234`, `pay-4711`.
fn is_ticket(word: &str, labels: &HashSet<String>) -> bool {
    let begin = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let (number, joined) = (&word[begin.len()..], begin.ends_with('-'));
    let key = begin.strip_suffix('-').unwrap_or(begin);
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let least = match (key.chars().any(|c| c.is_ascii_lowercase()), joined, key.len()) {
        (_, _, 0 | 1) => return false,
        // `PG-16`, `AZ-12`: two letters are often a name.
        (false, true, 2) | (false, false, 3..) => 3,
        (false, true, _) => 2,
        // `step-12`, `rack-104`: so are small ones.
        (true, true, _) => 4,
        _ => return false,
    };
    is_key
        && number.len() >= least
        && !OTHERWISE.split(' ').any(|name| name.eq_ignore_ascii_case(key))
        // `PGSQL-16` is the version that is brought.
        && !labels.contains(number)
}

#[cfg(test)]
mod tests {
    use super::{Own, names_another, stems};

    fn asked(text: &str, ticket: &str) -> bool {
        let labels = ["dc-119", "berlin-1", "16", "16.4", "15", "15.8"].map(str::to_owned).into();
        names_another(text, &Own { ticket, id: "pay-b2", stems: stems(ticket) }, &labels)
    }

    #[test]
    fn another_upgrade_has_a_ticket_or_an_id() {
        for text in [
            "by OPS-813 on 10 December",
            "PAY-4711 brings it",
            "brought by (SVC-119), at night",
            "after OPS-812, by OPS-7.",
            "by ops-813",
            "TASK4712 brings it",
            "RITM0012399 brings it on 20 December",
            "CHG0031234: 10 December",
            "brought by pay-4711",
            "OPS-812/OPS-813 bring it",
            "IT-813 brings it",
            "#813 brings it",
            "acme/payments#4711 brings it",
            "ticket 813 brings it",
            "by Ticket pay-81",
            "https://jira.example.com/browse/PAY-813?focused=1",
            "https://git.example.com/x/-/merge_requests/9",
            "https://github.com/x/infra/issues/813.",
            "by proposal pay-b1 on 13 December",
            "チケットOPS-813で",
        ] {
            assert!(asked(text, "OPS-812"), "{text}");
        }
        assert!(asked("TASK4712 brings it", "TASK4711"));
        assert!(asked("by AZ-9", "AZ-12"));
        assert!(asked("by AZ-9", "https://jira.example.com/browse/AZ-12"));
    }

    #[test]
    fn what_looks_like_a_ticket_is_none() {
        for text in [
            "",
            "first",
            "by OPS-812, as planned here",
            "see https://jira.example.com/browse/OPS-812 for it",
            "its UTF-8 collation is checked first",
            "checksums by SHA-256",
            "checksums by SHA256, in UTF-16",
            "RAID-10 pair, follows berlin-1 at 02:10",
            "a PG-16 cluster is built",
            "a PGSQL-16 cluster is built",
            "by the CHG board's wish, 20 minutes later",
            "follows over X-12 and the X-connect, see the INCREMENTAL plan",
            "brought there by T-Systems, after EU-1 and AZ-12",
            "in place as PG-16.4 since Monday",
            "server #2 of the pair follows",
            "behind DC-119, like berlin-1",
            "on port-5432 of rack-104",
            "step-12 and follows-813",
            "see https://git.example.com/infra/pull/notes1",
            "see https://git.example.com/runbooks/pg-16.md#12",
            "on the ticket of ours, and this proposal 20 minutes later",
            "as this proposal says",
            "by proposal pay-b2",
            "by proposal berlin-1",
            "ticket 16 says so",
            "P1 of Q42, GPT4711x",
            "-813 and _-813",
        ] {
            assert!(!asked(text, "OPS-812"), "{text}");
        }
        // A number alone says nothing of how others begin.
        assert!(!asked("20 minutes later", "4711"));
        assert!(!asked("by TASK4711", "TASK4711"));
    }
}
