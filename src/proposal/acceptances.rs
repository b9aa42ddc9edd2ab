//! What people take on by name in a proposal.

use super::model::{ACCEPTED, ACCEPTED_SPOT};
use super::tree::{NodeId, Tree, Value};

/// The acceptances, wherever they stand, in the order of the document. A profile has none.
pub fn acceptances(proposal: &Tree) -> impl Iterator<Item = NodeId> {
    let is_acceptance = |node: &NodeId| match proposal.value(*node) {
        Value::Object(shape, _) => {
            std::ptr::eq(*shape, &raw const ACCEPTED) || std::ptr::eq(*shape, &raw const ACCEPTED_SPOT)
        }
        _ => false,
    };
    (0..proposal.len()).map(|index| NodeId(index as u32)).filter(is_acceptance)
}
