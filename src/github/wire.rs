//! Asking until there is an answer, or no more patience.

use super::exchange::ask;
use super::patience::Patience;
use super::reply::{Reply, Wait, late, read};
use super::wait::backoff;
use super::{Problem, Settings};
use http::{HeaderValue, Uri};
use octocrab::Octocrab;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// How often one thing is asked for.
const TRIES: u32 = 5;
/// How many redirects are followed, all on the same server: GitHub sends one for a repository that was renamed.
const HOPS: u32 = 3;
/// What is read in all by a client, in bytes.
const MOST_READ: usize = 256 << 20;
/// What is kept to be asked for by its tag, in bytes.
const MOST_KEPT: usize = 32 << 20;

/// The way to a server.
#[derive(Debug)]
pub struct Wire {
    crab: Octocrab,
    settings: Settings,
    pub patience: Patience,
    kept: RefCell<HashMap<String, Page>>,
    kept_bytes: Cell<usize>,
    read_bytes: Cell<usize>,
    /// What went wrong last, while it is tried again: it says more than that time ran out.
    trouble: RefCell<Option<Problem>>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Page {
    pub body: Arc<[u8]>,
    /// Whether there is a further page.
    pub next: bool,
    tag: Option<HeaderValue>,
}

impl Wire {
    /// A way over which nothing was sent yet. To be called inside of the runtime that will drive it.
    pub fn new(settings: &Settings) -> Result<Self, Problem> {
        let failed = |why: String| {
            Problem::new(
                "evidence/github-unavailable",
                format!("no connection can be prepared: {why}"),
                "please report it",
            )
        };
        let base = settings.server.uri("").ok_or_else(|| failed("the address of the API can't be used".to_owned()))?;
        let mut builder = Octocrab::builder().base_uri(base).map_err(|error| failed(error.to_string()))?;
        if let Some(token) = &settings.token {
            builder = builder.personal_token(token.expose());
        }
        let crab = builder.build().map_err(|error| failed(error.to_string()))?;
        Ok(Self {
            crab,
            settings: settings.clone(),
            patience: Patience::new(settings.patience),
            kept: RefCell::default(),
            kept_bytes: Cell::new(0),
            read_bytes: Cell::new(0),
            trouble: RefCell::default(),
        })
    }

    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads what stands under a path of the API, as JSON.
    pub async fn get<T: DeserializeOwned>(&self, what: &str, path: &str) -> Result<T, Problem> {
        let page = self.page(what, path).await?;
        serde_json::from_slice(&page.body).map_err(|error| Problem::malformed(what, error))
    }

    /// Reads what stands under a path of the API. It is asked again as long as there is hope and patience.
    pub async fn page(&self, what: &str, path: &str) -> Result<Page, Problem> {
        let unsent = || Problem::malformed(what, "its name can't stand in an address");
        let mut uri = self.settings.server.uri(path).ok_or_else(unsent)?;
        let (mut tries, mut hops) = (0, 0);
        loop {
            match self.once(what, path, &uri).await {
                Reply::Body { raw, next } => {
                    let tag = raw.headers.get("etag").cloned();
                    self.count(what, raw.body.len())?;
                    return Ok(self.keep(path, Page { body: raw.body.into(), next, tag }));
                }
                Reply::Unchanged => {
                    let kept = self.kept.borrow().get(path).cloned();
                    return kept.ok_or_else(|| Problem::malformed(what, "it says `unchanged` of what was never read"));
                }
                Reply::Elsewhere(location) => {
                    hops += 1;
                    let own = self.settings.server.own(&location).filter(|_| hops <= HOPS);
                    uri = own.ok_or_else(|| redirected(what))?;
                }
                Reply::Again { problem, wait } => {
                    self.again(problem, wait, tries).await?;
                    tries += 1;
                }
                Reply::No(problem) => return Err(problem),
            }
        }
    }

    async fn once(&self, what: &str, path: &str, uri: &Uri) -> Reply {
        let tag = self.kept.borrow().get(path).and_then(|page| page.tag.clone());
        read(what, ask(&self.crab, uri, tag.as_ref(), self.settings.each).await)
    }

    /// Waits before the next try, unless there is none left or the wait would outlast the patience.
    async fn again(&self, problem: Problem, wait: Wait, tries: u32) -> Result<(), Problem> {
        let wait = match wait {
            Wait::Asked(wait) => wait.max(self.settings.pause),
            Wait::Backoff => backoff(self.settings.pause, tries),
            Wait::Cooling => backoff(self.settings.cooling, tries),
        };
        if tries + 1 >= TRIES || wait >= self.patience.left() {
            return Err(problem);
        }
        *self.trouble.borrow_mut() = Some(problem);
        tokio::time::sleep(wait).await;
        Ok(())
    }

    /// Drives a question to its end, or to the end of all patience.
    pub async fn within<T>(&self, what: &str, asked: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
        self.trouble.take();
        let left: Duration = self.patience.begin();
        if left.is_zero() {
            return Err(late(what));
        }
        let answer = tokio::time::timeout(left, asked).await;
        self.patience.end();
        answer.unwrap_or_else(|_| Err(self.trouble.take().unwrap_or_else(|| late(what))))
    }

    fn count(&self, what: &str, bytes: usize) -> Result<(), Problem> {
        self.read_bytes.set(self.read_bytes.get().saturating_add(bytes));
        if self.read_bytes.get() > MOST_READ {
            return Err(Problem::too_many(format!("GitHub tells more than can be read, last about {what}")));
        }
        Ok(())
    }

    /// Keeps an answer that has a tag: whether it still holds costs nothing of the rate limit.
    fn keep(&self, path: &str, page: Page) -> Page {
        let bytes = self.kept_bytes.get().saturating_add(page.body.len());
        let mut kept = self.kept.borrow_mut();
        if page.tag.is_some() && bytes <= MOST_KEPT {
            self.kept_bytes.set(bytes);
            if let Some(old) = kept.insert(path.to_owned(), page.clone()) {
                self.kept_bytes.set(bytes.saturating_sub(old.body.len()));
            }
        } else if let Some(old) = kept.remove(path) {
            self.kept_bytes.set(self.kept_bytes.get().saturating_sub(old.body.len()));
        }
        page
    }
}

fn redirected(what: &str) -> Problem {
    Problem::new(
        "evidence/github-redirected",
        format!("GitHub sends those who ask about {what} to another server, or round and round"),
        "set the address of the API to that of the server itself; the token is sent nowhere else",
    )
}
