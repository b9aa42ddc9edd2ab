//! What a proposal proves by files.

use super::model::PROOF;
use super::tree::{NodeId, Tree, Value};

/// The proofs that name a file, wherever they stand, in the order of the document.
pub fn file_proofs(proposal: &Tree) -> impl Iterator<Item = NodeId> {
    let is_proof =
        |node| matches!(proposal.value(node), Value::Object(shape, _) if std::ptr::eq(*shape, &raw const PROOF));
    let nodes = (0..proposal.len()).map(|index| NodeId(index as u32));
    nodes.filter(move |&node| is_proof(node) && proposal.get(node, "file").is_some())
}
