//! Steps that the change which closes an upgrade states otherwise than they stood before it.

use super::life::{library, npm, with};
use serde_json::{Value, json};

/// What is told of an upgrade of `lodash` that ended so, when its close states these parts.
fn closed(outcome: &str, pinned: &str, parts: Value) -> [Vec<String>; 2] {
    let proposed = json!([library("pkg:npm/lodash", "4.17.20", "4.17.21")]);
    let told = npm(proposed, &[("lodash", "4.17.20")], &[("lodash", pinned)]).closed_with(|proposal| {
        proposal["record"]["outcome"] = json!(outcome);
        proposal["change"]["components"] = parts.clone();
    });
    ["record/as-stated", "record/versions-match"].map(|rule| {
        let of_lodash = told.messages(rule).into_iter().filter(|message| message.contains("lodash`"));
        of_lodash.map(str::to_owned).collect()
    })
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn a_close_that_states_what_stood_is_as_it_was() {
    let own = || library("pkg:npm/lodash", "4.17.20", "4.17.21");
    assert_eq!(closed("succeeded", "4.17.21", json!([own()])), [none(), none()]);
    let other = with(with(own(), "from", json!("v4.17.20")), "size", json!("patch"));
    assert_eq!(closed("succeeded", "4.17.21", json!([other])), [none(), none()]);
}

/// Another line that begins where this one ended would say that it was not brought.
#[test]
fn a_line_that_is_added_at_the_close_excuses_nothing() {
    let parts =
        json!([library("pkg:npm/lodash", "4.17.20", "4.17.21"), library("pkg:npm/lodash", "4.17.21", "4.17.22")]);
    let [stated, pinned] = closed("abandoned", "4.17.21", parts);
    assert_eq!(
        stated,
        ["the change that closes the upgrade has `pkg:npm/lodash` go to 4.17.22, and that was not proposed before it"]
    );
    assert_eq!(pinned.len(), 1, "{pinned:?}");
}

#[test]
fn a_step_that_is_gone_at_the_close_is_told() {
    let gone =
        ["`pkg:npm/lodash` was to go to 4.17.21, and the change that closes the upgrade does not say that any more"];
    let own = library("pkg:npm/lodash", "4.17.20", "4.17.21");
    let without = |field: &str| {
        let mut part = own.clone();
        part.as_object_mut().unwrap().remove(field);
        part
    };
    for parts in [json!([]), json!([without("package_url")]), json!([without("library")])] {
        assert_eq!(closed("succeeded", "4.17.20", parts.clone())[0], gone, "{parts}");
    }
    let [stated, _] = closed("succeeded", "4.17.20", json!([library("pkg:npm/lodash", "4.17.19", "4.17.20")]));
    assert_eq!(
        stated,
        ["the change that closes the upgrade has `pkg:npm/lodash` go to 4.17.20, and that was not proposed before it"]
    );
}
