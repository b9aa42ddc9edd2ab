//! Of `pnpm-lock.yaml`: what folders (`importers`, or the document itself where there is one) and packages (`snapshots`, before version 9 `packages`) need.

use super::Asked;
use crate::lockfiles::yaml::{Node, Yaml};
use crate::lockfiles::{Unread, pnpm};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Asked, Unread> {
    let yaml = Yaml::parse(source)?;
    let (mut there, mut wanted) = (Vec::new(), Vec::new());
    for document in yaml.documents() {
        let format = document.needed("lockfileVersion")?;
        let members = |name| document.get(name).and_then(Node::members).into_iter().flatten();
        for (key, package) in members("packages") {
            let named = key.scalar().and_then(|key| pnpm::name_of(key, format)).or(package.text("name")?);
            there.extend(named.map(str::to_owned));
        }
        let each = ["importers", "packages", "snapshots"].into_iter().flat_map(members).map(|(_, one)| one);
        for one in each.chain([document]) {
            let lists = ["dependencies", "devDependencies"].into_iter().filter_map(|list| one.get(list)?.members());
            wanted.extend(lists.flatten().filter_map(|(name, taken)| names(name, taken, format)));
        }
    }
    Ok(Asked::new(there, wanted))
}

/// The name of what is taken; none of a folder.
fn names(name: Node<'_>, taken: Node<'_>, format: &str) -> Option<Vec<String>> {
    let name = name.scalar()?;
    let taken = taken.scalar().or_else(|| taken.get("version")?.scalar())?;
    let is_folder = ["link:", "file:", "workspace:"].iter().any(|kind| taken.starts_with(kind));
    (!is_folder).then(|| vec![pnpm::name_of(taken, format).unwrap_or(name).to_owned()])
}
