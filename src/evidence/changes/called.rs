//! The tag that stands in a comment behind a commit: `uses: actions/checkout@8e5e… # v4.1.0`. Whether the commit has it nobody has looked up.

use crate::lockfiles::{Ecosystem, Pin};

/// So many characters of a line are looked through.
const MOST_LOOKED_THROUGH: usize = 1_000;

/// What a comment calls the commit of an action.
pub(super) fn called<'t>(pin: &Pin, lines: &[&'t str]) -> Option<&'t str> {
    let commit = pin.digests.contains(&pin.version);
    if pin.ecosystem != Ecosystem::GitHubActions || !commit {
        return None;
    }
    let line = lines.get((pin.line as usize).checked_sub(1)?)?;
    // Behind so much stands no comment that anybody reads, and a line may hold many pins.
    let line = line.char_indices().nth(MOST_LOOKED_THROUGH).and_then(|(end, _)| line.get(..end)).unwrap_or(line);
    let (_, comment) = line.split_once(pin.version.as_str())?.1.split_once(" #")?;
    let word = comment.split_whitespace().next()?;
    // Tools write `v4.1.0`, `tag=v4.1.0` or `pin@v4.1.0`.
    let tag = word.rsplit(['=', '@']).next()?;
    let number = tag.strip_prefix(['v', 'V']).unwrap_or(tag);
    let is_version = number.starts_with(|first: char| first.is_ascii_digit())
        && number.chars().all(|found| found.is_ascii_alphanumeric() || "._+-".contains(found));
    is_version.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::called;
    use crate::lockfiles::Format;

    const COMMIT: &str = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";

    #[test]
    fn a_comment_calls_a_commit() {
        let of = |uses: String| {
            let text = format!("jobs:\n  a:\n    steps:\n      - uses: {uses}\n");
            let lines: Vec<_> = text.lines().collect();
            called(&Format::Workflow.read(&text).unwrap()[0], &lines).map(str::to_owned)
        };
        for (comment, tag) in [
            ("# v4.1.0", Some("v4.1.0")),
            ("# 4", Some("4")),
            ("# tag=v4.1.0", Some("v4.1.0")),
            ("#pin@v4.1.0 and more", Some("v4.1.0")),
            ("# main", None),
            ("# v4/x", None),
            ("#", None),
            ("", None),
        ] {
            assert_eq!(of(format!("a/b@{COMMIT} {comment}")).as_deref(), tag, "{comment}");
        }
        assert_eq!(of("a/b@v4 # v4.1.0".to_owned()), None);
        assert_eq!(of("docker://a:1 # v4.1.0".to_owned()), None);
    }
}
