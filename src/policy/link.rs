//! Which functions of the gate a script calls.

use super::fault;
use super::functions::{self, Function};
use super::script::{self, Callee, Script};
use crate::finding::Fault;
use crate::proposal::problem::nearest;
use crate::source::Source;
use foldhash::fast::FixedState;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A function that a script calls.
#[derive(Debug, Clone, Copy)]
pub struct Linked {
    pub function: &'static Function,
    /// Which of its arguments is a place to point at.
    pub place: Option<usize>,
}

/// All functions, by name and number of arguments.
#[derive(Debug)]
pub struct Linker(HashMap<(&'static str, usize), Linked, FixedState>);

impl Default for Linker {
    fn default() -> Self {
        let linked = |function: &'static Function| Linked { function, place: function.place() };
        Self(functions::named().map(|(name, function)| ((name, function.arguments()), linked(function))).collect())
    }
}

impl Linker {
    /// The functions that a script calls, in the order of [`Script::callees`].
    ///
    /// # Errors
    /// Each that there is not.
    pub fn link(&self, rule: &str, source: &Arc<Source>, script: &Script) -> Result<Vec<Linked>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut linked = Vec::with_capacity(script.callees.len());
        for callee in &*script.callees {
            match self.0.get(&(script.text(callee.name), usize::from(callee.arguments))) {
                Some(function) => linked.push(*function),
                None => faults.push(unknown(rule, source, script, callee)),
            }
        }
        if faults.is_empty() { Ok(linked) } else { Err(faults) }
    }

    /// The functions of a rule that take the place of one of the gate's: `fn deny(message) {}` would lose every finding, and a helper
    /// that happens to be called `contains` would answer for `in`.
    pub fn hidden(&self, rule: &str, source: &Arc<Source>, script: &Script) -> Vec<Fault> {
        let own = script.own.iter().zip(&*script.functions);
        let hiding = own.filter(|(name, _)| self.0.keys().any(|(known, _)| *known == script.text(**name)));
        let fault = |(name, function): (&u32, &script::Function)| {
            let message = format!("it makes a function `{}` of its own", script.text(*name));
            Fault::new("policy/reserved-name", format!("the rule `{rule}` can't be loaded: {message}"))
                .help("the gate has a function of this name, which it would take the place of; use another name")
                .at(fault::place_at(source, script::line_and_column(function.place)), "here")
        };
        hiding.map(fault).collect()
    }
}

fn unknown(rule: &str, source: &Arc<Source>, script: &Script, callee: &Callee) -> Fault {
    let name = script.text(callee.name);
    let forms: Vec<_> =
        functions::named().filter(|(known, _)| *known == name).map(|(_, function)| function.form()).collect();
    let (what, help) = if forms.is_empty() {
        let own = script.own.iter().map(|own| script.text(*own));
        let names: BTreeSet<&str> = functions::names().map(|name| -> &str { name }).chain(own).collect();
        let help = match nearest(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the functions that rules may call are listed in docs/functions.md".to_owned(),
        };
        (format!("there is no function `{name}`"), help)
    } else {
        let arguments = match callee.arguments {
            1 => "one argument".to_owned(),
            count => format!("{count} arguments"),
        };
        (format!("there is no `{name}` of {arguments}"), format!("it is called so: `{}`", forms.join("`, `")))
    };
    Fault::new("policy/unknown-function", format!("the rule `{rule}` can't be loaded: {what}"))
        .help(help)
        .at(fault::place_at(source, script.place(callee.at)), "called here")
}
