//! Many proposals in one run: over all cores, in order, and in memory that holds no more of each than the roster does.

use crate::cores::{self, Stopped};
use crate::digest;
use crate::facts::Phase;
use crate::finding::Fault;
use crate::gate::{Gate, Moment, Other, Others};
use crate::inputs::Input;
use crate::policy;
use crate::roster::{Concern, Crowded, Left, MOST_WINDOWS, Roster};
use crate::verdict::Judgement;
use std::io;

/// Judges all inputs, and hands each judgement on in the order of the inputs.
///
/// # Errors
/// When a judgement can't be handed on, no thread can be started, or an input was left out.
pub fn judge(
    gate: &Gate,
    roster: &Roster,
    inputs: &[Input],
    hand_on: impl FnMut(Judgement) -> io::Result<()>,
) -> Result<(), Stopped> {
    cores::in_order(inputs.len(), policy::STACK, |index| one(gate, roster, inputs, index, gate.moment()), hand_on)
}

/// Judges one of the inputs, with the others that concern it.
pub fn one(gate: &Gate, roster: &Roster, inputs: &[Input], index: usize, moment: Moment) -> Judgement {
    let input = &inputs[index];
    // What is done is planned no more, and its profile has gone on.
    if let Some((left, id)) = roster.left(index).filter(|_| moment.phase != Phase::Close) {
        let of_change = Some(left == Left::Plan);
        // A replay has to know it, too.
        let consulted = gate.sources.comes_with(&input.name()).consulted;
        let left = Judgement {
            id: Some(id.to_owned()),
            of_change,
            left: Some(left),
            consulted,
            ..Judgement::of(input.name())
        };
        return match again(gate, roster, inputs, index) {
            Ok((_, digest)) => Judgement { digest: Some(digest), ..left },
            Err(fault) => Judgement { faults: vec![fault], ..Judgement::of(input.name()) },
        };
    }
    let mut seats = roster.others(index);
    // What stands on the base was held against what stands there.
    if roster.concern(index) == Some(Concern::Meets) {
        seats.shown.retain(|&other| roster.is_brought(other));
    }
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
        Ok((bytes, _)) => gate.judge_among_at(&input.name(), bytes, &others, moment),
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

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test")]
mod tests {
    use crate::config::Config;
    use crate::cores::Stopped;
    use crate::document::Limits;
    use crate::facts::Phase;
    use crate::files::Files;
    use crate::fleet::judge;
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
