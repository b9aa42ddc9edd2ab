//! What GitHub tells of the pull request that a run is about: its reviews, whether each counts, and who is in which team.

mod landed;
mod last;
mod owners;
mod people;
mod roles;

use super::sources::World;
use super::{Answer, Code, Question, shortened};
use crate::finding::Fault;
use crate::github::{
    Accounts, Client, FORK_IS_GONE, Gathered, Kind, Membership, Opinion, Opinions, Person, Problem, Push, Pushes,
    Settings, Stage, Standing, opinions,
};
use crate::proposal::shape::LIST_MAX;
pub use last::tip;
pub use people::{Holder, People};
pub use roles::{approved_by, further, head, laid};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// GitHub as it can be asked in a run. Nothing is set up before the first question.
#[derive(Debug)]
pub struct Host {
    client: Result<Client, Fault>,
    /// Where it is asked: `GitHub at https://api.github.com`.
    of: String,
    /// The branch that the pull request goes to, as far as the run knows.
    branch: Option<String>,
    accounts: Accounts,
    /// What was told, to be compared before the verdict.
    gathered: OnceLock<Gathered>,
}

impl Host {
    /// A host of which nothing was asked yet; or why none can be asked.
    pub fn new(settings: Result<Settings, Fault>, branch: Option<String>, accounts: Accounts) -> Self {
        let of = settings
            .as_ref()
            .map_or_else(|_| "GitHub".to_owned(), |settings| format!("GitHub at {}", settings.server.as_string()));
        Self { client: settings.map(Client::new), of, branch, accounts, gathered: OnceLock::new() }
    }

    fn ask(&self, question: &Question) -> Answer {
        let client = match &self.client {
            Ok(client) => client,
            Err(fault) => return by_fault(fault),
        };
        let answer = match question {
            Question::Pull { repository, number } => {
                client.gather(repository, *number, &self.accounts).and_then(|gathered| self.told(gathered))
            }
            Question::Landed { repository, commit, number } => self.landed(client, repository, commit, *number),
            Question::Membership { team, login } => {
                client.membership(team, login).map(|membership| Answer::known(json!({ "state": word(membership) })))
            }
            Question::Unmoved { .. } => match self.gathered.get() {
                Some(gathered) => last::asked(client, gathered),
                None => Ok(Answer::Absent),
            },
            _ => Ok(Answer::Absent),
        };
        answer.unwrap_or_else(|problem| by_fault(&problem.fault()))
    }

    /// The pull request that brought a commit. One that a merge queue is about to merge is open; of one that is merged it was told that this is its merge.
    fn landed(&self, client: &Client, repository: &str, commit: &str, number: Option<u64>) -> Result<Answer, Problem> {
        let found = match number {
            Some(number) => number,
            None => client.landing(repository, commit, self.branch.as_deref())?,
        };
        let gathered = client.gather(repository, found, &self.accounts)?;
        if number.is_none() && gathered.pull.stage != Stage::Merged {
            return Ok(Answer::unavailable_as(
                Code::of("evidence/github-moved"),
                format!("GitHub lists #{found} as merged, and says of it that it is not"),
                "run it again; GitHub may not have told all of its servers yet",
            ));
        }
        match self.told(gathered)? {
            Answer::Known { mut value, .. } if number.is_none() => {
                value["pull"]["stage"] = "landed".into();
                Ok(Answer::known(value))
            }
            answer => Ok(answer),
        }
    }

    /// A pull request and its reviews in the shape of the model, as `pull` and `reviews`.
    fn told(&self, gathered: Gathered) -> Result<Answer, Problem> {
        let branch = &gathered.pull.base.branch;
        if let Some(expected) = self.branch.as_ref().filter(|expected| *expected != branch) {
            let why = format!("the pull request went to `{expected}` when the run was started, and goes to `{branch}`");
            return Ok(Answer::unavailable_as(
                Code::of("evidence/github-moved"),
                why,
                "run it again, on the pull request as it stands now",
            ));
        }
        let mut found = opinions(&gathered, &self.accounts);
        if let Some(doubt) = doubt(&found) {
            let help = way_out(&doubt);
            return Ok(Answer::unavailable_as(Code::of("evidence/github-doubt"), doubt, help));
        }
        // Anybody may review what is public: what does not count anyway takes the place of nothing that does.
        if found.each.len() > LIST_MAX {
            found.each.retain(|opinion| opinion.standing == Standing::Counts);
        }
        if found.each.len() > LIST_MAX {
            return Ok(Answer::unavailable_as(
                Code::of("evidence/github-too-many"),
                format!("{} people have reviewed, and no more than {LIST_MAX} are looked at", found.each.len()),
                "open another pull request for the same change",
            ));
        }
        let answer = Answer::known(json!({
            "pull": pull(&gathered),
            "reviews": found.each.iter().map(|opinion| review(opinion, &gathered)).collect::<Vec<_>>(),
        }));
        // What is told twice is told alike: a question is asked once.
        drop(self.gathered.set(gathered));
        Ok(answer)
    }
}

