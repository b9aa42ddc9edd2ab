//! Versions as people write them: `v1.2`, `pg-14.1`, `9.8p1`, `jdk-17.0.8+7`, `1:2.3-4ubuntu5`.
//!
//! What is not understood is not guessed: it is no version, or two of them can't be compared.

use std::cmp::Ordering;

/// A dotted number of any length, with what may stand around it.
pub struct Version<'t> {
    /// The name of the product, in lower case; empty where none is written, or only that it is a version.
    name: String,
    /// The epoch of a package: `1:2.3`.
    epoch: Option<u64>,
    pub numbers: Vec<u64>,
    tail: Tail,
    /// What follows a `+`: of one version, the build; the digest of an image.
    build: &'t str,
}

/// What follows the number, in lower case and cut where letters and digits meet.
#[derive(PartialEq, Eq)]
enum Tail {
    None,
    /// It comes before the number by itself: `rc1`.
    Before(Vec<Run>),
    /// It comes after it: `p1`.
    After(Vec<Run>),
    /// Nobody can tell: `4ubuntu5`, `alpine`.
    Other(Vec<Run>),
}

#[derive(PartialEq, Eq)]
enum Run {
    Word(String),
    Number(u64),
}

/// These say no more than that a version follows.
const IS_VERSION: &[&str] = &["v", "ver", "version", "rel", "release"];
/// What is counted after these is no version of a product.
const COUNTERS: &[&str] = &[
    "alpha",
    "b",
    "batch",
    "beta",
    "branch",
    "build",
    "commit",
    "day",
    "dev",
    "gen",
    "generation",
    "git",
    "hotfix",
    "kb",
    "main",
    "master",
    "nightly",
    "patch",
    "phase",
    "pr",
    "r",
    "rc",
    "rev",
    "revision",
    "run",
    "sha",
    "snapshot",
    "sp",
    "stage",
    "step",
    "update",
    "wave",
    "week",
];
/// What comes before a release, the earlier ones first; those of one place are one.
const BEFORE: &[&[&str]] = &[&["alpha", "a"], &["beta", "b"], &["rc", "cr", "c"]];
/// What comes before a release too, and nobody can say whether before or after these.
const UNRANKED: &[&str] = &["dev", "m", "milestone", "nightly", "pre", "preview", "snapshot"];
const AFTER: &[&str] = &["hotfix", "p", "patch", "sp", "u", "update"];

impl<'t> Version<'t> {
    /// Reads a version. In one that is a date, numbers may be parted by `-` and `_` too.
    pub fn parse(text: &'t str, dated: bool) -> Option<Self> {
        let (name, text) = named(text.trim());
        if COUNTERS.contains(&name.as_str()) || is_commit(text) {
            return None;
        }
        let name = if IS_VERSION.contains(&name.as_str()) { String::new() } else { name };
        let (text, build) = text.split_once('+').or_else(|| text.split_once("@sha256:")).unwrap_or((text, ""));
        let (epoch, text) = match text.split_once(':') {
            Some((epoch, text)) => (Some(number(epoch)?), text),
            None => (None, text),
        };
        let (numbers, rest) = numbers(text, dated)?;
        let tail = Tail::parse(rest, numbers.len() == 1)?;
        Some(Self { name, epoch, numbers, tail, build })
    }

    /// The number at a place, from 0; those that are not written are 0.
    pub fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }

    /// Which of the two comes first; none where that can't be told.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        let of_one_product = self.name == other.name || self.name.is_empty() || other.name.is_empty();
        // People leave an epoch out, and then it is not 0.
        if !of_one_product || self.epoch.is_some() != other.epoch.is_some() {
            return None;
        }
        let longest = self.numbers.len().max(other.numbers.len());
        let by_number = (0..longest).map(|place| self.number(place).cmp(&other.number(place)));
        let first = std::iter::once(self.epoch.cmp(&other.epoch)).chain(by_number).find(|order| order.is_ne());
        first.or_else(|| match self.tail.order(&other.tail)? {
            Ordering::Equal => order_of_builds(self.build, other.build),
            order => Some(order),
        })
    }

    /// Whether it comes before a release: `16.4-rc1`.
    pub fn is_before_release(&self) -> bool {
        matches!(self.tail, Tail::Before(_))
    }

    /// Whether both are of one epoch: the numbers of another one say nothing of the size of a step.
    pub fn is_of_the_epoch_of(&self, other: &Self) -> bool {
        self.epoch == other.epoch
    }
}

/// The name before a version, in lower case, and what is left: it ends before the first digit, or `v` and a digit, that follows a
/// sign which parts words.
fn named(text: &str) -> (String, &str) {
    let unmarked = |text: &str| {
        let digits = text.strip_prefix(['v', 'V']).unwrap_or(text);
        digits.starts_with(|c: char| c.is_ascii_digit()).then_some(digits.len())
    };
    if let Some(left) = unmarked(text) {
        return (String::new(), &text[text.len() - left..]);
    }
    let parted = text.match_indices(['-', '_', ' ', ':', '/']);
    let found = parted.filter_map(|(at, _)| Some((at, unmarked(&text[at + 1..])?))).next();
    found.map_or((String::new(), text), |(at, left)| (text[..at].to_lowercase(), &text[text.len() - left..]))
}

