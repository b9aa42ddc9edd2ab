//! The options of a line.

use crate::lockfiles::text::Line;
use crate::lockfiles::{Format, Unread, quoted};
use std::path::{Component, Path, PathBuf};

#[derive(Debug, Default)]
pub(super) struct Options {
    /// Where packages come from.
    pub places: Vec<String>,
    /// What is to be installed so that it can be changed.
    pub editable: Option<String>,
    pub hashes: Vec<String>,
    /// Other files of the repository that are read as well, from its top.
    pub files: Vec<PathBuf>,
}

/// What an option does to what is installed.
enum Effect {
    Place,
    Editable,
    Hash,
    File,
    /// With a value, or without.
    None(bool),
}

impl Options {
    /// Those of a line in a file of a folder.
    pub fn read(line: Line<'_>, text: &str, folder: &Path) -> Result<Self, Unread> {
        let mut found = Self::default();
        let mut words = words(line, text)?.into_iter();
        while let Some(word) = words.next() {
            let (name, value) = split(&word);
            let unknown = || line.unread(format!("an option that is not known: {}", quoted(&word)));
            let effect = effect(name).ok_or_else(unknown)?;
            if let Effect::None(false) = effect {
                if value.is_some() {
                    return Err(unknown());
                }
                if name == "--no-index" {
                    found.places.push(name.to_owned());
                }
                continue;
            }
            let value = match value.map(str::to_owned).or_else(|| words.next()) {
                Some(value) if !value.is_empty() => value,
                _ => return Err(line.unread(format!("{} without a value", quoted(name)))),
            };
            match effect {
                Effect::Place => found.places.push(value),
                Effect::Hash => found.hashes.push(value),
                Effect::Editable if found.editable.is_some() => return Err(line.unread("`-e` is there twice")),
                Effect::Editable => found.editable = Some(value),
                Effect::File => found.files.push(compared(folder, &value).ok_or_else(|| {
                    line.unread(format!("another file, which is not compared under this name: {}", quoted(&value)))
                })?),
                Effect::None(_) => {}
            }
        }
        Ok(found)
    }
}

/// The file of the repository, which is compared on its own, that a name stands for.
fn compared(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in Path::new(name).components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) => path.push(part),
            // What lies above the repository nobody compares.
            Component::ParentDir if path.pop() => {}
            _ => return None,
        }
    }
    // `${NAME}` is what the environment of pip says.
    let is_list = matches!(Format::of(&path), Some(Format::Requirements | Format::RequirementsLock));
    (is_list && !name.contains("://") && !name.contains("${")).then_some(path)
}

fn effect(name: &str) -> Option<Effect> {
    Some(match name {
        "-i" | "--index-url" | "--pypi-url" | "--extra-index-url" | "-f" | "--find-links" => Effect::Place,
        "-e" | "--editable" => Effect::Editable,
        "--hash" => Effect::Hash,
        "-r" | "--requirement" | "-c" | "--constraint" => Effect::File,
        "--no-binary" | "--only-binary" | "--trusted-host" | "--use-feature" | "--global-option" | "--build-option"
        | "--install-option" | "--config-settings" | "--config-setting" | "-C" => Effect::None(true),
        "--no-index" | "--prefer-binary" | "--require-hashes" | "--pre" => Effect::None(false),
        _ => return None,
    })
}

/// `--name=value`, `-nvalue`, or the name alone.
fn split(word: &str) -> (&str, Option<&str>) {
    if word.starts_with("--") {
        return word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
    }
    match word.char_indices().nth(2) {
        Some((at, _)) => (word.get(..at).unwrap_or(word), word.get(at..)),
        None => (word, None),
    }
}

/// Words as a shell splits them; a quoted one may have spaces in it.
fn words(line: Line<'_>, text: &str) -> Result<Vec<String>, Unread> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for found in text.chars() {
        match (quote, found) {
            (_, '\\') => return Err(line.unread("a `\\` among options")),
            (Some(open), _) if found == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(found);
                word.get_or_insert_default();
            }
            (None, _) if found.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(found),
        }
    }
    words.extend(word);
    if quote.is_some() { Err(line.unread("a quote without an end")) } else { Ok(words) }
}
