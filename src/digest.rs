//! Digests, by which a run can be told to be the same as another.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256 as `sha256:` and 64 hexadecimal digits.
///
/// ```
/// assert!(changegate::digest::of(b"").starts_with("sha256:e3b0c442"));
/// ```
pub fn of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// One digest over several texts, each with its name; which text ends where is part of it.
pub fn of_all<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> String {
    let mut all = Sha256::new();
    for (name, text) in texts {
        for part in [name, text] {
            all.update((part.len() as u64).to_be_bytes());
            all.update(part);
        }
    }
    hex(&all.finalize())
}

fn hex(digest: &[u8]) -> String {
    let mut text = String::with_capacity(71);
    text.push_str("sha256:");
    for byte in digest {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
