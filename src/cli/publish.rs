//! `changegate publish`: leaves a verdict on the pull request.

use super::event::{self, Finished, PullRequest};
use super::ground::{Ends, Side, configuration, root};
use super::pull::{Number, client, usual_repository};
use super::{Failure, Global};
use crate::config::Config;
use crate::files::Files;
use crate::finding::Fault;
use crate::github::{Client, Problem};
use crate::publish::{Branch, Commented, Pull, check, comment, of_branch, pull};
use crate::report::{Told, inert_line};
use crate::verdict::Outcome;
use clap::{ArgGroup, Args};
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS, group(ArgGroup::new("what").required(true).multiple(true)))]
pub struct Publish {
    /// The report for programs, which `changegate check --report json=FILE` has written
    #[arg(value_name = "REPORT")]
    report: PathBuf,
    /// Write a comment, in place of the one of an earlier run; takes the permission `pull-requests: write`
    #[arg(long, group = "what")]
    comment: bool,
    /// Make a check run, with the findings at their lines; takes the permission `checks: write`
    #[arg(long, group = "what")]
    check: bool,
    /// Tells runs of one pull request apart that each leave a verdict [default: the phase, other than plan]
    #[arg(long, value_name = "NAME", value_parser = name)]
    name: Option<String>,
    #[command(flatten)]
    pull: Number,
    #[command(flatten)]
    side: Side,
}

const EXIT_STATUS: &str = "It decides nothing, whatever the report says. Exit status:
  0  all was done, or there was no reason to: the pull request is closed, or has moved on
  2  something could not be done";

/// The longest report, in bytes.
const LONGEST: u64 = 256 << 20;

fn name(text: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ' ');
    if text.trim() == text && (1..=50).contains(&text.len()) && text.chars().all(allowed) {
        return Ok(text.to_owned());
    }
    Err("use up to 50 letters, digits, dots, hyphens and blanks".to_owned())
}

/// What is known of the pull request by itself.
enum About {
    /// It is named, or the event is one of it.
    Number(u64),
    /// A workflow has ended that ran for a branch.
    Finished(Branch),
    /// It was merged as this commit.
    Merged(String),
}

impl Publish {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let told = self.told(&root)?;
        let (event, finished) = (event::pull_request()?, event::finished()?);
        if let Some(finished) = &finished {
            is_of(&told, finished)?;
        }
        let config = self.trusted(global, &root);
        let client = client(&config.github)?;
        let known = event.as_ref().and_then(|event| event.repository.clone());
        let repository = known.map_or_else(|| usual_repository(&config, "the pull request"), Ok)?;
        let name = self.name.as_deref().or_else(|| Some(told.phase()).filter(|phase| *phase != "plan"));
        let mut faults = Vec::new();
        if self.comment {
            let about = self.about(event.as_ref(), finished.as_ref(), &told);
            let commented =
                about.and_then(|about| comment_on(&client, &repository, about, event.as_ref(), &told, name));
            match commented {
                Ok(done) => writeln!(out, "{done}")?,
                Err(fault) => faults.push(fault),
            }
        }
        if self.check {
            let head = checked(event.as_ref(), finished.as_ref(), &told);
            let made = head.and_then(|head| {
                let made = check(&client, &repository, &head, &told, name).map_err(Problem::fault)?;
                Ok(format!("made a check run of {} with {made} annotations", short(&head)))
            });
            match made {
                Ok(done) => writeln!(out, "{done}")?,
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Outcome::Pass) } else { Err(faults.into()) }
    }

    fn told(&self, root: &Path) -> Result<Told, Fault> {
        let unreadable = |why: &str| {
            Fault::new("publish/report", format!("the report {} can't be read: {why}", self.report.display()))
                .help("name a file that `changegate check --report json=FILE` has written")
        };
        let text =
            Files::folder(root).text(&self.report, LONGEST + 1).map_err(|error| unreadable(&error.to_string()))?;
        if text.len() as u64 > LONGEST {
            return Err(unreadable("it is longer than any that is read"));
        }
        Told::parse(&text).map_err(|why| unreadable(&why))
    }

    /// The configuration of the trusted side, which says where a token is sent. Of a wrong one what is right holds: that it is wrong may be
    /// what the report says. Where nobody knows whose the folder is, it says nothing.
    fn trusted(&self, global: &Global, root: &Path) -> Config {
        match self.side.ends(root) {
            Ok(Some(ends)) => configuration(global, &Ends::trusted(Some(ends), root).0).0,
            Ok(None) if event::of_what_is_checked_out().is_ok() => configuration(global, &Files::folder(root)).0,
            _ => Config::none(),
        }
    }

    fn about(&self, event: Option<&PullRequest>, finished: Option<&Finished>, told: &Told) -> Result<About, Fault> {
        if let Some(number) = self.pull.number().or_else(|| event.map(|event| event.number)) {
            return Ok(About::Number(number));
        }
        if let Some(Finished { owner, branch, head }) = finished {
            return Ok(About::Finished(Branch { owner: owner.clone(), name: branch.clone(), head: head.clone() }));
        }
        told.head().map(|head| About::Merged(head.to_owned())).ok_or_else(|| {
            Fault::new("evidence/no-pull-request", "no pull request is known on which the verdict could be left")
                .help("name it with --pr, or run on an event of a pull request")
        })
    }
}

