//! Random documents: such as fit a shape, and such as are one mistake away from it.

use changegate::proposal::shape::{Field, Kind, Object};
use proptest::collection::{btree_map, vec};
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value as Json, json};

/// A document of a shape: what is required, and a little of what is not.
pub fn document(shape: &'static Object) -> BoxedStrategy<Json> {
    let fields: Vec<_> = shape
        .fields
        .iter()
        .map(|field| {
            let value = LazyValue(field);
            let value = if field.required { value.prop_map(Some).boxed() } else { weighted(0.15, value).boxed() };
            (Just(field.name), value)
        })
        .collect();
    fields
        .prop_map(|fields| {
            let members = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
            Json::Object(members.collect())
        })
        .boxed()
}

/// A value of a field, whose strategy is made only where there is such a value: the model is too large to unfold it whole.
#[derive(Debug)]
struct LazyValue(&'static Field);

impl Strategy for LazyValue {
    type Tree = <BoxedStrategy<Json> as Strategy>::Tree;
    type Value = Json;

    fn new_tree(&self, runner: &mut proptest::test_runner::TestRunner) -> proptest::strategy::NewTree<Self> {
        valid(&self.0.kind).new_tree(runner)
    }
}

/// A value of a kind.
pub fn valid(kind: &'static Kind) -> BoxedStrategy<Json> {
    match kind {
        Kind::Text { max } => text(*max as usize),
        Kind::Name => "[A-Za-z0-9@][A-Za-z0-9._/@:+-]{0,9}|[a-z]{128}".prop_map(Json::from).boxed(),
        // No filler ends in a digit.
        Kind::Person => "@?[A-Za-z0-9][A-Za-z0-9._/@:+-]{0,9}[0-9]|[a-z]{128}".prop_map(Json::from).boxed(),
        Kind::Flag => any::<bool>().prop_map(Json::from).boxed(),
        Kind::Count { min, max, .. } => prop_oneof![*min..=*max, Just(*min), Just(*max)].prop_map(Json::from).boxed(),
        Kind::Number { min, max, .. } => prop_oneof![*min..=*max, Just(*min), Just(*max)].prop_map(Json::from).boxed(),
        Kind::Instant => "(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-9]|2[0-3]):[0-5][0-9])"
            .prop_map(Json::from)
            .boxed(),
        Kind::Date => "(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])".prop_map(Json::from).boxed(),
        Kind::Time => "([01][0-9]|2[0-3]):[0-5][0-9]".prop_map(Json::from).boxed(),
        Kind::Duration => prop_oneof![
            (0..=52_704_000_i64).prop_map(Json::from),
            "P[0-9]{1,3}W([0-9]{1,3}D)?|P[0-9]{1,3}D(T[0-9]{1,3}M)?|PT[0-9]{1,4}H([0-9]{1,4}M)?|P0{8}1D".prop_map(Json::from),
        ]
        .boxed(),
        Kind::Zone => select(vec!["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
            .prop_map(Json::from)
            .boxed(),
        Kind::Digest => "sha256:[0-9a-f]{64}".prop_map(Json::from).boxed(),
        Kind::Choice(words) => (0..words.len()).prop_map(|index| json!(words[index].word)).boxed(),
        Kind::List(items) => vec(valid(items), 0..3).prop_map(Json::from).boxed(),
        Kind::Map(values) => btree_map("[a-z/]{0,5}", valid(values), 0..3)
            .prop_map(|entries| Json::Object(entries.into_iter().collect()))
            .boxed(),
        Kind::Object(object) => document(object),
        Kind::Plain => prop_oneof![
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            (-1e9..1e9).prop_map(Json::from),
            any::<String>().prop_map(Json::from),
            vec((-3..3_i64).prop_map(Json::from), 0..3).prop_map(Json::from),
        ]
        .boxed(),
        Kind::Pointer => "(/([a-z0-9]|~[01]){0,3}){0,3}".prop_map(Json::from).boxed(),
        Kind::Edits => btree_map("(/([a-z0-9]|~[01]){0,3}){0,3}", valid(&Kind::Json), 0..3)
            .prop_map(|entries| Json::Object(entries.into_iter().collect()))
            .boxed(),
        Kind::Json => prop_oneof![Just(json!(null)), Just(json!({ "a": [1, "b"] })), any::<i64>().prop_map(Json::from)].boxed(),
    }
}

fn text(max: usize) -> BoxedStrategy<Json> {
    let short = "[ a-z]{0,2}[!-~][ -~\\n]{0,3}|[\u{e4}-\u{f6}\u{1f600}-\u{1f64f}]{1,6}";
    prop_oneof![9 => short.prop_map(Json::from), 1 => Just(json!("ä".repeat(max)))].boxed()
}

/// The same document with one change, which may or may not be a mistake.
pub fn mutated(json: Json) -> impl Strategy<Value = Json> {
    (any::<Index>(), change()).prop_map(move |(at, change)| {
        let mut json = json.clone();
        let at = at.index(count(&json));
        change.apply(nth(&mut json, at));
        json
    })
}

#[derive(Debug, Clone)]
enum Change {
    /// Another value in its place: mostly one of another kind.
    Replace(Json),
    /// A field that the object lacks, often one that other objects have.
    Add(&'static str, Json),
    /// A field less.
    Remove(Index),
    /// A field under a name that is nearly its own.
    Rename(Index),
    /// A text with one character put in or left out.
    Retype(Index, Option<char>),
    /// A number moved.
    Move(f64),
    /// A list or text that is too long by one, or just not.
    Lengthen(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let other = select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.0),
        json!(1.5),
        json!(1e300),
        json!(i64::MAX),
        json!(""),
        json!(" "),
        json!("x"),
        json!("PT5M"),
        json!("2026-02-30"),
        json!("2026-11-21T02:00:00"),
        json!([]),
        json!([null]),
        json!({}),
        json!({ "x": 1 }),
    ]);
    let name = select(vec!["note", "name", "at", "by", "Title", "", "$schema", "$ref", "x-note"]);
    let character = proptest::option::of(select(vec!['-', '_', ' ', '0', '9', 'Z', 'a', 'ä', '\n', '\u{85}']));
    prop_oneof![
        other.clone().prop_map(Change::Replace),
        (name, other).prop_map(|(name, value)| Change::Add(name, value)),
        any::<Index>().prop_map(Change::Remove),
        any::<Index>().prop_map(Change::Rename),
        (any::<Index>(), character).prop_map(|(at, character)| Change::Retype(at, character)),
        select(vec![-1.0, 1.0, 0.5, 1e9, -1e9, 1e13]).prop_map(Change::Move),
        select(vec![100, 101, 200, 201, 500, 501, 1_000, 1_001, 2_000, 2_001]).prop_map(Change::Lengthen),
    ]
}

impl Change {
    fn apply(self, value: &mut Json) {
        match (self, value) {
            (Self::Replace(other), value) => *value = other,
            (Self::Add(name, other), Json::Object(members)) => drop(members.insert(name.to_owned(), other)),
            (Self::Remove(at), Json::Object(members)) if !members.is_empty() => drop(take(members, at)),
            (Self::Rename(at), Json::Object(members)) if !members.is_empty() => {
                let (mut name, value) = take(members, at);
                name.push('s');
                members.insert(name, value);
            }
            (Self::Retype(at, character), Json::String(text)) => {
                let mut characters: Vec<_> = text.chars().collect();
                let at = at.index(characters.len() + 1);
                match character {
                    Some(character) => characters.insert(at, character),
                    None => drop(characters.pop()),
                }
                *text = characters.into_iter().collect();
            }
            (Self::Move(by), Json::Number(number)) => *number = moved(number, by),
            (Self::Lengthen(to), Json::String(text)) => {
                *text = format!("{text}{}", "x".repeat(to)).chars().take(to).collect()
            }
            (Self::Lengthen(to), Json::Array(items)) if !items.is_empty() => {
                *items = items.iter().cycle().take(to).cloned().collect();
            }
            // Not a change of this kind of value.
            _ => {}
        }
    }
}

fn take(members: &mut Map<String, Json>, at: Index) -> (String, Json) {
    let name = members.keys().nth(at.index(members.len())).cloned().unwrap_or_default();
    let value = members.remove(&name).unwrap_or_default();
    (name, value)
}

/// A whole number stays one where it can.
fn moved(number: &serde_json::Number, by: f64) -> serde_json::Number {
    let whole = number.as_i64().filter(|_| by.fract() == 0.0).and_then(|number| number.checked_add(by as i64));
    let fraction = number.as_f64().and_then(|number| serde_json::Number::from_f64(number + by));
    whole.map(serde_json::Number::from).or(fraction).unwrap_or_else(|| number.clone())
}

/// How many values there are, containers included.
fn count(json: &Json) -> usize {
    1 + match json {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

fn nth(json: &mut Json, at: usize) -> &mut Json {
    if at == 0 {
        return json;
    }
    let mut left = at - 1;
    let children: Vec<&mut Json> = match json {
        Json::Array(items) => items.iter_mut().collect(),
        Json::Object(members) => members.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = count(child);
        if left < size {
            return nth(child, left);
        }
        left -= size;
    }
    unreachable!("fewer values than were counted")
}
