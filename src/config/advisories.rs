//! Where advisories are looked up.

use crate::evidence::{Need, Places, Provider};
use crate::proposal::shape::{Choice, Kind, LINE, Object, choice, field, object};
use crate::proposal::{Tree, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;

pub static ADVISORIES: Object = object(
    "advisories",
    "Where advisories are looked up. Both are files that somebody fetches before the gate runs.",
    &[
        field(
            "records",
            LINE,
            "A folder of records in OSV's form, as OSV's own dumps and the databases of RustSec, Go and PyPI hold them, or an index made of it by \
             `changegate advisories index`.",
        )
        .examples(&[r#""advisories""#, r#""/var/lib/changegate/osv.index""#]),
        field("exploited", LINE, "The catalogue of known exploited vulnerabilities, in the JSON that CISA publishes.")
            .examples(&[r#""known_exploited_vulnerabilities.json""#]),
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
pub fn places(tree: &Tree) -> Places {
    let path = |name| tree.path(&["advisories", name]).and_then(|id| tree.text(id)).map(PathBuf::from);
    let days = match tree.path(&["advisories", "days"]).map(|id| tree.value(id)) {
        Some(Value::Count(days)) => u32::try_from(*days).ok(),
        _ => None,
    };
    let outdated = tree.path(&["advisories", "outdated"]).and_then(|id| tree.text(id));
    Places {
        records: path("records"),
        exploited: path("exploited"),
        days: days.unwrap_or(Places::default().days),
        refuse_older: outdated == Some("unavailable"),
    }
}

/// Without a place nobody is asked, unless the configuration demands an answer that it gives nobody to ask for.
pub fn need(places: &Places, needs: &mut BTreeMap<Provider, Need>) {
    let asked = needs.get(&Provider::Advisories) == Some(&Need::Required);
    if places.is_empty() && !asked {
        needs.insert(Provider::Advisories, Need::Off);
    }
}
