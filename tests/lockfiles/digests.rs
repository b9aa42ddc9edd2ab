//! Versions that are something else than they were.

use crate::moved::pin;
use changegate::lockfiles::{Change, Contents, Ecosystem, Format, Hold, Pin, differences};

#[test]
fn other_contents_of_one_version_are_told() {
    let contents = |ecosystem, origin: &str, before: &[&str], after: &[&str]| {
        let (before, after) = ([pin(ecosystem, "1.0.0", origin, before)], [pin(ecosystem, "1.0.0", origin, after)]);
        differences(&before, &after).first().and_then(|found| found.contents())
    };
    let (first, second) = ("sha512-AAAA", "sha512-BBBB");
    let registry = |before: &[&str], after: &[&str]| contents(Ecosystem::Npm, "", before, after);
    assert_eq!(registry(&[first], &[second]), Some(Contents::Replaced));
    // One version is one archive; on PyPI and of gems it is several files, which are added and taken away.
    for (before, after) in [(vec![first], vec![first, second]), (vec![first, second], vec![first])] {
        assert_eq!(registry(&before, &after), Some(Contents::Replaced));
        assert_eq!(contents(Ecosystem::Cargo, "", &before, &after), Some(Contents::Replaced));
        assert_eq!(contents(Ecosystem::PyPi, "", &before, &after), None);
        assert_eq!(contents(Ecosystem::RubyGems, "", &before, &after), None);
    }
    assert_eq!(contents(Ecosystem::PyPi, "", &[first], &[second]), Some(Contents::Replaced));
    assert_eq!(contents(Ecosystem::Packagist, "", &["a1"], &["a1", "b2"]), None);
    assert_eq!(contents(Ecosystem::Packagist, "", &["a1", "b2"], &["a1"]), Some(Contents::Replaced));
    assert_eq!(contents(Ecosystem::NuGet, "", &["1a/b="], &["1b/b="]), Some(Contents::Replaced));
    // A stronger digest in place of a weak one can't be held against it; a weaker one is no repair.
    assert_eq!(registry(&["sha1-AAAA"], &[first]), None);
    assert_eq!(registry(&[first], &["sha1-AAAA"]), Some(Contents::Replaced));
    assert_eq!(registry(&["sha256-AAAA"], &[first]), Some(Contents::Replaced));
    assert_eq!(registry(&["sha1-AAAA"], &["md5-AAAA"]), Some(Contents::Replaced));
    assert_eq!(registry(&["sha1-AAAA", first], &["sha1-BBBB", first]), Some(Contents::Replaced));
    // Tools look at the strongest one alone.
    assert_eq!(registry(&["sha1-AAAA", first], &["sha1-AAAA"]), Some(Contents::Replaced));
    assert_eq!(contents(Ecosystem::PyPi, "", &["md5:aa", "sha256:aa"], &["md5:aa"]), Some(Contents::Replaced));
    assert_eq!(registry(&["sha1-AAAA"], &["sha1-AAAA", first]), None);
    assert_eq!(registry(&["sha1-AAAA", first], &[first]), None);
    assert_eq!(registry(&["sha256-AAAA"], &["sha256-AAAA", first]), Some(Contents::Replaced));
    assert_eq!(registry(&["8/aaaa"], &["10c0/bbbb"]), None);
    let alone = "a1".repeat(64);
    assert_eq!(registry(&[&alone], &["10c0/bbbb"]), None);
    assert_eq!(registry(&[&alone], &[&"b2".repeat(64)]), Some(Contents::Replaced));
    assert_eq!(registry(&["10c0/aaaa"], &["10c0/bbbb"]), Some(Contents::Replaced));
    assert_eq!(registry(&[first], &[]), None);
    assert_eq!(registry(&[], &[first]), None);
    let terraform = |before: &[&str], after: &[&str]| contents(Ecosystem::Terraform, "", before, after);
    assert_eq!(terraform(&["h1:linux", "zh:a", "zh:b"], &["h1:darwin", "zh:a", "zh:b"]), None);
    assert_eq!(terraform(&["h1:linux", "zh:a"], &["h1:darwin", "zh:b"]), Some(Contents::Replaced));
    assert_eq!(terraform(&["h1:linux", "zh:a"], &["h1:linux", "zh:a", "zh:b"]), Some(Contents::Replaced));
    assert_eq!(terraform(&["h1:linux"], &["h1:linux", "h1:darwin"]), None);
    let git = "git+https://github.com/acme/a";
    assert_eq!(contents(Ecosystem::Cargo, git, &["a1"], &["b2"]), Some(Contents::Moved));
    assert_eq!(contents(Ecosystem::Docker, "", &["sha256:a1"], &["sha256:b2"]), Some(Contents::Moved));
    let tracked = |digest| Pin { hold: Hold::Tracked, ..pin(Ecosystem::Packagist, "dev-main", "", &[digest]) };
    let (before, after) = ([tracked("a1")], [tracked("b2")]);
    assert_eq!(differences(&before, &after)[0].contents(), Some(Contents::Moved));
    // Of another version other digests are what is to be expected, and of another place it is told that it is another.
    let (before, after) = ([pin(Ecosystem::Npm, "1.0.0", "", &[first])], [pin(Ecosystem::Npm, "1.0.1", "", &[second])]);
    assert_eq!(differences(&before, &after)[0].contents(), None);
    let elsewhere = [pin(Ecosystem::Npm, "1.0.0", "https://npm.example.com/a", &[second])];
    assert_eq!(differences(&before, &elsewhere)[0].contents(), None);
}

