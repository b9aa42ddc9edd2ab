//! What was tried, measured and shown: which result counts, and whether it says anything.

use super::proposal::section;
use super::{Args, Function};
use crate::facts::{Phase, Root};
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::tracked::Node;
use crate::policy::value::{Length, Map, Moment, Text, Value, order};
use crate::proposal::NodeId;
use crate::proposal::filler::is_filler;
use jiff::SignedDuration;
use std::collections::BTreeMap;
use std::rc::Rc;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "is_documented(evidence) -> true or false",
        doc: "Whether a list of evidence says something: one of them has a note, a reference or a file that is no filler. What the maker \
              says (`release-notes`, `vendor-statement`) is not counted, as it shows nothing of one's own.",
        call: is_documented,
    },
    Function {
        signature: "is_verifiable(evidence) -> true or false",
        doc: "Whether a list of evidence can be looked up: one of them has a reference or a file that is no filler. What the maker says \
              is not counted here either.",
        call: is_verifiable,
    },
    Function {
        signature: "latest_test(test, sort) -> object",
        doc: "The last of a test of the plan and of those of a sort (`integrity`, `restore`, `rehearsal` …) that `deploy.late_tests` \
              adds; of two at one time the one that came out worse, and `()` where there is none.",
        call: latest_test,
    },
    Function {
        signature: "latest_results(results, field) -> map",
        doc: "Of each name, which stands in the field, the result that counts: the latest; where one has no time, the one that has \
              not passed.",
        call: latest_results,
    },
    Function {
        signature: "worse_outcome(outcome, other) -> true or false",
        doc: "Whether an outcome is the worse of two: `failed`, `passed-with-issues`, `passed`. One that failed is worse than any.",
        call: worse_outcome,
    },
    Function {
        signature: "outdated(at, days) -> text",
        doc: "Why something of a point in time is too old for the upgrade, as a clause: `will be 93 days old when the window begins, and \
              90 days is the limit`; `()` where it is not. At deployment, and without a window, its age by now counts.",
        call: outdated,
    },
    Function {
        signature: "baseline_of(metric) -> number",
        doc: "The normal value of one of `monitoring.metrics`: its `baseline`, or else what `deploy.baseline` says of the same metric and \
              name, either of which may leave the name out where there is one metric of its sort; `()` where nothing does.",
        call: baseline_of,
    },
    Function {
        signature: "worsens(metric) -> text",
        doc: "In which direction one of `monitoring.metrics` gets worse: its `worse_when` (`higher`, `lower` or `either`), or else `lower` \
              for a success rate and the status of a service, `either` for sessions, and `higher` for all others. One word does not take \
              the bad direction out of sight: `either` where errors or response times are said to get worse by falling alone, or success \
              rates or the status of a service by rising alone.",
        call: worsens,
    },
];

fn is_documented<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    says(run, args, &["note", "reference", "file"])
}

fn is_verifiable<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    says(run, args, &["reference", "file"])
}

/// What a maker says of all its customers' systems.
const OF_THE_MAKER: &[&str] = &["release-notes", "vendor-statement"];

/// Whether one of a list, besides what the maker says, has something in one of these fields.
fn says<'f>(run: &mut Run<'f>, args: &Args<'f>, fields: &[&'static str]) -> Answer<'f> {
    let mut walk = run.walked(args.value(0))?;
    while let Some(item) = walk.next(run)? {
        let kind = run.field(&item, "kind")?;
        if OF_THE_MAKER.iter().any(|word| is_word(&kind, word)) {
            continue;
        }
        let mut says = false;
        for field in fields {
            if let Value::Text(text) = run.field(&item, field)? {
                run.budget.work(text.len() / 8)?;
                says |= !is_filler(&text);
            }
        }
        if says {
            return Ok(Value::Flag(true));
        }
    }
    Ok(Value::Flag(false))
}

fn latest_test<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let mut latest = args.value(0).clone();
    let sort = args.text(1)?;
    let deploy = section(run, "deploy")?;
    let mut walk = run.field(&deploy, "late_tests").and_then(|tests| run.walked(&tests))?;
    while let Some(test) = walk.next(run)? {
        if !is_word(&run.field(&test, "of")?, sort) {
            continue;
        }
        let (at, outcome) = (run.field(&test, "at")?, run.field(&test, "outcome")?);
        let later = match &latest {
            Value::Nothing => true,
            latest => match order(&at, &run.field(latest, "at")?)? {
                std::cmp::Ordering::Equal => is_worse(&outcome, &run.field(latest, "outcome")?),
                ordering => ordering.is_gt(),
            },
        };
        if later {
            latest = test;
        }
    }
    Ok(latest)
}

fn latest_results<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let field = named(run, args)?;
    let mut latest: BTreeMap<Text<'f>, (Value<'f>, Value<'f>, bool)> = BTreeMap::new();
    let mut walk = run.walked(args.value(0))?;
    while let Some(result) = walk.next(run)? {
        let Value::Text(name) = run.field(&result, field)? else { continue };
        let (at, came) = (run.field(&result, "at")?, run.field(&result, "result")?);
        let counts = match latest.get(&*name) {
            None => true,
            Some((_, other, passed)) if at.is_nothing() || other.is_nothing() => *passed,
            Some((_, other, passed)) => match order(&at, other)? {
                std::cmp::Ordering::Equal => *passed,
                ordering => ordering.is_gt(),
            },
        };
        if counts {
            latest.insert(name, (result, at, is_word(&came, "passed")));
        }
    }
    let entries = latest.into_iter().map(|(name, (result, ..))| (name, result)).collect();
    Ok(Value::Map(Rc::new(Map { entries, depth: 1 })))
}

