//! Where a package is taken from: what an address or the name of a commit says about how firmly that is held.

use super::Hold;
use crate::secrets::without_secrets;

/// Between the addresses of a pin that names more than one: any of them may be the one that is taken.
pub(super) const AND: &str = " and ";

/// How firmly a reference to a repository is held. A branch can be named like a version, which no file can tell; git hosts refuse one
/// that is named like a commit.
pub(super) fn of_reference(reference: &str) -> Hold {
    if is_commit(reference) {
        Hold::Fixed
    } else if is_version(reference) {
        Hold::Tag
    } else {
        Hold::Floating
    }
}

/// Whether it is the whole name of a commit, of SHA-1 or SHA-256.
pub(super) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a name looks like a version: `4`, `v4.1.2`, `1.25-alpine`.
pub(super) fn is_version(text: &str) -> bool {
    let digits = text.strip_prefix(['v', 'V']).unwrap_or(text);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.chars().all(|found| found.is_ascii_alphanumeric() || ".-_+".contains(found))
}

/// What an address of git or of an archive of git is held by, and the commit, where it tells one; a registry's is fixed.
pub(super) fn of_address(address: &str) -> (Hold, Option<&str>) {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let reference = if is_git(path) {
        // Yarn writes `#commit=…`, and more behind `&`.
        let named = fragment.split('&').find_map(|part| part.strip_prefix("commit=").or(part.strip_prefix("commit:")));
        named.unwrap_or(fragment)
    } else if let Some((_, reference)) = path.split_once("/tar.gz/").filter(|_| is_archive_of_git(path)) {
        reference
    } else {
        return (Hold::Fixed, None);
    };
    (of_reference(reference), Some(reference).filter(|reference| is_commit(reference)))
}

/// Whether it is one of the ways to write a repository of git.
pub(super) fn is_git(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    ["git+", "git:", "git@", "ssh:", "github:", "gitlab:", "bitbucket:"].iter().any(|start| path.starts_with(start))
        || path.ends_with(".git")
}

/// Whether it is an archive that GitHub makes of a commit.
pub(super) fn is_archive_of_git(address: &str) -> bool {
    let path = address.split_once("://").map_or(address, |(_, path)| path);
    path.starts_with("codeload.github.com/") && path.contains("/tar.gz/")
}

/// The address without what gives access to it, which has no place in a report.
pub(super) fn without_user(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return without_secrets(address) };
    // Browsers and npm take `\` for `/`.
    let host_end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    match rest.get(..host_end).and_then(|host| host.rfind('@')) {
        Some(at) if !scheme.ends_with("ssh") => {
            without_secrets(&format!("{scheme}://{}", rest.get(at + 1..).unwrap_or_default()))
        }
        _ => without_secrets(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMIT: &str = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";

    #[test]
    fn references_are_told_apart() {
        for (reference, hold) in [
            (COMMIT, Hold::Fixed),
            ("v4", Hold::Tag),
            ("1.2.3-rc.1", Hold::Tag),
            ("main", Hold::Floating),
            ("vnext", Hold::Floating),
            ("8e5e7e5x", Hold::Tag),
            ("deadbeef", Hold::Floating),
            ("1/merge", Hold::Floating),
            ("", Hold::Floating),
        ] {
            assert_eq!(of_reference(reference), hold, "{reference}");
        }
    }

    #[test]
    fn addresses_tell_commits() {
        let git = format!("git+ssh://git@github.com/a/b.git#{COMMIT}");
        assert_eq!(of_address(&git), (Hold::Fixed, Some(COMMIT)));
        let berry = format!("https://github.com/a/b.git#head=main&commit={COMMIT}");
        assert_eq!(of_address(&berry), (Hold::Fixed, Some(COMMIT)));
        let archive = format!("https://codeload.github.com/a/b/tar.gz/{COMMIT}");
        assert_eq!(of_address(&archive), (Hold::Fixed, Some(COMMIT)));
        assert_eq!(of_address("https://codeload.github.com/a/b/tar.gz/main"), (Hold::Floating, None));
        assert_eq!(of_address("github:a/b#main"), (Hold::Floating, None));
        assert_eq!(of_address("https://registry.npmjs.org/a/-/a-1.0.0.tgz"), (Hold::Fixed, None));
    }

    #[test]
    fn users_and_passwords_are_left_out() {
        assert_eq!(without_user("https://me:secret@host/a@1"), "https://host/a@1");
        assert_eq!(without_user("https://host/a@1"), "https://host/a@1");
        assert_eq!(without_user(r"https://evil.com\@host/a"), r"https://evil.com\@host/a");
        assert_eq!(without_user("git+ssh://git@host/a"), "git+ssh://git@host/a");
        assert_eq!(without_user("../folder"), "../folder");
    }
}
