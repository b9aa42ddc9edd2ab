//! What a change pins that nobody proposes: that it is told, and by what it is let through.

use super::changes::{LOCK, check, locked, recorded};
use super::desk::{Desk, Told};
use super::proposed::of_the_change;
use serde_json::{Value, json};

/// A change of `search` and of `left-pad` without a proposal, by which the trusted side lets something through.
#[test]
fn what_needs_no_proposal_for_a_while_is_told_beside_who_has_let_it_through() {
    let judged = |scope: &str, locked: &str| {
        let waiver = format!(
            "[[waivers]]\nrule = \"check/unproposed\"\n{scope}reason = \"the site is rebuilt in December, and nobody uses it\"\n\
             ticket = \"WIKI-131\"\napprover = \"@ada\"\ngranted = 2026-11-20\nexpires = 2026-12-20\n"
        );
        let desk = Desk::in_git().with("changegate.toml", waiver).with("app/package-lock.json", LOCK);
        desk.commit("base", "2026-11-20T12:00:00Z");
        desk.git(&["switch", "--quiet", "--create=upgrade"]);
        desk.write("app/package-lock.json", locked);
        desk.commit("the upgrade", "2026-11-21T12:00:00Z");
        check(&desk)
    };
    let both = locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1");
    let told = |told: &Told| {
        let findings = told.report["findings"].as_array().unwrap().iter();
        let of = |finding: &Value| {
            let message = finding["message"].as_str().unwrap();
            let packages = message.rsplit_once(": ").map_or(message, |(_, packages)| packages).to_owned();
            (finding["rule"].as_str().unwrap().to_owned(), finding["waived"]["by"] == "@ada", packages)
        };
        findings.map(of).collect::<Vec<_>>()
    };
    let unproposed = |waived, packages: &str| ("check/unproposed".to_owned(), waived, packages.to_owned());
    let (search, pad) = (
        "`search` (2.31.0 to 2.31.2, `app/package-lock.json`)",
        "`left-pad` (1.3.0 to 1.3.1, `app/package-lock.json`)",
    );
    for scope in ["files = [\"app/package-lock.json\"]\n", "packages = [\"pkg:npm/search\", \"left-pad\"]\n"] {
        let all = judged(scope, &both).is(0, &[]);
        assert_eq!(told(&all), [unproposed(true, &format!("{pad} and {search}"))], "{scope}");
        assert_eq!(all.report["summary"]["waived"], 1);
    }
    let one = judged("packages = [\"pkg:npm/left-pad\"]\n", &both).is(1, &["check/unproposed"]);
    assert_eq!(told(&one), [unproposed(false, search), unproposed(true, pad)]);
    let other = "files = [\"app/package-lock.json\"]\npackages = [\"pkg:npm/other\"]\n";
    judged(other, &both).is(1, &["check/unproposed"]);
    judged("files = [\"app\"]\n", &both).is(1, &["check/unproposed"]);
    // A version is let through alone, and nobody lets a step back through.
    let versions = "packages = [\"pkg:npm/search@2.31.2\", \"pkg:npm/left-pad@1.3.2\"]\n";
    let one = judged(versions, &both).is(1, &["check/unproposed"]);
    assert_eq!(told(&one), [unproposed(false, pad), unproposed(true, search)]);
    let back = judged("files = [\"app/package-lock.json\"]\n", &locked("2.31.0", "2.30.0"));
    assert_eq!(told(&back), [unproposed(false, "`search` (2.31.0 to 2.30.0, `app/package-lock.json`)")]);
    // What is written as no file or package is lets nothing through, and is told.
    for (scope, expected) in [
        ("files = [\"./app/package-lock.json\"]\n", "about `./app/package-lock.json`, which is no file from the top"),
        ("files = [\"**\"]\n", "about `**`, which is no file from the top"),
        ("packages = [\"pkg:npm/*\"]\n", "about `pkg:npm/*`, which is the name of no package"),
        ("packages = [\"search@2.31.2\"]\n", "about `search@2.31.2`, which is the name of no package"),
    ] {
        let judged = judged(scope, &both).is(1, &["check/unproposed"]);
        let told = told(&judged);
        assert_eq!((told[0].1, told[1].0.as_str()), (false, "waiver/unknown-scope"), "{told:?}");
        let message = judged.report["findings"][1]["message"].as_str().unwrap();
        assert!(message.contains(expected), "{message}");
    }
    // Where it is taken from is let through by nobody in this way.
    let evil = both.replace("registry.npmjs.org/search", "evil.example/search");
    assert_eq!(told(&judged("files = [\"app/package-lock.json\"]\n", &evil))[0], unproposed(false, search));
    // One that says nothing of packages lets nothing through.
    for (scope, code) in [
        ("", "waiver/too-broad"),
        ("systems = [\"wiki\"]\n", "waiver/other-scope"),
        ("files = [\"app/package-lock.json\"]\nsystems = [\"wiki\"]\n", "waiver/other-scope"),
    ] {
        let told = told(&judged(scope, &both).is(1, &["check/unproposed"]));
        assert_eq!((told[0].1, told[1].0.as_str()), (false, code), "{told:?}");
    }
}

