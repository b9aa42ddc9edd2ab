#!/usr/bin/env bash
# Gets the program: a release that is verified, where `version` names one, or a build of the source that the action came with. Runs in
# bash 3.2, which macOS has.
#
# What was built is kept in the tool cache of the runner by the digest of its source, and nowhere else: a cache of GitHub Actions can be
# filled by any workflow of the same pull request, which would choose the program that it is judged by.
set -euo pipefail

failed() {
    echo "::error title=changegate::$1"
    exit 2
}

# shellcheck source=input.sh
. "$(dirname "$0")/input.sh"

ending=
if [ "${RUNNER_OS:-}" = Windows ]; then ending=.exe; fi

# The action that this one is part of, or another one beside it.
source=$(cd "$(dirname "$0")/.." && pwd)
sha256=(sha256sum)
if ! command -v sha256sum >/dev/null; then sha256=(shasum -a 256); fi

# All that goes into the program, and the benchmarks, without which cargo takes Cargo.toml for wrong.
sources() {
    find .cargo Cargo.toml Cargo.lock build.rs benches policies schemas src -type f "$@"
}

# Paths are relative, so that it is the same wherever the action lies.
digest_of_source() {
    sources -exec "${sha256[@]}" {} + | LC_ALL=C sort | "${sha256[@]}" | cut -c 1-64
}

build() {
    # Cargo and rustup read settings of the folder they run in and of all above it, and those of what is judged could run anything. The action
    # may lie in a checkout of that, so it is built elsewhere, from the files that the digest is of and from no others.
    local kept room
    room=$(mktemp -d "${RUNNER_TEMP:?}/changegate-build.XXXXXX")
    case "$room/" in
    "${GITHUB_WORKSPACE:-$room/none}"/*) failed "RUNNER_TEMP lies in the workspace, whose settings could run anything in a build" ;;
    esac
    (cd "$source" && sources -print0 | tar -cf - --null -T -) | (cd "$room" && tar -xf -) || failed "the source of the action can't be copied"
    cd "$room"
    kept="${RUNNER_TOOL_CACHE:-$RUNNER_TEMP}/changegate/$(digest_of_source)/${RUNNER_OS:-any}-${RUNNER_ARCH:-any}"
    program="$kept/changegate$ending"
    if [ -x "$program" ]; then
        echo "changegate: built before from the same source"
        return
    fi
    command -v cargo >/dev/null || failed "there is no cargo to build changegate with; set up Rust before, or name a version"
    echo "::group::changegate: cargo build"
    cargo build --release --locked --target-dir "$room/target" || failed "changegate could not be built"
    echo "::endgroup::"
    # Under a name of its own until it is whole: another job may look for it.
    mkdir -p "$kept" && cp "$room/target/release/changegate$ending" "$program.$$" && mv "$program.$$" "$program"
}

target() {
    awk -v runner="${RUNNER_OS:-}-${RUNNER_ARCH:-}" '$1 == runner { print $2 }' "$source/release/targets"
}

fetch() {
    local version=${INPUT_VERSION#v} address archive folder target
    case "$version" in
    '' | *[!0-9A-Za-z.-]*) failed "the input version is $(plain "$INPUT_VERSION"), and takes the number of a release, such as 1.2.3" ;;
    esac
    address=$(sed -n 's/^repository = "\(https:[^"]*\)"$/\1/p' "$source/Cargo.toml")
    target=$(target)
    [ -n "$target" ] || failed "there is no release for ${RUNNER_OS:-this system} on ${RUNNER_ARCH:-this processor}; leave version out to build from source"
    archive=changegate-$version-$target.tar.gz
    folder=$(mktemp -d "${RUNNER_TEMP:?}/changegate-release.XXXXXX")
    cd "$folder"
    for file in "$archive" SHA256SUMS; do
        curl --proto '=https' --fail --silent --show-error --location --retry 3 --output "$file" "$address/releases/download/v$version/$file" ||
            failed "the release $version of changegate can't be had: see that it exists, or leave version out to build from source"
    done
    # One line, and no other that would be taken for it.
    awk -v name="$archive" '$2 == name || $2 == "*" name' SHA256SUMS >expected
    [ "$(wc -l <expected | tr -d ' ')" = 1 ] || failed "SHA256SUMS of the release $version does not name $archive once"
    "${sha256[@]}" -c expected >/dev/null || failed "$archive is not what SHA256SUMS of its release says"
    command -v gh >/dev/null || failed "there is no gh to verify with where the release came from; leave version out to build from source"
    # No other workflow of that repository, and no archive of another version under this one's name.
    gh attestation verify "$archive" --repo "${address#https://github.com/}" --source-ref "refs/tags/v$version" \
        --signer-workflow "${address#https://github.com/}/.github/workflows/release.yml" ||
        failed "nobody attests that $archive was built by the release workflow of its repository"
    tar -xzf "$archive"
    program="$folder/changegate$ending"
    [ -x "$program" ] || failed "$archive holds no program"
}

# For who fills the tool cache of a runner beforehand.
if [ "${1:-}" = digest ]; then
    cd "$source"
    digest_of_source
    exit
fi
if [ -n "${INPUT_VERSION:-}" ]; then fetch; else build; fi
echo "program=$program" >>"${GITHUB_OUTPUT:?}"
