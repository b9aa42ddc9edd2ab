//! Which of the packages that a change touches a draft is about.

use super::said::Said;
use crate::evidence::Package as Advised;
use crate::finding::Fault;
use crate::proposal::fits;
use crate::proposal::shape::Kind;
use crate::proposal::version::semver_level;
use crate::report::inert_line;
use crate::versions::{package_key, same_package};
use serde_json::Value;
use std::collections::HashMap;

/// A component of a system, as its profile names it.
#[derive(Debug, Clone)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// Its kind: `application`.
    pub kind: String,
    /// Its package URL, where the profile has one.
    pub package_url: Option<String>,
    /// The version that runs, by the profile.
    pub version: Option<String>,
}

impl Component {
    /// Whether it is this package, whatever version its URL has.
    pub fn is(&self, package_url: &str) -> bool {
        self.package_url.as_deref().is_some_and(|own| same_package(own, package_url))
    }

    fn is_called(&self, name: &str) -> bool {
        self.package_url.is_none() && self.name == name
    }
}

/// A package that goes from one version to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name in its ecosystem; hostile text.
    pub name: String,
    /// The component of the profile that it is, where it is one.
    pub component: Option<String>,
    /// Its package URL, without a version.
    pub package_url: Option<String>,
    /// The version that runs; none of one that is new, and of a tag that was moved where no digest tells to what.
    pub from: Option<String>,
    /// The version that shall run; of a tag that was moved with its digest.
    pub to: String,
    /// The size of the step, where versions show it.
    pub size: Option<String>,
    /// Whether it goes back to an earlier version.
    pub back: bool,
}

/// The packages of a draft.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What the change is about.
    pub direct: Vec<Package>,
    /// What comes along with it.
    pub along: Vec<Package>,
    /// What is not drafted, and why.
    pub left_out: Vec<String>,
}

impl Chosen {
    /// The packages as advisories are asked about them.
    pub fn packages(&self) -> Vec<Advised> {
        let all = self.direct.iter().chain(&self.along);
        let asked = all.filter_map(|package| {
            let package_url = package.package_url.clone()?;
            Some(Advised { package_url, from: package.from.clone(), to: Some(package.to.clone()) })
        });
        asked.collect()
    }
}

/// More of them nobody reviews, and the model takes no more.
const MOST: usize = 200;

/// Chooses among what differs: the packages that are named, or all of them; those come first that the commit calls direct, or else those
/// that the profile has.
///
/// # Errors
/// When nothing changes, or none of that name does.
pub fn chosen(changes: &[Value], named: &[String], said: &[Said], components: &[Component]) -> Result<Chosen, Fault> {
    let mut chosen = Chosen::default();
    let mut unknown: Vec<&String> = named.iter().collect();
    let keys: HashMap<&str, String> = named.iter().map(|word| (word.as_str(), package_key(word))).collect();
    let mut of_package = HashMap::new();
    for component in components.iter().rev() {
        of_package.extend(component.package_url.as_deref().map(|url| (package_key(url), component)));
    }
    for change in changes {
        let text = |field: &str| change.get(field).and_then(Value::as_str).unwrap_or_default();
        let (name, url) = (text("name"), text("package_url"));
        let key = package_key(url);
        let is_named = |word: &&String| word.as_str() == name || keys.get(word.as_str()) == Some(&key);
        unknown.retain(|word| !is_named(word));
        if !named.is_empty() && !named.iter().any(|word| is_named(&word)) {
            chosen.left_out.push(format!("{}, which was not named", shown(name)));
            continue;
        }
        let (from, to) = (text("from"), text("to"));
        if to.is_empty() || text("kind") == "removed" {
            chosen.left_out.push(format!("{}, which is removed, or has no version", shown(name)));
        } else if from == to && text("contents") != "moved" {
            chosen.left_out.push(format!("{}, which keeps its version", shown(name)));
        } else {
            let by_name = || components.iter().find(|component| component.is_called(name));
            let component = of_package.get(&key).copied().or_else(by_name);
            let (from, to) = ends(change, component);
            let package = Package {
                name: name.to_owned(),
                component: component.map(|component| component.name.clone()),
                package_url: Some(url.to_owned()).filter(|url| is_plain(url, 300)),
                from,
                to,
                size: Some(text("size").to_owned()).filter(|size| !size.is_empty()),
                back: goes_back(change),
            };
            let called = said.iter().find(|said| said.name == name);
            let direct = !named.is_empty() || called.map_or(component.is_some(), |said| said.direct);
            let list = if direct { &mut chosen.direct } else { &mut chosen.along };
            if !list.contains(&package) {
                list.push(package);
            }
        }
    }
    if let Some(word) = unknown.first() {
        return Err(Fault::new("usage/package", format!("`{word}` is no package that the change touches"))
            .help(listed(changes)));
    }
    let count = chosen.direct.len() + chosen.along.len();
    match count {
        0 => Err(nothing(&chosen.left_out)),
        1..=MOST => Ok(chosen),
        _ => Err(Fault::new("usage/package", format!("{count} packages change, and a draft is about at most {MOST}"))
            .help("name those that it is to be about: changegate draft PACKAGE…")),
    }
}

