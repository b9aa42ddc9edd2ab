//! Mending: what goes, what stays, and what is written where.

use super::command::{SOUND, UNUSED, folder, run, said};
use super::{found, here};
use changegate::lint::{diff, fix};
use changegate::source::Source;
use std::fs;
use std::process::{Command, Stdio};
use std::sync::Arc;

const HEADER: &str =
    "title: \"A ticket\", why: \"A test.\", help: \"name the ticket in `ticket`\", phases: [\"plan\"], level: \"deny\"";

/// The text of a rule that is mended, and what is left to be told.
fn mended(text: &str) -> (String, Vec<String>) {
    let fixed = fix(&here(), &(Arc::from("house/rule"), Arc::new(Source::new("none/rule.rhai", text.to_owned()))));
    assert!(fixed.linted.faults.is_empty(), "{:#?}", fixed.linted.faults);
    (fixed.source.text().to_owned(), found(&fixed.linted))
}

fn rule(params: &str, body: &str) -> String {
    format!(
        "const RULE = #{{ {HEADER}{params} }};\nfn check(p) {{\n{body}    if p.ticket == () {{ deny(\"none\"); }}\n}}\n"
    )
}

#[test]
fn what_is_never_read_goes_and_nothing_else() {
    for (before, after) in [
        ("    let a = 1;\n", ""),
        ("    let a = [1];\n", "    let a = [1];\n"),
        // One is read by the other, until that has gone.
        ("    let a = 1;\n    let b = a;\n    const C = b;\n", ""),
        ("    let a = 1; let b = 2; warn(\"b\", p.title);\n", "    warn(\"b\", p.title);\n"),
        ("    if p.title == () { let a = 1; warn(\"b\"); }\n", "    if p.title == () { warn(\"b\"); }\n"),
        ("    let a =\n        \"; let b = 1;\";\n", ""),
        ("    let a = 1;\r\n\tlet b = 1;\n", ""),
        // A parameter is read, which changes nothing either.
        ("    let a = params;\n", ""),
        // Comments that allow nothing, before each of the ends that a line may have.
        ("    // lint: allow unused-variable, it was taken out\r\n", ""),
        ("    warn(\"b\", p.title); // lint: allow unreachable, it was mended\r\n", "    warn(\"b\", p.title);\r\n"),
        ("    // The most.\r\n\r\n    let a = 1;\r\n", "    // The most.\r\n\r\n    let a = 1;\r\n"),
        // What is read of the facts is a reason of later findings, and may be their place.
        ("    let a = p.title;\n", "    let a = p.title;\n"),
        ("    let a = scale;\n", "    let a = scale;\n"),
        ("    let a = len([]);\n", "    let a = len([]);\n"),
        ("    let a = 1 / 0;\n", "    let a = 1 / 0;\n"),
        // The block would give what stands before it.
        ("    if p.title == () { warn(\"b\"); let a = 1; }\n", "    if p.title == () { warn(\"b\"); let a = 1; }\n"),
        ("    if p.title == () { let a = 1; }\n", "    if p.title == () { }\n"),
        // What is said of it would be said of something else.
        ("    // The most.\n    let a = 1;\n", "    // The most.\n    let a = 1;\n"),
        ("    let a = 1; // the most\n", "    let a = 1; // the most\n"),
        ("    let a = /* the most */ 1;\n", "    let a = /* the most */ 1;\n"),
        ("    // lint: allow unused-variable, it was taken out\n", ""),
    ] {
        let (text, left) = mended(&rule("", before));
        assert_eq!(text, rule("", after), "{before}");
        assert_eq!(left.is_empty(), !after.contains("a ="), "{before}: {left:?}");
    }
}

/// Each has to be gone before the one that it reads can go.
#[test]
fn mending_ends_when_nothing_is_left() {
    let chain: String = (1..190).map(|number| format!("    let a{number} = a{};\n", number - 1)).collect();
    let (text, left) = mended(&rule("", &format!("    let a0 = 1;\n{chain}")));
    assert_eq!((text, left), (rule("", ""), Vec::new()));
}

