//! `changegate docs`: writes the manual of the rules, or says where the one that is there is out of date.

use super::fresh::{barred, replace, unwritable};
use super::ground::{Side, configured_rules, root};
use super::terminal::Terminal;
use super::{Failure, Global, tell};
use crate::files::Files;
use crate::finding::Fault;
use crate::report::{Manual, Page};
use crate::source::{Place, Source, Span};
use crate::verdict::Outcome;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Args)]
#[command(after_help = EXIT_STATUS)]
pub struct Docs {
    /// The folder that holds the pages, below the one in which this runs
    #[arg(value_name = "FOLDER", default_value = "docs")]
    folder: PathBuf,
    /// How the pages are written
    #[arg(long, value_enum, default_value_t = Format::Markdown)]
    format: Format,
    /// Write nothing, and say which pages are not what the rules are now
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    side: Side,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// rules.md, and a page for each family of rules in rules/
    Markdown,
    /// rules.html, with all of it
    Html,
}

const EXIT_STATUS: &str = "Exit status:
  0  the pages are written, or are what the rules are
  1  with --check: a page is out of date
  2  the rules could not be read, or a page not written";

impl Docs {
    pub fn run(&self, global: &Global, terminal: &Terminal, out: &mut impl Write) -> Result<Outcome, Failure> {
        let root = root(global)?;
        let rules = configured_rules(global, &self.side.trusted(&root)?)?;
        let manual = Manual::of(&rules);
        let pages = match self.format {
            Format::Markdown => manual.markdown(),
            Format::Html => vec![manual.html()],
        };
        let superfluous = if self.format == Format::Markdown { self.superfluous(&root, &pages)? } else { Vec::new() };
        if self.check {
            let stale = self.stale(&root, &pages, &superfluous)?;
            return told(&stale, pages.len() + superfluous.len(), global, terminal, out);
        }
        // Known beforehand, so that half of the pages are not written.
        let (mut faults, mut stale) = (Vec::new(), Vec::new());
        for page in &pages {
            let name = self.name(page);
            match barred(&root, &name) {
                Some(fault) => faults
                    .push(fault.help("nothing was written; name a folder below this one, or run it elsewhere with -C")),
                None => match there(&root, &name)? {
                    Some(text) if is_same(&text, page) => {}
                    Some(text) if !Manual::is_page(&text) => faults.push(foreign(&name)),
                    _ => stale.push((name, page)),
                },
            }
        }
        if !faults.is_empty() {
            return Err(faults.into());
        }
        for (name, page) in &stale {
            let path = root.join(name);
            let written = path.parent().map_or(Ok(()), fs::create_dir_all);
            written.and_then(|()| replace(&path, page.text.as_bytes())).map_err(|error| unwritable(name, &error))?;
            writeln!(out, "wrote {name}")?;
        }
        for name in &superfluous {
            fs::remove_file(root.join(name)).map_err(|error| unwritable(name, &error))?;
            writeln!(out, "removed {name}, which is about no rule any more")?;
        }
        let same = pages.len() - stale.len();
        if same > 0 {
            writeln!(out, "{same} of {} pages are as they were", pages.len())?;
        }
        Ok(Outcome::Pass)
    }

    fn name(&self, page: &Page) -> String {
        self.folder.join(&page.name).display().to_string()
    }

    /// Pages of families that there are no more.
    fn superfluous(&self, root: &Path, pages: &[Page]) -> Result<Vec<String>, Fault> {
        let names: BTreeSet<_> = pages.iter().map(|page| self.name(page)).collect();
        let folder = self.folder.join("rules");
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| unreadable(&folder.display().to_string(), &error))?,
        };
        let mut found = BTreeSet::new();
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&folder.display().to_string(), &error))?;
            let name = folder.join(entry.file_name()).display().to_string();
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            let is_markdown = Path::new(&name).extension().is_some_and(|extension| extension == "md");
            if is_file
                && is_markdown
                && !names.contains(&name)
                && there(root, &name)?.is_some_and(|text| Manual::is_page(&text))
            {
                found.insert(name);
            }
        }
        Ok(found.into_iter().collect())
    }

    /// Which pages are out of date, and where they begin to be.
    fn stale(&self, root: &Path, pages: &[Page], superfluous: &[String]) -> Result<Vec<Fault>, Fault> {
        let mut found = Vec::new();
        for page in pages {
            let name = self.name(page);
            match there(root, &name)? {
                Some(text) if is_same(&text, page) => {}
                Some(text) => found.push(differs(&name, &String::from_utf8_lossy(&text), &page.text)),
                None => found.push(stale(format!("there is no {name}"))),
            }
        }
        found.extend(superfluous.iter().map(|name| stale(format!("{name} is about no rule any more"))));
        Ok(found)
    }
}

fn told(
    stale: &[Fault],
    all: usize,
    global: &Global,
    terminal: &Terminal,
    out: &mut impl Write,
) -> Result<Outcome, Failure> {
    if stale.is_empty() {
        writeln!(out, "PASSED  {all} of {all} pages are what the rules are now")?;
        return Ok(Outcome::Pass);
    }
    tell(stale, global, terminal)?;
    writeln!(
        out,
        "FAILED  {} of {all} pages {} out of date",
        stale.len(),
        if stale.len() == 1 { "is" } else { "are" }
    )?;
    Ok(Outcome::Blocked)
}

/// Whether a page stands there as it has to be. git may write its lines with the ends of Windows.
fn is_same(text: &[u8], page: &Page) -> bool {
    text == page.text.as_bytes() || text == page.text.replace('\n', "\r\n").as_bytes()
}

/// No page of a manual has as many bytes.
const LARGEST: u64 = 64 << 20;

fn stale(message: String) -> Fault {
    Fault::new("docs/stale", message).help("the same command without `--check` writes it anew")
}

/// The first line of a page that is not what it has to be.
fn differs(name: &str, text: &str, wanted: &str) -> Fault {
    let same = text
        .split('\n')
        .zip(wanted.split('\n'))
        .take_while(|(line, wanted)| line.trim_end_matches('\r') == *wanted)
        .count();
    let start: usize = text.split('\n').take(same).map(|line| line.len() + 1).sum();
    let start = start.min(text.len());
    let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let place = Place::new(&Arc::new(Source::new(name, text.to_owned())), Span::new(start, end));
    stale(format!("{name} is not what the rules are now"))
        .at(place, if same < wanted.split('\n').count() { "from here on" } else { "this is too much" })
}

/// What is there; nothing where there is no file.
fn there(root: &Path, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    match Files::folder(root).bytes(Path::new(name), LARGEST) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(name, &error)),
    }
}

fn foreign(name: &str) -> Fault {
    Fault::new("usage/exists", format!("{name} exists already, and was not written by `changegate docs`"))
        .help("nothing was written; name another folder, or take the file away")
}

fn unreadable(name: &str, error: &io::Error) -> Fault {
    Fault::new("usage/unwritable", format!("{name} can't be read: {error}"))
        .help("see that it is an ordinary file, and that you may read it")
}
