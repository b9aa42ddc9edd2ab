//! Packs: folders of rules, and the one inside the binary.

use super::header::Header;
use super::script::Script;
use crate::codes;
use crate::files::{Files, Kind, Listed, is_device};
use crate::finding::Fault;
use crate::source::{Place, Source, Span};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// The built-in pack: ids, texts and their digests.
static BUILTIN: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// Their headers and scripts, as the build script has written them down, in the same order.
mod parsed {
    use crate::policy::header::{Description, Unit};
    use crate::policy::script::{Callee, Closure, Function, Loop, Many, Node, Op, Script};
    use crate::policy::written::{Literal, Written};
    use std::borrow::Cow;

    include!(concat!(env!("OUT_DIR"), "/written.rs"));
}

/// The header and the script of a built-in rule.
pub(super) fn written(id: &str) -> Option<(Header, &'static Script)> {
    let index = BUILTIN.binary_search_by_key(&id, |(id, ..)| id).ok()?;
    let (written, script) = parsed::WRITTEN.get(index)?;
    Some((written.header()?, script))
}

/// Texts of rules by their id, which is their path under the pack without the extension.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Ids and texts.
    pub rules: Vec<(Arc<str>, Arc<Source>)>,
    /// Whether it is the one inside the binary: its rules were parsed when the program was built, and are checked by a test.
    pub sound: bool,
}

/// The pack inside the binary.
pub fn builtin() -> Pack {
    let rules = BUILTIN
        .iter()
        .map(|(id, text, digest)| {
            let source = Source::new(format!("built-in:{id}.rhai"), *text).with_digest(*digest);
            (Arc::from(*id), Arc::new(source))
        })
        .collect();
    Pack { rules, sound: true }
}

/// The most rules that a pack may have, and the longest text of one: ten times the longest built-in one.
const MOST_RULES: usize = 5_000;
const LONGEST_RULE: u64 = 64 << 10;

/// Reads the pack in a folder, given from the root.
///
/// # Errors
/// When a file of it can't be read, or when it holds no rule: a misspelt folder must not look like one without complaints.
pub fn pack(trusted: &Files, folder: &Path) -> Result<Pack, Fault> {
    let listed = trusted.list(folder, true).map_err(|error| unreadable(folder, &error))?;
    // A link is refused and not passed over: rules behind it would be missing without a word.
    if let Some(link) = listed.iter().find(|listed| listed.kind == Kind::Link) {
        let why = format!("{} is a symbolic link, and what it leads to may be any file", link.path.display());
        return Err(unreadable(folder, &io::Error::other(why)));
    }
    let is_rule = |listed: &&Listed| listed.path.extension().is_some_and(|extension| extension == "rhai");
    let paths: Vec<_> = listed.iter().filter(is_rule).map(|listed| &listed.path).collect();
    if paths.is_empty() {
        return Err(Fault::new("policy/empty-pack", format!("{} holds no rule", folder.display())).help(
            "rules are files ending in .rhai; `policies.paths` of changegate.toml and --policies name folders of them",
        ));
    }
    if paths.len() > MOST_RULES {
        return Err(unreadable(folder, &io::Error::other("it holds too many rules")));
    }
    let rules = paths.iter().map(|path| rule(trusted, folder, path)).collect::<Result<_, _>>()?;
    Ok(Pack { rules, sound: false })
}

fn rule(trusted: &Files, folder: &Path, path: &Path) -> Result<(Arc<str>, Arc<Source>), Fault> {
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let id = relative.with_extension("");
    let Some(id) = id.to_str().filter(|id| is_id(id)) else {
        return Err(not_an_id(&relative.display().to_string()));
    };
    if let Some(fault) = taken(id) {
        return Err(fault);
    }
    let text = trusted.text(path, LONGEST_RULE).map_err(|error| unreadable(path, &error))?;
    if text.len() as u64 > LONGEST_RULE {
        return Err(Fault::new(
            "policy/limit-size",
            format!("{} has more than the {LONGEST_RULE} bytes that a rule may have", path.display()),
        )
        .help("one file holds one rule"));
    }
    let source = Arc::new(Source::new(path.to_string_lossy(), text));
    match line_end(&source) {
        Some(fault) => Err(fault),
        None => Ok((Arc::from(id), source)),
    }
}

/// What stands behind a carriage return of its own runs, and looks like a part of the comment before it.
fn line_end(source: &Arc<Source>) -> Option<Fault> {
    let bytes = source.text().as_bytes();
    let at = (0..bytes.len()).find(|&at| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'))?;
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    let fault = Fault::new("policy/line-end", format!("{} has a carriage return by itself", source.name()));
    Some(
        fault
            .help("save it with the line ends of Unix or of Windows: Rhai ends a line there, and a comment with it, where editors show none")
            .at(Place::new(source, Span { start: at, end: at + 1 }), "here"),
    )
}

/// Why the file of a new rule can't have a text as its id.
pub fn bad_id(id: &str) -> Option<Fault> {
    let is_name = |part: &str| part.starts_with(|first: char| first != '-');
    if !is_id(id) || !id.split('/').all(is_name) {
        return Some(not_an_id(id));
    }
    let device = id.split('/').find(|part| is_device(part)).map(|part| {
        Fault::new(
            "policy/bad-id",
            format!("{id} can't be the id of a rule: on Windows `{part}` is the name of a device"),
        )
        .help("give it another name; it becomes that of a file")
    });
    taken(id).or(device)
}

/// Whoever reads of a code has to know who says it.
fn taken(id: &str) -> Option<Fault> {
    codes::find(id).map(|code| {
        Fault::new(
            "policy/bad-id",
            format!("{id} can't be the id of a rule: it is a code of the gate ({})", code.meaning),
        )
        .help("give the rule another name; docs/codes.md lists those of the gate")
    })
}

fn not_an_id(id: &str) -> Fault {
    Fault::new("policy/bad-id", format!("{id} can't be the id of a rule"))
        .help("name the files of rules with small letters, digits and hyphens, in folders: backup/restore-tested.rhai")
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-/".contains(&b))
}

fn unreadable(path: &Path, error: &io::Error) -> Fault {
    Fault::new("policy/unreadable", format!("{} can't be read: {error}", path.display()))
        .help("see that it exists and that you may read it")
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use crate::policy::header;
    use crate::policy::script::{Parser, lower};

    /// What the build script has written down is what loading makes of the texts.
    #[test]
    fn what_is_written_in_the_binary_is_what_the_texts_say() {
        let parser = Parser::default();
        for (id, source) in super::builtin().rules {
            let ast = parser.parse(source.text()).expect("a rule of the pack parses");
            let (header, script) = super::written(&id).expect("it is written down");
            assert_eq!(Some(script), lower(&ast).ok().as_ref(), "{id}");
            assert_eq!(header::read(&id, &source).expect("a sound header").0, header, "{id}");
        }
    }

    #[test]
    fn the_digests_in_the_binary_are_those_of_the_texts() {
        for (_, source) in super::builtin().rules {
            assert_eq!(source.digest(), crate::digest::of(source.text().as_bytes()), "{}", source.name());
        }
    }
}
