//! What the proposals of a change propose of packages, so that each is judged by what all of them propose together.

use crate::proposal::{NodeId, Tree, component_packages, package_of};
use crate::versions::package_key;
use std::collections::{BTreeSet, HashMap};

/// A part of a change that names a package: the change itself, or one of its components.
#[derive(Debug)]
pub struct Part {
    package: Package,
    from: Option<Box<str>>,
    to: Option<Box<str>>,
    size: Option<Box<str>>,
    library: bool,
    reverts: bool,
}

/// By what a part names its package.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Package {
    /// What [`package_key`] makes of its URL.
    Url(Box<str>),
    /// The name of the component, where neither the part nor the profile has one.
    Name(Box<str>),
}

impl Part {
    /// All parts of a proposal.
    pub fn all_of(tree: &Tree) -> Box<[Self]> {
        let change = tree.path(&["change"]);
        let listed = change.and_then(|change| tree.get(change, "components"));
        let listed = listed.map(|list| tree.items(list)).unwrap_or_default();
        let components = component_packages(tree);
        let of = |part| Self::of(tree, part, &components);
        change.into_iter().chain(listed.iter().copied()).filter_map(of).collect()
    }

    fn of(tree: &Tree, part: NodeId, components: &HashMap<&str, &str>) -> Option<Self> {
        let text = |field| tree.text(tree.get(part, field)?).map(Box::<str>::from);
        let url = package_of(tree, part, components).map(|url| Package::Url(package_key(url).into()));
        let package = url.or_else(|| text("component").map(Package::Name))?;
        let library = tree.get(part, "library").and_then(|said| tree.flag(said)) == Some(true);
        let reverts = tree.get(part, "reverts").is_some();
        Some(Self { package, from: text("from"), to: text("to"), size: text("size"), library, reverts })
    }
}

/// The parts of all proposals of a change, by package.
#[derive(Debug, Default)]
pub struct Proposed(HashMap<Package, Vec<(usize, usize)>>);

/// What another proposal proposes of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere<'r> {
    /// The id of that proposal.
    pub id: &'r str,
    /// The version that it begins with.
    pub from: Option<&'r str>,
    /// The version that it goes to.
    pub to: Option<&'r str>,
    /// How large it says that the step is.
    pub size: Option<&'r str>,
    /// Whether it says that the package is a library of a component.
    pub library: bool,
    /// Whether it says that it takes an upgrade back.
    pub reverts: bool,
}

/// So many steps are told of one package.
const MOST: usize = 50;

impl Proposed {
    pub fn add(&mut self, index: usize, parts: &[Part]) {
        for (number, part) in parts.iter().enumerate() {
            self.0.entry(part.package.clone()).or_default().push((index, number));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What others than one propose of a package, each step once.
    pub fn elsewhere<'r>(
        &self,
        index: usize,
        package: (&str, &str),
        of: impl Fn(usize) -> Option<(&'r str, &'r [Part])>,
    ) -> Vec<Elsewhere<'r>> {
        let mut steps = BTreeSet::new();
        let others = self.all(package, |other| of(other).filter(|_| other != index));
        others.filter(|part| steps.insert((part.from, part.to, part.size))).take(MOST).collect()
    }

    /// Those that propose anything of a package.
    pub fn proposing(&self, (url, name): (&str, &str)) -> impl Iterator<Item = usize> {
        let packages = [Package::Url(package_key(url).into()), Package::Name(name.into())];
        packages.into_iter().filter_map(|package| self.0.get(&package)).flatten().map(|&(index, _)| index)
    }

    /// What all of them propose of a package.
    pub fn all<'r>(
        &self,
        (url, name): (&str, &str),
        of: impl Fn(usize) -> Option<(&'r str, &'r [Part])>,
    ) -> impl Iterator<Item = Elsewhere<'r>> {
        let packages = [Package::Url(package_key(url).into()), Package::Name(name.into())];
        let parts = packages.into_iter().filter_map(|package| self.0.get(&package)).flatten();
        parts.filter_map(move |&(index, number)| {
            let (id, parts) = of(index)?;
            let &Part { ref from, ref to, ref size, library, reverts, .. } = parts.get(number)?;
            let (from, to, size) = (from.as_deref(), to.as_deref(), size.as_deref());
            Some(Elsewhere { id, from, to, size, library, reverts })
        })
    }
}
