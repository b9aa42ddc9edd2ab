//! `changegate` decides whether an upgrade may go ahead, and explains why.
//!
//! A **proposal** (JSON) says what an upgrade is and how it is prepared. **Rules** (Rhai) are run over it and report findings.
//! The **verdict** is pass, blocked or undecided, and every finding points at a line and column and names the values it was
//! made of.
//!
//! # Rooms
//! From the ground up; a room imports those below it and no other. ARCHITECTURE.md has the reasons.
//!
//! | room | what it is for |
//! |---|---|
//! | [`versions`] | which of two versions comes first in its ecosystem |
//! | [`advisories`] | OSV records, severity, exploited vulnerabilities, an index of records |
//! | [`cores`] | the same work on many items, over all cores |
//! | [`source`] | a text with its name; spans, lines and columns |
//! | [`digest`], [`codes`], [`secrets`] | SHA-256; every stable code and what to do about it; texts without what gives access |
//! | [`finding`] | findings (the proposal is wrong) and faults (the gate could not judge) |
//! | [`document`], [`inputs`], [`git`], [`github`] | strict JSON to a tree with places; from patterns to files; commits; pull requests |
//! | [`calendars`] | iCalendar texts to freezes and windows |
//! | [`lockfiles`] | what lockfiles and manifests pin, and what differs between two states |
//! | [`files`], [`xml`] | files as they stand in the folder or in a commit; XML that comes with a pull request |
//! | [`proposal`] | the model of proposals and profiles, reading them, problems |
//! | [`schedule`] | freezes and low-risk windows of the configuration and of calendars |
//! | [`facts`], [`profiles`] | what a rule may see, and what it saw; the profiles of systems |
//! | [`policy`] | scripts, the functions rules may call, loading and running rules |
//! | [`evidence`], [`waivers`] | what is asked about a proposal, and its record; what is let through for a while |
//! | [`roster`] | the proposals of one run, as far as each has to know the others |
//! | [`config`], [`verdict`] | `changegate.toml`; outcomes and exit statuses |
//! | [`cases`] | what rules have to say of some proposals, and what they say otherwise |
//! | [`lint`], [`impact`] | what is wrong with rules that load; what other rules make of the same proposals |
//! | [`gate`], [`report`], [`trust`] | one proposal in, one judgement out; one renderer per format; changes of the trusted side |
//! | [`fleet`], [`draft`] | many proposals in one run, in order; a proposal made of what a change does to lockfiles |
//! | [`publish`] | what is left on a pull request: a comment, a check run |
//! | [`cli`] | arguments, environment, clock and standard streams |
//!
//! # As a library
//! ```
//! use changegate::config::Config;
//! use changegate::facts::Phase;
//! use changegate::gate::Gate;
//! use changegate::policy::{RuleSet, builtin};
//! use changegate::profiles::Profiles;
//! use changegate::verdict::Outcome;
//!
//! let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).expect("sound rules");
//! let now = "2026-11-21T12:00:00Z".parse().expect("a time");
//! let gate = Gate::new(rules, Profiles::none(), &Config::none(), Phase::Plan, Some(now), now).expect("some rule");
//!
//! let judgement = gate.judge("change.json", br#"{ "changegate": 1 }"#.to_vec());
//! assert_eq!(judgement.outcome(), Outcome::Blocked);
//! assert_eq!(&*judgement.findings[0].rule, "proposal/missing-field");
//! ```

// Here and not in Cargo.toml, where it would also ask for it in tests, whose items nobody else uses.
#![warn(missing_docs)]

pub mod advisories;
pub mod calendars;
pub mod cases;
pub mod cli;
pub mod codes;
pub mod config;
pub mod cores;
pub mod digest;
pub mod document;
pub mod draft;
pub mod evidence;
mod exchange;
pub mod facts;
pub mod files;
pub mod finding;
pub mod fleet;
pub mod gate;
pub mod git;
pub mod github;
pub mod impact;
pub mod inputs;
pub mod lint;
pub mod lockfiles;
pub mod policy;
pub mod profiles;
pub mod proposal;
pub mod publish;
pub mod report;
pub mod roster;
pub mod schedule;
pub mod secrets;
pub mod source;
pub mod trust;
pub mod verdict;
pub mod versions;
pub mod waivers;
pub mod xml;
