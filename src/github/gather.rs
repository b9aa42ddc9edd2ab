//! Reading a pull request as it stands at one moment, although GitHub tells it by pages and people go on working on it.

use super::pages::all;
use super::people::is_repository;
use super::permission::permissions;
use super::pushes::{Told, by_force, pushes, short};
use super::shapes::{self, account, person};
use super::trailers::coauthors;
use super::wire::Wire;
use super::{Account, Accounts, At, Commit, Dismissal, File, ForcePush, Gathered, Person, Problem, Pull, Pushes, Tip};
use crate::exchange::encoded;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// How often it is read anew when it changed while it was read.
const ROUNDS: usize = 3;
/// GitHub tells of no more commits and files of a pull request.
const MOST_COMMITS: u64 = 250;
const MOST_FILES: u64 = 3000;
/// The events by which a pull request is turned to another base: by somebody, or by GitHub when the one that it had was merged and deleted.
const TURNED: [&str; 2] = ["base_ref_changed", "automatic_base_change_succeeded"];
/// The most mails of which it is asked whose they are.
const MOST_MAILS: usize = 20;

/// Reads all of it.
pub async fn gather(wire: Wire<'_>, repository: &str, number: u64, accounts: &Accounts) -> Result<Gathered, Problem> {
    let repository = is_repository(repository)?;
    let path = format!("/repos/{repository}/pulls/{number}");
    for _ in 0..ROUNDS {
        let before = pull(wire, repository, number).await?;
        bounded(&before, number)?;
        let timeline = format!("/repos/{repository}/issues/{number}/timeline");
        let (reviews, commits, files) = (format!("{path}/reviews"), format!("{path}/commits"), format!("{path}/files"));
        let (reviews, commits, events, files, pushes) = tokio::join!(
            all::<shapes::Review>(wire, "reviews", &reviews),
            all::<shapes::Commit>(wire, "commits", &commits),
            all::<shapes::Event>(wire, "events", &timeline),
            all::<shapes::File>(wire, "files", &files),
            pushes(wire, repository, &before.head, before.merged),
        );
        // In one order, so that of several problems the same one is told each time.
        let lists = Lists { reviews: reviews?, commits: commits?, events: events?, files: files?, pushes: pushes? };
        let after = pull(wire, repository, number).await?;
        same_ends(&told(&before)?, &told(&after)?)?;
        if before.updated_at == after.updated_at && lists.are_whole(&after) {
            let mut gathered = finished(wire, repository, lists, after).await?;
            gathered.permissions = permissions(wire, &gathered, accounts).await?;
            return Ok(gathered);
        }
    }
    Err(Problem::moved(format!("the pull request {repository}#{number} changed each time it was read")))
}

/// Whether head, base and stage are as they were gathered.
pub async fn unmoved(wire: Wire<'_>, gathered: &Gathered) -> Result<(), Problem> {
    let now = pull(wire, is_repository(&gathered.repository)?, gathered.number).await?;
    same_ends(&gathered.pull, &told(&now)?)
}

async fn pull(wire: Wire<'_>, repository: &str, number: u64) -> Result<shapes::Pull, Problem> {
    let what = format!("the pull request {repository}#{number}");
    let pull: shapes::Pull = wire.get(&what, &format!("/repos/{repository}/pulls/{number}")).await?;
    if pull.number == number {
        return Ok(pull);
    }
    Err(Problem::malformed(&what, format!("it is about number {}", pull.number)))
}

/// What was read in one round.
struct Lists {
    reviews: Vec<shapes::Review>,
    commits: Vec<shapes::Commit>,
    events: Vec<shapes::Event>,
    files: Vec<shapes::File>,
    pushes: Told,
}

