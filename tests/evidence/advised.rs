//! Of which package and of which vulnerability an advisory tells, whatever a proposal calls them.

use super::advisories::{OPENSSL, desk, proposing, stocked, told};
use super::desk::Desk;
use serde_json::{Value, json};
use std::fs;

/// The real advisory of something else opens no fast track, and leaving out which package changes spares nothing that the profile knows.
#[test]
fn the_fast_track_is_for_the_package_that_changes() {
    let profile: Value = serde_json::from_slice(&fs::read("examples/systems/wiki.json").unwrap()).unwrap();
    let fast = |package: Option<&str>, own: Option<&str>, to: &str| {
        let mut profile = profile.clone();
        let mut desk = stocked(Desk::new()).with("p.json", fs::read("examples/fast-track.json").unwrap());
        if let Some(own) = own {
            profile["system"]["components"][0]["package_url"] = json!(own);
        }
        profile["system"]["components"][0]["version"] = json!("0.10.8");
        desk.write("systems/wiki.json", profile.to_string());
        desk = proposing(desk, OPENSSL, package.unwrap_or("pkg:cargo/openssl"), "0.10.8", to)
            .proposing("/fast_track/advisory", json!(OPENSSL))
            .proposing("/fast_track/fixed_in", json!(to))
            .proposing("/fast_track/cvss_vector", json!("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"))
            .proposing("/fast_track/known_exploited", json!(false));
        if package.is_none() {
            let mut proposal: Value = serde_json::from_slice(&fs::read(desk.at("p.json")).unwrap()).unwrap();
            proposal["change"].as_object_mut().unwrap().remove("package_url");
            desk.write("p.json", proposal.to_string());
        }
        let told = desk.check(&[]);
        let findings = told.report["proposals"][0]["findings"].as_array().unwrap().clone();
        let rules = ["fast-track/eligible", "reason/advisories-answered"];
        let of = findings.iter().filter(|finding| rules.iter().any(|rule| finding["rule"] == *rule));
        of.map(|finding| format!("{}: {}", finding["level"].as_str().unwrap(), finding["message"].as_str().unwrap()))
            .collect::<Vec<_>>()
    };
    let openssl = Some("pkg:cargo/openssl");
    assert!(fast(openssl, openssl, "0.10.9").is_empty());
    assert!(fast(None, openssl, "0.10.9").is_empty());
    for package in ["pkg:npm/wiki", "PKG:NPM/wiki", "pkg:npm/%77iki"] {
        assert_eq!(
            fast(Some(package), None, "0.10.9"),
            ["deny: the records of `CVE-2018-20997` (RUSTSEC-2018-0010) are not about `wiki`, which changes"]
        );
    }
    for package in [None, Some("pkg:generic/wiki"), Some("pkg:npm")] {
        let [told] = &*fast(package, None, "0.10.9") else { panic!("{package:?}") };
        assert!(
            told.starts_with(
                "warn: that `0.10.9` fixes `CVE-2018-20997` is claimed and not verified: no `package_url`"
            )
        );
    }
    let [told] = &*fast(None, openssl, "0.10.8+fix") else { panic!("not told") };
    assert!(told.starts_with("deny: the target version `0.10.8+fix` of `openssl` is still affected"), "{told}");
    assert_eq!(
        fast(openssl, Some("pkg:npm/wiki"), "0.10.9"),
        ["deny: advisories are looked up of `pkg:cargo/openssl`, and by the profile `application` is `pkg:npm/wiki`"]
    );
}

/// Whichever of its ids is named, the same is known: databases leave out severities, and name fixes that others have found to be none.
#[test]
fn all_ids_of_an_advisory_tell_the_same() {
    let made = |id: &str, aliases: Value, more: Value| {
        let mut record = json!({ "id": id, "modified": "2024-02-10T00:00:00Z", "aliases": aliases });
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        record.to_string()
    };
    let fixed = |version: &str| {
        let ranges = json!([{ "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "fixed": version }] }]);
        json!([{ "package": { "ecosystem": "crates.io", "name": "openssl" }, "ranges": ranges }])
    };
    let low = json!([{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N" }]);
    for id in ["RUSTSEC-2024-9001", "GHSA-2222-3333-4444", "CVE-2024-99999"] {
        let desk = desk(id, "pkg:cargo/openssl", "0.10.8", "0.10.9");
        let named = json!(["CVE-2024-99999", "GHSA-2222-3333-4444"]);
        desk.write("advisories/r.json", made("RUSTSEC-2024-9001", named, json!({ "affected": fixed("0.10.9") })));
        let more = json!({ "affected": fixed("0.10.11"), "severity": low });
        desk.write("advisories/g.json", made("GHSA-2222-3333-4444", json!(["CVE-2024-99999"]), more));
        let value = &told(&desk)["value"];
        assert_eq!(value["records"], json!(["GHSA-2222-3333-4444", "RUSTSEC-2024-9001"]), "{id}");
        assert_eq!(value["severity"], "low", "{id}");
        let package = &value["packages"][0];
        assert_eq!((&package["to_is"], &package["fix"]), (&json!("affected"), &json!("0.10.11")), "{id}");
    }
}

/// People name the CVE, and a distribution has its own record of what that is in its package.
#[test]
fn a_distribution_tells_of_the_cve_that_its_record_is_downstream_of() {
    let record = |id: &str, more: Value| {
        let ranges =
            json!([{ "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "fixed": "3.0.11-1~deb12u2" }] }]);
        let affected = json!([{ "package": { "ecosystem": "Debian:12", "name": "openssl" }, "ranges": ranges }]);
        let mut record = json!({ "id": id, "modified": "2024-02-10T00:00:00Z", "affected": affected });
        record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        record.to_string()
    };
    let of = |package: &str, id: &str, text: String| {
        let desk = desk("CVE-2024-0001", package, "3.0.11-1~deb12u1", "3.0.11-1~deb12u2");
        desk.write("advisories/d.json", text);
        let answer = told(&desk);
        assert!(answer["state"] == "absent" || answer["value"]["records"] == json!([id]), "{answer}");
        answer
    };
    let openssl = "pkg:deb/debian/openssl?distro=debian-12";
    let vector = json!([{ "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }]);
    let one = record("DEBIAN-CVE-2024-0001", json!({ "upstream": ["CVE-2024-0001"], "severity": vector }));
    let answer = of(openssl, "DEBIAN-CVE-2024-0001", one.clone());
    assert_eq!((&answer["value"]["severity"], &answer["value"]["aliases"]), (&json!("critical"), &json!([])));
    let package = &answer["value"]["packages"][0];
    assert_eq!((&package["from_is"], &package["to_is"]), (&json!("affected"), &json!("unaffected")));
    // It is known, and tells nothing of a package that it does not name.
    let answer = of("pkg:npm/openssl", "DEBIAN-CVE-2024-0001", one);
    assert_eq!((&answer["value"]["packages"][0]["named"], &answer["value"]["severity"]), (&json!(false), &Value::Null));
    // A bulletin is as severe as the worst that it closes, which need not be this one.
    let several = json!({ "upstream": ["CVE-2024-0001", "CVE-2024-0002"], "severity": vector });
    let answer = of(openssl, "DSA-5000-1", record("DSA-5000-1", several));
    assert_eq!(
        (&answer["value"]["packages"][0]["to_is"], &answer["value"]["severity"]),
        (&json!("unaffected"), &Value::Null)
    );
    assert_eq!(of(openssl, "", record("DSA-5000-1", json!({ "related": ["CVE-2024-0001"] })))["state"], "absent");
}
