//! Who may approve at all: nobody who has a hand in the change, and nobody who is no person.

use super::pushes::short;
use super::{Account, Gathered, Person, Pushes};
use std::collections::{BTreeMap, BTreeSet};

/// What the configuration says of accounts. It comes from the trusted side.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accounts {
    /// Bots and apps whose reviews count, by their numbers.
    pub bots: BTreeSet<u64>,
    /// Whose mails are that GitHub knows no account of, by the mail in lower case; none where it is nobody's who reviews, such as that of a tool.
    pub mails: BTreeMap<String, Option<u64>>,
}

/// Whether something counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Counts,
    /// It does not: why, lower case, no full stop, never empty.
    Not(Vec<String>),
    /// It can't be told: why.
    Open(Vec<String>),
}

impl Standing {
    /// Not, if there are reasons against it; open, if there are doubts; else it counts.
    pub(super) fn of(against: Vec<String>, doubts: Vec<String>) -> Self {
        match (against.is_empty(), doubts.is_empty()) {
            (false, _) => Self::Not(against),
            (true, false) => Self::Open(doubts),
            (true, true) => Self::Counts,
        }
    }

    /// The reasons, if it does not count.
    pub fn why(&self) -> &[String] {
        match self {
            Self::Counts => &[],
            Self::Not(why) | Self::Open(why) => why,
        }
    }
}

/// Who has a hand in the change, and whether all of them are known.
#[derive(Debug)]
pub struct Hands {
    /// What each did, by number.
    of: BTreeMap<u64, Vec<String>>,
    /// Whom nobody knows: each may be anybody. The first few, as one is enough.
    pub unknown: Vec<String>,
}

/// Why nobody can tell who pushed last to a fork that was deleted. Commits say who has made them, and not who has pushed them.
pub const FORK_IS_GONE: &str = "who pushed last can't be told: the repository that it was pushed to was deleted";

/// The most of those whom nobody knows that are told.
const MOST_UNKNOWN: usize = 5;

impl Hands {
    pub fn new(gathered: &Gathered, accounts: &Accounts) -> Self {
        let mut hands = Self { of: BTreeMap::new(), unknown: Vec::new() };
        if let Some(author) = &gathered.pull.author {
            hands.add(author.id, "opened the pull request", "");
        }
        for commit in &gathered.commits {
            let sha = short(&commit.sha);
            hands.person(&commit.author, "is the author of", sha, accounts);
            hands.person(&commit.committer, "is the committer of", sha, accounts);
            for person in &commit.coauthors {
                hands.person(person, "is a co-author of", sha, accounts);
            }
        }
        match &gathered.pushes {
            Pushes::Unknown(why) => hands.doubt(format!("who pushed last can't be told: {why}")),
            Pushes::Gone => hands.doubt(FORK_IS_GONE.to_owned()),
            Pushes::Known(pushes) if pushes.is_empty() => hands.nobody_pushed(),
            Pushes::Known(pushes) => {
                for push in pushes {
                    match (&push.by, short(&push.commit)) {
                        (Some(account), _) if push.commit == gathered.pull.head.sha => {
                            hands.add(account.id, "pushed last", "");
                        }
                        // Who has made a commit it says itself, and whoever brought it may have made it in the name of another.
                        (Some(account), sha) => hands.add(account.id, "pushed", sha),
                        (None, _) if push.commit == gathered.pull.head.sha => hands.nobody_pushed(),
                        (None, sha) => hands.doubt(format!("GitHub does not say who pushed {sha}")),
                    }
                }
            }
        }
        hands
    }

    fn person(&mut self, person: &Person, did: &str, sha: &str, accounts: &Accounts) {
        match person {
            Person::Account(account) => self.add(account.id, did, sha),
            Person::Mail(mail) => match accounts.mails.get(&mail.to_lowercase()) {
                Some(Some(id)) => self.add(*id, did, sha),
                Some(None) => {}
                None if mail.is_empty() => self.doubt(format!("somebody without a mail {did} {sha}")),
                None => self.doubt(format!("{mail} {did} {sha}, and GitHub knows no account of that mail")),
            },
        }
    }

    /// Of each kind the first is told: one is enough.
    fn add(&mut self, id: u64, did: &str, sha: &str) {
        let all = self.of.entry(id).or_default();
        if !all.iter().any(|told| told.starts_with(did)) {
            all.push(format!("{did} {sha}").trim_end().to_owned());
        }
    }

    fn nobody_pushed(&mut self) {
        self.doubt("GitHub does not say who pushed last".to_owned());
    }

    fn doubt(&mut self, doubt: String) {
        if self.unknown.len() < MOST_UNKNOWN && !self.unknown.contains(&doubt) {
            self.unknown.push(doubt);
        }
    }

    /// Why somebody may not approve.
    pub fn against(&self, by: Option<&Account>, accounts: &Accounts) -> Vec<String> {
        let mut against = nobody(by, accounts);
        let did = by
            .into_iter()
            .flat_map(|account| self.of.get(&account.id).into_iter().flatten().map(move |did| (account, did)));
        against.extend(did.map(|(account, did)| format!("{account} {did}")));
        against
    }
}

/// Why a review is nobody's who could hold an opinion.
pub fn nobody(by: Option<&Account>, accounts: &Accounts) -> Vec<String> {
    let Some(account) = by.filter(|account| !account.is_ghost()) else {
        return vec!["the user of this review was deleted".to_owned()];
    };
    if account.kind == "User" || accounts.bots.contains(&account.id) {
        return Vec::new();
    }
    let kind = if account.kind == "Bot" { "a bot" } else { "no user of GitHub" };
    vec![format!("{account} is {kind}")]
}

/// Whether a user may write to the repository: anybody with an account may review what is public. Programs count where the configuration lists them.
pub fn may_write(gathered: &Gathered, by: Option<&Account>) -> Standing {
    let Some(account) = by.filter(|account| account.kind == "User") else { return Standing::Counts };
    match gathered.permissions.get(&account.id) {
        Some(permission) if permission.writes => Standing::Counts,
        Some(_) => Standing::Not(vec![format!("{account} may not write to the repository")]),
        None => Standing::Open(vec![format!("it was not asked whether {account} may write to the repository")]),
    }
}
