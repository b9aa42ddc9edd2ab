//! Records in a folder, read as a whole.

use super::snapshot::LONGEST_RECORD;
use crate::advisories::index::build;
use crate::files::{Files, Kind, Pieces};
use std::path::Path;

/// What a folder may hold that is read as it is; more takes an index.
const MOST_RECORDS: usize = 10_000;
const MOST_BYTES: usize = 256 << 20;

/// An index of a folder, and why the first of those of its files that are no records is none.
pub fn folder(files: &Files, path: &Path) -> Result<(Pieces, Option<String>), String> {
    let mut listed = files.list(path, true).map_err(|error| error.to_string())?;
    listed.retain(|listed| listed.path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json")));
    if listed.len() > MOST_RECORDS {
        return Err(format!(
            "it holds {} records, and no more than {MOST_RECORDS} are read without an index",
            listed.len()
        ));
    }
    let (mut records, mut broken, mut total) = (Vec::new(), None, 0);
    for file in listed {
        let name = file.path.display().to_string();
        let read = if file.kind == Kind::File {
            files.bytes(&file.path, LONGEST_RECORD).map_err(|error| error.to_string())
        } else {
            Err("it is no ordinary file, and no link is followed".to_owned())
        };
        let why = match read {
            Ok(bytes) if bytes.len() as u64 <= LONGEST_RECORD => {
                total += bytes.len();
                if total > MOST_BYTES {
                    return Err(format!(
                        "its records have more than the {MOST_BYTES} bytes that are read without an index"
                    ));
                }
                records.push((name, bytes));
                continue;
            }
            Ok(_) => format!("it has more than {LONGEST_RECORD} bytes"),
            Err(why) => why,
        };
        broken.get_or_insert_with(|| refused(&name, &why));
    }
    let built = build(records);
    let broken = built.refused.first().map(|(name, problem)| refused(name, problem)).or(broken);
    Ok((Pieces::Whole(built.bytes), broken))
}

fn refused(name: &str, why: &dyn std::fmt::Display) -> String {
    format!("{name} is no record: {why}")
}
