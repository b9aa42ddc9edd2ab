//! Functions of the gate, by the kinds of what they are given; `in` is one of them.

use super::what::{Sort, What};
use super::{Reader, arguments, operators};
use crate::policy::script::{At, Node, Op};

impl Reader<'_> {
    /// What a function of the gate is given, and what it gives.
    pub(super) fn answer(&mut self, name: &str, parts: &[At], whats: &[What]) -> What {
        let Some(function) = arguments::function(name, parts.len()) else { return What::Unknown };
        for (number, parameter) in function.parameters().enumerate() {
            let (Some(part), Some(what)) = (parts.get(number), whats.get(number)) else { continue };
            if let Node::Closure(_) = self.script.node(*part) {
                let gives = self.closed(*part);
                match name {
                    "some" | "all" | "count" | "filter" | "find" => self.asked(self.ending(*part), gives),
                    "map" => return self.mapped(*part),
                    _ => {}
                }
                continue;
            }
            let taken = arguments::taken(name, parameter);
            let is_taken = |sort: Sort| {
                taken.is_empty()
                    || taken.contains(&sort)
                    || taken.contains(&Sort::List) && what.is_walked() == Some(true)
            };
            if let Some(sort) = what.sort().filter(|sort| !is_taken(*sort)) {
                let nouns: Vec<_> = taken.iter().filter_map(|sort| arguments::noun(*sort)).collect();
                let message = format!(
                    "`{}` takes {} as `{parameter}`, and this is {}, which fails the rule",
                    function.form(),
                    nouns.join(" or "),
                    sort.noun()
                );
                self.fails(*part, message, "what each function takes is told in docs/functions.md");
            }
        }
        arguments::given(name, function)
    }

    /// What a closure gives at its end.
    fn closed(&self, closure: At) -> What {
        let last = self.ending(closure);
        let known = self.kinds.as_ref().and_then(|kinds| kinds.sort(last));
        known.map_or(What::Unknown, What::Plain)
    }

    /// What stands last in a closure.
    fn ending(&self, at: At) -> At {
        match self.script.node(at) {
            Node::Closure(number) => self.ending(self.script.closures[usize::from(number)].body),
            Node::Block(statements) => self.script.parts(statements).last().map_or(at, |last| self.ending(*last)),
            _ => at,
        }
    }

    /// What `map` gives, by its closure.
    fn mapped(&self, closure: At) -> What {
        let mut left = vec![closure];
        while let Some(at) = left.pop() {
            if let Node::Return(_) = self.script.node(at) {
                return What::Plain(Sort::List);
            }
            left.extend(self.script.made_of(at));
        }
        What::of_items([self.closed(closure)].into_iter())
    }

    /// `item in list`.
    pub(super) fn sought(&mut self, at: At, whats: &[What]) {
        let [list, item] = *whats else { return };
        let (Some(of), Some(sought)) = (list.sort(), item.sort()) else { return };
        let each = match of {
            Sort::Text | Sort::Map => What::Plain(Sort::Text),
            _ if list.is_walked() == Some(true) => list.item(),
            _ => {
                let help = "look in a list, in a text, or in a map for one of its keys";
                self.fails(at, format!("nothing is in {}, which fails the rule", of.noun()), help);
                return;
            }
        };
        if let (Some(sort), Err(_)) = (each.sort(), operators::outcome(Op::Equal, [each, item])) {
            let message = format!("it looks for {} where each is {}, which fails the rule", sought.noun(), sort.noun());
            let help = if matches!(each, What::Object(_)) {
                "ask for a field of each: `some(list, |item| item.by == person)`"
            } else {
                "look for a value of the same kind; a text takes values in back-ticks: `${…}`"
            };
            self.fails(at, message, help);
        }
    }
}
