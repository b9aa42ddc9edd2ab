//! An entry that goes from a lockfile that stays, while another entry or the manifest asks for it, in the lockfile of each tool that says what its entries ask for.

use super::unlocked::change;

#[test]
fn an_entry_that_goes_is_missed_in_the_lockfile_of_each_tool() {
    const INTEGRITY: &str = "integrity sha512-AAAA";
    let yarn = format!(
        "# yarn lockfile v1\n\n\nms@^1:\n  version \"1.0.0\"\n  {INTEGRITY}\n  dependencies:\n    pad \"^1\"\n\npad@^1:\n  version \"1.0.0\"\n  {INTEGRITY}\n"
    );
    let pnpm = "lockfileVersion: '9.0'\n\npackages:\n\n  ms@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n\n  pad@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n\nsnapshots:\n\n  ms@1.0.0:\n    dependencies:\n      pad: 1.0.0\n";
    let poetry = "[[package]]\nname = \"ms\"\nversion = \"1.0.0\"\nfiles = []\n\n[package.dependencies]\npad = \">=1\"\n\n[[package]]\nname = \"pad\"\nversion = \"1.0.0\"\nfiles = []\n\n[metadata]\n";
    let uv = "version = 1\n\n[[package]]\nname = \"ms\"\nversion = \"1.0.0\"\nsource = { registry = \"https://pypi.org/simple\" }\ndependencies = [{ name = \"pad\" }]\n\n[[package]]\nname = \"pad\"\nversion = \"1.0.0\"\nsource = { registry = \"https://pypi.org/simple\" }\n";
    let entries = [
        ("yarn.lock", &*yarn, "\npad@^1:\n  version \"1.0.0\"\n  integrity sha512-AAAA\n", "    pad \"^1\"\n"),
        ("pnpm-lock.yaml", pnpm, "  pad@1.0.0:\n    resolution: {integrity: sha512-AAAA}\n", "      pad: 1.0.0\n"),
        ("poetry.lock", poetry, "[[package]]\nname = \"pad\"\nversion = \"1.0.0\"\nfiles = []\n", "pad = \">=1\"\n"),
        (
            "uv.lock",
            uv,
            "[[package]]\nname = \"pad\"\nversion = \"1.0.0\"\nsource = { registry = \"https://pypi.org/simple\" }\n",
            "{ name = \"pad\" }",
        ),
    ];
    for (lock, text, entry, asked) in entries {
        let without = text.replacen(entry, "", 1);
        assert_ne!(without, text, "{lock}");
        let to = |after: String, project: &'static str| {
            change(&[(lock, text)], move |desk| {
                desk.write(lock, &after);
                desk.write("pyproject.toml", project);
            })
        };
        to(without.clone(), "").is(1, &["check/unproposed"]);
        let unasked = without.replacen(asked, "", 1);
        to(unasked.clone(), "").is(0, &[]);
        let status = i32::from(["poetry.lock", "uv.lock"].contains(&lock));
        let told = to(unasked, "[project]\ndependencies = [\"Pad>=1\"]\n");
        assert_eq!(told.status, Some(status), "{lock}: {told:?}");
    }
}
