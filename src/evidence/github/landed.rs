//! A commit that a pull request brought, or is about to bring by way of a merge queue: its approvals are of the head of the pull request, and what is judged is
//! something else, which has to be told apart from something that nobody has seen.

use crate::evidence::sources::World;
use crate::evidence::{Answer, Code, Question};
use crate::finding::Fault;

/// The answer about the pull request of a commit, if the commit holds what merging that into the base makes, and nothing else: no line that was put in while it was
/// merged, and no other pull request beside it.
pub fn held(world: &World, question: &Question, answer: Answer) -> Answer {
    let Answer::Known { value, .. } = &answer else { return answer };
    let head = value["pull"]["head"].as_str().unwrap_or_default();
    match differs(world, question, head) {
        Ok(None) => answer,
        Ok(Some(why)) => Answer::unavailable_as(
            Code::of("trust/other-head"),
            why,
            "name the commit that stood before it as --base; what was changed when it was merged has to be reviewed in a pull request of its own",
        ),
        Err(Fault { message, help, .. }) => {
            Answer::unavailable_as(Code::of("trust/other-head"), message, help.unwrap_or_default())
        }
    }
}

fn differs(world: &World, question: &Question, head: &str) -> Result<Option<String>, Fault> {
    let (Some(base), Some(judged), Question::Landed { commit, .. }) = (&world.tip, world.judged.base(), question)
    else {
        return Ok(Some("what is judged is no commit".to_owned()));
    };
    let (repository, judged) = (judged.repository(), judged.commit());
    if judged.as_str() != commit {
        return Ok(Some(format!("what is judged is {}, and it was asked about another commit", judged.short())));
    }
    let head = repository.commit(head).map_err(|fault| {
        fault.help("fetch what was approved before the gate runs: git fetch origin refs/pull/NUMBER/head; a squashed or rebased branch is not in the history")
    })?;
    if repository.is_merge_of(judged, base, &head)? {
        return Ok(None);
    }
    Ok(Some(format!(
        "{} is not what merging {}, which was reviewed, into {} makes",
        judged.short(),
        head.short(),
        base.short()
    )))
}
