//! What operators do with values of which sort, as [`crate::policy::arithmetic`] and [`crate::policy::value`] do it in a run.

use super::what::{Sort, What};
use crate::policy::arithmetic::{GOES_WITH, symbol};
use crate::policy::script::Op;

/// What comes of an operator, or why it fails: what is wrong, and what to do.
pub type Outcome = Result<What, (String, &'static str)>;

pub fn outcome(op: Op, sides: [What; 2]) -> Outcome {
    if matches!(op, Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Remainder | Op::Power) {
        calculated(op, sides)
    } else {
        compared(op, sides).map(|()| What::Plain(Sort::Flag))
    }
}

fn compared(op: Op, sides: [What; 2]) -> Result<(), (String, &'static str)> {
    let sorts = sides.map(What::sort);
    let is_equality = matches!(op, Op::Equal | Op::Unequal);
    // A list or an object of the facts is itself, and no other one.
    if is_equality && sides.iter().all(|side| side.is_of_facts()) {
        return Ok(());
    }
    if let [Some(left), Some(right)] = sorts
        && left.family() != right.family()
    {
        let message = format!("it compares {} with {}, which fails the rule", left.noun(), right.noun());
        let help = "compare values of one kind: durations with `minutes(5)`, `hours(2)` or `days(90)`, times with `now` or another field";
        return Err((message, help));
    }
    let Some(unordered) = sorts.into_iter().flatten().find(|sort| !sort.has_order()) else { return Ok(()) };
    if !is_equality {
        let message = format!("it asks which is less, and {} has no order, which fails the rule", unordered.noun());
        return Err((message, "ask with `==`, or count with `len(list)`"));
    }
    // Those that a rule makes can't be compared at all.
    if sorts[0].is_some() && sorts[1].is_some() && unordered != Sort::Flag {
        let message = format!("it asks whether {} equals another, which fails the rule", unordered.noun());
        return Err((message, "ask for what is in it: `is_empty(list)`, `len(list) == 1`, `item in list`"));
    }
    Ok(())
}

fn calculated(op: Op, sides: [What; 2]) -> Outcome {
    let [left, right] = sides.map(What::sort);
    let goes_with = |side: Option<Sort>, goes: &dyn Fn(Sort) -> Option<Sort>| match side {
        Some(side) => goes(side),
        None => Sort::ALL.into_iter().find_map(goes),
    };
    let result = goes_with(left, &|left| goes_with(right, &|right| given(op, left, right)));
    let of_facts = sides.into_iter().any(What::is_of_facts);
    match result {
        Some(result) if !of_facts && left.is_some() && right.is_some() => Ok(What::Plain(result)),
        Some(_) if !of_facts => Ok(What::Unknown),
        _ => {
            let [left, right] = sides.map(|side| match (side, side.sort()) {
                (What::List(_), _) => "a list of the proposal",
                (_, sort) => sort.map_or("anything", Sort::noun),
            });
            let message = format!("`{}` does not go with {left} and {right}, which fails the rule", symbol(op));
            let help = if of_facts {
                "what is added are lists of the rule's own: `map(list, |item| item.name) + other`"
            } else {
                GOES_WITH
            };
            Err((message, help))
        }
    }
}

/// What comes of two values; none where they do not go together.
fn given(op: Op, left: Sort, right: Sort) -> Option<Sort> {
    use Sort as S;
    match (op, left.family(), right.family()) {
        (_, S::Number, S::Number) => Some(S::Number),
        (Op::Add, S::Text, S::Text) => Some(S::Text),
        (Op::Add, S::List, S::List) => Some(S::List),
        (Op::Add | Op::Subtract, S::Length, S::Length) => Some(S::Length),
        (Op::Multiply, S::Length, S::Number) if right != S::Fraction => Some(S::Length),
        (Op::Multiply, S::Number, S::Length) if left != S::Fraction => Some(S::Length),
        (Op::Add | Op::Subtract, S::Moment, S::Length) => Some(S::Moment),
        (Op::Subtract, S::Moment, S::Moment) => Some(S::Length),
        _ => None,
    }
}
