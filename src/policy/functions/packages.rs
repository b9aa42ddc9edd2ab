//! Packages that really changed, beside those that are proposed.

use super::proposal::{argument, uncounted};
use super::{Args, Function};
use crate::facts::Root;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::version::semver_level;
use crate::proposal::{NodeId, Tree, component_packages, package_of};
use crate::versions::{package_key, same_package};
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_package(part, package) -> true or false",
        doc: "Whether a part of the change (`p.change` or one of its components) is about a package (one of `evidence.changes`): by its \
              `package_url`, or else by that of its component in the profile, however its type lets that be written and whatever version \
              and qualifiers it has; where neither is there, by the name of the component.",
        call: is_package,
    },
    Function {
        signature: "proposed_as(package) -> list",
        doc: "The parts of the change (`p.change` and its components) that are about a package (one of `evidence.changes` or `evidence.pinned`), as \
              `is_package` tells.",
        call: proposed_as,
    },
    Function {
        signature: "is_proposed(package) -> true or false",
        doc: "Whether anybody proposes that a package (one of `evidence.changes`) changes: this proposal, as `proposed_as` tells, another one with which the change comes (`elsewhere`), or, to the letter, one with \
              which it does not come (`foreseen`).",
        call: is_proposed,
    },
    Function {
        signature: "pins_of(part) -> list",
        doc: "What of `evidence.changes` a part of the change (`p.change` or one of its components) is about, as `is_package` tells.",
        call: pins_of,
    },
    Function {
        signature: "is_pinned_as(version, digest, stated) -> true or false",
        doc: "Whether what is pinned, by a version and the digest of its image (either may be `()`), is the version that is stated: that version, that digest, or \
              both as `20@sha256:…`, of which each has to be so.",
        call: is_pinned_as,
    },
    Function {
        signature: "is_held_as(pin, stated) -> true or false",
        doc: "Whether a place in which a package is pinned (one of `pins` of one of `evidence.pinned`) has the version that is stated, as `is_pinned_as` tells, or one that a \
              comment there calls so; false where none is stated.",
        call: is_held_as,
    },
    Function {
        signature: "beside_proposed(package) -> true or false",
        doc: "Whether in the file of a package (one of `evidence.changes`) a package changes that is proposed: by this proposal, as \
              `proposed_as` tells, or by another one, as `is_proposed` tells.",
        call: beside_proposed,
    },
];

fn is_package<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (part, package) = (args.value(0), args.value(1));
    let (mut url, own) = (run.field(part, "package_url")?, run.field(package, "package_url")?);
    if url.is_nothing()
        && let Value::Text(component) = run.field(part, "component")?
    {
        let proposal = uncounted(run);
        let parts = proposal.known.parts.get_or_init(|| Parts::of(proposal.tree));
        url = parts.profile.get(&*component).map_or(Value::Nothing, |url| Value::from(url.to_string()));
    }
    let same = match (&url, &own) {
        (Value::Text(url), Value::Text(own)) => {
            run.budget.work((url.len() + own.len()) / 16)?;
            same_package(url, own)
        }
        _ => match (&run.field(part, "component")?, &run.field(package, "name")?) {
            (Value::Text(component), Value::Text(name)) => **component == **name,
            _ => false,
        },
    };
    Ok(Value::Flag(same))
}

fn pins_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(part) = argument(args, "`p.change` or one of its components")? else { return Ok(Value::Given(&[])) };
    let proposal = uncounted(run);
    let (tree, evidence) = (proposal.tree, &proposal.facts.evidence);
    let parts = proposal.known.parts.get_or_init(|| Parts::of(tree));
    let pins = proposal.known.pins.get_or_init(|| Pins::of(evidence));
    let own = pins.of_part(parts, part).to_vec();
    run.budget.work(own.len())?;
    Ok(own.into_iter().map(|id| Value::Node(Node { root: Root::Evidence, id })).collect())
}

fn is_pinned_as<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let text = |at: usize| match args.value(at) {
        Value::Nothing => Ok(None),
        _ => args.text(at).map(|text| Some(&**text)),
    };
    let (version, digest, stated) = (text(0)?, text(1)?, text(2)?);
    let Some(stated) = stated else { return Ok(Value::Flag(false)) };
    run.budget.work((version.map_or(0, str::len) + stated.len()) / 8)?;
    Ok(Value::Flag(is_stated(version, digest, stated)))
}

