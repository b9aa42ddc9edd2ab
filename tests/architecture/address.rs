//! Where this repository is, stands in Cargo.toml. What has to repeat it, as what a user copies, repeats that.

use std::fs;
use std::path::Path;

/// What an address of a repository on GitHub begins with, in a link or in words of its tools.
const BEFORE: &[&str] = &["github.com/", "githubusercontent.com/", "uses: ", "--repo ", "--signer-workflow "];

const PLACES: &[&str] = &[
    "README.md",
    "CONTRIBUTING.md",
    "action.yml",
    "action",
    "book",
    "docs",
    "examples",
    "release",
    "schemas",
    "src",
    "tests/e2e",
];

#[test]
fn the_repository_is_where_the_manifest_says() {
    let own = env!("CARGO_PKG_REPOSITORY").strip_prefix("https://github.com/").expect("a repository on GitHub");
    let (_, name) = own.split_once('/').expect("an owner");
    let mut wrong = Vec::new();
    let mut found = 0;
    for place in PLACES {
        each(Path::new(place), &mut |path, text| {
            for repository in BEFORE.iter().flat_map(|before| text.split(before).skip(1)).filter_map(repository) {
                if repository.ends_with(&format!("/{name}")) {
                    found += 1;
                    if repository != own {
                        wrong.push(format!("{}: {repository}", path.display()));
                    }
                }
            }
        });
    }
    assert!(wrong.is_empty(), "not {own}:\n{}", wrong.join("\n"));
    assert!(found > 10, "{found}");
}

/// Owner and name at the beginning of a text.
fn repository(text: &str) -> Option<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (owner, rest) = text.split_once('/').filter(|(owner, _)| !owner.is_empty() && owner.chars().all(is_name))?;
    let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
    Some(&text[..owner.len() + 1 + length])
}

fn each(path: &Path, act: &mut impl FnMut(&Path, &str)) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| each(&entry.unwrap().path(), act));
    } else if let Ok(text) = fs::read_to_string(path) {
        act(path, &text);
    }
}
