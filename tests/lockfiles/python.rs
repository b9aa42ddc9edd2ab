//! requirements.txt, Poetry and uv.

use crate::reads;
use changegate::lockfiles::{Format, Hold};

pub const REQUIREMENTS: &str = "# what we need
--require-hashes
Flask_Cors[async] == 4.0.0 ; python_version >= '3.8'  # why
a===1.0 \\
    --hash=sha256:aa \\
    # a comment ends what it stands in
b>=1.0,<2
c
d (==1.5)
e==2.*
f @ git+https://me:key@host/f@main
g @ git+ssh://git@host/o/g@8e5e7e5ab8b370d6c329ec480221332ada57f0ab#egg=g
-e git+https://host/h@v1.0#egg=h
i @ https://host/i-1.0-py3-none-any.whl#sha256=aa
https://host/j-2.0.tar.gz
./folder
-e .
k==${K}
-r requirements-dev.txt
-c constraints.txt
";

#[test]
fn requirements_are_pinned_or_not() {
    reads(
        Format::Requirements,
        REQUIREMENTS,
        &[
            "3 flask-cors 4.0.0 Fixed - 0",
            "4 a 1.0 Fixed - 1",
            "7 b >=1.0,<2 Floating - 0",
            "8 c - Floating - 0",
            "9 d 1.5 Fixed - 0",
            "10 e ==2.* Floating - 0",
            "11 f main Floating git+https://host/f 0",
            "12 g 8e5e7e5ab8b370d6c329ec480221332ada57f0ab Fixed git+ssh://git@host/o/g 1",
            "13 h v1.0 Tag git+https://host/h 0",
            "14 i 1.0 Fixed https://host/i-1.0-py3-none-any.whl 1",
            "15 j 2.0 Tag https://host/j-2.0.tar.gz 0",
            "18 k ==${K} Floating - 0",
        ],
    );
}

#[test]
fn registries_are_the_origin_of_all() {
    let text = "a==1\n--index-url https://me:key@host/simple\n--extra-index-url=https://other/simple\n";
    reads(Format::Requirements, text, &["1 a 1 Fixed https://host/simple https://other/simple 0"]);
}

#[test]
fn what_pip_would_read_otherwise_is_refused() {
    for (text, line) in [
        // pip ends a line at these, and would install what looks like a comment.
        ("# a\u{b}evil==1\n", 1),
        ("# a\u{c}evil==1\n", 1),
        ("a==1\n# b\revil==1\n", 2),
        ("# a\u{2028}evil==1\n", 1),
        ("# a\u{85}evil==1\n", 1),
        ("# -*- coding: utf-7 -*-\n+AGE-==1\n", 1),
        ("-r other.lst\n", 1),
        ("-r https://host/requirements.txt\n", 1),
        ("a==1\n--unknown x\n", 2),
        ("a==1 --hash=sha256:aa stray\n", 1),
        ("-i\n", 1),
        ("a b\n", 1),
        ("a=1\n", 1),
        ("a==\n", 1),
        ("(a==1)\n", 1),
        ("folder/file.whl\n", 1),
    ] {
        assert_eq!(Format::Requirements.read(text).expect_err(text).line, Some(line), "{text}");
    }
    // A comment does not continue, a continued line does.
    assert_eq!(Format::Requirements.read("# a \\\nb==1\n").unwrap()[0].name, "b");
    assert_eq!(Format::Requirements.read("b=\\\n=1\n").unwrap()[0].hold, Hold::Fixed);
}

pub const POETRY: &str = r#"[[package]]
name = "Zope.Interface"
version = "5.0"
files = [{file = "a.whl", hash = "sha256:aa"}, {file = "b.whl", hash = "sha256:bb"}]

[[package]]
name = "branch"
version = "1.0"
[package.source]
type = "git"
url = "https://host/branch"
reference = "main"
resolved_reference = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab"

[[package]]
name = "tagged"
version = "1.0"
source = {type = "git", url = "https://host/tagged", reference = "v1.0", resolved_reference = "8e5e7e5ab8b370d6c329ec480221332ada57f0ab"}

[[package]]
name = "folder"
version = "1.0"
source = {type = "directory", url = "../folder"}

[[package]]
name = "old"
version = "1.0"
source = {type = "legacy", url = "https://pypi.example.org/simple", reference = "x"}

[metadata]
lock-version = "2.0"
[metadata.files]
old = [{file = "old.whl", hash = "sha256:cc"}]
"#;

#[test]
fn poetry_tells_what_it_followed() {
    reads(
        Format::Poetry,
        POETRY,
        &[
            "2 zope-interface 5.0 Fixed - 2",
            "7 branch 1.0 Tracked git+https://host/branch#main 1",
            "16 tagged 1.0 Fixed git+https://host/tagged#v1.0 1",
            "26 old 1.0 Fixed https://pypi.example.org/simple 1",
        ],
    );
}

pub const UV: &str = r#"version = 1
revision = 2

[[package]]
name = "a"
version = "1.0"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://host/a-1.0.tar.gz", hash = "sha256:aa" }
wheels = [{ url = "https://host/a-1.0.whl", hash = "sha256:bb" }]

[[package]]
name = "b"
version = "2.0"
source = { git = "https://host/b?rev=v2.0#8e5e7e5ab8b370d6c329ec480221332ada57f0ab" }

[[package]]
name = "c"
version = "3.0"
source = { git = "https://host/c?branch=main#8e5e7e5ab8b370d6c329ec480221332ada57f0ab" }

[[package]]
name = "app"
source = { editable = "." }
"#;

#[test]
fn uv_tells_what_it_followed() {
    reads(
        Format::Uv,
        UV,
        &[
            "5 a 1.0 Fixed https://pypi.org/simple and https://host 2",
            "12 b 2.0 Fixed https://host/b?rev=v2.0 1",
            "17 c 3.0 Tracked https://host/c?branch=main 1",
        ],
    );
}
