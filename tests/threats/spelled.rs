//! Row 15: what is judged by is that of the base, however its path is spelled.

use super::repository::{QUIET, Repository};
use super::rule;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// A repository whose base denies, whose head does not, and a folder with links that lead into it.
struct Spelled {
    repository: Repository,
    links: tempfile::TempDir,
}

const DENIES: &str = "if p.system.criticality == \"low\" { deny(\"no\"); }";
const OFF: &str = "[rules.quiet]\noff = { reason = \"it stands in the way of this upgrade\" }\n";

impl Spelled {
    fn new(also: &str) -> Self {
        let links = tempfile::tempdir().unwrap();
        let repository = Repository::new().with(QUIET, rule(DENIES)).with("more/other.rhai", rule("deny(\"no\");"));
        let top = repository.room.at(".").canonicalize().unwrap();
        for (name, to) in [("link", ""), ("rules", "rules"), ("config.toml", "changegate.toml"), ("more", "more")] {
            symlink(top.join(to), links.path().join(name)).unwrap();
        }
        let agreed = std::fs::read_to_string(top.join("changegate.toml")).unwrap();
        let also = also.replace("LINK", links.path().join("link").to_str().unwrap());
        let repository = repository.with("changegate.toml", agreed + &also);
        repository.commit("a rule that denies");
        repository.git(&["branch", "--force", "main"]);
        Self { repository, links }
    }

    fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        Self { repository: self.repository.with(path, text), ..self }
    }

    fn spelled(&self, path: &str) -> PathBuf {
        self.links.path().join(path)
    }

    #[track_caller]
    fn is(&self, arguments: &[&str], status: i32, codes: &[&str]) {
        self.repository.commit("what suits me");
        self.repository.check(&[&["--base", "main", "p.json"], arguments].concat()).is(status, codes);
    }
}

#[test]
fn row_15_the_configuration() {
    let spelled = Spelled::new("").with("changegate.toml", OFF);
    let name = spelled.links.path().file_name().unwrap().to_str().unwrap();
    for path in [
        spelled.spelled("link/changegate.toml"),
        spelled.spelled("link/rules/../changegate.toml"),
        spelled.spelled("rules/../changegate.toml"),
        spelled.spelled("config.toml"),
        spelled.spelled(&format!("link/../{name}/link/./changegate.toml")),
        Path::new("..").join(name).join("link/changegate.toml"),
        spelled.repository.room.at("changegate.toml"),
    ] {
        spelled.is(&["--config", path.to_str().unwrap()], 1, &["quiet", "trust/changed"]);
    }
    // What leads out of the repository and in again stands there by its own name, and the base has no such folder.
    symlink(spelled.links.path(), spelled.repository.room.at("out")).unwrap();
    spelled.is(&["--config", "out/link/changegate.toml"], 2, &["config/unreadable"]);
    // Two links that lead to each other lead nowhere.
    symlink(spelled.spelled("a"), spelled.spelled("b")).unwrap();
    symlink(spelled.spelled("b"), spelled.spelled("a")).unwrap();
    spelled.is(&["--config", spelled.spelled("a").to_str().unwrap()], 2, &["config/unreadable"]);
}

#[test]
fn row_15_what_the_head_has_removed_is_still_that_of_the_base() {
    let spelled = Spelled::new("");
    std::fs::remove_file(spelled.repository.room.at("changegate.toml")).unwrap();
    let path = spelled.spelled("config.toml");
    spelled.is(&["--config", path.to_str().unwrap()], 1, &["quiet", "trust/changed"]);
}

#[test]
fn row_15_rules() {
    for path in ["link/more", "more", "rules/../more"] {
        let spelled = Spelled::new("").with("more/other.rhai", rule(""));
        let path = spelled.spelled(path);
        spelled.is(&["--policies", path.to_str().unwrap()], 1, &["quiet", "other", "trust/changed"]);
    }
    // A folder in which the repository lies among others.
    let spelled = Spelled::new("");
    let room = spelled.repository.room.at(".").canonicalize().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let inside = outside.path().join("clone");
    std::fs::rename(&room, &inside).unwrap();
    symlink(&inside, &room).unwrap();
    let spelled = spelled.with("more/other.rhai", rule(""));
    let told = {
        spelled.repository.commit("what suits me");
        spelled.repository.check(&["--base", "main", "p.json", "--policies", outside.path().to_str().unwrap()])
    };
    assert!(told.causes().contains("clone/more/other"), "{:#}", told.report);
    std::fs::remove_file(&room).unwrap();
    std::fs::rename(&inside, &room).unwrap();
}

#[test]
fn row_15_profiles() {
    let spelled = Spelled::new("[systems]\npath = \"LINK/systems\"\n");
    let profile = std::fs::read_to_string(spelled.repository.room.at("systems/wiki.json")).unwrap();
    let spelled = spelled.with("systems/wiki.json", profile.replace("\"low\"", "\"high\""));
    spelled.is(&[], 1, &["quiet", "trust/changed"]);
}

/// The folder in which the gate runs may be come to by a link itself.
#[test]
fn row_15_waivers_and_calendars() {
    let calendar = |name: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{name}\r\n\
             DTSTART:20261101T000000Z\r\nDTEND:20271101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    let spelled = Spelled::new("[calendars]\nfiles = [\"freezes.ics\"]\n")
        .with(QUIET, rule("for f in evidence.freezes { deny(f.name); }"))
        .with("freezes.ics", calendar("books are closed"));
    spelled.repository.commit("a calendar");
    spelled.repository.git(&["branch", "--force", "main"]);
    let spelled = spelled.with("freezes.ics", calendar("nothing at all")).with(
        "waivers/mine.toml",
        "[[waivers]]\nrule = \"quiet\"\nreason = \"it stands in the way of this upgrade\"\nticket = \"OPS-1\"\napprover = \"@eve\"\ngranted = 2026-11-20\nexpires = 2026-11-30\n",
    );
    spelled.repository.commit("what suits me");
    let told = spelled.repository.check(&["--base", "main", "p.json", "-C", spelled.spelled("link").to_str().unwrap()]);
    assert!(told.text().contains("books are closed"), "{:#}", told.report);
    told.is(1, &["quiet", "trust/changed"]);
}
