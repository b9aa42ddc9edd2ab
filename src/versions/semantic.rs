//! Semantic Versioning 2.0, as crates.io, npm, Go, Hex and Pub have it.

use semver::Version;

/// A version that may lack its last parts and have a `v` before it: `v1`, `1.2`. Records of advisories leave out zeros.
/// A part that is missing before a pre-release or a build is not filled in: nobody says what `1.2-rc.1` is.
pub(super) fn padded(text: &str) -> Option<Version> {
    let bare = bare(text);
    let missing = match bare.bytes().filter(|byte| *byte == b'.').count() {
        0 => ".0.0",
        1 => ".0",
        _ => "",
    };
    if missing.is_empty() || bare.contains(['-', '+']) {
        return Version::parse(bare).ok();
    }
    Version::parse(&format!("{bare}{missing}")).ok()
}

/// A version with all three parts.
pub(super) fn whole(text: &str) -> Option<Version> {
    Version::parse(bare(text)).ok()
}

fn bare(text: &str) -> &str {
    text.strip_prefix(['v', 'V']).unwrap_or(text)
}
