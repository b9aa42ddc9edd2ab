//! Of `bun.lock`: what the folders of the workspace and the packages need.

use super::Asked;
use crate::document::Value;
use crate::lockfiles::{Unread, bun, tree, yarn};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Asked, Unread> {
    let document = bun::parsed(source)?;
    let (mut there, mut wanted) = (Vec::new(), Vec::new());
    let mut take = |asking: Value<'_>, list: &str| {
        let asked = asking.get(list).into_iter().flat_map(Value::items);
        wanted.extend(asked.filter_map(|one| {
            let range = tree::text(asking.get(list)?, one.key()?).ok()??;
            Some(yarn::names(&format!("{}@{range}", one.key()?)))
        }));
    };
    for folder in tree::object(document.root(), "workspaces")?.into_iter().flat_map(Value::items) {
        take(folder, "dependencies");
        take(folder, "devDependencies");
    }
    for package in tree::object(document.root(), "packages")?.into_iter().flat_map(Value::items) {
        let (name, _, rest) = bun::entry(package)?;
        // Its key is where it is installed, below that of who needs it: `a/b`, `@s/a/b`.
        there.extend(package.key().into_iter().map(last).chain([name]).map(str::to_owned));
        rest.into_iter().for_each(|item| take(item, "dependencies"));
    }
    Ok(Asked::new(there, wanted))
}

/// The last name of a way of names.
fn last(way: &str) -> &str {
    let scope = way.rfind('@').filter(|&at| at == 0 || way.as_bytes().get(at - 1) == Some(&b'/'));
    match (scope, way.rfind('/')) {
        (Some(scope), Some(slash)) if way.get(scope..slash).is_some_and(|scope| !scope.contains('/')) => {
            way.get(scope..).unwrap_or(way)
        }
        (_, Some(slash)) => way.get(slash + 1..).unwrap_or(way),
        (_, None) => way,
    }
}
