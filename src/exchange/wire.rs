//! Asking until there is an answer, or no more patience.

use super::reply::{Reply, Wait, read};
use super::request::ask;
use super::wait::backoff;
use super::{Failure, Patience, Terms, Why};
use futures_util::stream::{self, StreamExt};
use http::{HeaderValue, Uri};
use octocrab::Octocrab;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
/// An answer that several questions wait for, and one of them asks for.
pub use tokio::sync::OnceCell as Once;

/// How often one thing is asked for.
const TRIES: u32 = 5;
/// How many redirects are followed, all on the same server: GitHub sends one for a repository that was renamed.
const HOPS: u32 = 3;
/// What is read in all over one line, in bytes.
const MOST_READ: usize = 256 << 20;
/// What is kept to be asked for by its tag, in bytes.
const MOST_KEPT: usize = 32 << 20;
/// How many requests of one question are under way at the same time.
const AT_ONCE: usize = 8;

/// The way to a server, as one question uses it.
#[derive(Debug)]
pub struct Wire {
    pub(super) shared: Arc<Shared>,
    /// What went wrong last, while it is tried again: it says more than that time ran out.
    trouble: RefCell<Option<Failure>>,
}

/// What all questions on a line share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) crab: Octocrab,
    pub(super) terms: Terms,
    patience: Patience,
    kept: Mutex<Kept>,
    read_bytes: AtomicUsize,
}

/// Answers by their paths.
#[derive(Debug, Default)]
struct Kept {
    pages: HashMap<String, Page>,
    bytes: usize,
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

/// What comes of several requests of one question, in their order; as many are under way at the same time as is fit.
pub async fn all<T>(requests: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    stream::iter(requests).buffered(AT_ONCE).collect().await
}

impl Shared {
    /// A way over which nothing was sent yet. To be called inside of the runtime that will drive it.
    pub(super) fn new(terms: &Terms, token: Option<&str>) -> Result<Self, String> {
        let base = terms.server.uri("").ok_or("the address of the API can't be used")?;
        let mut builder = Octocrab::builder().base_uri(base).map_err(|error| error.to_string())?;
        if let Some(token) = token {
            builder = builder.personal_token(token);
        }
        Ok(Self {
            crab: builder.build().map_err(|error| error.to_string())?,
            terms: terms.clone(),
            patience: Patience::new(terms.patience),
            kept: Mutex::default(),
            read_bytes: AtomicUsize::new(0),
        })
    }

    /// What is left to wait, on this line and in the run.
    fn left(&self) -> Duration {
        let own = self.patience.left();
        self.terms.run.as_ref().map_or(own, |run| run.left().min(own))
    }

    fn kept(&self, path: &str) -> Option<Page> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).pages.get(path).cloned()
    }

    fn count(&self, bytes: usize) -> Result<(), Why> {
        let before = self.read_bytes.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > MOST_READ { Err(Why::TooMuch) } else { Ok(()) }
    }

    /// Keeps an answer that has a tag: whether it still holds costs nothing of the rate limit.
    fn keep(&self, path: &str, page: Page) -> Page {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let old = kept.pages.remove(path).map_or(0, |old| old.body.len());
        kept.bytes = kept.bytes.saturating_sub(old);
        let bytes = kept.bytes.saturating_add(page.body.len());
        if page.tag.is_some() && bytes <= MOST_KEPT {
            kept.bytes = bytes;
            kept.pages.insert(path.to_owned(), page.clone());
        }
        page
    }
}

impl Wire {
    pub(super) fn new(shared: &Arc<Shared>) -> Self {
        Self { shared: Arc::clone(shared), trouble: RefCell::default() }
    }

    /// Reads what stands under a path of the API. It is asked again as long as there is hope and patience.
    pub async fn page(&self, what: &str, path: &str) -> Result<Page, Failure> {
        let failed = |why| Failure::new(what, why);
        let unsent = || failed(Why::Malformed("its name can't stand in an address"));
        let mut uri = self.shared.terms.server.uri(path).ok_or_else(unsent)?;
        let (mut tries, mut hops) = (0, 0);
        loop {
            match self.once(path, &uri).await {
                Reply::Body { raw, next } => {
                    let tag = raw.headers.get("etag").cloned();
                    self.shared.count(raw.body.len()).map_err(failed)?;
                    return Ok(self.shared.keep(path, Page { body: raw.body.into(), next, tag }));
                }
                Reply::Unchanged => {
                    let kept = self.shared.kept(path);
                    return kept.ok_or_else(|| failed(Why::Malformed("it says `unchanged` of what was never read")));
                }
                Reply::Elsewhere(location) => {
                    hops += 1;
                    let own = self.shared.terms.server.own(&location).filter(|_| hops <= HOPS);
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
        let tag = self.shared.kept(path).and_then(|page| page.tag);
        read(ask(&self.shared.crab, uri, tag.as_ref(), &self.shared.terms).await)
    }

    /// Waits before the next try, unless there is none left or the wait would outlast the patience.
    pub(super) async fn again(&self, failure: Failure, wait: Wait, tries: u32) -> Result<(), Failure> {
        let terms = &self.shared.terms;
        let wait = match wait {
            Wait::Asked(wait) => wait.max(terms.pause),
            Wait::Backoff => backoff(terms.pause, tries),
            Wait::Cooling => backoff(terms.cooling, tries),
        };
        if tries + 1 >= TRIES || wait >= self.shared.left() {
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
        let left = self.shared.left();
        if left.is_zero() {
            return Err(late().into());
        }
        let _waiting = (self.shared.patience.begin(), self.shared.terms.run.as_ref().map(|run| run.begin()));
        tokio::time::timeout(left, asked).await.unwrap_or_else(|_| Err(self.trouble.take().unwrap_or_else(late).into()))
    }
}
