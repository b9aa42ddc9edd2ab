//! Running the git command: with an environment of its own, for a bounded time, with a bounded answer.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::path::Path;
use std::process::{self, Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How long git may take for one answer. What is asked for takes milliseconds; this long takes only what waits for something.
const LONGEST: Duration = Duration::from_secs(60);
/// The longest answer, in bytes: the names of some million files.
const MOST: u64 = 256 << 20;

pub struct Command(process::Command);

/// What git said.
#[derive(Debug)]
pub struct Answer {
    ended_well: bool,
    out: String,
    error: String,
}

impl Answer {
    /// What it printed.
    ///
    /// # Errors
    /// What it complained of, where it did not end well.
    pub fn success(&self) -> Result<&str, &str> {
        if self.ended_well { Ok(&self.out) } else { Err(self.error.trim()) }
    }
}

impl Command {
    pub fn new(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = process::Command::new("git");
        command
            .current_dir(folder)
            // Nothing is taken for a pattern or an option that came as a name, and no program is started on behalf of a file.
            .args(["--literal-pathspecs", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"])
            .args(arguments)
            .env("LC_ALL", "C")
            // Nothing is fetched, asked for or written, and no commit is replaced by another one.
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_OPTIONAL_LOCKS", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Self(command)
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// When there is no git to run, it takes too long, or its answer is too long or no UTF-8.
    pub fn run(mut self) -> io::Result<Answer> {
        let mut child = self.0.spawn()?;
        let (out, error) = (child.stdout.take(), child.stderr.take());
        let (done, is_done) = mpsc::channel();
        // Both are read at once: git waits when nobody takes what it says.
        let errors = thread::spawn(move || error.map(all).transpose());
        thread::spawn(move || done.send(out.map(all).transpose()));
        let Ok(out) = is_done.recv_timeout(LONGEST) else {
            end(&mut child);
            return Err(io::Error::new(io::ErrorKind::TimedOut, format!("it took more than {} s", LONGEST.as_secs())));
        };
        let out = out.inspect_err(|_| end(&mut child))?.unwrap_or_default();
        let status = child.wait()?;
        let error = errors.join().ok().and_then(Result::ok).flatten().unwrap_or_default();
        let out = String::from_utf8(out).map_err(|_| io::Error::other("a name in its answer is not UTF-8"))?;
        Ok(Answer { ended_well: status.success(), out, error: String::from_utf8_lossy(&error).into_owned() })
    }

    /// Starts it, to be spoken with.
    pub fn converse(mut self) -> io::Result<Child> {
        self.0.stdin(Stdio::piped()).stderr(Stdio::null()).spawn()
    }
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.get_args().map(OsStr::to_string_lossy)).finish()
    }
}

fn all(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST { Err(io::Error::other("its answer is too long")) } else { Ok(bytes) }
}

fn end(child: &mut Child) {
    // What has ended by itself needs no more.
    let _ = child.kill();
    let _ = child.wait();
}
