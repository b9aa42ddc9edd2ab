//! A lockfile that goes while another file of its project holds what it held: at another version that is a step, and without a digest it is held less firmly.

use super::changes::LOCK;
use super::desk::{Desk, Told};
use super::unlocked::{change, gone};
use std::fs;

const POETRY: &str = "[[package]]\nname = \"django\"\nversion = \"4.2.1\"\nfiles = [\n    {file = \"django-4.2.1-py3-none-any.whl\", hash = \"sha256:aaaaaaaa\"},\n]\n\n[metadata]\nlock-version = \"2.0\"\n";
const PROJECT: &str = "[project]\ndependencies = [\"Django\"]\n";

#[track_caller]
pub fn tells(told: Told, what: &str) {
    let told = told.is(1, &["check/unproposed"]);
    let message = told.report["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains(what), "{message}");
}

/// The lockfile of a folder above may have something older.
#[test]
fn what_another_file_holds_at_another_version_is_a_step() {
    let app = [("app/package-lock.json", LOCK), ("app/package.json", r#"{ "dependencies": { "search": "^2" } }"#)];
    let above = |version: &str, edit: &dyn Fn(&Desk)| {
        let above = LOCK.replace("2.31.0", version);
        change(&[&app[..], &[("package-lock.json", &*above), ("package.json", "{}")]].concat(), edit)
    };
    let without = gone("app/package-lock.json");
    tells(above("1.0.0", &without), "`search` (2.31.0 to 1.0.0, `package-lock.json`)");
    tells(above("2.32.0", &without), "`search` (2.31.0 to 2.32.0, `package-lock.json`)");
    above("2.31.0", &without).is(0, &[]);
    // Where its own file stands, that is what counts, though it says nothing.
    let empty = |desk: &Desk| desk.write("app/package-lock.json", r#"{ "lockfileVersion": 3, "packages": {} }"#);
    tells(above("2.31.0", &empty), "nothing holds them any more");
    // What nothing asks for any more goes nowhere.
    above("1.0.0", &|desk| fs::remove_dir_all(desk.at("app")).unwrap()).is(0, &[]);
    let unasked = |desk: &Desk| {
        gone("app/package-lock.json")(desk);
        desk.write("app/package.json", "{}");
    };
    above("1.0.0", &unasked).is(0, &[]);
}

/// Its own folder comes before its workspace, and that before what else lies above.
#[test]
fn the_nearest_file_is_the_one_that_holds() {
    let (lock, manifest) =
        (("app/x/package-lock.json", LOCK), ("app/x/package.json", r#"{ "dependencies": { "search": "^2" } }"#));
    let yarn = "# yarn lockfile v1\n\n\nsearch@^1:\n  version \"1.0.0\"\n  integrity sha512-AAAA\n\nleft-pad@^1:\n  version \"1.3.0\"\n  integrity sha512-AAAA\n";
    let older = LOCK.replace("2.31.0", "1.0.0");
    let with = |others: &[(&str, &str)]| change(&[&[lock, manifest], others].concat(), gone(lock.0));
    let workspace = ("package.json", r#"{ "workspaces": ["app/x"] }"#);
    tells(
        with(&[("app/x/yarn.lock", yarn), ("package-lock.json", LOCK)]),
        "`search` (2.31.0 to 1.0.0, `app/x/yarn.lock`)",
    );
    with(&[("app/package-lock.json", &older), ("package-lock.json", LOCK), workspace]).is(0, &[]);
    tells(
        with(&[("app/package-lock.json", LOCK), ("package-lock.json", &older), workspace]),
        "(2.31.0 to 1.0.0, `package-lock.json`)",
    );
}

#[test]
fn a_step_to_what_another_file_holds_is_proposed_as_any() {
    let desk = super::changes::change(&[
        ("app/package-lock.json", LOCK),
        ("app/package.json", r#"{ "dependencies": { "search": "^2" } }"#),
        ("package-lock.json", &LOCK.replace("2.31.0", "2.31.2")),
    ]);
    gone("app/package-lock.json")(&desk);
    desk.commit("without", "2026-11-21T13:00:00Z");
    super::changes::check(&desk).is(0, &[]);
}

#[test]
fn what_another_file_holds_without_its_digest_is_held_less_firmly() {
    let to = |before: &'static [(&'static str, &'static str)], after: &'static str| {
        let lock = [("poetry.lock", POETRY), ("pyproject.toml", PROJECT)];
        change(&[&lock[..], before].concat(), move |desk| {
            gone("poetry.lock")(desk);
            desk.write("requirements.txt", after);
        })
    };
    let bare = "`django` (4.2.1 without the digest that it had, `requirements.txt`)";
    tells(to(&[], "django==4.2.1\n"), bare);
    let older = "django==4.1.0\n";
    tells(to(&[("requirements.txt", "django==4.1.0\n")], older), "(4.2.1 to 4.1.0 without the digest that it had,");
    to(&[], "django==4.2.1 --hash=sha256:aaaaaaaa\n").is(0, &[]);
}

#[test]
fn another_tool_may_have_fewer_files_of_a_version() {
    let two =
        POETRY.replace("]\n\n[meta", "    {file = \"django-4.2.1.tar.gz\", hash = \"sha256:bbbbbbbb\"},\n]\n\n[meta");
    let uv = |digest: &str| {
        format!(
            "version = 1\n\n[[package]]\nname = \"django\"\nversion = \"4.2.1\"\nsource = {{ registry = \"https://pypi.org/simple\" }}\nsdist = {{ url = \"https://files.pythonhosted.org/django-4.2.1.tar.gz\", hash = \"sha256:{digest}\" }}\n"
        )
    };
    let to = |digest: &str| {
        let uv = uv(digest);
        change(&[("poetry.lock", &two), ("pyproject.toml", PROJECT)], move |desk| {
            gone("poetry.lock")(desk);
            desk.write("uv.lock", &uv);
        })
    };
    to("bbbbbbbb").is(0, &[]);
    tells(to("cccccccc"), "`django` (4.2.1 with other digests, `uv.lock`)");
}

const SUM: &str = "golang.org/x/text v0.3.0 h1:AAAA\ngolang.org/x/text v0.3.0/go.mod h1:BBBB\n";
const REQUIRES: &str = "module m\n\nrequire golang.org/x/text v0.3.0\n";

/// What a go.mod requires a go.sum holds by its digest.
#[test]
fn a_digest_that_goes_from_a_go_sum_is_missed() {
    let bare = "`golang.org/x/text` (v0.3.0 without the digest that it had, `go.mod`)";
    let files = [("go.sum", SUM), ("go.mod", REQUIRES)];
    tells(change(&files, gone("go.sum")), bare);
    let other = "golang.org/x/net v0.3.0 h1:CCCC\n";
    let to = |sum: String, requires: &'static str| {
        move |desk: &Desk| {
            desk.write("go.sum", &sum);
            desk.write("go.mod", requires);
        }
    };
    tells(change(&files, to(String::new(), REQUIRES)), bare);
    tells(change(&[("go.sum", &format!("{SUM}{other}")), files[1]], to(other.to_owned(), REQUIRES)), bare);
    // Lines of versions that nothing is built of any more are taken away, and so is the whole with the last module.
    let stale = format!("golang.org/x/text v0.2.0 h1:DDDD\n{SUM}");
    change(&[("go.sum", &stale), files[1]], to(SUM.to_owned(), REQUIRES)).is(0, &[]);
    change(&files, to(String::new(), "module m\n")).is(0, &[]);
}
