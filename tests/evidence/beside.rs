//! A lockfile that is new where others hold already what it holds.

use super::changes::LOCK;
use super::held::tells;
use super::stepped::npm;
use super::unlocked::change;

const ASKS: &str = r#"{ "dependencies": { "search": "^2", "left-pad": "^1" } }"#;

/// npm takes a shrinkwrap first, and other tools their own.
#[test]
fn what_it_holds_at_another_version_is_a_step() {
    let with = |name: &str, text: String| {
        change(&[("package-lock.json", LOCK), ("package.json", ASKS)], move |desk| desk.write(name, &text))
    };
    let older = LOCK.replace("1.3.0", "1.1.0").replace("BBBB", "CCCC");
    tells(with("npm-shrinkwrap.json", older), "`left-pad` (1.3.0 to 1.1.0, `npm-shrinkwrap.json`)");
    let other = LOCK.replace("BBBB", "CCCC");
    tells(with("npm-shrinkwrap.json", other), "`left-pad` (1.3.0 with other digests, `npm-shrinkwrap.json`)");
    with("npm-shrinkwrap.json", LOCK.to_owned()).is(0, &[]);
    let yarn = "# yarn lockfile v1\n\n\nleft-pad@^1:\n  version \"1.1.0\"\n  integrity sha512-CCCC\n".to_owned();
    tells(with("yarn.lock", yarn), "`left-pad` (1.3.0 to 1.1.0, `yarn.lock`)");
}

#[test]
fn a_workspace_and_its_members_are_one_project() {
    let workspace = r#"{ "workspaces": ["app"] }"#;
    let of_workspace = LOCK.replace("\"\": { \"name\": \"wiki\" }", "\"\": { \"workspaces\": [\"app\"] }, \"node_modules/app\": { \"link\": true, \"resolved\": \"app\" }, \"app\": { \"dependencies\": { \"search\": \"^2\" } }");
    let older = of_workspace.replace("1.3.0", "1.1.0").replace("BBBB", "CCCC");
    let joins = |lock: &str| {
        change(&[("app/package-lock.json", LOCK), ("app/package.json", ASKS)], |desk| {
            desk.write("package.json", workspace);
            desk.write("package-lock.json", lock);
        })
    };
    tells(joins(&older), "`left-pad` (1.3.0 to 1.1.0, `package-lock.json`)");
    joins(&of_workspace).is(0, &[]);
    // A member that gets a lockfile of its own has what it had.
    let leaves = |lock: &str| {
        let base = [("package.json", workspace), ("package-lock.json", &*of_workspace), ("app/package.json", ASKS)];
        change(&base, |desk| desk.write("app/package-lock.json", lock))
    };
    leaves(LOCK).is(0, &[]);
    tells(
        leaves(&LOCK.replace("1.3.0", "1.1.0").replace("BBBB", "CCCC")),
        "`left-pad` (1.3.0 to 1.1.0, `app/package-lock.json`)",
    );
    // A folder that is no member is another project.
    let other = |desk: &super::desk::Desk| desk.write("other/package-lock.json", LOCK.replace("1.3.0", "1.1.0"));
    tells(
        change(&[("package-lock.json", LOCK), ("package.json", ASKS)], other),
        "`left-pad` (new 1.1.0, `other/package-lock.json`)",
    );
}

/// That some version of a package stands in both says nothing of the one that the project takes.
#[test]
fn what_the_project_takes_of_it_counts() {
    let base = npm("^4", "4.17.21", "3.10.1");
    let with = |name: &str, text: &str| change(&[("package-lock.json", &base)], |desk| desk.write(name, text));
    let step = "`lodash` (4.17.21 to 3.10.1, `npm-shrinkwrap.json`)";
    tells(with("npm-shrinkwrap.json", &npm("^3", "3.10.1", "")), step);
    tells(with("npm-shrinkwrap.json", &npm("^3", "3.10.1", "4.17.21")), step);
    with("npm-shrinkwrap.json", &base).is(0, &[]);
    let pnpm = |own: &str, other: &str| {
        let entry = |version: &str| {
            format!("  lodash@{version}:\n    resolution: {{integrity: sha512-{}}}\n", version.replace('.', "A"))
        };
        format!(
            "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      lodash: {{specifier: '*', version: {own}}}\npackages:\n{}{}",
            entry(own),
            entry(other)
        )
    };
    // Another tool takes over.
    let moves = |own: &str, other: &str| {
        change(&[("package-lock.json", &base), ("package.json", r#"{ "dependencies": { "lodash": "*" } }"#)], |desk| {
            std::fs::remove_file(desk.at("package-lock.json")).unwrap();
            desk.write("pnpm-lock.yaml", pnpm(own, other));
        })
    };
    moves("4.17.21", "3.10.1").is(0, &[]);
    tells(moves("3.10.1", "4.17.21"), "`lodash` (4.17.21 to 3.10.1, `pnpm-lock.yaml`)");
}
