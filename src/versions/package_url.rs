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
        let Taken { kind, parts, qualifiers } = Taken::apart(url)?;
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

/// Whether two package URLs name one package, whatever version they have.
///
/// Names are equal as their types say: in any letter case where a registry does not tell cases apart, by PEP 503 those of PyPI, and an image with
/// its registry in `repository_url` or before its name, where `pkg:oci` has the name once more. Names of npm and Cargo are told apart by case, as there are packages that differ in nothing
/// else.
///
/// ```
/// use changegate::versions::same_package;
/// assert!(same_package("pkg:npm/%40angular/core@17.0.1", "pkg:npm/@angular/core"));
/// assert!(same_package("pkg:pypi/Typing_Extensions", "pkg:pypi/typing-extensions@4.12.2?extension=whl"));
/// assert!(!same_package("pkg:npm/JSONStream", "pkg:npm/jsonstream"));
/// assert!(!same_package("pkg:npm/lodash", "pkg:cargo/lodash"));
/// ```
pub fn same_package(one: &str, other: &str) -> bool {
    package_key(one) == package_key(other)
}

/// The version that a package URL names, without its escapes; none where it names none.
///
/// ```
/// use changegate::versions::version_named;
/// assert_eq!(version_named("pkg:npm/%40angular/core@17.0.1?os=any").as_deref(), Some("17.0.1"));
/// assert_eq!(version_named("pkg:npm/@angular/core"), None);
/// ```
pub fn version_named(url: &str) -> Option<String> {
    let (_, rest) = url.split_once(':')?;
    let path = rest.split(['#', '?']).next()?.trim_start_matches('/').split_once('/')?.1;
    let at = path.rfind('@').filter(|&at| at > 0)?;
    let version = path.get(at + 1..)?;
    // One that can't be read is a version all the same, and none that there is.
    Some(plain(version).unwrap_or_else(|| version.to_owned()))
}

/// What two package URLs have in common if and only if they name one package; of what can't be read, the text as it is.
pub fn package_key(url: &str) -> String {
    let Some(Taken { mut kind, mut parts, qualifiers }) = Taken::apart(url).filter(|taken| !taken.parts.is_empty())
    else {
        return url.to_owned();
    };
    match kind.as_str() {
        "pypi" => parts.iter_mut().for_each(|part| *part = normal(part)),
        "docker" | "oci" => {
            let registry = qualifiers.split('&').find_map(|pair| pair.strip_prefix("repository_url="));
            if let Some(registry) = registry {
                let registry = plain(registry).unwrap_or_else(|| registry.to_owned());
                let place = registry.split_once("://").map_or(registry.as_str(), |(_, place)| place);
                let place = place.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>();
                // Of this type it is the whole place of the image, whose last part is the name.
                let has_name = kind == "oci"
                    && place.len() > 1
                    && matches!((place.last(), parts.last()), (Some(one), Some(other)) if one.eq_ignore_ascii_case(other));
                let name = if has_name { Vec::new() } else { std::mem::take(&mut parts) };
                parts = [place, name].concat();
            }
            // They name the same images.
            kind = "docker".to_owned();
            for left_out in ["index.docker.io", "docker.io", "library"] {
                if parts.len() > 1 && parts.first().is_some_and(|first| first == left_out) {
                    parts.remove(0);
                }
            }
            parts.iter_mut().for_each(|part| part.make_ascii_lowercase());
        }
        "github" | "bitbucket" | "githubactions" | "composer" | "nuget" | "golang" | "hex" | "terraform" | "deb"
        | "rpm" | "apk" => parts.iter_mut().for_each(|part| part.make_ascii_lowercase()),
        _ => {}
    }
    format!("pkg:{kind}/{}", parts.join("/"))
}

/// A name as PEP 503 compares it.
fn normal(name: &str) -> String {
    let parts: Vec<_> = name.split(['-', '_', '.']).filter(|part| !part.is_empty()).collect();
    parts.join("-").to_ascii_lowercase()
}

