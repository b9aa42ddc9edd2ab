//! The words that the texts of a parameter are held to: those of a field of the proposal, or the names of an object's fields.
//!
//! A word that the model does not have matches nothing, so that a rule with a misspelt one would say less, and nobody would notice.

use super::Unit;
use crate::proposal::model::PROPOSAL;
use crate::proposal::problem::nearest;
use crate::proposal::shape::Kind;
use std::fmt;

/// The words at a path of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary<'a> {
    /// The path: `freeze.covers`, `compatibility.areas[].status`, `record.backup`.
    pub of: &'a str,
    /// [`Unit::Words`] of a field, [`Unit::Fields`] of an object.
    pub unit: Unit,
    /// All there are, in the order of the model.
    pub words: Vec<&'static str>,
}

impl<'a> Vocabulary<'a> {
    /// What there is at a path.
    ///
    /// # Errors
    /// Where there is no such field, or one without words; with the path that was probably meant, if one is near.
    pub fn at(of: &'a str) -> Result<Self, Option<String>> {
        let mut kind = &Kind::Object(&PROPOSAL);
        let mut way = String::new();
        for part in of.split('.') {
            let (name, listed) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
            let Kind::Object(object) = kind else { return Err(None) };
            let rest = &of[way.len() + part.len()..];
            let instead = |part: &str| format!("{way}{part}{rest}");
            let Some(field) = object.field(name) else {
                let near = nearest(name, object.fields.iter().map(|field| field.name));
                return Err(near.map(|near| instead(&part.replace(name, near))));
            };
            kind = match (&field.kind, listed) {
                // The way into the objects of a list is written with brackets.
                (Kind::List(item @ Kind::Object(_)), true) => item,
                (Kind::List(Kind::Object(_)), false) => return Err(Some(instead(&format!("{name}[]")))),
                (Kind::List(item), false) => item,
                (kind, false) => kind,
                (_, true) => return Err(Some(instead(name))),
            };
            way.push_str(part);
            way.push('.');
        }
        match kind {
            Kind::Choice(choices) => {
                Ok(Self { of, unit: Unit::Words, words: choices.iter().map(|choice| choice.word).collect() })
            }
            Kind::Object(object) => {
                Ok(Self { of, unit: Unit::Fields, words: object.fields.iter().map(|field| field.name).collect() })
            }
            _ => Err(None),
        }
    }

    /// What to do about a word that is none of these; nothing where it is one.
    pub fn lacks(&self, word: &str) -> Option<String> {
        if self.words.contains(&word) {
            return None;
        }
        Some(match nearest(word, self.words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the {} of `{}` are {}", self.unit.as_str(), self.of, self.words.join(", ")),
        })
    }
}

/// What they are called: words of `freeze.covers`.
impl fmt::Display for Vocabulary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of `{}`", self.unit.as_str(), self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, Vocabulary};

    #[test]
    fn a_path_leads_to_words_or_to_fields() {
        for (path, unit, word) in [
            ("freeze.covers", Unit::Words, "database"),
            ("change.kind", Unit::Words, "software"),
            ("approvals[].role", Unit::Words, "owner"),
            ("fast_track.severity", Unit::Words, "high"),
            ("compatibility.areas[].evidence[].kind", Unit::Words, "pilot"),
            ("record.backup", Unit::Fields, "location"),
            ("record.installed[]", Unit::Fields, "firmware"),
        ] {
            let found = Vocabulary::at(path).map(|found| (found.unit, found.words.contains(&word)));
            assert_eq!(found, Ok((unit, true)), "{path}");
        }
        for (path, near) in [
            ("freeze.cover", Some("freeze.covers")),
            ("freze.covers", Some("freeze.covers")),
            ("compatibility.areas.status", Some("compatibility.areas[].status")),
            ("compatibility.ares[].status", Some("compatibility.areas[].status")),
            ("freeze.covers[]", Some("freeze.covers")),
            ("freeze[].covers", Some("freeze.covers")),
            ("freeze.covers.more", None),
            ("reason.purpose", None),
            ("", None),
        ] {
            assert_eq!(Vocabulary::at(path), Err(near.map(str::to_owned)), "{path}");
        }
    }
}
