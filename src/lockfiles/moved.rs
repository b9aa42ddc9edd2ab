//! Whether the same version is taken from elsewhere, or is something else than it was.

use super::{Difference, Ecosystem, Hold, Pin, origin};
use std::collections::BTreeSet;

/// What became of what a version stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// A registry never changes what a version stands for, and here it is something else.
    Replaced,
    /// The owner of a tag or a branch has moved it: another commit, another image.
    Moved,
}

impl Difference<'_> {
    /// Where it was taken from and where it is, as written, where these are two places. None is the registry that its tool takes
    /// when the file names none.
    pub fn origins(&self) -> Option<(Option<&str>, Option<&str>)> {
        let (from, to) = (self.from?, self.to?);
        // What an action is named by is its repository; its origin is the folder in it.
        let moved = from.ecosystem != Ecosystem::GitHubActions && place(from) != place(to);
        moved.then_some((from.origin.as_deref(), to.origin.as_deref()))
    }

    /// What became of the contents, where version and place are the same.
    pub fn contents(&self) -> Option<Contents> {
        let (from, to) = (self.from?, self.to?);
        if from.version != to.version || self.origins().is_some() || !differ(from, to) {
            return None;
        }
        let held_by_its_owner = |pin: &Pin| {
            matches!(pin.ecosystem, Ecosystem::Docker | Ecosystem::GitHubActions)
                || pin.hold != Hold::Fixed
                || place(pin).starts_with("git ")
        };
        Some(if held_by_its_owner(from) || held_by_its_owner(to) { Contents::Moved } else { Contents::Replaced })
    }
}

/// Whether digests contradict each other. Files of a version may be added and taken away, so that one side may list more than the other.
fn differ(from: &Pin, to: &Pin) -> bool {
    let kinds = |pin: &Pin| pin.digests.iter().map(|digest| kind(digest).to_owned()).collect::<BTreeSet<_>>();
    let (before, after) = (kinds(from), kinds(to));
    if before.is_empty() || after.is_empty() {
        // That they are lost is told as what was loosened.
        return false;
    }
    let common: BTreeSet<_> = before.intersection(&after).map(String::as_str).collect();
    if common.is_empty() {
        // A tool that is newer takes a stronger one, or a form of its own.
        let is_weak = |kind: &String| matches!(kind.as_str(), "sha1" | "md5");
        return after.iter().any(is_weak) || !before.iter().all(|kind| is_weak(kind) || is_of_a_cache(kind));
    }
    let of = |pin: &'_ Pin| -> BTreeSet<String> {
        pin.digests.iter().filter(|digest| common.contains(kind(digest))).cloned().collect()
    };
    let (before, after) = (of(from), of(to));
    // Each platform of a provider has digests of its own, beside those that all platforms of its release share.
    if from.ecosystem == Ecosystem::Terraform {
        return before.is_disjoint(&after);
    }
    !before.is_subset(&after) && !after.is_subset(&before)
}

/// How a digest was made, as it says: `sha512-…`, `sha256:…`, `10c0/…`; nothing where it has hexadecimal digits alone.
fn kind(digest: &str) -> &str {
    digest.split_once(['-', ':', '=', '/']).map_or("", |(kind, _)| kind)
}

/// Yarn has the version of its cache before a digest: with another one, the same package has another digest.
fn is_of_a_cache(kind: &str) -> bool {
    kind.starts_with(|first: char| first.is_ascii_digit())
}

/// Where a pin is taken from, so that two ways to write one place are equal, and without what changes with the version.
fn place(pin: &Pin) -> String {
    let usual = match pin.ecosystem {
        Ecosystem::Npm => "registry.npmjs.org",
        Ecosystem::PyPi => "pypi.org",
        Ecosystem::Cargo => "crates.io",
        _ => "",
    };
    let Some(written) = pin.origin.as_deref() else { return usual.to_owned() };
    let bare = written.split(['?', '#']).next().unwrap_or(written).trim_end_matches('/');
    if origin::is_git(written) || bare.contains("//codeload.") {
        return repository(bare);
    }
    match bare.trim_start_matches("registry+").trim_start_matches("sparse+") {
        "https://github.com/rust-lang/crates.io-index" | "https://index.crates.io" => return usual.to_owned(),
        "https://pypi.org/simple" | "https://pypi.python.org/simple" => return usual.to_owned(),
        _ => {}
    }
    // A way that is encrypted now is the same way.
    let (scheme, path) = bare.split_once("://").unwrap_or(("", bare));
    let host = path.split('/').next().unwrap_or(path).to_ascii_lowercase();
    if matches!(host.as_str(), "registry.npmjs.org" | "registry.yarnpkg.com") && scheme == "https" {
        return usual.to_owned();
    }
    if host == "files.pythonhosted.org" {
        return host;
    }
    let version = pin.version.as_str();
    let versioned = |part: &&str| *part == version || version.len() > 2 && part.contains(version) || is_digest(part);
    let folders: Vec<_> = path.split('/').skip(1).take_while(|part| !versioned(part)).collect();
    format!("{scheme} {host}/{}", folders.join("/"))
}

fn is_digest(part: &str) -> bool {
    part.len() >= 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A repository of git, however it is reached.
fn repository(address: &str) -> String {
    let bare = address.strip_prefix("git+").unwrap_or(address);
    let bare = match bare.split_once(':') {
        Some((host @ ("github" | "gitlab"), path)) => format!("{host}.com/{path}"),
        Some(("bitbucket", path)) => format!("bitbucket.org/{path}"),
        _ => bare.split_once("://").map_or(bare, |(_, path)| path).to_owned(),
    };
    let bare = bare.rsplit_once('@').map_or(bare.as_str(), |(_, host)| host).replacen(':', "/", 1);
    let (host, path) = bare.split_once('/').unwrap_or((&bare, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("codeload.").unwrap_or(&host);
    let path = path.split_once("/tar.gz/").map_or(path, |(path, _)| path);
    format!("git {host}/{}", path.trim_matches('/').trim_end_matches(".git").to_ascii_lowercase())
}
