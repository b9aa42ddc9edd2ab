//! CODEOWNERS, as GitHub documents it: <https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners>.

use changegate::github::{Codeowners, Owner};

fn owners(text: &str, path: &str) -> Vec<String> {
    let read = Codeowners::parse(text);
    assert!(read.unread.is_empty(), "{:?}", read.unread);
    read.owners(path).iter().map(ToString::to_string).collect()
}

/// A file with most of what there is.
const FILE: &str = "\
# Who is asked.
*       @global-owner1 @global-owner2

*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
\t/indented\t@tab  \t
with\\ space/ @spaced
";

#[test]
fn the_last_line_that_matches_counts() {
    for (path, expected) in [
        ("README.md", vec!["@global-owner1", "@global-owner2"]),
        ("src/x.js", vec!["@js-owner"]),
        ("x/y.go", vec!["docs@example.com"]),
        ("a.txt", vec!["@octo-org/octocats"]),
        ("build/logs/x", vec!["@octocat"]),
        ("docs/x.md", vec!["@doctocat"]),
        ("docs/a/b.txt", vec!["@doctocat"]),
        ("x/docs/a.md", vec!["@global-owner1", "@global-owner2"]),
        ("x/apps/a", vec!["@octocat"]),
        ("apps/github/x", vec![]),
        ("apps/gitlab/x", vec!["@octocat"]),
        ("scripts/x", vec!["@doctocat", "@octocat"]),
        ("indented", vec!["@tab"]),
        ("with space/x", vec!["@spaced"]),
    ] {
        assert_eq!(owners(FILE, path), expected, "{path}");
    }
}

#[test]
fn nothing_owns_nothing() {
    for text in ["", "\n\n", "# only\n  # comments\n", "\u{feff}# a mark"] {
        assert!(owners(text, "x").is_empty());
    }
    assert!(owners("/a @x", "b").is_empty());
}

#[test]
fn owners_are_of_three_kinds() {
    let read = Codeowners::parse("* @bo @acme/data-base bo@example.com @x_corp\r\n");
    let expected = [
        Owner::User("bo".to_owned()),
        Owner::Team("acme/data-base".to_owned()),
        Owner::Mail("bo@example.com".to_owned()),
        Owner::User("x_corp".to_owned()),
    ];
    assert_eq!(read.owners("x"), expected);
}

#[test]
fn what_github_does_not_support_is_told_with_its_place() {
    for (line, column, word) in [
        ("!x @bo", 1, "`!`"),
        ("\\#x @bo", 1, "`\\#`"),
        ("a[bc] @bo", 1, "`[ ]`"),
        ("[Section] @bo", 1, "`[ ]`"),
        ("^[Optional]", 1, "`[ ]`"),
        ("é/ bo", 4, "an owner is"),
        ("x @bo cy", 7, "an owner is"),
        ("x @", 3, "an owner is"),
        ("x @a/b/c", 3, "an owner is"),
        ("x a@b@c.d", 3, "an owner is"),
        ("x @bo! @cy", 3, "an owner is"),
        ("/ @bo", 1, "names no path"),
        ("a//b @bo", 1, "two slashes"),
        ("x\\", 1, "the last"),
    ] {
        let read = Codeowners::parse(&format!("* @ada\n{line}\n"));
        assert_eq!(read.unread.len(), 1, "{line}");
        let unread = &read.unread[0];
        assert_eq!((unread.line, unread.column), (2, column), "{line} {unread:?}");
        assert!(unread.why.contains(word), "{unread:?}");
    }
}

#[test]
fn what_can_t_be_read_is_told_up_to_a_bound() {
    let read = Codeowners::parse(&"!x @bo\n".repeat(100_000));
    assert_eq!(read.unread.len(), 20);
    let read = Codeowners::parse(&"#".repeat(4 << 20));
    assert!(read.unread[0].why.contains("3145728"));
}

#[test]
fn files_as_large_as_github_reads_are_read() {
    // Each pattern tried in each way would take years.
    let text = "*a*a*a*a*b @bo\n".repeat(20_000);
    let read = Codeowners::parse(&text);
    assert!(read.owners(&"a".repeat(200)).is_empty());
}

#[test]
fn any_bytes_are_read_without_harm() {
    // What comes of a generator of numbers that always makes the same ones.
    let mut seed = 7_u64;
    let alphabet: Vec<char> = "ab/*?\\[]!# @.\n\té\u{0}".chars().collect();
    for _ in 0..5000 {
        let text: String = (0..40)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                alphabet[(seed >> 33) as usize % alphabet.len()]
            })
            .collect();
        let read = Codeowners::parse(&text);
        for path in ["a", "a/b", "", "/", "a//b", &text] {
            let _ = read.owners(path);
        }
    }
}
