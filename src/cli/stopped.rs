//! Why work ended before its last item, as a fault.

use super::Failure;
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

/// Where the output is gone after files were changed, which ones: nobody else has told.
pub fn beside(failure: Failure, written: &[String]) -> Failure {
    let Failure::Output(error) = failure else { return failure };
    if written.is_empty() {
        return Failure::Output(error);
    }
    let message = format!(
        "standard output can't be written to: {error}; by then these files were written: {}",
        written.join(", ")
    );
    let help = "what is in them holds, and others were not come to; run it again where all of its output can go";
    Fault::new("report/unwritable", message).help(help).into()
}
