//! The name of an image (<https://github.com/distribution/reference>): `registry/name:tag@digest`.

use super::{Ecosystem, Hold, Pin, origin, quoted};
use crate::secrets::without_secrets;

/// The pin that a reference is; `None` if it is none. Names of Docker Hub are written without what may be left out of them.
pub(super) fn pin(reference: &str, line: u32) -> Option<Pin> {
    let (rest, digest) = match reference.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (reference, None),
    };
    let last = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match rest.get(last..)?.find(':') {
        Some(colon) => (rest.get(..last + colon)?, rest.get(last + colon + 1..)),
        None => (rest, None),
    };
    let sound =
        |part: &str| !part.is_empty() && part.chars().all(|found| found.is_ascii_graphic() && !"@\"'`".contains(found));
    if !sound(name) || tag.is_some_and(|tag| !sound(tag)) || digest.is_some_and(|digest| !is_digest(digest)) {
        return None;
    }
    let hold = match (digest, tag) {
        (Some(_), _) => Hold::Fixed,
        (None, Some(tag)) if origin::is_version(tag) => Hold::Tag,
        _ => Hold::Floating,
    };
    let version = tag.or(digest).unwrap_or("latest");
    let name = short(name);
    Some(Pin::new(Ecosystem::Docker, name, version, line).from(Some(&place(name))).held(hold).digest(digest))
}

/// A reference in which something is left to the build.
pub(super) fn unknown(reference: &str, line: u32) -> Pin {
    Pin::new(Ecosystem::Docker, without_secrets(reference), "", line).held(Hold::Floating)
}

/// What is quoted of one that is no name of an image. What stands before an `@` may give access, if no digest follows.
pub(super) fn wrong(reference: &str) -> String {
    let named = match reference.rsplit_once('@') {
        Some((_, rest)) if !is_digest(rest) => quoted(&format!("***@{rest}")),
        _ => quoted(reference),
    };
    format!("no name of an image: {named}")
}

fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        !algorithm.is_empty() && hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn short(name: &str) -> &str {
    let hub = name.strip_prefix("docker.io/").or_else(|| name.strip_prefix("index.docker.io/"));
    let rest = hub.unwrap_or(name);
    rest.strip_prefix("library/").filter(|rest| !rest.contains('/')).unwrap_or(rest)
}

/// Where it is taken from: all before its last part.
fn place(name: &str) -> String {
    let Some((place, _)) = name.rsplit_once('/') else { return "docker.io/library".to_owned() };
    let host = place.split('/').next().unwrap_or(place);
    // What is no host is somebody's part of Docker Hub.
    if host.contains(['.', ':']) || host == "localhost" { place.to_owned() } else { format!("docker.io/{place}") }
}

impl Pin {
    /// What an image is called wherever it is taken from; nothing of one whose name only the build knows.
    pub(super) fn image(&self) -> Option<&str> {
        let known = self.ecosystem == Ecosystem::Docker && !self.name.contains('$');
        known.then(|| self.name.rsplit('/').next()).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_taken_apart() {
        let digest = format!("sha256:{}", "a1".repeat(32));
        for (reference, name, version, hold, place) in [
            ("nginx", "nginx", "latest", Hold::Floating, "docker.io/library"),
            ("docker.io/library/nginx:1.27", "nginx", "1.27", Hold::Tag, "docker.io/library"),
            ("docker.io/a/b:1", "a/b", "1", Hold::Tag, "docker.io/a"),
            ("localhost/b:1", "localhost/b", "1", Hold::Tag, "localhost"),
            ("localhost:5000/a/b", "localhost:5000/a/b", "latest", Hold::Floating, "localhost:5000/a"),
            ("localhost:5000/a/b:v2", "localhost:5000/a/b", "v2", Hold::Tag, "localhost:5000/a"),
            ("a:stable", "a", "stable", Hold::Floating, "docker.io/library"),
            (&format!("a:3@{digest}"), "a", "3", Hold::Fixed, "docker.io/library"),
            (&format!("a@{digest}"), "a", digest.as_str(), Hold::Fixed, "docker.io/library"),
        ] {
            let pin = pin(reference, 1).unwrap();
            assert_eq!((pin.name.as_str(), pin.version.as_str(), pin.hold), (name, version, hold), "{reference}");
            assert_eq!(pin.origin.as_deref(), Some(place), "{reference}");
        }
        assert_eq!(wrong("u:s3cret@reg:1"), "no name of an image: `***@reg:1`");
        assert_eq!(wrong("a b"), "no name of an image: `a b`");
        assert_eq!(unknown("u:s3cret@${REG}/x", 1).name, "***@${REG}/x");
        for wrong in ["", ":1", "a:", "a@", "a@sha256:", "a@main", "a b", "a@sha256:zz"] {
            assert_eq!(pin(wrong, 1), None, "{wrong}");
        }
    }
}
