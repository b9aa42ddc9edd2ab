//! Ecosystems by the names that OSV gives them, and the order that each keeps its versions in.

use std::borrow::Cow;

/// An ecosystem as OSV writes it: a name, and for many what part of it is meant, as in `Debian:12`, `Ubuntu:22.04:LTS`, `Alpine:v3.18` or
/// `Red Hat:enterprise_linux:9::appstream`.
///
/// ```
/// use changegate::versions::{Ecosystem, Order};
/// let ubuntu = Ecosystem::parse("Ubuntu:22.04:LTS");
/// assert_eq!((ubuntu.name(), ubuntu.release(), ubuntu.order()), ("Ubuntu", "22.04:LTS", Some(Order::Debian)));
/// assert_eq!(Ecosystem::parse("Hackage").order(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ecosystem<'t> {
    name: &'t str,
    release: &'t str,
    order: Option<Order>,
}

/// The rules by which versions are read and compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Semantic Versioning 2.0, with or without a `v`. Missing parts are zero: `1.2` is `1.2.0`.
    Semantic,
    /// The same of tags, where a part must not be missing: `v4` moves with every release of four.
    Tag,
    /// Semantic Versioning, but that builds count: `1.0.0+1` comes after `1.0.0`.
    Pub,
    /// PEP 440.
    Python,
    /// Maven's `ComparableVersion`.
    Maven,
    /// RubyGems' `Gem::Version`.
    Gem,
    /// Composer's normal form, compared as PHP's `version_compare` does.
    Composer,
    /// NuGet: up to four numbers, and labels without regard to capitals.
    NuGet,
    /// dpkg's: epoch, upstream version, revision.
    Debian,
    /// apk-tools 3.
    Alpine,
    /// rpm's: epoch, version, release.
    Rpm,
}

/// What OSV calls them, and their order. "Defined ecosystems" of its schema 1.7.
const ORDERS: &[(&str, Order)] = &[
    ("crates.io", Order::Semantic),
    ("npm", Order::Semantic),
    ("Go", Order::Semantic),
    ("Hex", Order::Semantic),
    ("SwiftURL", Order::Semantic),
    ("GitHub Actions", Order::Tag),
    ("Pub", Order::Pub),
    ("PyPI", Order::Python),
    ("Maven", Order::Maven),
    ("RubyGems", Order::Gem),
    ("Packagist", Order::Composer),
    ("NuGet", Order::NuGet),
    ("Debian", Order::Debian),
    ("Ubuntu", Order::Debian),
    ("Echo", Order::Debian),
    ("Alpine", Order::Alpine),
    ("Alpaquita", Order::Alpine),
    ("BellSoft Hardened Containers", Order::Alpine),
    ("Chainguard", Order::Alpine),
    ("MinimOS", Order::Alpine),
    ("Wolfi", Order::Alpine),
    ("Red Hat", Order::Rpm),
    ("AlmaLinux", Order::Rpm),
    ("Azure Linux", Order::Rpm),
    ("Rocky Linux", Order::Rpm),
    ("Mageia", Order::Rpm),
    ("openEuler", Order::Rpm),
    ("openSUSE", Order::Rpm),
    ("Photon OS", Order::Rpm),
    ("SUSE", Order::Rpm),
];

