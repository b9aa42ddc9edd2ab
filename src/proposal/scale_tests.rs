//! What is of which scale.

use crate::document::{Document, Limits};
use crate::proposal::model::PROPOSAL;
use crate::proposal::scale::{Decisive, Scale, Scaled};
use crate::proposal::{Thresholds, read};

fn scaled(system: &str, change: &str, reason: &str) -> (Scaled, Vec<String>, Vec<String>) {
    let text = format!(
        r#"{{"changegate": 1, "id": "x", "title": "x", "system": {{"id": "x"{system}}}, "change": {{{change}}}, "reason": {{{reason}}}}}"#
    );
    let document = Document::parse("x.json", text.into_bytes(), &Limits::default()).expect("a document");
    let tree = read(&document, &PROPOSAL).unwrap_or_else(|problems| panic!("{problems:?}"));
    let scaled = Scaled::of(&tree, &Thresholds::default());
    let pointer = |decisive: &Decisive| match decisive.missing.and_then(|field| tree.field_name(decisive.node, field)) {
        Some(missing) => format!("{}/{missing}", tree.pointer(decisive.node)),
        None => tree.pointer(decisive.node),
    };
    let because = scaled.because.iter().map(pointer).collect();
    let strict_because = scaled.strict_because.iter().map(pointer).collect();
    (scaled, because, strict_because)
}

fn scale(system: &str, change: &str, reason: &str) -> (Scale, String, Vec<String>) {
    let (scaled, because, _) = scaled(system, change, reason);
    (scaled.scale, scaled.why, because)
}

/// Of a change that is small besides its versions.
fn step(system: &str, versions: &str) -> (Scale, String, Vec<String>) {
    scale(system, &format!("{versions}, {SOFT}"), FIX)
}

const LOW: &str = r#", "criticality": "low", "audience": "internal""#;
const HIGH: &str = r#", "criticality": "high", "audience": "internal""#;
const PATCH: &str = r#""from": "1.0.0", "to": "1.0.1""#;
const SOFT: &str = r#""reversibility": "reversible", "alters": []"#;
const FIX: &str = r#""class": "bug", "urgency": "planned""#;

