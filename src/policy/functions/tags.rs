//! Names under which there may be another thing tomorrow: tags of images and of actions, and the digests that hold them.

use super::packages::{Parts, Pins, is_stated};
use super::proposal::{argument, uncounted};
use super::{Args, Function};
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_digest(version) -> true or false",
        doc: "Whether a version is the digest of an image, or a tag and a digest: `sha256:…`, `20@sha256:…`; false of `()`.",
        call: is_digest,
    },
    Function {
        signature: "is_moved(part) -> true or false",
        doc: "Whether a part of the change (`p.change` or one of its components) gets other contents under the name that it has, as an image whose tag its owner has \
              moved: by its own text, where it goes from one digest to another under one tag (`20@sha256:…`), or as all shows that goes to its version in \
              `evidence.changes`. From there no step leads.",
        call: is_moved,
    },
    Function {
        signature: "is_movable(part) -> true or false",
        doc: "Whether a part of the change may come to other contents under its version, as images and actions do by their tags: by its `package_url`, or else by that of its component in \
              the profile.",
        call: is_movable,
    },
];

/// The types of package URLs whose versions are tags.
const WITH_TAGS: [&str; 3] = ["pkg:docker/", "pkg:oci/", "pkg:githubactions/"];

const PART: &str = "`p.change` or one of its components";

fn is_digest<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let stated = if args.value(0).is_nothing() { return Ok(Value::Flag(false)) } else { args.text(0)? };
    run.budget.work(stated.len() / 8)?;
    Ok(Value::Flag(is_of_a_digest(stated)))
}

/// Whether a version is a digest, or a tag and a digest.
pub(super) fn is_of_a_digest(stated: &str) -> bool {
    parts_of(stated).is_some()
}

fn is_moved<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::Flag(false)) };
    let proposal = uncounted(run);
    let (tree, evidence) = (proposal.tree, &proposal.facts.evidence);
    let text = |name| tree.text(tree.get(part, name)?);
    let Some(to) = text("to") else { return Ok(Value::Flag(false)) };
    if text("from").is_some_and(|from| is_under_one_tag(from, to)) {
        return Ok(Value::Flag(true));
    }
    let parts = proposal.known.parts.get_or_init(|| Parts::of(tree));
    let pins = proposal.known.pins.get_or_init(|| Pins::of(evidence)).of_part(parts, part);
    proposal.budget.work(pins.len())?;
    let of_pin = |pin, name| evidence.text(evidence.get(pin, name)?);
    let own = |pin| of_pin(pin, "kind") != Some("added") && is_stated(of_pin(pin, "to"), of_pin(pin, "to_digest"), to);
    let mut own = pins.iter().copied().filter(|&pin| own(pin)).peekable();
    let is_moved = own.peek().is_some() && own.all(|pin| of_pin(pin, "contents") == Some("moved"));
    Ok(Value::Flag(is_moved))
}

fn is_movable<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, PART)? else { return Ok(Value::Flag(false)) };
    let proposal = uncounted(run);
    let parts = proposal.known.parts.get_or_init(|| Parts::of(proposal.tree));
    let url = parts.url(proposal.tree, part);
    Ok(Value::Flag(url.is_some_and(|url| WITH_TAGS.iter().any(|kind| url.starts_with(kind)))))
}

/// The tag and the digest of what is held by a digest.
fn parts_of(stated: &str) -> Option<(&str, &str)> {
    let (tag, digest) = stated.rsplit_once('@').unwrap_or(("", stated));
    let (algorithm, hex) = digest.split_once(':')?;
    let is_one = algorithm.starts_with("sha") && hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_one.then_some((tag, digest))
}

/// Whether two versions are the digests of two images that had one tag, each when it was pinned.
fn is_under_one_tag(from: &str, to: &str) -> bool {
    let (Some((tag, old)), Some((same, new))) = (parts_of(from), parts_of(to)) else { return false };
    !tag.is_empty() && tag == same && !old.eq_ignore_ascii_case(new)
}

#[cfg(test)]
mod tests {
    use super::is_under_one_tag;

    #[test]
    fn two_digests_of_one_tag_are_a_tag_that_was_moved() {
        let [a, b] = ["a1", "b2"].map(|two| format!("sha256:{}", two.repeat(32)));
        let of = |tag: &str, digest: &str| format!("{tag}@{digest}");
        assert!(is_under_one_tag(&of("20", &a), &of("20", &b)));
        for (from, to) in [
            (of("20", &a), of("21", &b)),
            (of("20", &a), of("20", &a.to_uppercase())),
            (a.clone(), b.clone()),
            (of("", &a), of("", &b)),
            (of("20", &a), b.clone()),
            ("20".to_owned(), of("20", &b)),
            (of("20", &a), "20".to_owned()),
            (of("20", &a), of("20", "sha256:b2")),
        ] {
            assert!(!is_under_one_tag(&from, &to), "{from} {to}");
        }
    }
}
