//! Texts: what rules ask of what people wrote.

use super::known::list;
use super::mention::mentions;
use super::purpose::{self, Reactive, commonplace, reactive};
use super::vague::is_vague;
use super::{Args, BY_SYNTAX, Function};
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::value::Value;
use crate::proposal::filler::is_filler;
use crate::proposal::problem::nearest;
use crate::proposal::{handle, is_advisory_id};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_vague(text) -> true or false",
        doc: "Whether a text says nothing that could be acted on: fewer than three words, no word of three letters and another one or a number beside it (two characters are a word where there are no \
              spaces), a filler such as `tbd`, `n/a` or `as \
              usual`, or a commonplace such as `restore backup if needed`. Who is named (`@ada`) is no word of it. It errs on the side of the author.",
        call: vague,
    },
    Function {
        signature: "is_filler(text) -> true or false",
        doc: "Whether a short text, such as a ticket or a place, only fills the field: `tbd`, `n/a`, `none`, `-`, `x`, `yes`, `should be fine`.",
        call: filler,
    },
    Function {
        signature: "is_reactive(text) -> true or false",
        doc: "Whether a purpose is merely the occasion: a new version is out, the vendor recommends it, another team did it, ours \
              is old, or one wants to be up to date. It knows English, and errs on the side of the author.",
        call: is_reactive,
    },
    Function {
        signature: "sounds_reactive(text) -> true or false",
        doc: "Whether a purpose may be merely the occasion: it names one, and besides that no effect, or only commonplaces such as \
              `bug fixes and improvements`. Besides English it knows a few phrases of German, French, Spanish and Japanese. True \
              wherever `is_reactive` is.",
        call: sounds_reactive,
    },
    Function {
        signature: "is_commonplace(text) -> true or false",
        doc: "Whether a purpose is only what any release claims for itself, such as `improves performance, stability and security`, and no word says on what. It knows English.",
        call: is_commonplace,
    },
    Function {
        signature: "only_names_change(text) -> true or false",
        doc: "Whether a purpose only names the change: each of its words names the system, what of it changes, the versions from which and to which, the place or the ticket, moves them, or is one \
              of an occasion. It knows English, and errs on the side of the author.",
        call: only_names_change,
    },
    Function {
        signature: "names_effect(text) -> true or false",
        doc: "Whether a purpose of two or three words says what is gained, and on what: `Supports IPv6`. It knows English.",
        call: names_effect,
    },
    Function {
        signature: "is_advisory(text) -> true or false",
        doc: "Whether a text has the form of the id of an advisory: of CVE (`CVE-2026-41872`), of GitHub (`GHSA-9v3m-8fp8-mj99`), or of \
              another database that OSV gathers (`RUSTSEC-2026-0001`).",
        call: is_advisory,
    },
    Function { signature: "words(text) -> whole number", doc: "The number of words.", call: words },
    Function { signature: "lower(text) -> text", doc: "The text in lower case.", call: lower },
    Function { signature: "part in text", doc: "Whether a text holds another one, letter by letter.", call: BY_SYNTAX },
    Function {
        signature: "has_any(text, parts) -> true or false",
        doc: "Whether a text holds at least one of a list of texts, letter by letter.",
        call: has_any,
    },
    Function {
        signature: "has_digit(text) -> true or false",
        doc: "Whether a text has a digit from 0 to 9.",
        call: has_digit,
    },
    Function {
        signature: "mentions(text, name) -> true or false",
        doc: "Whether a text names something, in capitals or small letters, and as a whole: `value 19` and `value 1.5` do not mention \
              `value 1`, nor `checkout-api` `checkout`. Of a list, whether it names one of these.",
        call: mentions_of,
    },
    Function {
        signature: "starts_with(text, start) -> true or false",
        doc: "Whether a text begins so; of a list, in one of these ways.",
        call: starts_with,
    },
    Function {
        signature: "ends_with(text, end) -> true or false",
        doc: "Whether a text ends so; of a list, in one of these ways.",
        call: ends_with,
    },
    Function {
        signature: "is_one_of(text, texts) -> true or false",
        doc: "Whether a text is one of a list as a whole, in capitals or small letters, whatever punctuation it ends with.",
        call: is_one_of,
    },
    Function {
        signature: "plural(number, noun) -> text",
        doc: "A number with its noun: `1 day`, `3 days`.",
        call: plural_of,
    },
    Function {
        signature: "same_person(a, b) -> true or false",
        doc: "Whether two handles name one person: a leading `@` and capitals make no difference.",
        call: same_person,
    },
    Function {
        signature: "handle(name) -> text",
        doc: "The handle of a person in the one form in which equal texts are one person, without the `@`: for `in`, `distinct` and \
              `without`, which compare letter by letter.",
        call: handle_of,
    },
    Function {
        signature: "nearest(text, list) -> text",
        doc: "The text of a list that a misspelt one was most likely meant to be; `()` where none is near.",
        call: nearest_of,
    },
    Function {
        signature: "suggestion(text, list) -> text",
        doc: "That one for the end of a message: `; the nearest is` and the text; an empty text where none is near.",
        call: suggestion,
    },
];

