//! npm, pnpm and Yarn.

use crate::reads;
use changegate::lockfiles::Format;

pub const NPM_1: &str = r#"{
  "name": "app", "version": "1.0.0", "lockfileVersion": 1,
  "dependencies": {
    "a": {
      "version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz", "integrity": "sha512-AA==",
      "dependencies": { "@s/b": { "version": "2.0.0", "bundled": true } }
    },
    "alias": { "version": "npm:@s/real@3.0.0" },
    "local": { "version": "file:../local" },
    "commit": { "version": "git+https://me:key@host/c.git#8e5e7e5ab8b370d6c329ec480221332ada57f0ab" },
    "branch": { "version": "github:o/branch#main" }
  }
}
"#;

#[test]
fn npm_1_nests() {
    reads(
        Format::Npm,
        NPM_1,
        &[
            "4 a 1.0.0 Fixed https://registry.npmjs.org/a 1",
            "6 @s/b 2.0.0 Fixed - 0",
            "8 @s/real 3.0.0 Fixed - 0",
            "10 commit 8e5e7e5ab8b370d6c329ec480221332ada57f0ab Fixed git+https://host/c.git 1",
            "11 branch main Floating github:o/branch 0",
        ],
    );
}

pub const NPM_3: &str = r#"{
  "name": "app", "lockfileVersion": 3,
  "packages": {
    "": { "name": "app" },
    "packages/member": { "version": "1.0.0" },
    "node_modules/member": { "resolved": "packages/member", "link": true },
    "node_modules/a": { "version": "1.0.0", "resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz", "integrity": "sha512-AA==" },
    "node_modules/a/node_modules/@s/b": { "version": "2.0.0" },
    "node_modules/alias": { "name": "real", "version": "3.0.0" },
    "node_modules/git": { "version": "1.0.0", "resolved": "git+ssh://git@github.com/o/git.git#8e5e7e5ab8b370d6c329ec480221332ada57f0ab" },
    "node_modules/any": { "optional": true }
  },
  "dependencies": {
    "member": { "version": "file:packages/member" },
    "a": {
      "version": "1.0.0", "integrity": "sha512-AA==",
      "dependencies": { "@s/b": { "version": "2.0.0" } }
    },
    "alias": { "version": "npm:real@3.0.0" },
    "any": { "optional": true },
    "git": { "version": "git+ssh://git@github.com/o/git.git#8e5e7e5ab8b370d6c329ec480221332ada57f0ab", "from": "git@github:o/git" }
  }
}
"#;

#[test]
fn npm_3_has_paths() {
    reads(
        Format::Npm,
        NPM_3,
        &[
            "7 a 1.0.0 Fixed https://registry.npmjs.org/a 1",
            "8 @s/b 2.0.0 Fixed - 0",
            "9 real 3.0.0 Fixed - 0",
            "10 git 1.0.0 Fixed git+ssh://git@github.com/o/git.git 1",
            "11 any - Floating - 0",
        ],
    );
    reads(
        Format::Npm,
        &NPM_3.replace(": 3,", ": 2,"),
        &crate::shown(&Format::Npm.read(NPM_3).unwrap()).iter().map(String::as_str).collect::<Vec<_>>(),
    );
}

