//! How much an upgrade has to show: rigour that fits the risk.
//!
//! A routine patch of a small internal tool must prove little, an upgrade of a payment database much. The scale is computed
//! from what the proposal and the profile say, before any rule runs, so that every rule and every report goes by the same one.

use super::step::{Step, place, steps};
use super::tree::Tree;
use super::{NodeId, Value};

/// How much an upgrade has to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// A small, reversible step of a system that few depend on.
    Routine,
    /// What is neither of the others.
    Standard,
    /// A critical system, or a step that can't be taken back.
    Critical,
    /// It can't wait: what is left out now is owed afterwards.
    Emergency,
}

impl Scale {
    pub const ALL: [Self; 4] = [Self::Routine, Self::Standard, Self::Critical, Self::Emergency];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Standard => "standard",
            Self::Critical => "critical",
            Self::Emergency => "emergency",
        }
    }
}

/// Where one scale ends and the next begins; `[scale]` in the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// The criticalities of systems whose upgrades may be routine.
    pub routine_criticalities: Vec<String>,
    /// The sizes of steps that may be routine.
    pub routine_sizes: Vec<String>,
    /// The criticalities of systems on which a step of [`Thresholds::critical_sizes`] is critical.
    pub critical_criticalities: Vec<String>,
    pub critical_sizes: Vec<String>,
    /// What can't be taken back is critical on any system.
    pub critical_reversibilities: Vec<String>,
}

impl Default for Thresholds {
    fn default() -> Self {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Self {
            routine_criticalities: words(&["low", "moderate"]),
            routine_sizes: words(&["patch", "minor"]),
            critical_criticalities: words(&["high"]),
            critical_sizes: words(&["major", "replacement"]),
            critical_reversibilities: words(&["irreversible"]),
        }
    }
}

/// The scale of one upgrade, and what made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    pub scale: Scale,
    /// In words: `the system is critical`.
    pub why: String,
    /// The values that decided, or what lacks them.
    pub because: Vec<Decisive>,
}

/// A value that decided, or the object that lacks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decisive {
    pub node: NodeId,
    pub missing: Option<&'static str>,
}

impl Scaled {
    /// The scale of a proposal that was laid over its profile.
    pub fn of(tree: &Tree, thresholds: &Thresholds) -> Self {
        let upgrade = Upgrade { tree, steps: steps(tree) };
        upgrade
            .emergency()
            .or_else(|| upgrade.critical(thresholds))
            .or_else(|| upgrade.standard(thresholds))
            .unwrap_or_else(|| upgrade.routine())
    }
}

struct Upgrade<'t> {
    tree: &'t Tree,
    steps: Vec<Step>,
}

