//! Rules that deny still, and less than they did.

use crate::desk::{Desk, LONG, NOW, flips, of, rule};
use serde_json::{Value, json};

/// Denies a title that is too long, at the title and at the id.
fn both() -> String {
    format!("{LONG} if len(p.title) > params.most {{ deny(\"no such id\", p.id); }}")
}

#[track_caller]
fn told(before: &str, after: &str) -> (Desk, Value) {
    let desk = Desk::new();
    desk.write("policies/house/long.rhai", rule("deny", 20, before));
    desk.commit("Before", NOW);
    desk.git(&["branch", "--force", "main", "work"]);
    desk.write("policies/house/long.rhai", rule("deny", 20, after));
    let told = desk.told(&[]);
    assert_eq!(flips(&told), [0, 0, 0]);
    (desk, told)
}

#[test]
fn a_denial_that_is_gone_is_told_with_what_is_loosened() {
    let (desk, told) = told(&both(), LONG);
    let rule = of(&told, "rules", "house/long");
    assert_eq!((&rule["lessened"]["proposals"], &rule["lessened"]["flips"]), (&json!(2), &json!(0)));
    assert_eq!((&rule["reworded"], &rule["loosened"]["proposals"]), (&json!(0), &json!(0)));
    assert_eq!(rule["lessened"]["examples"][0]["message"], "no such id");
    let (_, text) = desk.said(&["--base", "main", "--now", NOW]);
    let says = "loosened  house/long: denies less of 2, and flips no verdict\n  differs  its text is another\n  said ";
    assert!(text.starts_with(says), "{text}");
    let (_, text) = desk.said(&["--base", "main", "--now", NOW, "--format", "markdown"]);
    assert!(text.contains("## ⚠️") && text.contains("### What is denied less"), "{text}");
    assert!(text.contains("denies less of 2, and flips no verdict | its text is another |"), "{text}");
}

#[test]
fn of_two_denials_at_one_place_one_that_is_gone_is_told() {
    let twice = format!("{LONG} if len(p.title) > params.most {{ deny(\"shorten it\", p.title); }}");
    let (_, told) = told(&twice, LONG);
    let lessened = &of(&told, "rules", "house/long")["lessened"];
    assert_eq!((&lessened["proposals"], &lessened["examples"][0]["message"]), (&json!(2), &json!("shorten it")));
}

#[test]
fn a_denial_that_only_warns_now_is_gone() {
    let (_, told) = told(&both(), &both().replace("deny(\"no", "warn(\"no"));
    assert_eq!(of(&told, "rules", "house/long")["lessened"]["proposals"], 2);
}

#[test]
fn other_words_and_a_denial_more_are_no_less_and_come_with_what_differs() {
    let (desk, told) = told(LONG, &both().replace("too long", "much too long"));
    let rule = of(&told, "rules", "house/long");
    assert_eq!((&rule["lessened"]["proposals"], &rule["reworded"]), (&json!(0), &json!(2)));
    let (_, text) = desk.said(&["--base", "main", "--now", NOW]);
    let says = "other    house/long: says other things of the same weight of 2; its text is another\n";
    assert!(text.contains(says), "{text}");
    let (_, text) = desk.said(&["--base", "main", "--now", NOW, "--format", "markdown"]);
    assert!(text.contains("says other things of the same weight of 2 | its text is another |"), "{text}");
}
