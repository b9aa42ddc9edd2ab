//! Proposals that wait for each other.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

/// So many of a circle are named to each in it; one of a hundred thousand would else be told in ten thousand million names.
const MOST_NAMED: usize = 12;
/// So many steps are walked to find the shortest way back of one; where there are more, or more members, the first few are named.
const MOST_WALKED: usize = 2_000;

/// For each that comes after itself by way of others: the circle, itself first. `edges` lists of each those after which it comes.
///
/// One is in a circle exactly when it can be reached from itself, that is where its strongly connected component has another
/// member or it waits for itself. So which are told does not depend on where the walk begins. Every edge is walked three times.
pub fn circles(edges: &[Vec<usize>]) -> HashMap<usize, Vec<usize>> {
    let component = components(edges);
    let mut size = vec![0_usize; edges.len()];
    component.iter().for_each(|&of| size[of] += 1);
    (0..edges.len())
        .filter(|&at| size[component[at]] > 1 || edges[at].contains(&at))
        .map(|at| {
            let small = size[component[at]] <= MOST_WALKED;
            let way = small.then(|| way_back(at, edges, &component)).flatten();
            (at, way.unwrap_or_else(|| beginning(at, edges, &component)))
        })
        .collect()
}

/// The strongly connected component of each, by Kosaraju's algorithm.
fn components(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut back = vec![Vec::new(); edges.len()];
    for (from, to) in edges.iter().enumerate().flat_map(|(from, to)| to.iter().map(move |&to| (from, to))) {
        back[to].push(from);
    }
    let mut seen = vec![false; edges.len()];
    let order: Vec<_> = (0..edges.len()).flat_map(|start| reached(start, edges, &mut seen)).collect();
    let mut seen = vec![false; edges.len()];
    let mut component = vec![0; edges.len()];
    for &start in order.iter().rev() {
        for member in reached(start, &back, &mut seen) {
            component[member] = start;
        }
    }
    component
}

/// All that can be reached and were not seen yet, each behind those that are reached from it.
fn reached(start: usize, edges: &[Vec<usize>], seen: &mut [bool]) -> Vec<usize> {
    let mut done = Vec::new();
    if std::mem::replace(&mut seen[start], true) {
        return done;
    }
    // A row of a hundred thousand would overflow the stack of a function that calls itself.
    let mut way = vec![(start, edges[start].iter())];
    while let Some((at, next)) = way.last_mut() {
        match next.next() {
            Some(&next) if std::mem::replace(&mut seen[next], true) => {}
            Some(&next) => way.push((next, edges[next].iter())),
            None => {
                done.push(*at);
                way.pop();
            }
        }
    }
    done
}

/// The shortest way from one of a component to itself, as far as it is named; none where that is too long to look for.
fn way_back(start: usize, edges: &[Vec<usize>], component: &[usize]) -> Option<Vec<usize>> {
    let inside = |at: usize| edges[at].iter().copied().filter(move |&next| component[next] == component[start]);
    let mut came_from = HashMap::new();
    let mut waiting = VecDeque::from([start]);
    let mut walked = 0;
    while let Some(at) = waiting.pop_front() {
        for next in inside(at) {
            if next == start {
                let mut way: Vec<_> = std::iter::successors(Some(at), |on| came_from.get(on).copied()).collect();
                way.reverse();
                way.truncate(MOST_NAMED);
                return Some(way);
            }
            if let Entry::Vacant(unseen) = came_from.entry(next) {
                unseen.insert(at);
                waiting.push_back(next);
            }
            walked += 1;
        }
        if walked > MOST_WALKED {
            return None;
        }
    }
    None
}

/// Each and one for which it waits.
fn beginning(start: usize, edges: &[Vec<usize>], component: &[usize]) -> Vec<usize> {
    let inside = |at: usize| edges[at].iter().copied().filter(move |&next| component[next] == component[start]);
    let mut way = vec![start];
    while let Some(next) = way.last().and_then(|&at| inside(at).find(|next| !way.contains(next))) {
        way.push(next);
        if way.len() == MOST_NAMED {
            break;
        }
    }
    way
}

#[cfg(test)]
mod tests {
    use super::circles;
    use std::collections::BTreeMap;

    fn circles_of(edges: &[&[usize]]) -> BTreeMap<usize, Vec<usize>> {
        circles(&edges.iter().map(|to| to.to_vec()).collect::<Vec<_>>()).into_iter().collect()
    }

    #[test]
    fn a_circle_is_told_to_each_in_it_and_to_no_other() {
        let found = circles_of(&[&[1], &[2], &[0, 5], &[0], &[], &[]]);
        assert_eq!(found, BTreeMap::from([(0, vec![0, 1, 2]), (1, vec![1, 2, 0]), (2, vec![2, 0, 1])]));
    }

    #[test]
    fn one_that_waits_for_itself_is_a_circle() {
        assert_eq!(circles_of(&[&[0]]), BTreeMap::from([(0, vec![0])]));
        assert_eq!(circles_of(&[&[1], &[]]), BTreeMap::new());
    }

    #[test]
    fn a_member_that_is_reached_by_a_second_way_is_told_too() {
        // 0 → 1 → 2 → 0, and 0 → 3 → 2: whoever walks 2 first from 1 is done with it before it comes to 3.
        let found = circles_of(&[&[1, 3], &[2], &[0], &[2]]);
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(found[&3], [3, 2, 0]);
    }

    #[test]
    fn a_long_row_needs_no_stack_and_a_long_ring_is_told_by_its_beginning() {
        let mut edges: Vec<Vec<usize>> = (1..100_000).map(|next| vec![next]).chain([vec![]]).collect();
        assert!(circles(&edges).is_empty());
        edges[99_999].push(0);
        let found = circles(&edges);
        assert_eq!(found.len(), 100_000);
        assert_eq!(found[&99_995], [99_995, 99_996, 99_997, 99_998, 99_999, 0, 1, 2, 3, 4, 5, 6]);
    }
}
