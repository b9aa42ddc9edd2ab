//! Texts: what rules ask of what people wrote.

use super::Function;
use super::purpose::{Reactive, reactive};
use crate::policy::functions::collection::texts;
use crate::policy::session;
use crate::proposal::handle;
use crate::proposal::problem::nearest;
use rhai::{Dynamic, Engine, EvalAltResult};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_vague(text) -> true or false",
        doc: "Whether a text says nothing that could be acted on: fewer than three words, a filler such as `tbd`, `n/a` or `as \
              usual`, or a commonplace such as `restore backup if needed`. It errs on the side of the author.",
    },
    Function {
        signature: "is_filler(text) -> true or false",
        doc: "Whether a short text, such as a ticket or a place, only fills the field: `tbd`, `n/a`, `none`, `-`.",
    },
    Function {
        signature: "is_reactive(text) -> true or false",
        doc: "Whether a purpose is merely the occasion: a new version is out, the vendor recommends it, another team did it, ours \
              is old, or one wants to be up to date. It knows English, and errs on the side of the author.",
    },
    Function {
        signature: "sounds_reactive(text) -> true or false",
        doc: "Whether a purpose may be merely the occasion: it names one, and besides that no effect, or only commonplaces such as \
              `bug fixes and improvements`. True wherever `is_reactive` is.",
    },
    Function { signature: "words(text) -> whole number", doc: "The number of words." },
    Function { signature: "lower(text) -> text", doc: "The text in lower case." },
    Function { signature: "part in text", doc: "Whether a text holds another one, letter by letter." },
    Function {
        signature: "starts_with(text, start) -> true or false",
        doc: "Whether a text begins so; of a list, in one of these ways.",
    },
    Function {
        signature: "ends_with(text, end) -> true or false",
        doc: "Whether a text ends so; of a list, in one of these ways.",
    },
    Function { signature: "plural(number, noun) -> text", doc: "A number with its noun: `1 day`, `3 days`." },
    Function {
        signature: "same_person(a, b) -> true or false",
        doc: "Whether two handles name one person: a leading `@` and capitals make no difference.",
    },
    Function {
        signature: "handle(name) -> text",
        doc: "The handle of a person in the one form in which equal texts are one person, without the `@`: for `in`, `distinct` and \
              `without`, which compare letter by letter.",
    },
    Function {
        signature: "nearest(text, list) -> text",
        doc: "The text of a list that a misspelt one was most likely meant to be; `()` where none is near.",
    },
];

pub fn register(engine: &mut Engine) {
    engine
        .register_fn("is_vague", |text: &str| read(text, is_vague))
        .register_fn("is_filler", |text: &str| read(text, is_filler))
        .register_fn("is_reactive", |text: &str| read(text, |text| reactive(text) == Reactive::Surely))
        .register_fn("sounds_reactive", |text: &str| read(text, |text| reactive(text) != Reactive::No))
        .register_fn("words", |text: &str| text.split_whitespace().count() as i64)
        .register_fn("lower", |text: &str| text.to_lowercase())
        .register_fn("starts_with", |text: &str, start: &str| text.starts_with(start))
        .register_fn("ends_with", |text: &str, end: &str| text.ends_with(end))
        .register_fn("starts_with", |text: &str, starts: Dynamic| {
            Ok::<_, Box<EvalAltResult>>(texts(&starts)?.iter().any(|start| text.starts_with(start)))
        })
        .register_fn("ends_with", |text: &str, ends: Dynamic| {
            Ok::<_, Box<EvalAltResult>>(texts(&ends)?.iter().any(|end| text.ends_with(end)))
        })
        .register_fn("to_string", number)
        .register_fn("plural", plural)
        .register_fn("handle", handle)
        .register_fn("nearest", |text: &str, list: Dynamic| {
            let known = texts(&list)?;
            session::work(known.len() / 2)?;
            let near = nearest(text, known.iter().map(String::as_str));
            Ok::<_, Box<EvalAltResult>>(near.map_or(Dynamic::UNIT, |near| near.to_owned().into()))
        })
        .register_fn("same_person", |a: &str, b: &str| handle(a) == handle(b));
}

/// Asks something of a text that takes long where the text is long.
fn read(text: &str, ask: impl Fn(&str) -> bool) -> Result<bool, Box<EvalAltResult>> {
    session::work(text.len() / 32)?;
    Ok(ask(text))
}

