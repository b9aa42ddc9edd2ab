//! `composer.lock` (<https://getcomposer.org/doc/01-basic-usage.md>): `packages` and `packages-dev`. `platform` says what PHP has to
//! offer, and pins nothing.

use super::{Ecosystem, Hold, Pin, Unread, origin, tree};
use crate::document::Value;
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let document = tree::json(source)?;
    let root = document.root();
    tree::is_object(root)?;
    if root.get("packages").is_none() {
        return Err(Unread::whole("it is no composer.lock: it has no `packages`"));
    }
    let mut packages = tree::objects(root, "packages")?;
    packages.extend(tree::objects(root, "packages-dev")?);
    packages.into_iter().filter_map(|package| pin(package).transpose()).collect()
}

fn pin(package: Value<'_>) -> Result<Option<Pin>, Unread> {
    let name = tree::needed(package, "name")?;
    let version = tree::needed(package, "version")?;
    let line = package.get("name").map_or(0, tree::line);
    let (dist, source) = (tree::object(package, "dist")?, tree::object(package, "source")?);
    let of = |part: Option<Value<'_>>, key| {
        part.map_or(Ok(None), |part| tree::text(part, key).map(|text| text.map(str::to_owned)))
    };
    if of(dist, "type")?.as_deref() == Some("path") {
        return Ok(None);
    }
    let reference = of(source, "reference")?.or(of(dist, "reference")?).unwrap_or_default();
    let checksum = of(dist, "shasum")?.unwrap_or_default();
    let address = of(source, "url")?.or(of(dist, "url")?);
    let branch = version.starts_with("dev-") || version.ends_with("-dev");
    let hold = match (branch, origin::is_commit(&reference)) {
        (false, _) => Hold::Fixed,
        (true, true) => Hold::Tracked,
        (true, false) => Hold::Floating,
    };
    let pin = Pin::new(Ecosystem::Packagist, name, version, line).from(address.as_deref());
    Ok(Some(pin.held(hold).digest([reference.as_str(), checksum.as_str()])))
}
