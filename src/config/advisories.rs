//! Where advisories are looked up.

use crate::evidence::{Need, Places, Provider};
use crate::exchange::{FileAddress, Server};
use crate::finding::Fault;
use crate::proposal::Tree;
use crate::proposal::shape::{Choice, Kind, LINE, Object, choice, field, object};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

pub static ADVISORIES: Object = object(
    "advisories",
    "Where advisories are looked up: in files that somebody fetches before the gate runs, or on servers that it asks.",
    &[
        field(
            "records",
            LINE,
            "A folder of records in OSV's form, as OSV's own dumps and the databases of RustSec, Go and PyPI hold them, or an index made of it by \
             `changegate advisories index`.",
        )
        .examples(&[r#""advisories""#, r#""/var/lib/changegate/osv.index""#]),
        field(
            "api",
            LINE,
            "The address of an API of OSV's shape, which is asked for each advisory by its id; what it tells and what `records` have counts together. No token is sent.",
        )
        .examples(&[r#""https://api.osv.dev""#]),
        field(
            "exploited",
            LINE,
            "The catalogue of known exploited vulnerabilities, in the JSON that CISA publishes: a file, or the address of one.",
        )
        .examples(&[
            r#""known_exploited_vulnerabilities.json""#,
            r#""https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json""#,
        ]),
        field(
            "seconds",
            Kind::Count { min: 1, max: 900, unit: "seconds" },
            "How long all questions of a run to the API may take together, and how long the catalogue may take; 30 when left out.",
        )
        .examples(&["30"]),
        field(
            "days",
            Kind::Count { min: 1, max: 366, unit: "days" },
            "How many days old either may be, by the newest change of a record and the day of release; 7 when left out.",
        )
        .examples(&["7"]),
        field("outdated", Kind::Choice(OUTDATED), "What comes of older ones; `warn` when left out."),
    ],
);

const OUTDATED: &[Choice] = &[
    choice("warn", "They are used, and a finding says how old they are."),
    choice("unavailable", "They are not believed: what they would tell is unavailable."),
];

/// What `[advisories]` says.
pub fn read(tree: &Tree, faults: &mut Vec<Fault>) -> Places {
    let node = |name| tree.path(&["advisories", name]);
    let text = |name| node(name).and_then(|id| tree.text(id));
    let count = |name| super::number(tree, &["advisories", name]);
    let usual = Places::default();
    let mut places = Places {
        records: text("records").map(PathBuf::from),
        days: count("days").and_then(|days| u32::try_from(days).ok()).unwrap_or(usual.days),
        patience: count("seconds").map_or(usual.patience, |seconds| Duration::from_secs(seconds as u64)),
        refuse_older: text("outdated") == Some("unavailable"),
        ..usual
    };
    let mut refused = |id, what, why: String| faults.push(super::refused(tree, id, what, &why));
    if let (Some(id), Some(api)) = (node("api"), text("api")) {
        match Server::parse(api) {
            Ok(server) => places.api = Some(server),
            Err(why) => refused(id, "the address of an API", why),
        }
    }
    match (node("exploited"), text("exploited")) {
        (Some(id), Some(text)) if is_address(text) => match FileAddress::parse(text) {
            Ok(address) => places.exploited_at = Some(address),
            Err(why) => refused(id, "the address of the catalogue", why),
        },
        (_, text) => places.exploited = text.map(PathBuf::from),
    }
    places
}

/// Whether something is an address, and no path.
fn is_address(text: &str) -> bool {
    let start = text.trim_start().to_ascii_lowercase();
    start.starts_with("https:") || start.starts_with("http:")
}

/// Without a place nobody is asked, unless the configuration demands an answer that it gives nobody to ask for.
pub fn need(tree: &Tree, needs: &mut BTreeMap<Provider, Need>) {
    let asked = needs.get(&Provider::Advisories) == Some(&Need::Required);
    let named = ["records", "api", "exploited"].iter().any(|name| tree.path(&["advisories", name]).is_some());
    if !named && !asked {
        needs.insert(Provider::Advisories, Need::Off);
    }
}
