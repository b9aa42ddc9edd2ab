//! Waivers: what somebody who may has let through for a while, and why.
//!
//! A waiver takes the force of the denials of one rule about some systems or proposals, up to a day. It stands on the trusted side, in
//! `waivers/*.toml` or in `changegate.toml`, never in a proposal; every use of it is told next to what it let through, and one that does not
//! hold (any more) is a finding about itself. Nothing but a rule's finding can be waived: no invalid proposal, no fault, no broken trust.

mod finding;
mod model;
mod pin;

use crate::digest;
use crate::document::Document;
use crate::facts::Facts;
use crate::files::{Files, Kind, Listed};
use crate::finding::{Fault, Finding, Level, Waived};
use crate::proposal::{NodeId, Role, Tree, Value, handle, read};
use crate::schedule::Known;
use crate::source::Place;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
pub use model::{LISTED, LISTED_DOC, WAIVER, WAIVERS};
pub use pin::Pin;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What no rule tells, and can be let through: a change that comes with no proposal.
pub const UNPROPOSED: &str = "check/unproposed";

/// The folder of the files of waivers.
pub const FOLDER: &str = "waivers";
/// For how many days a waiver may hold, where the configuration does not say.
pub const LONGEST_DAYS: i64 = 90;
/// The longest file, in bytes.
pub const LONGEST: u64 = 1 << 20;

/// One waiver.
#[derive(Debug)]
pub struct Waiver {
    rule: String,
    systems: Vec<String>,
    proposals: Vec<String>,
    environments: Vec<String>,
    /// Of [`UNPROPOSED`] alone.
    files: Vec<String>,
    packages: Vec<String>,
    approver: String,
    granted: Date,
    expires: Date,
    waived: Arc<Waived>,
    /// Where the whole of it begins, and its values.
    tree: Arc<Tree>,
    node: NodeId,
    /// Whether a proposal of its scope was judged, and whether it let anything through.
    asked: AtomicBool,
    used: AtomicBool,
}

/// All waivers of a run. It is shared by the threads of the run, which note in it what was used.
#[derive(Debug, Default)]
pub struct Waivers {
    all: Vec<Waiver>,
    /// Those that hold, by their places in `all`.
    holding: Vec<usize>,
    /// What is wrong with the others.
    wrong: Vec<Finding>,
    /// The files that were read, with the digests of their texts.
    pub files: Vec<(String, String)>,
}

/// What decides whether a waiver holds.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'t> {
    /// The time by which is judged.
    pub now: Timestamp,
    /// For how many days a waiver may hold.
    pub longest: i64,
    /// The ids of all rules of the run.
    pub rules: &'t [&'t str],
    /// The systems and environments that there are.
    pub known: Known<'t>,
}

