//! What of a part of the change goes on while the rest of it is changed, asked of each part at its own sites: a list of components has no sites
//! that are common to all.

use super::proposal::{Proposal, argument, uncounted};
use super::sites::{Reach, names};
use super::windows::value;
use super::{Args, Function};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run};
use crate::policy::value::Value;
use crate::proposal::NodeId;
use std::collections::{HashMap, HashSet};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "parts_by_sites() -> list",
        doc: "The `changed_parts` in lists: together those that run at the same sites, and so are changed at the same.",
        call: parts_by_sites,
    },
    Function {
        signature: "runs_at(part) -> list",
        doc: "The names of the sites at which the component of a part of the change runs, of those in the environment that is changed, without those for tests: \
              all of these where nothing says at which, or only others are named, and for `()`.",
        call: runs_at,
    },
    Function {
        signature: "stages_of(part) -> list",
        doc: "Those of `change.rollout.stages` that reach a site at which a part of the change is changed; one that names no sites reaches all.",
        call: stages_of,
    },
    Function {
        signature: "at_once(parts, least) -> text",
        doc: "Why some parts of the change are not rolled out in so many stages, as a clause: `no stage is listed`, `one stage is all`, or which part fewer of them reach. `()` where all are; \
              of what is changed at one site, or at none that is known, it counts how many are listed. `p.change`, where it does no more than list its components, is all of these.",
        call: at_once,
    },
    Function {
        signature: "taken_together(least) -> list",
        doc: "The names of the standbys and peers that could take over, and are changed together with all else at which a part of the change runs; asked of the parts that are not rolled out in so \
              many stages (`at_once`), or with `()` of all. `()` where of each a site that serves is left alone; an empty list where nothing could take over from one, as far as sites are known.",
        call: taken_together,
    },
];

const PART: &str = "`p.change` or one of its components";

fn parts_by_sites<'f>(run: &mut Run<'f>, _: &Args<'f>) -> Answer<'f> {
    let groups = uncounted(run).groups()?.into_iter();
    Ok(groups.map(|group| group.parts.into_iter().map(value).collect::<Value<'_>>()).collect())
}

fn runs_at<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let part = argument(args, PART)?;
    let mut proposal = uncounted(run);
    let own = proposal.own_sites(part)?;
    let sites = proposal.nodes()?;
    Ok(names(at(&sites, &own).into_iter().map(|(name, _)| name).collect()))
}

fn stages_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let part = argument(args, PART)?;
    let mut proposal = uncounted(run);
    let own = proposal.own_sites(part)?;
    let changed = proposal.reach()?.of(own);
    let stages = proposal.stages()?;
    Ok(stages.reaching(&changed).into_iter().map(|index| value(stages.all[index])).collect())
}

fn at_once<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let least = usize::try_from(args.count(1)?).unwrap_or(0);
    let mut asked = HashSet::new();
    let mut walk = run.walked(args.value(0))?;
    while let Some(part) = walk.next(run)? {
        asked.extend(if let Value::Node(part) = part { Some(part.id) } else { None });
    }
    let mut proposal = uncounted(run);
    let stages = proposal.stages()?;
    if stages.all.len() < least {
        let few = match stages.all.len() {
            0 => "no stage is listed".to_owned(),
            1 => "one stage is all".to_owned(),
            few => format!("{few} stages are all"),
        };
        return Ok(few.into());
    }
    let groups = proposal.groups()?;
    let change = proposal.section("change");
    let is_listed = |part| groups.iter().any(|group| group.parts.contains(&part));
    let all = change.is_some_and(|change| asked.contains(&change) && !is_listed(change));
    let reach = proposal.reach()?;
    for group in &groups {
        let Some(&part) = group.parts.iter().find(|part| all || asked.contains(part)) else { continue };
        let changed = proposal.changed(&reach, group)?;
        let Some(reaching) = stages.too_few(&changed, least) else { continue };
        let named: Vec<_> =
            reaching.iter().filter_map(|&index| proposal.text(Some(stages.all[index]), "name")).collect();
        let of = proposal.text(Some(part), "component").map_or_else(|| "it".to_owned(), |name| format!("`{name}`"));
        return Ok(match *named {
            [] => format!("no stage reaches {of}"),
            [only] => format!("one stage, `{only}`, changes all of {of}"),
            _ => format!("{} stages change all of {of}", named.len()),
        }
        .into());
    }
    Ok(Value::Nothing)
}

