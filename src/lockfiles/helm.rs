//! `Chart.lock` (<https://helm.sh/docs/helm/helm_dependency_build/>). Charts in a folder of the repository (`file://`, or no repository) are
//! no pins.

use super::yaml::Yaml;
use super::{Ecosystem, Hold, Pin, Unread, origin};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let yaml = Yaml::parse(source)?;
    let root = yaml.single()?;
    let Some(dependencies) = root.get("dependencies") else {
        return Err(root.unread("it is no Chart.lock: it has no `dependencies`"));
    };
    if dependencies.is_null() {
        return Ok(Vec::new());
    }
    let mut pins = Vec::new();
    for chart in dependencies.items().ok_or_else(|| dependencies.unread("`dependencies` is no list"))? {
        let name = chart.needed("name")?;
        let version = chart.needed("version")?;
        let repository = chart.text("repository")?.unwrap_or_default();
        if repository.is_empty() || repository.starts_with("file:") {
            continue;
        }
        let hold = if origin::is_version(version) { Hold::Fixed } else { Hold::Floating };
        pins.push(Pin::new(Ecosystem::Helm, name, version, chart.line()).from(Some(repository)).held(hold));
    }
    Ok(pins)
}