impl Waivers {
    /// Those of the configuration and of the folder of waivers.
    ///
    /// # Errors
    /// When a file can't be read, or is no file of waivers.
    pub fn of(trusted: &Files, configured: Option<Tree>, terms: Terms<'_>) -> Result<Self, Vec<Fault>> {
        let mut all: Vec<Waiver> = configured.map(waivers).unwrap_or_default();
        let (mut files, mut faults) = (Vec::new(), Vec::new());
        let mut wrong = Vec::new();
        let (paths, deeper) = listed(trusted)?;
        wrong.extend(finding::passed_over(&deeper));
        for path in paths {
            match read_file(trusted, &path) {
                Ok((tree, digest)) => {
                    all.extend(waivers(tree));
                    files.push((path.to_string_lossy().into_owned(), digest));
                }
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut holding = Vec::new();
        for (index, waiver) in all.iter().enumerate() {
            match finding::wrong(waiver, terms) {
                Some(finding) => wrong.push(finding),
                None => {
                    holding.push(index);
                    // For what there is of its scope it holds all the same.
                    wrong.extend(finding::unknown_scope(waiver, terms.known));
                }
            }
        }
        Ok(Self { all, holding, wrong, files })
    }

    /// Marks the denials of a proposal that are let through; a rule that was not evaluated says nothing of whether its waiver is needed.
    pub fn apply(&self, facts: &Facts, is_evaluated: impl Fn(&str) -> bool, findings: &mut Vec<Finding>) {
        let mut by_author = Vec::new();
        for waiver in self.holding.iter().filter_map(|&index| self.all.get(index)) {
            if waiver.rule == UNPROPOSED || !waiver.is_about(facts) {
                continue;
            }
            if is_evaluated(&waiver.rule) {
                waiver.asked.store(true, Ordering::Relaxed);
            }
            let denials = findings.iter_mut().filter(|finding| waiver.meets(finding));
            if finding::is_author(facts, &waiver.approver) {
                if denials.count() > 0 {
                    waiver.used.store(true, Ordering::Relaxed);
                    by_author.push(finding::by_author(waiver));
                }
                continue;
            }
            for denial in denials {
                // The first of several is told.
                denial.waived.get_or_insert_with(|| Arc::clone(&waiver.waived));
                waiver.used.store(true, Ordering::Relaxed);
            }
        }
        findings.extend(by_author);
    }

    /// What is wrong with waivers: those that do not hold, and those that nobody needed though a proposal of their scope was judged by
    /// their rule. In the order of their places. Asked when all proposals were judged.
    pub fn findings(&self) -> Vec<Finding> {
        let unused = self
            .holding
            .iter()
            .filter_map(|&index| self.all.get(index))
            .filter(|waiver| waiver.asked.load(Ordering::Relaxed) && !waiver.used.load(Ordering::Relaxed));
        let mut findings: Vec<_> = self.wrong.iter().cloned().chain(unused.map(finding::unused)).collect();
        findings.sort_by(|a, b| {
            let of =
                |finding: &Finding| (finding.primary.place.source.name().to_owned(), finding.primary.place.span.start);
            of(a).cmp(&of(b))
        });
        findings
    }
}

impl Waiver {
    /// Whether a proposal is of its scope: of each list that it names, the proposal is in it.
    fn is_about(&self, facts: &Facts) -> bool {
        let of = |path: &[&str]| facts.proposal.text(facts.proposal.path(path)?);
        let within = |list: &[String], name: Option<&str>| {
            list.is_empty() || name.is_some_and(|name| list.iter().any(|one| one == name))
        };
        within(&self.systems, of(&["system", "id"]))
            && within(&self.proposals, of(&["id"]))
            && within(&self.environments, of(&["change", "environment"]))
    }

    fn meets(&self, finding: &Finding) -> bool {
        finding.level == Level::Deny && finding.policy.is_some() && *finding.rule == *self.rule
    }

    /// Where a field of it stands.
    fn place(&self, field: &str) -> Place {
        self.tree.get(self.node, field).map_or_else(|| self.tree.head(self.node), |node| self.tree.place(node))
    }
}

/// The files of waivers, and those like them in folders of that folder, which are not read; none where there is no folder.
///
/// # Errors
/// When the folder can't be listed, or holds what is no file.
pub fn listed(trusted: &Files) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Vec<Fault>> {
    let listed = match trusted.list(Path::new(FOLDER), true) {
        Ok(listed) => listed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Default::default()),
        Err(error) => return Err(vec![finding::unreadable(Path::new(FOLDER), &error)]),
    };
    let is_toml = |path: &Path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
    let (mut paths, mut deeper) = (Vec::new(), Vec::new());
    for Listed { path, kind } in listed.into_iter().filter(|listed| is_toml(&listed.path)) {
        if path.parent() != Some(Path::new(FOLDER)) {
            deeper.push(path);
        } else if kind == Kind::File {
            paths.push(path);
        } else {
            return Err(vec![finding::unreadable(&path, &std::io::Error::other("it is no ordinary file"))]);
        }
    }
    Ok((paths, deeper))
}

fn read_file(trusted: &Files, path: &Path) -> Result<(Tree, String), Vec<Fault>> {
    let text = trusted.text(path, LONGEST).map_err(|error| vec![finding::unreadable(path, &error)])?;
    if text.len() as u64 > LONGEST {
        let error = std::io::Error::other(format!("it has more than {LONGEST} bytes"));
        return Err(vec![finding::unreadable(path, &error)]);
    }
    Ok((parse(&path.to_string_lossy(), &text)?, digest::of(text.as_bytes())))
}

/// Reads the text of a file of waivers.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse(name: &str, text: &str) -> Result<Tree, Vec<Fault>> {
    let document = Document::parse_toml(name, text)?;
    let told = |problems: Vec<crate::proposal::Problem>| {
        problems.into_iter().map(|problem| problem.into_fault(Role::Configuration)).collect::<Vec<_>>()
    };
    read(&document, &WAIVERS).map_err(told)
}

/// Why the last of some waivers would not hold, or not for all that it names.
pub fn refused(all: Tree, terms: Terms<'_>) -> Option<Finding> {
    let last = waivers(all).pop()?;
    finding::wrong(&last, terms).or_else(|| finding::unknown_scope(&last, terms.known))
}

fn waivers(tree: Tree) -> Vec<Waiver> {
    let tree = Arc::new(tree);
    let listed = tree.path(&["waivers"]).map(|list| tree.items(list).to_vec()).unwrap_or_default();
    listed.into_iter().filter_map(|node| waiver(&tree, node)).collect()
}

/// The model requires all that is taken here.
fn waiver(tree: &Arc<Tree>, node: NodeId) -> Option<Waiver> {
    let text = |name: &str| tree.text(tree.get(node, name)?).map(str::to_owned);
    let date = |name: &str| match tree.value(tree.get(node, name)?) {
        Value::Date(date) => Some(*date),
        _ => None,
    };
    let names = |name: &str| {
        let items = tree.get(node, name).map(|list| tree.items(list)).unwrap_or_default();
        items.iter().filter_map(|&item| tree.text(item)).map(str::to_owned).collect()
    };
    let (approver, expires) = (text("approver")?, date("expires")?);
    let waived = Waived {
        by: approver.clone(),
        reason: text("reason")?,
        ticket: text("ticket")?,
        expires: expires.to_string(),
        place: tree.head(node),
    };
    Some(Waiver {
        rule: text("rule")?,
        systems: names("systems"),
        proposals: names("proposals"),
        environments: names("environments"),
        files: names("files"),
        packages: names("packages"),
        approver: handle(&approver),
        granted: date("granted")?,
        expires,
        waived: Arc::new(waived),
        tree: Arc::clone(tree),
        node,
        asked: AtomicBool::new(false),
        used: AtomicBool::new(false),
    })
}

/// The day that it is, by the clocks of UTC.
pub fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}