fn taken_together<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let least = match args.value(0) {
        Value::Nothing => None,
        _ => Some(usize::try_from(args.count(0)?).unwrap_or(0)),
    };
    let mut proposal = uncounted(run);
    let stages = proposal.stages()?;
    // Where fewer are listed, no part is rolled out in so many.
    let least = least.filter(|least| stages.all.len() >= *least);
    let reach = proposal.reach()?;
    let sites = proposal.nodes()?;
    let (mut taken, mut told, mut whole) = (Vec::new(), HashSet::new(), false);
    for group in proposal.groups()? {
        proposal.budget.work(1 + sites.len() / 4)?;
        let changed = proposal.changed(&reach, &group)?;
        if least.is_some_and(|least| stages.too_few(&changed, least).is_none()) {
            continue;
        }
        let serving: Vec<_> = at(&sites, &group.own).into_iter().filter(|(_, role)| SERVES.contains(role)).collect();
        let changed: HashSet<_> = changed.into_iter().collect();
        if serving.iter().any(|(name, _)| !changed.contains(name)) {
            continue;
        }
        whole = true;
        // Who changes the standby alone leaves the primary standing.
        let others = serving.into_iter().filter(|(_, role)| *role != SERVES[0]).map(|(name, _)| name);
        taken.extend(others.filter(|name| told.insert(*name)));
    }
    Ok(if whole { names(taken) } else { Value::Nothing })
}

/// The roles of sites that work, or take over.
const SERVES: [&str; 3] = ["primary", "standby", "peer"];

/// Those of some sites at which something runs that states its own; all, where it states none or only others.
fn at<'s>(sites: &[(&'s str, &'s str)], own: &[&str]) -> Vec<(&'s str, &'s str)> {
    let own: HashSet<_> = own.iter().copied().collect();
    let there: Vec<_> = sites.iter().copied().filter(|(name, _)| own.contains(name)).collect();
    if there.is_empty() { sites.to_vec() } else { there }
}

/// Parts of the change that run at the same sites.
struct Group<'s> {
    parts: Vec<NodeId>,
    /// Those that their components state.
    own: Vec<&'s str>,
}

/// The stages of the rollout, by the sites that they name.
struct Stages<'s> {
    all: &'s [NodeId],
    /// Those that name none.
    everywhere: Vec<usize>,
    at: HashMap<&'s str, Vec<usize>>,
}

impl Stages<'_> {
    /// Which of them reach one of some sites, in their order.
    fn reaching(&self, sites: &[&str]) -> Vec<usize> {
        let at = sites.iter().filter_map(|site| self.at.get(site)).flatten();
        let mut reaching: Vec<_> = self.everywhere.iter().chain(at).copied().collect();
        reaching.sort_unstable();
        reaching.dedup();
        reaching
    }

    /// Those that reach what is changed, where they are fewer than that; one site alone can't be changed in stages.
    fn too_few(&self, changed: &[&str], least: usize) -> Option<Vec<usize>> {
        let reaching = self.reaching(changed);
        (changed.len() >= 2 && reaching.len() < least).then_some(reaching)
    }
}

impl<'s> Proposal<'s> {
    fn groups(&mut self) -> Result<Vec<Group<'s>>, Misuse> {
        let mut groups: Vec<Group<'s>> = Vec::new();
        let mut found: HashMap<Vec<&str>, usize> = HashMap::new();
        for part in self.changed_parts()? {
            let own = self.own_sites(Some(part))?;
            let index = *found.entry(own.clone()).or_insert(groups.len());
            match groups.get_mut(index) {
                Some(group) => group.parts.push(part),
                None => groups.push(Group { parts: vec![part], own }),
            }
        }
        Ok(groups)
    }

    /// The sites at which parts are changed, each once.
    fn changed(&mut self, reach: &Reach<'s>, group: &Group<'s>) -> Result<Vec<&'s str>, Misuse> {
        let mut changed = reach.of(group.own.clone());
        self.budget.work(1 + changed.len() / 4)?;
        changed.sort_unstable();
        changed.dedup();
        Ok(changed)
    }

    /// The sites of the system in the environment that is changed, but those for tests, with their roles.
    fn nodes(&mut self) -> Result<Vec<(&'s str, &'s str)>, Misuse> {
        let (change, system) = (self.section("change"), self.section("system"));
        let environment = self.text(change, "environment").unwrap_or("production").to_lowercase();
        let sites = self.items(system, "sites");
        self.budget.work(1 + sites.len() / 4)?;
        let field = |site, name| self.tree.get(site, name).and_then(|node| self.tree.text(node));
        let is_here = |site: &&NodeId| field(**site, "environment").is_none_or(|own| own.to_lowercase() == environment);
        let known = sites
            .iter()
            .filter(is_here)
            .filter_map(|&site| Some((field(site, "name")?, field(site, "role").unwrap_or_default())));
        Ok(known.filter(|(_, role)| *role != "test").collect())
    }

    fn stages(&mut self) -> Result<Stages<'s>, Misuse> {
        let change = self.section("change");
        let rollout = self.get(change, "rollout");
        let all = self.items(rollout, "stages");
        self.budget.work(1 + all.len() / 4)?;
        let mut stages = Stages { all, everywhere: Vec::new(), at: HashMap::new() };
        for (index, &stage) in all.iter().enumerate() {
            let sites = self.names(Some(stage))?;
            if sites.is_empty() {
                stages.everywhere.push(index);
            }
            for site in sites {
                stages.at.entry(site).or_default().push(index);
            }
        }
        Ok(stages)
    }
}
