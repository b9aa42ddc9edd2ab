//! What people have taken on by name: reports list it, so that nobody has to look for it in the proposal.

use crate::facts::Facts;
use crate::proposal::{NodeId, Tree, Value, acceptances, handle};
use crate::source::Place;

/// A risk, a gap or an exception that a person has accepted. Whether it holds is for the rules that ask for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptance {
    /// Where it stands, as a JSON Pointer.
    pub pointer: String,
    /// The same by names, for people: `testing.cases[3].accepted`.
    pub path: String,
    /// What that is about, by its own name, where it has one; hostile text like all that follows.
    pub of: Option<String>,
    /// Who has accepted it.
    pub by: String,
    /// Whether that is one of those who wrote the proposal, whose word few rules take.
    pub by_author: bool,
    /// Why.
    pub reason: String,
    /// The last day on which it holds, `2026-12-20`; none where it is not limited.
    pub valid_through: Option<String>,
    /// Where that is recorded.
    pub reference: Option<String>,
    /// Where it stands.
    pub place: Place,
}

impl Acceptance {
    /// All that are in a proposal, in the order of the document.
    pub fn all_of(facts: &Facts) -> Vec<Self> {
        let tree = &facts.proposal;
        let co_authors = tree.path(&["co_authors"]).map(|list| tree.items(list)).unwrap_or_default();
        let authors = tree.path(&["submitted_by"]).into_iter().chain(co_authors.iter().copied());
        let authors: Vec<_> = authors.filter_map(|author| tree.text(author)).map(handle).collect();
        acceptances(tree).map(|node| Self::of(tree, node, &authors)).collect()
    }

    fn of(tree: &Tree, node: NodeId, authors: &[String]) -> Self {
        let text = |name| tree.get(node, name).and_then(|node| tree.text(node)).map(str::to_owned);
        let by = text("by").unwrap_or_default();
        let through = tree.get(node, "valid_through").map(|node| tree.value(node));
        Self {
            pointer: tree.pointer(node),
            path: tree.dotted(node),
            of: name_of(tree, node).or_else(|| name_of(tree, tree.node(node).parent)).map(str::to_owned),
            by_author: authors.contains(&handle(&by)),
            by,
            reason: text("reason").unwrap_or_default(),
            valid_through: through
                .and_then(|day| if let Value::Date(day) = day { Some(day.to_string()) } else { None }),
            reference: text("reference"),
            place: tree.head(node),
        }
    }
}

/// What an object calls the thing that it is about: the first that its shape requires, unless that is who accepts it.
fn name_of(tree: &Tree, node: NodeId) -> Option<&str> {
    let Value::Object(shape, _) = tree.value(node) else { return None };
    let first = shape.fields.iter().find(|field| field.required).filter(|field| field.name != "by")?;
    tree.text(tree.get(node, first.name)?)
}