impl<'t> Ecosystem<'t> {
    /// Any name is one; whether its order is known is told by [`order`](Self::order). Capitals make no difference to the name.
    pub fn parse(text: &'t str) -> Self {
        let (name, release) = text.split_once(':').unwrap_or((text, ""));
        let order = ORDERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, order)| *order);
        Self { name, release, order }
    }

    /// What stands before the first colon: `Debian` of `Debian:12`.
    pub const fn name(self) -> &'t str {
        self.name
    }

    /// What stands behind it, `12` of `Debian:12`; empty where there is none.
    pub const fn release(self) -> &'t str {
        self.release
    }

    /// By which rules its versions are compared; nothing where they are not known here.
    pub const fn order(self) -> Option<Order> {
        self.order
    }

    /// Whether one is the other or a part of it: `Debian` has a part in `Debian:12`, and `Ubuntu:22.04` is what `Ubuntu:22.04:LTS` is called
    /// for short. `Debian:11` has none in `Debian:12`.
    ///
    /// ```
    /// use changegate::versions::Ecosystem;
    /// let meets = |a, b| Ecosystem::parse(a).meets(Ecosystem::parse(b));
    /// assert!(meets("Debian:12", "Debian") && meets("Ubuntu:22.04", "Ubuntu:22.04:LTS") && meets("Alpine:3.18", "Alpine:v3.18"));
    /// assert!(!meets("Debian:1", "Debian:12") && !meets("npm", "PyPI"));
    /// ```
    pub fn meets(self, other: Ecosystem<'_>) -> bool {
        let (a, b) = (self.bare_release(), other.bare_release());
        let within = |long: &str, short: &str| match long.strip_prefix(short) {
            Some(rest) => short.is_empty() || rest.is_empty() || rest.starts_with(':'),
            None => false,
        };
        self.name.eq_ignore_ascii_case(other.name) && (within(a, b) || within(b, a))
    }

    /// A release of Alpine has a `v` in OSV, and none where the system tells its own.
    fn bare_release(self) -> &'t str {
        match self.order {
            Some(Order::Alpine) => self.release.strip_prefix('v').unwrap_or(self.release),
            _ => self.release,
        }
    }

    /// The name of a package in the one form that its registry holds all others for: two names with the same form are one package.
    ///
    /// ```
    /// use changegate::versions::Ecosystem;
    /// assert_eq!(Ecosystem::parse("PyPI").package("Zope.Interface"), "zope-interface");
    /// assert_eq!(Ecosystem::parse("Go").package("github.com/BurntSushi/toml"), "github.com/BurntSushi/toml");
    /// ```
    pub fn package(self, name: &str) -> Cow<'_, str> {
        let is = |known: &str| self.name.eq_ignore_ascii_case(known);
        if is("PyPI") {
            Cow::Owned(python_name(name))
        } else if is("crates.io") {
            Cow::Owned(name.to_ascii_lowercase().replace('-', "_"))
        } else if ["NuGet", "Packagist", "GitHub Actions"].into_iter().any(is) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        }
    }
}

/// PEP 503: small letters, and each run of `-`, `_` and `.` is one `-`.
fn python_name(name: &str) -> String {
    let mut normal = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '.' if normal.ends_with('-') => {}
            '-' | '_' | '.' => normal.push('-'),
            _ => normal.push(c.to_ascii_lowercase()),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::Ecosystem;

    #[test]
    fn parts_of_an_ecosystem() {
        let red_hat = Ecosystem::parse("Red Hat:rhel_aus:8.4::appstream");
        assert_eq!((red_hat.name(), red_hat.release()), ("Red Hat", "rhel_aus:8.4::appstream"));
        let meets = |a, b| Ecosystem::parse(a).meets(Ecosystem::parse(b));
        assert!(meets("Red Hat:rhel_aus:8.4", "Red Hat:rhel_aus:8.4::appstream"));
        assert!(meets("Maven", "Maven:https://maven.google.com"));
        assert!(!meets("Ubuntu:Pro:22.04:LTS", "Ubuntu:22.04:LTS"));
        assert!(!meets("Alpine:v3.18", "Alpine:v3.19") && !meets("Debian:11", "Debian:12"));
    }

    #[test]
    fn names_that_are_one_package() {
        let same = |ecosystem, a, b| {
            let ecosystem = Ecosystem::parse(ecosystem);
            ecosystem.package(a) == ecosystem.package(b)
        };
        assert!(same("PyPI", "Flask__SQLAlchemy", "flask-sqlalchemy") && same("crates.io", "Serde-Json", "serde_json"));
        assert!(
            same("NuGet", "Newtonsoft.Json", "newtonsoft.json") && same("Packagist", "Symfony/Yaml", "symfony/yaml")
        );
        assert!(!same("npm", "JSONStream", "jsonstream") && !same("Debian:12", "a", "A"));
    }
}