/// The field that is named by the second argument. It lives as long as the facts where the shape of the items has it.
fn named<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Result<&'f str, Stop> {
    let name = args.text(1)?;
    let facts = run.facts;
    let Value::Node(list) = args.value(0) else { return Ok("") };
    let first = facts.tree(list.root).items(list.id).first();
    let shape = first.and_then(|&item| match facts.tree(list.root).value(item) {
        crate::proposal::Value::Object(shape, _) => Some(*shape),
        _ => None,
    });
    match shape {
        Some(shape) => match shape.field(name) {
            Some(field) => Ok(field.name),
            None => Err(crate::policy::tracked::unknown_field(shape, name).into()),
        },
        None => Ok(""),
    }
}

fn worse_outcome<'f>(_: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    Ok(Value::Flag(is_worse(args.value(0), args.value(1))))
}

fn is_worse(outcome: &Value<'_>, other: &Value<'_>) -> bool {
    is_word(outcome, "failed") || is_word(outcome, "passed-with-issues") && is_word(other, "passed")
}

fn is_word(value: &Value<'_>, word: &str) -> bool {
    matches!(value, Value::Text(text) if **text == *word)
}

fn outdated<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (at, days) = (args.moment(0)?.0, args.count(1)?);
    let window = section(run, "window")?;
    let start = if run.facts.phase == Phase::Deploy { Value::Nothing } else { run.field(&window, "start")? };
    let (due, planned) = match start {
        Value::Moment(Moment(start)) => (start, true),
        _ => (run.facts.now, false),
    };
    let age = due.duration_since(at);
    if age <= SignedDuration::from_secs(days.saturating_mul(24 * 60 * 60)) {
        return Ok(Value::Nothing);
    }
    let limit = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    let age = Length(age);
    let is = if planned { format!("will be {age} old when the window begins") } else { format!("is {age} old") };
    Ok(format!("{is}, and {limit} is the limit").into())
}

fn worsens<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let metric = args.value(0);
    let (sort, stated) = (run.field(metric, "metric")?, run.field(metric, "worse_when")?);
    let is = |sorts: &[&str]| sorts.iter().any(|word| is_word(&sort, word));
    let worse = match &stated {
        Value::Nothing if is(FALLING) => "lower",
        Value::Nothing if is(&["sessions"]) => "either",
        Value::Nothing => "higher",
        stated if is_word(stated, "lower") && is(RISING) || is_word(stated, "higher") && is(FALLING) => "either",
        _ => return Ok(stated),
    };
    Ok(worse.into())
}

/// What gets worse by rising, whatever it is called.
const RISING: &[&str] = &["errors", "response-time"];

/// What gets worse by falling.
const FALLING: &[&str] = &["success-rate", "service-status"];

fn baseline_of<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let metric = args.value(0);
    let planned = run.field(metric, "baseline")?;
    if !planned.is_nothing() {
        return Ok(planned);
    }
    let wanted = [run.field(metric, "metric")?, run.field(metric, "name")?];
    let deploy = section(run, "deploy")?;
    let Value::Node(list) = run.field(&deploy, "baseline")? else { return Ok(Value::Nothing) };
    let tree = &*run.facts.proposal;
    let measured = tree.items(list.id);
    run.budget.work(measured.len() / 16)?;
    let same = |&&id: &&NodeId| {
        ["metric", "name"].iter().zip(&wanted).all(|(name, wanted)| {
            let text = tree.get(id, name).and_then(|text| tree.text(text));
            match wanted {
                Value::Text(wanted) => text == Some(&**wanted),
                _ => text.is_none(),
            }
        })
    };
    let found = match measured.iter().find(same) {
        None => unnamed(run, &wanted, measured)?,
        found => found.copied(),
    };
    let Some(id) = found else { return Ok(Value::Nothing) };
    let found = Value::Node(Node { root: Root::Proposal, id });
    for field in ["metric", "name"] {
        run.field(&found, field)?;
    }
    Ok(run.field(&found, "value")?)
}

/// The value of a metric that is the only one of its sort, where it or the value has no name.
fn unnamed<'f>(run: &mut Run<'f>, wanted: &[Value<'f>; 2], measured: &[NodeId]) -> Result<Option<NodeId>, Stop> {
    let tree = &*run.facts.proposal;
    let metrics = tree.path(&["monitoring", "metrics"]).map(|metrics| tree.items(metrics)).unwrap_or_default();
    run.budget.work((metrics.len() + measured.len()) / 16)?;
    let text = |id, name| tree.get(id, name).and_then(|text| tree.text(text));
    let is_of_sort =
        |id: &NodeId| matches!((&wanted[0], text(*id, "metric")), (Value::Text(sort), Some(text)) if **sort == *text);
    if metrics.iter().filter(|&id| is_of_sort(id)).count() != 1 {
        return Ok(None);
    }
    let value = measured.iter().find(|id| is_of_sort(id) && (wanted[1].is_nothing() || text(**id, "name").is_none()));
    Ok(value.copied())
}
