//! Names that wait for each other.

use super::Args;
use crate::policy::fault::misuse;
use crate::policy::run::{Answer, Run, Stop};
use crate::policy::value::{Text, Value};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// So many circles are told of one proposal.
const MOST: usize = 5;

/// See `circles` in [`super::collection::FUNCTIONS`].
pub fn circles<'f>(run: &mut Run<'f>, args: &Args<'f>) -> Answer<'f> {
    let texts = args.texts(run, 0)?;
    let Value::Map(map) = args.value(1).clone() else { return Err(args.wrong(1, "a map of lists").into()) };
    let mut names: Vec<&Text<'f>> = Vec::with_capacity(texts.len());
    let mut number = BTreeMap::new();
    for name in &texts {
        if let Entry::Vacant(free) = number.entry(&**name) {
            free.insert(names.len());
            names.push(name);
        }
    }
    let mut needs = Vec::with_capacity(names.len());
    for name in &names {
        let needed = map.entries.get(&***name).unwrap_or(&Value::Nothing);
        needs.push(needed_by(run, needed, &number)?);
    }
    let told = found(&needs);
    Ok(told.iter().map(|circle| circle.iter().map(|&at| Value::Text(names[at].clone())).collect()).collect())
}

/// The numbers of the names in a list that are known.
fn needed_by<'f>(run: &mut Run<'f>, list: &Value<'f>, number: &BTreeMap<&str, usize>) -> Result<Vec<usize>, Stop> {
    let mut walk = run.walked(list)?;
    let mut needed = Vec::new();
    while let Some(name) = walk.next(run)? {
        let Value::Text(name) = name else {
            let message = format!("`circles` needs lists of names, and one holds {}", name.kind());
            return Err(misuse("policy/wrong-type", message, "`#{ a: [\"b\"], b: [] }`").into());
        };
        needed.extend(number.get(&*name));
    }
    Ok(needed)
}

/// The circles, the first [`MOST`]. What waits for nothing is taken out, then what waited for that alone, and so on; whatever is left leads to a
/// circle. One that is found is taken out like what waits for nothing, so that others are told besides it, and each once.
fn found(needs: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut waiters = vec![Vec::new(); needs.len()];
    let mut open: Vec<usize> = needs.iter().map(Vec::len).collect();
    for (at, needed) in needs.iter().enumerate() {
        needed.iter().for_each(|&other| waiters[other].push(at));
    }
    let mut free: Vec<usize> = (0..needs.len()).filter(|&at| open[at] == 0).collect();
    let mut circles = Vec::new();
    for start in 0..needs.len() {
        while let Some(at) = free.pop() {
            for &waiter in &waiters[at] {
                // One that a circle has freed waits no longer, whatever it waited for.
                if open[waiter] > 0 {
                    open[waiter] -= 1;
                    if open[waiter] == 0 {
                        free.push(waiter);
                    }
                }
            }
        }
        if open[start] == 0 {
            continue;
        }
        if circles.len() == MOST {
            break;
        }
        let circle = circle(start, needs, &open);
        for &at in &circle {
            open[at] = 0;
            free.push(at);
        }
        circles.push(circle);
    }
    circles
}

/// The circle to which one leads that waits for another.
fn circle(start: usize, needs: &[Vec<usize>], open: &[usize]) -> Vec<usize> {
    let mut way = Vec::new();
    let mut at = start;
    let mut place = vec![None; needs.len()];
    while place[at].is_none() {
        place[at] = Some(way.len());
        way.push(at);
        // What waits is waited for by none but what waits: there is always a next one.
        let Some(&next) = needs[at].iter().find(|&&other| open[other] > 0) else { break };
        at = next;
    }
    way.split_off(place[at].unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn each_circle_is_found_once_and_what_leads_to_one_is_none() {
        assert!(found(&[vec![1], vec![2], vec![]]).is_empty());
        assert_eq!(found(&[vec![0]]), [[0]]);
        assert_eq!(found(&[vec![1], vec![2], vec![1]]), [[1, 2]]);
        assert_eq!(found(&[vec![1], vec![0], vec![3], vec![2], vec![0, 2]]), [[0, 1], [2, 3]]);
    }

    #[test]
    fn there_are_five_at_most() {
        let pairs: Vec<Vec<usize>> = (0..20).map(|at| vec![at ^ 1]).collect();
        assert_eq!(found(&pairs).len(), super::MOST);
    }
}