/// What is only held by further digests, or by those of a newer tool, is what it was.
#[test]
fn what_has_further_digests_is_no_difference() {
    let differ = |ecosystem, before: &[&str], after: &[&str]| {
        let (before, after) = ([pin(ecosystem, "1.0.0", "", before)], [pin(ecosystem, "1.0.0", "", after)]);
        differences(&before, &after).iter().any(|one| !one.agrees())
    };
    for (ecosystem, before, after) in [
        (Ecosystem::PyPi, vec!["sha256:aa"], vec!["sha256:aa", "sha256:bb"]),
        (Ecosystem::RubyGems, vec![], vec!["sha256=aa"]),
        (Ecosystem::Terraform, vec!["h1:linux"], vec!["h1:linux", "h1:darwin"]),
        (Ecosystem::Npm, vec!["8/aaaa"], vec!["10c0/bbbb"]),
        (Ecosystem::Npm, vec!["sha1-AAAA"], vec!["sha512-AAAA"]),
    ] {
        assert!(!differ(ecosystem, &before, &after), "{ecosystem:?}");
        // What has digests no more, or weaker ones, is told.
        assert!(before.is_empty() || differ(ecosystem, &before, &[]), "{ecosystem:?}");
    }
    assert!(differ(Ecosystem::Npm, &["sha512-AAAA"], &["sha512-BBBB"]));
    assert!(differ(Ecosystem::Npm, &["sha512-AAAA"], &["sha1-AAAA"]));
}

#[test]
fn what_is_no_digest_holds_nothing() {
    let digests = |integrity: &str| {
        let entry = format!(r#""node_modules/a": {{ "version": "1.0.0", "integrity": "{integrity}" }}"#);
        let npm = Format::Npm.read(&format!(r#"{{ "lockfileVersion": 3, "packages": {{ {entry} }} }}"#)).unwrap();
        let yarn = Format::Yarn.read(&format!("a@1:\n  version \"1.0.0\"\n  integrity {integrity}\n")).unwrap();
        let pnpm = format!("lockfileVersion: 9\npackages:\n  a@1.0.0:\n    resolution: {{integrity: '{integrity}'}}\n");
        let pnpm = Format::Pnpm.read(&pnpm).unwrap();
        assert_eq!((&npm[0].digests, &pnpm[0].digests), (&yarn[0].digests, &yarn[0].digests));
        npm[0].digests.clone()
    };
    for none in ["sha512-", "x", "sha999-AAAA", "SHA512-AAAA", "sha512-?AAAA", &"a1".repeat(20)] {
        assert_eq!(digests(none), [""; 0], "{none}");
    }
    assert_eq!(digests("sha512-AA+/== sha512-?x sha1-AAAA?x"), ["sha1-AAAA", "sha512-AA+/=="]);
    let checksum = |text: &str| {
        let entry =
            format!("name = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://r\"\nchecksum = \"{text}\"");
        Format::Cargo.read(&format!("version = 4\n[[package]]\n{entry}\n")).unwrap()[0].digests.len()
    };
    assert_eq!((checksum("aa"), checksum("x"), checksum("aax")), (1, 0, 0));
}

#[test]
fn a_weaker_digest_of_another_version_holds_it_less_firmly() {
    let change = |before: &str, after: &str| {
        let (before, after) =
            ([pin(Ecosystem::Npm, "1.0.0", "", &[before])], [pin(Ecosystem::Npm, "1.0.1", "", &[after])]);
        differences(&before, &after)[0].change()
    };
    assert_eq!(change("sha512-AAAA", "sha1-AAAA"), Change::Loosened);
    assert_eq!(change("sha512-AAAA", "sha256-AAAA"), Change::Changed);
    assert_eq!(change("sha1-AAAA", "sha1-BBBB"), Change::Changed);
    assert_eq!(change("sha1-AAAA", "md5-BBBB"), Change::Changed);
    assert_eq!(change("sha512-AAAA", "10c0/aa"), Change::Changed);
}
