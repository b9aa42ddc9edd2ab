//! What the project itself takes, of two versions that its lockfile has.

use super::desk::Told;
use super::held::tells;
use super::unlocked::change;

/// A change of one file, without a proposal.
fn of(path: &str, before: &str, after: &str) -> Told {
    change(&[(path, before)], |desk| desk.write(path, after))
}

pub fn npm(asked: &str, top: &str, nested: &str) -> String {
    let at = |path: &str, version: &str| {
        let digest = version.replace('.', "A");
        format!(
            r#""{path}": {{ "version": "{version}", "resolved": "https://registry.npmjs.org/lodash/-/lodash-{version}.tgz", "integrity": "sha512-{digest}" }}"#
        )
    };
    let places = [("node_modules/lodash", top), ("node_modules/x/node_modules/lodash", nested)];
    let places = places.iter().filter(|(_, version)| !version.is_empty());
    let installed = places.map(|(path, version)| at(path, version)).collect::<Vec<_>>().join(",\n ");
    format!(
        "{{ \"lockfileVersion\": 3, \"packages\": {{\n \"\": {{ \"dependencies\": {{ \"lodash\": \"{asked}\" }} }},\n {installed} }} }}"
    )
}

#[test]
fn what_the_project_takes_in_place_of_another_is_a_step() {
    let path = "package-lock.json";
    tells(
        of(path, &npm("^4", "4.17.21", "3.10.1"), &npm("^3", "3.10.1", "3.10.1")),
        "`lodash` (4.17.21 to 3.10.1, `package-lock.json`)",
    );
    tells(
        of(path, &npm("^4", "4.17.21", "3.10.1"), &npm("^3", "3.10.1", "4.17.21")),
        "`lodash` (4.17.21 to 3.10.1, `package-lock.json`)",
    );
    // What another package takes may be gone.
    of(path, &npm("^4", "4.17.21", "3.10.1"), &npm("^4", "4.17.21", "")).is(0, &[]);
}

fn cargo(own: &str, other: &str, all: &[&str]) -> String {
    let registry = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    let of = |version: &&str| {
        let digest = version.replace('.', "a").repeat(8);
        format!("[[package]]\nname = \"rand\"\nversion = \"{version}\"\n{registry}\nchecksum = \"{digest}\"\n\n")
    };
    let wanted = |version: &str| if all.len() > 1 { format!("rand {version}") } else { "rand".to_owned() };
    let (own, other) = (wanted(own), wanted(other));
    let rest = format!(
        "[[package]]\nname = \"w\"\nversion = \"0.1.0\"\ndependencies = [\"{own}\", \"y\"]\n\n[[package]]\nname = \"y\"\nversion = \"1.0.0\"\n{registry}\nchecksum = \"aa\"\ndependencies = [\"{other}\"]\n"
    );
    format!("version = 4\n\n{}{rest}", all.iter().map(of).collect::<String>())
}

#[test]
fn both_may_stay_and_one_may_go() {
    let (old, new) = ("0.7.3", "0.8.5");
    let both = cargo(new, old, &[old, new]);
    tells(of("Cargo.lock", &both, &cargo(old, old, &[old, new])), "`rand` (0.8.5 to 0.7.3, `Cargo.lock`)");
    tells(of("Cargo.lock", &both, &cargo(old, old, &[old])), "`rand` (0.8.5 to 0.7.3, `Cargo.lock`)");
    tells(
        of("Cargo.lock", &cargo(old, new, &[old, new]), &cargo(new, new, &[new])),
        "`rand` (0.7.3 to 0.8.5, `Cargo.lock`)",
    );
    of("Cargo.lock", &both, &cargo(new, new, &[new])).is(0, &[]);
}

#[test]
fn what_is_shipped_is_built_on_the_last_stage() {
    let image = |tag: u8| format!("node:{tag}@sha256:{}", tag.to_string().repeat(32));
    let file = |tools: u8, last: u8| format!("FROM {} AS tools\nRUN make\nFROM {}\n", image(tools), image(last));
    tells(of("Dockerfile", &file(22, 20), &file(20, 22)), "`node` (20 to 22, `Dockerfile`)");
    let fewer = format!("FROM {}\n", image(18));
    let before = format!("FROM {}\nRUN a\nFROM {} AS tools\nFROM {}\n", image(22), image(18), image(22));
    tells(of("Dockerfile", &before, &fewer), "`node` (22 to 18, `Dockerfile`)");
    of("Dockerfile", &file(22, 20), &format!("FROM {}\n", image(20))).is(0, &[]);
}

/// A project may take two versions under one name: by a marker, or under another name of its own.
#[test]
fn who_takes_two_versions_on_both_sides_makes_no_step() {
    let uv = |own: &str, second: &str| {
        let package = |version: &str| {
            format!(
                "[[package]]\nname = \"numpy\"\nversion = \"{version}\"\nsource = {{ registry = \"https://pypi.org/simple\" }}\nsdist = {{ url = \"https://files.pythonhosted.org/numpy-{version}.tar.gz\", hash = \"sha256:{}\" }}\n\n",
                version.replace('.', "a").repeat(4)
            )
        };
        let asked = |version: &str| {
            format!(
                "{{ name = \"numpy\", version = \"{version}\", source = {{ registry = \"https://pypi.org/simple\" }}, marker = \"x\" }}"
            )
        };
        format!(
            "version = 1\n\n{}{}[[package]]\nname = \"own\"\nversion = \"{own}\"\nsource = {{ virtual = \".\" }}\ndependencies = [{}, {}]\n",
            package("1.24.4"),
            package(second),
            asked("1.24.4"),
            asked(second)
        )
    };
    of("uv.lock", &uv("0.1.0", "2.0.2"), &uv("0.2.0", "2.0.2")).is(0, &[]);
    tells(of("uv.lock", &uv("0.1.0", "2.0.2"), &uv("0.1.0", "2.1.0")), "`numpy` (2.0.2 to 2.1.0, `uv.lock`)");
    let two = |own: &str| {
        cargo("0.8.5", "0.7.3", &["0.7.3", "0.8.5"])
            .replace("\"rand 0.8.5\"", "\"rand 0.7.3\", \"rand 0.8.5\"")
            .replace("0.1.0", own)
    };
    of("Cargo.lock", &two("0.1.0"), &two("0.2.0")).is(0, &[]);
}

/// Each step is told once, and as it was: the version that another package leaves is no origin of the project's own.
#[test]
fn two_steps_at_once_are_two() {
    let told = of("package-lock.json", &npm("^1", "1.2.0", "1.1.0"), &npm("^1", "1.2.1", "1.2.0"))
        .is(1, &["check/unproposed"]);
    let message = told.report["findings"][0]["message"].as_str().unwrap();
    assert!(
        message.contains("`lodash` (1.1.0 to 1.2.0, ") && message.contains("`lodash` (1.2.0 to 1.2.1, "),
        "{message}"
    );
    assert!(!message.contains("1.1.0 to 1.2.1"), "{message}");
}
