//! Reporting: findings are recorded in the host the moment a rule makes them, so that none can be lost.

use super::{Args, Function};
use crate::facts::Read;
use crate::finding::{Level, Table};
use crate::policy::fault::{Misuse, misuse};
use crate::policy::reported::shortened;
use crate::policy::run::{Answer, Run};
use crate::policy::value::{Day, Value};

pub const FUNCTIONS: &[Function] = &[
    Function {
        signature: "deny(message)",
        doc: "Records a finding that blocks. It points at the value read last, and lists the values read so far as reasons.",
        call: deny,
    },
    Function { signature: "warn(message)", doc: "Records a finding that is shown and does not block.", call: warn },
    Function { signature: "info(message)", doc: "Records advice.", call: info },
    Function {
        signature: "deny_when(condition, message)",
        doc: "Denies where the condition holds, and warns elsewhere.",
        call: deny_when,
    },
    Function {
        signature: "deny(message, place)",
        doc: "Points at the place: `deny(\"…\", p.window.start)`. An absent place is told as missing.",
        call: deny,
    },
    Function { signature: "warn(message, place)", doc: "In the same way.", call: warn },
    Function { signature: "info(message, place)", doc: "In the same way.", call: info },
    Function { signature: "deny_when(condition, message, place)", doc: "In the same way.", call: deny_when },
    Function {
        signature: ".help(text)",
        doc: "Follows a report: what to do about it, in place of the rule's own help.",
        call: help,
    },
    Function {
        signature: ".also(place, text)",
        doc: "Follows a report: a further place of the same problem, such as the other one of two proposals, and what is to be said of it.",
        call: also,
    },
    Function {
        signature: ".table(rows)",
        doc: "Follows a report: of what a figure in its message is made, a row for each part: `.table([[\"backup\", minutes(25)], [\"upgrade\", minutes(50)]])`. \
              Formats with room for it show a table, and the others the rows in brackets at the end of the message. Of more than 50 rows the \
              others are counted.",
        call: table,
    },
    Function {
        signature: "owe(id, what, due)",
        doc: "Records what was left out and is owed afterwards: a name for it, what it is, and its last day (a date, or `()`). Every \
              report lists it with the value read last as its place. It blocks nothing by itself.",
        call: owe,
    },
];

/// Further places of one finding, and rows of its table: more than these nobody looks at.
const MOST_PLACES: usize = 50;

fn deny<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    report(run, Level::Deny, args, 0)
}

fn warn<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    report(run, Level::Warn, args, 0)
}

fn info<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    report(run, Level::Info, args, 0)
}

fn deny_when<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let level = if args.flag(0)? { Level::Deny } else { Level::Warn };
    report(run, level, args, 1)
}

/// Reports the message that is an argument, at the place that may be the next one.
fn report<'f>(run: &mut Run<'f>, level: Level, args: &Args<'f>, message: usize) -> Answer<'f> {
    let text = args.text(message)?;
    if text.trim().is_empty() {
        let help = "say what is wrong with this proposal, with its own values";
        return Err(misuse("policy/wrong-type", "the message of its report is empty", help).into());
    }
    if args.len() > message + 1 {
        let read = place(run, args, message + 1, None)?;
        run.reads.point(read);
    }
    Ok(Value::Report(run.report(level, text)?))
}

fn place<'f>(run: &mut Run<'f>, args: &Args<'f>, number: usize, but: Option<Read>) -> Result<Read, Misuse> {
    let value = args.value(number);
    let known = match run.place_of(value, args.origin, but) {
        Some(read) => Some(read),
        None => run.written(value, but)?,
    };
    known.ok_or_else(|| {
        let help = "give it a field: `deny(\"…\", p.window.start)`";
        misuse("policy/no-place", "the place of its report is no field that it has read", help)
    })
}

fn help<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let report = args.report(0)?;
    let text = shortened(args.text(1)?);
    if let Some(reported) = run.reported.get_mut(report) {
        reported.help = Some(text);
    }
    Ok(Value::Report(report))
}

fn also<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let report = args.report(0)?;
    let told = run.reported.get(report).and_then(|reported| reported.primary);
    let read = place(run, args, 1, told)?;
    let text = shortened(args.text(2)?);
    if let Some(reported) = run.reported.get_mut(report) {
        if reported.also.len() == MOST_PLACES {
            let message = format!("it gives more than {MOST_PLACES} places to one report");
            return Err(misuse("policy/limit-findings", message, "name some, and say how many there are").into());
        }
        reported.also.push((read, text));
    }
    Ok(Value::Report(report))
}

fn table<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let report = args.report(0)?;
    let (mut rows, mut left_out) = (Vec::new(), 0);
    let mut walk = run.walked(args.value(1))?;
    while let Some(row) = walk.next(run)? {
        let Value::List(row) = &row else { return Err(no_row().into()) };
        let [what, much] = row.items.as_slice() else { return Err(no_row().into()) };
        if rows.len() == MOST_PLACES {
            left_out += 1;
            continue;
        }
        let (mut told, mut size) = (String::new(), String::new());
        run.write(&mut told, what)?;
        run.write(&mut size, much)?;
        rows.push((shortened(&told), shortened(&size)));
    }
    if left_out > 0 {
        rows.push(("and more".to_owned(), plural(left_out)));
    }
    let Some(reported) = run.reported.get_mut(report).filter(|_| !rows.is_empty()) else {
        return Ok(Value::Report(report));
    };
    if reported.table.is_some() {
        let help = "put all rows into one: `.table(rows + more)`";
        return Err(misuse("policy/wrong-type", "it gives a second table to one report", help).into());
    }
    let headline = reported.message.len();
    let told: Vec<String> = rows.iter().map(|(what, much)| format!("{what} {much}")).collect();
    reported.message = shortened(&format!("{} ({})", reported.message, told.join(", ")));
    reported.table = Some(Table { headline, rows });
    Ok(Value::Report(report))
}

fn plural(rows: usize) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

fn no_row() -> Misuse {
    let message = "a row of a table is a list of two: what, and how much";
    misuse("policy/wrong-type", message, "`.table([[\"backup\", minutes(25)], [\"upgrade\", minutes(50)]])`")
}

fn owe<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let due = match args.value(2) {
        Value::Day(Day(due)) => Some(*due),
        Value::Nothing => None,
        _ => return Err(args.wrong(2, "a date or `()`").into()),
    };
    run.owe(args.text(0)?, args.text(1)?, due);
    Ok(Value::Nothing)
}
