//! CODEOWNERS: who owns which paths. The last line that matches a path says it.
//!
//! Read as GitHub documents it in "About code owners". GitHub passes over a line that it can't read; here such a line is told, as whoever wrote it
//! meant somebody.

use super::pattern::Pattern;
use std::fmt;

/// Where it may stand, in the order in which GitHub looks.
pub const CODEOWNERS: [&str; 3] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];

/// Past this GitHub reads none of it.
const LARGEST: usize = 3 << 20;
/// The most lines that are told of what can't be read.
const MOST_UNREAD: usize = 20;

/// A file of that name.
#[derive(Debug, Clone, Default)]
pub struct Codeowners {
    rules: Vec<Rule>,
    /// The lines that can't be read, from the top. Where there are any it can't be told who owns what.
    pub unread: Vec<Unread>,
}

#[derive(Debug, Clone)]
struct Rule {
    pattern: Pattern,
    owners: Vec<Owner>,
}

/// Somebody who owns paths.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// `@bo`, without the `@`.
    User(String),
    /// `@acme/database`, without the `@`, as [`Client::membership`](super::Client::membership) takes it.
    Team(String),
    /// `bo@example.com`.
    Mail(String),
}

impl Owner {
    /// Reads an owner; none for what is none.
    pub fn parse(word: &str) -> Option<Self> {
        let plain = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        };
        match word.strip_prefix('@') {
            Some(name) => match name.split_once('/') {
                Some((org, team)) if plain(org) && plain(team) => Some(Self::Team(name.to_owned())),
                None if plain(name) => Some(Self::User(name.to_owned())),
                _ => None,
            },
            None => {
                let (user, host) = word.split_once('@')?;
                let whole = !user.is_empty() && host.contains('.') && !host.contains(['@', '/']);
                whole.then(|| Self::Mail(word.to_owned()))
            }
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(name) | Self::Team(name) => write!(f, "@{name}"),
            Self::Mail(mail) => f.write_str(mail),
        }
    }
}

/// A line that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its number, from 1.
    pub line: usize,
    /// The column of what can't be read, from 1, in characters.
    pub column: usize,
    /// Why: lower case, no full stop.
    pub why: String,
}

impl Codeowners {
    /// Reads the text of such a file.
    ///
    /// ```
    /// use changegate::github::{Codeowners, Owner};
    /// let read = Codeowners::parse("* @ada\n/db/ @acme/database # theirs\n/db/README.md\n");
    /// assert_eq!(read.owners("db/schema.sql"), [Owner::Team("acme/database".to_owned())]);
    /// assert!(read.owners("db/README.md").is_empty());
    /// assert!(read.unread.is_empty());
    /// ```
    pub fn parse(text: &str) -> Self {
        let mut read = Self::default();
        if text.len() > LARGEST {
            let why = format!("the file has more than the {LARGEST} bytes that GitHub reads");
            read.unread.push(Unread { line: 1, column: 1, why });
            return read;
        }
        for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            match rule(line) {
                Ok(rule) => read.rules.extend(rule),
                Err((column, why)) if read.unread.len() < MOST_UNREAD => {
                    read.unread.push(Unread { line: index + 1, column, why });
                }
                Err(_) => {}
            }
        }
        read
    }

    /// Who owns a path from the top of the repository; nobody where no line says it, or one that names nobody.
    pub fn owners(&self, path: &str) -> &[Owner] {
        let last = self.rules.iter().rfind(|rule| rule.pattern.matches(path));
        last.map_or(&[], |rule| &rule.owners)
    }
}

/// Reads a line; none if it says nothing.
fn rule(line: &str) -> Result<Option<Rule>, (usize, String)> {
    let words = words(line);
    let Some((first, rest)) = words.split_first() else { return Ok(None) };
    let at = |start: usize| line.get(..start).map_or(1, |before| before.chars().count() + 1);
    let refused = |(start, word): (usize, &str), why: &str| (at(start), format!("`{word}` can't be read: {why}"));
    let shown = |word: (usize, String)| (word.0, crate::exchange::told(&word.1));
    let pattern = Pattern::new(first.1).map_err(|why| {
        let (start, word) = shown((first.0, first.1.to_owned()));
        refused((start, &word), why)
    })?;
    let owners = rest.iter().map(|&(start, word)| {
        Owner::parse(word).ok_or_else(|| {
            let (start, word) = shown((start, word.to_owned()));
            refused((start, &word), "an owner is `@user`, `@organisation/team` or a mail")
        })
    });
    Ok(Some(Rule { pattern, owners: owners.collect::<Result<_, _>>()? }))
}

/// The words of a line with their starts, up to a comment. A space that belongs to a path has a backslash before it.
fn words(line: &str) -> Vec<(usize, &str)> {
    let (mut words, mut start, mut escaped) = (Vec::new(), None, false);
    for (at, letter) in line.char_indices() {
        let space = letter.is_whitespace() && !escaped;
        match start {
            None if space => {}
            None if letter == '#' => return words,
            None => start = Some(at),
            Some(begin) if space => {
                words.push((begin, &line[begin..at]));
                start = None;
            }
            Some(_) => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    if let Some(begin) = start {
        words.push((begin, &line[begin..]));
    }
    words
}
