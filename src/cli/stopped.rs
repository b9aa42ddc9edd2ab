//! Why work over all cores ended before its last item, as a fault.

use crate::cores::Stopped;
use crate::finding::Fault;
use std::io;

/// `left_out` says what became of the others: `proposals were not judged`.
///
/// # Errors
/// When a result could not be handed on.
pub fn fault(done: Result<(), Stopped>, left_out: &str) -> io::Result<Option<Fault>> {
    Ok(match done {
        Ok(()) => None,
        Err(Stopped::Output(error)) => return Err(error),
        Err(Stopped::Threads(error)) => Some(
            Fault::new("internal/threads", format!("no thread can be started: {error}"))
                .help("raise the limit on processes or on memory of whatever runs changegate"),
        ),
        Err(Stopped::Lost(count)) => Some(
            Fault::new("internal/threads", format!("{count} {left_out}, as a thread broke off"))
                .help("run it again; should it happen again, please report it"),
        ),
    })
}
