//! Puts the built-in pack into the binary: a table of every rule under `policies/`, its id, its text and the text's
//! digest, which would otherwise be a tenth of what a run of one proposal costs; and a list of the fields that they read.

#[path = "src/policy/fields.rs"]
mod fields;

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("policies");
    println!("cargo::rerun-if-changed=policies");
    let mut rules = Vec::new();
    collect(&root, &root, &mut rules)?;
    rules.sort();
    let mut table = String::from("&[\n");
    let mut names = BTreeSet::new();
    for (id, path) in rules {
        let text = fs::read_to_string(&path)?;
        names.extend(fields::read_by(&text).map(str::to_owned));
        let digest = Sha256::digest(&text);
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let _ = writeln!(table, "    ({id:?}, include_str!({path:?}), \"sha256:{hex}\"),");
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("fields.rs"), format!("&{:?}", Vec::from_iter(names)))?;
    fs::write(out.join("builtin.rs"), table)
}

fn collect(root: &Path, folder: &Path, rules: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, rules)?;
        } else if path.extension().is_some_and(|extension| extension == "rhai") {
            let id = path.strip_prefix(root).unwrap_or(&path).with_extension("");
            let id = id.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            rules.push((id, path));
        }
    }
    Ok(())
}
