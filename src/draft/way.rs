//! What only people know of the way that a package goes.

use super::known::field_at;
use super::packages::Package;
use crate::proposal::shape::Field;
use crate::proposal::version::semver_level;

/// Which upgrade it takes back, or, where the step is large, which others its maker requires.
pub(super) fn asked_on_the_way(package: &Package) -> Option<&'static Field> {
    let is_large = matches!(package.size.as_deref(), Some("major" | "replacement"));
    let name = if package.back { "reverts" } else { Some("required_steps").filter(|_| is_large)? };
    field_at(["change", name])
}

/// How large the step of one of several packages is, where its versions do not show it, as of commits. That of the whole is guessed.
pub(super) fn asked_how_large(package: &Package) -> Option<&'static Field> {
    let from = package.from.as_deref().filter(|_| package.size.is_none())?;
    if semver_level(from, &package.to) == "unknown" { field_at(["change", "size"]) } else { None }
}