/// From where to where a package goes. Under one tag another image is told from the one before by its digest alone; where there is none,
/// nothing is known from which the step could begin.
fn ends(change: &Value, component: Option<&Component>) -> (Option<String>, String) {
    let text = |field: &str| change.get(field).and_then(Value::as_str).unwrap_or_default();
    let (from, to) = (text("from"), text("to"));
    if from != to {
        return (Some(from.to_owned()).filter(|from| is_plain(from, 100)), to.to_owned());
    }
    let Some(with_digest) = held(to, text("to_digest")) else { return (None, to.to_owned()) };
    // The step begins with what the profile says that runs.
    let is_recorded = component.is_some_and(|component| component.version.as_deref() == Some(from));
    (if is_recorded { Some(from.to_owned()) } else { held(from, text("from_digest")) }, with_digest)
}

/// Whether a package goes back, by the order of its ecosystem; where that can't tell, by the numbers of its versions, or of the tags that
/// comments name beside the commits of an action.
fn goes_back(change: &Value) -> bool {
    let text = |field: &str| change.get(field).and_then(Value::as_str);
    let is_backward =
        |(from, to)| text(from).zip(text(to)).is_some_and(|(from, to)| semver_level(from, to) == "backward");
    match text("direction") {
        Some("down") => true,
        Some("up" | "same") => false,
        _ => [("from", "to"), ("from_called", "to_called")].into_iter().any(is_backward),
    }
}

/// A tag with the digest that holds it, or the digest alone where both are too long for a version.
fn held(tag: &str, digest: &str) -> Option<String> {
    let fitting = [format!("{tag}@{digest}"), digest.to_owned()].into_iter().find(|version| is_plain(version, 100));
    fitting.filter(|_| digest.contains(':'))
}

fn nothing(left_out: &[String]) -> Fault {
    let but = left_out.first().map(|one| format!(", but for {one}")).unwrap_or_default();
    Fault::new("usage/package", format!("no version of a pinned package changes{but}"))
        .help("commit the change of the lockfile first, and name the branch that it goes to with --base")
}

fn listed(changes: &[Value]) -> String {
    let names: Vec<_> = changes.iter().filter_map(|change| change.get("name")?.as_str()).map(shown).take(10).collect();
    format!("it touches {}", names.join(", "))
}

/// A name of a package as the name of a component: what a name may not hold becomes a hyphen.
pub(super) fn as_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-/@:+".contains(c) { c } else { '-' };
    let name: String = name.chars().map(plain).take(128).collect();
    let name = name.trim_start_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '@'));
    if fits(&Kind::Name, name) && !name.starts_with("TODO:") { name.to_owned() } else { "package".to_owned() }
}

/// Whether a text of a lockfile may stand in a proposal as it is: nothing in it is invisible, or moves what is beside it.
pub(super) fn is_plain(text: &str, most: usize) -> bool {
    !text.is_empty()
        && text.len() <= most
        && text.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.starts_with("TODO:")
}

/// A name of a lockfile on a terminal.
fn shown(name: &str) -> String {
    inert_line(name, 80, "…")
}
