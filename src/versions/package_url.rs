//! Packages by their URL, in the words of OSV: <https://github.com/package-url/purl-spec>.

/// A package of an ecosystem that OSV knows, read off its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageUrl {
    /// As OSV writes it, with the release where one is named: `Debian:12`.
    pub ecosystem: String,
    /// The name there: `org.apache.logging.log4j:log4j-core`.
    pub name: String,
}

/// The types of URLs, the ecosystem of each, and what parts its namespace from its name.
const TYPES: &[(&str, &str, &str)] = &[
    ("cargo", "crates.io", "/"),
    ("npm", "npm", "/"),
    ("golang", "Go", "/"),
    ("hex", "Hex", "/"),
    ("swift", "SwiftURL", "/"),
    ("githubactions", "GitHub Actions", "/"),
    ("pub", "Pub", "/"),
    ("pypi", "PyPI", "/"),
    ("maven", "Maven", ":"),
    ("gem", "RubyGems", "/"),
    ("composer", "Packagist", "/"),
    ("nuget", "NuGet", "/"),
];

/// Of these types the namespace is the distribution: what it is called in `distro` as well.
const DISTRIBUTIONS: &[(&str, &str, &str)] = &[
    ("deb", "debian", "Debian"),
    ("deb", "ubuntu", "Ubuntu"),
    ("apk", "alpine", "Alpine"),
    ("apk", "wolfi", "Wolfi"),
    ("apk", "chainguard", "Chainguard"),
    ("rpm", "redhat", "Red Hat"),
    ("rpm", "almalinux", "AlmaLinux"),
    ("rpm", "rocky-linux", "Rocky Linux"),
    ("rpm", "mageia", "Mageia"),
    ("rpm", "openeuler", "openEuler"),
    ("rpm", "opensuse", "openSUSE"),
    ("rpm", "suse", "SUSE"),
];

impl PackageUrl {
    /// The package of a URL, whatever version it has; nothing where it is none, or OSV has no ecosystem for it.
    ///
    /// ```
    /// use changegate::versions::PackageUrl;
    /// let read = |url| PackageUrl::parse(url).map(|package| (package.ecosystem, package.name));
    /// let is = |ecosystem: &str, name: &str| Some((ecosystem.to_owned(), name.to_owned()));
    /// assert_eq!(read("pkg:npm/%40angular/core@17.0.1"), is("npm", "@angular/core"));
    /// assert_eq!(read("pkg:maven/org.apache.logging.log4j/log4j-core"), is("Maven", "org.apache.logging.log4j:log4j-core"));
    /// assert_eq!(read("pkg:deb/debian/openssl?arch=source&distro=debian-12"), is("Debian:12", "openssl"));
    /// assert_eq!(read("pkg:docker/nginx"), None);
    /// ```
    pub fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("pkg:")?.trim_start_matches('/');
        let rest = rest.split('#').next()?;
        let (rest, qualifiers) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, path) = rest.split_once('/')?;
        let kind = kind.to_ascii_lowercase();
        // The version is behind the last `@`; that of a scope is escaped, but many forget it.
        let path = path.rfind('@').filter(|&at| at > 0).and_then(|at| path.get(..at)).unwrap_or(path);
        let parts = path.split('/').filter(|part| !part.is_empty()).map(plain).collect::<Option<Vec<_>>>()?;
        let (name, namespace) = parts.split_last()?;
        if let Some((_, ecosystem, between)) = TYPES.iter().find(|(known, ..)| *known == kind) {
            return Some(Self { ecosystem: (*ecosystem).to_owned(), name: parts.join(between) });
        }
        let [distribution] = namespace else { return None };
        let (_, id, ecosystem) =
            DISTRIBUTIONS.iter().find(|(known, id, _)| *known == kind && distribution.eq_ignore_ascii_case(id))?;
        let ecosystem = match release(qualifiers, id) {
            Some(release) => format!("{ecosystem}:{release}"),
            None => (*ecosystem).to_owned(),
        };
        Some(Self { ecosystem, name: name.clone() })
    }
}

/// The release by its number, as OSV has it: `distro=debian-12`. One that is told by another name is left open.
fn release(qualifiers: &str, id: &str) -> Option<String> {
    let distro = qualifiers.split('&').find_map(|pair| pair.strip_prefix("distro="))?;
    let number = distro.strip_prefix(id)?.strip_prefix('-')?;
    if !number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    let parts: Vec<&str> = number.split('.').take(2).collect();
    match id {
        "debian" => parts.first().map(|major| (*major).to_owned()),
        "ubuntu" => Some(parts.join(".")),
        "alpine" => Some(format!("v{}", parts.join("."))),
        // Red Hat and the others name repositories besides: all that they have count.
        _ => None,
    }
}

/// Without its escapes.
fn plain(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::PackageUrl;

    #[test]
    fn urls_are_read_as_they_are_written() {
        for (url, ecosystem, name) in [
            ("pkg:cargo/libwebp-sys@0.9.2", "crates.io", "libwebp-sys"),
            ("pkg:npm/@angular/core@17.0.1", "npm", "@angular/core"),
            ("pkg:npm/%40angular/core", "npm", "@angular/core"),
            ("pkg:npm/@angular", "npm", "@angular"),
            ("pkg:golang/github.com/gorilla/mux@1.8.0#sub/path", "Go", "github.com/gorilla/mux"),
            ("pkg:githubactions/actions/checkout@v4", "GitHub Actions", "actions/checkout"),
            ("PKG-less", "", ""),
            ("pkg:Gem/rails?platform=java", "RubyGems", "rails"),
            ("pkg:deb/debian/curl@7.88.1-10?distro=bookworm", "Debian", "curl"),
            ("pkg:deb/ubuntu/curl?distro=ubuntu-22.04", "Ubuntu:22.04", "curl"),
            ("pkg:apk/alpine/openssl?arch=x86_64&distro=alpine-3.18.4", "Alpine:v3.18", "openssl"),
            ("pkg:rpm/redhat/openssl?distro=rhel-9", "Red Hat", "openssl"),
            ("pkg:deb/unknown/curl", "", ""),
            ("pkg:deb/curl", "", ""),
            ("pkg:npm/", "", ""),
            ("pkg:npm", "", ""),
            ("pkg:npm/a%2", "", ""),
            ("pkg:npm/a%ff", "", ""),
            ("pkg:generic/openssl@3.0", "", ""),
        ] {
            let read = PackageUrl::parse(url).map(|package| (package.ecosystem, package.name)).unwrap_or_default();
            assert_eq!(read, (ecosystem.to_owned(), name.to_owned()), "{url}");
        }
    }
}
