//! What reviewers may do in the repository: GitHub lets everybody review what is public, and an opinion is held by who may write to it.

use super::people::{is_repository, named};
use super::wire::Wire;
use super::{Account, Accounts, Gathered, Problem, Standing, opinions};
use crate::exchange::encoded;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most reviewers who are asked about: each is a question to GitHub.
const MOST: usize = 200;

/// The role of somebody in a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// What it comes to: `admin`, `write`, `read` or `none`.
    pub permission: String,
    /// Its name: `maintain`, `triage`, or one that the organisation has made.
    pub role: String,
    /// Whether it is enough to write to the repository.
    pub writes: bool,
}

impl Permission {
    /// That of an account that is no longer there.
    fn none() -> Self {
        Self { permission: "none".to_owned(), role: "none".to_owned(), writes: false }
    }
}

/// The roles of all whose review would count if they may write, by the numbers of their accounts.
pub async fn permissions(
    wire: Wire<'_>,
    gathered: &Gathered,
    accounts: &Accounts,
) -> Result<BTreeMap<u64, Permission>, Problem> {
    let asked = unasked(gathered, accounts);
    if asked.len() > MOST {
        return Err(Problem::too_many(format!(
            "{} people have reviewed, and of no more than {MOST} it is asked whether they may write to the repository",
            asked.len()
        )));
    }
    let mut found = BTreeMap::new();
    for Account { id, login, .. } in asked {
        found.insert(id, permission(wire, &gathered.repository, &login, id).await?);
    }
    Ok(found)
}

/// Each stands once: an account has one opinion.
fn unasked(gathered: &Gathered, accounts: &Accounts) -> Vec<Account> {
    let all = opinions(gathered, accounts).each.into_iter();
    let open = all.filter(|opinion| !matches!(opinion.standing, Standing::Not(_)));
    open.filter_map(|opinion| opinion.by).filter(|account| account.kind == "User").collect()
}

#[derive(Deserialize)]
struct Told {
    permission: String,
    role_name: String,
    user: Option<Who>,
}

#[derive(Deserialize)]
struct Who {
    id: u64,
    permissions: Option<May>,
}

#[derive(Deserialize)]
struct May {
    push: bool,
}

/// Asks for a role, and whether the account still is the one that is meant.
pub async fn permission(wire: Wire<'_>, repository: &str, login: &str, id: u64) -> Result<Permission, Problem> {
    let repository = is_repository(repository)?;
    let what = format!("the role of @{} in {repository}", named(login)?);
    let path = format!("/repos/{repository}/collaborators/{}/permission", encoded(login));
    let told: Told = match wire.get(&what, &path).await {
        Ok(told) => told,
        Err(problem) if problem.is_answer() => return absent(wire, repository, login, id, problem).await,
        Err(problem) => return Err(problem),
    };
    let Some(who) = told.user.as_ref().filter(|who| who.id == id) else { return Err(another(&what)) };
    let writes = writes(&told.permission, who.permissions.as_ref().map(|may| may.push))
        .ok_or_else(|| Problem::malformed(&what, "what it says of writing does not agree"))?;
    Ok(Permission { permission: told.permission, role: told.role_name, writes })
}

/// Whether a role is enough to write; none where that can't be told. `permission` has four words, to one of which each role of GitHub comes;
/// where it has another one, as for a role that an organisation has made, what the role allows says it. Two that contradict each other say nothing.
fn writes(permission: &str, push: Option<bool>) -> Option<bool> {
    let by_word = match permission {
        "admin" | "maintain" | "write" => Some(true),
        "triage" | "read" | "none" => Some(false),
        _ => None,
    };
    match (by_word, push) {
        (Some(word), Some(push)) => (word == push).then_some(push),
        (word, push) => word.or(push),
    }
}

/// What it means that GitHub tells of no role: that the account is gone, or else that this token may not see it.
async fn absent(
    wire: Wire<'_>,
    repository: &str,
    login: &str,
    id: u64,
    problem: Problem,
) -> Result<Permission, Problem> {
    let hidden = || {
        Problem::new(
            "evidence/github-forbidden",
            format!(
                "this token does not see what @{login} may do in {repository}, so whether their review counts is not known"
            ),
            "give a token that has the permission `Metadata: read` of the repository (a fine-grained token, or one of a workflow or a GitHub \
             App), or a classic token of somebody who may write to it",
        )
    };
    if problem.code != "evidence/github-not-found" {
        return Err(hidden());
    }
    let what = format!("the account @{login}");
    match wire.get::<Who>(&what, &format!("/users/{}", encoded(login))).await {
        Ok(who) if who.id == id => Err(hidden()),
        Ok(_) => Err(another(&what)),
        Err(problem) if problem.code == "evidence/github-not-found" => Ok(Permission::none()),
        Err(problem) => Err(problem),
    }
}

fn another(what: &str) -> Problem {
    Problem::malformed(what, "it is about another account than the one that is meant")
}

#[cfg(test)]
mod tests {
    use super::writes;

    #[test]
    fn who_may_write_is_said_by_the_word_and_by_what_it_allows() {
        for (word, push, expected) in [
            ("admin", None, Some(true)),
            ("maintain", None, Some(true)),
            ("write", Some(true), Some(true)),
            ("triage", None, Some(false)),
            ("read", Some(false), Some(false)),
            ("none", None, Some(false)),
            // A role that an organisation has made.
            ("release-manager", Some(true), Some(true)),
            ("release-manager", Some(false), Some(false)),
            ("release-manager", None, None),
            ("write", Some(false), None),
            ("read", Some(true), None),
            ("Write", None, None),
            ("", None, None),
        ] {
            assert_eq!(writes(word, push), expected, "{word} {push:?}");
        }
    }
}
