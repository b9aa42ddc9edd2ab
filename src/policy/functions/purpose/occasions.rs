//! The words of occasions: a version is out, somebody recommends it, others have it, it is old.

/// Words of occasions, in lower case. A text speaks of an occasion when it has a word of each of two groups.
pub const NEW: &[&str] =
    &["new", "newer", "newest", "latest", "recent", "current", "fresh", "modern", "last", "next", "later"];
pub const OLD: &[&str] = &["old", "older", "outdated", "obsolete", "aged", "aging", "ageing", "behind", "dated"];
pub const RELEASE: &[&str] = &["version", "versions", "release", "releases", "build", "upgrade", "update", "updates"];
pub const OUT: &[&str] =
    &["out", "available", "released", "published", "appeared", "exists", "came", "shipped", "announced"];
/// Before "out" they say that something ends.
pub const RUNS: &[&str] = &["run", "runs", "ran", "running"];
pub const MAKER: &[&str] = &[
    "vendor",
    "vendors",
    "maker",
    "makers",
    "manufacturer",
    "supplier",
    "upstream",
    "developers",
    "maintainers",
    "consultant",
    "dependabot",
    "renovate",
];
pub const ADVISES: &[&str] = &[
    "recommends",
    "recommended",
    "recommend",
    "recommendation",
    "advises",
    "advised",
    "advice",
    "suggests",
    "suggested",
    "suggestion",
    "urges",
    "encourages",
    "prefers",
];
/// What a maker does: of anybody else it may be a demand.
pub const SAYS: &[&str] = &["says", "said", "wants", "wanted", "asks", "asked", "proposes", "proposed", "opened"];
pub const OTHERS: &[&str] = &["other", "others", "another", "everyone", "everybody", "else", "competitors", "sister"];
/// Those of one's own house, who are others where they did it before.
pub const PEERS: &[&str] = &["team", "teams", "colleague", "colleagues", "department", "departments"];
pub const DID: &[&str] = &[
    "did",
    "done",
    "uses",
    "use",
    "using",
    "runs",
    "run",
    "upgraded",
    "updated",
    "migrated",
    "switched",
    "moved",
    "installed",
    "went",
];
pub const MOVE: &[&str] = &[
    "upgrade",
    "upgrades",
    "upgrading",
    "update",
    "updates",
    "updating",
    "bump",
    "bumps",
    "move",
    "moves",
    "moving",
    "go",
    "switch",
    "migrate",
    "install",
    "installs",
    "get",
    "stay",
    "keep",
    "keeps",
    "remain",
    "be",
    "catch",
];
pub const CURRENT: &[&str] = &["up to date", "keep current", "stay current", "keep up", "catch up", "greatest"];
/// What is the same elsewhere may be needed so.
pub const ALIKE: &[&str] = &["same version", "same release"];
