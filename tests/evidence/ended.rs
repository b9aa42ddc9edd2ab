//! Upgrades at their close, when no change shows any more what went where: lockfiles tell what they pin by then.

use super::desk::Told;
use super::life::Stage::Closed;
use super::life::{NEW, OLD, Update, action, blocks, image, library, npm, with};
use serde_json::json;

/// By the close what was upgraded may have gone on.
#[test]
fn what_has_gone_on_is_closed() {
    npm(json!([library("pkg:npm/lodash", "4.17.20", "4.17.21")]), &[], &[("lodash", "4.17.22")]).passes(&[Closed]);
    let later = "0ad4b8fadaa221de15dcec353f45205ec38ea70b";
    let step = with(library("pkg:githubactions/actions/checkout", OLD, NEW), "size", json!("major"));
    action(step, ("", ""), (later, "")).passes(&[Closed]);
    let (old, new) = (image("20", "a1"), image("20", "b2"));
    let files = vec![("Dockerfile", String::new(), format!("FROM node:{}\n", image("20", "c3")))];
    Update { parts: json!([library("pkg:docker/node", &old, &new)]), files }.passes(&[Closed]);
}

/// Who calls the component itself a library would spare it what is asked of components.
#[test]
fn what_is_called_a_library_at_the_close_silences_nothing() {
    let locked = [("lodash", "4.17.21")];
    let closed = |package: &str, library: Option<bool>| {
        let mut part = json!({ "component": "pooler", "package_url": package, "from": "1.23.1", "to": "5.24.0" });
        part.as_object_mut().unwrap().extend(library.map(|said| ("library".to_owned(), json!(said))));
        npm(json!([part]), &locked, &locked).at(Closed)
    };
    let of_component = |told: &Told| {
        ["record/complete", "record/profile-updated", "record/versions-match"].map(|rule| told.messages(rule).len())
    };
    let honest = of_component(&closed("pkg:generic/pgbouncer", None));
    assert!(honest.iter().sum::<usize>() > 0, "{honest:?}");
    for package in ["pkg:npm/lodash", "pkg:npm/nowhere"] {
        assert_eq!(of_component(&closed(package, None)), honest, "{package}");
        let said = blocks(&closed(package, Some(true)));
        assert!(said.iter().any(|why| why.starts_with("\"inventory/change-listed\"")), "{package}: {said:?}");
    }
}
