//! The standard streams and what they can show.

use crate::report::{Options, Verbosity};
use std::io::{self, BufWriter, IsTerminal, Write};

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

/// What is known of the streams of this run.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    color: Color,
    width: usize,
    unicode: bool,
}

impl Terminal {
    pub fn of(color: Color) -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)));
        Self { color, width: width.unwrap_or(100), unicode: unicode() }
    }

    pub fn stdout(&self) -> impl Write + use<> {
        BufWriter::with_capacity(1 << 16, io::stdout().lock())
    }

    pub fn stderr(&self) -> impl Write + use<> {
        BufWriter::new(io::stderr().lock())
    }

    /// How a report on standard output may look.
    pub fn options(&self, verbosity: Verbosity) -> Options {
        Options { width: self.width, color: self.colored(io::stdout().is_terminal()), unicode: self.unicode, verbosity }
    }

    /// How a report on standard error may look.
    pub fn error_options(&self, verbosity: Verbosity) -> Options {
        Options { color: self.colored(io::stderr().is_terminal()), ..self.options(verbosity) }
    }

    pub fn color(&self) -> bool {
        self.colored(io::stdout().is_terminal())
    }

    pub const fn width(&self) -> usize {
        self.width
    }

    fn colored(&self, is_terminal: bool) -> bool {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                !set("NO_COLOR") && (set("CLICOLOR_FORCE") || is_terminal && !dumb)
            }
        }
    }
}

/// Whether the locale takes more than ASCII. Without any locale, as on most build machines, UTF-8 is a safe guess: their logs
/// are shown in browsers.
fn unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8") || locale == "c" || locale == "posix"
    })
}
