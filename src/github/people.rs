//! What somebody is in an organisation, and what names can stand in an address.

use super::Problem;
use super::wire::Wire;
use crate::exchange::encoded;
use serde::{Deserialize, Serialize};

/// Whether somebody is in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Membership {
    /// In the team, or in one below it. This alone counts.
    Active,
    /// Invited, and has not accepted.
    Pending,
    /// Not in the team, which this token sees.
    None,
}

/// Asks for a membership; the list of members would not show whether one is active.
pub async fn membership(wire: Wire<'_>, team: &str, login: &str) -> Result<Membership, Problem> {
    #[derive(Deserialize)]
    struct Told {
        state: String,
    }
    let (org, slug) = team.split_once('/').filter(|(org, slug)| is_name(org) && is_name(slug)).ok_or_else(|| {
        let help = "write the organisation and the name of the team in addresses: `acme/database-owners`";
        Problem::new("evidence/github-not-found", format!("`{team}` is no name of a team"), help)
    })?;
    let what = format!("whether @{} is in the team {team}", named(login)?);
    let login = encoded(login);
    match wire.get::<Told>(&what, &format!("/orgs/{org}/teams/{slug}/memberships/{login}")).await {
        Ok(told) if told.state == "active" => Ok(Membership::Active),
        Ok(told) if told.state == "pending" => Ok(Membership::Pending),
        Ok(told) => Err(Problem::malformed(&what, format!("its state is `{}`", told.state))),
        Err(problem) if problem.is_answer() => absent(wire, org, slug, problem).await,
        Err(problem) => Err(problem),
    }
}

/// What it means that GitHub knows of no membership: nothing, unless this token sees the team.
async fn absent(wire: Wire<'_>, org: &str, slug: &str, problem: Problem) -> Result<Membership, Problem> {
    #[derive(Deserialize)]
    struct Team {
        #[serde(rename = "slug")]
        _slug: String,
    }
    let what = format!("the team {org}/{slug}");
    let hidden = || {
        Problem::new(
            "evidence/github-forbidden",
            format!("this token does not see the team {org}/{slug}, so nobody's membership in it is known"),
            "give a token that has the permission `Members: read` of the organisation (a fine-grained token, or one of a GitHub App), or \
             the scope `read:org` (a classic token); the token of a workflow can't have it. If the token has it, correct the name of the team",
        )
    };
    match wire.get::<Team>(&what, &format!("/orgs/{org}/teams/{slug}")).await {
        Ok(_) if problem.code == "evidence/github-not-found" => Ok(Membership::None),
        Ok(_) => Err(hidden()),
        Err(problem) if problem.is_answer() => Err(hidden()),
        Err(problem) => Err(problem),
    }
}

/// A repository as `owner/name`.
pub fn is_repository(text: &str) -> Result<&str, Problem> {
    text.split_once('/').filter(|(owner, name)| is_name(owner) && is_name(name)).map(|_| text).ok_or_else(|| {
        Problem::new(
            "evidence/github-not-found",
            format!("`{}` is no name of a repository", crate::exchange::told(text)),
            "write owner and name: `acme/payments`",
        )
    })
}

/// A login that can stand in an address. Those of apps end in `[bot]`.
pub fn named(login: &str) -> Result<&str, Problem> {
    if is_name(login.strip_suffix("[bot]").unwrap_or(login)) {
        return Ok(login);
    }
    Err(Problem::malformed("an account", format!("`{login}` is no name of one")))
}

/// Whether a text can stand in an address as it is, and leads nowhere else.
fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=100).contains(&text.len()) && text.bytes().all(allowed) && text.bytes().any(|byte| byte != b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        for repository in ["acme/payments", "a/.github", "A-1/b_c.d"] {
            assert!(is_repository(repository).is_ok(), "{repository}");
        }
        for wrong in
            ["", "acme", "acme/", "/x", "a/b/c", "a/..", "./b", "a/b?c", "a/b#", "a/%2e%2e", "a b/c", "é/x", "a/b\n"]
        {
            assert!(is_repository(wrong).is_err(), "{wrong}");
        }
        assert!(named("dependabot[bot]").is_ok());
        assert!(named("bo/../cy").is_err());
        assert!(named("[bot]").is_err());
    }
}
