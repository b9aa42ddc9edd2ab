//! How much an upgrade has to show: rigour that fits the risk.
//!
//! A routine patch of a small internal tool must prove little, an upgrade of a payment database much. The scale is computed
//! from what the proposal and the profile say, before any rule runs, so that every rule and every report goes by the same one.

use super::firmware::firmware;
use super::shape::FieldNumber;
use super::step::{Step, place, steps};
use super::thresholds::Thresholds;
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
    /// It can't wait: what is left out now is owed afterwards. How strictly it is judged is another matter: [`Scaled::strict`].
    Emergency,
}

impl Scale {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Routine, Self::Standard, Self::Critical, Self::Emergency];

    /// The word for it in rules and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Standard => "standard",
            Self::Critical => "critical",
            Self::Emergency => "emergency",
        }
    }
}

/// The scale of one upgrade, and what made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// The scale.
    pub scale: Scale,
    /// In words: `the system is critical`.
    pub why: String,
    /// The values that decided, or what lacks them.
    pub because: Vec<Decisive>,
    /// Whether it is held to the stricter form of the rules. Haste makes nothing milder: an emergency is held to it where the
    /// same change would be if it were planned.
    pub strict: bool,
    /// The values that decided that.
    pub strict_because: Vec<Decisive>,
}

/// A value that decided, or the object that lacks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decisive {
    /// The value, or the object that lacks one.
    pub node: NodeId,
    /// The field that it lacks.
    pub missing: Option<FieldNumber>,
}

impl Scaled {
    /// The scale of a proposal that was laid over its profile.
    pub fn of(tree: &Tree, thresholds: &Thresholds) -> Self {
        let upgrade = Upgrade { tree, steps: steps(tree), thresholds };
        let grave = upgrade.grave();
        let strict_because = match &grave {
            Some(grave) => grave.because.clone(),
            // Of a system whose criticality is not stated every upgrade is grave.
            None => upgrade.word(&["system", "criticality"]).map(|(_, node)| node).into_iter().collect(),
        };
        let strict = grave.is_some();
        let (scale, Reason { why, because }) = match (upgrade.emergency(), grave) {
            (Some(haste), Some(grave)) => (Scale::Emergency, haste.and(grave)),
            (Some(haste), None) => (Scale::Emergency, haste),
            (None, Some(grave)) => (Scale::Critical, grave),
            (None, None) => match upgrade.beyond_routine() {
                Some(reason) => (Scale::Standard, reason),
                None => (Scale::Routine, upgrade.routine()),
            },
        };
        Self { scale, why, because, strict, strict_because }
    }
}

/// Why an upgrade is of a scale, in words and by the values that say so.
struct Reason {
    why: String,
    because: Vec<Decisive>,
}

impl Reason {
    fn of(why: impl Into<String>, because: impl IntoIterator<Item = Decisive>) -> Option<Self> {
        Some(Self { why: why.into(), because: because.into_iter().collect() })
    }

    fn and(mut self, other: Self) -> Self {
        self.why = format!("{}, and {}", self.why, other.why);
        self.because.extend(other.because);
        self
    }
}

struct Upgrade<'t> {
    tree: &'t Tree,
    steps: Vec<Step>,
    thresholds: &'t Thresholds,
}