/// Phrases that stand for not having thought about it, as whole texts; in lower case, without punctuation at the ends.
const FILLERS: &[&str] = &[
    "as always",
    "as before",
    "as needed",
    "as usual",
    "business as usual",
    "coming soon",
    "fill in",
    "fill me in",
    "fixme",
    "if needed",
    "just because",
    "n/a",
    "na",
    "no idea",
    "none",
    "not applicable",
    "not sure yet",
    "nothing special",
    "see above",
    "see below",
    "see ticket",
    "same as last time",
    "standard procedure",
    "tba",
    "tbc",
    "tbd",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "to be determined",
    "todo",
    "to do",
    "unknown",
    "we will see",
    "will be added later",
    "xxx",
    "lorem ipsum",
];

/// Commonplaces that name no step: vague wherever they are all that a text says.
const COMMONPLACES: &[&str] = &[
    "restore backup",
    "restore the backup",
    "restore from backup",
    "restore from the backup",
    "roll back",
    "rollback",
    "revert",
    "revert the change",
    "undo the change",
    "reinstall",
    "go back to the old version",
    "contact the vendor",
    "fix it",
    "hope for the best",
    "should be fine",
    "it should work",
    "test it",
    "check it",
    "monitor it",
    "watch it",
];

/// Words that a commonplace is dressed with and that change nothing about it.
const TRIMMINGS: &[&str] = &[
    "we",
    "will",
    "would",
    "can",
    "could",
    "just",
    "simply",
    "then",
    "please",
    "if",
    "needed",
    "necessary",
    "required",
    "when",
    "in",
    "case",
    "of",
    "problems",
    "issues",
    "trouble",
    "anything",
    "something",
    "goes",
    "wrong",
    "fails",
    "failure",
    "and",
    "possible",
    "asap",
    "quickly",
    "it",
    "any",
    "there",
    "are",
    "is",
];

/// See [`FUNCTIONS`].
pub fn is_vague(text: &str) -> bool {
    let sentence = sentence(text);
    if sentence.split(' ').count() < 3 || FILLERS.contains(&sentence.as_str()) {
        return true;
    }
    COMMONPLACES.iter().any(|commonplace| {
        sentence.find(commonplace).is_some_and(|at| {
            let rest = [&sentence[..at], &sentence[at + commonplace.len()..]].concat();
            rest.split_whitespace().all(|word| TRIMMINGS.contains(&word))
        })
    })
}

/// See [`FUNCTIONS`].
pub fn is_filler(text: &str) -> bool {
    let sentence = sentence(text);
    sentence.is_empty() || FILLERS.contains(&sentence.as_str())
}

/// The words of a text in lower case, with a space between each two.
fn sentence(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> =
        plain.split(|c: char| !(c.is_alphanumeric() || c == '/')).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A number as people write it: 60 and not 60.0, 67.1 and not 67.10000000000001.
fn number(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    // Past what a fraction of a millionth can be told of, and for tiny ones, as it is.
    if rounded.is_finite() && (rounded != 0.0 || number == 0.0) { rounded.to_string() } else { number.to_string() }
}

fn plural(number: i64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::{is_filler, is_vague};

    #[test]
    fn fillers_name_nothing() {
        for text in ["TBD", "n/a", "-", "None.", "see ticket", "..."] {
            assert!(is_filler(text), "{text}");
        }
        for text in ["INC-2291", "CVE-2026-41872", "@ada", "backup-2", "20 %"] {
            assert!(!is_filler(text), "{text}");
        }
    }

    #[test]
    fn vague_texts_name_no_step() {
        for text in [
            "TBD",
            "n/a",
            "restore backup if needed",
            "We will simply roll back if something goes wrong.",
            "as usual",
            "...",
            "Restore from backup, when necessary",
            "to be determined",
            "it should work",
        ] {
            assert!(is_vague(text), "{text}");
        }
        for text in [
            "stop the service, restore /srv/wiki from the 02:00 snapshot, start 4.2.1",
            "roll back the three pods with `helm rollback wiki 41`",
            "fixes the login loop on Safari 19",
            "restore the backup of 02:00 into wiki-db and repoint the proxy",
        ] {
            assert!(!is_vague(text), "{text}");
        }
    }
}
