//! One page: its blocks are run in their order, and what they show is what it shows.

use super::block::{Block, blocks};
use super::session::Session;
use jiff::civil::Date;
use snapbox::Data;
use snapbox::filter::NormalizeToExpected;
use std::fs;

/// A document with every block of commands and every excerpt as they are now.
pub fn brought_up_to_date(document: &str, text: &str) -> String {
    let mut session = None;
    let mut current = String::new();
    let mut lines = text.lines().enumerate();
    let mut blocks = blocks(document, text).into_iter().peekable();
    while let Some((index, line)) = lines.next() {
        current.push_str(line);
        current.push('\n');
        let Some(block) = blocks.next_if(|block| block.line == index + 1) else { continue };
        let shown = match block.mark.and_then(|mark| mark.strip_prefix("from: ")) {
            Some(file) => excerpt(file),
            None if block.mark.is_none() && block.is_of_commands() => {
                run(&block, session.get_or_insert_with(|| Session::new(document, today(text))))
            }
            None => block.text(),
        };
        current.push_str(&shown);
        current.push_str("```\n");
        lines.by_ref().take(block.lines.len() + 1).for_each(drop);
    }
    current
}

/// The day on which a page was written, if it says so.
fn today(text: &str) -> Option<Date> {
    let (_, rest) = text.split_once("<!-- today: ")?;
    Some(rest.split(' ').next()?.parse().expect("a date"))
}

/// A block of commands as it is when they have been run.
fn run(block: &Block<'_>, session: &mut Session) -> String {
    match block.language {
        "console" => return console(block, session),
        "diff" => session.change(&block.lines, block.line),
        _ => session.succeed(&block.text(), block.line),
    }
    block.text()
}

fn excerpt(from: &str) -> String {
    let (path, lines) = from.split_once(", lines ").unwrap_or((from, "1-1000000"));
    let (first, last) = lines.split_once('-').unwrap();
    let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().skip(first - 1).take(last + 1 - first).map(|line| format!("{line}\n")).collect()
}

/// A block with what its commands print now. What it leaves out stays left out.
fn console(block: &Block<'_>, session: &mut Session) -> String {
    let starts: Vec<_> = (0..block.lines.len()).filter(|&line| block.lines[line].starts_with("$ ")).collect();
    assert!(starts.first() == Some(&0), "line {}: a block of `console` begins with `$ ` and a command", block.line);
    let ends = starts.iter().skip(1).copied().chain([block.lines.len()]);
    let mut shown = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let more = block.lines[start + 1..end].iter().take_while(|line| line.starts_with("> ")).count();
        let (command, output) = block.lines[start..end].split_at(1 + more);
        let text: Vec<_> = command.iter().map(|line| &line[2..]).collect();
        let printed = session.print(&text.join("\n"), block.line + start + 1);
        let mut expected: String = output.iter().map(|line| format!("{line}\n")).collect();
        expected.truncate(expected.trim_end().len());
        let printed =
            NormalizeToExpected::new().redact().normalize(Data::text(printed.trim_end()), &Data::text(expected));
        let mut lines = command.iter().map(|line| format!("{line}\n")).collect::<String>();
        let printed = printed.render().expect("text");
        if !printed.is_empty() {
            lines += &format!("{printed}\n");
        }
        shown.push(lines);
    }
    // One empty line between two commands.
    shown.join("\n")
}
