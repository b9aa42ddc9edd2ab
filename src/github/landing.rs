//! Which pull request brought a commit to its branch.

use super::pages::all;
use super::people::is_repository;
use super::pushes::short;
use super::wire::Wire;
use super::{At, Problem};
use serde::Deserialize;

#[derive(Deserialize)]
struct Pull {
    number: u64,
    merged_at: Option<At>,
    merge_commit_sha: Option<String>,
    base: Base,
}

#[derive(Deserialize)]
struct Base {
    #[serde(rename = "ref")]
    branch: String,
    repo: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    full_name: String,
    default_branch: String,
}

/// Asks for the one pull request by whose merge a commit came to a branch: to the one that is named, or else to the default branch. GitHub also lists those that
/// merely hold the commit.
pub async fn landing(wire: Wire<'_>, repository: &str, commit: &str, branch: Option<&str>) -> Result<u64, Problem> {
    let repository = is_repository(repository)?;
    let what = format!("the pull requests of {}", short(commit));
    let pulls: Vec<Pull> = all(wire, &what, &format!("/repos/{repository}/commits/{commit}/pulls")).await?;
    let is_here = |pull: &&Pull| {
        pull.base.repo.as_ref().is_some_and(|repo| {
            repo.full_name.eq_ignore_ascii_case(repository)
                && pull.base.branch == branch.unwrap_or(&repo.default_branch)
        })
    };
    let brought = |pull: &&Pull| pull.merged_at.is_some() && pull.merge_commit_sha.as_deref() == Some(commit);
    let landed: Vec<u64> = pulls.iter().filter(brought).filter(is_here).map(|pull| pull.number).collect();
    match *landed {
        [number] => Ok(number),
        [] => Err(nobody(commit, branch)),
        _ => {
            let all: Vec<_> = landed.iter().map(|number| format!("#{number}")).collect();
            Err(Problem::new(
                "evidence/github-doubt",
                format!(
                    "{} is told to be the merge of {}, and whose approvals count can't be told",
                    short(commit),
                    all.join(" and ")
                ),
                "merge one pull request at a time; of several that were merged by one commit, judge the next one",
            ))
        }
    }
}

fn nobody(commit: &str, branch: Option<&str>) -> Problem {
    let branch = branch.map_or_else(|| "the default branch".to_owned(), |branch| format!("`{branch}`"));
    Problem::new(
        "evidence/no-pull-request",
        format!("GitHub knows of no pull request that was merged into {branch} as {}", short(commit)),
        "judge the commit that a merge has made, with the commit before it as --base; of a pull request that is not merged yet, name the number with --pr",
    )
}