impl Upgrade<'_> {
    fn emergency(&self) -> Option<Scaled> {
        let (urgency, node) = self.word(&["reason", "urgency"])?;
        (urgency == "emergency").then(|| scaled(Scale::Emergency, "the urgency is emergency".to_owned(), [node]))
    }

    fn critical(&self, thresholds: &Thresholds) -> Option<Scaled> {
        let critical = |why: String, because: Vec<Decisive>| Some(scaled(Scale::Critical, why, because));
        let criticality = self.word(&["system", "criticality"]);
        match criticality {
            None => {
                let system = self.tree.path(&["system"]).unwrap_or(Tree::ROOT);
                let missing = Decisive { node: system, missing: Some("criticality") };
                return critical("nothing says how critical the system is".to_owned(), vec![missing]);
            }
            Some(("critical", node)) => return critical("the system is critical".to_owned(), vec![node]),
            Some(_) => {}
        }
        if let Some(first) = self.tree.path(&["system", "serves"]).and_then(|serves| self.tree.items(serves).first()) {
            let serves = self.tree.text(*first).unwrap_or_default().replace('-', " ");
            return critical(format!("the system serves {serves}"), vec![here(*first)]);
        }
        if let Some((word, node)) = self.word(&["change", "reversibility"])
            && has(&thresholds.critical_reversibilities, word)
        {
            return critical(format!("the change is {word}"), vec![node]);
        }
        let (criticality, node) = criticality?;
        let large = self.steps.iter().find(|step| has(&thresholds.critical_sizes, step.size))?;
        if !has(&thresholds.critical_criticalities, criticality) {
            return None;
        }
        let why = format!("the step is {} and the criticality of the system {criticality}", large.size);
        critical(why, decisive(large).chain([node]).collect())
    }

    /// The first thing that keeps an upgrade from being routine.
    fn standard(&self, thresholds: &Thresholds) -> Option<Scaled> {
        let standard = |why: String, because: Decisive| Some(scaled(Scale::Standard, why, [because]));
        if let Some((criticality, node)) = self.word(&["system", "criticality"])
            && !has(&thresholds.routine_criticalities, criticality)
        {
            return standard(format!("the criticality of the system is {criticality}"), node);
        }
        if let Some((audience, node)) = self.word(&["system", "audience"])
            && audience != "internal"
        {
            return standard(format!("the audience of the system is {audience}"), node);
        }
        let change = self.tree.path(&["change"]).unwrap_or(Tree::ROOT);
        if self.steps.is_empty() {
            return standard(
                "the size of the step is not known".to_owned(),
                Decisive { node: change, missing: Some("size") },
            );
        }
        let small = |step: &&Step| !step.backward && (step.size == "none" || has(&thresholds.routine_sizes, step.size));
        if let Some(step) = self.steps.iter().find(|step| !small(step)) {
            let why = match step.size {
                _ if step.backward => "the step goes back to an earlier version".to_owned(),
                "unknown" => "the size of the step is not known".to_owned(),
                size => format!("the step is {size}"),
            };
            let missing = step.by.is_empty().then_some(Decisive { node: change, missing: Some("size") });
            return Some(scaled(Scale::Standard, why, decisive(step).chain(missing)));
        }
        if let Some((word, node)) = self.word(&["change", "reversibility"])
            && word != "reversible"
            && word != "with-restore"
        {
            return standard(format!("the change is {word} to reverse"), node);
        }
        if let Some(first) = self.tree.path(&["change", "alters"]).and_then(|alters| self.tree.items(alters).first()) {
            let what = self.tree.text(*first).unwrap_or_default();
            return standard(format!("the change alters the {what}"), here(*first));
        }
        if let Some((class, node)) = self.word(&["reason", "class"])
            && matches!(class, "architecture" | "hardware")
        {
            return standard(format!("the class is {class}"), node);
        }
        if let Some((urgency, node)) = self.word(&["reason", "urgency"])
            && urgency == "urgent"
        {
            return standard("the urgency is urgent".to_owned(), node);
        }
        if let Some(migration) = self.tree.path(&["migration"]) {
            return standard("it is a migration".to_owned(), here(migration));
        }
        if let Some(track) = self.tree.path(&["fast_track"]) {
            return standard("it takes the fast track".to_owned(), here(track));
        }
        None
    }

    fn routine(&self) -> Scaled {
        let largest = self.steps.iter().max_by_key(|step| place(step.size));
        let size = largest.map_or("small", |step| step.size);
        let mut because: Vec<_> = largest.into_iter().flat_map(decisive).collect();
        let criticality = self.word(&["system", "criticality"]);
        because.extend(criticality.map(|(_, node)| node));
        let criticality = criticality.map_or("low", |(word, _)| word);
        scaled(
            Scale::Routine,
            format!("a {size} step of a system of {criticality} criticality, which can be taken back"),
            because,
        )
    }

    fn word(&self, path: &[&str]) -> Option<(&str, Decisive)> {
        let node = self.tree.path(path)?;
        match self.tree.value(node) {
            Value::Text(text) => Some((text, here(node))),
            _ => None,
        }
    }
}

fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|own| own == word)
}

fn decisive(step: &Step) -> impl Iterator<Item = Decisive> {
    step.by.iter().copied().map(here)
}

fn here(node: NodeId) -> Decisive {
    Decisive { node, missing: None }
}

fn scaled(scale: Scale, why: String, because: impl IntoIterator<Item = Decisive>) -> Scaled {
    Scaled { scale, why, because: because.into_iter().collect() }
}
