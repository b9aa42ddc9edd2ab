//! Which file is of which format.

use changegate::lockfiles::Format;
use std::path::Path;

#[test]
fn files_are_known_by_name_and_folder() {
    for (path, format) in [
        ("Cargo.lock", Some(Format::Cargo)),
        ("a/b/package-lock.json", Some(Format::Npm)),
        ("npm-shrinkwrap.json", Some(Format::Npm)),
        ("pnpm-lock.yaml", Some(Format::Pnpm)),
        ("yarn.lock", Some(Format::Yarn)),
        ("go.mod", Some(Format::GoMod)),
        ("go.sum", Some(Format::GoSum)),
        ("requirements.txt", Some(Format::Requirements)),
        ("requirements-dev.txt", Some(Format::Requirements)),
        ("dev-requirements.txt", Some(Format::Requirements)),
        ("requirements/base.txt", Some(Format::Requirements)),
        ("constraints.txt", Some(Format::Requirements)),
        ("notes.txt", None),
        ("py3_requirements.txt", Some(Format::Requirements)),
        ("docs/requirements.txt", Some(Format::Requirements)),
        ("docs/system-requirements.txt", None),
        ("docs/ourrequirements.txt", None),
        ("tests/requirements/readme.txt", None),
        ("poetry.lock", Some(Format::Poetry)),
        ("uv.lock", Some(Format::Uv)),
        ("Gemfile.lock", Some(Format::Bundler)),
        ("gems.locked", Some(Format::Bundler)),
        ("composer.lock", Some(Format::Composer)),
        ("pom.xml", Some(Format::Maven)),
        ("gradle.lockfile", Some(Format::Gradle)),
        ("buildscript-gradle.lockfile", Some(Format::Gradle)),
        ("gradle/dependency-locks/compileClasspath.lockfile", Some(Format::Gradle)),
        ("other.lockfile", None),
        ("packages.lock.json", Some(Format::NuGet)),
        ("packages.api.lock.json", Some(Format::NuGet)),
        ("packages.json", None),
        ("Dockerfile", Some(Format::Dockerfile)),
        ("Dockerfile.dev", Some(Format::Dockerfile)),
        ("Dockerfile-dev", Some(Format::Dockerfile)),
        ("api.Dockerfile", Some(Format::Dockerfile)),
        ("api.dockerfile", Some(Format::Dockerfile)),
        ("Containerfile", Some(Format::Dockerfile)),
        ("Dockerfile.dockerignore", None),
        ("Dockerfiles.md", None),
        ("NotADockerfile", None),
        ("pkg/dockerfile_test.go", None),
        ("tools/dockerfile.py", None),
        ("Dockerfile.go", Some(Format::Dockerfile)),
        ("dockerfile.dev", Some(Format::Dockerfile)),
        ("Chart.lock", Some(Format::Helm)),
        ("requirements.lock", Some(Format::Helm)),
        (".terraform.lock.hcl", Some(Format::Terraform)),
        (".github/workflows/ci.yml", Some(Format::Workflow)),
        (".github/workflows/ci.yaml", Some(Format::Workflow)),
        // GitHub reads no workflow in a folder of that folder, nor elsewhere.
        (".github/workflows/old/ci.yml", None),
        ("workflows/ci.yml", None),
        ("action.yml", Some(Format::Action)),
        (".github/actions/build/action.yaml", Some(Format::Action)),
        ("", None),
        ("..", None),
    ] {
        assert_eq!(Format::of(Path::new(path)), format, "{path}");
    }
}
