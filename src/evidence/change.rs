//! The change that a run is about, as its record holds it: a replay without it would forget that there was one.

use super::Answer;
use crate::git::{ChangeKind, Commit};
use crate::secrets::without_secrets;
use crate::source::{Place, Source, Span};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The ends of a change, and what it touches of what it is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The trusted end, as it was named.
    pub name: String,
    /// The commit of that.
    pub base: Commit,
    /// The commit that is judged.
    pub head: Commit,
    /// In the order of their paths.
    pub touched: Vec<Touched>,
    /// Whether it touches a file by the name of a proposal, where anybody has to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposals: Option<bool>,
    /// The first of the files that it touches and that are neither that nor of the trusted side, [`Self::MOST_BESIDES`] at most, where anybody has to
    /// know them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub besides: Option<Vec<String>>,
}

/// A file of the trusted side that a change touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Touched {
    /// Where it stands, from the top of the repository; of one that was removed, where it stood.
    pub path: String,
    /// Where it stood before, if it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What happened to it.
    pub kind: ChangeKind,
    /// What it is to the run: `a rule`.
    pub what: String,
    /// The lines around the first one that differs.
    pub excerpt: Excerpt,
}

/// A few lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excerpt {
    /// How many lines stand before them.
    pub before: usize,
    /// Which of them is meant, from 0.
    pub meant: usize,
    /// Them, each without its end.
    pub lines: Vec<String>,
}

/// The longest line that is kept, in characters; no report shows more of one.
const LONGEST: usize = 400;
/// More lines than these stand before no excerpt: of longer texts none is made.
const MOST_BEFORE: usize = 1 << 20;

impl Excerpt {
    /// The line at a byte of a text, with the one before it and the one behind, and without what gives access.
    pub fn of(text: &str, byte: usize) -> Self {
        let number = text[..byte].matches('\n').count();
        let before = number.saturating_sub(1);
        // Of a long line no more is looked through than where a secret begins that would be shown.
        let line = |line: &str| super::shortened(&without_secrets(&super::shortened(line, 8 * LONGEST)), LONGEST);
        let lines: Vec<_> = text.split('\n').skip(before).take(number + 2 - before).map(line).collect();
        Self { before, meant: number - before, lines }
    }

    /// A text in which they stand under their numbers, and the bytes of the one that is meant.
    pub fn laid_out(&self) -> (String, std::ops::Range<usize>) {
        let mut text = "\n".repeat(self.before) + &self.lines[..self.meant].join("\n");
        if self.meant > 0 {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&self.lines[self.meant]);
        let end = text.len();
        for line in &self.lines[self.meant + 1..] {
            text.push('\n');
            text.push_str(line);
        }
        (text, start..end)
    }

    /// One line of a file of which nothing else is known, with its number and the column of its text, both from 0.
    pub fn of_a_line(file: &str, line: usize, column: usize, text: &str) -> Place {
        let (whole, meant) =
            Self { before: line, meant: 0, lines: vec![format!("{}{text}", " ".repeat(column))] }.laid_out();
        Place::new(&Arc::new(Source::new(file, whole)), Span::new(meant.start + column, meant.end))
    }

    fn is_sound(&self) -> bool {
        self.before <= MOST_BEFORE
            && self.meant < self.lines.len()
            && self.lines.iter().all(|line| !line.contains('\n'))
    }
}

impl Change {
    /// So many files are named that are neither proposals nor of the trusted side.
    pub const MOST_BESIDES: usize = 2;

    /// As it is recorded.
    pub fn recorded(&self) -> Answer {
        Answer::known(serde_json::to_value(self).unwrap_or_default())
    }

    /// What is recorded of a run that came to its end before anybody could tell.
    pub fn untold() -> Answer {
        Answer::unavailable(
            "the run came to its end before it was known what the change touches",
            "see why in the reports of that run",
        )
    }

    /// What was recorded; none where the run was about no change.
    ///
    /// # Errors
    /// Why a run can't be judged by it.
    pub(super) fn read(recorded: &Answer) -> Result<Option<Self>, String> {
        match recorded {
            Answer::Absent => Ok(None),
            Answer::Unavailable { why, .. } => Err(why.clone()),
            Answer::Known { value, .. } => {
                let change = Self::deserialize(value).map_err(|error| error.to_string())?;
                let sound = change.touched.iter().all(|touched| touched.excerpt.is_sound());
                if sound { Ok(Some(change)) } else { Err("its `excerpt` has no such lines".to_owned()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Excerpt;

    #[test]
    fn excerpts_stand_under_their_numbers() {
        let text = "a\nb\nc\nd\n";
        for (byte, lines, meant) in
            [(0, "a\nb", "a"), (2, "a\nb\nc", "b"), (4, "\nb\nc\nd", "c"), (6, "\n\nc\nd\n", "d"), (8, "\n\n\nd\n", "")]
        {
            let (laid, range) = Excerpt::of(text, byte).laid_out();
            assert_eq!((laid.as_str(), &laid[range.clone()], range.start), (lines, meant, byte - removed(byte)));
        }
        assert_eq!(Excerpt::of("", 0).laid_out(), (String::new(), 0..0));
        assert_eq!(Excerpt::of(&"é".repeat(500), 0).lines[0].chars().count(), 400);
    }

    #[test]
    fn excerpts_hold_nothing_that_gives_access() {
        let lines = Excerpt::of("env:\n  DEPLOY_TOKEN: \"s3cret\"\n  password: s3cret", 6).lines;
        assert_eq!(lines, ["env:", "  DEPLOY_TOKEN: \"***\"", "  password: ***"]);
        let long = format!("{}https://{}@host", "x".repeat(380), "s3cret".repeat(100));
        assert!(Excerpt::of(&long, 0).lines[0].ends_with("https://***@host"));
    }

    #[test]
    fn a_line_stands_under_its_number_and_column() {
        let place = Excerpt::of_a_line("a.lock", 2, 4, "é b");
        assert_eq!((place.source.text(), place.span.start, place.span.end), ("\n\n    é b", 6, 10));
    }

    /// The bytes of the lines that are not kept.
    fn removed(byte: usize) -> usize {
        (byte / 2).saturating_sub(1)
    }
}
