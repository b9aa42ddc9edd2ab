//! What a proposal proves, and by what.

use super::model::PROOF;
use super::tree::{NodeId, Tree, Value};

/// The proofs, wherever they stand, in the order of the document.
pub fn proofs(proposal: &Tree) -> impl Iterator<Item = NodeId> {
    let is_proof =
        |node| matches!(proposal.value(node), Value::Object(shape, _) if std::ptr::eq(*shape, &raw const PROOF));
    (0..proposal.len()).map(|index| NodeId(index as u32)).filter(move |&node| is_proof(node))
}

/// Those that name a file.
pub fn file_proofs(proposal: &Tree) -> impl Iterator<Item = NodeId> {
    proofs(proposal).filter(|&node| proposal.get(node, "file").is_some())
}