/// A URL without its version and subpath.
struct Taken<'u> {
    /// In lower case.
    kind: String,
    /// Namespace and name, without their escapes.
    parts: Vec<String>,
    qualifiers: &'u str,
}

impl<'u> Taken<'u> {
    fn apart(url: &'u str) -> Option<Self> {
        let (scheme, rest) = url.split_once(':')?;
        let rest = scheme.eq_ignore_ascii_case("pkg").then_some(rest)?.trim_start_matches('/');
        let rest = rest.split('#').next()?;
        let (rest, qualifiers) = rest.split_once('?').unwrap_or((rest, ""));
        let (kind, path) = rest.split_once('/')?;
        // The version is behind the last `@`; that of a scope is escaped, but many forget it.
        let path = path.rfind('@').filter(|&at| at > 0).and_then(|at| path.get(..at)).unwrap_or(path);
        let parts = path.split('/').filter(|part| !part.is_empty()).map(plain).collect::<Option<Vec<_>>>()?;
        Some(Self { kind: kind.to_ascii_lowercase(), parts, qualifiers })
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
    use super::{PackageUrl, same_package};

    #[test]
    fn one_package_has_many_urls() {
        for (one, other) in [
            ("pkg:pypi/ruamel.yaml@0.18", "pkg:PyPI/Ruamel_Yaml"),
            ("pkg:golang/github.com/burntsushi/toml", "pkg:golang/github.com/BurntSushi/toml@v1.4.0"),
            ("pkg:github/Actions/Checkout", "pkg:github/actions/checkout"),
            ("pkg:githubactions/Actions/Checkout@v4", "pkg:githubactions/actions/checkout"),
            ("pkg:nuget/newtonsoft.json", "pkg:nuget/Newtonsoft.Json"),
            ("pkg:composer/Symfony/Yaml", "pkg:composer/symfony/yaml"),
            ("pkg:docker/acme/api?repository_url=ghcr.io", "pkg:docker/ghcr.io/acme/api"),
            ("pkg:docker/library/nginx@sha256%3Aa1", "pkg:docker/nginx"),
            ("pkg:docker/acme/api?repository_url=https://ghcr.io/", "pkg:docker/ghcr.io/acme/api"),
            ("pkg:oci/api@sha256%3Aa1?repository_url=ghcr.io/acme/api&tag=1", "pkg:docker/ghcr.io/acme/api"),
            ("pkg:oci/api?repository_url=https%3A%2F%2Fghcr.io%2FAcme%2Fapi", "pkg:docker/ghcr.io/acme/api"),
            ("pkg:oci/api?repository_url=ghcr.io/acme", "pkg:docker/ghcr.io/acme/api"),
            ("pkg:oci/nginx?repository_url=docker.io/library/nginx", "pkg:docker/nginx"),
            ("pkg:oci/localhost?repository_url=localhost", "pkg:docker/localhost/localhost"),
            ("pkg:docker/docker.io/library/nginx", "pkg:docker/nginx"),
            ("pkg:maven/org.slf4j/slf4j-api?type=jar", "pkg:maven/org.slf4j/slf4j-api"),
            ("not a URL", "not a URL"),
        ] {
            assert!(same_package(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("pkg:npm/a/b", "pkg:npm/b"),
            ("pkg:npm/lodash", "pkg:npm/lodash.merge"),
            ("pkg:cargo/serde-json", "pkg:cargo/serde_json"),
            ("pkg:maven/org.slf4j/slf4j-api", "pkg:maven/org.slf4j/SLF4J-API"),
            ("pkg:docker/quay.io/acme/api", "pkg:docker/acme/api"),
            ("pkg:docker/library", "pkg:docker/"),
            ("pkg:oci/api?repository_url=ghcr.io/acme/other", "pkg:docker/ghcr.io/acme/api"),
            ("pkg:docker/api?repository_url=ghcr.io/acme/api", "pkg:docker/ghcr.io/acme/api"),
            ("pkg:npm/", "pkg:npm/@"),
        ] {
            assert!(!same_package(one, other), "{one} {other}");
        }
    }

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
            ("PKG:NPM/a", "npm", "a"),
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
