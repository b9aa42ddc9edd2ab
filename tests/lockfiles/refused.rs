//! What can't be understood is an error with its place, and never a shorter list.

use changegate::lockfiles::Format;

#[test]
fn a_file_of_another_kind_is_no_empty_file() {
    for (format, _) in crate::samples() {
        for text in ["{", "<a/>", "key: value\n", "[a]\nb = 1\n", "some words\n", "<<<<<<< HEAD\n"] {
            // Of the name of an action are files of other things, too.
            if (format, text) != (Format::Action, "key: value\n") {
                assert!(format.read(text).is_err(), "{format:?}: {text}");
            }
        }
        // A file of requirements may be empty, and Go deletes no sums.
        if !matches!(format, Format::Requirements | Format::RequirementsLock | Format::GoSum) {
            assert!(format.read("").is_err(), "{format:?}");
            assert!(format.read("\n\n").is_err(), "{format:?}");
        }
    }
}

#[test]
fn entries_that_are_not_understood_have_a_place() {
    let mut wrong = Vec::new();
    for (format, text, place) in [
        (Format::Cargo, "version = 5\n", "1:11"),
        (Format::Cargo, "version = 4\n[[package]]\nname = \"a\"\n", "2:1"),
        (Format::Cargo, "version = 4\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = \"ftp+x\"\n", "2:1"),
        (Format::Cargo, "version = 4\npackage = 3\n", "2:11"),
        (Format::Cargo, "version = 4\na = 1\na = 2\n", "3:1"),
        (Format::Npm, "{\"lockfileVersion\": 4}", "1:21"),
        (Format::Npm, "{\"lockfileVersion\": 3, \"packages\": []}", "1:36"),
        (Format::Npm, "{\"packages\": {\"node_modules/a\": 3}}", "1:33"),
        (Format::Npm, "{\"packages\": {\"a\": {}, \"a\": {}}}", "1:24"),
        (Format::Npm, "{\"lockfileVersion\": 1, \"dependencies\": {\"a\": {}}}", "1:46"),
        (Format::Pnpm, "lockfileVersion: 12\n", "1:1"),
        (Format::Pnpm, "lockfileVersion: 9\npackages:\n  a@1.0.0: {}\n", "3:3"),
        (Format::Pnpm, "lockfileVersion: 9\npackages:\n  odd: {resolution: {integrity: x}}\n", "3:3"),
        (
            Format::Pnpm,
            "lockfileVersion: 9\npackages:\n  a@1.0.0: {resolution: {}}\n  a@1.0.0: {resolution: {}}\n",
            "4:3",
        ),
        (Format::Bun, "{\"lockfileVersion\": 2}", "1:21"),
        (Format::Bun, "{\"lockfileVersion\": 1, \"packages\": {\"a\": \"a@1\"}}", "1:42"),
        (Format::Bun, "{\"lockfileVersion\": 1, \"packages\": {\"a\": [\"a\"]}}", "1:42"),
        (Format::Bun, "{\"lockfileVersion\": 1, \"packages\": {\"a\": [\"a@1.0.0\", {}]}}", "1:42"),
        (Format::Bun, "{\"lockfileVersion\": 1,,}", "1:22"),
        (Format::Yarn, "# yarn lockfile v1\na@1:\n", "2:1"),
        (Format::Yarn, "# yarn lockfile v1\na@1:\n  version \"1\"\n  version \"2\"\n", "4:3"),
        (Format::Yarn, "# yarn lockfile v1\na@1:\n  what \"1\"\n", "3:3"),
        (Format::Yarn, "__metadata:\n  version: 8\n\"a@npm:1\":\n  version: 1\n", "4:3"),
        (Format::GoMod, "module a\nwhat b\n", "2:1"),
        (Format::GoMod, "module a\nrequire b\n", "2:1"),
        (Format::GoMod, "module a\nreplace b = c v1\n", "2:1"),
        (Format::GoSum, "a v1 h1:x\na v1\n", "2:1"),
        (Format::GoSum, "a v1 h9:x\n", "1:1"),
        (Format::Poetry, "[metadata]\n[[package]]\nname = \"a\"\n", "2:1"),
        (Format::Poetry, "[metadata]\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = {type = \"odd\"}\n", "5:10"),
        (Format::Uv, "version = 2\n", "1:11"),
        (Format::Uv, "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = {odd = \"b\"}\n", "5:10"),
        (Format::Bundler, "GEM\n  specs:\n    a\n", "3:5"),
        (Format::Bundler, "ODD\n", "1:1"),
        (Format::Bundler, "GEM\n  specs:\n   a (1)\n", "3:4"),
        (Format::Composer, "{\"packages\": [{\"name\": \"a/b\"}]}", "1:15"),
        (Format::Maven, "<project><dependencies>\n<dependency/></dependencies></project>", "2:1"),
        (Format::Maven, "<project>\n<a></project>", "2:4"),
        (Format::Gradle, "# x\na:b\n", "2:1"),
        (Format::NuGet, "{\"dependencies\": {\"net\": {\"A\": {\"type\": \"Odd\"}}}}", "1:32"),
        (Format::NuGet, "{\"version\": 3, \"dependencies\": {}}", "1:13"),
        (Format::Dockerfile, "FROM a:1\nFROM a b c d\n", "2:1"),
        (Format::Dockerfile, "FROM a:1\nFROM a:b:c@\n", "2:1"),
        (Format::Dockerfile, "FROM a:1\nRUN <<E\nFROM b\n", "2:1"),
        (Format::Helm, "dependencies:\n- name: a\n", "2:3"),
        (Format::Terraform, "provider \"a\" {\n}\n", "1:1"),
        (Format::Terraform, "provider \"a\" {\n  odd = 1\n}\n", "2:3"),
        (Format::Terraform, "provider \"a\" {\n  version = \"1\"\n", "3:1"),
        (Format::Workflow, "jobs:\n  a:\n    steps:\n      - uses: actions/checkout\n", "4:15"),
        (Format::Workflow, "jobs:\n  a:\n    steps:\n      - uses: ${{ env.x }}\n", "4:15"),
        (Format::Workflow, "jobs:\n  a: 1\n", "2:6"),
        (Format::Workflow, "jobs: {a: {steps: {}}}\n", "1:19"),
        (Format::Workflow, "jobs: {}\n---\njobs: {}\n", "3:1"),
        (Format::Workflow, "jobs: {a: {<<: b}}\n", "1:12"),
        (Format::Workflow, "a: &a {uses: b/c@v1}\njobs: {a: {<<: *a}}\n", "2:12"),
        (Format::Workflow, "jobs: {a: {uses: !!binary YQ==}}\n", "1:27"),
        (Format::Workflow, "jobs: {a: {? [b] : c}}\n", "1:14"),
        (Format::Workflow, "jobs: &a {b: *a}\n", "1:14"),
        (Format::Workflow, "jobs: {}\n# a\rjobs: {b: {uses: c/d@e}}\n", "2:4"),
    ] {
        let found = match format.read(text) {
            Ok(_) => "read".to_owned(),
            Err(error) => format!("{}:{}", error.line.unwrap_or(0), error.column.unwrap_or(0)),
        };
        if found != place {
            wrong.push(format!("{format:?} {text:?}: {found}, not {place}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn errors_are_short_and_of_one_line() {
    let long = "x".repeat(100_000);
    for (format, sample) in crate::samples() {
        for text in [
            long.clone(),
            format!("{sample}{long}"),
            format!("\"{long}\": "),
            format!("{long} = "),
            format!("<{long}>"),
        ] {
            if let Err(error) = format.read(&text) {
                assert!(error.why.len() < 400 && !error.why.contains('\n'), "{format:?}: {error}");
                assert!(error.why.chars().next().is_some_and(|first| !first.is_uppercase()), "{format:?}: {error}");
            }
        }
    }
}
