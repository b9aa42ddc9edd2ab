//! Whether an upgrade was given up before anything changed, so that all rules that then ask for less believe it alike.

use super::ended;
use super::known::{list, text};
use super::proposal::{Proposal, argument, uncounted};
use super::since::Accepted;
use super::version_field::VersionFields;
use super::{Args, Function};
use crate::facts::Root;
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::Node;
use crate::policy::value::Value;
use crate::proposal::version::is_same;
use crate::proposal::{NodeId, Tree, Value as Fact};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "was_abandoned() -> true or false",
        doc: "Whether `record.outcome` is `abandoned`, and neither the profile nor lockfiles say otherwise: `left_in_place` is empty, and of no library a lockfile has the version that the upgrade was to bring (`pin_against`), which nobody accepts (`unaccepted_pin`).",
        call: was_abandoned,
    },
    Function {
        signature: "left_in_place() -> list",
        doc: "What by the profile runs in the version that the change was to bring, and did not run before: `versions` of the sites that the change reaches, but where by `deploy.running`, stated before the \
              work began, and by `from` of the step of the site it had that version already; and components, but where one of these sites is told of, or all of them say what they run and another site has that version. Left out is what `record.monitoring.accepted` accepts as brought by another upgrade since: an owner, a business owner, operations or the change authority, \
              and no author, once this one had ended, with a reason that names the version. In which field each has that version tells `version_field`.",
        call: left_in_place,
    },
    Function {
        signature: "why_in_place(holder) -> text",
        doc: "Of one of `left_in_place`, what runs where, and why that may not be, as a clause.",
        call: why_in_place,
    },
    Function {
        signature: "abandoned_but() -> text",
        doc: "For the end of a message: why it is not believed that the upgrade was abandoned, with the first of `left_in_place` or the first pin that speaks against it. An empty text where it is believed, or `record.outcome` is something else.",
        call: abandoned_but,
    },
];

fn was_abandoned<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(is_abandoned(run) && objected(run)?.is_empty() && ended::otherwise(run)?.is_none()))
}

fn left_in_place<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let holders = objected(run)?.into_iter();
    Ok(holders.map(|(holder, _)| Value::Node(Node { root: Root::Proposal, id: holder.at })).collect())
}

fn why_in_place<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let Some(at) = argument(args, "one of `left_in_place`")? else { return Ok(Value::Nothing) };
    let all = objected(run)?;
    let tree = &run.facts.proposal;
    Ok(all.iter().find(|(holder, _)| holder.at == at).map_or(Value::Nothing, |one| clause(tree, one).into()))
}

fn abandoned_but<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    if !is_abandoned(run) {
        return Ok("".into());
    }
    let all = objected(run)?;
    let why = match all.first() {
        Some(one) => Some(clause(&run.facts.proposal, one)),
        None => ended::otherwise(run)?,
    };
    Ok(why.map_or_else(String::new, |why| format!("; that it was abandoned is not believed, as {why}")).into())
}

fn is_abandoned(run: &mut Run<'_>) -> bool {
    let mut proposal = uncounted(run);
    let record = proposal.section("record");
    proposal.text(record, "outcome") == Some("abandoned")
}

/// What is in place and not accepted, with why not.
fn objected(run: &mut Run<'_>) -> Result<Vec<(Rc<Holder>, String)>, Stop> {
    let holders = in_place(run)?;
    if holders.is_empty() {
        return Ok(Vec::new());
    }
    let accepted = Accepted::of(run)?;
    run.budget.work(holders.len() * accepted.work())?;
    let refused = |holder: Rc<Holder>| accepted.refuses(&[&holder.version]).map(|why| (holder, why));
    Ok(holders.into_iter().filter_map(refused).collect())
}

fn clause(tree: &Tree, (holder, why): &(Rc<Holder>, String)) -> String {
    let Holder { name, version, site, at: _ } = &**holder;
    let place = site.and_then(|site| tree.text(tree.get(site, "name")?));
    let place = place.map(|name| format!(" at `{name}`")).unwrap_or_default();
    format!("by the profile `{name}` runs {version}{place}, which the upgrade was to bring, and {why}")
}

/// What runs in the version that the upgrade was to bring.
#[derive(Debug)]
pub struct Holder {
    name: String,
    version: String,
    /// Where it is one of `versions` of a site.
    site: Option<NodeId>,
    /// It, or the component.
    at: NodeId,
}

