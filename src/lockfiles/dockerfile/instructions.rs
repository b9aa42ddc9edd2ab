//! The instructions of a Dockerfile: lines with those that continue them, without comments and without the texts that lie in them (here-documents).

use crate::lockfiles::text::{Line, lines};
use crate::lockfiles::{Unread, quoted};
use crate::source::Source;
use std::iter::Peekable;

#[derive(Debug)]
pub(super) struct File<'t> {
    /// What runs the build, if it says so.
    pub syntax: Option<(Line<'t>, &'t str)>,
    pub instructions: Vec<Instruction<'t>>,
}

#[derive(Debug)]
pub(super) struct Instruction<'t> {
    /// In capitals; of `ONBUILD`, what it is to run.
    pub name: String,
    pub arguments: String,
    /// The line it begins on.
    pub line: Line<'t>,
}

pub(super) fn instructions(source: &Source) -> Result<File<'_>, Unread> {
    let mut lines = lines(source).peekable();
    let (syntax, escape) = directives(&mut lines)?;
    let mut instructions = Vec::new();
    while let Some(line) = lines.next() {
        if is_comment(line.text) || line.text.trim().is_empty() {
            continue;
        }
        let text = logical(line, &mut lines, escape);
        let (mut name, mut arguments) = word(&text);
        if name.eq_ignore_ascii_case("onbuild") {
            (name, arguments) = word(arguments);
        }
        let name = name.to_ascii_uppercase();
        if matches!(name.as_str(), "RUN" | "COPY" | "ADD") {
            for document in here_documents(arguments, escape) {
                skip(line, &mut lines, &document)?;
            }
        }
        instructions.push(Instruction { name, arguments: arguments.to_owned(), line });
    }
    Ok(File { syntax, instructions })
}

type Directives<'t> = (Option<(Line<'t>, &'t str)>, char);

/// `# syntax=` and `# escape=`, which count only before anything else, comments included.
fn directives<'t>(lines: &mut Peekable<impl Iterator<Item = Line<'t>>>) -> Result<Directives<'t>, Unread> {
    let (mut syntax, mut escape) = (None, '\\');
    while let Some(&line) = lines.peek() {
        let text = line.text.trim();
        let Some((key, value)) = text.strip_prefix('#').and_then(|text| text.split_once('=')) else { break };
        match (key.trim().to_ascii_lowercase().as_str(), value.trim()) {
            ("syntax", frontend) => syntax = Some((line, frontend)),
            ("escape", "`") => escape = '`',
            ("escape", "\\") | ("check", _) => {}
            ("escape", _) => return Err(line.unread("an `escape` other than `\\` and `` ` ``")),
            _ => break,
        }
        lines.next();
    }
    Ok((syntax, escape))
}

/// The line with all that continue it; comments and empty lines among them are left out.
fn logical<'t>(first: Line<'t>, lines: &mut impl Iterator<Item = Line<'t>>, escape: char) -> String {
    let mut text = String::new();
    let mut line = first;
    loop {
        let trimmed = line.text.trim_end_matches([' ', '\t']);
        let open = trimmed.strip_suffix(escape).filter(|rest| !rest.ends_with(escape));
        text.push_str(open.unwrap_or(line.text));
        if open.is_none() {
            break;
        }
        match lines.find(|line| !is_comment(line.text) && !line.text.trim().is_empty()) {
            Some(next) => line = next,
            None => break,
        }
    }
    text
}

fn is_comment(text: &str) -> bool {
    text.trim_start().starts_with('#')
}

fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(char::is_whitespace).map_or((text, ""), |(word, rest)| (word, rest.trim_start()))
}

/// The end of a text in the file, and whether tabs before its lines do not count.
struct HereDocument {
    end: String,
    tabs: bool,
}

/// Words outside of quotes that are `<<NAME`, `<<-NAME`, or these with a number before and quotes around the name.
fn here_documents(arguments: &str, escape: char) -> Vec<HereDocument> {
    let mut found = Vec::new();
    for word in shell_words(arguments, escape) {
        let rest = word.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let Some(rest) = rest.strip_prefix("<<") else { continue };
        let (tabs, name) = rest.strip_prefix('-').map_or((false, rest), |name| (true, name));
        let end = name.replace(['"', '\''], "");
        if !end.is_empty() && !name.contains('<') {
            found.push(HereDocument { end, tabs });
        }
    }
    found
}

/// Words with their quotes, in which a space does not end a word.
fn shell_words(text: &str, escape: char) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut quote, mut escaped) = (0, None, false);
    for (at, found) in text.char_indices() {
        match (quote, found) {
            _ if escaped => escaped = false,
            (None | Some('"'), _) if found == escape => escaped = true,
            (Some(open), _) if found == open => quote = None,
            (None, '"' | '\'') => quote = Some(found),
            (None, _) if found.is_whitespace() => {
                words.extend(text.get(start..at));
                start = at + found.len_utf8();
            }
            _ => {}
        }
    }
    words.extend(text.get(start..));
    words
}

fn skip<'t>(line: Line<'_>, lines: &mut impl Iterator<Item = Line<'t>>, document: &HereDocument) -> Result<(), Unread> {
    let ends = |line: &Line<'_>| {
        let text = if document.tabs { line.text.trim_start_matches('\t') } else { line.text };
        text == document.end
    };
    lines
        .find(ends)
        .map(|_| ())
        .ok_or_else(|| line.unread(format!("a here-document without its end {}", quoted(&document.end))))
}