fn is_held_as<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(Node { root: Root::Evidence, id: pin }) = args.object(0)? else { return Ok(Value::Flag(false)) };
    let stated = if args.value(1).is_nothing() { return Ok(Value::Flag(false)) } else { args.text(1)? };
    run.budget.work(16 + stated.len() / 8)?;
    Ok(Value::Flag(is_held_at(&run.facts.evidence, pin, stated)))
}

/// Whether a place in which a package is pinned has the version that is stated.
pub(super) fn is_held_at(evidence: &Tree, pin: NodeId, stated: &str) -> bool {
    let text = |name| evidence.text(evidence.get(pin, name)?);
    is_stated(text("version"), text("digest"), stated) || is_stated(text("called"), None, stated)
}

/// Whether a version and the digest of an image are what is stated of them.
pub(super) fn is_stated(version: Option<&str>, digest: Option<&str>, stated: &str) -> bool {
    let same =
        |stated: &str| version.is_some_and(|version| version == stated || semver_level(version, stated) == "none");
    let held = |stated: &str| digest.is_some_and(|digest| digest.eq_ignore_ascii_case(stated));
    match stated.split_once('@') {
        Some((tag, stated)) if stated.contains(':') => (tag.is_empty() || same(tag)) && held(stated),
        _ => held(stated) || same(stated),
    }
}

fn is_proposed<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(Node { root: Root::Evidence, id: pin }) = args.object(0)? else {
        return Err(args.wrong(0, "one of `evidence.changes`").into());
    };
    Ok(Value::Flag(is_of_another(&run.facts.evidence, pin) || !about(run, args)?.is_empty()))
}

/// Whether another proposal proposes a package: one with which the change comes, or, to the letter, one of the base.
fn is_of_another(evidence: &Tree, pin: NodeId) -> bool {
    let is_foreseen = evidence.get(pin, "foreseen").and_then(|said| evidence.flag(said)) == Some(true);
    is_foreseen || evidence.get(pin, "elsewhere").is_some_and(|list| !evidence.items(list).is_empty())
}

fn proposed_as<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let own = about(run, args)?;
    Ok(own.into_iter().map(|id| Value::Node(Node { root: Root::Proposal, id })).collect())
}

/// The parts that are about a package.
fn about<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Result<Vec<NodeId>, Stop> {
    let package = args.value(0);
    let Value::Text(url) = run.field(package, "package_url")? else {
        return Err(args.wrong(0, "one of `evidence.changes`").into());
    };
    // One that is pinned nowhere has no name.
    let name = run.field(package, "name")?;
    let name = if let Value::Text(name) = &name { &**name } else { "" };
    run.budget.work((url.len() + name.len()) / 16)?;
    let proposal = uncounted(run);
    let tree = proposal.tree;
    let parts = proposal.known.parts.get_or_init(|| Parts::of(tree));
    let own: Vec<_> = parts.about(&url, name).collect();
    run.budget.work(own.len())?;
    Ok(own)
}

fn beside_proposed<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Value::Text(file) = run.field(args.value(0), "file")? else {
        return Err(args.wrong(0, "one of `evidence.changes`").into());
    };
    let proposal = uncounted(run);
    let files = proposal.known.proposed_files.get_or_init(|| {
        let parts = proposal.known.parts.get_or_init(|| Parts::of(proposal.tree));
        parts.files(&proposal.facts.evidence)
    });
    Ok(Value::Flag(files.contains(&*file)))
}

/// By what a part of the change and a package are held against each other.
#[derive(Debug)]
enum Key {
    Url(String),
    Name(String),
}

/// What of `evidence.changes` has each URL and each name.
#[derive(Debug)]
pub struct Pins {
    urls: HashMap<String, Vec<NodeId>>,
    names: HashMap<String, Vec<NodeId>>,
}

