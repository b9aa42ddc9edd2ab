//! What a commit of Dependabot or Renovate says of the packages that it updates.

use crate::proposal::is_advisory_id;

/// A package, as a commit tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its name in its ecosystem.
    pub name: String,
    /// Whether the project asks for it itself.
    pub direct: bool,
}

/// Reads the `updated-dependencies` that Dependabot writes at the end, or the table of Renovate. Of what is neither, nothing is known. It
/// decides which package comes first, and nothing else: the versions are those of the lockfile.
///
/// ```
/// use changegate::draft::said;
/// let told = said("Bump search\n\n---\nupdated-dependencies:\n- dependency-name: search\n  dependency-type: direct:production\n...\n");
/// assert_eq!((told[0].name.as_str(), told[0].direct), ("search", true));
/// ```
pub fn said(message: &str) -> Vec<Said> {
    let lines = || message.lines().take(MOST).map(str::trim);
    let mut found = Vec::new();
    for line in lines().skip_while(|line| *line != "updated-dependencies:").skip(1).take_while(|line| *line != "...") {
        let line = line.strip_prefix("- ").unwrap_or(line);
        if let Some(name) = line.strip_prefix("dependency-name:") {
            found.push(Said { name: unquoted(name), direct: true });
        } else if let (Some(kind), Some(last)) = (line.strip_prefix("dependency-type:"), found.last_mut()) {
            last.direct = !unquoted(kind).starts_with("indirect");
        }
    }
    if found.is_empty() {
        // A table of datasource, package and versions: what Renovate changes for itself is what the project asks for.
        let rows = lines().skip_while(|line| !is_head(line)).skip(2).take_while(|line| line.starts_with('|'));
        found.extend(rows.filter_map(|row| cells(row).nth(1)).map(|name| Said { name: unquoted(name), direct: true }));
    }
    found
}

/// The advisories that a message names, each once: what a draft suggests that the upgrade answers.
///
/// ```
/// use changegate::draft::advisories;
/// assert_eq!(advisories("fixes (CVE-2024-29041), see ghsa-rv95-896h-c2vc, CVE-2024-29041"), ["CVE-2024-29041", "GHSA-rv95-896h-c2vc"]);
/// ```
pub fn advisories(message: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in message.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|word| word.len() < 40) {
        let Some((prefix, rest)) = word.split_once('-') else { continue };
        let id = format!("{}-{rest}", prefix.to_ascii_uppercase());
        let known = PREFIXES.iter().any(|known| id.starts_with(known));
        if known && is_advisory_id(&id) && !found.contains(&id) && found.len() < MOST_ADVISORIES {
            found.push(id);
        }
    }
    found
}

/// With what ids begin; any word with a hyphen might be one of another database.
const PREFIXES: &[&str] = &["CVE-", "GHSA-", "RUSTSEC-", "PYSEC-", "GO-"];
const MOST_ADVISORIES: usize = 20;

/// More lines of a message are not looked at.
const MOST: usize = 5_000;

fn is_head(line: &str) -> bool {
    let mut cells = cells(line);
    cells.next() == Some("datasource") && cells.next() == Some("package")
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.trim_matches('|').split('|').map(str::trim)
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches(['"', '\'', '`']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn dependabot_and_renovate_are_read() {
        let names = |message: &str| said(message).into_iter().map(|said| (said.name, said.direct)).collect::<Vec<_>>();
        let bot = "Bump the web group\n\n---\nupdated-dependencies:\n- dependency-name: \"@babel/core\"\n  dependency-version: 7.26.0\n  dependency-type: direct:development\n- dependency-name: semver\n  dependency-type: indirect\n...\n\nSigned-off-by: dependabot[bot]\n";
        assert_eq!(names(bot), [("@babel/core".to_owned(), true), ("semver".to_owned(), false)]);
        let table = "Update dependency search to v2\n\n| datasource | package | from | to |\n| ---------- | ------- | ---- | -- |\n| npm        | search  | 1.0  | 2.0 |\n";
        assert_eq!(names(table), [("search".to_owned(), true)]);
        for other in
            ["", "fix: a thing", "updated-dependencies:\n  dependency-type: indirect", "| a | b |\n|-|-|\n| c | d |"]
        {
            assert_eq!(names(other), [], "{other}");
        }
    }
}
