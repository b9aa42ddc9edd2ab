//! Asking the world: each question once, and servers at the same time. When the answers come makes no difference to what is made of them: they
//! are kept by their questions.

use super::sources::World;
use super::{Entry, Question};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;

/// So many threads of a run wait for servers, besides those that judge.
const MOST: usize = 8;

/// The world, and what it has answered.
#[derive(Debug)]
pub struct Inquiry {
    pub world: World,
    answered: Mutex<HashMap<Question, Arc<OnceLock<Arc<Entry>>>>>,
    /// How many more threads may wait.
    spare: AtomicUsize,
}

impl Inquiry {
    /// One in which nothing was asked yet.
    pub fn of(world: World) -> Self {
        Self { world, answered: Mutex::default(), spare: AtomicUsize::new(MOST) }
    }

    /// The answer to a question. Another thread that asks the same waits for it; one that asks something else does not.
    pub fn once(&self, question: &Question) -> Arc<Entry> {
        Arc::clone(self.cell(question).get_or_init(|| Arc::new(self.world.ask(question))))
    }

    /// Asks servers for what is not known yet, while this thread asks git and files. Where no server is asked no thread is started.
    pub fn together(&self, questions: &[&Question]) {
        let open = questions.iter().copied().filter(|question| self.cell(question).get().is_none());
        let (remote, local): (Vec<_>, Vec<_>) = open.partition(|question| self.world.is_remote(question));
        let next = AtomicUsize::new(0);
        let wait = || {
            while let Some(question) = remote.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.once(question);
            }
        };
        // This thread waits, too, when it has nothing else to do.
        let helpers = self.helpers(if local.is_empty() { remote.len().saturating_sub(1) } else { remote.len() });
        if helpers.count == 0 {
            return;
        }
        thread::scope(|scope| {
            for _ in 0..helpers.count {
                // What nobody helps with is asked when it is its turn.
                if thread::Builder::new().spawn_scoped(scope, wait).is_err() {
                    break;
                }
            }
            local.iter().for_each(|question| drop(self.once(question)));
            wait();
        });
    }

    fn cell(&self, question: &Question) -> Arc<OnceLock<Arc<Entry>>> {
        let mut all = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(question.clone()).or_default())
    }

    /// As many helpers as are wanted and to be had.
    fn helpers(&self, wanted: usize) -> Helpers<'_> {
        let take = |spare: usize| Some(spare - wanted.min(spare));
        let spare = self.spare.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).unwrap_or_default();
        Helpers { spare: &self.spare, count: wanted.min(spare) }
    }
}

/// Helpers who can be had again when this is dropped.
struct Helpers<'i> {
    spare: &'i AtomicUsize,
    count: usize,
}

impl Drop for Helpers<'_> {
    fn drop(&mut self) {
        self.spare.fetch_add(self.count, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Advisories, Places};
    use crate::exchange::{Patience, Server};
    use crate::files::Files;
    use jiff::Timestamp;
    use std::path::Path;
    use std::time::Duration;

    fn inquiry(api: Option<Server>) -> Inquiry {
        let (files, at) = (Arc::new(Files::folder(Path::new("."))), Timestamp::UNIX_EPOCH);
        let places = Places { api, patience: Duration::from_millis(20), ..Places::default() };
        let run = Arc::new(Patience::new(Duration::from_secs(1)));
        let advisories = Advisories::new(Arc::clone(&files), places, (at, at), run);
        Inquiry::of(World::new(files, None, at, advisories))
    }

    fn answered(inquiry: &Inquiry) -> usize {
        let file = |path: &str| Question::File { path: path.to_owned(), report: false };
        let advisory = |id: &str| Question::Advisory { id: id.to_owned(), packages: Vec::new() };
        let questions = [file("Cargo.toml"), file("nothing"), advisory("A-1"), advisory("A-2"), Question::Advisories];
        inquiry.together(&questions.each_ref());
        assert_eq!(inquiry.spare.load(Ordering::Relaxed), MOST);
        questions.iter().filter(|question| inquiry.cell(question).get().is_some()).count()
    }

    /// What is asked of nobody but this machine waits for its turn, without a thread.
    #[test]
    fn threads_are_started_where_servers_are_asked() {
        assert_eq!(answered(&inquiry(None)), 0);
        let server = Server::parse("http://127.0.0.1:1").ok();
        assert_eq!(answered(&inquiry(server.clone())), 5);
        let busy = inquiry(server);
        let all = busy.helpers(MOST + 1);
        assert_eq!((all.count, busy.helpers(1).count), (MOST, 0));
        drop(all);
        assert_eq!(busy.helpers(2).count, 2);
    }
}