fn in_place(run: &mut Run<'_>) -> Result<Vec<Rc<Holder>>, Stop> {
    if run.known.left_in_place.get().is_none() {
        let found = uncounted(run).in_place()?;
        run.known.left_in_place.get_or_init(|| found);
    }
    Ok(run.known.left_in_place.get().cloned().unwrap_or_default())
}

impl<'s> Proposal<'s> {
    fn in_place(&mut self) -> Result<Vec<Rc<Holder>>, Misuse> {
        let tree = self.tree;
        let fields = self.version_fields()?;
        let reached: HashSet<_> = self.reach()?.of(Vec::new()).into_iter().collect();
        let before = self.ran_before(fields)?;
        let mut there = Vec::new();
        let mut of = HashMap::new();
        for &site in list(tree, &["system", "sites"]) {
            let place = text(tree, site, "name").unwrap_or_default();
            for &line in tree.get(site, "versions").map(|lines| tree.items(lines)).unwrap_or_default() {
                self.budget.work(fields.work(tree, line))?;
                let Some(name) = text(tree, line, "component") else { continue };
                let of: &mut AtSites<'_> = of.entry(name).or_default();
                if fields.of(tree, line).is_some() {
                    of.told.insert(place);
                }
                let Some(version) = fields.brought(tree, line) else { continue };
                if reached.contains(place) && !before.contains(&(name, place)) {
                    of.is_left = true;
                    there.push(Holder {
                        name: name.to_owned(),
                        version: version.to_owned(),
                        site: Some(site),
                        at: line,
                    });
                } else {
                    of.is_elsewhere = true;
                }
            }
        }
        for &component in list(tree, &["system", "components"]) {
            self.budget.work(fields.work(tree, component))?;
            let named = text(tree, component, "name").zip(fields.brought(tree, component));
            let Some((name, version)) = named else { continue };
            if let Some(of) = of.get(name)
                && self.is_of_site(component, of)?
            {
                continue;
            }
            there.push(Holder { name: name.to_owned(), version: version.to_owned(), site: None, at: component });
        }
        Ok(there.into_iter().map(Rc::new).collect())
    }

    /// Whether the version of a component is that of one of its sites, as where they differ: of one that is told of by itself, or of one that the
    /// change leaves alone, where all that it reaches say what runs there.
    fn is_of_site(&mut self, component: NodeId, of: &AtSites<'_>) -> Result<bool, Misuse> {
        if of.is_left || !of.is_elsewhere {
            return Ok(of.is_left);
        }
        let own = self.names(Some(component))?;
        let reached = self.reach()?.of(own);
        self.budget.work(1 + reached.len() / 4)?;
        Ok(reached.iter().all(|site| of.told.contains(site)))
    }

    /// What had the version before the work began, as it was stated then: by component and site. Its plan says so, too, which was held against the
    /// profile of that time.
    fn ran_before(&mut self, fields: &VersionFields) -> Result<HashSet<(&'s str, &'s str)>, Misuse> {
        let tree = self.tree;
        let (running, steps) = (list(tree, &["deploy", "running"]), list(tree, &["inventory", "site_sequence"]));
        self.budget.work(1 + running.len() + steps.len())?;
        let moment = |path: &[&str]| match tree.value(tree.path(path)?) {
            Fact::Instant(at) => Some(*at),
            _ => None,
        };
        let began = moment(&["record", "started_at"]).or_else(|| moment(&["record", "finished_at"]));
        if moment(&["deploy", "at"]).zip(began).is_none_or(|(stated, began)| stated > began) {
            return Ok(HashSet::new());
        }
        let planned = steps.iter().filter_map(|&step| text(tree, step, "site").zip(text(tree, step, "from")));
        let planned: HashMap<_, _> = planned.collect();
        let mut before = HashSet::new();
        for &entry in running {
            self.budget.work(fields.work(tree, entry))?;
            let Some((name, site)) = text(tree, entry, "component").zip(text(tree, entry, "site")) else { continue };
            let version = fields.brought(tree, entry).zip(planned.get(site));
            if version.is_some_and(|(version, planned)| is_same(version, planned)) {
                before.insert((name, site));
            }
        }
        Ok(before)
    }
}

/// What the sites of a profile say of a component.
#[derive(Default)]
struct AtSites<'s> {
    /// Those that say what of it changes.
    told: HashSet<&'s str>,
    /// Whether at one that the change reaches it is what that was to bring.
    is_left: bool,
    /// Whether it is so at another one, or was before.
    is_elsewhere: bool,
}