impl Lists {
    /// Whether the lists are those of the pull request: an entry that comes or goes between two pages shifts the others, so that one is
    /// told twice or not at all.
    fn are_whole(&self, pull: &shapes::Pull) -> bool {
        let reviews: BTreeSet<_> = self.reviews.iter().map(|review| review.id).collect();
        let commits: BTreeSet<_> = self.commits.iter().map(|commit| &commit.sha).collect();
        let files: BTreeSet<_> = self.files.iter().map(|file| &file.filename).collect();
        reviews.len() == self.reviews.len()
            && commits.len() == self.commits.len()
            && files.len() == self.files.len()
            && commits.len() as u64 == pull.commits
            && files.len() as u64 == pull.changed_files
            && (commits.is_empty() || commits.contains(&pull.head.sha))
    }
}

/// Nothing is read of what can't be read to its end.
fn bounded(pull: &shapes::Pull, number: u64) -> Result<(), Problem> {
    let reached = |count: u64, most: u64, what: &str| {
        let message = format!("pull request {number} has {count} {what}, and GitHub does not tell of more than {most}");
        if count >= most { Err(Problem::too_many(message)) } else { Ok(()) }
    };
    reached(pull.commits, MOST_COMMITS, "commits")?;
    reached(pull.changed_files, MOST_FILES, "files")
}

fn told(pull: &shapes::Pull) -> Result<Pull, Problem> {
    let unknown = || Problem::malformed("the pull request", format!("its state is `{}`", pull.state));
    let tip = |end: &shapes::End| Tip {
        sha: end.sha.clone(),
        branch: end.branch.clone(),
        repository: end.repo.as_ref().map(|repository| repository.full_name.clone()),
    };
    Ok(Pull {
        stage: pull.stage().ok_or_else(unknown)?,
        author: pull.user.as_ref().map(|user| Account {
            id: user.id,
            login: user.login.clone(),
            kind: user.kind.clone(),
        }),
        head: tip(&pull.head),
        base: tip(&pull.base),
        updated_at: pull.updated_at,
    })
}

fn same_ends(before: &Pull, after: &Pull) -> Result<(), Problem> {
    for (end, before, after) in [("head", &before.head, &after.head), ("base", &before.base, &after.base)] {
        if before != after {
            let (was, is) = (short(&before.sha), short(&after.sha));
            let (from, to) = (&before.branch, &after.branch);
            return Err(Problem::moved(format!(
                "the {end} of the pull request was {was} of {from} and is {is} of {to}"
            )));
        }
    }
    if before.stage != after.stage {
        return Err(Problem::moved("the pull request was closed, merged, reopened or made a draft while it was read"));
    }
    Ok(())
}

async fn finished(wire: Wire<'_>, repository: &str, lists: Lists, pull: shapes::Pull) -> Result<Gathered, Problem> {
    let below: BTreeSet<_> =
        lists.commits.iter().flat_map(|commit| &commit.parents).map(|parent| parent.sha.clone()).collect();
    let mut commits: Vec<_> = lists.commits.into_iter().map(commit).collect();
    link(wire, repository, &mut commits).await?;
    let Happened { force_pushes, turned, dismissals } = events(lists.events)?;
    let pushes = match lists.pushes {
        Told::Not(Pushes::Gone) => by_force(&force_pushes, &pull.head.sha),
        Told::Not(pushes) => pushes,
        Told::Known(pushed) => {
            let of_it: BTreeSet<_> = commits.iter().map(|commit| commit.sha.as_str()).collect();
            let below = below.iter().map(String::as_str).filter(|sha| !of_it.contains(sha)).collect();
            pushed.of_the_change(&pull.head.sha, &of_it, &below)
        }
    };
    Ok(Gathered {
        repository: repository.to_owned(),
        number: pull.number,
        pull: told(&pull)?,
        reviews: lists.reviews.into_iter().map(Into::into).collect(),
        commits,
        force_pushes,
        turned,
        dismissals,
        pushes,
        files: lists
            .files
            .into_iter()
            .map(|file| File { path: file.filename, previous: file.previous_filename })
            .collect(),
        permissions: BTreeMap::new(),
    })
}

