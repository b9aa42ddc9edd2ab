//! Many proposals in one run: over all cores, in order, and in memory that holds no more of each than the roster does.

use crate::digest;
use crate::facts::Phase;
use crate::finding::Fault;
use crate::gate::{Gate, Other, Others};
use crate::inputs::Input;
use crate::policy;
use crate::roster::{Crowded, MOST_WINDOWS, Roster};
use crate::verdict::Judgement;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::{io, thread};

/// How far the fastest thread may be ahead of what was handed on: judgements wait in memory for those before them.
const AHEAD: usize = 256;

/// Why a run ended before its last input was judged.
#[derive(Debug)]
pub enum Stopped {
    /// A judgement could not be handed on.
    Output(io::Error),
    /// No thread could be started, and nothing was judged.
    Threads(io::Error),
    /// So many inputs were not judged, as a thread broke off.
    Lost(usize),
}

/// Judges all inputs, and hands each judgement on in the order of the inputs.
///
/// # Errors
/// When a judgement can't be handed on, no thread can be started, or an input was left out.
pub fn judge(
    gate: &Gate,
    roster: &Roster,
    inputs: &[Input],
    mut hand_on: impl FnMut(Judgement) -> io::Result<()>,
) -> Result<(), Stopped> {
    let next = AtomicUsize::new(0);
    let handed = Progress::default();
    let threads = if inputs.len() < 2 {
        inputs.len()
    } else {
        thread::available_parallelism().map_or(1, usize::from).min(inputs.len())
    };
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        let mut running = Vec::new();
        for _ in 0..threads {
            let (sender, next, handed) = (sender.clone(), &next, &handed);
            let work = move || {
                // A thread that breaks off leaves a gap that the others would wait behind.
                let mut guard = Broken { progress: handed, sound: false };
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= inputs.len() {
                        break;
                    }
                    if !handed.wait_until_near(index) || sender.send((index, one(gate, roster, inputs, index))).is_err()
                    {
                        break;
                    }
                }
                guard.sound = true;
            };
            match thread::Builder::new().stack_size(policy::STACK).spawn_scoped(scope, work) {
                Ok(thread) => running.push(thread),
                // Fewer threads do the same work; without any there would be nobody to wait for.
                Err(error) if running.is_empty() => return Err(Stopped::Threads(error)),
                Err(_) => break,
            }
        }
        drop(sender);
        // Whatever the end, a panic of what is handed on included, no thread may wait for a progress that will not come.
        let stop = Stop(&handed);
        let count = in_order(receiver, &handed, &mut hand_on);
        drop(stop);
        // A thread that broke off is known by what it left out; left to the scope, it would break this one off too.
        running.into_iter().for_each(|thread| drop(thread.join()));
        let count = count.map_err(Stopped::Output)?;
        if count == inputs.len() { Ok(()) } else { Err(Stopped::Lost(inputs.len() - count)) }
    })
}

/// Stops the progress when a thread ends otherwise than at its end.
struct Broken<'p> {
    progress: &'p Progress,
    sound: bool,
}

impl Drop for Broken<'_> {
    fn drop(&mut self) {
        if !self.sound {
            self.progress.stop();
        }
    }
}

/// Stops the progress when it goes out of scope.
struct Stop<'p>(&'p Progress);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

fn in_order(
    receiver: mpsc::Receiver<(usize, Judgement)>,
    handed: &Progress,
    hand_on: &mut impl FnMut(Judgement) -> io::Result<()>,
) -> io::Result<usize> {
    let mut waiting = BTreeMap::new();
    let mut expected = 0;
    for (index, judgement) in receiver {
        waiting.insert(index, judgement);
        while let Some(judgement) = waiting.remove(&expected) {
            hand_on(judgement)?;
            expected += 1;
            handed.set(expected);
        }
    }
    Ok(expected)
}