impl Pins {
    pub(super) fn of(evidence: &Tree) -> Self {
        let mut pins = Self { urls: HashMap::new(), names: HashMap::new() };
        for &pin in evidence.path(&["changes"]).map(|list| evidence.items(list)).unwrap_or_default() {
            let text = |field| evidence.text(evidence.get(pin, field)?);
            if let Some(url) = text("package_url") {
                pins.urls.entry(package_key(url)).or_default().push(pin);
            }
            if let Some(name) = text("name") {
                pins.names.entry(name.to_owned()).or_default().push(pin);
            }
        }
        pins
    }

    /// What a part of the change is about.
    pub(super) fn of_part(&self, parts: &Parts, part: NodeId) -> &[NodeId] {
        let pins = match parts.keys.get(&part) {
            Some(Key::Url(url)) => self.urls.get(url),
            Some(Key::Name(name)) => self.names.get(name),
            None => None,
        };
        pins.map_or(&[], Vec::as_slice)
    }
}

/// The parts of the change by the packages that they are about: there may be a thousand of them, and more packages that changed.
#[derive(Debug)]
pub struct Parts {
    /// By what [`package_key`] makes of their URLs.
    urls: HashMap<String, Vec<NodeId>>,
    /// Those without one, by the names of their components.
    names: HashMap<String, Vec<NodeId>>,
    /// The one or the other of each of them.
    keys: HashMap<NodeId, Key>,
    /// The URLs that the profile has, by the names of its components.
    pub(super) profile: HashMap<String, Box<str>>,
    /// The names of the components that have each of these.
    pub(super) profiled: HashMap<String, Vec<Box<str>>>,
}

impl Parts {
    pub(super) fn of(tree: &Tree) -> Self {
        let components = component_packages(tree);
        let profile = components.iter().map(|(name, url)| ((*name).to_owned(), Box::from(*url))).collect();
        let mut profiled: HashMap<_, Vec<_>> = HashMap::new();
        for (name, url) in &components {
            profiled.entry(package_key(url)).or_default().push(Box::from(*name));
        }
        profiled.values_mut().for_each(|names| names.sort());
        let mut parts = Self { urls: HashMap::new(), names: HashMap::new(), keys: HashMap::new(), profile, profiled };
        let change = tree.path(&["change"]);
        let listed = tree.path(&["change", "components"]).map(|list| tree.items(list)).unwrap_or_default();
        for part in change.into_iter().chain(listed.iter().copied()) {
            if let Some(url) = package_of(tree, part, &components) {
                let key = package_key(url);
                parts.keys.insert(part, Key::Url(key.clone()));
                parts.urls.entry(key).or_default().push(part);
            } else if let Some(name) = tree.get(part, "component").and_then(|name| tree.text(name)) {
                parts.keys.insert(part, Key::Name(name.to_owned()));
                parts.names.entry(name.to_owned()).or_default().push(part);
            }
        }
        parts
    }

    /// The parts that say what they are about.
    pub(super) fn all(&self) -> impl Iterator<Item = NodeId> {
        self.keys.keys().copied()
    }

    /// The URL of a part of the change: its own, or else that of its component in the profile.
    pub(super) fn url<'p>(&'p self, tree: &'p Tree, part: NodeId) -> Option<&'p str> {
        let text = |name| tree.text(tree.get(part, name)?);
        text("package_url").or_else(|| self.profile.get(text("component")?).map(|url| &**url))
    }

    /// The files in which a package changes that is proposed, by these or by another proposal.
    fn files(&self, evidence: &Tree) -> HashSet<Box<str>> {
        let pins = evidence.path(&["changes"]).map(|list| evidence.items(list)).unwrap_or_default();
        let file = |&pin: &NodeId| {
            let text = |field| evidence.text(evidence.get(pin, field)?);
            let is_proposed =
                is_of_another(evidence, pin) || self.about(text("package_url")?, text("name")?).next().is_some();
            text("file").filter(|_| is_proposed).map(Box::from)
        };
        pins.iter().filter_map(file).collect()
    }

    fn about(&self, url: &str, name: &str) -> impl Iterator<Item = NodeId> {
        let of = |parts: &HashMap<String, Vec<NodeId>>, key: &str| parts.get(key).cloned().unwrap_or_default();
        of(&self.urls, &package_key(url)).into_iter().chain(of(&self.names, name))
    }
}
