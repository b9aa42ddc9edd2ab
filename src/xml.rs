//! XML that comes with a pull request: reports of tests, manifests.
//!
//! The parser takes the square of the number of attributes and of namespaces, and a document type can name other files, or texts that double
//! with each use. So what has many of the former is refused before it is parsed, and no document type is read.

use crate::source::Position;
pub use roxmltree::Node;
use roxmltree::{Document, ParsingOptions};

/// How many attributes an element may have, and how many namespaces there may be.
const MOST_ATTRIBUTES: usize = 100;

/// Why a text can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Why: lower case, no full stop.
    pub why: String,
    /// Where, as far as that is known.
    pub at: Option<Position>,
}

/// Parses a text that has at most so many elements, texts and comments.
///
/// # Errors
/// When it is no XML, or more than is read.
///
/// ```
/// let document = changegate::xml::parse("<a><b/></a>", 10).unwrap();
/// assert_eq!(document.root_element().tag_name().name(), "a");
/// assert!(changegate::xml::parse("<!DOCTYPE a><a/>", 10).is_err());
/// ```
pub fn parse(text: &str, most: u32) -> Result<Document<'_>, Unread> {
    few_attributes(text)?;
    let options = ParsingOptions { nodes_limit: most, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        Unread { why: format!("it is no XML: {error}"), at: Some(Position { line: at.row, column: at.col }) }
    })
}

/// Refuses what the parser would spend the square of its length on. What is no tag (a comment, say) is gone past; where the text is no XML,
/// the parser ends before or at the place where this one goes astray.
fn few_attributes(xml: &str) -> Result<(), Unread> {
    let refused = |why: &str| Unread { why: why.to_owned(), at: None };
    if xml.matches("xmlns").count() > MOST_ATTRIBUTES {
        return Err(refused("it has more namespaces than anything that is read has a use for"));
    }
    let mut at = 0;
    while let Some(start) = xml.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let rest = xml.get(start..).unwrap_or_default();
        let other = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
            .into_iter()
            .find(|(begin, _)| rest.starts_with(begin));
        let length = match other {
            Some((begin, end)) => {
                rest.get(begin.len()..).and_then(|rest| rest.find(end)).map(|found| begin.len() + found)
            }
            None => tag(rest).ok_or_else(|| refused("it has an element with too many attributes"))?,
        };
        let Some(length) = length else { break };
        at = start + length + 1;
    }
    Ok(())
}

/// The length of a tag up to its `>`, if it has one; none at all where it has too many attributes.
fn tag(text: &str) -> Option<Option<usize>> {
    let (mut quote, mut attributes) = (None, 0);
    for (at, found) in text.bytes().enumerate() {
        match (quote, found) {
            (Some(open), _) if found == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(Some(at)),
            (None, b'"' | b'\'') => quote = Some(found),
            (None, b'=') if attributes == MOST_ATTRIBUTES => return None,
            (None, b'=') => attributes += 1,
            _ => {}
        }
    }
    Some(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn many_attributes_are_refused_and_not_parsed() {
        let mut many = "<a".to_owned();
        for number in 0..200_000 {
            let _ = write!(many, " a{number}='>'");
        }
        for (text, why) in [
            (many.clone() + "/>", "it has an element with too many attributes"),
            (format!("<!-- <a --><?x <a?><![CDATA[<]]>{many}"), "it has an element with too many attributes"),
            ("<a xmlns:b='c'/>".repeat(101), "it has more namespaces than anything that is read has a use for"),
        ] {
            assert_eq!(parse(&text, 10).map(drop), Err(Unread { why: why.to_owned(), at: None }));
        }
        let hundred: String = (0..100).map(|number| format!(" a{number}='='")).collect();
        assert!(parse(&format!("<a{hundred}/>"), 10).is_ok());
    }

    #[test]
    fn what_is_no_xml_is_refused_with_its_place() {
        let error = parse("<a>\n  <b></a>", 10).map(drop).expect_err("no XML");
        assert_eq!(error.at.map(|at| at.line), Some(2));
        assert!(parse("<a><b/><b/></a>", 2).is_err());
    }
}
