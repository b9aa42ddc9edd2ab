//! What the proposal gives to prove what it says.

use super::{Args, Function};
use crate::facts::Root;
use crate::policy::run::{Answer, Run};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::file_proofs;

pub const FUNCTIONS: &[Function] = &[Function {
    signature: "proofs() -> list",
    doc: "Everything that the proposal names as a proof, wherever it stands, in the order of the document: objects with `kind`, `file`, \
          `digest`, `reference`, `at` and `note`. What stands in the files is in `evidence.files`.",
    call: proofs,
}];

fn proofs<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let tree = &run.facts.proposal;
    run.budget.work(tree.len() / 4)?;
    Ok(file_proofs(tree).map(|id| Value::Node(Node { root: Root::Proposal, id })).collect())
}
