//! A shell in a fresh folder, for the blocks of one page.

use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::TimeZone};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};
use tempfile::TempDir;

pub struct Session {
    document: String,
    root: TempDir,
    folder: PathBuf,
    status: i32,
    /// The day on which the page was written, and how many days that is from this one.
    written: Option<Date>,
    days: i32,
}

/// What the shell of a reader has, and where the one before has come to. A clone's own program is the one that is tested.
const SHELL: &str = r#"
cargo() {
    [ "$1 $2 $3" = "run --release --" ] || { echo "only the program is run here, and not: cargo $*" >&2; return 127; }
    shift 3
    changegate "$@"
}
exec 2>&1
trap 'echo "$PWD" >"$HOME/folder"' EXIT
(exit "$LAST_STATUS")
eval "$SCRIPT"
"#;

impl Session {
    pub fn new(document: &str, written: Option<Date>) -> Self {
        let root = tempfile::tempdir().unwrap();
        // Without links, as the system may keep its folder of temporary files behind one.
        let folder = root.path().canonicalize().unwrap().join("clone");
        copy(Path::new("examples"), &folder.join("examples"));
        fs::copy("changegate.toml", folder.join("changegate.toml")).unwrap();
        let home = root.path().join("home");
        fs::create_dir(&home).unwrap();
        fs::write(home.join(".gitconfig"), "[user]\nname = Ada\nemail = ada@example.com\n[init]\ndefaultBranch = trunk\n[advice]\ndetachedHead = false\n").unwrap();
        let now = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let days = written.map_or(0, |written| written.until(now).unwrap().get_days());
        Self { document: document.to_owned(), root, folder, status: 0, written, days }
    }

    /// What a command prints, and a check that its exit status is that of the verdict that it prints.
    pub fn print(&mut self, command: &str, line: usize) -> String {
        let text = self.run(command);
        let verdict = text.lines().find_map(|line| match line.split_whitespace().next() {
            Some("PASS" | "PASSED") => Some(0),
            Some("BLOCKED" | "FAILED") => Some(1),
            Some("UNDECIDED") => Some(2),
            _ => None,
        });
        assert_eq!(self.status, verdict.unwrap_or(0), "{}:{line}: exit status of `{command}`\n{text}", self.document);
        let text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
        shifted(&text, -self.days)
    }

    pub fn succeed(&mut self, script: &str, line: usize) {
        let text = self.run(&format!("set -e\n{}", shifted(script, self.days)));
        assert_eq!(self.status, 0, "{}:{line}: {script}\n{text}", self.document);
    }

    /// In the file that is named after `+++ `: lines after `-` by those after `+` that follow.
    pub fn change(&self, lines: &[&str], line: usize) {
        let place = format!("{}:{line}", self.document);
        let name =
            lines.iter().find_map(|line| line.strip_prefix("+++ ")).unwrap_or_else(|| panic!("{place}: no `+++ FILE`"));
        let file = self.folder.join(name);
        let mut text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{place}: {name}: {error}"));
        let mut rest = lines.iter().filter(|line| !line.starts_with("+++ ") && !line.starts_with("--- ")).peekable();
        while rest.peek().is_some() {
            let mut take = |sign: char| {
                let mut taken = String::new();
                while let Some(line) = rest.next_if(|line| line.starts_with(sign)) {
                    taken += &format!("{}\n", &line[1..]);
                }
                shifted(&self.now(&taken), self.days)
            };
            let (old, new) = (take('-'), take('+'));
            let found = text.matches(&old).count();
            assert!(!old.is_empty() && found == 1, "{place}: {name} has {found} times\n{old}");
            text = text.replace(&old, &new);
            // Lines that only show where.
            while rest.next_if(|line| !line.starts_with(['-', '+'])).is_some() {}
        }
        fs::write(&file, text).unwrap();
    }

    /// What is dated to a time of the day on which the page was written is dated to this minute.
    fn now(&self, text: &str) -> String {
        let Some(written) = self.written else { return text.to_owned() };
        let (day, now) = (format!("{written}T"), Timestamp::now().strftime("%H:%M:00Z").to_string());
        let mut parts = text.split(&day);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + &day + &now + &part[now.len()..])
    }

    fn run(&mut self, script: &str) -> String {
        let home = self.root.path().join("home");
        let programs = Path::new(env!("CARGO_BIN_EXE_changegate")).parent().unwrap();
        let path =
            env::join_paths([programs.to_owned()].into_iter().chain(env::split_paths(&env::var_os("PATH").unwrap())));
        let output = Command::new("bash")
            .args(["-c", SHELL])
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", path.unwrap())
            .env("HOME", &home)
            .env("SCRIPT", script)
            .env("LAST_STATUS", self.status.to_string())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("COLUMNS", "100")
            .env("LC_ALL", "C.UTF-8")
            .env("NO_COLOR", "1")
            .output()
            .expect("bash");
        self.status = output.status.code().expect("an exit status");
        self.folder = fs::read_to_string(home.join("folder")).unwrap().trim_end().into();
        String::from_utf8(output.stdout).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { fs::copy(&path, &to).map(drop).unwrap() }
    }
}

/// A text with each date in it moved by days.
fn shifted(text: &str, days: i32) -> String {
    if days == 0 {
        return text.to_owned();
    }
    let mut moved = text.as_bytes().to_vec();
    let mut at = 0;
    while at + 10 <= moved.len() {
        let date =
            text.get(at..at + 10).filter(|date| date.as_bytes()[4] == b'-').and_then(|date| date.parse::<Date>().ok());
        if let Some(date) = date {
            moved[at..at + 10].copy_from_slice(date.saturating_add(Span::new().days(days)).to_string().as_bytes());
            at += 10;
        } else {
            at += 1;
        }
    }
    String::from_utf8(moved).unwrap()
}

mod tests {
    use super::*;

    #[test]
    fn dates_are_shifted_and_times_are_kept() {
        assert_eq!(shifted("of 2026-12-31T19:00:00Z, 2026-1", 1), "of 2027-01-01T19:00:00Z, 2026-1");
        assert_eq!(shifted("ö2026-03-01ö", -1), "ö2026-02-28ö");
    }

    #[test]
    fn a_session_goes_on_where_it_was() {
        let mut session = Session::new("a page", None);
        session.succeed("mkdir a && cd a", 1);
        session.succeed("test \"$(basename \"$PWD\")\" = a && test -e ../examples", 2);
        assert_eq!(session.print("changegate --config none.toml rules >/dev/null 2>&1; echo $?", 3), "2\n");
        assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| session.succeed("false\ntrue", 4))).is_err());
    }
}
