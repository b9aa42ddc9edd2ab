//! `.terraform.lock.hcl` (<https://developer.hashicorp.com/terraform/language/files/dependency-lock>): blocks of `provider` with texts and lists
//! of texts. No more of HCL is read than Terraform writes there.

use super::{Ecosystem, Pin, Unread, quoted, text};
use crate::source::Source;

pub(super) fn read(source: &Source) -> Result<Vec<Pin>, Unread> {
    let mut scan = Scan { source, at: 0 };
    let mut pins = Vec::new();
    while let Some((at, token)) = scan.next()? {
        match token {
            Token::Word("provider") => pins.push(provider(&mut scan, at)?),
            _ => return Err(text::unread(source, at, "a block that is no `provider`")),
        }
    }
    // Terraform writes its remark even where there is no provider.
    if source.text().trim().is_empty() { Err(Unread::whole("it is empty")) } else { Ok(pins) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Word(&'t str),
    Text(&'t str),
    Sign(char),
}

fn provider(scan: &mut Scan<'_>, start: usize) -> Result<Pin, Unread> {
    let name = scan.text()?;
    scan.sign('{')?;
    let (mut version, mut hashes) = (None, Vec::new());
    loop {
        match scan.needed()? {
            (_, Token::Sign('}')) => break,
            (_, Token::Word(key @ ("version" | "constraints"))) => {
                scan.sign('=')?;
                let value = scan.text()?;
                if key == "version" && version.replace(value).is_some() {
                    return Err(text::unread(scan.source, start, "`version` is there twice"));
                }
            }
            (_, Token::Word("hashes")) => {
                scan.sign('=')?;
                hashes = list(scan)?;
            }
            (at, _) => return Err(text::unread(scan.source, at, "neither `version`, `constraints` nor `hashes`")),
        }
    }
    let version = version.ok_or_else(|| text::unread(scan.source, start, "a provider without `version`"))?;
    Ok(Pin::new(Ecosystem::Terraform, name, version, text::line(scan.source, start)).digest(hashes))
}

fn list<'t>(scan: &mut Scan<'t>) -> Result<Vec<&'t str>, Unread> {
    scan.sign('[')?;
    let mut items = Vec::new();
    loop {
        match scan.needed()? {
            (_, Token::Sign(']')) => return Ok(items),
            (_, Token::Sign(',')) => {}
            (_, Token::Text(item)) => items.push(item),
            (at, _) => return Err(text::unread(scan.source, at, "no list of texts")),
        }
    }
}

struct Scan<'t> {
    source: &'t Source,
    at: usize,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        self.source.text().get(self.at..).unwrap_or_default()
    }

    /// The next token and where it begins, past space and comments.
    fn next(&mut self) -> Result<Option<(usize, Token<'t>)>, Unread> {
        loop {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start().len();
            let rest = rest.trim_start();
            if rest.starts_with('#') || rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                let end = comment.find("*/").ok_or_else(|| self.unread("a comment without an end"))?;
                self.at += end + 4;
            } else {
                break;
            }
        }
        let (start, rest) = (self.at, self.rest());
        let token = match rest.chars().next() {
            None => return Ok(None),
            Some('"') => {
                let inner = rest.get(1..).and_then(|rest| rest.split_once(['"', '\n', '\\', '$', '%']));
                let inner = inner.filter(|(inner, _)| rest.as_bytes().get(inner.len() + 1) == Some(&b'"'));
                let wrong = || self.unread("a text without an end, or with more than letters");
                Token::Text(inner.ok_or_else(wrong)?.0)
            }
            Some(sign @ ('{' | '}' | '[' | ']' | '=' | ',')) => Token::Sign(sign),
            Some(letter) if letter.is_ascii_alphabetic() => {
                let end = rest.find(|found: char| !found.is_ascii_alphanumeric() && found != '_').unwrap_or(rest.len());
                Token::Word(rest.get(..end).unwrap_or_default())
            }
            Some(other) => {
                return Err(self.unread(format!("what does not belong there: {}", quoted(&other.to_string()))));
            }
        };
        self.at += match token {
            Token::Word(word) => word.len(),
            Token::Text(inner) => inner.len() + 2,
            Token::Sign(_) => 1,
        };
        Ok(Some((start, token)))
    }

    fn needed(&mut self) -> Result<(usize, Token<'t>), Unread> {
        self.next()?.ok_or_else(|| self.unread("it ends in the midst of a block"))
    }

    fn text(&mut self) -> Result<&'t str, Unread> {
        match self.needed()? {
            (_, Token::Text(text)) if !text.is_empty() => Ok(text),
            (at, _) => Err(text::unread(self.source, at, "no text in quotes")),
        }
    }

    fn sign(&mut self, sign: char) -> Result<(), Unread> {
        match self.needed()? {
            (_, Token::Sign(found)) if found == sign => Ok(()),
            (at, _) => Err(text::unread(self.source, at, format!("no `{sign}`"))),
        }
    }

    fn unread(&self, why: impl Into<String>) -> Unread {
        text::unread(self.source, self.at, why)
    }
}
