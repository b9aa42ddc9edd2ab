//! Asking: each question once, of the world or of a record.

mod change;
mod folder;

use super::inquiry::Inquiry;
use super::{
    Advisories, Answer, Code, Entry, Host, Need, People, Provider, Question, Record, earlier, files, git, github,
    question,
};
use crate::facts::Phase;
use crate::files::Files;
use crate::finding::Fault;
use crate::git::{Commit, Repository, short};
use crate::proposal::Tree;
pub use change::{Comes, Standing};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// All that can be asked in a run. It is shared by all threads of the run.
#[derive(Debug)]
pub struct Sources {
    needs: BTreeMap<Provider, Need>,
    told: Told,
    about: About,
    /// What is to be asked last, where something is known of a pull request, so that the verdict is about it.
    known_pull: OnceLock<Question>,
}

/// What a run is about, and who is who in it.
#[derive(Debug, Default)]
pub struct About {
    /// The pull request, as the question after it; none where none is known.
    pub pull: Option<Question>,
    /// The commit that is judged.
    pub head: Option<String>,
    /// Who is who on GitHub.
    pub people: People,
    /// Folders and patterns of the lockfiles that are not looked at.
    pub ignore: Vec<String>,
}

#[derive(Debug)]
enum Told {
    /// Nothing can be asked.
    Nothing,
    World(Box<Inquiry>),
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
    /// GitHub, where the run is about a pull request.
    pub github: Option<Host>,
    /// Where proposals stand.
    pub standing: Standing,
    /// Whether git may be asked about the files of a folder.
    dated: bool,
    repository: OnceLock<Result<(Repository, Commit), Fault>>,
    touched: OnceLock<Result<change::Touched, Fault>>,
    checked_out: OnceLock<Option<Files>>,
}

impl World {
    /// A world of which nothing was asked yet.
    pub fn new(judged: Arc<Files>, tip: Option<Commit>, at: Timestamp, advisories: Advisories) -> Self {
        let (standing, repository, touched, checked_out) = Default::default();
        Self { judged, tip, at, advisories, github: None, standing, dated: false, repository, touched, checked_out }
    }

    /// Whether a server is asked.
    pub(super) const fn is_remote(&self, question: &Question) -> bool {
        match question.provider() {
            Provider::Git | Provider::Files => false,
            Provider::Advisories => self.advisories.are_remote(),
            Provider::GitHub => self.github.is_some() && !matches!(question, Question::Owners),
        }
    }

    pub(super) fn ask(&self, question: &Question) -> Entry {
        let (of, answer) = match question {
            Question::Merges { paths, since } => {
                self.of_history(|repository, tip| git::merges(repository, tip, paths, since))
            }
            Question::Earlier { system, since } => self.of_history(|repository, tip| {
                earlier::earlier(repository, tip, &self.standing.shelves, &self.standing.limits, system, since)
            }),
            Question::Changes { .. } | Question::Pinned { .. } | Question::Touched { .. } => {
                self.of_the_change(question)
            }
            Question::File { path, report } => {
                (self.judged.told(), files::file(&self.judged, self.checked_out(), path, *report))
            }
            Question::Advisories => self.advisories.as_a_whole(),
            Question::Advisory { id, packages } => self.advisories.advisory(id, packages),
            Question::Pull { .. }
            | Question::Landed { .. }
            | Question::Owners
            | Question::Membership { .. }
            | Question::Unmoved { .. } => github::answer(self, question),
        };
        Entry { question: question.clone(), of, at: self.at.to_string(), answer }
    }

