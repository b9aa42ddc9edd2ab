//! What a pull request of Dependabot or Renovate says of the packages that it updates. Anybody may have written it: only what the difference of
//! the lockfiles bears out is taken over.

use super::said::Said;
use serde_json::Value;

/// A package, as a title or a text tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// Its name.
    pub name: String,
    /// The version that runs, where it is said.
    pub from: Option<String>,
    /// The version that shall run, where it is said.
    pub to: Option<String>,
}

/// More lines of a text are not looked at, and no more of one line.
const MOST: usize = 5_000;

/// Reads sentences as `Bumps [search](…) from 1.0 to 1.1.` and tables of packages.
///
/// ```
/// use changegate::draft::announced;
/// let told = announced("build(deps): bump search from 2.31.0 to 2.31.2 in /app", "");
/// assert_eq!((told[0].name.as_str(), told[0].to.as_deref()), ("search", Some("2.31.2")));
/// let told = announced("", "| Package | Change |\n|---|---|\n| [search](https://x) ([source](https://y)) | [`2.31.0` -> `2.31.2`](https://z) |");
/// assert_eq!(told.last().and_then(|told| told.from.as_deref()), Some("2.31.0"));
/// ```
pub fn announced(title: &str, body: &str) -> Vec<Announced> {
    let lines = title.lines().take(1).chain(body.lines()).take(MOST).filter(|line| line.len() <= MOST).map(str::trim);
    lines.filter_map(|line| if line.starts_with('|') { row(line) } else { sentence(line) }).collect()
}

/// The packages that change as it is said; what is said otherwise is left out.
pub fn borne_out(announced: &[Announced], changes: &[Value]) -> Vec<Said> {
    let is_so = |announced: &&Announced| {
        changes.iter().any(|change| {
            let same = |said: &Option<String>, field: &str| {
                let found = change.get(field).and_then(Value::as_str).unwrap_or_default();
                said.as_ref().is_none_or(|said| bare(said) == bare(found))
            };
            change.get("name").and_then(Value::as_str) == Some(&announced.name)
                && same(&announced.from, "from")
                && same(&announced.to, "to")
        })
    };
    announced.iter().filter(is_so).map(|told| Said { name: told.name.clone(), direct: true }).collect()
}

fn bare(version: &str) -> &str {
    version.trim_start_matches(['v', '^', '~', '='])
}

const VERBS: &[&str] = &["bumps ", "bump ", "updates ", "update dependency ", "update "];

fn sentence(line: &str) -> Option<Announced> {
    let start = |text: &str, verb: &str| text.get(..verb.len()).is_some_and(|start| start.eq_ignore_ascii_case(verb));
    let after = |text: &str| VERBS.iter().find(|verb| start(text, verb)).map(|verb| text[verb.len()..].to_owned());
    // A title may have `build(deps): ` before it, and a line of a list its dot.
    let line = line.trim_start_matches(['#', '*', '-', ' ']);
    let rest = after(line).or_else(|| after(line.split_once(": ")?.1))?;
    let mut words = rest.split_whitespace();
    let name = name(words.next()?)?;
    let words: Vec<_> = words.collect();
    let next = |word: &str| {
        let at = words.iter().position(|found| *found == word)?;
        version(words.get(at + 1)?)
    };
    Some(Announced { name, from: next("from"), to: next("to") })
}

fn row(line: &str) -> Option<Announced> {
    let cells: Vec<_> = line.trim_matches('|').split('|').map(str::trim).collect();
    let name = name(cells.first()?.split_whitespace().next()?)?;
    let second = cells.get(1)?;
    let (from, to) = match second.split_once("->").or_else(|| second.split_once('→')) {
        Some((from, to)) => (version(from), version(to)),
        None => (version(second), cells.get(2).and_then(|cell| version(cell))),
    };
    Some(Announced { name, from, to })
}

/// `[search](…)`, `` `search` `` or `search`.
fn name(word: &str) -> Option<String> {
    let inside = word.strip_prefix('[').and_then(|rest| Some(rest.split_once("](")?.0)).unwrap_or(word);
    let name = inside.trim_matches(['`', '"', '\'']).trim_end_matches([',', ':']);
    (!name.is_empty()).then(|| name.to_owned())
}

/// A version, without what marks it as one: `` [`1.0` ``, `` `2.0`](https://x) ``, `1.1.`.
fn version(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['[', '`', '"', '\'', '(']);
    let end = text.find(['`', ']', '"', '\'', ')', ' ']).unwrap_or(text.len());
    let version = text[..end].trim_end_matches(['.', ',']);
    (!version.is_empty()).then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{announced, borne_out};
    use serde_json::json;

    fn told(title: &str, body: &str) -> Vec<String> {
        let word = |word: Option<String>| word.unwrap_or_else(|| "?".to_owned());
        let all = announced(title, body).into_iter();
        all.map(|told| format!("{} {} {}", told.name, word(told.from), word(told.to))).collect()
    }

    #[test]
    fn titles_and_texts_are_read_as_bots_write_them() {
        for (title, body, expected) in [
            ("Bump search from 1.0 to 1.1 in /app", "", "search 1.0 1.1"),
            ("", "Bumps [@babel/core](https://github.com/babel) from 7.25.0 to 7.26.0.", "@babel/core 7.25.0 7.26.0"),
            ("", "Updates `search` from 1.0 to 1.1", "search 1.0 1.1"),
            ("chore(deps): update dependency search to v1.1", "", "search ? v1.1"),
            ("", "| [search](https://x) | `1.0` | `1.1` |", "search 1.0 1.1"),
            (
                "",
                "| [search](https://x) ([source](y)) | [`1.0` -> `1.1`](https://z) | [![age](q)](r) |",
                "search 1.0 1.1",
            ),
        ] {
            assert_eq!(told(title, body), [expected], "{title}{body}");
        }
        for nothing in
            ["", "|", "||", "| |", "Bump", "bump ", "fix: a thing", "[]()", "update dependency ", "Bumps ` from"]
        {
            assert!(
                told(nothing, nothing).iter().all(|told| told.ends_with("? ?")),
                "{nothing}: {:?}",
                told(nothing, nothing)
            );
        }
    }

    #[test]
    fn what_the_lockfiles_do_not_bear_out_is_left_out() {
        let changes = [json!({ "name": "search", "from": "1.0", "to": "1.1" })];
        let names = |text: &str| borne_out(&announced(text, ""), &changes).len();
        assert_eq!(names("Bump search from 1.0 to 1.1"), 1);
        assert_eq!(names("Update dependency search to v1.1"), 1);
        assert_eq!(names("Bump search from 1.0 to 1.2"), 0);
        assert_eq!(names("Bump search from 0.9 to 1.1"), 0);
        assert_eq!(names("Bump left-pad from 1.0 to 1.1"), 0);
    }
}
