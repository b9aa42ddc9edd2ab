//! Of `poetry.lock` and `uv.lock`.

use super::{Asked, is_conditional};
use crate::document::{Kind, Value};
use crate::lockfiles::python::normal;
use crate::lockfiles::{Unread, tree};
use crate::source::Source;

pub(super) fn poetry(source: &Source) -> Result<Asked, Unread> {
    let document = tree::toml(source)?;
    let packages = tree::objects(document.root(), "package")?;
    let mut wanted = Vec::new();
    for package in &packages {
        let asked = tree::object(*package, "dependencies")?;
        wanted.extend(asked.into_iter().flat_map(Value::items).filter(|one| is_sure(*one)).filter_map(|one| one.key()));
    }
    let there = named(&packages)?;
    Ok(Asked::new(there, wanted.into_iter().map(|name| vec![normal(name)])))
}

/// Whether a package is asked for whatever runs. Several may be listed, each for a case.
fn is_sure(asked: Value<'_>) -> bool {
    let is_optional = |one: Value<'_>| one.get("optional").is_some_and(|said| said.kind() == Kind::Bool(true));
    match asked.kind() {
        Kind::Array => asked.items().any(is_sure),
        _ => !is_conditional(asked) && !is_optional(asked) && asked.get("path").is_none(),
    }
}

/// Each name that a package of uv lists was resolved, whatever it is under.
pub(super) fn uv(source: &Source) -> Result<Asked, Unread> {
    let document = tree::toml(source)?;
    let packages = tree::objects(document.root(), "package")?;
    let mut wanted = Vec::new();
    for &package in &packages {
        let mut lists: Vec<_> = package.get("dependencies").into_iter().collect();
        for groups in ["optional-dependencies", "dev-dependencies"] {
            lists.extend(package.get(groups).into_iter().flat_map(Value::items));
        }
        for one in lists.into_iter().flat_map(Value::items) {
            wanted.extend(tree::text(one, "name")?);
        }
    }
    let there = named(&packages)?;
    Ok(Asked::new(there, wanted.into_iter().map(|name| vec![normal(name)])))
}

fn named(packages: &[Value<'_>]) -> Result<Vec<String>, Unread> {
    packages.iter().map(|package| tree::needed(*package, "name").map(normal)).collect()
}
