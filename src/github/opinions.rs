//! From all reviews to what each person holds now, and whether that counts: a pure function, so that a replay comes to the same.

use super::pushes::short;
use super::standing::{Accounts, Hands, Standing, may_write, nobody};
use super::{Account, At, Gathered, Pushes, Review, Stage};
use crate::exchange::told;
use std::collections::BTreeMap;

/// What reviewers hold of a pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinions {
    /// The commit that they are to be about.
    pub head: String,
    /// Why the pull request is not approved, whoever approved it: it is a draft, or closed.
    pub against: Option<String>,
    /// Why it can't be told what reviewers hold; where this is not empty the whole is undecided.
    pub undecided: Vec<String>,
    /// The last opinion of each, in the order of time.
    pub each: Vec<Opinion>,
}

/// What somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Who; none where the user was deleted.
    pub by: Option<Account>,
    /// What.
    pub kind: Kind,
    /// Since when.
    pub at: At,
    /// Of which commit.
    pub commit: Option<String>,
    /// Whether it counts: as an approval, or as an objection that blocks.
    pub standing: Standing,
}

/// The kinds of reviews that are opinions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `APPROVED`.
    Approved,
    /// `CHANGES_REQUESTED`.
    ChangesRequested,
    /// `DISMISSED`: no opinion any more.
    Dismissed,
}

impl Opinions {
    /// The approvals that count.
    pub fn approvals(&self) -> impl Iterator<Item = &Opinion> {
        self.counting(Kind::Approved)
    }

    /// The requests for changes that stand, each of which blocks.
    pub fn objections(&self) -> impl Iterator<Item = &Opinion> {
        self.counting(Kind::ChangesRequested)
    }

    fn counting(&self, kind: Kind) -> impl Iterator<Item = &Opinion> {
        self.each.iter().filter(move |opinion| opinion.kind == kind && opinion.standing == Standing::Counts)
    }
}

/// What each reviewer holds now.
///
/// Reviews are taken in the order of time, per number of account. Approvals, requests for changes and dismissals are opinions; a comment
/// changes nothing. An approval counts when it is of the head, was given after the last push, after the newest commit and after the last change of
/// its base, and by somebody
/// who has no hand in the change. Neither an approval nor a request for changes counts by somebody who may not write to the repository.
///
/// ```
/// use changegate::github::{Accounts, Gathered, opinions};
/// # let text = r#"{"repository":"acme/payments","number":1,"pull":{"stage":"open","author":{"id":1,"login":"ada","kind":"User"},
/// #   "head":{"sha":"77aa001","branch":"x","repository":null},"base":{"sha":"1","branch":"main","repository":null},
/// #   "updated_at":"2026-11-21T12:00:00Z"},"reviews":[{"id":5,"by":{"id":2,"login":"bo","kind":"User"},"state":"APPROVED",
/// #   "at":"2026-11-21T11:00:00Z","commit":"3f1c2a9"}],"commits":[],"force_pushes":[],"dismissals":[],
/// #   "pushes":{"known":[{"at":"2026-11-21T10:00:00Z","by":{"id":1,"login":"ada","kind":"User"},"commit":"77aa001"}]},"files":[]}"#;
/// let gathered: Gathered = serde_json::from_str(text).expect("a record");
/// let opinions = opinions(&gathered, &Accounts::default());
/// assert_eq!(opinions.approvals().count(), 0);
/// assert_eq!(opinions.each[0].standing.why(), ["@bo's review is on an older commit: 3f1c2a9, and the head is 77aa001"]);
/// ```
pub fn opinions(gathered: &Gathered, accounts: &Accounts) -> Opinions {
    let mut opinions = Opinions {
        head: gathered.pull.head.sha.clone(),
        against: against(gathered.pull.stage),
        undecided: Vec::new(),
        each: Vec::new(),
    };
    let hands = Hands::new(gathered, accounts);
    let (times, doubts) = times(gathered);
    for (review, kind, at) in last(gathered, &mut opinions.undecided) {
        let by = review.by.as_ref();
        let (mut not, mut open) = match kind {
            Kind::Approved => {
                let stale = stale(gathered, review, at, &times);
                let not = hands.against(by, accounts).into_iter().chain(stale).collect();
                (not, [hands.unknown.as_slice(), doubts.as_slice()].concat())
            }
            // A hand in the change takes an approval away and no objection: else an author could silence a reviewer by naming her. Who
            // opened the pull request is told by GitHub, and withdraws it instead.
            Kind::ChangesRequested => {
                let opened = gathered.pull.author.as_ref().filter(|author| by.is_some_and(|by| by.id == author.id));
                let opened = opened.map(|author| format!("{author} opened the pull request"));
                (nobody(by, accounts).into_iter().chain(opened).collect(), Vec::new())
            }
            Kind::Dismissed => (vec![dismissed(gathered, review)], Vec::new()),
        };
        match may_write(gathered, by) {
            Standing::Counts => {}
            Standing::Not(why) => not.extend(why),
            Standing::Open(why) => open.extend(why),
        }
        let standing = Standing::of(not, open);
        opinions.each.push(Opinion { by: review.by.clone(), kind, at, commit: review.commit.clone(), standing });
    }
    opinions
}

