//! A folder of which nobody can tell where it lies is not read from the work tree in place of the commit.

use super::desk::Desk;
use changegate::files::Files;
use changegate::git::Repository;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

#[test]
fn a_root_that_can_not_be_told_is_not_read() {
    let desk = Desk::in_git().with("a.json", "{}");
    desk.commit("base", "2026-11-20T12:00:00Z");
    let repository = Repository::around(&desk.at("")).unwrap();
    let head = repository.commit("HEAD").unwrap();
    desk.write("a.json", "otherwise");
    let elsewhere = tempfile::tempdir().unwrap();
    let root = elsewhere.path().join("root");
    symlink("root", &root).unwrap();
    let lost = Files::at(&root, repository.snapshot(&head));
    // By now it leads into the repository.
    fs::remove_file(&root).unwrap();
    symlink(repository.top(), &root).unwrap();
    let error = lost.bytes(Path::new("a.json"), 100).unwrap_err();
    assert!(error.to_string().contains("can't be told"), "{error}");
    let known = Files::at(&root, repository.snapshot(&head));
    assert_eq!(known.bytes(Path::new("a.json"), 100).unwrap(), b"{}");
}