#[test]
fn a_small_step_of_a_small_system_is_routine() {
    let (scale, why, because) = step(LOW, PATCH);
    assert_eq!(scale, Scale::Routine);
    assert_eq!(why, "a patch step of a system of low criticality, which can be taken back");
    assert_eq!(because, ["/change/from", "/change/to", "/system/criticality", "/change/reversibility"]);
    let restored = self::scale(LOW, &format!(r#"{PATCH}, "reversibility": "with-restore", "alters": []"#), FIX);
    assert_eq!(restored.0, Scale::Routine);
    assert_eq!(restored.1, "a patch step of a system of low criticality, which a restore takes back");
}

#[test]
fn what_is_not_stated_is_not_routine() {
    let patch = format!("{PATCH}, {SOFT}");
    for (system, change, reason, why, because) in [
        (r#", "criticality": "low""#, &*patch, FIX, "nothing says who sees the system", "/system/audience"),
        (
            LOW,
            &*format!(r#"{PATCH}, "alters": []"#),
            FIX,
            "nothing says whether the change can be taken back",
            "/change/reversibility",
        ),
        (
            LOW,
            &*format!(r#"{PATCH}, "reversibility": "reversible""#),
            FIX,
            "nothing says whether the change alters what is hard to put back",
            "/change/alters",
        ),
        (LOW, &*patch, r#""urgency": "planned""#, "nothing says of which class the upgrade is", "/reason/class"),
        (LOW, &*patch, r#""class": "bug""#, "nothing says how urgent the upgrade is", "/reason/urgency"),
        (LOW, SOFT, FIX, "the size of the step is not known", "/change/size"),
    ] {
        assert_eq!(
            scale(system, change, reason),
            (Scale::Standard, why.to_owned(), vec![because.to_owned()]),
            "{change}"
        );
    }
}

#[test]
fn the_larger_of_the_stated_and_the_shown_step_counts() {
    for (versions, expected) in [
        (r#""from": "1.0.0", "to": "2.0.0", "size": "patch""#, "the step is major"),
        (r#""from": "1.0.0", "to": "1.0.1", "size": "major""#, "the step is major"),
        (r#""from": "2.0.0", "to": "1.0.0", "size": "patch""#, "the step goes back to an earlier version"),
        (r#""from": "2026.2.1", "to": "2026.1.9", "size": "patch""#, "the step goes back to an earlier version"),
        (
            r#""from": "1.0.0", "to": "1.0.1", "components": [{"component": "a", "from": "1.0.0", "to": "3.0.0"}]"#,
            "the step is major",
        ),
        (r#""from": "latest", "to": "newest""#, "the size of the step is not known"),
        (r#""kind": "software""#, "the size of the step is not known"),
        (r#""size": "patch", "components": [{"component": "a", "to": "1.0.1"}]"#, "the size of the step is not known"),
    ] {
        let (scale, why, _) = step(LOW, versions);
        assert_eq!((scale, &*why), (Scale::Standard, expected), "{versions}");
    }
}

#[test]
fn a_step_that_nothing_shows_is_not_small_because_its_author_says_so() {
    let told = "the step is called patch, and nothing shows that it is less than major";
    for versions in [
        r#""from": "latest", "to": "newest", "size": "patch""#,
        r#""from": "1.0.0", "to": "２.0.0", "size": "patch""#,
        r#""from": "9.2", "to": "2000.0", "size": "patch""#,
        r#""from": "1.0.0", "to": "2.0.0", "size": "patch", "scheme": "other""#,
        r#""from": "1.0.0", "to": "1.1.0", "size": "patch", "scheme": "other""#,
        r#""from": "2025.4", "to": "2026.1", "size": "patch", "scheme": "calendar""#,
        r#""from": "2026-01-05", "to": "2026-12-05", "size": "patch""#,
        r#""to": "1.0.1", "size": "patch""#,
        r#""size": "patch""#,
    ] {
        let (scale, why, because) = step(LOW, versions);
        assert_eq!((scale, &*why), (Scale::Standard, told), "{versions}");
        assert_eq!(because[0], "/change/size");
        // Of a grave system it may be the large step that is judged strictly.
        let (scale, why, _) = step(HIGH, versions);
        assert_eq!(
            (scale, why),
            (Scale::Critical, format!("{told}, and the criticality of the system is high")),
            "{versions}"
        );
    }
    for versions in [
        r#""from": "2026.4.1", "to": "2026.4.2", "scheme": "calendar", "size": "minor""#,
        r#""from": "2026.4.1", "to": "2026.4.2""#,
        r#""from": "1.0.0", "to": "1.0.9", "scheme": "other", "size": "patch""#,
        r#""size": "patch", "components": [{"component": "a", "from": "1.0.0", "to": "1.0.1"}]"#,
    ] {
        assert_eq!(step(LOW, versions).0, Scale::Routine, "{versions}");
    }
}

#[test]
fn what_is_grave_is_critical() {
    for (system, change, why, because) in [
        ("", PATCH, "nothing says how critical the system is", "/system/criticality"),
        (r#", "criticality": "critical""#, PATCH, "the system is critical", "/system/criticality"),
        (
            r#", "criticality": "low", "serves": ["public-service"]"#,
            PATCH,
            "the system serves public service",
            "/system/serves/0",
        ),
        (
            LOW,
            r#""from": "1.0.0", "to": "1.0.1", "reversibility": "irreversible""#,
            "the change is irreversible",
            "/change/reversibility",
        ),
        (HIGH, r#""size": "major""#, "the step is major, and the criticality of the system is high", "/change/size"),
        (
            HIGH,
            r#""kind": "data""#,
            "the size of the step is not known, and the criticality of the system is high",
            "/change/size",
        ),
    ] {
        let found = scale(system, change, "");
        assert_eq!((found.0, &*found.1, &*found.2[0]), (Scale::Critical, why, because));
    }
}

#[test]
fn what_is_neither_is_standard() {
    for (change, reason, why) in [
        (r#""reversibility": "hard", "alters": []"#, FIX, "the change is hard to reverse"),
        (r#""reversibility": "reversible", "alters": ["schema"]"#, FIX, "the change alters the schema"),
        (SOFT, r#""class": "hardware", "urgency": "planned""#, "the class is hardware"),
        (SOFT, r#""class": "bug", "urgency": "urgent""#, "the urgency is urgent"),
        (r#""reversibility": "reversible", "alters": [], "migration": true"#, FIX, "it is a migration"),
    ] {
        let found = scale(LOW, &format!("{PATCH}, {change}"), reason);
        assert_eq!((found.0, &*found.1), (Scale::Standard, why));
    }
}

/// Whoever leaves out of `alters` that firmware is brought gains nothing by it.
#[test]
fn firmware_is_not_routine() {
    let known = |fields| {
        format!(
            r#"{LOW}, "components": [{{"name": "a", "kind": "server"}}, {{"name": "b", "kind": "server", {fields}}}]"#
        )
    };
    let both = known(r#""version": "7.1", "firmware": "1.0.0""#);
    let named = |name| format!(r#""components": [{{"component": "{name}", "from": "1.0.0", "to": "1.0.1"}}]"#);
    let brings = "the change brings new firmware to `b`";
    for (system, change, why, because) in [
        (LOW, &*format!(r#"{PATCH}, "kind": "firmware""#), "the change is one of firmware", "/change/kind"),
        (&both, &named("b"), brings, "/change/components/0/to"),
        (&both, PATCH, brings, "/change/to"),
        (&known(r#""firmware": "1.0.1""#), &named("b"), brings, "/change/components/0/to"),
        // Both have the number, and one was written down before the other.
        (&known(r#""version": "1.0.1", "firmware": "1.0.0""#), &named("b"), brings, "/change/components/0/to"),
    ] {
        let expected = (Scale::Standard, why.to_owned(), vec![because.to_owned()]);
        assert_eq!(step(system, change), expected, "{system} {change}");
    }
    assert_eq!(step(&both, &named("a")).0, Scale::Routine);
    assert_eq!(step(&known(r#""version": "1.0.0", "firmware": "4.1""#), &named("b")).0, Scale::Routine);
}

#[test]
fn haste_makes_nothing_milder() {
    let haste = r#""class": "bug", "urgency": "emergency""#;
    let irreversible = format!(r#"{PATCH}, "reversibility": "irreversible", "alters": []"#);
    for (system, change, strict, why, strict_because) in [
        (LOW, &*format!("{PATCH}, {SOFT}"), false, "the urgency is emergency", "/system/criticality"),
        (
            LOW,
            &*irreversible,
            true,
            "the urgency is emergency, and the change is irreversible",
            "/change/reversibility",
        ),
        (
            "",
            &*irreversible,
            true,
            "the urgency is emergency, and nothing says how critical the system is",
            "/system/criticality",
        ),
    ] {
        let (hasty, because, by) = scaled(system, change, haste);
        assert_eq!((hasty.scale, &*hasty.why, hasty.strict), (Scale::Emergency, why, strict));
        assert_eq!(because[0], "/reason/urgency");
        assert_eq!(by, [strict_because]);
        let (planned, ..) = scaled(system, change, FIX);
        assert_eq!((planned.strict, planned.strict_because), (hasty.strict, hasty.strict_because));
    }
}

/// A renewal has a serial number, which is no step from the one before.
#[test]
fn certificates_take_the_step_that_is_stated() {
    let renewal = r#""kind": "certificate", "component": "tls", "from": "04:9f:22", "to": "05:11:ab", "size": "patch""#;
    let known = |kind| format!(r#"{LOW}, "components": [{{"name": "tls", "kind": "{kind}"}}]"#);
    assert_eq!(step(&known("certificate"), renewal).0, Scale::Routine);
    assert_eq!(step(&known("license"), renewal).0, Scale::Routine);
    // Whoever calls a database so, or does not say how large the step is, gains nothing by it.
    assert_ne!(step(&known("database"), renewal).0, Scale::Routine);
    assert_ne!(step(LOW, renewal).0, Scale::Routine);
    assert_ne!(step(&known("certificate"), &renewal.replace("certificate", "software")).0, Scale::Routine);
    assert_ne!(step(&known("certificate"), &renewal.replace(r#", "size": "patch""#, "")).0, Scale::Routine);
}
