//! `packages.lock.json` of NuGet (<https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files>): packages by
//! target framework. Those of type `Project` are other projects of the solution, and no pins.

use super::{Ecosystem, Pin, Unread, quoted, tree};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = tree::json(source)?;
    let root = document.root();
    tree::is_object(root)?;
    tree::version(root, "version", 1..=2)?;
    let Some(frameworks) = tree::object(root, "dependencies")? else {
        return Err(Unread::whole("it is no packages.lock.json: it has no `dependencies`"));
    };
    let mut pins = Vec::new();
    for framework in frameworks.items() {
        tree::is_object(framework)?;
        for package in framework.items() {
            tree::is_object(package)?;
            match tree::needed(package, "type")? {
                "Project" => continue,
                "Direct" | "Transitive" | "CentralTransitive" => {}
                other => return Err(tree::unread(package, format!("a type that is not known: {}", quoted(other)))),
            }
            let version = tree::needed(package, "resolved")?;
            let pin = Pin::new(Ecosystem::NuGet, package.key().unwrap_or_default(), version, tree::key_line(package));
            pins.push(pin.digest(tree::text(package, "contentHash")?));
        }
    }
    Ok(pins)
}