/// Asks something of a text that takes long where the text is long.
fn ask<'f>(run: &mut Run<'f>, args: &Args<'f>, ask: impl Fn(&str) -> bool) -> Answer<'f> {
    let text = args.text(0)?;
    run.budget.work(text.len() / 8)?;
    Ok(Value::Flag(ask(text)))
}

fn vague<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    ask(run, args, is_vague)
}

fn filler<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    ask(run, args, is_filler)
}

fn is_reactive<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    ask(run, args, |text| reactive(text) == Reactive::Surely)
}

fn sounds_reactive<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    ask(run, args, |text| reactive(text) != Reactive::No)
}

fn is_commonplace<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    ask(run, args, commonplace)
}

fn only_names_change<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let tree = &run.facts.proposal;
    let lists = [["change", "components"], ["change", "sites"], ["system", "components"], ["reason", "incidents"]];
    let lists = lists.map(|path| list(tree, &path).len());
    run.budget.work(lists.into_iter().sum())?;
    ask(run, args, |text| purpose::only_names_change(tree, text))
}

fn names_effect<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let tree = &run.facts.proposal;
    let lists = [["change", "components"], ["system", "components"]].map(|path| list(tree, &path).len());
    run.budget.work(lists.into_iter().sum())?;
    ask(run, args, |text| purpose::names_effect(tree, text))
}

fn is_advisory<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(is_advisory_id(args.text(0)?)))
}

fn words<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Count(args.text(0)?.split_whitespace().count() as i64))
}

fn lower<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(args.text(0)?.to_lowercase().into())
}

fn starts_with<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    one_of(run, args, |text, start| text.starts_with(start))
}

fn ends_with<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    one_of(run, args, |text, end| text.ends_with(end))
}

fn has_any<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let text = args.text(0)?;
    // Each is looked for in all of the text.
    Ok(Value::Flag(args.any_text(run, 1, text.len() / 64, |part| text.contains(part))?))
}

fn has_digit<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(args.text(0)?.bytes().any(|byte| byte.is_ascii_digit())))
}

fn is_one_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let text = args.text(0)?.trim_end_matches(|c: char| !c.is_alphanumeric());
    let plain = text.is_ascii();
    Ok(Value::Flag(args.any_text(run, 1, 0, |other| {
        // What is none of the plain letters, and one of them in lower case, takes more bytes.
        if plain && (other.len() <= text.len() || other.is_ascii()) {
            text.eq_ignore_ascii_case(other)
        } else {
            alike(text, other)
        }
    })?))
}

/// Whether two texts differ in nothing but capitals.
fn alike(a: &str, b: &str) -> bool {
    let small = |text| str::chars(text).flat_map(char::to_lowercase);
    small(a).eq(small(b))
}

fn mentions_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    run.budget.work(args.text(0)?.len() / 8)?;
    one_of(run, args, mentions)
}

/// Whether something holds of a text and another one, or one of a list.
fn one_of<'f>(run: &mut Run<'f>, args: &Args<'f>, holds: impl Fn(&str, &str) -> bool) -> Result<Value<'f>, Stop> {
    let text = args.text(0)?;
    Ok(Value::Flag(match args.value(1) {
        Value::Text(other) => holds(text, other),
        _ => args.any_text(run, 1, 0, |other| holds(text, other))?,
    }))
}

fn plural_of<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (number, noun) = (args.count(0)?, args.text(1)?);
    Ok(if number == 1 { format!("1 {}", &**noun) } else { format!("{number} {}s", &**noun) }.into())
}

fn handle_of<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(handle(args.text(0)?).into())
}

fn same_person<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(handle(args.text(0)?) == handle(args.text(1)?)))
}

fn suggestion<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(match nearest_of(run, args)? {
        Value::Text(near) => in_message(Some(&near)),
        _ => in_message(None),
    })
}

/// What a misspelt name was most likely meant to be, for the end of a message.
pub(super) fn in_message<'f>(near: Option<&str>) -> Value<'f> {
    near.map_or_else(|| "".into(), |near| format!("; the nearest is `{near}`").into())
}

fn nearest_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let known = args.texts(run, 1)?;
    // Each is held against the word, letter by letter.
    run.budget.work(known.iter().map(|text| 1 + text.len() / 8).sum())?;
    let near = nearest(args.text(0)?, known.iter().map(|text| &**text));
    Ok(near.map_or(Value::Nothing, |near| near.to_owned().into()))
}