#[test]
fn parameters_go_with_all_that_is_said_of_them() {
    for (before, after) in [
        (", params: #{ a: 1 }", ", params: #{ }"),
        (", params: #{ a: 1, b: [\"},\"], c: #{ value: 2, unit: \"days\", doc: \"How old.\" } }", ", params: #{ }"),
        (",\n    params: #{\n        a: 1,\n        b: 2,\n    }", ",\n    params: #{\n    }"),
        // The gate reads how far back a rule looks.
        (", params: #{ in_days: 1, a: 1 }", ", params: #{ in_days: 1, }"),
    ] {
        assert_eq!(mended(&rule(before, "")), (rule(after, ""), Vec::new()), "{before}");
    }
    // Nobody reads the variable, so nobody reads the parameter.
    let unread = rule(", params: #{ a: 1 }", "    let a = params.a;\n");
    assert_eq!(mended(&unread), (rule(", params: #{ }", ""), Vec::new()));
    let read = rule(", params: #{ a: 1 }", "    if p.title == params.a { warn(\"a\", p.title); }\n");
    assert_eq!(mended(&read).0, read);
}

/// What goes in a later round is told where it stood before the first.
#[test]
fn what_is_mended_is_told_where_it_stood() {
    let text = rule("", "    let a = 1; let b = 2;\n    let c = a;\n    let d = c; let e = d;\n");
    let fixed = fix(&here(), &(Arc::from("house/rule"), Arc::new(Source::new("none/rule.rhai", text.clone()))));
    let told: Vec<_> = fixed.mended.iter().map(|finding| finding.primary.place.clone()).collect();
    assert_eq!(told.iter().map(|place| place.text()).collect::<Vec<_>>(), ["a", "b", "c", "d", "e"]);
    let places: Vec<_> = told.iter().map(|place| (place.start().line, place.start().column)).collect();
    assert_eq!(places, [(3, 9), (3, 20), (4, 9), (5, 9), (5, 20)]);
    assert_eq!(fixed.source.text(), rule("", ""));
}

