//! Proposals that wait for each other.

use super::Entry;
use std::collections::HashMap;

type Ids = HashMap<Box<str>, Vec<usize>>;

/// For each proposal that comes after itself by way of others: the ids of the circle, itself first.
///
/// Every edge is walked once. Of several proposals with one id the first stands for all: an id that is not unique is denied for
/// itself.
pub fn circles(entries: &[Option<Entry>], ids: &Ids) -> HashMap<usize, Box<[Box<str>]>> {
    let mut found = HashMap::new();
    let mut state = vec![State::Unseen; entries.len()];
    for start in 0..entries.len() {
        // The way from `start`, and for each proposal on it those that it still has to wait for.
        let mut way = Vec::new();
        enter(start, entries, ids, &mut state, &mut way);
        while let Some((_, waiting)) = way.last_mut() {
            match waiting.pop() {
                None => {
                    if let Some((done, _)) = way.pop() {
                        state[done] = State::Done;
                    }
                }
                Some(next) => match state[next] {
                    State::Unseen => enter(next, entries, ids, &mut state, &mut way),
                    State::Done => {}
                    // Told already to both ends of this edge, it would be walked for nothing.
                    State::OnTheWay
                        if found.contains_key(&next) && way.last().is_some_and(|(on, _)| found.contains_key(on)) => {}
                    State::OnTheWay => {
                        let circle: Vec<_> = way.iter().map(|&(on, _)| on).skip_while(|&on| on != next).collect();
                        remember(&circle, entries, &mut found);
                    }
                },
            }
        }
    }
    found
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    OnTheWay,
    Done,
}

fn enter(index: usize, entries: &[Option<Entry>], ids: &Ids, state: &mut [State], way: &mut Vec<(usize, Vec<usize>)>) {
    if state[index] != State::Unseen {
        return;
    }
    state[index] = State::OnTheWay;
    let after = entries[index].iter().flat_map(|entry| &entry.after);
    let next = after.filter_map(|id| ids.get(id)?.first()).copied().collect();
    way.push((index, next));
}

/// So many of a circle are named to each in it; one of a hundred thousand would else be told in ten thousand million names.
const MOST_NAMED: usize = 12;

fn remember(circle: &[usize], entries: &[Option<Entry>], found: &mut HashMap<usize, Box<[Box<str>]>>) {
    for (turn, &index) in circle.iter().enumerate().filter(|(_, index)| !found.contains_key(index)).collect::<Vec<_>>()
    {
        let from_here = circle[turn..].iter().chain(&circle[..turn]);
        let names =
            from_here.filter_map(|&on| entries[on].as_ref()).map(|entry| entry.id.clone()).take(MOST_NAMED).collect();
        found.entry(index).or_insert(names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles_of(after: &[(&str, &[&str])]) -> Vec<(usize, Vec<String>)> {
        let boxed = |names: &[&str]| names.iter().map(|&name| name.into()).collect();
        let entry = |&(id, after): &(&str, &[&str])| {
            Some(Entry {
                id: id.into(),
                system: "s".into(),
                window: None,
                after: boxed(after),
                needs: Box::default(),
                people: Box::default(),
                fast_track: false,
                sites: false,
            })
        };
        let entries: Vec<_> = after.iter().map(entry).collect();
        let mut ids = Ids::new();
        after.iter().enumerate().for_each(|(index, (id, _))| ids.entry((*id).into()).or_default().push(index));
        let mut found: Vec<_> = circles(&entries, &ids)
            .into_iter()
            .map(|(index, names)| (index, names.iter().map(ToString::to_string).collect()))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn a_circle_is_told_to_each_in_it_and_to_no_other() {
        let found = circles_of(&[("a", &["b"]), ("b", &["c"]), ("c", &["a", "x"]), ("d", &["a"]), ("e", &["gone"])]);
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(found, [(0, names("a b c")), (1, names("b c a")), (2, names("c a b"))]);
    }

    #[test]
    fn one_that_waits_for_itself_is_a_circle() {
        assert_eq!(circles_of(&[("a", &["a"])]), [(0, vec!["a".to_owned()])]);
        assert_eq!(circles_of(&[("a", &["b"]), ("b", &[])]), []);
    }

    #[test]
    fn a_long_row_needs_no_stack() {
        let ids: Vec<_> = (0..100_000).map(|number| number.to_string()).collect();
        let after: Vec<[&str; 1]> = ids.iter().skip(1).chain(ids.first()).map(|id| [id.as_str()]).collect();
        let row: Vec<(&str, &[&str])> =
            ids.iter().map(String::as_str).zip(after.iter().map(|after| after.as_slice())).take(99_999).collect();
        assert_eq!(circles_of(&row), []);
    }

    #[test]
    fn many_of_one_id_that_wait_for_each_other_are_walked_quickly() {
        let all: Vec<(&str, &[&str])> = vec![("a", &["a"]); 2_000];
        let found = circles_of(&all);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
