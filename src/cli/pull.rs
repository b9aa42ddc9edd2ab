//! Which pull request a run is about, and how GitHub is asked about it.
//!
//! The token comes from the environment and from nowhere else. Where it is sent is for the trusted side to say: to github.com, or to the
//! server that the configuration names.

use super::event;
use crate::config::{Config, GitHub};
use crate::evidence::{Host, Need, Provider, Question};
use crate::exchange::Patience;
use crate::facts::Phase;
use crate::finding::Fault;
use crate::git::Commit;
use crate::github::{Announcement, Client, Problem, Server, Settings, Token};
use clap::Args;
use std::env;
use std::sync::Arc;

/// Which pull request a run is about.
#[derive(Debug, Args)]
pub struct Number {
    /// Ask GitHub about this pull request [default: in GitHub Actions, the one of the event]
    ///
    /// What is judged must be its newest commit, so that the base has to be named, too. The token is that of GITHUB_TOKEN or GH_TOKEN.
    #[arg(long = "pr", value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    number: Option<u64>,
}

/// A pull request, as far as a run knows it by itself.
#[derive(Debug)]
pub struct Pull {
    repository: String,
    /// Its number; none where GitHub has to say which one brought what is judged.
    number: Option<u64>,
    /// The commit that it brought, where that is judged, and not its own newest commit.
    brought: Option<String>,
    branch: Option<String>,
}

impl Number {
    /// The one that is named.
    pub const fn number(&self) -> Option<u64> {
        self.number
    }

    /// The pull request of the run; none where it is about none, or GitHub is off.
    ///
    /// # Errors
    /// When one is named that can't be asked about, or none is known and the configuration requires one in so many words.
    pub fn pull(&self, config: &Config, judged: Option<&Commit>, phase: Phase) -> Result<Option<Pull>, Fault> {
        let need = config.needs.get(&Provider::GitHub);
        if need == Some(&Need::Off) {
            return Ok(None);
        }
        let event = event::pull_request()?;
        let Some(number) = self.number.or_else(|| event.as_ref().map(|event| event.number)) else {
            let required = need == Some(&Need::Required) && phase != Phase::Close;
            return if required { brought(config, judged).map(Some) } else { Ok(None) };
        };
        let Some(judged) = judged else {
            return Err(Fault::new(
                "usage/option",
                format!("--pr names the pull request {number}, and what is judged is the folder and no commit"),
            )
            .help("name the base, too: --base origin/main; then what is committed is judged"));
        };
        let queued = event.as_ref().is_some_and(|event| event.queued && event.number == number);
        let (repository, branch) = event.map(|event| (event.repository, event.branch)).unwrap_or_default();
        let repository =
            repository.map_or_else(|| usual_repository(config, &format!("the pull request {number}")), Ok)?;
        let brought = queued.then(|| judged.to_string());
        Ok(Some(Pull { repository, number: Some(number), brought, branch }))
    }
}

/// The repository of a pull request whose event is not known.
pub fn usual_repository(config: &Config, of: &str) -> Result<String, Fault> {
    variable("GITHUB_REPOSITORY").or_else(|| config.github.repository.clone()).ok_or_else(|| {
        Fault::new("evidence/no-pull-request", format!("no repository is known of {of}"))
            .help("name it in the configuration, as `github.repository`, or in GITHUB_REPOSITORY")
    })
}

/// GitHub, as it is written to.
///
/// # Errors
/// When it may not be, or there is nobody to write as.
pub fn client(github: &GitHub) -> Result<Client, Fault> {
    let settings = settings(github)?;
    if settings.token.is_none() {
        return Err(Fault::new("publish/forbidden", "there is no token to write to GitHub with")
            .help("set GITHUB_TOKEN or GH_TOKEN; the verdict is what it is without"));
    }
    Ok(Client::new(settings))
}

/// What a pull request says of itself, by a configuration of the trusted side.
///
/// # Errors
/// When nobody may be asked, or does not tell.
pub fn announcement(config: &Config, number: u64) -> Result<Announcement, Fault> {
    if config.needs.get(&Provider::GitHub) == Some(&Need::Off) {
        return Err(Fault::new("usage/option", "`--pr` asks GitHub, and the configuration says that it is off")
            .help("leave --pr out, and name the ends of the change with --base and --head"));
    }
    let repository = usual_repository(config, &format!("the pull request {number}"))?;
    Client::new(settings(&config.github)?).announcement(&repository, number).map_err(Problem::fault)
}

/// The pull request that brought the commit that is judged, where a configuration requires one: after a merge nothing else tells which it is.
fn brought(config: &Config, judged: Option<&Commit>) -> Result<Pull, Fault> {
    let judged = judged.ok_or_else(none_known)?;
    let repository = usual_repository(config, &format!("the commit {}", judged.short()))?;
    Ok(Pull { repository, number: None, brought: Some(judged.to_string()), branch: event::branch() })
}

fn none_known() -> Fault {
    Fault::new("evidence/no-pull-request", "the configuration requires `github`, and no pull request is known")
        .help("name it with --pr, or run on an event of a pull request; of what is merged name the commit before it as --base, and GitHub tells which one it was")
}

impl Pull {
    pub fn question(&self) -> Question {
        let repository = self.repository.clone();
        match (&self.brought, self.number) {
            (None, Some(number)) => Question::Pull { repository, number },
            (brought, number) => Question::Landed { repository, commit: brought.clone().unwrap_or_default(), number },
        }
    }

    /// GitHub, as it is asked about this.
    pub fn host(self, github: &GitHub, run: Arc<Patience>) -> Host {
        let settings = settings(github).map(|settings| Settings { run: Some(run), ..settings });
        Host::new(settings, self.branch, github.people.accounts.clone())
    }
}

fn settings(github: &GitHub) -> Result<Settings, Fault> {
    let (server, usual) = (server(github)?, Settings::new());
    let token = ["GITHUB_TOKEN", "GH_TOKEN"].iter().find_map(|name| variable(name));
    Ok(Settings {
        server,
        token: token.map(|token| Token::new(&token)).transpose().map_err(Problem::fault)?,
        patience: github.patience.unwrap_or(usual.patience),
        ..usual
    })
}

/// What the trusted side names; github.com where it names none. The environment may repeat that and not replace it: a token must not be
/// sent to whatever a variable says.
fn server(github: &GitHub) -> Result<Server, Fault> {
    let trusted = github.api.clone();
    let Some(told) = variable("GITHUB_API_URL").filter(|_| trusted.is_none()) else {
        return Ok(trusted.unwrap_or_else(Server::github));
    };
    if Server::parse(&told).is_ok_and(|told| told == Server::github()) {
        return Ok(Server::github());
    }
    Err(Fault::new(
        "evidence/github-server",
        "GITHUB_API_URL is not the address of github.com, and the configuration names no other",
    )
    .help(
        "write the address of the API into the configuration of the base, as `github.api`: a token is sent to no other",
    ))
}

/// A variable of the environment; an empty one is none.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}
