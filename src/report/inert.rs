//! JSON, two spaces a level, that is inert on a terminal: what hides or orders a terminal about is written as `\u` and four
//! digits, which means the same to every reader of JSON.

use super::escape::{is_command, is_hidden};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use std::io::{self, Result, Write};

/// Writes a value that stands so many levels deep.
pub(super) fn write(out: &mut impl Write, depth: usize, value: &impl Serialize) -> Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Inert::at(depth));
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// serde_json's own pretty form with more escapes, able to begin inside of an object.
struct Inert(PrettyFormatter<'static>);

impl Inert {
    /// For a value that stands so many levels deep.
    fn at(depth: usize) -> Self {
        let mut formatter = PrettyFormatter::new();
        for _ in 0..depth {
            // Raises the level; what it writes has been written.
            let _: Result<()> = formatter.begin_array(&mut std::io::sink());
        }
        Self(formatter)
    }
}

macro_rules! as_the_pretty_form_does {
    ($($name:ident($($flag:ident: bool)?);)*) => {
        $(fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $flag: bool)?) -> Result<()> {
            self.0.$name(writer $(, $flag)?)
        })*
    };
}

impl Formatter for Inert {
    as_the_pretty_form_does! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        begin_object_value();
        end_object_value();
    }

    /// Called with what JSON itself lets stand in a string.
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> Result<()> {
        let mut written = 0;
        // A command to a CI runner is one wherever it stands in a line.
        let hidden = |at: usize, c: char| is_hidden(c) || (c == '[' && is_command(&fragment[..at], c));
        for (at, c) in fragment.char_indices().filter(|&(at, c)| hidden(at, c)) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}
