//! Maven's versions: `ComparableVersion`, in which every dash and every change between digits and letters opens a list inside the list.

use super::number::{Number, digits, split};
use std::cmp::Ordering;

/// The lists, each inside the one before it and at its end.
pub(super) type Key<'t> = Vec<Vec<Item<'t>>>;

/// What stands in a list. Numbers beat lists, and lists beat words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Item<'t> {
    Word(Qualifier),
    Number(Number<'t>),
}

/// A word by its place among the known ones; others come behind them, by their letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Qualifier(usize, String);

/// In their order; the empty one is the release.
const KNOWN: [&str; 7] = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
const RELEASE: usize = 5;

pub(super) fn read(text: &str) -> Option<Key<'_>> {
    // What has no digit is a name, which Maven would compare too.
    text.contains(|c: char| c.is_ascii_digit()).then_some(())?;
    let (mut lists, mut list) = (Vec::new(), Vec::new());
    let mut rest = text;
    while !rest.is_empty() {
        let (item, after) = item(rest);
        // A word before a number, and a word at the end, open a list: `1.rc1` is `1-rc1`.
        let apart = matches!(item, Item::Word(_)) && !after.starts_with(['.', '-']);
        if apart && !list.is_empty() {
            lists.push(std::mem::take(&mut list));
        }
        list.push(item);
        match after.strip_prefix('.') {
            Some(next) => rest = next,
            None => {
                lists.push(std::mem::take(&mut list));
                rest = after.strip_prefix('-').unwrap_or(after);
            }
        }
    }
    lists.push(list);
    normal(&mut lists);
    Some(lists)
}

/// The number or the word at the start, and what follows it; where there is neither, a zero.
fn item(text: &str) -> (Item<'_>, &str) {
    let (number, rest) = digits(text);
    if !number.is_empty() {
        return (Item::Number(Number::of(number)), rest);
    }
    let (word, rest) = split(text, |byte| !byte.is_ascii_digit() && byte != b'.' && byte != b'-');
    if word.is_empty() {
        return (Item::Number(Number::default()), rest);
    }
    (Item::Word(qualifier(word, rest.starts_with(|c: char| c.is_ascii_digit()))), rest)
}

fn qualifier(word: &str, before_digit: bool) -> Qualifier {
    let word = word.to_ascii_lowercase();
    let word = match (word.as_str(), before_digit) {
        ("a", true) => "alpha",
        ("b", true) => "beta",
        ("m", true) => "milestone",
        ("ga" | "final" | "release", _) => "",
        ("cr", _) => "rc",
        (word, _) => word,
    };
    match KNOWN.iter().position(|known| *known == word) {
        Some(place) => Qualifier(place, String::new()),
        None => Qualifier(KNOWN.len(), word.to_owned()),
    }
}

/// Without the zeros and the words for a release at the end of each list, and without lists that are empty then.
fn normal(lists: &mut Key<'_>) {
    for list in lists.iter_mut() {
        while list.last().is_some_and(|item| beside_nothing(item).is_eq()) {
            list.pop();
        }
    }
    while lists.last().is_some_and(Vec::is_empty) {
        lists.pop();
    }
}

/// An item held against none: a number is more than nothing, and a word is what it is to a release.
fn beside_nothing(item: &Item<'_>) -> Ordering {
    match item {
        Item::Number(number) if number.is_zero() => Ordering::Equal,
        Item::Number(_) => Ordering::Greater,
        Item::Word(Qualifier(place, _)) => place.cmp(&RELEASE),
    }
}

/// Which comes first. As each list stands at the end of the one around it, going down is going on.
///
/// Nothing where Maven's own order goes round: to it any list is more than any word, and a zero, too, so that `1.2-rc` comes after
/// `1.2.redhat-1`, which comes after `1.2`, which comes after `1.2-rc`.
pub(super) fn order(a: &Key<'_>, b: &Key<'_>) -> Option<Ordering> {
    for depth in 0..a.len().max(b.len()) {
        let (Some(left), Some(right)) = (a.get(depth), b.get(depth)) else {
            return Some(rest_beside_nothing(a, depth, 0).then(rest_beside_nothing(b, depth, 0).reverse()));
        };
        for place in 0..left.len().max(right.len()) {
            let order = match (left.get(place), right.get(place)) {
                (Some(left), Some(right)) => left.cmp(right),
                (Some(left), None) => item_beside_lists(left, b.get(depth + 1..)),
                (None, Some(right)) => item_beside_lists(right, a.get(depth + 1..)).reverse(),
                (None, None) => Ordering::Equal,
            };
            if order.is_ne() {
                let beside_nothing = rest_beside_nothing(a, depth, place).cmp(&rest_beside_nothing(b, depth, place));
                return (beside_nothing != order.reverse()).then_some(order);
            }
        }
    }
    Some(Ordering::Equal)
}

/// An item of one where the other has lists, or ends.
fn item_beside_lists(item: &Item<'_>, lists: Option<&[Vec<Item<'_>>]>) -> Ordering {
    match (item, lists) {
        (item, None | Some([])) => beside_nothing(item),
        (Item::Number(_), _) => Ordering::Greater,
        (Item::Word(_), _) => Ordering::Less,
    }
}

/// What follows a place, held against a version that ends there.
fn rest_beside_nothing(key: &Key<'_>, depth: usize, place: usize) -> Ordering {
    let here = key.get(depth).into_iter().flat_map(|list| list.iter().skip(place));
    let items = here.chain(key.iter().skip(depth + 1).flatten());
    items.map(beside_nothing).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}
