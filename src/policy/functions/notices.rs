//! What those who are affected are told, and when.

use super::proposal::{section, uncounted};
use super::windows::value;
use super::{Args, Function, fast_track};
use crate::policy::fault::Misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::value::{Length, Map, Moment, Text, Value};
use crate::proposal::Scale;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use std::rc::Rc;

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "untold(audience, topics, lead, longest) -> map",
        doc: "What of some topics (those of `communication.notices[].tells`) a group (`users`, `customers`, `partners`) is not told in time, \
          as a map. `any`: whether a notice goes out to it before the window, and no longer before than `longest`. `never`: the topics \
          that none of these tells, and of which the plan does not say that there is nothing, in words for a sentence. `late`: those that \
          are told less than `lead` before. `last`: the last notice that is late, or `()`. `stale`: the last that goes out longer before \
          than `longest`, or `()`.",
        call: untold,
    },
    Function {
        signature: "untold_window(audience, longest) -> object",
        doc: "The first later one of `work_windows()` before which no notice goes out to a group, or only one that goes out longer before \
              than `longest`; `()` where there is none.",
        call: untold_window,
    },
    Function {
        signature: "notice_lead(usual, strict, emergency) -> duration",
        doc: "How long before the window people are told, of three durations: that of an emergency, of what is held to the stricter form, or \
              the usual one; none where the fast track skips `early-notice`.",
        call: notice_lead,
    },
];

/// The notices to a group, as a window sees them.
#[derive(Default)]
struct Told<'f> {
    any: bool,
    in_time: HashSet<String>,
    late: HashSet<String>,
    last: Value<'f>,
    stale: Value<'f>,
}

fn untold<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let topics = args.texts(run, 1)?;
    let told = told(run, args)?;
    let (mut never, mut late) = (Vec::new(), Vec::new());
    for topic in topics.iter().map(|topic| &**topic).filter(|topic| !told.in_time.contains(*topic)) {
        if told.late.contains(topic) {
            late.push(Value::from(in_words(topic)));
        } else if !is_nothing(run, topic)? {
            never.push(Value::from(in_words(topic)));
        }
    }
    let entries = [
        ("any", Value::Flag(told.any)),
        ("never", never.into_iter().collect()),
        ("late", late.into_iter().collect()),
        ("last", told.last),
        ("stale", told.stale),
    ];
    let entries = entries.into_iter().map(|(name, value)| (Text::Borrowed(name), value)).collect();
    Ok(Value::Map(Rc::new(Map { entries, depth: 2 })))
}

fn untold_window<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let audience = args.value(0).clone();
    args.text(0)?;
    let longest = length(args, 1)?;
    let later = uncounted(run).later_windows()?;
    if later.is_empty() {
        return Ok(Value::Nothing);
    }
    let communication = section(run, "communication")?;
    let mut notices = run.field(&communication, "notices").and_then(|notices| run.walked(&notices))?;
    let mut times = Vec::new();
    while let Some(notice) = notices.next(run)? {
        let to = run.field(&notice, "to")?;
        if run.has(&to, &audience)? {
            times.extend(moment(&run.field(&notice, "at")?));
        }
    }
    times.sort_unstable();
    let told = |start: Timestamp| {
        let before = times[..times.partition_point(|at| *at < start)].last();
        before.is_some_and(|at| start.duration_since(*at) <= longest)
    };
    Ok(later.into_iter().find(|window| !told(window.start)).map_or(Value::Nothing, |window| value(window.node)))
}

fn notice_lead<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let (usual, strict, emergency) = (length(args, 0)?, length(args, 1)?, length(args, 2)?);
    // The one thing that haste makes milder besides the fast track: nobody announces an emergency days ahead.
    let lead = if run.scale() == Scale::Emergency {
        emergency
    } else if run.is_strict() {
        strict
    } else {
        usual
    };
    let lead = if fast_track::skips(run, &"early-notice".into())? { SignedDuration::ZERO } else { lead };
    Ok(Value::Length(Length(lead)))
}

fn told<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Result<Told<'f>, Stop> {
    let audience = args.value(0).clone();
    args.text(0)?;
    let (lead, longest) = (length(args, 2)?, length(args, 3)?);
    let window = section(run, "window")?;
    let start = moment(&run.field(&window, "start")?);
    let communication = section(run, "communication")?;
    let mut notices = run.field(&communication, "notices").and_then(|notices| run.walked(&notices))?;
    let mut told = Told::default();
    while let Some(notice) = notices.next(run)? {
        let to = run.field(&notice, "to")?;
        if !run.has(&to, &audience)? {
            continue;
        }
        let Some(at) = moment(&run.field(&notice, "at")?) else { continue };
        // How long before the window; without one everything is in time.
        let before = start.map(|start| start.duration_since(at));
        match before {
            Some(before) if before <= SignedDuration::ZERO => continue,
            // What was sent so long ago can't have told of this window.
            Some(before) if before > longest => {
                told.stale = notice;
                continue;
            }
            _ => told.any = true,
        }
        let in_time = before.is_none_or(|before| before >= lead);
        let mut tells = run.field(&notice, "tells").and_then(|tells| run.walked(&tells))?;
        while let Some(topic) = tells.next(run)? {
            if let Value::Text(topic) = topic {
                if in_time { &mut told.in_time } else { &mut told.late }.insert(topic.to_string());
            }
        }
        if !in_time {
            told.last = notice;
        }
    }
    Ok(told)
}

/// Whether the plan says that there is nothing of the kind.
fn is_nothing<'f>(run: &mut Run<'f>, topic: &str) -> Result<bool, Stop> {
    let field = match topic {
        "limits" => "limits",
        "avoid" => "avoid",
        _ => return Ok(false),
    };
    let communication = section(run, "communication")?;
    match run.field(&communication, field)? {
        Value::Node(list) => Ok(run.count_items(list)? == 0),
        _ => Ok(false),
    }
}

/// A topic in words for a sentence.
fn in_words(topic: &str) -> String {
    match topic {
        "limits" => "the temporary limits".to_owned(),
        "contact" => "whom to ask".to_owned(),
        "avoid" => "what to avoid".to_owned(),
        other => format!("the {other}"),
    }
}

fn moment(value: &Value<'_>) -> Option<Timestamp> {
    if let Value::Moment(Moment(at)) = value { Some(*at) } else { None }
}

fn length(args: &Args<'_>, number: usize) -> Result<SignedDuration, Misuse> {
    match args.value(number) {
        Value::Length(Length(length)) => Ok(*length),
        _ => Err(args.wrong(number, "a duration")),
    }
}
