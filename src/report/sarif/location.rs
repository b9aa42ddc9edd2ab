//! Places as SARIF has them, and texts.

use crate::report::escape;
use crate::report::uri::uri;
use crate::source::Place;
use serde::Serialize;

/// Beyond this many characters a text is a document.
const LONGEST: usize = 2_000;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    logical_locations: Option<[Logical; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

/// From a character to the one before the end, counted from 1.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// The JSON Pointer of a value.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical {
    fully_qualified_name: String,
}

impl Location {
    pub fn of(place: &Place, message: Option<&str>) -> Self {
        let (start, end) = (place.start(), place.end());
        Self {
            physical_location: Physical {
                region: Some(Region {
                    start_line: start.line,
                    start_column: start.column,
                    end_line: end.line,
                    end_column: end.column,
                }),
                ..Physical::of(place.source.name())
            },
            message: message.map(Text::of),
            ..Self::of_file(place.source.name())
        }
    }

    /// A file of which no place is known: its beginning, as viewers show nothing that stands nowhere.
    pub fn of_file(file: &str) -> Self {
        let region = Some(Region { start_line: 1, start_column: 1, end_line: 1, end_column: 1 });
        let physical_location = Physical { region, ..Physical::of(file) };
        Self { id: None, physical_location, logical_locations: None, message: None }
    }

    pub fn at(self, pointer: &str) -> Self {
        let named = (!pointer.is_empty()).then(|| [Logical { fully_qualified_name: inert(pointer) }]);
        Self { logical_locations: named, ..self }
    }

    pub fn numbered(self, at: usize) -> Self {
        Self { id: Some(at), ..self }
    }

    /// Rules of the built-in pack and standard input are no files that anybody could open.
    pub fn is_of_a_file(&self) -> bool {
        let uri = &self.physical_location.artifact_location.uri;
        !uri.starts_with("built-in%3A")
    }
}

impl Physical {
    fn of(file: &str) -> Self {
        Self { artifact_location: Artifact { uri: uri(file), uri_base_id: "%SRCROOT%" }, region: None }
    }
}

/// A message, of which nothing is a placeholder or a link (3.11.5 and 3.11.6 of the standard). All that is a `message` or a
/// `multiformatMessageString` is made here.
#[derive(Debug, Serialize)]
pub(super) struct Text {
    text: String,
}

impl Text {
    /// Cut first, as what stands for one character must not be parted.
    pub fn of(text: &str) -> Self {
        Self { text: literal(&inert(text)) }
    }
}

/// A text as a message that says just that.
///
/// Curly brackets have to be doubled. Square ones and backslashes need a backslash in the text of a link alone and may stay elsewhere; but
/// `[a](b)` that stays is a link, so that each gets one, as CodeQL does for code scanning. Not every viewer takes that back, GitHub's not in every
/// place: a reader then sees a sign too many, and no link that somebody else has chosen.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' => out.push(c),
            '\\' | '[' | ']' => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

/// A text of others where no message stands.
pub(super) fn inert(text: &str) -> String {
    escape::line(text, LONGEST, "…")
}
