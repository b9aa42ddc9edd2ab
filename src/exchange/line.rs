//! A line to a server. Nothing is set up before the first question: a run that asks none pays nothing.

use super::wire::Shared;
use super::{Failure, Patience, Server, Why, Wire};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// How a server is asked.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Where.
    pub server: Server,
    /// How long all questions may take together, waits included.
    pub patience: Duration,
    /// How long all lines of a run may be waited for together, where that is bounded.
    pub run: Option<Arc<Patience>>,
    /// How long one request may take.
    pub each: Duration,
    /// The first pause before asking again; each further one doubles it.
    pub pause: Duration,
    /// The pause after a rate limit that does not say how long it lasts.
    pub cooling: Duration,
    /// The largest answer that is read, in bytes.
    pub largest: usize,
    /// The types of answers that are asked for.
    pub accept: &'static str,
}

/// A line that may be shared by threads, whose questions are under way at the same time. Not to be used inside of an async runtime.
pub struct Line {
    terms: Terms,
    /// What is sent along with each question, so that the server knows who asks; to this server and to no other.
    token: Option<String>,
    open: Mutex<Option<Arc<Open>>>,
}

/// What is set up by the first question.
struct Open {
    shared: Arc<Shared>,
    /// Driven by one of those who wait.
    runtime: Option<Runtime>,
}

impl Line {
    /// A line on which nothing was asked yet.
    pub const fn new(terms: Terms, token: Option<String>) -> Self {
        Self { terms, token, open: Mutex::new(None) }
    }

    /// Asks about something, to the end of it or of all patience.
    ///
    /// # Errors
    /// What the question comes to, and that the line can't be set up or that time ran out.
    pub fn ask<T, E: From<Failure>>(&self, what: &str, asked: impl AsyncFnOnce(&Wire) -> Result<T, E>) -> Result<T, E> {
        let open = self.open().map_err(|why| Failure::new(what, Why::Unprepared(why)))?;
        let Open { shared, runtime: Some(runtime) } = &*open else {
            return Err(Failure::new(what, Why::Malformed("the connection was closed")).into());
        };
        let wire = Wire::new(shared);
        runtime.block_on(wire.within(what, asked(&wire)))
    }

    /// What is set up by whoever asks first.
    fn open(&self) -> Result<Arc<Open>, String> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*open {
            return Ok(Arc::clone(open));
        }
        let new = Arc::new(Open::new(&self.terms, self.token.as_deref())?);
        *open = Some(Arc::clone(&new));
        Ok(new)
    }
}

impl Open {
    fn new(terms: &Terms, token: Option<&str>) -> Result<Self, String> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        let shared = {
            let _inside = runtime.enter();
            Shared::new(terms, token)?
        };
        Ok(Self { shared: Arc::new(shared), runtime: Some(runtime) })
    }
}

impl Drop for Open {
    /// A name that is still being looked up must not keep the program from ending.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("terms", &self.terms).finish_non_exhaustive()
    }
}
