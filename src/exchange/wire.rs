//! Asking until there is an answer, or no more patience.

use super::patience::Patience;
use super::reply::{Reply, Wait, read};
use super::request::ask;
use super::wait::backoff;
use super::{Failure, Terms, Why};
use http::{HeaderValue, Uri};
use octocrab::Octocrab;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

/// How often one thing is asked for.
const TRIES: u32 = 5;
/// How many redirects are followed, all on the same server: GitHub sends one for a repository that was renamed.
const HOPS: u32 = 3;
/// What is read in all over one line, in bytes.
const MOST_READ: usize = 256 << 20;
/// What is kept to be asked for by its tag, in bytes.
const MOST_KEPT: usize = 32 << 20;

/// The way to a server.
#[derive(Debug)]
pub struct Wire {
    crab: Octocrab,
    terms: Terms,
    patience: Patience,
    kept: RefCell<HashMap<String, Page>>,
    kept_bytes: Cell<usize>,
    read_bytes: Cell<usize>,
    /// What went wrong last, while it is tried again: it says more than that time ran out.
    trouble: RefCell<Option<Failure>>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it says.
    pub body: Arc<[u8]>,
    /// Whether there is a further page.
    pub next: bool,
    tag: Option<HeaderValue>,
}

impl Wire {
    /// A way over which nothing was sent yet. To be called inside of the runtime that will drive it.
    pub fn new(terms: &Terms, token: Option<&str>) -> Result<Self, String> {
        let base = terms.server.uri("").ok_or("the address of the API can't be used")?;
        let mut builder = Octocrab::builder().base_uri(base).map_err(|error| error.to_string())?;
        if let Some(token) = token {
            builder = builder.personal_token(token);
        }
        Ok(Self {
            crab: builder.build().map_err(|error| error.to_string())?,
            terms: terms.clone(),
            patience: Patience::new(terms.patience),
            kept: RefCell::default(),
            kept_bytes: Cell::new(0),
            read_bytes: Cell::new(0),
            trouble: RefCell::default(),
        })
    }

    /// Reads what stands under a path of the API. It is asked again as long as there is hope and patience.
    pub async fn page(&self, what: &str, path: &str) -> Result<Page, Failure> {
        let failed = |why| Failure::new(what, why);
        let unsent = || failed(Why::Malformed("its name can't stand in an address"));
        let mut uri = self.terms.server.uri(path).ok_or_else(unsent)?;
        let (mut tries, mut hops) = (0, 0);
        loop {
            match self.once(path, &uri).await {
                Reply::Body { raw, next } => {
                    let tag = raw.headers.get("etag").cloned();
                    self.count(raw.body.len()).map_err(failed)?;
                    return Ok(self.keep(path, Page { body: raw.body.into(), next, tag }));
                }
                Reply::Unchanged => {
                    let kept = self.kept.borrow().get(path).cloned();
                    return kept.ok_or_else(|| failed(Why::Malformed("it says `unchanged` of what was never read")));
                }
                Reply::Elsewhere(location) => {
                    hops += 1;
                    let own = self.terms.server.own(&location).filter(|_| hops <= HOPS);
                    uri = own.ok_or_else(|| failed(Why::Elsewhere))?;
                }
                Reply::Again { why, wait } => {
                    self.again(failed(why), wait, tries).await?;
                    tries += 1;
                }
                Reply::No(why) => return Err(failed(why)),
            }
        }
    }

    async fn once(&self, path: &str, uri: &Uri) -> Reply {
        let tag = self.kept.borrow().get(path).and_then(|page| page.tag.clone());
        read(ask(&self.crab, uri, tag.as_ref(), &self.terms).await)
    }

    /// Waits before the next try, unless there is none left or the wait would outlast the patience.
    async fn again(&self, failure: Failure, wait: Wait, tries: u32) -> Result<(), Failure> {
        let wait = match wait {
            Wait::Asked(wait) => wait.max(self.terms.pause),
            Wait::Backoff => backoff(self.terms.pause, tries),
            Wait::Cooling => backoff(self.terms.cooling, tries),
        };
        if tries + 1 >= TRIES || wait >= self.patience.left() {
            return Err(failure);
        }
        *self.trouble.borrow_mut() = Some(failure);
        tokio::time::sleep(wait).await;
        Ok(())
    }

    /// Drives a question to its end, or to the end of all patience.
    pub(super) async fn within<T, E: From<Failure>>(
        &self,
        what: &str,
        asked: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let late = || Failure::new(what, Why::Late);
        self.trouble.take();
        let left = self.patience.begin();
        if left.is_zero() {
            return Err(late().into());
        }
        let answer = tokio::time::timeout(left, asked).await;
        self.patience.end();
        answer.unwrap_or_else(|_| Err(self.trouble.take().unwrap_or_else(late).into()))
    }

    fn count(&self, bytes: usize) -> Result<(), Why> {
        self.read_bytes.set(self.read_bytes.get().saturating_add(bytes));
        if self.read_bytes.get() > MOST_READ { Err(Why::TooMuch) } else { Ok(()) }
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
