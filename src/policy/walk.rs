//! Walking a list, of whichever kind it is.

use super::fault::Misuse;
use super::header::Param;
use super::run::Run;
use super::tracked::{Node, present};
use super::value::{List, Value};
use crate::facts::Root;
use crate::proposal::NodeId;
use std::rc::Rc;

/// The items of a list, one after the other. Each item of the facts is recorded when it is come to, so that a finding made in a
/// loop points at the item it is about.
#[derive(Debug)]
pub enum Walk<'f> {
    Facts { root: Root, items: &'f [NodeId], next: usize },
    Own { list: Rc<List<'f>>, next: usize },
    Given { items: &'f [Param], next: usize },
    Numbers { next: i64, to: i64 },
}

impl<'f> Walk<'f> {
    /// Whether its items are read as they are come to.
    pub const fn is_of_facts(&self) -> bool {
        matches!(self, Self::Facts { .. })
    }

    /// How many items are to come, where that is bounded by what there is.
    pub fn left(&self) -> usize {
        match self {
            Self::Facts { items, next, .. } => items.len() - next,
            Self::Own { list, next } => list.items.len() - next,
            Self::Given { items, next } => items.len() - next,
            Self::Numbers { .. } => 0,
        }
    }

    /// The next item, which is a step of the rule whoever walks: a range may have more of them than anybody can count.
    pub fn next(&mut self, run: &mut Run<'f>) -> Result<Option<Value<'f>>, Misuse> {
        let item = match self {
            Self::Facts { root, items, next } => items.get(*next).map(|&id| {
                *next += 1;
                present(run.facts, &mut run.reads, Node { root: *root, id })
            }),
            Self::Own { list, next } => list.items.get(*next).map(|item| {
                *next += 1;
                item.clone()
            }),
            Self::Given { items, next } => items.get(*next).map(|item| {
                *next += 1;
                Value::of_param(item)
            }),
            Self::Numbers { next, to } => (*next < *to).then(|| {
                *next += 1;
                Value::Count(*next - 1)
            }),
        };
        if item.is_some() {
            run.budget.step()?;
        }
        Ok(item)
    }
}
