//! Lockfiles that become one, one that becomes several, and some that get new names: what each member takes is held against what it took.

use super::desk::{Desk, Told};
use super::held::tells;
use super::unlocked::change;
use std::fs;

const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// A Cargo.lock of some versions of `rand`, and of which member takes which.
fn cargo(versions: &[&str], members: &[(&str, &str)]) -> String {
    let pinned = versions.iter().map(|version| {
        let digest = version.replace('.', "a").repeat(8);
        format!("\n[[package]]\nname = \"rand\"\nversion = \"{version}\"\n{REGISTRY}\nchecksum = \"{digest}\"\n")
    });
    let own = members.iter().map(|(member, version)| {
        let wanted = if versions.len() > 1 { format!("rand {version}") } else { "rand".to_owned() };
        format!("\n[[package]]\nname = \"{member}\"\nversion = \"0.1.0\"\ndependencies = [\"{wanted}\"]\n")
    });
    format!("version = 4\n{}", pinned.chain(own).collect::<String>())
}

/// The same for npm, of folders.
fn npm(top: &str, members: &[(&str, Option<&str>)]) -> String {
    let lodash = |at: &str, version: &str| {
        let digest = version.replace('.', "A");
        format!(
            "\"{at}node_modules/lodash\": {{ \"version\": \"{version}\", \"resolved\": \"https://registry.npmjs.org/lodash/-/lodash-{version}.tgz\", \"integrity\": \"sha512-{digest}\" }}"
        )
    };
    let mut entries = vec![lodash("", top)];
    for (member, own) in members {
        entries.push(format!("\"{member}\": {{ \"dependencies\": {{ \"lodash\": \"*\" }} }}"));
        let folder = if member.is_empty() { String::new() } else { format!("{member}/") };
        entries.extend(own.map(|version| lodash(&folder, version)));
    }
    format!("{{ \"lockfileVersion\": 3, \"packages\": {{\n{}\n}} }}", entries.join(",\n"))
}

const OLD: &str = "0.7.3";
const NEW: &str = "0.8.5";
const WORKSPACE: &str = "[workspace]\nmembers = [\"a\", \"b\"]\n";

fn manifest(member: &str) -> String {
    format!("[package]\nname = \"{member}\"\nversion = \"0.1.0\"\n[dependencies]\nrand = \"*\"\n")
}

fn remove(desk: &Desk, paths: &[&str]) {
    paths.iter().for_each(|path| fs::remove_file(desk.at(path)).unwrap());
}