/// Whether it looks like the name of a commit. `20240501a` is the first of a day.
fn is_commit(text: &str) -> bool {
    let day = text.strip_suffix(|c: char| c.is_ascii_alphabetic()).unwrap_or(text);
    let of_a_day = day.len() == 8
        && (day.starts_with("19") || day.starts_with("20"))
        && number(day).is_some_and(|day| {
            let (month, day) = (day / 100 % 100, day % 100);
            (1..=12).contains(&month) && (1..=31).contains(&day)
        });
    let hexadecimal = text.len() >= 7 && text.chars().all(|c| c.is_ascii_hexdigit());
    hexadecimal && text.contains(|c: char| c.is_ascii_alphabetic()) && !of_a_day
}

fn number(digits: &str) -> Option<u64> {
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// The numbers at the beginning, and what is left.
fn numbers(text: &str, dated: bool) -> Option<(Vec<u64>, &str)> {
    let mut numbers = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        numbers.push(number(rest.get(..end).filter(|digits| !digits.is_empty())?)?);
        rest = &rest[end..];
        let parts: &[char] = if dated { &['.', '-', '_'] } else { &['.'] };
        match rest.strip_prefix(parts) {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            _ => return Some((numbers, rest)),
        }
    }
}

impl Tail {
    /// Reads what follows the number. After a single number letters have to be known, or a single one: `8u292` and
    /// `2024a` are versions, `8f3` may be anything.
    fn parse(text: &str, single: bool) -> Option<Self> {
        let parted = text.strip_prefix(['-', '_', '.']);
        let runs = runs(parted.unwrap_or(text))?;
        if parted.is_none() && runs.len() > 2 {
            return None;
        }
        let word = match runs.first() {
            None if parted.is_none() => return Some(Self::None),
            None => return None,
            // `1.x` is any of many.
            Some(Run::Word(word)) if word == "x" => return None,
            Some(Run::Word(word)) => word.as_str(),
            Some(Run::Number(_)) => "",
        };
        let letter = word.len() == 1 && runs.len() == 1;
        if BEFORE.iter().any(|words| words.contains(&word)) || UNRANKED.contains(&word) {
            // `1.0.2a` comes after `1.0.2`, and `1.0a1` before `1.0`.
            return Some(if letter { Self::Other(runs) } else { Self::Before(runs) });
        }
        if AFTER.contains(&word) && runs.len() == 2 {
            return Some(Self::After(runs));
        }
        (parted.is_some() || !single || letter).then_some(Self::Other(runs))
    }

    fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            // The letters of `1.0.2k`: an `m` by itself is no milestone.
            (Self::Other(one), Self::Other(other)) if let Some(order) = order_of_letters(one, other) => Some(order),
            (Self::Before(one), Self::Before(other))
            | (Self::After(one), Self::After(other))
            | (Self::Other(one), Self::Other(other)) => order_of_runs(one, other),
            (Self::Other(_), _) | (_, Self::Other(_)) => None,
            _ => Some(self.place().cmp(&other.place())),
        }
    }

    fn place(&self) -> u8 {
        match self {
            Self::Before(_) => 0,
            Self::None | Self::Other(_) => 1,
            Self::After(_) => 2,
        }
    }
}

/// Letters and numbers by turns; none where anything else is among them than what parts them.
fn runs(text: &str) -> Option<Vec<Run>> {
    let mut runs = Vec::new();
    for part in text.split(['-', '_', '.']) {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let is_digit = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
            let (run, left) = rest.split_at(end);
            if !run.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            runs.push(if is_digit { Run::Number(number(run)?) } else { Run::Word(run.to_ascii_lowercase()) });
            rest = left;
        }
        // `1..2`, `1.2.`: something is missing.
        if part.is_empty() && !text.is_empty() {
            return None;
        }
    }
    Some(runs)
}

/// The first number that differs decides, as long as the letters before it are the same, or those of a rank.
fn order_of_runs(one: &[Run], other: &[Run]) -> Option<Ordering> {
    for (one, other) in one.iter().zip(other) {
        let order = match (one, other) {
            (Run::Number(one), Run::Number(other)) => one.cmp(other),
            (Run::Word(one), Run::Word(other)) => order_of_words(one, other)?,
            _ => return None,
        };
        if order.is_ne() {
            return Some(order);
        }
    }
    // `rc` and `rc1`, `4` and `4ubuntu5`: nobody can tell.
    (one.len() == other.len()).then_some(Ordering::Equal)
}

fn order_of_letters(one: &[Run], other: &[Run]) -> Option<Ordering> {
    match (one, other) {
        ([Run::Word(one)], [Run::Word(other)]) => (one.len() == 1 && other.len() == 1).then(|| one.cmp(other)),
        _ => None,
    }
}

/// Which of two builds of one version comes first, where their numbers tell.
fn order_of_builds(one: &str, other: &str) -> Option<Ordering> {
    match (one, other) {
        (one, other) if one == other => Some(Ordering::Equal),
        // The version itself promises no build; whether it is one that comes after another, nobody can tell.
        ("", _) => Some(Ordering::Less),
        (_, "") => None,
        _ if [one, other].iter().any(|build| build.split(['-', '_', '.']).any(is_commit)) => None,
        // Two that are written differently are two.
        _ => order_of_runs(&runs(one)?, &runs(other)?).filter(|order| order.is_ne()),
    }
}

fn order_of_words(one: &str, other: &str) -> Option<Ordering> {
    let rank = |word: &str| BEFORE.iter().position(|words| words.contains(&word));
    if one == other {
        return Some(Ordering::Equal);
    }
    match (rank(one), rank(other)) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => {
            let is_letter = |word: &str| word.len() == 1 && !UNRANKED.contains(&word);
            (is_letter(one) && is_letter(other)).then(|| one.cmp(other))
        }
    }
}
