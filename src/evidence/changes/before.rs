//! What the files of the change pinned before it: where a package that is new was taken from already.

use super::File;
use super::told::tell_of_new;
use crate::lockfiles::{Ecosystem, Pin};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What the files of the change pinned before it.
pub(super) struct Earlier<'p> {
    pins: HashMap<(String, Ecosystem), Vec<&'p Pin>>,
    registries: HashSet<Option<(&'p str, &'p str)>>,
}

impl<'p> Earlier<'p> {
    pub(super) fn of(files: &'p [File]) -> Self {
        let mut pins: HashMap<_, Vec<&Pin>> = HashMap::new();
        for pin in files.iter().flat_map(|file| &file.old.0) {
            pins.entry(pin.key()).or_default().push(pin);
        }
        let registries = pins.values().flatten().filter_map(|pin| registry(pin)).map(Some).collect();
        Self { pins, registries }
    }

    /// Tells where a new pin comes from, if that is nowhere that this repository takes packages from.
    pub(super) fn tell_of(&self, told: &mut Value, new: &Pin) {
        let earlier = self.pins.get(&new.key()).map_or(&[][..], Vec::as_slice);
        // What a repository takes from a registry of its own may bring others along from there.
        if !(earlier.is_empty() && self.registries.contains(&registry(new))) {
            tell_of_new(told, new, earlier);
        }
    }
}

/// Where the packages of an ecosystem are taken from: the address of one, without its own name.
fn registry(pin: &Pin) -> Option<(&str, &str)> {
    let origin = pin.origin.as_deref()?;
    // GitHub has the packages of all its accounts in one registry: each account is one of its own.
    let of_github = origin.starts_with("https://npm.pkg.github.com/");
    let name = if of_github { pin.name.rsplit('/').next().unwrap_or_default() } else { &*pin.name };
    let above = origin.strip_suffix(name).and_then(|above| above.strip_suffix('/'));
    Some((pin.ecosystem.as_str(), above.unwrap_or(origin)))
}

#[cfg(test)]
mod tests {
    use super::registry;
    use crate::lockfiles::Format;

    #[test]
    fn each_account_of_github_is_a_registry() {
        let of = |name: &str| {
            let digest = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab";
            let text = format!(
                r#"{{"lockfileVersion": 3, "packages": {{"node_modules/{name}": {{"version": "1.0.0",
                    "resolved": "https://npm.pkg.github.com/download/{name}/1.0.0/{digest}"}}}}}}"#
            );
            let pins = Format::Npm.read(&text).unwrap();
            registry(&pins[0]).map(|(_, above)| above.to_owned())
        };
        assert_eq!(of("@acme/u").as_deref(), Some("https://npm.pkg.github.com/download/@acme"));
        assert_eq!(of("@acme/u"), of("@acme/other"));
        assert_ne!(of("@acme/u"), of("@evil/u"));
    }
}