impl Upgrade<'_> {
    fn emergency(&self) -> Option<Reason> {
        let (urgency, node) = self.word(&["reason", "urgency"])?;
        if urgency == "emergency" { Reason::of("the urgency is emergency", [node]) } else { None }
    }

    /// What makes an upgrade critical, if it can wait or not.
    fn grave(&self) -> Option<Reason> {
        let Some((criticality, node)) = self.word(&["system", "criticality"]) else {
            return Reason::of("nothing says how critical the system is", [self.lacks("system", "criticality")]);
        };
        if criticality == "critical" {
            return Reason::of("the system is critical", [node]);
        }
        if let Some(first) = self.first(&["system", "serves"]) {
            let serves = self.tree.text(first).unwrap_or_default().replace('-', " ");
            return Reason::of(format!("the system serves {serves}"), [here(first)]);
        }
        if let Some((word, node)) = self.word(&["change", "reversibility"])
            && has(&self.thresholds.critical_reversibilities, word)
        {
            return Reason::of(format!("the change is {word}"), [node]);
        }
        if !has(&self.thresholds.critical_criticalities, criticality) {
            return None;
        }
        let large = |size| has(&self.thresholds.critical_sizes, size);
        // One that is large for certain tells more than one that may be.
        let step = self.steps.iter().find(|step| large(step.size));
        let step = step.or_else(|| self.steps.iter().find(|step| large(step.counted)))?;
        let why = format!("{}, and the criticality of the system is {criticality}", size_of(step));
        Reason::of(why, self.decisive(step).into_iter().chain([node]))
    }

    /// The first thing that keeps an upgrade from being routine. What is not stated may be so, and keeps it from that too.
    fn beyond_routine(&self) -> Option<Reason> {
        self.system_beyond_routine()
            .or_else(|| self.step_beyond_routine())
            .or_else(|| self.change_beyond_routine())
            .or_else(|| self.reason_beyond_routine())
    }

    fn system_beyond_routine(&self) -> Option<Reason> {
        if let Some((criticality, node)) = self.word(&["system", "criticality"])
            && !has(&self.thresholds.routine_criticalities, criticality)
        {
            return Reason::of(format!("the criticality of the system is {criticality}"), [node]);
        }
        match self.word(&["system", "audience"]) {
            None => Reason::of("nothing says who sees the system", [self.lacks("system", "audience")]),
            Some(("internal", _)) => None,
            Some((audience, node)) => Reason::of(format!("the audience of the system is {audience}"), [node]),
        }
    }

    fn step_beyond_routine(&self) -> Option<Reason> {
        let routine = |step: &&Step| {
            !step.backward && (step.counted == "none" || has(&self.thresholds.routine_sizes, step.counted))
        };
        let step = self.steps.iter().find(|step| !routine(step))?;
        let why = if step.backward { "the step goes back to an earlier version".to_owned() } else { size_of(step) };
        Reason::of(why, self.decisive(step))
    }

    fn change_beyond_routine(&self) -> Option<Reason> {
        match self.word(&["change", "reversibility"]) {
            None => {
                let missing = self.lacks("change", "reversibility");
                return Reason::of("nothing says whether the change can be taken back", [missing]);
            }
            Some(("reversible" | "with-restore", _)) => {}
            Some((word, node)) => return Reason::of(format!("the change is {word} to reverse"), [node]),
        }
        if self.tree.path(&["change", "alters"]).is_none() {
            let missing = self.lacks("change", "alters");
            return Reason::of("nothing says whether the change alters what is hard to put back", [missing]);
        }
        if let Some(first) = self.first(&["change", "alters"]) {
            let altered = self.tree.text(first).unwrap_or_default();
            return Reason::of(format!("the change alters the {altered}"), [here(first)]);
        }
        firmware(self.tree).and_then(|firmware| Reason::of(firmware.why, [here(firmware.by)]))
    }

    fn reason_beyond_routine(&self) -> Option<Reason> {
        match self.word(&["reason", "class"]) {
            None => return Reason::of("nothing says of which class the upgrade is", [self.lacks("reason", "class")]),
            Some((class @ ("architecture" | "hardware"), node)) => {
                return Reason::of(format!("the class is {class}"), [node]);
            }
            Some(_) => {}
        }
        match self.word(&["reason", "urgency"]) {
            None => return Reason::of("nothing says how urgent the upgrade is", [self.lacks("reason", "urgency")]),
            Some(("urgent", node)) => return Reason::of("the urgency is urgent", [node]),
            Some(_) => {}
        }
        let called_migration =
            self.tree.path(&["change", "migration"]).filter(|&said| self.tree.flag(said) == Some(true));
        if let Some(migration) = called_migration.or_else(|| self.tree.path(&["migration"])) {
            return Reason::of("it is a migration", [here(migration)]);
        }
        Reason::of("it takes the fast track", [here(self.tree.path(&["fast_track"])?)])
    }

    fn routine(&self) -> Reason {
        let largest = self.steps.iter().max_by_key(|step| place(step.counted));
        let size = largest.map_or("small", |step| step.counted);
        let criticality = self.word(&["system", "criticality"]);
        let reversibility = self.word(&["change", "reversibility"]);
        let back = match reversibility {
            Some(("with-restore", _)) => "which a restore takes back",
            _ => "which can be taken back",
        };
        let why =
            format!("a {size} step of a system of {} criticality, {back}", criticality.map_or("low", |(word, _)| word));
        let words = criticality.into_iter().chain(reversibility).map(|(_, node)| node);
        Reason { why, because: largest.into_iter().flat_map(|step| self.decisive(step)).chain(words).collect() }
    }

    /// The values by which a step is so large, or what lacks them.
    fn decisive(&self, step: &Step) -> Vec<Decisive> {
        if step.by.is_empty() {
            vec![self.lacks("change", "size")]
        } else {
            step.by.iter().copied().map(here).collect()
        }
    }

    /// That a section does not state something; where there is no such section, that the proposal doesn't.
    fn lacks(&self, section: &str, name: &str) -> Decisive {
        let (node, name) = self.tree.path(&[section]).map_or((Tree::ROOT, section), |node| (node, name));
        Decisive { node, missing: self.tree.field_number(node, name) }
    }

    fn first(&self, path: &[&str]) -> Option<NodeId> {
        self.tree.items(self.tree.path(path)?).first().copied()
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

/// How large a step is, in words.
fn size_of(step: &Step) -> String {
    match (step.size, step.counted) {
        ("unknown", _) => "the size of the step is not known".to_owned(),
        (size, counted) if size == counted => format!("the step is {size}"),
        (size, counted) => format!("the step is called {size}, and nothing shows that it is less than {counted}"),
    }
}

fn here(node: NodeId) -> Decisive {
    Decisive { node, missing: None }
}
