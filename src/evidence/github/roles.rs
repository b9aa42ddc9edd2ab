//! Which roles the approvals that count fill: a pure function of the answers and of the configuration, so that a replay comes to the same.

use super::{Holder, People};
use crate::evidence::{Answer, Entry, Question};
use crate::finding::Fault;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most memberships that are asked for: each is a question to GitHub.
const MOST: usize = 200;

/// What is to be asked when the pull request is known: whether those whose approval counts are in the teams that matter.
///
/// # Errors
/// When that would be too much.
pub fn further(entries: &[Arc<Entry>], people: &People) -> Result<Vec<Question>, Fault> {
    let found = Found::of(entries);
    let mut teams = people.teams();
    teams.extend(found.owned().flat_map(owners).filter_map(|owner| team(owner)));
    let approvers: BTreeSet<_> = found.approvers().collect();
    if approvers.len() * teams.len() > MOST {
        let message = format!(
            "{} people have approved and {} teams matter, and no more than {MOST} memberships are asked for",
            approvers.len(),
            teams.len()
        );
        return Err(Fault::new("evidence/github-too-many", message)
            .help("name fewer teams in `[github.roles]` and in CODEOWNERS, or split the pull request"));
    }
    let question =
        |(team, login): (&str, &str)| Question::Membership { team: team.to_owned(), login: login.to_owned() };
    Ok(teams.iter().flat_map(|team| approvers.iter().map(|login| (*team, *login))).map(question).collect())
}

/// The commit that was told of: the head of the pull request, or the one that it brought.
pub fn head(entries: &[Arc<Entry>]) -> Option<&str> {
    let known = |entry: &&Arc<Entry>| matches!(entry.answer, Answer::Known { .. });
    entries.iter().filter(known).find_map(|entry| match (&entry.question, &entry.answer) {
        (Question::Pull { .. }, Answer::Known { value, .. }) => value["pull"]["head"].as_str(),
        (Question::Landed { commit, .. }, _) => Some(commit.as_str()),
        _ => None,
    })
}

/// A pull request and its reviews, with the roles that these fill, as `evidence.pull` and `evidence.reviews`.
pub fn laid(told: &Value, entries: &[Arc<Entry>], people: &People) -> (Value, Value) {
    let found = Found::of(entries);
    let owners = found.codeowners();
    let mut reviews = told["reviews"].clone();
    for review in reviews.as_array_mut().into_iter().flatten() {
        let Some(login) = approver(review).map(str::to_owned) else { continue };
        let fills = |holders: &[Holder]| {
            holders.iter().any(|holder| match holder {
                Holder::User(user) => user.eq_ignore_ascii_case(&login),
                Holder::Team(team) => found.is_member(team, &login),
                Holder::Codeowners => owners.contains(login.as_str()),
            })
        };
        let filled: Vec<_> = people.roles.iter().filter(|(_, holders)| fills(holders)).map(|(role, _)| role).collect();
        if !filled.is_empty() {
            review["roles"] = json!(filled);
        }
    }
    (told["pull"].clone(), reviews)
}

/// Who has approved that owns a path by CODEOWNERS of the base; nobody where the pull request is not to be merged as it stands.
pub fn approved_by(entries: &[Arc<Entry>], path: &str) -> Vec<String> {
    let found = Found::of(entries);
    let objected = |review: &Value| review["state"] == "changes-requested" && review["counts"] == true;
    let stands = found.pull.is_some_and(|told| ["open", "landed"].iter().any(|stage| told["pull"]["stage"] == *stage))
        && !found.reviews().any(objected);
    if !stands {
        return Vec::new();
    }
    let owned = found.owned().find(|owned| owned["path"] == path);
    let owns = |login: &&str| owned.is_some_and(|owned| found.owns(owned, login));
    found.approvers().filter(owns).map(|login| format!("@{login}")).collect()
}

/// What was told, of all that was asked.
struct Found<'e> {
    pull: Option<&'e Value>,
    owned: Option<&'e Value>,
    /// Who is in which team, logins in lower case.
    members: BTreeSet<(&'e str, String)>,
}

impl<'e> Found<'e> {
    fn of(entries: &'e [Arc<Entry>]) -> Self {
        let mut found = Self { pull: None, owned: None, members: BTreeSet::new() };
        for entry in entries {
            match (&entry.question, &entry.answer) {
                (Question::Pull { .. } | Question::Landed { .. }, Answer::Known { value, .. }) => {
                    found.pull = Some(value)
                }
                (Question::Owners, Answer::Known { value, .. }) => found.owned = Some(value),
                (Question::Membership { team, login }, Answer::Known { value, .. }) if value["state"] == "active" => {
                    found.members.insert((team, login.to_lowercase()));
                }
                _ => {}
            }
        }
        found
    }

    fn reviews(&self) -> impl Iterator<Item = &'e Value> {
        self.pull.and_then(|told| told["reviews"].as_array()).into_iter().flatten()
    }

    fn approvers(&self) -> impl Iterator<Item = &'e str> {
        self.reviews().filter_map(approver)
    }

    /// The files of the change with their owners.
    fn owned(&self) -> impl Iterator<Item = &'e Value> {
        self.owned.and_then(|told| told["owned"].as_array()).into_iter().flatten()
    }

    fn is_member(&self, team: &str, login: &str) -> bool {
        self.members.contains(&(team, login.to_lowercase()))
    }

    fn owns(&self, owned: &Value, login: &str) -> bool {
        owners(owned).any(|owner| match team(owner) {
            Some(team) => self.is_member(team, login),
            None => owner.strip_prefix('@').is_some_and(|user| user.eq_ignore_ascii_case(login)),
        })
    }

    /// Those who have approved as code owners of the change. Where a file has no owner who has approved there are none: whoever owns a
    /// page of notes would else approve for the rest.
    fn codeowners(&self) -> BTreeSet<&'e str> {
        let mut all = BTreeSet::new();
        for owned in self.owned() {
            let approved: Vec<_> = self.approvers().filter(|login| self.owns(owned, login)).collect();
            if approved.is_empty() {
                return BTreeSet::new();
            }
            all.extend(approved);
        }
        all
    }
}

/// The login of somebody whose approval counts.
fn approver(review: &Value) -> Option<&str> {
    let counts = review["state"] == "approved" && review["counts"] == true;
    review["by"].as_str().filter(|_| counts)?.strip_prefix('@')
}

fn owners(owned: &Value) -> impl Iterator<Item = &str> {
    owned["owners"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn team(owner: &str) -> Option<&str> {
    owner.strip_prefix('@').filter(|name| name.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Holder;

    #[test]
    fn no_more_is_asked_than_is_bounded() {
        let pull = |approvers: usize| {
            let review = |number| json!({ "by": format!("@u{number}"), "state": "approved", "counts": true });
            let reviews: Vec<_> = (0..approvers).map(review).collect();
            let question = Question::Pull { repository: "acme/payments".to_owned(), number: 42 };
            let answer = Answer::known(json!({ "pull": {}, "reviews": reviews }));
            vec![Arc::new(Entry { question, of: String::new(), at: String::new(), answer })]
        };
        let teams = (0..10).map(|number| Holder::Team(format!("acme/t{number}"))).collect();
        let people = People { roles: [("owner".to_owned(), teams)].into(), ..People::default() };
        assert_eq!(further(&pull(20), &people).map(|questions| questions.len()), Ok(200));
        assert_eq!(further(&pull(21), &people).map_err(|fault| fault.code), Err("evidence/github-too-many"));
        assert_eq!(further(&pull(21), &People::default()).map(|questions| questions.len()), Ok(0));
    }
}
