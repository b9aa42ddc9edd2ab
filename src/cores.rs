//! The same work on many items: over all cores, handed on in order, and in memory that holds no more than a few results.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::{io, thread};

/// How far the fastest thread may be ahead of what was handed on: results wait in memory for those before them.
const AHEAD: usize = 256;

/// Why work ended before its last item.
#[derive(Debug)]
pub enum Stopped {
    /// A result could not be handed on.
    Output(io::Error),
    /// No thread could be started, and nothing was done.
    Threads(io::Error),
    /// So many items were left out, as a thread broke off.
    Lost(usize),
}

/// Does the work for each number below `count`, and hands each result on in the order of the numbers. `stack` is that of each thread, in
/// bytes.
///
/// ```
/// let mut squares = Vec::new();
/// changegate::cores::in_order(4, 1 << 16, |number| number * number, |square| Ok(squares.push(square))).unwrap();
/// assert_eq!(squares, [0, 1, 4, 9]);
/// ```
///
/// # Errors
/// When a result can't be handed on, no thread can be started, or an item was left out.
pub fn in_order<T: Send>(
    count: usize,
    stack: usize,
    work: impl Fn(usize) -> T + Sync,
    mut hand_on: impl FnMut(T) -> io::Result<()>,
) -> Result<(), Stopped> {
    let next = AtomicUsize::new(0);
    let handed = Progress::default();
    let threads = if count < 2 { count } else { thread::available_parallelism().map_or(1, usize::from).min(count) };
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        let mut running = Vec::new();
        for _ in 0..threads {
            let (sender, next, handed, work) = (sender.clone(), &next, &handed, &work);
            let thread = move || {
                // A thread that breaks off leaves a gap that the others would wait behind.
                let mut guard = Broken { progress: handed, sound: false };
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    if !handed.wait_until_near(index) || sender.send((index, work(index))).is_err() {
                        break;
                    }
                }
                guard.sound = true;
            };
            match thread::Builder::new().stack_size(stack).spawn_scoped(scope, thread) {
                Ok(thread) => running.push(thread),
                // Fewer threads do the same work; without any there would be nobody to wait for.
                Err(error) if running.is_empty() => return Err(Stopped::Threads(error)),
                Err(_) => break,
            }
        }
        drop(sender);
        // Whatever the end, a panic of what is handed on included, no thread may wait for a progress that will not come.
        let stop = Stop(&handed);
        let done = take(receiver, &handed, &mut hand_on);
        drop(stop);
        // A thread that broke off is known by what it left out; left to the scope, it would break this one off too.
        running.into_iter().for_each(|thread| drop(thread.join()));
        let done = done.map_err(Stopped::Output)?;
        if done == count { Ok(()) } else { Err(Stopped::Lost(count - done)) }
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

/// Hands on what comes, and gives how much that was.
fn take<T>(
    receiver: mpsc::Receiver<(usize, T)>,
    handed: &Progress,
    hand_on: &mut impl FnMut(T) -> io::Result<()>,
) -> io::Result<usize> {
    let mut waiting = BTreeMap::new();
    let mut expected = 0;
    for (index, result) in receiver {
        waiting.insert(index, result);
        while let Some(result) = waiting.remove(&expected) {
            hand_on(result)?;
            expected += 1;
            handed.set(expected);
        }
    }
    Ok(expected)
}

/// How many results were handed on.
#[derive(Default)]
struct Progress {
    handed: Mutex<usize>,
    changed: Condvar,
}

impl Progress {
    /// Waits until an item is near enough to what was handed on; false when the work has stopped.
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
