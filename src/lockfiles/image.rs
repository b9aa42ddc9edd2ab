//! The name of an image (<https://github.com/distribution/reference>): `registry/name:tag@digest`.

use super::{Ecosystem, Hold, Pin, origin};

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
    Some(Pin::new(Ecosystem::Docker, short(name), version, line).held(hold).digest(digest))
}

/// A reference in which something is left to the build.
pub(super) fn unknown(reference: &str, line: u32) -> Pin {
    Pin::new(Ecosystem::Docker, reference, "", line).held(Hold::Floating)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_taken_apart() {
        let digest = format!("sha256:{}", "a1".repeat(32));
        for (reference, name, version, hold) in [
            ("nginx", "nginx", "latest", Hold::Floating),
            ("docker.io/library/nginx:1.27", "nginx", "1.27", Hold::Tag),
            ("localhost:5000/a/b", "localhost:5000/a/b", "latest", Hold::Floating),
            ("localhost:5000/a/b:v2", "localhost:5000/a/b", "v2", Hold::Tag),
            ("a:stable", "a", "stable", Hold::Floating),
            (&format!("a:3@{digest}"), "a", "3", Hold::Fixed),
            (&format!("a@{digest}"), "a", digest.as_str(), Hold::Fixed),
        ] {
            let pin = pin(reference, 1).unwrap();
            assert_eq!((pin.name.as_str(), pin.version.as_str(), pin.hold), (name, version, hold), "{reference}");
        }
        for wrong in ["", ":1", "a:", "a@", "a@sha256:", "a@main", "a b", "a@sha256:zz"] {
            assert_eq!(pin(wrong, 1), None, "{wrong}");
        }
    }
}
