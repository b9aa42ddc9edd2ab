//! `changegate new waiver`: a waiver at the end of those that there are, if it would hold.

mod force;

use crate::cli::fresh::{barred, command, replace, unwritable, write};
use crate::cli::ground::{configuration, configuration_name, is_there, profiles, root, rules};
use crate::cli::{Failure, Global};
use crate::config::Config;
use crate::facts::Phase;
use crate::files::{Files, Kind};
use crate::finding::{Fault, Finding};
use crate::proposal::{Tree, time};
use crate::schedule::Known;
use crate::verdict::Outcome;
use crate::waivers::{self, Terms, today};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use std::io::{Error, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

#[derive(Debug, Args)]
pub struct Waiver {
    /// The id of the rule; `check/unproposed` for packages that change without a proposal
    #[arg(value_name = "RULE")]
    rule: String,
    /// A system that it is about; it names systems or proposals, as many as there are
    #[arg(long = "system", value_name = "ID")]
    systems: Vec<String>,
    /// A proposal that it is about, by its id
    #[arg(long = "proposal", value_name = "ID")]
    proposals: Vec<String>,
    /// An environment that it is about [default: all of them]
    #[arg(long = "environment", value_name = "NAME")]
    environments: Vec<String>,
    /// Of `check/unproposed`: a lockfile or manifest that it is about
    #[arg(long = "file", value_name = "FILE")]
    files: Vec<String>,
    /// Of `check/unproposed`: a package that it is about, by package URL or by name
    #[arg(long = "package", value_name = "PACKAGE")]
    packages: Vec<String>,
    /// Why it may be let through, in three words or more: every report repeats it
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Where that was decided, and where the end of it is tracked
    #[arg(long, value_name = "TICKET")]
    ticket: String,
    /// Who has decided it: a person, and no author of what it lets through
    #[arg(long, value_name = "PERSON")]
    approver: String,
    /// The first day on which it no longer holds: 2026-12-20
    #[arg(long, value_name = "DATE", value_parser = day)]
    expires: Date,
    /// The day on which it was decided [default: today, by the clocks of UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    granted: Option<Date>,
}

/// Where waivers go that nothing has a place for.
const USUAL: &str = "waivers.toml";

impl Waiver {
    pub fn run(&self, global: &Global, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let trusted = Arc::new(Files::folder(&root));
        let (config, faults) = configuration(global, &trusted);
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let place = Place::of(global, &trusted, &config)?;
        let before = place.text(&trusted)?;
        // What is wrong with the file is told of it as it is.
        let stands = place.read(&before)?;
        let now = Timestamp::now();
        let (after, line) = after(&before, &self.text(self.granted.unwrap_or_else(|| today(now))));
        // What is written is read as it will be, so that nothing is written that would not be read, or would let nothing through.
        let all = place.read(&after).map_err(|faults| listed_or(&place.file, &stands, faults))?;
        let (rules, profiles) = (rules(&trusted, &config, Phase::Plan)?.on(today(now)), profiles(&trusted, &config)?);
        let ids: Vec<&str> = rules.rules.iter().map(|rule| &*rule.id).collect();
        let systems: Vec<_> = profiles.systems().collect();
        let known = Known { systems: &systems, environments: &config.environments };
        let terms = Terms { now, longest: config.waiver_days, rules: &ids, known };
        if let Some(finding) = waivers::refused(all, terms) {
            return Err(refused(finding).into());
        }
        let rule = force::rule(&rules, &self.rule);
        if let Some(fault) = rule.and_then(force::none) {
            return Err(fault.into());
        }
        place.write(&root, &before, &after)?;
        writeln!(out, "added to {}, line {line}", place.file)?;
        for id in force::absent(&self.proposals, &trusted, &config) {
            writeln!(out, "  note      no proposal here has the id `{id}`")?;
        }
        if let Some(note) = rule.and_then(|rule| force::little(rule, self.expires)) {
            writeln!(out, "  note      {note}")?;
        }
        writeln!(
            out,
            "\nnext: merge it by itself, as a change that brings its own waiver along blocks; what it lets through is told by {}",
            command(global, "check")
        )?;
        Ok(Outcome::Pass)
    }

    /// Itself, as TOML.
    fn text(&self, granted: Date) -> String {
        let line = |key: &str, value: &str| format!("{key} = {}\n", quoted(value));
        let list = |key: &str, values: &[String]| {
            let once = values.iter().enumerate().filter(|(at, value)| !values[..*at].contains(value));
            let values: Vec<_> = once.map(|(_, value)| quoted(value)).collect();
            if values.is_empty() { String::new() } else { format!("{key} = [{}]\n", values.join(", ")) }
        };
        [
            "[[waivers]]\n".to_owned(),
            line("rule", &self.rule),
            list("systems", &self.systems),
            list("proposals", &self.proposals),
            list("environments", &self.environments),
            list("files", &self.files),
            list("packages", &self.packages),
            line("reason", &self.reason),
            line("ticket", &self.ticket),
            line("approver", &person(&self.approver)),
            format!("granted = {granted}\nexpires = {}\n", self.expires),
        ]
        .concat()
    }
}

/// The file that it is added to.
struct Place {
    file: String,
    is_configuration: bool,
}

impl Place {
    /// The only file of waivers; or the configuration, where they stand in it; or else the usual one.
    fn of(global: &Global, trusted: &Files, config: &Config) -> Result<Self, Failure> {
        let (files, _) = waivers::listed(trusted)?;
        let configured = configuration_name(global, trusted).filter(|_| config.waivers.is_some());
        Ok(match (files.as_slice(), configured) {
            ([only], _) => Self { file: only.to_string_lossy().into_owned(), is_configuration: false },
            ([], Some(file)) => Self { file, is_configuration: true },
            _ => Self { file: format!("{}/{USUAL}", waivers::FOLDER), is_configuration: false },
        })
    }

    /// What stands there already.
    fn text(&self, trusted: &Files) -> Result<String, Fault> {
        let path = Path::new(&self.file);
        if let Some(fault) = barred(trusted.root(), &self.file) {
            return Err(fault);
        }
        if !is_there(trusted, path) {
            return Ok(String::new());
        }
        // What takes the place of a link would leave what it leads to as it was.
        let error = match trusted.kind(path) {
            Ok(Some(Kind::File)) => match trusted.text(path, waivers::LONGEST) {
                Ok(text) => return Ok(text),
                Err(error) => error,
            },
            Ok(_) => Error::other("it is no ordinary file"),
            Err(error) => error,
        };
        Err(unwritable(&self.file, &error))
    }

    /// Reads a text as that of the file.
    fn read(&self, text: &str) -> Result<Tree, Vec<Fault>> {
        if text.len() as u64 > waivers::LONGEST {
            let error = Error::other(format!("it would have more than {} bytes", waivers::LONGEST));
            return Err(unwritable(&self.file, &error).into());
        }
        if !self.is_configuration {
            return waivers::parse(&self.file, text);
        }
        let lost = || unwritable(&self.file, &Error::other("its waivers would not be found again"));
        Config::parse(&self.file, text)?.waivers.ok_or_else(|| lost().into())
    }

    /// Where somebody else has written meanwhile, nothing is: it would be lost.
    fn write(&self, root: &Path, before: &str, after: &str) -> Result<(), Fault> {
        let path = root.join(&self.file);
        let written = match std::fs::read(&path) {
            Ok(bytes) if bytes == before.as_bytes() => replace(&path, after.as_bytes()),
            Ok(_) => Err(Error::other("it is no longer what was read")),
            Err(error) if error.kind() == ErrorKind::NotFound && before.is_empty() => write(&path, after),
            Err(error) => Err(error),
        };
        written.map_err(|error| unwritable(&self.file, &error))
    }
}

/// A text with another at its end, after an empty line, and the line on which that begins.
fn after(before: &str, more: &str) -> (String, usize) {
    let gap = match before {
        "" => "",
        _ if before.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let head = format!("{before}{gap}");
    let line = head.matches('\n').count() + 1;
    (head + more, line)
}

/// A text of JSON is one of TOML, but for one control character that may stand in the former.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// Handles are written with their sign; what has one within is a mail, or a team.
fn person(name: &str) -> String {
    if name.contains('@') { name.to_owned() } else { format!("@{name}") }
}

/// What is wrong with a file by what was added to it. One that is read without it has a list, to which no table can be added.
fn listed_or(file: &str, stands: &Tree, faults: Vec<Fault>) -> Vec<Fault> {
    let list = stands.path(&["waivers"]).filter(|_| faults.iter().all(|fault| fault.code == "config/syntax"));
    let Some(list) = list else { return faults };
    let message = format!("the waiver is not added: those of {file} stand as a list, `waivers = […]`");
    let help = "begin each with a line `[[waivers]]` of its own, or take an empty list out; then add this one";
    vec![Fault::new("usage/waiver", message).help(help).at(stands.head(list), "this list")]
}

fn refused(finding: Finding) -> Fault {
    let message = format!("the waiver is not added: {} ({})", finding.message, finding.rule);
    let fault = Fault::new("usage/waiver", message).at(finding.primary.place, finding.primary.text);
    Fault { help: finding.help, ..fault }
}

fn day(text: &str) -> Result<Date, String> {
    time::date(text).ok_or_else(|| "it is no day such as 2026-12-20".to_owned())
}