fn commit(commit: shapes::Commit) -> Commit {
    let made = &commit.commit;
    Commit {
        sha: commit.sha,
        at: made.committer.as_ref().and_then(|committer| committer.date),
        author: person(commit.author, made.author.as_ref()),
        committer: person(commit.committer, made.committer.as_ref()),
        coauthors: coauthors(&made.message),
    }
}

/// What happened that says which reviews are of before and which no longer hold.
#[derive(Default)]
struct Happened {
    force_pushes: Vec<ForcePush>,
    turned: Vec<At>,
    dismissals: Vec<Dismissal>,
}

/// Reads what happened. Such an event without a time is no event of GitHub.
fn events(events: Vec<shapes::Event>) -> Result<Happened, Problem> {
    let mut happened = Happened::default();
    for event in events {
        let kind = event.event.as_deref().unwrap_or_default();
        if !matches!(kind, "head_ref_force_pushed" | "review_dismissed") && !TURNED.contains(&kind) {
            continue;
        }
        let Some(at) = event.created_at else {
            return Err(Problem::malformed("events", format!("`{kind}` has no time")));
        };
        let by = account(event.actor);
        match (kind, event.dismissed_review) {
            ("head_ref_force_pushed", _) => {
                happened.force_pushes.push(ForcePush { at, by, commit: event.commit_id });
            }
            ("review_dismissed", Some(dismissed)) => {
                happened.dismissals.push(Dismissal { review: dismissed.review_id, at, by });
            }
            ("review_dismissed", None) => {
                return Err(Problem::malformed("events", "a review was dismissed, and it does not say which"));
            }
            _ => happened.turned.push(at),
        }
    }
    Ok(happened)
}

/// Finds the accounts of co-authors by their mails: GitHub links those of commits that it has by that author.
async fn link(wire: Wire<'_>, repository: &str, commits: &mut [Commit]) -> Result<(), Problem> {
    let mut mails: BTreeMap<String, Option<Account>> = BTreeMap::new();
    for person in commits.iter().flat_map(|commit| &commit.coauthors) {
        if let Person::Mail(mail) = person
            && is_plain(mail)
            && mails.len() < MOST_MAILS
        {
            mails.insert(mail.clone(), None);
        }
    }
    for (mail, account) in &mut mails {
        *account = owner(wire, repository, mail).await?;
    }
    for person in commits.iter_mut().flat_map(|commit| &mut commit.coauthors) {
        if let Person::Mail(mail) = person
            && let Some(Some(account)) = mails.get(mail)
        {
            *person = Person::Account(account.clone());
        }
    }
    Ok(())
}

/// Whether a mail is as mails are: of another GitHub may refuse to answer, and whoever writes a commit writes the mail.
fn is_plain(mail: &str) -> bool {
    let is_of = |also: &'static str| move |byte: u8| byte.is_ascii_alphanumeric() || also.as_bytes().contains(&byte);
    mail.split_once('@').is_some_and(|(user, host)| {
        let is_whole = !user.is_empty() && !host.is_empty() && mail.len() <= 254;
        is_whole && user.bytes().all(is_of(".!#$%&'*+/=?^_{|}~-")) && host.bytes().all(is_of(".-"))
    })
}

/// The account of a mail, where GitHub knows one.
async fn owner(wire: Wire<'_>, repository: &str, mail: &str) -> Result<Option<Account>, Problem> {
    #[derive(Deserialize)]
    struct Found {
        commit: shapes::Made,
        author: Option<shapes::Linked>,
    }
    let path = format!("/repos/{repository}/commits?author={}&per_page=1", encoded(mail));
    let found: Vec<Found> = match wire.get("the account of a co-author", &path).await {
        Ok(found) => found,
        Err(problem) if problem.code == "evidence/github-not-found" => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let same = |found: &Found| {
        let theirs = found.commit.author.as_ref().and_then(|author| author.email.as_deref());
        theirs.is_some_and(|theirs| theirs.eq_ignore_ascii_case(mail))
    };
    Ok(found.into_iter().find(same).and_then(|found| account(found.author)))
}
