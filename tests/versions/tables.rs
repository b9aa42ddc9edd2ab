//! The tables that the ecosystems' own implementations made.

use changegate::versions::{Ecosystem, compare};
use std::cmp::Ordering::{self, Equal, Greater, Less};

/// The tables by the ecosystem whose versions they hold.
pub const TABLES: [(&str, &str); 9] = [
    ("PyPI", include_str!("tables/pypi.tsv")),
    ("Debian:12", include_str!("tables/debian.tsv")),
    ("Alpine:v3.20", include_str!("tables/alpine.tsv")),
    ("Red Hat:enterprise_linux:9::baseos", include_str!("tables/redhat.tsv")),
    ("RubyGems", include_str!("tables/rubygems.tsv")),
    ("Packagist", include_str!("tables/packagist.tsv")),
    ("Maven", include_str!("tables/maven.tsv")),
    ("npm", include_str!("tables/npm.tsv")),
    ("Go", include_str!("tables/go.tsv")),
];

/// The lines of a table: two versions and how they compare.
pub fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, Option<Ordering>, &'static str)> {
    table.lines().map(|line| {
        let mut parts = line.split('\t');
        let (a, sign, b) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let order = match sign {
            "<" => Some(Less),
            "=" => Some(Equal),
            ">" => Some(Greater),
            "?" => None,
            other => panic!("{other} is no sign"),
        };
        (a, order, b)
    })
}

#[test]
fn every_pair_compares_as_its_ecosystem_says() {
    for (name, table) in TABLES {
        let ecosystem = Ecosystem::parse(name);
        let (mut readable, mut refused) = (0, 0);
        for (a, order, b) in rows(table) {
            let ours = compare(ecosystem, a, b);
            // Where its order goes round, the answer of the ecosystem is none of ours: see `maven_goes_round`.
            let goes_round = name == "Maven" && ours.is_none() && order.is_some();
            assert!(ours == order || goes_round, "{name}: {a} and {b}: {ours:?}, and not {order:?}");
            readable += usize::from(order.is_some());
            refused += usize::from(goes_round);
        }
        assert!(readable >= 900, "the table of {name} has {readable} pairs");
        assert!(refused <= 16, "{refused} pairs of the table of {name} are refused");
    }
}