/// Of whom a question is asked, and what comes back.
pub fn answer(world: &World, question: &Question) -> (String, Answer) {
    if let Question::Owners = question {
        return match (&world.tip, world.judged.base()) {
            (Some(base), Some(head)) => (format!("commit {}", base.short()), owners::owners(base, head)),
            _ => ("the work tree".to_owned(), Answer::Absent),
        };
    }
    match &world.github {
        Some(host) if matches!(question, Question::Landed { .. }) => {
            (host.of.clone(), landed::held(world, question, host.ask(question)))
        }
        Some(host) => (host.of.clone(), host.ask(question)),
        None => ("nobody".to_owned(), Answer::Absent),
    }
}

/// Why it can't be told what reviewers hold.
fn doubt(found: &Opinions) -> Option<String> {
    let open = |opinion: &Opinion| match &opinion.standing {
        Standing::Open(why) => why.first().cloned(),
        Standing::Counts | Standing::Not(_) => None,
    };
    found.undecided.first().cloned().or_else(|| found.each.iter().find_map(open))
}

/// What to do about a doubt.
fn way_out(doubt: &str) -> &'static str {
    if doubt == FORK_IS_GONE {
        return "judge what is merged before its fork is deleted, and later by the record of that run (--evidence-out, then --evidence); of a pull request that \
                is not merged yet, open another from a branch that stands";
    }
    "have it committed and pushed by people whom GitHub knows; the configuration says in `github.mails` whose a mail is, and in `github.bots` which \
     programs may review"
}

fn pull(gathered: &Gathered) -> Value {
    let pull = &gathered.pull;
    let mut told = json!({
        "repository": gathered.repository,
        "number": gathered.number,
        "head": pull.head.sha,
        "base": line(&pull.base.branch),
        "stage": pull.stage,
        "alone": is_alone(gathered),
    });
    if let Some(author) = &pull.author {
        told["author"] = line(&author.to_string()).into();
    }
    told
}

/// Whether nobody but the author of a pull request has a hand in it. What is written on the pages of GitHub is committed by an account of
/// GitHub's.
fn is_alone(gathered: &Gathered) -> bool {
    let Some(author) = &gathered.pull.author else { return false };
    let own = |person: &Person| matches!(person, Person::Account(account) if account.id == author.id);
    let of_pages = |person: &Person| matches!(person, Person::Account(account) if account.id == WEB_FLOW);
    let commits = gathered.commits.iter().all(|commit| {
        own(&commit.author)
            && (own(&commit.committer) || of_pages(&commit.committer))
            && commit.coauthors.iter().all(own)
    });
    let pushed = |pushes: &[Push]| pushes.iter().all(|push| push.by.as_ref().is_some_and(|by| by.id == author.id));
    commits && matches!(&gathered.pushes, Pushes::Known(pushes) if pushed(pushes))
}

/// The number of @web-flow.
const WEB_FLOW: u64 = 19_864_447;

fn review(opinion: &Opinion, gathered: &Gathered) -> Value {
    let state = match opinion.kind {
        Kind::Approved => "approved",
        Kind::ChangesRequested => "changes-requested",
        Kind::Dismissed => "dismissed",
    };
    let by = opinion.by.as_ref().map_or_else(|| "@ghost".to_owned(), ToString::to_string);
    let mut told = json!({
        "by": line(&by),
        "state": state,
        "at": opinion.at,
        "counts": opinion.standing == Standing::Counts,
    });
    if let Some(commit) = opinion.commit.as_deref().filter(|commit| !commit.trim().is_empty()) {
        told["commit"] = line(commit).into();
    }
    let permission = opinion.by.as_ref().and_then(|by| gathered.permissions.get(&by.id));
    if let Some(permission) = permission.filter(|permission| !permission.role.trim().is_empty()) {
        told["permission"] = line(&permission.role).into();
    }
    if !opinion.standing.why().is_empty() {
        told["why"] = opinion.standing.why().iter().map(|why| line(why)).collect();
    }
    told
}

/// The model has lines of 200 characters, and names of others may be longer.
fn line(text: &str) -> String {
    shortened(text, 200)
}

const fn word(membership: Membership) -> &'static str {
    match membership {
        Membership::Active => "active",
        Membership::Pending => "pending",
        Membership::None => "none",
    }
}

fn by_fault(Fault { code, message, help, .. }: &Fault) -> Answer {
    Answer::unavailable_as(Code::of(code), message.as_str(), help.as_deref().unwrap_or_default())
}