/// npm before 7 installs what `dependencies` says.
#[test]
fn npm_2_says_the_same_twice() {
    for (from, to) in [
        (
            r#"a": {
      "version": "1.0.0""#,
            r#"a": {
      "version": "0.9.0""#,
        ),
        (
            r#""1.0.0", "integrity": "sha512-AA==",
"#,
            r#""1.0.0", "integrity": "sha512-BB==",
"#,
        ),
        (
            r#""1.0.0", "integrity": "sha512-AA==",
"#,
            r#""1.0.0",
"#,
        ),
        (
            r#""1.0.0", "integrity": "sha512-AA==",
"#,
            r#""1.0.0", "resolved": "https://evil.com/a.tgz", "integrity": "sha512-AA==",
"#,
        ),
        (r#""@s/b": { "version": "2.0.0" } }"#, r#""@s/b": { "version": "2.0.1" } }"#),
        ("npm:real@", "npm:evil@"),
        (
            r#""git": { "version": "git+ssh://git@github.com/o/"#,
            r#""git": { "version": "git+ssh://git@github.com/evil/"#,
        ),
        (r#""alias": { "version": "npm"#, r#""more": { "version": "1.0.0" }, "alias": { "version": "npm"#),
    ] {
        assert!(NPM_3.contains(from), "{from}");
        let text = NPM_3.replace(from, to);
        let error = Format::Npm.read(&text).unwrap_err();
        assert!(error.why.ends_with("is another in `dependencies` than in `packages`"), "{error}");
        assert!(error.line.is_some_and(|line| line > 13), "{error}");
    }
}

pub const PNPM_5: &str = "lockfileVersion: 5.4

packages:

  /a/1.0.0:
    resolution: {integrity: sha512-AA==}
    dev: true
  /@s/b/2.0.0_a@1.0.0+c@1.0.0:
    resolution: {integrity: sha512-BB==}
  registry.example.org/c/3.0.0:
    resolution: {integrity: sha512-CC==, registry: https://registry.example.org/, tarball: https://registry.example.org/c/-/c-3.0.0.tgz}
  github.com/o/d/8e5e7e5ab8b370d6c329ec480221332ada57f0ab:
    resolution: {tarball: https://codeload.github.com/o/d/tar.gz/8e5e7e5ab8b370d6c329ec480221332ada57f0ab}
    name: d
    version: 4.0.0
  file:../e:
    resolution: {directory: ../e, type: directory}
    name: e
";

#[test]
fn pnpm_5_has_slashes() {
    reads(
        Format::Pnpm,
        PNPM_5,
        &[
            "5 a 1.0.0 Fixed - 1",
            "8 @s/b 2.0.0 Fixed - 1",
            "10 c 3.0.0 Fixed https://registry.example.org/c 1",
            "12 d 4.0.0 Fixed https://codeload.github.com/o/d/tar.gz/8e5e7e5ab8b370d6c329ec480221332ada57f0ab 1",
        ],
    );
}

#[test]
fn pnpm_6_has_both() {
    let text = "lockfileVersion: '6.0'\npackages:\n  /@s/b@2.0.0(a@1.0.0)(c@1.0.0):\n    resolution: {integrity: sha512-BB==}\n";
    reads(Format::Pnpm, text, &["3 @s/b 2.0.0 Fixed - 1"]);
}

pub const PNPM_9: &str = "lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: {specifier: ^1.0.0, version: 1.0.0}
packages:
  a@1.0.0:
    resolution: {integrity: sha512-AA==}
  '@s/b@2.0.0':
    resolution: {integrity: sha512-BB==}
  git@https://codeload.github.com/o/git/tar.gz/8e5e7e5ab8b370d6c329ec480221332ada57f0ab:
    resolution: {tarball: https://codeload.github.com/o/git/tar.gz/8e5e7e5ab8b370d6c329ec480221332ada57f0ab}
    version: 1.1.0
  g@git+https://host/g.git#main:
    resolution: {commit: main, repo: https://host/g.git, type: git}
    version: 1.2.0
snapshots:
  a@1.0.0: {}
";

#[test]
fn pnpm_9_has_at_signs() {
    reads(
        Format::Pnpm,
        PNPM_9,
        &[
            "7 a 1.0.0 Fixed - 1",
            "9 @s/b 2.0.0 Fixed - 1",
            "11 git 1.1.0 Fixed https://codeload.github.com/o/git/tar.gz/8e5e7e5ab8b370d6c329ec480221332ada57f0ab 1",
            "14 g 1.2.0 Floating https://host/g.git 0",
        ],
    );
    // The tools of pnpm 11 are locked in a document of their own.
    let two = format!("---\nlockfileVersion: '9.0'\npackages:\n  p@1.0.0:\n    resolution: {{}}\n---\n{PNPM_9}");
    assert_eq!(Format::Pnpm.read(&two).unwrap().len(), 5);
}

pub const YARN_1: &str = r##"# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
# yarn lockfile v1


"@s/a@^1.0.0", "@s/a@~1.1.0":
  version "1.1.0"
  resolved "https://registry.yarnpkg.com/@s/a/-/a-1.1.0.tgz#8e5e7e5ab8b370d6c329ec480221332ada57f0ab"
  integrity sha512-AA==
  dependencies:
    b "^2.0.0"
alias@npm:b@^2.0.0, b@^2.0.0:
  "version" "2.0.0"
"c@git+https://host/c.git#main":
  version "3.0.0"
  resolved "git+https://host/c.git#8e5e7e5ab8b370d6c329ec480221332ada57f0ab"
"##;

#[test]
fn yarn_1_is_a_format_of_its_own() {
    reads(
        Format::Yarn,
        YARN_1,
        &[
            "5 @s/a 1.1.0 Fixed https://registry.yarnpkg.com/@s/a 1",
            "11 b 2.0.0 Fixed - 0",
            "13 c 3.0.0 Fixed git+https://host/c.git 1",
        ],
    );
    reads(Format::Yarn, "# yarn lockfile v1\n", &[]);
}

pub const BERRY: &str = r#"# This file is generated by running "yarn install" inside your project.
__metadata:
  version: 8
  cacheKey: 10c0

"@s/a@npm:^1.0.0, @s/a@npm:~1.1.0":
  version: 1.1.0
  resolution: "@s/a@npm:1.1.0"
  checksum: 10c0/aa
  languageName: node
  linkType: hard

"alias@npm:b@^2.0.0":
  version: 2.0.0
  resolution: "b@npm:2.0.0"

"app@workspace:.":
  version: 0.0.0-use.local
  resolution: "app@workspace:."

"c@https://github.com/o/c.git#main":
  version: 3.0.0
  resolution: "c@https://github.com/o/c.git#commit=8e5e7e5ab8b370d6c329ec480221332ada57f0ab"
"#;

#[test]
fn berry_is_yaml() {
    reads(
        Format::Yarn,
        BERRY,
        &[
            "6 @s/a 1.1.0 Fixed - 1",
            "13 b 2.0.0 Fixed - 0",
            "21 c 3.0.0 Fixed https://github.com/o/c.git#commit=8e5e7e5ab8b370d6c329ec480221332ada57f0ab 1",
        ],
    );
}

pub const BUN: &str = r#"{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "own", "dependencies": { "a": "^1", }, },
  },
  "packages": {
    "a": ["a@1.0.0", "", { "dependencies": { "@s/b": "^2", }, }, "sha512-AA=="],
    "a/@s/b": ["@s/b@2.0.0", "https://registry.example.org/@s/b/-/b-2.0.0.tgz", {}, "sha512-BB=="],
    "alias": ["c,]@3.0.0-rc.1", "", {}, "sha512-CC=="],
    "d": ["d@git+https://example.org/o/d.git#8e5e7e5ab8b370d6c329ec480221332ada57f0ab", {}, "8e5e7e5ab8b370d6c329ec480221332ada57f0ab"],
    "e": ["e@github:o/e#8e5e7e5", {}, "o-e-8e5e7e5"],
    "f": ["f@https://example.org/f.tgz", {}],
    "own": ["own@workspace:packages/own"],
    "g": ["g@file:../g", {}],
    "h": ["h@link:h", {}],
  },
}
"#;

#[test]
fn bun_has_lists() {
    reads(
        Format::Bun,
        BUN,
        &[
            "7 a 1.0.0 Fixed - 1",
            "8 @s/b 2.0.0 Fixed https://registry.example.org/@s/b 1",
            "9 c,] 3.0.0-rc.1 Fixed - 1",
            "10 d 8e5e7e5ab8b370d6c329ec480221332ada57f0ab Fixed git+https://example.org/o/d.git 1",
            "11 e 8e5e7e5 Tag github:o/e 0",
            "12 f - Fixed https://example.org/f.tgz 0",
        ],
    );
}
