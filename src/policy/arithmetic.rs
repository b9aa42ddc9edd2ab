//! Arithmetic of rules: numbers, durations and points in time, none of which may wrap or lose itself.

use super::fault::{ASK_FIRST, Misuse, misuse};
use super::script::Op;
use super::value::{Length, Moment, Value};
use jiff::SignedDuration;

/// Adds, subtracts, multiplies or divides.
///
/// # Errors
/// Where the values are none that this can be done with, or what comes of it is out of range.
pub fn calculate<'f>(op: Op, left: &Value<'f>, right: &Value<'f>) -> Result<Value<'f>, Misuse> {
    use Value as V;
    match (op, left, right) {
        (_, V::Count(a), V::Count(b)) => whole(op, *a, *b),
        (_, V::Number(a), V::Number(b)) => fraction(op, *a, *b),
        (_, V::Count(a), V::Number(b)) => fraction(op, *a as f64, *b),
        (_, V::Number(a), V::Count(b)) => fraction(op, *a, *b as f64),
        (Op::Add, V::Text(a), V::Text(b)) => Ok([&**a, &**b].concat().into()),
        (Op::Add, V::List(a), V::List(b)) => Ok(a.items.iter().chain(&b.items).cloned().collect()),
        // Of a parameter, which is lent.
        (Op::Add, V::Given(a), V::List(_) | V::Given(_)) => calculate(op, &V::of_given(a), right),
        (Op::Add, V::List(_), V::Given(b)) => calculate(op, left, &V::of_given(b)),
        (Op::Add, V::Length(a), V::Length(b)) => length(a.0.checked_add(b.0)),
        (Op::Subtract, V::Length(a), V::Length(b)) => length(a.0.checked_sub(b.0)),
        (Op::Multiply, V::Length(a), V::Count(times)) | (Op::Multiply, V::Count(times), V::Length(a)) => {
            length(i32::try_from(*times).ok().and_then(|times| a.0.checked_mul(times)))
        }
        (Op::Add, V::Moment(a), V::Length(b)) => moment(a.0.checked_add(b.0).ok()),
        (Op::Subtract, V::Moment(a), V::Length(b)) => moment(a.0.checked_sub(b.0).ok()),
        (Op::Subtract, V::Moment(a), V::Moment(b)) => Ok(V::Length(Length(a.0.duration_since(b.0)))),
        _ => {
            let help = if left.is_nothing() || right.is_nothing() { ASK_FIRST } else { GOES_WITH };
            let message = format!("`{}` does not go with {} and {}", symbol(op), left.kind(), right.kind());
            Err(misuse("policy/wrong-type", message, help))
        }
    }
}

/// What goes with what.
pub const GOES_WITH: &str =
    "numbers go with numbers, and durations with durations: `minutes(5)`; a text takes values in back-ticks: `${…}`";

/// The negative of a number.
///
/// # Errors
/// Of anything else, and of the least one.
pub fn negated<'f>(value: &Value<'_>) -> Result<Value<'f>, Misuse> {
    match value {
        Value::Count(count) => count.checked_neg().map(Value::Count).ok_or_else(out_of_range),
        Value::Number(number) => Ok(Value::Number(-number)),
        other => Err(misuse("policy/wrong-type", format!("{} has no negative", other.kind()), "negate a number")),
    }
}

fn whole<'f>(op: Op, a: i64, b: i64) -> Result<Value<'f>, Misuse> {
    let result = match op {
        Op::Add => a.checked_add(b),
        Op::Subtract => a.checked_sub(b),
        Op::Multiply => a.checked_mul(b),
        Op::Divide | Op::Remainder if b == 0 => return Err(by_zero()),
        Op::Divide => a.checked_div(b),
        Op::Remainder => a.checked_rem(b),
        _ => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
    };
    result.map(Value::Count).ok_or_else(out_of_range)
}

fn fraction<'f>(op: Op, a: f64, b: f64) -> Result<Value<'f>, Misuse> {
    let result = match op {
        Op::Add => a + b,
        Op::Subtract => a - b,
        Op::Multiply => a * b,
        Op::Divide | Op::Remainder if b == 0.0 => return Err(by_zero()),
        Op::Divide => a / b,
        Op::Remainder => a % b,
        _ => a.powf(b),
    };
    if result.is_finite() { Ok(Value::Number(result)) } else { Err(out_of_range()) }
}

fn by_zero() -> Misuse {
    misuse("policy/overflow", "it divides by zero", "ask first whether the divisor is 0")
}

fn out_of_range() -> Misuse {
    misuse("policy/overflow", "this number is out of range", "use a smaller one")
}

pub fn length<'f>(length: Option<SignedDuration>) -> Result<Value<'f>, Misuse> {
    length.map(|length| Value::Length(Length(length))).ok_or_else(too_long)
}

/// A length of some minutes.
pub fn minutes<'f>(minutes: Option<i64>) -> Result<Value<'f>, Misuse> {
    minutes.and_then(Length::of_minutes).map(Value::Length).ok_or_else(too_long)
}

pub fn moment<'f>(point: Option<jiff::Timestamp>) -> Result<Value<'f>, Misuse> {
    point.map(|point| Value::Moment(Moment(point))).ok_or_else(too_long)
}

fn too_long() -> Misuse {
    misuse("policy/overflow", "this time is out of range", "a duration has at most some thousand years")
}

/// An operator as it is written.
pub(super) const fn symbol(op: Op) -> &'static str {
    match op {
        Op::Equal => "==",
        Op::Unequal => "!=",
        Op::Less => "<",
        Op::LessOrEqual => "<=",
        Op::More => ">",
        Op::MoreOrEqual => ">=",
        Op::Add => "+",
        Op::Subtract => "-",
        Op::Multiply => "*",
        Op::Divide => "/",
        Op::Remainder => "%",
        Op::Power => "**",
    }
}
