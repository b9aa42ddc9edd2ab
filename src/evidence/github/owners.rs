//! Who owns the files of a change, by CODEOWNERS as it stands on its base.

use crate::evidence::{Answer, Code};
use crate::finding::Fault;
use crate::git::{Commit, Kind, Snapshot};
use crate::github::{CODEOWNERS, Codeowners};
use serde_json::json;
use std::path::Path;

/// GitHub reads no more of it.
const LARGEST: u64 = 3 << 20;

/// Each file that differs between base and head, with its owners; of one that was moved both paths.
pub fn owners(base: &Commit, head: &Snapshot) -> Answer {
    found(base, head).unwrap_or_else(|Fault { code, message, help, .. }| {
        Answer::unavailable_as(Code::of(code), message, help.unwrap_or_default())
    })
}

fn found(base: &Commit, head: &Snapshot) -> Result<Answer, Fault> {
    let repository = head.repository();
    let side = repository.snapshot(base);
    let Some((file, codeowners)) = read(&side)? else { return Ok(Answer::Absent) };
    if let Some(unread) = codeowners.unread.first() {
        return Err(unreadable(&format!("{file}:{}:{}: {}", unread.line, unread.column, unread.why)));
    }
    let began = repository.merge_base(base, head.commit())?;
    let mut owned = Vec::new();
    for change in repository.changes(&began, head.commit())? {
        for path in change.from.iter().chain([&change.path]) {
            let path = path.to_string_lossy();
            let owners: Vec<_> = codeowners.owners(&path).iter().map(ToString::to_string).collect();
            owned.push(json!({ "path": path, "owners": owners }));
        }
    }
    Ok(Answer::known(json!({ "file": file, "owned": owned })))
}

/// The first file of that name, in the order in which GitHub looks.
fn read(side: &Snapshot) -> Result<Option<(&'static str, Codeowners)>, Fault> {
    for file in CODEOWNERS {
        let failed = |error: std::io::Error| unreadable(&format!("{file}: {error}"));
        let Some(entry) = side.entry(Path::new(file)).map_err(failed)? else { continue };
        if entry.kind != Kind::File {
            return Err(unreadable(&format!("{file} is no ordinary file")));
        }
        let bytes = side.bytes(&entry, LARGEST).map_err(failed)?;
        let text = String::from_utf8(bytes).map_err(|_| unreadable(&format!("{file} is not UTF-8")))?;
        return Ok(Some((file, Codeowners::parse(&text))));
    }
    Ok(None)
}

fn unreadable(why: &str) -> Fault {
    Fault::new("evidence/codeowners", why)
        .help("mend CODEOWNERS on the base; GitHub passes over what it can't read, and nobody would own what was meant")
}
