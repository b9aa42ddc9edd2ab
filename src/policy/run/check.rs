//! Running `check` of a rule, from its beginning to what it leaves behind.

use super::{Failure, Run, Runnable, Slot, Stop};
use crate::facts::Root;
use crate::policy::fault::{impossible, misuse};
use crate::policy::script::{At, Node};
use crate::policy::tracked;
use crate::policy::value::Value;
use crate::proposal::Tree;

impl<'f> Run<'f> {
    /// Runs `check` of a rule.
    ///
    /// # Errors
    /// When it fails, in any way.
    pub fn check(&mut self, rule: Runnable<'f>) -> Result<(), Failure> {
        self.rule = rule;
        self.reads.clear();
        self.reported.clear();
        self.owed.clear();
        self.surplus = None;
        self.budget.next_rule();
        self.slots.clear();
        (self.base, self.calls, self.given) = (0, 0, Value::Nothing);
        let proposal = Value::Node(tracked::Node { root: Root::Proposal, id: Tree::ROOT });
        self.slots.push(Slot { value: proposal, origin: None });
        match self.enter(0, 0) {
            Ok(value) => self.lost(&value),
            Err(Stop::Failed(failure)) => Err(*failure),
            Err(Stop::Return | Stop::Break | Stop::Continue) => {
                Err(Failure { misuse: impossible("it leaves a loop that there is not"), at: None })
            }
        }
    }

    /// `fn check(p) { p.title == "x" }` looks like a rule to whoever comes from another engine, and would deny nothing.
    fn lost(&self, value: &Value<'_>) -> Result<(), Failure> {
        let said = !self.reported.is_empty() || !self.owed.is_empty();
        if said || matches!(value, Value::Nothing | Value::Report(_)) {
            return Ok(());
        }
        let message = format!("`check` gives {}, and what it gives is not looked at", value.kind());
        let help = "report with deny, warn or info, and end with `return;`";
        Err(Failure { misuse: misuse("policy/lost-value", message, help), at: self.last_of_check() })
    }

    /// The last statement of `check`.
    fn last_of_check(&self) -> Option<At> {
        let body = self.rule.script.functions.first()?.body;
        match self.rule.script.node(body) {
            Node::Block(statements) => self.rule.script.parts(statements).last().copied(),
            _ => None,
        }
    }
}
