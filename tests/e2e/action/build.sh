# shellcheck shell=bash
# Part of `run`: the build of an action that lies in the checkout of a pull request, by the real cargo. What the pull request sets for cargo and
# for rustup would run a program of its own, which leaves a file.

echo "--- a build below the settings of others"
hostile=$work/hostile
mkdir -p "$hostile/.cargo" "$hostile/tools/bin" "$hostile/.base" "$hostile/temp" "$work/runner"
git ls-files -z --cached --others --exclude-standard .cargo Cargo.toml Cargo.lock build.rs action benches policies schemas src |
    xargs -0 tar -cf - | tar -xf - -C "$hostile/.base"
for program in cargo rustc; do
    printf '#!/bin/sh\ntouch "%s"\nexit 1\n' "$work/has-run" >"$hostile/tools/bin/$program"
    chmod +x "$hostile/tools/bin/$program"
done

# builds COMMAND…: whether a program of the pull request was run by a build. Without a compiler that ends where settings have been read.
builds() {
    rm -f "$work/has-run"
    if RUSTC=false "$@" >"$work/said" 2>&1; then
        cat "$work/said" >&2
        echo "a build without a compiler has ended well" >&2
        exit 1
    fi
    [ -e "$work/has-run" ]
}
as_it_lies() {
    (cd "$hostile/.base" && cargo build --locked --target-dir "$work/runner/target")
}
as_the_action() {
    (cd "$hostile" && RUNNER_TEMP=$1 RUNNER_TOOL_CACHE="$work/runner/tools" GITHUB_WORKSPACE=$hostile GITHUB_OUTPUT=/dev/null \
        bash .base/action/install.sh)
}

settings=(cargo)
# Where cargo does not come with rustup, nobody reads the file of that.
if command -v rustup >/dev/null; then settings+=(rustup); fi
for whose in "${settings[@]}"; do
    case $whose in
    cargo) printf '[build]\nrustc-wrapper = "tools/bin/rustc"\n' >"$hostile/.cargo/config.toml" ;;
    rustup) printf '[toolchain]\npath = "%s"\n' "$hostile/tools" >"$hostile/rust-toolchain.toml" ;;
    esac
    builds as_it_lies || { cat "$work/said" >&2; echo "what the pull request sets for $whose runs nothing: nothing is shown" >&2; exit 1; }
    if builds as_the_action "$work/runner"; then
        cat "$work/said" >&2
        echo "the action has run what the pull request sets for $whose" >&2
        exit 1
    fi
    name="below-settings-for-$whose"
    said 'changegate could not be built'
    rm "$hostile/.cargo/config.toml" "$hostile/rust-toolchain.toml" 2>/dev/null || true
    echo "ran: $name"
done

name=in-the-workspace
if builds as_the_action "$hostile/temp"; then exit 1; fi
said 'RUNNER_TEMP lies in the workspace'
echo "ran: $name"
