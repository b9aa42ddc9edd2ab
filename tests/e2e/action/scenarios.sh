# shellcheck shell=bash
# Part of `run`: pull requests, and what the action makes of them.

repository=$work/repository
mkdir "$repository"
git ls-files -z --cached --others --exclude-standard .cargo Cargo.toml Cargo.lock build.rs action action.yml benches policies release/targets schemas src examples/routine-patch.json |
    xargs -0 tar -cf - | tar -xf - -C "$repository"
mkdir -p "$repository/.github/workflows" "$repository/changes" "$repository/rules/house" "$repository/tools"
cp "$here/gate.yml" "$repository/.github/workflows/"
cp "$here/proposal.py" "$repository/tools/"

# The tool cache of the runner, as act names it.
case "$(uname -sm)" in
'Linux x86_64') runner=Linux-X64 ;;
'Linux aarch64') runner=Linux-ARM64 ;;
'Darwin x86_64') runner=macOS-X64 ;;
'Darwin arm64') runner=macOS-ARM64 ;;
*) echo "which runner this is, is not known: $(uname -sm)" >&2; exit 1 ;;
esac
kept=$XDG_CACHE_HOME/act/tool_cache/changegate/$(bash "$repository/action/install.sh" digest)/$runner
mkdir -p "$kept"
ln "$changegate" "$kept/changegate" 2>/dev/null || cp "$changegate" "$kept/changegate"

cd "$repository"
git init --quiet
git add --all
git commit --quiet --message "a repository that has agreed to nothing"
git branch bare
cp "$here/changegate.toml" .
cp "$source/examples/policies/house/ticket.rhai" rules/house/
git add --all
git commit --quiet --message "what is judged by"

# pull NAME [BASE]: begins a pull request.
pull() {
    git checkout --quiet --force -B "$1" "${2:-main}"
    base=$(git rev-parse HEAD)
    fork=false
}

proposal() {
    python3 tools/proposal.py "changes/$1.json" "$1"
}