#[test]
fn members_take_in_a_workspace_what_they_took_by_themselves() {
    let (a, b) = (cargo(&[OLD], &[("a", OLD)]), cargo(&[OLD, NEW], &[("b", NEW)]));
    let (of_a, of_b) = (manifest("a"), manifest("b"));
    let base = [("a/Cargo.toml", &*of_a), ("b/Cargo.toml", &*of_b), ("a/Cargo.lock", &*a), ("b/Cargo.lock", &*b)];
    for stays in [true, false] {
        let joins = |takes: &str| {
            let joined = cargo(&[OLD, NEW], &[("a", takes), ("b", NEW)]);
            change(&base, |desk| {
                desk.write("Cargo.toml", WORKSPACE);
                desk.write("Cargo.lock", &joined);
                remove(desk, if stays { &[] } else { &["a/Cargo.lock", "b/Cargo.lock"] });
            })
        };
        joins(OLD).is(0, &[]);
        tells(joins(NEW), "`rand` (0.7.3 to 0.8.5, `Cargo.lock`)");
    }
    let (a, b) = (npm("3.10.1", &[("", None)]), npm("4.17.21", &[("", None)]));
    let asks = r#"{ "dependencies": { "lodash": "*" } }"#;
    let base = [
        ("a/package.json", asks),
        ("b/package.json", asks),
        ("a/package-lock.json", &*a),
        ("b/package-lock.json", &*b),
    ];
    let joins = |a: Option<&str>, b: Option<&str>| {
        change(&base, |desk| {
            desk.write("package.json", r#"{ "workspaces": ["a", "b"] }"#);
            desk.write("package-lock.json", npm("4.17.21", &[("a", a), ("b", b)]));
            remove(desk, &["a/package-lock.json", "b/package-lock.json"]);
        })
    };
    joins(Some("3.10.1"), None).is(0, &[]);
    tells(joins(None, Some("3.10.1")), "`lodash` (4.17.21 to 3.10.1, `package-lock.json`)");
    // That two things say it is one step.
    tells(joins(None, None), "pins 1 package otherwise");
}

/// A workspace whose members, in a folder to which they go, have lockfiles of their own with one version of `rand` each.
fn cargo_parted(to: &str, a: &str, b: &str) -> Told {
    let (of_a, of_b) = (manifest("a"), manifest("b"));
    let joined = cargo(&[OLD, NEW], &[("a", OLD), ("b", NEW)]);
    let base =
        [("Cargo.toml", WORKSPACE), ("Cargo.lock", &*joined), ("a/Cargo.toml", &*of_a), ("b/Cargo.toml", &*of_b)];
    change(&base, |desk| {
        for (member, version) in [("a", a), ("b", b)] {
            if !to.is_empty() {
                fs::create_dir_all(desk.at(to)).unwrap();
                desk.git(&["mv", member, &format!("{to}{member}")]);
            }
            desk.write(&format!("{to}{member}/Cargo.lock"), cargo(&[version], &[(member, version)]));
        }
        remove(desk, &["Cargo.toml", "Cargo.lock"]);
    })
}

#[test]
fn members_take_by_themselves_what_they_took_in_a_workspace() {
    // They may move on the way, and are the same ones.
    for to in ["", "svc/"] {
        cargo_parted(to, OLD, NEW).is(0, &[]);
        tells(cargo_parted(to, NEW, OLD), &format!("`rand` (0.8.5 to 0.7.3, `{to}b/Cargo.lock`)"));
    }
}

/// A project that moves keeps the folders of its members, relative to its own.
#[test]
fn a_workspace_that_moves_takes_what_it_took() {
    let asks = r#"{ "workspaces": ["app"], "private": true }"#;
    let member = r#"{ "dependencies": { "lodash": "*" } }"#;
    let of = |top: &str, own: &str| npm(top, &[("", None), ("app", Some(own))]);
    let lock = of("4.17.21", "3.10.1");
    let base = [("x/package.json", asks), ("x/app/package.json", member), ("x/package-lock.json", &*lock)];
    let moves = |lock: String| {
        change(&base, |desk| {
            desk.git(&["mv", "x", "y"]);
            desk.write("y/package-lock.json", &lock);
        })
    };
    moves(of("4.17.21", "3.10.1")).is(0, &[]);
    tells(moves(of("3.10.1", "4.17.21")), "`lodash` (4.17.21 to 3.10.1, `y/package-lock.json`)");
}

/// How alike two files are to git is no matter of what is installed.
#[test]
fn a_list_for_pip_may_be_parted_and_renamed() {
    let many = |name: &str| (0..12).map(|number| format!("{name}{number}==1.{number}.0\n")).collect::<String>();
    let all = format!("flask==2.0.0\n{}{}", many("app"), many("dev"));
    let parts = |base: &str| {
        change(&[("requirements.txt", &*all)], |desk| {
            desk.write("requirements/base.txt", format!("{base}{}", many("app")));
            desk.write("requirements/dev.txt", format!("flask==2.0.0\n{}", many("dev")));
            remove(desk, &["requirements.txt"]);
        })
    };
    parts("flask==2.0.0\n").is(0, &[]);
    parts("").is(0, &[]);
    tells(parts("flask==1.9.0\n"), "`flask` (2.0.0 to 1.9.0, `requirements/base.txt`)");
    let base = [("requirements.txt", "flask==2.0.0\n"), ("requirements-dev.txt", "flask==2.0.5\npytest==7.0.0\n")];
    let exchanged = change(&base, |desk| {
        desk.write("requirements.lock.txt", "flask==2.0.5\n");
        desk.write("requirements-dev.lock.txt", "flask==2.0.0\npytest==7.0.0\n");
        remove(desk, &["requirements.txt", "requirements-dev.txt"]);
    });
    tells(exchanged, "`flask` (2.0.5 to 2.0.0, `requirements-dev.lock.txt`)");
}

/// Whose lockfile one is says its manifest, and not how alike two files are.
#[test]
fn lockfiles_that_are_exchanged_on_the_way_are_told() {
    let lock = |version: &str| {
        format!(
            "[[package]]\nname = \"flask\"\nversion = \"{version}\"\noptional = false\npython-versions = \"*\"\nfiles = [{{file = \"flask.whl\", hash = \"sha256:{}\"}}]\n\n[metadata]\nlock-version = \"2.0\"\n",
            version.replace('.', "a")
        )
    };
    let (new, old) = (lock("2.0.5"), lock("2.0.0"));
    let asks = |name: &str| format!("[tool.poetry]\nname = \"{name}\"\n[tool.poetry.dependencies]\nflask = \"*\"\n");
    let (prod, tool) = (asks("prod"), asks("tool"));
    let base = [
        ("prod/pyproject.toml", &*prod),
        ("prod/poetry.lock", &*new),
        ("tool/pyproject.toml", &*tool),
        ("tool/poetry.lock", &*old),
        ("one/Dockerfile", "FROM node:22.1.0\n"),
        ("one/src/a.sh", "one\n"),
        ("one/src/b.sh", "one, too\n"),
        ("two/Dockerfile", "FROM node:20.1.0\n"),
        ("two/src/a.sh", "two\n"),
        ("two/src/b.sh", "two, too\n"),
    ];
    let moves = |exchange: &[(&str, &str)]| {
        change(&base, |desk| {
            for folder in ["prod", "tool", "one", "two"] {
                fs::create_dir_all(desk.at("svc")).unwrap();
                desk.git(&["mv", folder, &format!("svc/{folder}")]);
            }
            exchange.iter().for_each(|(path, text)| desk.write(path, text));
        })
    };
    moves(&[]).is(0, &[]);
    tells(
        moves(&[("svc/prod/poetry.lock", &old), ("svc/tool/poetry.lock", &new)]),
        "`flask` (2.0.5 to 2.0.0, `svc/prod/poetry.lock`)",
    );
    tells(
        moves(&[("svc/one/Dockerfile", "FROM node:20.1.0\n"), ("svc/two/Dockerfile", "FROM node:22.1.0\n")]),
        "`node` (22.1.0 to 20.1.0, `svc/one/Dockerfile`)",
    );
}

#[test]
fn a_workspace_may_end_and_a_member_may_leave() {
    let asks = r#"{ "dependencies": { "lodash": "*" } }"#;
    let root = npm("4.17.21", &[("a", None), ("b", Some("3.10.1"))]);
    let base = [
        ("package.json", r#"{ "workspaces": ["a", "b"] }"#),
        ("package-lock.json", &*root),
        ("a/package.json", asks),
        ("b/package.json", asks),
    ];
    let ends = |a: &str, b: &str| {
        change(&base, |desk| {
            desk.write("a/package-lock.json", npm(a, &[("", None)]));
            desk.write("b/package-lock.json", npm(b, &[("", None)]));
            remove(desk, &["package.json", "package-lock.json"]);
        })
    };
    ends("4.17.21", "3.10.1").is(0, &[]);
    tells(ends("3.10.1", "4.17.21"), "`lodash` (4.17.21 to 3.10.1, `a/package-lock.json`)");
    // What goes on in a step is not gone as well.
    let both = ends("4.17.22", "4.17.22").is(1, &["check/unproposed"]);
    assert_eq!(both.report["findings"].as_array().unwrap().len(), 1, "{both:?}");
    let leaves = |a: &str| {
        change(&base, |desk| {
            desk.write("package.json", r#"{ "workspaces": ["b"] }"#);
            desk.write("package-lock.json", npm("3.10.1", &[("b", None)]));
            desk.write("a/package-lock.json", npm(a, &[("", None)]));
        })
    };
    leaves("4.17.21").is(0, &[]);
    tells(leaves("4.17.20"), "`lodash` (4.17.21 to 4.17.20, `a/package-lock.json`)");
}

/// That a workspace has the version already, of another member, says nothing of what one takes that joins it.
#[test]
fn a_member_that_joins_takes_what_it_took() {
    let (of_a, of_b) = (manifest("a"), manifest("b"));
    let both = "[workspace]\nmembers = [\"b\", \"c\", \"a\"]\n";
    let (own, root) = (cargo(&[NEW], &[("a", NEW)]), cargo(&[OLD, NEW], &[("b", NEW), ("c", OLD)]));
    let base = [
        ("Cargo.toml", both),
        ("Cargo.lock", &*root),
        ("b/Cargo.toml", &*of_b),
        ("a/Cargo.toml", &*of_a),
        ("a/Cargo.lock", &*own),
    ];
    let joins = |version: &str| {
        change(&base, |desk| {
            desk.write("Cargo.lock", cargo(&[OLD, NEW], &[("a", version), ("b", NEW), ("c", OLD)]));
            remove(desk, &["a/Cargo.lock"]);
        })
    };
    joins(NEW).is(0, &[]);
    tells(joins(OLD), "`rand` (0.8.5 to 0.7.3, `Cargo.lock`)");
}

/// npm takes a shrinkwrap first: that it has one of two versions says nothing of the other.
#[test]
fn each_version_of_two_counts_beside_a_lockfile_of_the_same_folder() {
    let base = npm("3.10.1", &[("", None), ("app", Some("4.17.21"))]);
    let with = |own: &str| {
        let shrinkwrap = npm("3.10.1", &[("", None), ("app", Some(own))]);
        change(&[("package-lock.json", &*base)], |desk| desk.write("npm-shrinkwrap.json", &shrinkwrap))
    };
    with("4.17.21").is(0, &[]);
    tells(with("2.0.0"), "`lodash` (4.17.21 to 2.0.0, `npm-shrinkwrap.json`)");
}

#[test]
fn lists_for_pip_may_name_each_other_and_be_joined() {
    let base = [
        ("requirements.txt", "flask==2.0.0\npytest==7.0.0\n"),
        ("requirements/base.txt", "idna==3.7\n"),
        ("requirements/local.txt", "-r base.txt\nclick==8.0.0\n"),
    ];
    let edit = |path: &str, text: &str| change(&base, |desk| desk.write(path, text));
    tells(
        edit("requirements/local.txt", "-r base.txt\nclick==8.1.0\n"),
        "`click` (8.0.0 to 8.1.0, `requirements/local.txt`)",
    );
    edit("requirements/local.txt", "-r ../requirements.txt\n-c ./base.txt\nclick==8.0.0\n").is(0, &[]);
    for elsewhere in [
        "../../requirements.txt",
        "/x/requirements.txt",
        "${X}/requirements.txt",
        "other.lst",
        "none.txt",
        "none/requirements.txt",
        "x/requirements.txt",
    ] {
        let told = change(&base, |desk| {
            desk.write("requirements/local.txt", format!("-r {elsewhere}\n"));
            std::os::unix::fs::symlink("..", desk.at("requirements/x")).unwrap();
        });
        assert_eq!(told.status, Some(2), "{elsewhere}: {told:?}");
    }
    // A list that gets another name is what it was, whatever stands beside it.
    let renamed = |text: &str| {
        change(&[("requirements.txt", "flask==2.0.5\na==1\n"), ("requirements-dev.txt", "flask==2.0.0\n")], |desk| {
            desk.git(&["mv", "requirements.txt", "requirements-prod.txt"]);
            desk.write("requirements-prod.txt", text);
        })
    };
    renamed("flask==2.0.5\na==1\n").is(0, &[]);
    tells(renamed("flask==2.0.0\na==1\n"), "`flask` (2.0.5 to 2.0.0, `requirements-prod.txt`)");
    // What another list has as well says nothing of what is new in one.
    let hidden =
        change(&[("requirements.txt", "flask==2.0.5\na==1\n"), ("requirements-old.txt", "flask==2.0.0\n")], |desk| {
            desk.write("requirements.txt", "-r requirements/prod.txt\na==1\n");
            desk.write("requirements/prod.txt", "flask==2.0.0\n");
        });
    tells(hidden, "`requirements/prod.txt`");
    let joins = |flask: &str| {
        let base =
            [("requirements.txt", "flask==2.0.5\na==1\nb==1\n"), ("requirements-dev.txt", "flask==2.0.0\nc==1\n")];
        change(&base, |desk| {
            desk.write("requirements/all.txt", format!("flask=={flask}\na==1\nb==1\nc==1\n"));
            remove(desk, &["requirements.txt", "requirements-dev.txt"]);
        })
    };
    tells(joins("2.0.0"), "`flask` (2.0.5 to 2.0.0, `requirements/all.txt`)");
    let images =
        [("Dockerfile", "FROM node:22.1.0\nRUN a\n"), ("Dockerfile.dev", "FROM node:20.1.0\nRUN a\nRUN b\nRUN c\n")];
    let joined = change(&images, |desk| {
        desk.write("docker/Dockerfile", "FROM node:20.1.0\nRUN a\nRUN b\nRUN c\n");
        remove(desk, &["Dockerfile", "Dockerfile.dev"]);
    });
    tells(joined, "`node` (22.1.0 to 20.1.0, `docker/Dockerfile`)");
}
