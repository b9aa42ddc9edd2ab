//! Files that are written for somebody to go on with: where they belong, never over another, and what comes next.

use super::Global;
use super::ground::link_out;
use crate::files::is_device;
use crate::finding::Fault;
use crate::proposal::shape::Kind;
use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

/// Why a file can't be written there, if that can be told before.
pub fn barred(root: &Path, name: &str) -> Option<Fault> {
    let path = Path::new(name);
    let mut parts = path.strip_prefix(root).unwrap_or(path).components();
    let why = if parts.any(|part| !matches!(part, Component::Normal(_) | Component::CurDir)) {
        "it would be outside the folder in which this runs".to_owned()
    } else if let Some(link) = link_out(root, path) {
        format!("`{}` is a symbolic link that leads out of the folder in which this runs", link.display())
    } else {
        let above = root.join(path).ancestors().skip(1).find(|above| above.exists()).map(Path::to_owned)?;
        if above.is_dir() {
            return None;
        }
        format!("`{}` is no folder", above.strip_prefix(root).unwrap_or(&above).display())
    };
    let fault = Fault::new("usage/unwritable", format!("{name} is not written: {why}"));
    Some(fault.help("nothing was written; see where `systems.path`, `proposals.paths` and `policies.paths` of changegate.toml lead, or run it there with -C"))
}

/// The folder in which the first pattern looks for proposals: its names before the first special one.
pub fn folder_of(patterns: &[String]) -> PathBuf {
    let Some(pattern) = patterns.first().map(Path::new) else { return PathBuf::new() };
    let special = |name: &OsStr| name.as_encoded_bytes().iter().any(|byte| b"*?[".contains(byte));
    // Nothing outside of the folder is judged, so nothing is written there.
    let plain = pattern.components().take_while(|part| matches!(part, Component::Normal(name) if !special(name)));
    let plain: PathBuf = plain.collect();
    let is_file = plain == pattern && plain.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    if is_file { plain.parent().map(Path::to_owned).unwrap_or_default() } else { plain }
}

/// Never over a file that is there, not even one that came to be since it was looked for.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

/// In place of a file that is there, whole or not at all, with what others may do with it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let partial = path.with_file_name(format!(".{file}.{}.partial", std::process::id()));
    let written = OpenOptions::new().write(true).create_new(true).open(&partial).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Ok(earlier) = fs::metadata(path) {
            file.set_permissions(earlier.permissions())?;
        }
        fs::rename(&partial, path)
    });
    if written.is_err() {
        // What can't be taken away is in nobody's way.
        let _ = fs::remove_file(&partial);
    }
    written
}

pub fn unwritable(name: &str, error: &io::Error) -> Fault {
    Fault::new("usage/unwritable", format!("{name} can't be written: {error}"))
        .help("see that you may write into this folder")
}

/// A command to run next, in the same folder and by the same configuration.
pub fn command(global: &Global, command: &str) -> String {
    let option = |name, value: &Option<PathBuf>| {
        value.as_ref().map_or_else(String::new, |value| format!(" {name} {}", value.display()))
    };
    format!("changegate{} {command}{}", option("-C", &global.directory), option("--config", &global.config))
}

/// What is there already, and what to do in place of writing over it.
pub fn exists(name: &str, instead: &str) -> Fault {
    Fault::new("usage/exists", format!("{name} exists already, and is left as it is"))
        .help(format!("nothing was written; {instead}"))
}

/// Why a text can't be the id of a system whose files are written here, on any machine that the project is taken to.
pub fn unfit(system: &str) -> Option<Fault> {
    let short: String = system.chars().take(40).chain(system.chars().nth(40).map(|_| '…')).collect();
    let why = if system.is_empty() {
        "the id of a system is empty".to_owned()
    } else if system.starts_with('@') {
        format!("`{short}` is the name of a person, and a system needs one of its own")
    } else if !crate::proposal::fits(&Kind::Name, system) || system.contains(['/', ':', '@']) {
        format!("`{short}` can't be the id of a system")
    } else if is_device(system) {
        format!("`{short}` can't be the id of a system: on Windows it is the name of a device")
    } else {
        return None;
    };
    let help = "use letters, digits and . _ - +, beginning with a letter or a digit, at most 128; it becomes the name of a file";
    Some(Fault::new("usage/system", why).help(help))
}
