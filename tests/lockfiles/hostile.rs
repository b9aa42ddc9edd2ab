//! Files that are made to hurt: each ends soon, in an error or in pins, and none takes the process with it.

use changegate::lockfiles::Format;

/// Three times the depth at which a thread's stack ends for a reader that recurses.
const DEEP: usize = 200_000;

/// Bytes of a file of one line.
const LONG: usize = 5_000_000;

#[test]
fn files_that_end_anywhere_never_panic() {
    for (format, text) in crate::samples() {
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            let _ = format.read(&text[..end]);
            let _ = format.read(&text[end..]);
        }
    }
}

#[test]
fn files_with_changed_bytes_never_panic() {
    let strange = [
        "\"", "'", "\\", "\n", "\r", "\t", "\0", " ", "@", ":", "/", "#", "$", "${", "<", "{", "[", "(", ")", "-", "=",
        "ü", "\u{2028}", "99",
    ];
    for (format, text) in crate::samples() {
        let places: Vec<_> = text.char_indices().map(|(at, found)| (at, at + found.len_utf8())).collect();
        for (turn, (start, end)) in places.into_iter().enumerate() {
            let by = strange[turn % strange.len()];
            let _ = format.read(&format!("{}{by}{}", &text[..start], &text[end..]));
            let _ = format.read(&format!("{}{by}{}", &text[..start], &text[start..]));
        }
    }
}

#[test]
fn deep_nesting_overflows_nothing() {
    let closed = |open: &str, close: &str| open.repeat(DEEP) + &close.repeat(DEEP);
    let texts = [
        "[".repeat(DEEP),
        closed("[", "]"),
        closed("{\"dependencies\":", "}"),
        "{a: ".repeat(DEEP),
        "- ".repeat(DEEP),
        "? ".repeat(DEEP),
        closed("<project>", "</project>"),
        format!("a = {}", closed("[", "]")),
        format!("{}a = 1", "a.".repeat(DEEP)),
        format!("[{}a]", "a.".repeat(DEEP)),
        format!("a = {}", "{a = ".repeat(DEEP)),
        (0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        closed("(", ")"),
        format!("FROM {}", "${a:-".repeat(DEEP)),
    ];
    for (format, _) in crate::samples() {
        for text in &texts {
            let _ = format.read(text);
        }
    }
}

#[test]
fn long_lines_are_read_once() {
    let words = ["a", "a@", " ", "\"", "<<a ", ",", "a==1,", "/**/", "$", "[", "a: ", "\"h1:a\",", "a='' ", "\\"];
    let starts =
        ["", "FROM a\nRUN ", "require ", "provider \"a\" {hashes = [", "<project ", "jobs: [", "GEM\n  specs:\n    "];
    for (format, _) in crate::samples() {
        for word in words {
            // One that costs the square of its length would be here for hours.
            let _ = format.read(&word.repeat(200_000 / word.len()));
        }
        for start in starts {
            for word in words {
                let _ = format.read(&format!("{start}{}", word.repeat(10_000)));
            }
        }
        let _ = format.read(&"a".repeat(LONG));
        let _ = format.read(&format!("a: {}\n", "b".repeat(LONG)));
    }
}

#[test]
fn bombs_do_not_go_off() {
    let mut aliases = "x0: &x0 [a, a, a, a, a, a, a, a, a]\n".to_owned();
    for level in 1..40 {
        let names = vec![format!("*x{}", level - 1); 9].join(", ");
        aliases.push_str(&format!("x{level}: &x{level} [{names}]\n"));
    }
    for head in ["jobs: {}\n", "runs: {}\n", "lockfileVersion: 9\n", "dependencies: []\n", "__metadata: {version: 8}\n"]
    {
        for (format, _) in crate::samples() {
            assert!(format.read(&format!("{head}{aliases}")).is_err(), "{format:?}");
        }
    }
    // Aliases of few values, but of many bytes, or many uses.
    let text = format!("lockfileVersion: 9\nr: &r {{integrity: {}}}\npackages:\n", "x".repeat(100_000));
    let uses: String = (0..10_000).map(|number| format!("  a{number}@1.0.0: {{resolution: *r}}\n")).collect();
    assert!(Format::Pnpm.read(&(text + &uses)).is_err());
    let steps = "      - uses: a/b@v1\n".repeat(1_000);
    let jobs: String = (0..10_000).map(|number| format!("  j{number}: *j\n")).collect();
    assert!(Format::Workflow.read(&format!("jobs:\n  a: &j\n    steps:\n{steps}{jobs}")).is_err());

    let properties = "<a>${b}${b}</a><b>${a}${a}</b>";
    let dependency = "<dependency><groupId>${a}</groupId><artifactId>x</artifactId></dependency>";
    let pom =
        format!("<project><properties>{properties}</properties><dependencies>{dependency}</dependencies></project>");
    assert!(Format::Maven.read(&pom).is_err());
    let entity = "<!DOCTYPE a [<!ENTITY b \"x\">]><project><a>&b;</a></project>";
    assert!(Format::Maven.read(entity).is_err());

    let arguments = format!("ARG A=aaaaaaaaaa\n{}FROM $A\n", "ARG A=$A$A\n".repeat(1_000));
    assert!(Format::Dockerfile.read(&arguments).is_err());
    let remote = format!("GEM\n  remote: {}\n  specs:\n{}", "a".repeat(1_000_000), "    a (1)\n".repeat(10_000));
    assert!(Format::Bundler.read(&remote).is_err());
    let names =
        format!("# yarn lockfile v1\na@1{}:\n  version \"{}\"\n", ", a@1".repeat(10_000), "1".repeat(1_000_000));
    assert!(Format::Yarn.read(&names).is_err());
    let index = format!("-i {}\n{}", "a".repeat(1_000_000), "a==1\n".repeat(10_000));
    assert!(Format::Requirements.read(&index).is_err());
    let replaced = format!("replace a => {} v1\n{}", "b".repeat(1_000_000), "require a v1\n".repeat(10_000));
    assert!(Format::GoMod.read(&replaced).is_err());
    let resolved = |address: &str| {
        format!(
            r#"{{"lockfileVersion": 3, "packages": {{"node_modules/a": {{"version": "1.0.0", "resolved": "{address}"}}}}}}"#
        )
    };
    let error = Format::Npm.read(&resolved(&"a://".repeat(500_000))).unwrap_err();
    assert_eq!(error.to_string(), "1: an address of more than 2000 bytes");
    assert!(Format::Npm.read(&resolved(&format!("{}?{}", "a://".repeat(100_000), "a&".repeat(100_000)))).is_err());
    assert!(Format::Npm.read(&resolved("https://a/a/-/a-1.0.0.tgz")).is_ok());
    // The parser of XML would hold each attribute and each namespace against all others.
    let attributes: String = (0..100_000).map(|number| format!("a{number}='' ")).collect();
    assert!(Format::Maven.read(&format!("<project {attributes}/>")).is_err());
    let spaces: String = (0..50_000).map(|number| format!("<a xmlns:b{number}='x'>")).collect();
    assert!(Format::Maven.read(&spaces).is_err());
    // All errors of such a file would take gigabytes.
    assert!(Format::Cargo.read(&"= \n".repeat(1_000_000)).is_err());
}

#[test]
fn what_is_larger_than_the_limit_is_not_read() {
    let error = Format::Requirements.read(&"#".repeat((64 << 20) + 1)).unwrap_err();
    assert_eq!(error.to_string(), "it is larger than 64 MiB");
}
