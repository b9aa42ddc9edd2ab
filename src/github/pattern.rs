//! Patterns of paths as CODEOWNERS has them: those of `.gitignore`, without `!` and `[ ]`, and with `docs/*` for what is in `docs` and no deeper.

/// The parts of a pattern between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// `**`: any folders, or none.
    Any,
    /// A name, in which `*` and `?` stand for characters.
    Name(Vec<Sign>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Is(char),
    One,
    Many,
}

/// A pattern of paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Part>,
    /// How many parts of a path have to stand below what is matched, at least: a folder is no file. None where nothing may.
    below: Option<usize>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Why GitHub would not use it: lower case, no full stop.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        if text.starts_with('!') {
            return Err("GitHub does not take `!` for an exception");
        }
        if text.starts_with("\\#") {
            return Err("GitHub does not take `\\#` for the beginning of a path");
        }
        let rooted = text.starts_with('/');
        let folder = text.len() > 1 && text.ends_with('/');
        let inner = text.strip_prefix('/').unwrap_or(text);
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        if inner.is_empty() {
            return Err("the pattern names no path");
        }
        let mut parts = inner.split('/').map(part).collect::<Result<Vec<_>, _>>()?;
        let direct = parts.len() > 1 || rooted;
        let all = Part::Name(vec![Sign::Many]);
        if !rooted && parts.len() == 1 {
            parts.insert(0, Part::Any);
        }
        let below = match parts.last() {
            _ if folder => Some(1),
            Some(Part::Any) => Some(1),
            Some(last) if direct && *last == all => None,
            _ => Some(0),
        };
        Ok(Self { parts, below })
    }

    /// Whether a path from the top of the repository is one of those meant.
    pub fn matches(&self, path: &str) -> bool {
        let path: Vec<&str> = path.split('/').collect();
        // After a `**` that fits, only a later one need be tried with more: what stands between them fits anywhere or nowhere.
        let (mut at, mut part, mut back) = (0, 0, None);
        loop {
            let fits = match self.parts.get(part) {
                None => match self.below {
                    Some(below) if path.len() - at >= below => return true,
                    None if path.len() == at => return true,
                    _ => false,
                },
                Some(Part::Any) => {
                    back = Some((part + 1, at));
                    part += 1;
                    continue;
                }
                Some(Part::Name(name)) => path.get(at).is_some_and(|text| fits(name, text)),
            };
            if fits {
                (at, part) = (at + 1, part + 1);
                continue;
            }
            match &mut back {
                Some((after, from)) if *from < path.len() => {
                    *from += 1;
                    (at, part) = (*from, *after);
                }
                _ => return false,
            }
        }
    }
}

fn part(text: &str) -> Result<Part, &'static str> {
    if text.is_empty() {
        return Err("two slashes stand next to each other");
    }
    if text == "**" {
        return Ok(Part::Any);
    }
    let (mut signs, mut letters) = (Vec::new(), text.chars());
    while let Some(letter) = letters.next() {
        signs.push(match letter {
            '\\' => Sign::Is(letters.next().ok_or("nothing stands after the last `\\`")?),
            '[' | ']' => return Err("GitHub does not take `[ ]` for a range of characters"),
            '?' => Sign::One,
            '*' if signs.last() == Some(&Sign::Many) => continue,
            '*' => Sign::Many,
            letter => Sign::Is(letter),
        });
    }
    Ok(Part::Name(signs))
}

/// Whether a name is as its signs say.
fn fits(signs: &[Sign], name: &str) -> bool {
    let (mut rest, mut sign, mut back) = (name, 0, None);
    loop {
        let mut letters = rest.chars();
        let next = letters.next();
        match (signs.get(sign), next) {
            (None, None) => return true,
            (Some(Sign::Many), _) => {
                back = Some((sign + 1, rest));
                sign += 1;
                continue;
            }
            (Some(Sign::One), Some(_)) => {
                (rest, sign) = (letters.as_str(), sign + 1);
                continue;
            }
            (Some(Sign::Is(wanted)), Some(letter)) if *wanted == letter => {
                (rest, sign) = (letters.as_str(), sign + 1);
                continue;
            }
            _ => {}
        }
        let Some((after, from)) = back else { return false };
        let mut longer = from.chars();
        if longer.next().is_none() {
            return false;
        }
        back = Some((after, longer.as_str()));
        (rest, sign) = (longer.as_str(), after);
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    /// Of <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>
    /// and of `man gitignore`.
    #[test]
    fn patterns_match_as_documented() {
        for (pattern, yes, no) in [
            ("*", vec!["a", "a/b/c.rs", ".x"], vec![]),
            ("*.js", vec!["a.js", "x/y/b.js", ".js"], vec!["a.jsx", "b.js.map"]),
            ("/build/logs/", vec!["build/logs/a", "build/logs/x/y"], vec!["x/build/logs/a", "build/logs"]),
            ("docs/*", vec!["docs/getting-started.md"], vec!["docs/build-app/troubleshooting.md", "x/docs/a", "docs"]),
            ("apps/", vec!["apps/a", "x/apps/b/c"], vec!["apps", "myapps/a"]),
            ("/docs/", vec!["docs/a/b"], vec!["x/docs/a"]),
            ("/apps/github", vec!["apps/github", "apps/github/a/b"], vec!["apps/githubs", "x/apps/github"]),
            ("**/logs", vec!["build/logs/a", "logs", "a/b/logs", "deeply/nested/logs/x/y"], vec!["logs2", "a/logsx/b"]),
            ("/*", vec!["a"], vec!["a/b"]),
            ("/docs/**", vec!["docs/a", "docs/a/b"], vec!["doc/a", "docs"]),
            ("a/**/b", vec!["a/b", "a/x/b", "a/x/y/b/z"], vec!["a/x", "b", "x/a/b"]),
            ("**/a/**/b", vec!["a/b", "x/a/y/a/z/b/c"], vec!["b/a"]),
            ("a?c", vec!["abc", "x/aéc"], vec!["ac", "a/c", "abbc"]),
            ("a*b*c", vec!["abc", "axxbyyc", "abbcc"], vec!["ab", "acb"]),
            ("docs/build\\ logs/", vec!["docs/build logs/x"], vec!["docs/build/logs"]),
            ("\\*.js", vec!["*.js"], vec!["a.js"]),
            ("README", vec!["README", "x/README", "README/x"], vec!["readme", "README.md"]),
            ("docs/*.d", vec!["docs/x.d", "docs/x.d/file"], vec!["docs/a/x.d"]),
        ] {
            let read = Pattern::new(pattern).unwrap();
            yes.iter().for_each(|path| assert!(read.matches(path), "{pattern} {path}"));
            no.iter().for_each(|path| assert!(!read.matches(path), "{pattern} {path}"));
        }
    }

    #[test]
    fn what_github_does_not_support_is_refused() {
        for pattern in ["!a", "\\#a", "a[b]c", "[a-z]", "/", "", "//", "a//b", "a\\"] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn hostile_patterns_take_little_time() {
        let pattern = Pattern::new(&format!("{}b", "*a".repeat(2000))).unwrap();
        assert!(!pattern.matches(&"a".repeat(4000)));
        let pattern = Pattern::new(&format!("{}b", "**/a/".repeat(2000))).unwrap();
        assert!(!pattern.matches(&"a/".repeat(4000)));
    }
}
