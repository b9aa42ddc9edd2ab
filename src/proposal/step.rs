//! How large the step of an upgrade is: as it is stated, and as the versions show.

use super::NodeId;
use super::tree::Tree;
use super::version::{dated_level, not_before, semver_level};

/// A step from one version to another, of a change or of one component of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The larger of what is stated and what the versions show: one of [`SIZES`].
    pub size: &'static str,
    /// What a cautious reader takes it for: larger than `size` where nothing shows that the step is as small as it is called.
    pub counted: &'static str,
    /// Whether it leads to an earlier version. It is then as large as the same step forward.
    pub backward: bool,
    /// The values that say so.
    pub by: Vec<NodeId>,
}

/// From the smallest; one of which nothing is known comes first, so that anything that is said counts.
pub const SIZES: [&str; 6] = ["unknown", "none", "patch", "minor", "major", "replacement"];

/// The steps of an upgrade: of the change itself, where it names versions or a size, and of its components. There is always one: what
/// says nothing of its steps may take a large one.
pub fn steps(tree: &Tree) -> Vec<Step> {
    let change = tree.path(&["change"]);
    let parts = tree.path(&["change", "components"]).map(|parts| tree.items(parts)).unwrap_or_default();
    let says = |part: NodeId, name| tree.get(part, name).is_some();
    let own = change.filter(|&change| ["from", "to", "size"].iter().any(|name| says(change, name))).map(|change| {
        let own = Step::of(tree, change);
        // Of a whole that has no version of its own the parts show how large its step is.
        let shown_by_parts = !parts.is_empty() && !says(change, "from") && !says(change, "to");
        if shown_by_parts { Step { counted: own.size, ..own } } else { own }
    });
    let steps: Vec<_> = own.into_iter().chain(parts.iter().map(|&part| Step::of(tree, part))).collect();
    if steps.is_empty() { vec![Step::UNSAID] } else { steps }
}

impl Step {
    const UNSAID: Self = Self { size: "unknown", counted: UNSHOWN, backward: false, by: Vec::new() };

    /// The step of a change or of one component of it. Versions show the size unless their `scheme` is `calendar` or `other`, or
    /// the first number of the target may be a year and no scheme is stated; serial numbers show none.
    pub fn of(tree: &Tree, part: NodeId) -> Self {
        let field = |name| tree.get(part, name).and_then(|node| Some((tree.text(node)?, node)));
        let (stated, scheme) = (field("size"), field("scheme"));
        let serial = has_serial(tree, field("component").map(|(name, _)| name));
        let versions = field("from").zip(field("to")).filter(|_| !serial);
        let semantic = versions.is_some_and(|(_, (to, _))| match scheme {
            Some((scheme, _)) => scheme == "semantic",
            None => !not_before(to, "1990"),
        });
        let level = if semantic { semver_level } else { dated_level };
        let (read, backward) = match versions.map(|((from, _), (to, _))| (level(from, to), level(to, from))) {
            Some(("backward", back)) => (back, true),
            Some((forward, _)) => (forward, false),
            None => ("unknown", false),
        };
        let shown = if semantic { read } else { "unknown" };
        let stated_size = stated.map_or("unknown", |(size, _)| size);
        let size = larger(shown, stated_size);
        // Were it as large as it is called, whoever wants a large step judged as a small one would write another scheme, or a
        // version that nobody can read.
        let counted = match (shown, read) {
            _ if serial && stated.is_some() => size,
            ("unknown", "unknown") => larger(size, UNSHOWN),
            ("unknown", read) => larger(size, read),
            _ => size,
        };
        let fields = if place(shown) > place(stated_size) || backward {
            vec![field("from"), field("to")]
        } else if counted != size {
            vec![stated, scheme, field("from"), field("to")]
        } else {
            vec![stated]
        };
        Self { size, counted, backward, by: fields.into_iter().flatten().map(|(_, node)| node).collect() }
    }
}

/// Whether a certificate, a key or a licence is renewed, and the profile knows the component as one: their numbers have no order, and a
/// renewal is as large as it is said to be. What the change is called is not enough, as anybody can call it so.
fn has_serial(tree: &Tree, component: Option<&str>) -> bool {
    if tree.path(&["change", "kind"]).and_then(|kind| tree.text(kind)) != Some("certificate") {
        return false;
    }
    let components = tree.path(&["system", "components"]).map(|list| tree.items(list)).unwrap_or_default();
    let text = |node, name| tree.text(tree.get(node, name)?);
    let own = components.iter().find(|&&one| component.is_some() && text(one, "name") == component);
    own.is_some_and(|&one| matches!(text(one, "kind"), Some("certificate" | "license")))
}

/// What a step counts as that nothing shows.
const UNSHOWN: &str = "major";

fn larger(one: &str, other: &str) -> &'static str {
    SIZES[place(one).max(place(other))]
}

/// The place of a size among [`SIZES`].
pub fn place(size: &str) -> usize {
    SIZES.iter().position(|known| *known == size).unwrap_or(0)
}
