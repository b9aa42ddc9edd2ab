//! Asking GitHub. Nothing is set up before the first question: a run that asks none pays nothing.

use super::announcement::{Announcement, announcement};
use super::landing::landing;
use super::problem::Problem;
use super::wire::Wire;
use super::{Accounts, Gathered, Membership, Permission, Server, Token, branch, gather, people, permission};
use crate::exchange::{Line, Patience, Terms};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// How GitHub is asked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where.
    pub server: Server,
    /// By whom; none asks as nobody, who sees what is public.
    pub token: Option<Token>,
    /// How long all questions of a client may take together, waits included.
    pub patience: Duration,
    /// How long all that a run asks anybody may take together, where that is bounded.
    pub run: Option<Arc<Patience>>,
    /// How long one request may take.
    pub each: Duration,
    /// The first pause before asking again; each further one doubles it.
    pub pause: Duration,
    /// The pause after a rate limit that does not say how long it lasts; GitHub asks for a minute.
    pub cooling: Duration,
    /// The most pages that are read of one list, with a hundred entries each.
    pub pages: u32,
}

impl Settings {
    /// github.com, asked by nobody.
    pub fn new() -> Self {
        Self {
            server: Server::github(),
            token: None,
            patience: Duration::from_secs(90),
            run: None,
            each: Duration::from_secs(15),
            pause: Duration::from_millis(500),
            cooling: Duration::from_secs(60),
            pages: 50,
        }
    }
}

impl Server {
    /// The API of github.com.
    pub fn github() -> Self {
        Self::https("api.github.com")
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}

/// Asks GitHub. It may be shared by threads, whose questions are under way at the same time. Not to be called inside of an async runtime.
///
/// ```no_run
/// use changegate::github::{Accounts, Client, Server, Settings, Token, opinions};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::new(Settings {
///     server: Server::parse("https://github.example.com/api/v3")?,
///     token: Some(Token::new("ghp_…")?),
///     ..Settings::new()
/// });
/// let accounts = Accounts::default();
/// let gathered = client.gather("acme/payments", 42, &accounts)?;
/// for approval in opinions(&gathered, &accounts).approvals() {
///     assert!(approval.by.is_some());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Client {
    line: Line,
    token: Option<Token>,
    pages: u32,
}

/// The largest answer that is read, in bytes. A page of a hundred files with their differences comes to a few megabytes; one of a hundred reviews, which
/// anybody may write, to 25, if each has as many characters of as many bytes as GitHub takes.
const LARGEST: usize = 32 << 20;

/// What GitHub recommends to ask for, and what its description says that it answers with.
const MEDIA_TYPE: &str = "application/vnd.github+json, application/json;q=0.9";

impl Client {
    /// A client that has done nothing yet.
    pub fn new(settings: Settings) -> Self {
        let Settings { server, token, patience, run, each, pause, cooling, pages } = settings;
        let terms = Terms { server, patience, run, each, pause, cooling, largest: LARGEST, accept: MEDIA_TYPE };
        let line = Line::new(terms, token.as_ref().map(|token| token.expose().to_owned()));
        Self { line, token, pages }
    }

    /// Reads all that is judged by of a pull request. What changes while it is read is read again, three times at most. Whether somebody may
    /// write to the repository is asked of those whose review would count by these accounts.
    ///
    /// # Errors
    /// All of `evidence/github-…`: `moved` when head or base did not stay, `too-many` when GitHub does not tell all.
    pub fn gather(&self, repository: &str, number: u64, accounts: &Accounts) -> Result<Gathered, Problem> {
        self.ask("the pull request", async |wire| gather::gather(wire, repository, number, accounts).await)
    }

    /// What a pull request says of itself.
    ///
    /// # Errors
    /// All of `evidence/github-…`, when it can't be told.
    pub fn announcement(&self, repository: &str, number: u64) -> Result<Announcement, Problem> {
        self.ask("the pull request", async |wire| announcement(wire, repository, number).await)
    }

    /// The number of the pull request by whose merge a commit came to a branch; to the default branch, where none is named.
    ///
    /// # Errors
    /// `evidence/no-pull-request` when there is none, `evidence/github-doubt` when there are several; the others when it can't be told.
    pub fn landing(&self, repository: &str, commit: &str, branch: Option<&str>) -> Result<u64, Problem> {
        self.ask("the pull requests of a commit", async |wire| landing(wire, repository, commit, branch).await)
    }

    /// Whether the pull request still is what was gathered: to be asked just before the verdict.
    ///
    /// # Errors
    /// `evidence/github-moved` with what was expected and found; the others when it can't be told.
    pub fn unmoved(&self, gathered: &Gathered) -> Result<(), Problem> {
        self.ask("the pull request", async |wire| gather::unmoved(wire, gathered).await)
    }

    /// The commit that a branch is at.
    ///
    /// # Errors
    /// `evidence/github-moved` when it has another name by now; the others when it can't be told.
    pub fn tip(&self, repository: &str, branch: &str) -> Result<String, Problem> {
        self.ask("a branch", async |wire| branch::tip(wire, repository, branch).await)
    }

    /// Whether somebody is in a team, or in a team below it. A team is `organisation/slug`.
    ///
    /// # Errors
    /// `evidence/github-forbidden` when this token does not see the team, so that nobody's membership is known.
    pub fn membership(&self, team: &str, login: &str) -> Result<Membership, Problem> {
        self.ask("a team", async |wire| people::membership(wire, team, login).await)
    }

    /// The role of somebody in a repository.
    ///
    /// # Errors
    /// `evidence/github-malformed` when the login is by now that of another account, `evidence/github-forbidden` when this token does not see
    /// it; the others when it can't be told.
    pub fn permission(&self, repository: &str, login: &str, id: u64) -> Result<Permission, Problem> {
        self.ask("a role", async |wire| permission::permission(wire, repository, login, id).await)
    }

    /// Asks and writes for another room, about something.
    pub(crate) fn over<T: Serialize>(
        &self,
        what: &str,
        asked: impl AsyncFnOnce(Wire<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        self.ask(what, asked)
    }

    fn ask<T: Serialize>(
        &self,
        what: &str,
        asked: impl AsyncFnOnce(Wire<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let answer = self.line.ask(what, async |over| asked(Wire { over, pages: self.pages }).await);
        let token = self.token.as_ref();
        match (answer, token) {
            // A server could hide the token in any text of its answer, and the answer is recorded.
            (Ok(answer), Some(token)) if told(&answer).contains(token.expose()) => {
                Err(Problem::malformed(what, "it repeats the token"))
            }
            (answer, token) => answer.map_err(|problem: Problem| problem.without(token)),
        }
    }
}

/// An answer as it would be recorded.
fn told(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}
