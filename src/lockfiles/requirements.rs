//! `requirements.txt` and files of constraints, as pip reads them (<https://pip.pypa.io/en/stable/reference/requirements-file-format/>).
//!
//! Options, which stand on lines of their own or behind a requirement:
//! - `-i`, `--index-url`, `--extra-index-url`, `--no-index`, `-f` and `--find-links` say where packages come from: they are the origin of all pins of
//!   the file;
//! - `-r` and `-c` name another file, which is compared on its own if its name says what it is, and an error if not;
//! - `--hash` is a digest of the requirement before it;
//! - `--no-binary`, `--only-binary`, `--prefer-binary`, `--require-hashes`, `--pre`, `--trusted-host`, `--use-feature`, `--global-option`,
//!   `--build-option`, `--install-option`, `--config-settings` and `-C` say how pip is to work, and pin nothing: they are passed over;
//! - any other is an error.
//!
//! Folders and files of the repository are no pins. `${…}` of the environment stays as written.

mod options;
mod requirement;

use super::text::{Line, lines};
use super::{Pin, Unread, quoted};
use crate::source::Source;
use options::Options;
use std::path::{Path, PathBuf};

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    encoding(source)?;
    let (mut pins, mut places) = (Vec::new(), Vec::new());
    let folder = Path::new(source.name()).parent().unwrap_or(Path::new(""));
    for (line, text) in logical(source) {
        let (requirement, rest) = parts(&text);
        let options = Options::read(line, rest, folder)?;
        places.extend(options.places);
        let written = match (requirement.is_empty(), options.editable) {
            (false, None) => requirement.to_owned(),
            (true, Some(editable)) => editable,
            (true, None) => continue,
            (false, Some(_)) => return Err(line.unread("a requirement and `-e` on one line")),
        };
        if let Some(pin) = requirement::pin(line, &written, &options.hashes)? {
            pins.push(pin);
        }
    }
    if places.is_empty() {
        return Ok(pins);
    }
    let places = places.join(" ");
    if places.len() > super::LONGEST {
        return Err(Unread::whole("more addresses of registries than a pin can name"));
    }
    let from = |pin: Pin| if pin.origin.is_none() { pin.from(Some(&places)) } else { pin };
    Ok(pins.into_iter().map(from).collect())
}

/// The files that it names besides, from the top of the repository, each with the line that names it.
pub(super) fn named(source: &Source) -> Result<Vec<(u32, PathBuf)>, Unread> {
    let folder = Path::new(source.name()).parent().unwrap_or(Path::new(""));
    let mut named = Vec::new();
    for (line, text) in logical(source) {
        let files = Options::read(line, parts(&text).1, folder)?.files;
        named.extend(files.into_iter().map(|file| (line.number, file)));
    }
    Ok(named)
}

/// pip reads a file in the encoding that its first lines name, in which it could say something else than in this one.
fn encoding(source: &Source) -> Result<(), Unread> {
    for line in lines(source).take(2).filter(|line| line.text.trim_start().starts_with('#')) {
        let Some((_, rest)) = line.text.split_once("coding") else { continue };
        let Some(name) = rest.strip_prefix([':', '=']) else { continue };
        let name = name.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
        if !matches!(name.as_str(), "utf-8" | "utf8" | "ascii" | "us-ascii" | "") {
            return Err(line.unread(format!("an encoding other than UTF-8: {}", quoted(&name))));
        }
    }
    Ok(())
}

/// Lines with those that continue them, without comments, each with the line it begins on.
fn logical(source: &Source) -> Vec<(Line<'_>, String)> {
    let mut found = Vec::new();
    let mut open: Option<(Line<'_>, String)> = None;
    for line in lines(source) {
        let comment = line.text.trim_start().starts_with('#');
        let continued = !comment && line.text.ends_with('\\');
        let (first, mut text) = open.take().unwrap_or((line, String::new()));
        if comment {
            text.push(' ');
        }
        text.push_str(if continued { line.text.trim_matches('\\') } else { line.text });
        if continued {
            open = Some((first, text));
        } else {
            found.push((first, text));
        }
    }
    found.extend(open);
    let bare = |(line, text): (_, String)| (line, without_comment(&text).trim().to_owned());
    found.into_iter().map(bare).filter(|(_, text)| !text.is_empty()).collect()
}

/// `#` begins a comment at the beginning and after a space; in `#egg=` and `#sha256=` it has none before it.
fn without_comment(text: &str) -> &str {
    let mut before = ' ';
    for (at, found) in text.char_indices() {
        if found == '#' && before.is_whitespace() {
            return text.get(..at).unwrap_or(text);
        }
        before = found;
    }
    text
}

/// The requirement, and the options from the first word that begins with `-`.
fn parts(text: &str) -> (&str, &str) {
    if text.starts_with('-') {
        return ("", text);
    }
    let option = text
        .match_indices([' ', '\t'])
        .map(|(at, _)| at)
        .find(|&at| text.get(at + 1..).is_some_and(|rest| rest.starts_with('-')));
    let at = option.unwrap_or(text.len());
    (text.get(..at).unwrap_or(text).trim(), text.get(at..).unwrap_or_default().trim())
}
