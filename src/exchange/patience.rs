//! How long a server is asked, all requests and waits together.
//!
//! This is the only clock of the library besides that of the command line. It decides whether there is an answer, and never what the answer is.

use std::cell::Cell;
use std::time::Duration;
use tokio::time::Instant;

/// What is left of the time that a line may take.
#[derive(Debug)]
pub struct Patience {
    left: Cell<Duration>,
    until: Cell<Option<Instant>>,
}

impl Patience {
    pub const fn new(whole: Duration) -> Self {
        Self { left: Cell::new(whole), until: Cell::new(None) }
    }

    /// Begins to count; what is left.
    pub fn begin(&self) -> Duration {
        self.until.set(Instant::now().checked_add(self.left.get()));
        self.left.get()
    }

    /// Ends counting, until the next call begins it again.
    pub fn end(&self) {
        self.left.set(self.left());
        self.until.set(None);
    }

    /// What is left.
    pub fn left(&self) -> Duration {
        match self.until.get() {
            Some(until) => until.saturating_duration_since(Instant::now()),
            None => self.left.get(),
        }
    }
}
