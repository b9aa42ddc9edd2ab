//! Colours and characters.

use super::snippet::{Kind, Room, Snippet};
use crate::finding::Level;
use crate::report::Options;
use crate::verdict::Outcome;
use anstyle::{AnsiColor, Style};
use miette::{GraphicalReportHandler, GraphicalTheme, Severity, ThemeCharacters, ThemeStyles};
use textwrap::{WordSeparator, WordSplitter};

/// Columns wider than this tire the eye.
const WIDEST: usize = 120;
/// Narrower than this nothing can be laid out, whatever the terminal says.
const NARROWEST: usize = 20;
/// Narrower than this nothing is left beside the name of a row: its text stands below.
const NARROW: usize = 40;
const INDENT_BELOW: usize = 4;
/// Where the text of a row begins: two blanks, its name, a blank.
const INDENT: usize = 11;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const NAME: Style = colour(AnsiColor::Cyan);

const fn colour(colour: AnsiColor) -> Style {
    BOLD.fg_color(Some(anstyle::Color::Ansi(colour)))
}

pub(super) const fn of_level(level: Level) -> Style {
    match level {
        Level::Deny => colour(AnsiColor::Red),
        Level::Warn => colour(AnsiColor::Yellow),
        Level::Info => colour(AnsiColor::Cyan),
    }
}

pub(super) const fn of_outcome(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Pass => colour(AnsiColor::Green),
        Outcome::Blocked => colour(AnsiColor::Red),
        Outcome::Undecided => colour(AnsiColor::Yellow),
    }
}

/// How a report looks on the terminal at hand.
#[derive(Debug)]
pub(super) struct Paint {
    width: usize,
    color: bool,
    unicode: bool,
}

impl Paint {
    pub(super) fn new(options: &Options) -> Self {
        Self { width: options.width.clamp(NARROWEST, WIDEST), color: options.color, unicode: options.unicode }
    }

    pub(super) fn room(&self) -> Room {
        Room { width: self.width, ellipsis: self.ellipsis() }
    }

    pub(super) const fn width(&self) -> usize {
        self.width
    }

    pub(super) const fn is_unicode(&self) -> bool {
        self.unicode
    }

    pub(super) const fn ellipsis(&self) -> &'static str {
        if self.unicode { "…" } else { "..." }
    }

    pub(super) fn text(&self, style: Style, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// A row of the small table under a finding or in the summary: a name and a text, wrapped beside it. Without a name it
    /// goes on with the row above.
    pub(super) fn row(&self, out: &mut String, name: &str, text: &str) {
        let rest = " ".repeat(if self.width < NARROW { INDENT_BELOW } else { INDENT });
        let first = if self.width >= NARROW {
            format!("  {}{}", self.text(NAME, name), " ".repeat((INDENT - 2).saturating_sub(name.len())))
        } else {
            if !name.is_empty() {
                out.push_str(&format!("  {}\n", self.text(NAME, name)));
            }
            rest.clone()
        };
        self.wrapped(out, text, &first, &rest);
    }

    /// A text over as many lines as it takes, after what the first and what the others begin with.
    pub(super) fn wrapped(&self, out: &mut String, text: &str, first: &str, rest: &str) {
        // Paths, pointers and digests are copied from here: better too long for the line than in two pieces.
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        out.push_str(&textwrap::fill(text, options));
        out.push('\n');
    }

    /// miette's own handler for one snippet. miette hands its colours out in the order of the labels, so they are dealt to
    /// suit: the primary place in the colour of the severity, the reasons in a calm one.
    pub(super) fn miette(&self, severity: Severity, snippet: Option<&Snippet>) -> GraphicalReportHandler {
        let mut styles = if self.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        let primary = match severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Advice => styles.advice,
        };
        if let Some(snippet) = snippet.filter(|_| self.color) {
            let reason = styles.help;
            let deal = |kind| if kind == Kind::Primary { primary } else { reason };
            styles.highlights = snippet.kinds().map(deal).collect();
        }
        let characters = if self.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_width(self.width)
            .with_links(false)
            .with_context_lines(1)
            .with_word_separator(WordSeparator::AsciiSpace)
            .with_word_splitter(WordSplitter::NoHyphenation)
            .without_syntax_highlighting()
    }
}
