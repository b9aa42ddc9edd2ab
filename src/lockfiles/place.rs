//! Where a pin is taken from, so that two ways to write one place are equal, and without what changes with the version.

use super::{Ecosystem, Pin, npm, origin};

/// A registry, a repository or a folder of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    at: String,
    /// Whether anybody on the way can put in something else.
    open: bool,
}

impl Place {
    pub(super) fn of(pin: &Pin) -> Self {
        let Some(written) = pin.origin.as_deref() else {
            return Self { at: usual(pin.ecosystem).to_owned(), open: false };
        };
        if pin.ecosystem == Ecosystem::Docker {
            return Self { at: written.to_ascii_lowercase(), open: false };
        }
        let addresses = || written.split(origin::AND);
        let open = addresses().any(|address| {
            let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
            matches!(scheme.trim_start_matches("git+"), "http" | "git")
        });
        let at: Vec<_> = addresses().map(|address| at(pin, address)).collect();
        Self { at: at.join(origin::AND), open }
    }

    /// Whether it is the same place. A way that is encrypted now is the same way, and one that no longer is is another.
    pub(super) fn is_as_good_as(&self, earlier: &Self) -> bool {
        self.at == earlier.at && (earlier.open || !self.open)
    }

    /// Whether it is where the package of its name is found without a word about the place.
    pub(super) fn is_usual(&self, pin: &Pin) -> bool {
        let of_gems = pin.ecosystem == Ecosystem::RubyGems && self.at == "https rubygems.org/";
        !self.open && (of_gems || self.at == usual(pin.ecosystem) || pin.origin.is_none())
    }

    pub(super) fn is_of_git(&self) -> bool {
        self.at.starts_with("git ")
    }
}

/// The registry that a tool takes when the file names none, as far as its files name it otherwise.
fn usual(ecosystem: Ecosystem) -> &'static str {
    match ecosystem {
        Ecosystem::Npm => "registry.npmjs.org",
        Ecosystem::PyPi => "pypi.org",
        Ecosystem::Cargo => "crates.io",
        _ => "",
    }
}

fn at(pin: &Pin, written: &str) -> String {
    let usual = usual(pin.ecosystem);
    let bare = written.split(['?', '#']).next().unwrap_or(written).trim_end_matches('/');
    if origin::is_git(written) || origin::is_archive_of_git(bare) {
        return repository(bare);
    }
    match bare.trim_start_matches("registry+").trim_start_matches("sparse+") {
        "https://github.com/rust-lang/crates.io-index" | "https://index.crates.io" => return usual.to_owned(),
        "https://pypi.org/simple" | "https://pypi.python.org/simple" => return usual.to_owned(),
        _ => {}
    }
    let (_, path) = bare.split_once("://").unwrap_or(("", bare));
    let (host, path) = path.split_once('/').unwrap_or((path, ""));
    let host = host.to_ascii_lowercase();
    // What is left of an address that agrees with its entry is the name alone.
    if matches!(host.as_str(), "registry.npmjs.org" | "registry.yarnpkg.com") && npm::is_name(path, &pin.name) {
        return usual.to_owned();
    }
    if host == "files.pythonhosted.org" {
        return host;
    }
    let scheme = scheme_of(bare);
    let version = pin.version.as_str();
    let versioned = |part: &&str| *part == version || version.len() > 2 && part.contains(version) || is_digest(part);
    let folders: Vec<_> = path.split('/').take_while(|part| !versioned(part)).collect();
    format!("{scheme} {host}/{}", folders.join("/"))
}

/// The scheme, where with and without encryption are one.
fn scheme_of(address: &str) -> &str {
    match address.split_once("://") {
        Some(("http", _)) => "https",
        Some((scheme, _)) => scheme,
        None => "",
    }
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
    // The user stands before the host, and a path may have such a mark as well.
    let (host, path) = bare.split_once('/').unwrap_or((&bare, ""));
    let bare = match host.split_once('@') {
        // Tools differ in which of two marks ends the user.
        Some((_, host)) if !host.contains(['@', '\\']) => format!("{host}/{path}").replacen(':', "/", 1),
        Some(_) => bare,
        None => bare.replacen(':', "/", 1),
    };
    let (host, path) = bare.split_once('/').unwrap_or((&bare, ""));
    let host = host.to_ascii_lowercase();
    let (host, path) = match path.split_once("/tar.gz/") {
        Some((repository, _)) if host == "codeload.github.com" => ("github.com", repository),
        _ => (host.as_str(), path),
    };
    format!("git {host}/{}", path.trim_matches('/').trim_end_matches(".git").to_ascii_lowercase())
}