/// Whether a report is of the commit that another workflow ran for. A run that failed before it knew what it is about names none, and says
/// nothing but that.
fn is_of(told: &Told, Finished { head, .. }: &Finished) -> Result<(), Fault> {
    let about = match told.head() {
        Some(about) if about == head => return Ok(()),
        None if told.outcome() == Outcome::Undecided => return Ok(()),
        Some(about) => inert_line(&short(about), 20, "…"),
        None => "no commit".to_owned(),
    };
    let message = format!("the report is about {about}, and the workflow that has ended ran for {}", short(head));
    Err(Fault::new("publish/report", message)
        .help("hand on the report of that very run, by the output `report` of the action: a file of the checkout may come from the pull request"))
}

/// Comments, where there is reason to, and says what was done.
fn comment_on(
    client: &Client,
    repository: &str,
    about: About,
    event: Option<&PullRequest>,
    told: &Told,
    name: Option<&str>,
) -> Result<String, Fault> {
    let found: Result<Pull, Problem> = match about {
        About::Number(number) => pull(client, repository, number),
        About::Finished(branch) => of_branch(client, repository, &branch),
        About::Merged(commit) => client
            .landing(repository, &commit, event::branch().as_deref())
            .and_then(|number| pull(client, repository, number)),
    };
    let found = found.map_err(Problem::fault)?;
    let at = format!("{repository}#{}", found.number);
    if found.given_up {
        return Ok(format!("left out: {at} is closed"));
    }
    let of_its_head = !found.merged && event.is_none_or(|event| !event.queued);
    if let Some(head) = told.head().filter(|head| of_its_head && *head != found.head) {
        let (head, found) = (inert_line(&short(head), 20, "…"), inert_line(&short(&found.head), 20, "…"));
        return Ok(format!("left out: {at} is at {found} by now, and the report is about {head}"));
    }
    let done = comment(client, repository, found.number, told, name).map_err(Problem::fault)?;
    Ok(match done {
        Commented::Made => format!("commented on {at}"),
        Commented::Renewed => format!("wrote the comment on {at} anew"),
    })
}

/// The commit that a check run is made of.
fn checked(event: Option<&PullRequest>, finished: Option<&Finished>, told: &Told) -> Result<String, Fault> {
    if finished.is_some() {
        return Err(Fault::new(
            "publish/event",
            "no check run is made at the end of another workflow: the report may come from the pull request itself",
        )
        .help("require the job that has judged; what is written here may be a comment"));
    }
    // A run that failed before it knew what it is about still belongs to the pull request of the event.
    let head = told.head().or_else(|| event.map(|event| &*event.head));
    head.map(str::to_owned).ok_or_else(|| {
        Fault::new("publish/event", "the report is about no commit, of which a check run could be made")
            .help("judge a commit, with --base, or run on an event of a pull request")
    })
}

fn short(commit: &str) -> String {
    commit.chars().take(12).collect()
}
