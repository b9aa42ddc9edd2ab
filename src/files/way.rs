//! Whether a path leads into a folder, however it is spelled.
//!
//! What is to be read from a commit must not be read from the work tree because its path goes by a link, by other letters or by the
//! long form of a name. So the way is walked, and each folder on it compared with the one that is meant as the system knows both.

use super::is_absence;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Where a path leads, as seen from a folder that is known, the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Into it, by this path from there. Inside of it no link is followed: in a commit there is nothing behind one.
    Inside(PathBuf),
    /// Elsewhere, by this path, in which nothing is a link.
    Outside(PathBuf),
}

/// Through how many links one path may lead, as on Linux.
const MOST_LINKS: usize = 40;

impl Way {
    /// Where a path leads by way of `top`, which is canonical; a relative one begins there.
    ///
    /// # Errors
    /// When the way can't be looked at, or leads through links without end.
    pub fn of(top: &Path, path: &Path) -> io::Result<Self> {
        Self::Inside(PathBuf::new()).then(top, path)
    }

    /// Where a path leads that begins here.
    ///
    /// # Errors
    /// As above.
    pub fn then(&self, top: &Path, path: &Path) -> io::Result<Self> {
        let (mut at, mut ahead, mut links) = (self.clone(), path.to_owned(), 0);
        loop {
            let path = std::mem::take(&mut ahead);
            let mut parts = path.components();
            let Some(part) = parts.next() else { return Ok(at) };
            ahead = parts.as_path().to_owned();
            at = match (at, part) {
                (at, Component::CurDir) => at,
                (_, Component::Prefix(_)) => Self::Outside(part.as_os_str().into()),
                (Self::Inside(_), Component::RootDir) => arrived(top, part.as_os_str().into()),
                (Self::Inside(way), Component::Normal(name)) => Self::Inside(way.join(name)),
                (Self::Inside(way), Component::ParentDir) => way.parent().map_or_else(
                    || Self::Outside(top.parent().unwrap_or(top).to_owned()),
                    |above| Self::Inside(above.to_owned()),
                ),
                (Self::Outside(mut folder), Component::ParentDir) => {
                    folder.pop();
                    arrived(top, folder)
                }
                (Self::Outside(folder), part) => {
                    let next = folder.join(part);
                    match link(&next)? {
                        None => arrived(top, next),
                        Some(_) if links == MOST_LINKS => {
                            return Err(io::Error::other("it leads through too many links"));
                        }
                        Some(target) => {
                            links += 1;
                            ahead = target.join(ahead);
                            Self::Outside(folder)
                        }
                    }
                }
            };
        }
    }
}

/// A path from a folder, where it leads into that; otherwise as it is.
pub fn from(folder: &Path, path: &Path) -> PathBuf {
    match Way::of(folder, path) {
        Ok(Way::Inside(way)) => way,
        _ => path.to_owned(),
    }
}

fn arrived(top: &Path, at: PathBuf) -> Way {
    if is_same(&at, top) { Way::Inside(PathBuf::new()) } else { Way::Outside(at) }
}

/// Where a link leads. One that leads nowhere yet is followed, too: a pull request may have removed what it led to.
fn link(path: &Path) -> io::Result<Option<PathBuf>> {
    match path.symlink_metadata() {
        Ok(kind) if kind.is_symlink() => path.read_link().map(Some),
        Err(error) if !is_absence(&error) => Err(error),
        _ => Ok(None),
    }
}

/// Whether both are one folder to the system, whatever letters they are written with.
#[cfg(unix)]
fn is_same(at: &Path, top: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let known = |path: &Path| path.metadata().map(|known| (known.dev(), known.ino())).ok();
    at == top || known(at).is_some_and(|at| known(top) == Some(at))
}

#[cfg(not(unix))]
fn is_same(at: &Path, top: &Path) -> bool {
    at == top || at.canonicalize().is_ok_and(|at| at == top)
}
