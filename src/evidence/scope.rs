//! Paths from the top of the repository, by a folder or a pattern: what a freeze holds, and what is not looked at.

use glob::{MatchOptions, Pattern};
use std::path::{Path, PathBuf};

/// How a pattern of paths is read: `*` is any part of a name, `**` any folders.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// A folder or a pattern of paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    path: PathBuf,
    pattern: Pattern,
}

impl Scope {
    /// Reads one as it is written.
    ///
    /// # Errors
    /// Why it is no pattern.
    pub fn parse(path: &str) -> Result<Self, String> {
        let path = path.trim_start_matches("./").trim_end_matches('/');
        let pattern = Pattern::new(path).map_err(|error| format!("{} at character {}", error.msg, error.pos + 1))?;
        Ok(Self { path: path.into(), pattern })
    }

    /// Whether a path is in it.
    pub fn holds(&self, path: &Path) -> bool {
        // What names a folder means what is in it, also where a pattern names it.
        path.starts_with(&self.path) || path.ancestors().any(|folder| self.pattern.matches_path_with(folder, OPTIONS))
    }

    /// Whether it names a path itself, and not only what that is in.
    pub fn names(&self, path: &Path) -> bool {
        path == self.path || self.pattern.matches_path_with(path, OPTIONS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_patterns_hold_what_is_in_them() {
        let holds = |frozen: &str, path: &str| Scope::parse(frozen).is_ok_and(|frozen| frozen.holds(Path::new(path)));
        for (frozen, path) in [
            ("network", "network/a/b.tf"),
            ("network/", "network/a.tf"),
            ("./network/**", "network/a/b.tf"),
            ("network/*.tf", "network/a.tf"),
            ("net*", "network/a/b.tf"),
            ("**/*.tf", "x/.hidden/b.tf"),
            ("a [1]", "a [1]/x"),
        ] {
            assert!(holds(frozen, path), "{frozen} {path}");
        }
        for (frozen, path) in [("network", "networks/a"), ("network/*.tf", "network/x/a.tf"), ("Network", "network/a")]
        {
            assert!(!holds(frozen, path), "{frozen} {path}");
        }
        assert!(Scope::parse("a/***").is_err());
    }
}