/// Without it the configuration, or the case, would be wrong.
#[test]
fn a_parameter_that_is_set_stays() {
    let folder = folder(&[("a", SOUND)]);
    let path = folder.path().join("policies/a.rhai");
    let before = rule(", params: #{ most: 1 }", "");
    fs::write(&path, &before).unwrap();
    let configured = fs::read_to_string(folder.path().join("changegate.toml")).unwrap();
    fs::write(folder.path().join("changegate.toml"), format!("{configured}\n[rules.\"a\".params]\nmost = 2\n"))
        .unwrap();
    run(folder.path(), &["--fix"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    fs::write(folder.path().join("changegate.toml"), configured).unwrap();
    run(folder.path(), &["--fix"]);
    assert_eq!(fs::read_to_string(&path).unwrap(), rule(", params: #{ }", ""));
}

#[test]
fn nothing_is_written_but_what_is_mended() {
    let folder = folder(&[("a", SOUND), ("b", UNUSED)]);
    let path = |name: &str| folder.path().join("policies").join(name);
    let before = fs::read_to_string(path("b.rhai")).unwrap();
    let untouched = fs::metadata(path("a.rhai")).unwrap().modified().unwrap();
    let (status, told) = said(&run(folder.path(), &["--diff"]));
    assert_eq!(status, Some(1));
    assert!(
        told.contains("--- a/policies/b.rhai\n+++ b/policies/b.rhai\n@@ -1,5 +1,4 @@\n")
            && told.contains("\n-    let most = 3;\n"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(path("b.rhai")).unwrap(), before);
    let (status, told) = said(&run(folder.path(), &["--fix"]));
    let first = "  mended  policies/b.rhai:3:9: the variable `most` is never read\n\nPASSED  no findings in 2 rules; 1 mended\n";
    assert_eq!((status, told.as_str()), (Some(0), first));
    assert_eq!(fs::read_to_string(path("b.rhai")).unwrap(), before.replace("    let most = 3;\n", ""));
    assert_eq!(fs::metadata(path("a.rhai")).unwrap().modified().unwrap(), untouched);
    assert_eq!(said(&run(folder.path(), &["--diff"])), (Some(0), "PASSED  no findings in 2 rules\n".to_owned()));
    assert_eq!(fs::read_dir(folder.path().join("policies")).unwrap().count(), 4);
    // A terminal obeys nothing of what is shown.
    fs::write(path("b.rhai"), before.replace("    let most", "\tlet most").replace("A test.", "A \u{1b}[31mtest."))
        .unwrap();
    let (_, told) = said(&run(folder.path(), &["--diff"]));
    assert!(
        told.contains("-\tlet most = 3;") && told.contains("A \\u{1b}[31mtest.") && !told.contains('\u{1b}'),
        "{told}"
    );
}

/// What leads elsewhere is no rule of this folder, and nothing is written there.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let elsewhere = folder(&[("b", UNUSED)]);
    let outside = elsewhere.path().join("policies");
    let before = fs::read_to_string(outside.join("b.rhai")).unwrap();
    let one = folder(&[("a", SOUND)]);
    std::os::unix::fs::symlink(outside.join("b.rhai"), one.path().join("policies/b.rhai")).unwrap();
    assert_eq!(said(&run(one.path(), &["--fix"])).0, Some(2));
    let whole = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(&outside, whole.path().join("policies")).unwrap();
    assert_eq!(said(&run(whole.path(), &["--fix", "policies"])).0, Some(2));
    assert_eq!(fs::read_to_string(outside.join("b.rhai")).unwrap(), before);
}

/// With the ends of lines that the file has: those of Windows, none at the end, blanks in its name, and a line of any length.
#[test]
fn git_applies_the_difference() {
    let long = format!("{UNUSED}// {}\n", "long ".repeat(1_000));
    let crlf = UNUSED.replace('\n', "\r\n");
    let allows = crlf.replace("let most = 3;", "// lint: allow unreachable, it was mended");
    let open = format!("{SOUND}// lint: allow unreachable, it was mended");
    let rules = [("a", &*crlf), ("b", &*allows), ("c", &*open), ("d", UNUSED.trim_end()), ("e", &*long)];
    let (fixed, applied) = (folder(&rules), folder(&rules));
    for one in [&fixed, &applied] {
        fs::rename(one.path().join("policies"), one.path().join("our rules")).unwrap();
    }
    assert_eq!(said(&run(fixed.path(), &["--fix", "our rules"])).0, Some(0));
    let difference = run(applied.path(), &["--diff", "our rules"]).stdout;
    fs::write(applied.path().join("fix.patch"), &difference).unwrap();
    let mut git = Command::new("git");
    git.args(["-c", "core.autocrlf=false", "apply", "fix.patch"]).current_dir(applied.path());
    let output = git.env("GIT_CEILING_DIRECTORIES", applied.path().parent().unwrap()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for (name, before) in rules {
        let text =
            |one: &tempfile::TempDir| fs::read_to_string(one.path().join(format!("our rules/{name}.rhai"))).unwrap();
        assert_eq!(text(&applied), text(&fixed), "{name}");
        assert!(!text(&fixed).ends_with(before), "{name}");
        let (ends, returns) = (text(&fixed).matches('\n').count() - 1, text(&fixed).matches("\r\n").count());
        assert!(returns == 0 || returns == ends, "{name}: mixed ends of lines");
    }
}

/// What could not be written is told as it is, and what was written before as what it is now.
#[cfg(target_os = "linux")]
#[test]
fn what_was_written_is_told_whatever_fails() {
    let large = format!("{UNUSED}// {}\n", "large ".repeat(1_000));
    let one = folder(&[("a", UNUSED), ("b", &large), ("c", UNUSED)]);
    // No file may grow beyond a few lines.
    let script = "trap '' XFSZ; ulimit -f 2; exec \"$0\" -C \"$1\" lint --fix";
    let mut command = Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_changegate")]).arg(one.path()).env("COLUMNS", "100");
    let (status, told) = said(&command.output().unwrap());
    assert_eq!(status, Some(2), "{told}");
    for part in [
        "  mended  policies/a.rhai:3:9",
        "  mended  policies/c.rhai:3:9",
        "╭─[policies/b.rhai:3:9]",
        "policies/b.rhai can't be written: File too large",
        "nothing of it was mended",
        "1 finding in 3 rules, of which 1 can be mended by --fix; 2 mended; 1 error",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(fs::read_to_string(one.path().join("policies/b.rhai")).unwrap().ends_with(&large));
    assert_eq!(fs::read_dir(one.path().join("policies")).unwrap().count(), 6);
    // Nobody reads what is told.
    let all = folder(&[("a", UNUSED), ("b", UNUSED)]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_changegate"));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command.arg("-C").arg(all.path()).args(["lint", "--fix"]).stdout(Stdio::from(full)).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.code() == Some(2) && told.contains("policies/a.rhai") && told.contains("policies/b.rhai"),
        "{told}"
    );
}

#[test]
fn a_difference_makes_the_one_text_of_the_other() {
    let before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";
    for after in ["a\nb\nd\ne\nf\ng\nh\ni\nj\n", "a\nb\nc\nd\nE\nf\ng\nh\ni\nj\n", "b\n", before] {
        let text = diff("x", before, after);
        let signs = |sign| text.lines().skip(2).filter(|line| line.starts_with(sign)).count();
        assert_eq!(before.lines().count() + signs('+') - signs('-'), after.lines().count(), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn who_may_do_what_with_a_file_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("b", UNUSED)]);
    let path = folder.path().join("policies/b.rhai");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(said(&run(folder.path(), &["--fix"])).0, Some(0));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}