fn against(stage: Stage) -> Option<String> {
    match stage {
        Stage::Open => None,
        Stage::Draft => Some("the pull request is a draft".to_owned()),
        Stage::Closed => Some("the pull request is closed".to_owned()),
        Stage::Merged => Some("the pull request is merged already".to_owned()),
    }
}

/// The last opinion of each, in the order of time. Users who were deleted can't be told apart, so that each of their reviews is one.
fn last<'a>(gathered: &'a Gathered, undecided: &mut Vec<String>) -> Vec<(&'a Review, Kind, At)> {
    let mut all: Vec<_> = gathered.reviews.iter().filter_map(|review| opinion(gathered, review, undecided)).collect();
    all.sort_by_key(|(review, _, at)| (*at, review.id));
    let who = |review: &Review| review.by.as_ref().map_or((None, Some(review.id)), |by| (Some(by.id), None));
    let newest: BTreeMap<_, u64> = all.iter().map(|(review, ..)| (who(review), review.id)).collect();
    all.retain(|(review, ..)| newest.get(&who(review)) == Some(&review.id));
    all
}

/// A review as an opinion; none if it is none.
fn opinion<'a>(gathered: &Gathered, review: &'a Review, undecided: &mut Vec<String>) -> Option<(&'a Review, Kind, At)> {
    let whose = whose(review);
    let kind = match review.state.as_str() {
        "APPROVED" => Kind::Approved,
        "CHANGES_REQUESTED" => Kind::ChangesRequested,
        "DISMISSED" => Kind::Dismissed,
        "COMMENTED" | "PENDING" => return None,
        state => {
            undecided.push(format!("{whose} review has a state that is not known: `{}`", told(state)));
            return None;
        }
    };
    let dismissed = gathered.dismissals.iter().any(|dismissal| dismissal.review == review.id);
    if dismissed && kind != Kind::Dismissed {
        undecided.push(format!("{whose} review was dismissed, and GitHub still lists it as `{}`", review.state));
    }
    if review.at.is_none() {
        undecided.push(format!("{whose} review does not say when it was submitted"));
    }
    review.at.map(|at| (review, kind, at))
}

/// Moments before which an approval is of something else: what each was, and when.
fn times(gathered: &Gathered) -> (Vec<(String, At)>, Vec<String>) {
    let (mut times, mut doubts) = (Vec::new(), Vec::new());
    if let Some(last) = gathered.force_pushes.iter().map(|push| push.at).max() {
        times.push((format!("the force-push of {last}"), last));
    }
    if let Some(last) = gathered.turned.iter().max() {
        times.push((format!("the change of its base of {last}"), *last));
    }
    if let Pushes::Known(pushes) = &gathered.pushes
        && let Some(last) = pushes.iter().filter(|push| push.commit == gathered.pull.head.sha).map(|push| push.at).max()
    {
        times.push((format!("the push of {last}"), last));
    }
    // Commits say themselves when they were made. One that lies can only make an approval too old, as the server's times hold beside it.
    let newest = gathered.commits.iter().filter_map(|commit| Some((commit.at?, &commit.sha))).max();
    if let Some((at, sha)) = newest {
        times.push((format!("the newest commit, {} of {at}", short(sha)), at));
    }
    if gathered.commits.is_empty() {
        doubts.push("GitHub tells of no commit of the pull request".to_owned());
    }
    if let Some(commit) = gathered.commits.iter().find(|commit| commit.at.is_none()) {
        doubts.push(format!("{} does not say when it was made", short(&commit.sha)));
    }
    (times, doubts)
}

/// Why an approval is of something else than the head. What happened in its second may have been after it.
fn stale(gathered: &Gathered, review: &Review, at: At, times: &[(String, At)]) -> Vec<String> {
    let (head, whose) = (&gathered.pull.head.sha, whose(review));
    let mut stale = Vec::new();
    match &review.commit {
        Some(commit) if commit == head => {}
        Some(commit) => stale.push(format!(
            "{whose} review is on an older commit: {}, and the head is {}",
            short(commit),
            short(head)
        )),
        None => stale.push(format!("{whose} review does not say of which commit it is")),
    }
    let before = times.iter().filter(|(_, time)| at <= *time);
    stale.extend(before.map(|(what, _)| format!("{whose} review, {at}, was not after {what}")));
    stale
}

fn dismissed(gathered: &Gathered, review: &Review) -> String {
    let whose = whose(review);
    match gathered.dismissals.iter().rfind(|dismissal| dismissal.review == review.id) {
        Some(dismissal) => {
            let by = dismissal.by.as_ref().map_or_else(|| "somebody".to_owned(), ToString::to_string);
            format!("{whose} review was dismissed by {by}, {}", dismissal.at)
        }
        None => format!("{whose} review was dismissed"),
    }
}

fn whose(review: &Review) -> String {
    review.by.as_ref().map_or_else(|| "a deleted user's".to_owned(), |by| format!("{by}'s"))
}
