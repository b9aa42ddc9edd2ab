//! Why a pattern or a file is not taken: wording beside the data.

use super::NOTHING_TO_JUDGE;
use crate::finding::Fault;
use std::io;
use std::path::Path;

/// A pattern that holds nothing is a variable that was not set, and not the whole folder.
pub(super) fn empty_pattern() -> Fault {
    Fault::new("input/pattern", "a pattern is empty").help("see that the variable that it comes from is set")
}

pub(super) fn no_pattern(text: &str, error: &glob::PatternError) -> Fault {
    Fault::new("input/pattern", format!("`{text}` is no pattern: {}", error.msg))
        .help("`*` is any part of a name, `**` any folders, `?` one character, `[ab]` one of several")
}

pub(super) fn too_many(most: usize) -> Fault {
    Fault::new("input/too-many", format!("more than {most} files")).help("judge them in several runs")
}

pub(super) fn too_deep(pattern: &str, deepest: usize) -> Fault {
    Fault::new(
        "input/too-deep",
        format!(
            "`{pattern}` leads into folders that are nested more than {deepest} deep, and what lies there is not judged"
        ),
    )
    .help("nest the folders less, or run the gate in a folder nearer to them with `-C FOLDER`")
}

/// No pattern at all.
pub(super) fn nothing_named() -> Fault {
    Fault::new(NOTHING_TO_JUDGE, "no proposal is named")
        .help("name files, folders or patterns, or list them in `proposals.paths` of changegate.toml")
}

/// A pattern that names no file; `hidden` is whether it leads to hidden ones, which have to be named.
pub(super) fn nothing(pattern: &str, of: &str, hidden: bool) -> Fault {
    if hidden {
        let message = format!("`{pattern}` names no file but hidden ones, which are passed over");
        return Fault::new(NOTHING_TO_JUDGE, message)
            .help("name the hidden file or folder itself, or write its dot in the pattern");
    }
    if of.starts_with("commit") {
        return Fault::new(NOTHING_TO_JUDGE, format!("`{pattern}` names no file of {of}, which is judged"))
            .help("give the path of a proposal that is committed; without --base that of the work tree is judged");
    }
    Fault::new(NOTHING_TO_JUDGE, format!("`{pattern}` names no file"))
        .help("give the path of a proposal, or write a first one with `changegate init`")
}

pub(super) fn unreadable(name: &str, error: &io::Error) -> Fault {
    Fault::new("input/unreadable", format!("{name} can't be read: {error}"))
        .help("see that it exists and that you may read it")
}

/// A whole path; `inside` is the rest of one that leads into the folder in which the gate runs.
pub(super) fn absolute(name: &str, inside: Option<&Path>) -> Fault {
    let help = match inside {
        Some(path) if !path.as_os_str().is_empty() => format!("name it from there: `{}`", path.display()),
        Some(_) => "name the folder in which the gate runs by `.`".to_owned(),
        None => "name files below the folder in which the gate runs; `-C FOLDER` runs it in another one".to_owned(),
    };
    Fault::new(
        "input/path-escape",
        format!("`{name}` is not read: it is a whole path, and files are named from the folder in which the gate runs"),
    )
    .help(help)
}

pub(super) fn escape(name: &str, why: &str) -> Fault {
    Fault::new("input/path-escape", format!("`{name}` is not read: {why}"))
        .help("name ordinary files below the folder in which the gate runs; `-C FOLDER` runs it in another one")
}