# act closes its end of the terminal of a step that fails, whatever it has not read of it by then (its wait for that is for steps that end well).
# So the last lines of such a step come to be missing on a busy machine, and what steps say is written down beside, by the bash that they run in.
mkdir "$work/shell"
cat >"$work/shell/bash" <<SHELL
#!$BASH
PATH=\${PATH#'$work/shell:'}
"$BASH" "\$@" 2>&1 | tee -a '$work/steps'
exit "\${PIPESTATUS[0]}"
SHELL
chmod +x "$work/shell/bash"

# run_action STATUS [ARGUMENT…]: commits, runs the action, and holds its status; `said` has what it has said.
run_action() {
    local expected=$1 status=0
    shift
    git add --all
    git commit --quiet --allow-empty --message "a change"
    name=$(git branch --show-current)
    printf '{"head": "%s", "refuse": %s}' "$(git rev-parse HEAD)" "${refuse:-false}" >"$work/state"
    python3 - "$base" "$(git rev-parse HEAD)" "$fork" >"$work/event.json" <<'PYTHON'
import json, sys
base, head, fork = sys.argv[1:]
repository = {"full_name": "acme/payments", "default_branch": "main"}
print(json.dumps({
    "number": 42, "repository": repository,
    "pull_request": {"number": 42, "title": "x", "state": "open",
        "base": {"sha": base, "ref": "main", "repo": repository},
        "head": {"sha": head, "ref": "topic", "repo": {"full_name": "mallory/payments" if fork == "true" else "acme/payments", "fork": fork == "true"}}},
}))
PYTHON
    : >"$work/steps"
    PATH="$work/shell:$PATH" "$tools/act" pull_request --platform ubuntu-latest=-self-hosted --eventpath "$work/event.json" --env GITHUB_REPOSITORY=acme/payments --env NO_COLOR=1 \
        --secret-file "$work/secrets" "$@" >"$work/said" 2>&1 || status=$?
    cat "$work/steps" >>"$work/said"
    if { [ "$expected" = ok ] && [ "$status" != 0 ]; } || { [ "$expected" = failed ] && [ "$status" = 0 ]; }; then
        cat "$work/said" >&2
        echo "$name: the job has not $expected" >&2
        exit 1
    fi
    echo "ran: $name"
}

echo "--- the action"
: >"$work/secrets"

pull passes
proposal passed
run_action ok
said 'built before from the same source' 'outcome=[pass] findings=[0] blocked=[0]' 'handed on: [report.json]' 'report=[report.json]' 'report=[summary.md]' \
    '## ✅ changegate: pass' 'PASS  1 proposal'

pull blocked
proposal blocked
run_action failed --var REPORTS='sarif=changegate.sarif
junit=tests.xml'
said 'outcome=[blocked] findings=[1] blocked=[1]' 'exit status 1' '::error file=changes/blocked.json,line=1' '## ⛔ changegate: blocked' \
    'report=[changegate.sarif]' 'report=[tests.xml]' 'handed on: [report.json]'

pull without-annotations
proposal blocked
run_action failed --var ANNOTATIONS=none
said 'outcome=[blocked]'
unsaid '::error file='

pull warned
proposal warned
run_action ok
said 'outcome=[pass] findings=[1] blocked=[0]' '::warning file=changes/warned.json'

pull warnings-block
proposal warned
run_action failed --var FAIL_ON=warn
said 'outcome=[blocked] findings=[1] blocked=[1]' 'exit status 1'

pull undecided-by-a-broken-rule
echo 'fn check(p) {' >rules/house/broken.rhai
git add --all
git commit --quiet --message "a broken rule"
base=$(git rev-parse HEAD)
proposal passed
run_action failed
said 'outcome=[undecided] findings=[0] blocked=[0]' 'exit status 2' 'policy/' '## ❓ changegate: undecided' 'report=[report.json]'

pull nothing-to-judge
run_action failed
said 'outcome=[undecided]' 'check/nothing-to-judge'

pull first-adoption bare
cp "$here/changegate.toml" .
proposal passed
run_action failed
said 'outcome=[undecided]' 'trust/no-base-policy'

pull edits-the-rules
echo '// Nothing is wrong.' >rules/house/ticket.rhai
proposal blocked
run_action failed
said 'outcome=[blocked]' 'trust/changed' 'deny[house/ticket]'

pull hostile-text
proposal hostile
run_action failed
said 'outcome=[blocked]'
unsaid '::error::x ##[error]' $'\033[31m'

pull hostile-inputs
proposal passed
# shellcheck disable=SC2016 # It is meant as it stands.
run_action failed --var PROPOSALS='$(touch "$HOME/pwned")
`touch "$HOME/pwned"`
changes/*.json; touch "$HOME/pwned"'
said 'outcome=[undecided]'
[ ! -e "$HOME/pwned" ] || { echo "an input was run" >&2; exit 1; }

# A file that is no report is left as it is, and nobody may take it for what this run has written.
pull brings-a-report
proposal passed
printf ' {"schema": "changegate.report/v1", "base": null, "outcome": "pass"}' >changegate-report.json
run_action failed --var REPORTS='sarif=changegate.sarif
json=changegate-report.json'
said 'outcome=[undecided]' 'report/unwritable' 'report=[report.json]' 'report=[summary.md]'
unsaid 'report=[changegate'

# Each wrong input is told, with no more of its value than a log and a report may have.
pull no-such-inputs
proposal passed
run_action failed --var PHASE='lunch"%0A::error::x' --var FAIL_ON=info --var ANNOTATIONS=everywhere --var COMMENT=True --var REPORTS='sarif=changegate.sarif
junit'
said 'outcome=[undecided]' 'handed on: [report.json]' 'report=[report.json]' 'report=[summary.md]' \
    "::error title=changegate::undecided: the input phase is 'lunch??0A??error??x', and takes plan, deploy or close, in small letters" \
    "::error title=changegate::undecided: the input fail-on is 'info', and takes deny or warn, in small letters" \
    "::error title=changegate::undecided: the input annotations is 'everywhere', and takes log, check or none, in small letters" \
    "::error title=changegate::undecided: the input comment is 'True', and takes true or false, in small letters" \
    "::error title=changegate::undecided: the input reports has the line 'junit', and takes FORMAT=FILE on each, such as sarif=changegate.sarif" \
    'Nothing may go ahead: the input phase is `lunch??0A??error??x`, and takes plan, deploy or close, in small letters; the input fail-on'
unsaid 'No such file' '::error::x'

# What the gate itself takes for no argument leaves no report, and nothing else is said of that file.
pull no-such-format
proposal passed
run_action failed --var REPORTS='pdf=report.pdf'
said 'outcome=[undecided]' 'there is no format `pdf`' 'the gate ended without a report; see the log' 'Nothing may go ahead: the gate ended without a report'
unsaid 'No such file'

# What is told where the gate could not be run is a report like any other.
name=a-report-of-no-run
status=0
mkdir -p "$work/no-run"
CHANGEGATE='' RUNNER_TEMP="$work/no-run" GITHUB_OUTPUT="$work/no-run/output" GITHUB_STEP_SUMMARY="$work/no-run/summary" INPUT_PHASE=deploy \
    bash "$source/action/judge.sh" >"$work/said" 2>&1 || status=$?
[ "$status" = 2 ] || { cat "$work/said" >&2; echo "$name: exit status $status" >&2; exit 1; }
cat "$work/no-run/summary" "$work"/no-run/changegate.*/report.json >>"$work/said"
said 'changegate: undecided' 'Nothing may go ahead: the gate could not be built or fetched' '"the gate could not be built or fetched, so nothing may go ahead"'
"$tools/venv/bin/check-jsonschema" --schemafile "$source/schemas/report-v1.json" "$work"/no-run/changegate.*/report.json
echo "ran: $name"

pull no-such-release
proposal passed
run_action failed --var VERSION=99.0.0
said 'outcome=[undecided]' "the release 99.0.0 of changegate can't be had" 'there is no program to judge with' 'the gate could not be built or fetched'
run_action failed --var VERSION='1.0/../../x'
said 'outcome=[undecided]' "the input version is '1.0/../../x', and takes the number of a release, such as 1.2.3"

# The build, by a cargo that writes down how it is called: what is judged must have no say in how the program is built.
pull builds-from-source
proposal passed
mkdir -p .cargo "$work/bin"
cat >"$work/bin/cargo" <<CARGO
#!/usr/bin/env bash
# cargo build --release --locked --target-dir FOLDER
echo "cargo \$* in \$PWD, with a token: \${GITHUB_TOKEN:-}\${GH_TOKEN:-}none"
mkdir -p "\$5/release"
cp '$changegate' "\$5/release/changegate"
CARGO
chmod +x "$work/bin/cargo"
echo '// Another source.' >>src/lib.rs
echo 'GITHUB_TOKEN=ghs_secret5ecret' >"$work/secrets"
PATH="$work/bin:$PATH" run_action ok
said 'cargo build --release --locked --target-dir' 'with a token: none' 'outcome=[pass]'
PATH="$work/bin:$PATH" run_action ok
said 'built before from the same source'
unsaid 'cargo build'
: >"$work/secrets"

cd "$source"
