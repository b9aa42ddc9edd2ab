//! Of the lockfiles of npm, pnpm, Bun and Yarn 2 and later. That of Yarn 1 does not say what the project asks for.

use super::Taken;
use crate::document::Value;
use crate::lockfiles::yaml::{Node, Yaml};
use crate::lockfiles::{Unread, bun, pnpm, tree, yarn};
use crate::source::Source;
use std::collections::HashMap;

/// What a folder asks for. What it needs beside itself is installed with it.
const LISTS: [&str; 4] = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/// What is installed for a folder of the repository stands in its own `node_modules`, or in that of the nearest folder above.
pub(super) fn npm(source: &Source) -> Result<Vec<Taken>, Unread> {
    let document = tree::json(source)?;
    let Some(packages) = tree::object(document.root(), "packages")? else { return Ok(Vec::new()) };
    let by_path: HashMap<_, _> = packages.items().filter_map(|package| Some((package.key()?, package))).collect();
    let mut taken = Vec::new();
    for (folder, package) in packages.items().filter_map(|package| Some((package.key()?, package))) {
        if folder.contains("node_modules") {
            continue;
        }
        for name in asked_by(package)? {
            let above = std::iter::successors(Some(folder), |folder| {
                (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
            });
            let path = |above: &str| {
                if above.is_empty() { format!("node_modules/{name}") } else { format!("{above}/node_modules/{name}") }
            };
            let Some(found) = above.filter_map(|above| by_path.get(path(above).as_str())).next() else { continue };
            if let Some(version) = tree::text(*found, "version")? {
                let own = tree::text(*found, "name")?.unwrap_or(name);
                taken.push(Taken::by_folder(folder, name, own, version));
            }
        }
    }
    Ok(taken)
}

/// The names under which a folder asks for packages.
fn asked_by<'d>(package: Value<'d>) -> Result<Vec<&'d str>, Unread> {
    let mut names = Vec::new();
    for list in LISTS {
        names.extend(tree::object(package, list)?.into_iter().flat_map(Value::items).filter_map(|one| one.key()));
    }
    Ok(names)
}

pub(super) fn pnpm(source: &Source) -> Result<Vec<Taken>, Unread> {
    let yaml = Yaml::parse(source)?;
    let mut taken = Vec::new();
    for document in yaml.documents() {
        let format = document.needed("lockfileVersion")?;
        let importers = document.get("importers").and_then(Node::members).into_iter().flatten();
        let importers = importers.map(|(folder, importer)| (folder.scalar().unwrap_or_default(), importer));
        for (folder, importer) in importers.chain([("", document)]) {
            let folder = if folder == "." { "" } else { folder };
            let lists = LISTS.into_iter().filter_map(|list| importer.get(list)?.members());
            taken.extend(lists.flatten().filter_map(|(name, one)| {
                let asked = name.scalar()?;
                let text = one.scalar().or_else(|| one.get("version")?.scalar())?;
                let (own, version) =
                    pnpm::parts(text, format).unwrap_or((asked, text.split(['(', '_']).next().unwrap_or(text)));
                let is_version = version.starts_with(|first: char| first.is_ascii_digit());
                is_version.then(|| Taken::by_folder(folder, asked, own, version))
            }));
        }
    }
    Ok(taken)
}

/// The key of a package is where it is installed, below that of the folder that needs it: `a`, `app/a`.
pub(super) fn bun(source: &Source) -> Result<Vec<Taken>, Unread> {
    let document = bun::parsed(source)?;
    let packages = tree::object(document.root(), "packages")?.into_iter().flat_map(Value::items);
    let by_key: HashMap<_, _> = packages.filter_map(|package| Some((package.key()?, package))).collect();
    let mut taken = Vec::new();
    for folder in tree::object(document.root(), "workspaces")?.into_iter().flat_map(Value::items) {
        let by = folder.key().unwrap_or_default();
        let called = tree::text(folder, "name")?.unwrap_or(by);
        for name in asked_by(folder)? {
            let found = by_key.get(format!("{called}/{name}").as_str()).or_else(|| by_key.get(name));
            if let Some((own, version, _)) = found.map(|found| bun::entry(*found)).transpose()? {
                taken.push(Taken::by_folder(by, name, own, version));
            }
        }
    }
    Ok(taken)
}

/// The key of an entry lists the ranges that it answers.
pub(super) fn berry(source: &Source) -> Result<Vec<Taken>, Unread> {
    if !yarn::is_of_berry(source) {
        return Ok(Vec::new());
    }
    let yaml = Yaml::parse(source)?;
    let entries = || yaml.single().map(|root| root.members().into_iter().flatten());
    let mut answers = HashMap::new();
    for (key, entry) in entries()? {
        let (Some(key), Some((name, _))) = (key.scalar(), entry.text("resolution")?.and_then(yarn::split)) else {
            continue;
        };
        let Some(version) = entry.text("version")? else { continue };
        answers.extend(key.split(", ").map(|pattern| (pattern, (name, version))));
    }
    let mut taken = Vec::new();
    for (_, entry) in entries()? {
        let Some((_, by)) = entry.text("resolution")?.and_then(|place| place.split_once("@workspace:")) else {
            continue;
        };
        let by = if by == "." { "" } else { by };
        for (name, range) in entry.get("dependencies").and_then(Node::members).into_iter().flatten() {
            let (Some(name), Some(range)) = (name.scalar(), range.scalar()) else { continue };
            // Older ones leave out which registry it is.
            let patterns = [format!("{name}@{range}"), format!("{name}@npm:{range}")];
            let answer = patterns.iter().find_map(|pattern| answers.get(pattern.as_str()));
            let answer = answer.filter(|(_, version)| *version != "0.0.0-use.local");
            taken.extend(answer.map(|(own, version)| Taken::by_folder(by, name, own, version)));
        }
    }
    Ok(taken)
}
