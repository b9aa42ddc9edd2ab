//! Comparing: values of different kinds are not unequal, they are a mistake.
//!
//! The script engine answers `42 > "42"` and `() < 1` with false, and a rule that compares so lets everything pass. These
//! operators take the place of all comparisons of the engine (which must not run its fast ones) and fail the rule instead.
//! Only `== ()` and `!= ()` go across kinds: that is how a rule asks whether something is there.

use super::fault::misuse;
use super::functions::time::{Day, Length, Moment, TimeOfDay};
use super::tracked::Node;
use rhai::{Dynamic, Engine, EvalAltResult};
use std::cmp::Ordering;

pub fn register(engine: &mut Engine) {
    engine
        .register_fn("==", |a: Dynamic, b: Dynamic| equal(&a, &b))
        .register_fn("!=", |a: Dynamic, b: Dynamic| equal(&a, &b).map(|equal| !equal))
        .register_fn("<", |a: Dynamic, b: Dynamic| order(&a, &b).map(Ordering::is_lt))
        .register_fn("<=", |a: Dynamic, b: Dynamic| order(&a, &b).map(Ordering::is_le))
        .register_fn(">", |a: Dynamic, b: Dynamic| order(&a, &b).map(Ordering::is_gt))
        .register_fn(">=", |a: Dynamic, b: Dynamic| order(&a, &b).map(Ordering::is_ge))
        .register_fn("!", |a: bool| !a)
        .register_fn("-", |a: f64| -a)
        .register_fn("-", |a: i64| {
            a.checked_neg().ok_or_else(|| misuse("policy/overflow", "this number is out of range", "use a smaller one"))
        });
}

/// Whether two values of one kind are equal.
pub fn equal(a: &Dynamic, b: &Dynamic) -> Result<bool, Box<EvalAltResult>> {
    if a.is_unit() || b.is_unit() {
        return Ok(a.is_unit() && b.is_unit());
    }
    if let (Ok(a), Ok(b)) = (a.as_bool(), b.as_bool()) {
        return Ok(a == b);
    }
    if let (Some(a), Some(b)) = (a.read_lock::<Node>(), b.read_lock::<Node>()) {
        return Ok(*a == *b);
    }
    order(a, b).map(Ordering::is_eq)
}

/// The order of two values of one kind.
pub fn order(a: &Dynamic, b: &Dynamic) -> Result<Ordering, Box<EvalAltResult>> {
    if let (Ok(a), Ok(b)) = (a.as_int(), b.as_int()) {
        return Ok(a.cmp(&b));
    }
    if let (Ok(a), Ok(b)) = (a.as_immutable_string_ref(), b.as_immutable_string_ref()) {
        return Ok(a.as_str().cmp(b.as_str()));
    }
    let other = numbers(a, b)
        .or_else(|| typed::<Length>(a, b))
        .or_else(|| typed::<Moment>(a, b))
        .or_else(|| typed::<Day>(a, b))
        .or_else(|| typed::<TimeOfDay>(a, b));
    other.ok_or_else(|| {
        let help = if a.is_unit() || b.is_unit() {
            "a field that is absent is `()`: ask first, `if x == () { … }`"
        } else {
            "compare values of one kind: durations with `minutes(5)`, `hours(2)` or `days(90)`"
        };
        misuse("policy/compared-kinds", format!("it compares {} with {}", kind(a), kind(b)), help)
    })
}

fn numbers(a: &Dynamic, b: &Dynamic) -> Option<Ordering> {
    let number = |value: &Dynamic| value.as_float().ok().or_else(|| value.as_int().ok().map(|whole| whole as f64));
    number(a)?.partial_cmp(&number(b)?)
}

fn typed<T: PartialOrd + Clone + Send + Sync + 'static>(a: &Dynamic, b: &Dynamic) -> Option<Ordering> {
    a.read_lock::<T>()?.partial_cmp(&*b.read_lock::<T>()?)
}

/// What a rule's author calls the kind of a value.
pub fn kind(value: &Dynamic) -> &'static str {
    if value.is_unit() {
        "nothing"
    } else if value.is_int() {
        "a whole number"
    } else if value.is_float() {
        "a fraction"
    } else if value.is_bool() {
        "true or false"
    } else if value.is_string() {
        "a text"
    } else if value.is_array() {
        "a list"
    } else if value.is_map() {
        "a map"
    } else if value.is::<Length>() {
        "a duration"
    } else if value.is::<Moment>() {
        "a point in time"
    } else if value.is::<Day>() {
        "a date"
    } else if value.is::<TimeOfDay>() {
        "a time of day"
    } else if value.is::<Node>() {
        "an object or a list of the proposal"
    } else {
        "something else"
    }
}
