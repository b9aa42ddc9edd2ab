//! What reviewers may do in the repository: GitHub lets everybody review what is public, and an opinion is held by who may write to it.

use super::pages::all;
use super::people::{is_repository, named};
use super::wire::Wire;
use super::{Account, Accounts, Gathered, Problem, Standing, opinions};
use crate::exchange::{self, encoded};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most reviewers who are asked about: each is a question to GitHub.
const MOST: usize = 200;
/// Of so many all are asked about; more can only be a crowd, of which most may not write.
const FEW: usize = 50;

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
    /// That of an account that is no longer there, or of one of the crowd that the repository does not know.
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
    let mut asked = unasked(gathered, accounts);
    let mut found = BTreeMap::new();
    if asked.len() > FEW {
        let outside = strangers(wire, gathered, &asked).await?;
        asked.retain(|account| !outside.contains(&account.id));
        found.extend(outside.into_iter().map(|id| (id, Permission::none())));
    }
    if asked.len() > MOST {
        return Err(Problem::too_many(format!(
            "{} people have reviewed, and of no more than {MOST} it is asked whether they may write to the repository",
            asked.len()
        )));
    }
    let questions = asked.iter().map(|account| permission(wire, &gathered.repository, &account.login, account.id));
    for (account, answer) in asked.iter().zip(exchange::all(questions).await) {
        found.insert(account.id, answer?);
    }
    Ok(found)
}

/// What GitHub calls people who are none of the repository. It calls so, too, who does not show that they are of the organisation: that alone says nothing.
const OUTSIDE: &[&str] = &["CONTRIBUTOR", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "NONE"];

/// Who of a crowd may not write for sure: whom GitHub calls none of the repository by each review, and who does not stand in the list of those who are.
/// Anybody may review what is public, and a crowd of strangers must not use up what can be asked.
async fn strangers(wire: Wire<'_>, gathered: &Gathered, asked: &[Account]) -> Result<BTreeSet<u64>, Problem> {
    #[derive(Deserialize)]
    struct Collaborator {
        id: u64,
    }
    let is_outside = |account: &&Account| {
        let mut theirs =
            gathered.reviews.iter().filter(|review| review.by.as_ref().is_some_and(|by| by.id == account.id));
        theirs.all(|review| review.association.as_deref().is_some_and(|called| OUTSIDE.contains(&called)))
    };
    let mut outside: BTreeSet<u64> = asked.iter().filter(is_outside).map(|account| account.id).collect();
    if outside.is_empty() {
        return Ok(outside);
    }
    let path = format!("/repos/{}/collaborators", is_repository(&gathered.repository)?);
    match all::<Collaborator>(wire, "the collaborators of the repository", &path).await {
        Ok(inside) => {
            let inside: BTreeSet<u64> = inside.iter().map(|one| one.id).collect();
            outside.retain(|id| !inside.contains(id));
        }
        // Then each is asked about, as far as that goes.
        Err(problem) if asked.len() <= MOST && (problem.is_answer() || problem.code == "evidence/github-too-many") => {
            outside.clear();
        }
        Err(problem) => return Err(problem),
    }
    Ok(outside)
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