    /// What the history tells, and of which commit.
    fn of_history(&self, tell: impl FnOnce(&Repository, &Commit) -> Answer) -> (String, Answer) {
        match self.repository() {
            Ok((repository, tip)) => (format!("commit {}", tip.short()), tell(repository, tip)),
            Err(Fault { message, help, .. }) => {
                ("git".to_owned(), Answer::unavailable(message.as_str(), help.as_deref().unwrap_or_default()))
            }
        }
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
    pub fn none() -> Self {
        Self::of(BTreeMap::new(), Told::Nothing)
    }

    fn of(needs: BTreeMap<Provider, Need>, told: Told) -> Self {
        Self { needs, told, about: About::default(), known_pull: OnceLock::new() }
    }

    /// The world, as far as it is needed.
    pub fn world(mut world: World, needs: BTreeMap<Provider, Need>) -> Self {
        world.dated = needs.get(&Provider::Git).copied().unwrap_or_default() != Need::Off;
        Self::of(needs, Told::World(Box::new(Inquiry::of(world))))
    }

    /// The record of an earlier run.
    pub fn record(record: Record, needs: BTreeMap<Provider, Need>) -> Self {
        let head = record.change().map(|change| change.head.to_string());
        let about = About { head, ..About::default() };
        Self { about, ..Self::of(needs, Told::Record(record.into_answers())) }
    }

    /// The same for a run about something. A run by a record is also about the head and the pull request of that.
    pub fn about(mut self, about: About) -> Self {
        self.about = About { head: about.head.or(self.about.head), ..about };
        // Which pull request brought a commit is for the run to find out that is recorded.
        if let (None | Some(Question::Landed { number: None, .. }), Told::Record(answers)) =
            (&self.about.pull, &self.told)
        {
            let recorded = answers.keys().find(|question| question.is_of_a_pull()).cloned();
            // A run that has to know of one does not do without because the record does.
            self.about.pull = recorded.or(self.about.pull);
        }
        self
    }

    /// Whether what is judged is what a merge queue is about to merge.
    pub const fn is_queued(&self) -> bool {
        matches!(self.about.pull, Some(Question::Landed { number: Some(_), .. }))
    }

    /// Who is who on GitHub.
    pub const fn people(&self) -> &People {
        &self.about.people
    }

    /// What is asked about the pull request of the run, where one is known: the reviews are of its plan and of its deployment; what is
    /// closed was approved before.
    pub fn of_the_pull(&self, phase: Phase) -> Vec<Question> {
        let pull = self.about.pull.clone().filter(|_| phase != Phase::Close);
        let owners = (pull.is_some() && self.about.people.ask_owners()).then_some(Question::Owners);
        pull.into_iter().chain(owners).collect()
    }

    /// What is asked to know who has approved a change of the trusted side.
    pub fn of_the_owners(&self) -> Vec<Question> {
        self.about.pull.clone().map(|pull| vec![pull, Question::Owners]).unwrap_or_default()
    }

    /// Which proposals were there before one, where a change is judged and a rule looks back by some days.
    pub fn of_earlier(&self, proposal: &Tree, phase: Phase, days: Option<i64>) -> Option<Question> {
        question::earlier(proposal, phase, days.filter(|_| self.are_of_a_change())?)
    }

    /// The answers to some questions, without those of which nobody is to be asked; and why the proposal that raised them can't be
    /// judged, where it can't.
    pub fn ask(&self, questions: &[Question]) -> (Vec<Arc<Entry>>, Vec<Fault>) {
        let (mut entries, mut faults) = self.each(questions);
        match github::further(&entries, &self.about.people) {
            Ok(further) => {
                let (more, wrong) = self.each(&further);
                entries.extend(more);
                faults.extend(wrong);
            }
            Err(fault) => faults.push(fault),
        }
        if let (Some(found), Some(head)) = (github::head(&entries), &self.about.head)
            && found != head
        {
            faults.push(other_head(head, found));
        }
        (entries, faults)
    }

    /// Whether the pull request by which was judged still is what it was: to be asked just before the verdict.
    pub fn unmoved(&self) -> (Vec<Arc<Entry>>, Vec<Fault>) {
        let Some(question) = self.known_pull.get() else { return Default::default() };
        let (entries, mut faults) = self.each(std::slice::from_ref(question));
        // Also where GitHub is optional: what was judged by may hold no more.
        if let (true, [entry]) = (faults.is_empty(), entries.as_slice())
            && let Answer::Unavailable { code, why, help } = &entry.answer
        {
            faults.push(unavailable(question, Some(Need::Optional), *code, why, help));
        }
        (entries, faults)
    }

    fn each(&self, questions: &[Question]) -> (Vec<Arc<Entry>>, Vec<Fault>) {
        let (mut entries, mut faults) = (Vec::new(), Vec::new());
        let said = |question: &Question| self.needs.get(&question.provider()).copied();
        let asked: Vec<_> = questions.iter().filter(|question| said(question) != Some(Need::Off)).collect();
        if let Told::World(inquiry) = &self.told {
            inquiry.together(&asked);
        }
        for question in asked {
            let said = said(question);
            let entry = match &self.told {
                Told::Nothing => return (Vec::new(), Vec::new()),
                Told::World(inquiry) => inquiry.once(question),
                Told::Record(answers) => match answers.get(question) {
                    Some(entry) => Arc::clone(entry),
                    None => {
                        faults.push(not_recorded(question));
                        continue;
                    }
                },
            };
            if let Answer::Unavailable { code, why, help } = &entry.answer
                && (said.unwrap_or_default() == Need::Required || code.is_of_the_change())
            {
                faults.push(unavailable(question, said, *code, why, help));
            }
            if let (
                Question::Pull { repository, .. } | Question::Landed { repository, .. },
                Answer::Known { value, .. },
            ) = (question, &entry.answer)
                && let Some(number) = value["pull"]["number"].as_u64()
            {
                self.known_pull.get_or_init(|| Question::Unmoved { repository: repository.clone(), number });
            }
            entries.push(entry);
        }
        (entries, faults)
    }
}

/// What was approved is another commit than the one that is judged.
fn other_head(judged: &str, found: &str) -> Fault {
    let message = format!("what is judged is {}, and GitHub has the pull request at {}", short(judged), short(found));
    Fault::new("trust/other-head", message)
        .help("check out the newest commit of the pull request and run it again; it may have moved meanwhile")
}

/// A record was made without something that is to be known.
pub(super) fn not_recorded(question: &Question) -> Fault {
    Fault::new("evidence/not-recorded", format!("{question} is to be asked, and the record does not have it"))
        .help("judge the proposals, in the phase and by the configuration, with which the record was made; or run without --evidence")
}

/// `said` is how much the configuration says that it is needed, where it says so.
fn unavailable(question: &Question, said: Option<Need>, code: Code, why: &str, help: &str) -> Fault {
    let provider = question.provider().as_str();
    let (required, optional) = match said {
        Some(Need::Required) => (format!(", and the configuration requires `{provider}`"), String::new()),
        None if !code.is_of_the_change() => (
            format!(", and `{provider}` is required where the configuration does not say otherwise"),
            format!("; or say `{provider} = \"optional\"` in `[evidence]`, where an unverified claim is enough"),
        ),
        // What can't be told of the change itself leaves it undecided, whatever is said.
        _ => Default::default(),
    };
    Fault::new(code.as_str(), format!("{question} can't be told{required}: {why}")).help(format!("{help}{optional}"))
}
