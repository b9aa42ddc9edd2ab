//! How long servers are asked, all requests and waits together.
//!
//! This is the only clock of the library besides that of the command line. It decides whether there is an answer, and never what the answer is.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// What is left of the time that may be taken: by one line, or by all of a run. It passes while anybody waits, and once for all who wait at the
/// same time.
#[derive(Debug)]
pub struct Patience(Mutex<State>);

#[derive(Debug)]
struct State {
    left: Duration,
    until: Option<Instant>,
    waiting: usize,
}

impl Patience {
    /// So long, of which nothing has passed.
    pub const fn new(whole: Duration) -> Self {
        Self(Mutex::new(State { left: whole, until: None, waiting: 0 }))
    }

    /// Begins to count, to the end of what is given back.
    pub(super) fn begin(&self) -> Waiting<'_> {
        let mut state = self.state();
        if state.waiting == 0 {
            state.until = Instant::now().checked_add(state.left);
        }
        state.waiting += 1;
        Waiting(self)
    }

    /// What is left.
    pub(super) fn left(&self) -> Duration {
        self.state().left_now()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn left_now(&self) -> Duration {
        self.until.map_or(self.left, |until| until.saturating_duration_since(Instant::now()))
    }
}

/// Somebody who waits.
#[derive(Debug)]
pub(super) struct Waiting<'p>(&'p Patience);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.waiting -= 1;
        if state.waiting == 0 {
            state.left = state.left_now();
            state.until = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Patience;
    use std::thread::sleep;
    use std::time::Duration;

    #[test]
    fn time_passes_once_while_anybody_waits() {
        // So long that no machine is so slow that all of it passes.
        let whole = Duration::from_secs(3_600);
        let patience = Patience::new(whole);
        let pause = Duration::from_millis(60);
        sleep(pause);
        assert_eq!(patience.left(), whole);
        let first = patience.begin();
        let second_one = patience.begin();
        sleep(pause);
        drop(first);
        assert!(patience.left() <= whole - pause);
        drop(second_one);
        let left = patience.left();
        assert!(left <= whole - pause && left > whole / 2, "{left:?}");
        sleep(pause);
        assert_eq!(patience.left(), left);
    }
}