fn one(gate: &Gate, roster: &Roster, inputs: &[Input], index: usize) -> Judgement {
    let input = &inputs[index];
    // What is done is planned no more, and its profile has gone on.
    if let Some(id) = roster.at_rest(index).filter(|_| gate.phase != Phase::Close) {
        let closed = Judgement { id: Some(id.to_owned()), closed: true, ..Judgement::of(input.name()) };
        return match again(gate, roster, inputs, index) {
            Ok((_, digest)) => Judgement { digest: Some(digest), ..closed },
            Err(fault) => Judgement { faults: vec![fault], ..Judgement::of(input.name()) },
        };
    }
    let seats = roster.others(index);
    let mut others = Others { circle: roster.circle(index), unknown: roster.unknown(index), ..Others::default() };
    others.elsewhere = Some((roster, index));
    others.faults.extend(seats.crowded.iter().map(crowded));
    others.faults.extend(roster.has_more_windows(index).then(more_windows));
    for other in seats.shown {
        match again(gate, roster, inputs, other) {
            Ok((bytes, digest)) => {
                others.proposals.push(Other {
                    file: inputs[other].name(),
                    bytes,
                    digest,
                    closed: roster.closed(other),
                });
            }
            Err(fault) => others.faults.push(fault),
        }
    }
    match again(gate, roster, inputs, index) {
        Ok((bytes, _)) => gate.judge_among(&input.name(), bytes, &others),
        Err(fault) => Judgement { faults: vec![fault], ..Judgement::of(input.name()) },
    }
}

/// The bytes of an input and their digest, as they were when the roster was made: that says which others concern it, and would
/// be silent on what was written into the file since.
fn again(gate: &Gate, roster: &Roster, inputs: &[Input], index: usize) -> Result<(Vec<u8>, String), Fault> {
    let bytes = inputs[index].read(gate.limits.bytes)?;
    let digest = digest::of(&bytes);
    if roster.digest(index) == Some(&digest) { Ok((bytes, digest)) } else { Err(changed(&inputs[index].name())) }
}

fn changed(file: &str) -> Fault {
    Fault::new("input/changed", format!("{file} was changed while the run was on"))
        .help("run it again when nobody writes to the files")
}

fn crowded(crowded: &Crowded) -> Fault {
    let Crowded { seats, what } = crowded;
    let message = format!("more than {seats} other proposals of this run {what}, and no more are looked at");
    Fault::new("check/too-many-others", message).help(
        "judge fewer proposals in one run, and close those that are done: with `outcome` and `finished_at` in `record`",
    )
}

fn more_windows() -> Fault {
    let message = format!(
        "it is worked on in more than {MOST_WINDOWS} windows, and no more are held against the other proposals of this run"
    );
    Fault::new("check/too-many-windows", message)
        .help("propose some of its stages by themselves, `after` this one; or judge it in a run of its own")
}

/// How many judgements were handed on.
#[derive(Default)]
struct Progress {
    handed: Mutex<usize>,
    changed: Condvar,
}

impl Progress {
    /// Waits until an input is near enough to what was handed on; false when the run has stopped.
    fn wait_until_near(&self, index: usize) -> bool {
        let mut handed = self.handed.lock().unwrap_or_else(PoisonError::into_inner);
        while *handed != usize::MAX && index >= *handed + AHEAD {
            handed = self.changed.wait(handed).unwrap_or_else(PoisonError::into_inner);
        }
        *handed != usize::MAX
    }

    fn set(&self, count: usize) {
        let mut handed = self.handed.lock().unwrap_or_else(PoisonError::into_inner);
        // Once stopped, it stays so.
        *handed = count.max(*handed);
        self.changed.notify_all();
    }

    fn stop(&self) {
        self.set(usize::MAX);
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use crate::config::Config;
    use crate::document::Limits;
    use crate::facts::Phase;
    use crate::files::Files;
    use crate::fleet::{Stopped, judge};
    use crate::gate::Gate;
    use crate::inputs::Input;
    use crate::policy::{RuleSet, builtin};
    use crate::profiles::Profiles;
    use crate::roster::Roster;
    use jiff::Timestamp;
    use std::path::Path;
    use std::sync::Arc;

    /// A roster of more than the inputs names one that there is not.
    #[test]
    fn what_a_thread_leaves_out_is_counted() {
        let rules = RuleSet::load(&[builtin()], &[], Phase::Plan).expect("sound rules");
        let now = Timestamp::UNIX_EPOCH;
        let gate = Gate::new(rules, Profiles::none(), &Config::none(), Phase::Plan, Some(now), now).expect("rules");
        let input =
            Input::File { files: Arc::new(Files::folder(Path::new("."))), path: "examples/routine-patch.json".into() };
        let inputs = [input.clone(), input];
        let roster = Roster::of(&inputs, &gate.profiles, &Limits::default(), now);
        let stopped = judge(&gate, &roster, &inputs[..1], |_| Ok(()));
        assert!(matches!(stopped, Err(Stopped::Lost(1))), "{stopped:?}");
        assert!(judge(&gate, &roster, &inputs, |_| Ok(())).is_ok());
    }
}
