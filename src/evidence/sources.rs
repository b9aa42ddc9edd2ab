//! Asking: each question once, of the world or of a record.

use super::{Advisories, Answer, Entry, Need, Provider, Question, Record, changes, files, git};
use crate::files::Files;
use crate::finding::Fault;
use crate::git::{Commit, Repository};
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// All that can be asked in a run. It is shared by all threads of the run.
#[derive(Debug)]
pub struct Sources {
    needs: BTreeMap<Provider, Need>,
    told: Told,
}

#[derive(Debug)]
enum Told {
    /// Nothing can be asked.
    Nothing,
    World(Box<World>, Mutex<HashMap<Question, Arc<OnceLock<Arc<Entry>>>>>),
    Record(BTreeMap<Question, Arc<Entry>>),
}

/// The world as it can be asked.
#[derive(Debug)]
pub struct World {
    /// The files of what is judged.
    pub judged: Arc<Files>,
    /// Where what was merged ends: the base of a pull request; the commit that is checked out, where there is none.
    pub tip: Option<Commit>,
    /// When the run began.
    pub at: Timestamp,
    /// Where advisories are looked up.
    pub advisories: Advisories,
    repository: OnceLock<Result<(Repository, Commit), Fault>>,
}

impl World {
    /// A world of which nothing was asked yet.
    pub const fn new(judged: Arc<Files>, tip: Option<Commit>, at: Timestamp, advisories: Advisories) -> Self {
        Self { judged, tip, at, advisories, repository: OnceLock::new() }
    }

    fn ask(&self, question: &Question) -> Entry {
        let (of, answer) = match question {
            Question::Merges { paths, since } => match self.repository() {
                Ok((repository, tip)) => {
                    (format!("commit {}", tip.short()), git::merges(repository, tip, paths, since))
                }
                Err(Fault { message, help, .. }) => {
                    ("git".to_owned(), Answer::unavailable(message.as_str(), help.as_deref().unwrap_or_default()))
                }
            },
            Question::Changes => match (&self.tip, self.judged.base()) {
                (Some(base), Some(head)) => {
                    let of = format!("commits {} to {}", base.short(), head.commit().short());
                    (of, changes::changes(head.repository(), base, head.commit()))
                }
                _ => ("the work tree".to_owned(), Answer::Absent),
            },
            Question::File { path, report } => (self.judged.told(), files::file(&self.judged, path, *report)),
            Question::Advisories => self.advisories.as_a_whole(),
            Question::Advisory { id, packages } => self.advisories.advisory(id, packages),
        };
        Entry { question: question.clone(), of, at: self.at.to_string(), answer }
    }

    /// The repository and the commit that is its state; found when it is first asked for.
    fn repository(&self) -> &Result<(Repository, Commit), Fault> {
        self.repository.get_or_init(|| {
            let repository = Repository::around(self.judged.root())?;
            let tip = self.tip.as_ref().map_or_else(|| repository.commit("HEAD"), |tip| Ok(tip.clone()))?;
            Ok((repository, tip))
        })
    }
}

impl Sources {
    /// Sources that tell nothing.
    pub const fn none() -> Self {
        Self { needs: BTreeMap::new(), told: Told::Nothing }
    }

    /// The world, as far as it is needed.
    pub fn world(world: World, needs: BTreeMap<Provider, Need>) -> Self {
        Self { needs, told: Told::World(Box::new(world), Mutex::default()) }
    }

    /// The record of an earlier run.
    pub fn record(record: Record, needs: BTreeMap<Provider, Need>) -> Self {
        Self { needs, told: Told::Record(record.into_answers()) }
    }

    /// What is asked about every proposal of the run, whatever stands in it: what really changed, where a change is judged.
    pub fn of_the_change(&self) -> Option<Question> {
        let asked = match &self.told {
            Told::Nothing => false,
            Told::World(world, _) => world.judged.base().is_some(),
            Told::Record(answers) => answers.contains_key(&Question::Changes),
        };
        asked.then_some(Question::Changes)
    }

    /// The answers to some questions, without those of which nobody is to be asked; and why the proposal that raised them can't be
    /// judged, where it can't.
    pub fn ask(&self, questions: &[Question]) -> (Vec<Arc<Entry>>, Vec<Fault>) {
        let (mut entries, mut faults) = (Vec::new(), Vec::new());
        for question in questions {
            let need = self.needs.get(&question.provider()).copied().unwrap_or_default();
            if need == Need::Off {
                continue;
            }
            let entry = match &self.told {
                Told::Nothing => return (Vec::new(), Vec::new()),
                Told::World(world, asked) => once(world, asked, question),
                Told::Record(answers) => match answers.get(question) {
                    Some(entry) => Arc::clone(entry),
                    None => {
                        faults.push(not_recorded(question));
                        continue;
                    }
                },
            };
            if let (Need::Required, Answer::Unavailable { why, help }) = (need, &entry.answer) {
                faults.push(unavailable(question, why, help));
            }
            entries.push(entry);
        }
        (entries, faults)
    }
}

/// Another thread that asks the same waits for the answer; one that asks something else does not.
fn once(world: &World, asked: &Mutex<HashMap<Question, Arc<OnceLock<Arc<Entry>>>>>, question: &Question) -> Arc<Entry> {
    let mut all = asked.lock().unwrap_or_else(PoisonError::into_inner);
    let cell = Arc::clone(all.entry(question.clone()).or_default());
    drop(all);
    Arc::clone(cell.get_or_init(|| Arc::new(world.ask(question))))
}

fn not_recorded(question: &Question) -> Fault {
    Fault::new("evidence/not-recorded", format!("{question} is to be asked, and the record does not have it"))
        .help("judge the proposals, in the phase and by the configuration, with which the record was made; or run without --evidence")
}

fn unavailable(question: &Question, why: &str, help: &str) -> Fault {
    let message =
        format!("{question} can't be told, and the configuration requires `{}`: {why}", question.provider().as_str());
    Fault::new("evidence/unavailable", message).help(help)
}
