//! What functions of the gate take and give, by the names that their signatures have for it. `tests/lint/kinds.rs` holds that against
//! what they do.

use super::what::{Sort, What};
use crate::policy::functions::{self, Function};

/// A function by its name and the number of its arguments.
pub fn function(name: &str, arguments: usize) -> Option<&'static Function> {
    let is_called = |(known, function): &(&str, &Function)| *known == name && function.arguments() == arguments;
    functions::named().find(is_called).map(|(_, function)| function)
}

/// What a function gives.
pub fn given(name: &str, function: &Function) -> What {
    match (name, function.signature.split_once(" -> ").map(|(_, gives)| gives)) {
        ("len" | "count" | "words", _) => What::Plain(Sort::Size),
        ("deny" | "warn" | "info" | "deny_when" | "help" | "also" | "table", _) => What::Plain(Sort::Report),
        (_, Some("true or false")) => What::Plain(Sort::Flag),
        (_, Some("whole number" | "number")) => What::Plain(Sort::Number),
        (_, Some("text")) => What::Plain(Sort::Text),
        (_, Some("point in time")) => What::Plain(Sort::Moment),
        (_, Some("date")) => What::Plain(Sort::Day),
        (_, Some("duration")) => What::Plain(Sort::Length),
        (_, Some("list" | "list of lists")) => What::Plain(Sort::List),
        (_, Some("map")) => What::Plain(Sort::Map),
        _ => What::Unknown,
    }
}

/// The sorts of which an argument has to be; none where that is not known.
pub fn taken(name: &str, parameter: &str) -> &'static [Sort] {
    use Sort as S;
    const TEXT: &[Sort] = &[S::Text];
    const LIST: &[Sort] = &[S::List, S::Range];
    const TEXT_OR_LIST: &[Sort] = &[S::Text, S::List];
    const WHOLE: &[Sort] = &[S::Number, S::Size];
    match (name, parameter) {
        ("starts_with", "start") | ("ends_with", "end") | ("mentions", "name") | ("same_version", "b") => TEXT_OR_LIST,
        ("len" | "is_empty", "list") => &[S::Text, S::List, S::Map],
        ("without", "other") => &[S::List, S::Range, S::Map],
        (_, "report") => &[S::Report],
        ("table", _) => LIST,
        ("circles", "needs") => &[S::Map],
        ("days_before", "later" | "earlier") => &[S::Moment, S::Day],
        ("meets_weekly" | "within_weekly", "from" | "to") => &[S::TimeOfDay],
        ("meets_weekly" | "within_weekly", "days") => LIST,
        ("semver_level", "from" | "to") | ("severity_below", "severity" | "other") => TEXT,
        ("outdated", "days") => WHOLE,
        ("notice_lead", _) => &[S::Length],
        ("objection", "since") => &[S::Moment],
        ("has_any", "parts") => LIST,
        (_, "text" | "message" | "noun" | "name" | "person" | "role" | "zone" | "separator" | "vector") => TEXT,
        (_, "a" | "b" | "id" | "what" | "package_url" | "audience" | "step") => TEXT,
        (_, "list" | "texts" | "names" | "fields" | "people" | "topics" | "roles") => LIST,
        (_, "start" | "end" | "other_start" | "other_end" | "outer_start" | "outer_end" | "point" | "at") => {
            &[S::Moment]
        }
        (_, "number") => WHOLE,
        (_, "duration") => &[S::Length],
        (_, "condition") => &[S::Flag],
        (_, "due") => &[S::Day],
        // A list of the facts is as good as an object of them there, and has none of the fields.
        (_, "object") => &[S::Object, S::List],
        _ => &[],
    }
}

/// What a function says that it takes; none of what is told by another one.
pub const fn noun(taken: Sort) -> Option<&'static str> {
    match taken {
        // Of a fraction no function can count.
        Sort::Number => Some("a whole number"),
        Sort::Size | Sort::Range => None,
        _ => Some(taken.noun()),
    }
}