/// A waiver of what is proposed was not needed; of what is let through it was, and of what the change leaves alone nobody knows.
#[test]
fn a_waiver_of_a_package_that_nobody_needed_is_told() {
    let waiver = |package: &str| {
        format!(
            "[[waivers]]\nrule = \"check/unproposed\"\npackages = [\"{package}\"]\nreason = \"the site is rebuilt in December\"\n\
             ticket = \"WIKI-131\"\napprover = \"@ada\"\ngranted = 2026-11-20\nexpires = 2026-12-20\n"
        )
    };
    let waivers = ["search", "left-pad", "pkg:npm/left-pad", "other"].map(waiver).concat();
    let found = found_of_search_proposed;
    assert_eq!(found(&waivers), [("check/unproposed".to_owned(), 4), ("waiver/unused".to_owned(), 2)]);
    // Where the rule does not block yet, none is needed, and each waits for its day.
    let staged = format!("{waivers}[rules.\"changed/nothing-else\"]\neffective_on = 2026-12-01\n");
    assert_eq!(found(&staged), [("check/unproposed".to_owned(), 4)]);
}

/// What is found of the run where `search` is proposed and `left-pad` is not, each with its line.
fn found_of_search_proposed(config: &str) -> Vec<(String, u64)> {
    let desk = Desk::in_git().with("changegate.toml", config).with("app/package-lock.json", LOCK);
    let desk = desk.proposing("/change/package_url", json!("pkg:npm/search"));
    let desk = desk.proposing("/change/from", json!("2.31.0")).proposing("/change/to", json!("2.31.2"));
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk.write("app/package-lock.json", locked("2.31.0", "2.31.2").replace("1.3.0", "1.3.1"));
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    let told = check(&desk).is(0, &[]);
    let findings = told.report["findings"].as_array().unwrap().iter();
    findings.map(|one| (one["rule"].as_str().unwrap().to_owned(), one["line"].as_u64().unwrap())).collect()
}

#[test]
fn a_change_that_comes_with_no_proposal_is_told() {
    let desk = Desk::in_git().with("changegate.toml", "").with("app/package-lock.json", LOCK);
    let desk = desk.proposing("/change/package_url", json!("pkg:npm/other@2.31.2"));
    desk.commit("base", "2026-11-20T12:00:00Z");
    desk.git(&["switch", "--quiet", "--create=upgrade"]);
    desk.write("app/package-lock.json", locked("2.31.0", "2.31.2"));
    desk.commit("the upgrade", "2026-11-21T12:00:00Z");
    let told = check(&desk).is(1, &["check/unproposed"]);
    let finding = &told.report["findings"][0];
    assert_eq!(
        finding["message"],
        "the change pins 1 package otherwise, and comes with no open proposal that is judged: `search` (2.31.0 to 2.31.2, `app/package-lock.json`)"
    );
    assert_eq!((&finding["file"], &finding["line"]), (&json!("app/package-lock.json"), &json!(3)));
    assert_eq!(told.report["consulted"][0]["question"], "which pinned packages differ");
    assert_eq!(of_the_change(&told, "p.json"), Vec::<String>::new());
    // The same by its record.
    let run = recorded(&desk);
    let again = Told::of(&desk.run(&["--format", "json", "--evidence", "rec.json"])).is(1, &["check/unproposed"]);
    let first: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!((&first["proposals"], &first["findings"]), (&again.report["proposals"], &again.report["findings"]));
    // What can't be read is no pass either; what pins nothing needs no proposal.
    desk.write("app/package-lock.json", "{");
    desk.commit("broken", "2026-11-21T13:00:00Z");
    check(&desk).is(2, &["evidence/change-unreadable"]);
    desk.write("app/package-lock.json", LOCK);
    desk.write("app/other.txt", "x");
    desk.commit("something else", "2026-11-21T14:00:00Z");
    check(&desk).is(0, &[]);
    // The configuration may say that such changes need none.
    desk.write("app/package-lock.json", locked("2.31.0", "2.31.2"));
    desk.commit("the upgrade again", "2026-11-21T15:00:00Z");
    let configured = |text: &str| {
        desk.git(&["switch", "--quiet", "main"]);
        desk.write("changegate.toml", text);
        desk.commit("configured", "2026-11-20T13:00:00Z");
        desk.git(&["switch", "--quiet", "upgrade"]);
        check(&desk)
    };
    let warned = configured("[rules.\"changed/nothing-else\"]\nlevel = \"warn\"\n").is(0, &[]);
    assert_eq!(warned.report["findings"][0]["level"], "warn");
    let off = configured("[rules.\"changed/nothing-else\"]\noff = { reason = \"packages are approved elsewhere\" }\n");
    assert_eq!(off.is(0, &[]).report["findings"], json!([]));
}
