//! Images, charts, providers and actions.

use crate::{COMMIT, reads};
use changegate::lockfiles::Format;

pub const DOCKERFILE: &str = "# syntax=docker/dockerfile:1
# escape=`

ARG VERSION=1.27 FLAVOUR
ARG IMAGE=nginx:${VERSION}
FROM --platform=$BUILDPLATFORM docker.io/library/golang:1.24@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa AS Build
RUN cat <<EOF >notes `
  && true
FROM hidden:1
EOF
RUN echo \"<<not\" && `
# FROM comment:1
  true
RUN --mount=type=bind,from=busybox,target=/b true
from $IMAGE
COPY --from=build /a /a
COPY --from=0 /a /a
COPY --from=alpine:3.20 /a /a
FROM ${FLAVOUR}
FROM scratch
ONBUILD COPY --from=debian:12 /a /a
";

#[test]
fn images_are_found_where_they_are_used() {
    reads(
        Format::Dockerfile,
        DOCKERFILE,
        &[
            "1 docker/dockerfile 1 Tag docker.io/docker 0",
            "6 golang 1.24 Fixed docker.io/library 1",
            "14 busybox latest Floating docker.io/library 0",
            "15 nginx 1.27 Tag docker.io/library 0",
            "18 alpine 3.20 Tag docker.io/library 0",
            "19 ${FLAVOUR} - Floating - 0",
            "21 debian 12 Tag docker.io/library 0",
        ],
    );
}

#[test]
fn nothing_hides_a_from() {
    for (text, lines) in [
        // No here-documents: in quotes, in another instruction, without a space before it.
        ("FROM a:1\nRUN echo '<<E'\nFROM b:1\n", &[1, 3][..]),
        ("FROM a:1\nENV A <<E\nFROM b:1\n", &[1, 3]),
        ("FROM a:1\nRUN cat<<E\nFROM b:1\n", &[1, 3]),
        ("FROM a:1\nRUN cat << E\nFROM b:1\n", &[1, 3]),
        // A comment never continues, and an escaped escape does not.
        ("FROM a:1\n# b \\\nFROM b:1\n", &[1, 3]),
        ("FROM a:1\nRUN a \\\\\nFROM b:1\n", &[1, 3]),
        // The escape is changed only before everything else.
        ("# a\n# escape=`\nFROM a:1\nRUN `\nFROM b:1\n", &[3, 5]),
        ("FROM \\\n a:1\n", &[1]),
        // A line with an escape goes on after empty lines and comments.
        ("FROM a:1\nRUN a \\\n\n# c\n b\nFROM b:1\n", &[1, 6]),
    ] {
        let pins = Format::Dockerfile.read(text).unwrap();
        assert_eq!(pins.iter().map(|pin| pin.line).collect::<Vec<_>>(), lines, "{text}");
    }
}

pub const CHART: &str = "dependencies:
- name: redis
  repository: https://charts.example.org
  version: 19.0.1
- name: own
  repository: file://../own
  version: 0.1.0
digest: sha256:aa
generated: \"2026-01-01T00:00:00Z\"
";

#[test]
fn charts() {
    reads(Format::Helm, CHART, &["2 redis 19.0.1 Fixed https://charts.example.org 0"]);
    reads(Format::Helm, "dependencies: []\n", &[]);
    reads(Format::RequirementsLock, CHART, &["2 redis 19.0.1 Fixed https://charts.example.org 0"]);
}

pub const TERRAFORM: &str = "# This file is maintained automatically by \"terraform init\".

provider \"registry.terraform.io/hashicorp/aws\" {
  version     = \"5.1.0\"
  constraints = \"~> 5.0\"
  hashes = [
    \"h1:aa=\", # one
    \"zh:bb\",
  ]
}
/* provider \"x\" {} */
provider \"registry.terraform.io/hashicorp/null\" {
  version = \"3.2.0\"
}
";

#[test]
fn providers() {
    reads(
        Format::Terraform,
        TERRAFORM,
        &[
            "3 registry.terraform.io/hashicorp/aws 5.1.0 Fixed - 2",
            "12 registry.terraform.io/hashicorp/null 3.2.0 Fixed - 0",
        ],
    );
}

pub const WORKFLOW: &str = "on: push
jobs:
  test:
    container: node:22
    services:
      db: {image: postgres}
      other: {image: '${{ matrix.image }}'}
    steps: &steps
      - uses: actions/checkout@8e5e7e5ab8b370d6c329ec480221332ada57f0ab # v4.2.0
      - name: uses in a name
        uses: \"github/codeql-action/init@v3\"
        with: {uses: nothing@here}
      - run: |
          uses: not/this@v1
      - uses: ./local
      - uses: docker://alpine:3.20
  again:
    steps: *steps
  called:
    uses: o/r/.github/workflows/w.yml@main
";

#[test]
fn workflows() {
    reads(
        Format::Workflow,
        WORKFLOW,
        &[
            "4 node 22 Tag docker.io/library 0",
            "6 postgres latest Floating docker.io/library 0",
            "7 ${{ matrix.image }} - Floating - 0",
            &format!("9 actions/checkout {COMMIT} Fixed - 1"),
            &format!("9 actions/checkout {COMMIT} Fixed - 1"),
            "11 github/codeql-action v3 Tag github/codeql-action/init 0",
            "11 github/codeql-action v3 Tag github/codeql-action/init 0",
            "16 alpine 3.20 Tag docker.io/library 0",
            "16 alpine 3.20 Tag docker.io/library 0",
            "20 o/r main Floating o/r/.github/workflows/w.yml 0",
        ],
    );
}

pub const ACTION: &str = "name: a
runs:
  using: composite
  steps:
    - uses: o/r@v1
";

#[test]
fn actions() {
    reads(Format::Action, ACTION, &["5 o/r v1 Tag - 0"]);
    reads(Format::Action, "runs:\n  using: docker\n  image: docker://a:1\n", &["2 a 1 Tag docker.io/library 0"]);
    reads(Format::Action, "runs: {using: docker, image: Dockerfile}\n", &[]);
    reads(Format::Action, "runs: {using: node20, main: a.js}\n", &[]);
    // A file that only has the name of one, which no runner takes for one.
    for other in ["actions:\n  - name: deploy\n", "- deploy\n"] {
        reads(Format::Action, other, &[]);
    }
    for likely in ["Runs: {using: composite}\n", "uses: o/r@v1\n", "<<: {runs: {}}\n"] {
        assert!(Format::Action.read(likely).is_err(), "{likely}");
    }
}
