# shellcheck shell=bash
# Part of `run`: what is left on the pull request, on a server that stands in for GitHub.

echo "--- what is left on the pull request"
cd "$repository"
: >"$work/written"
echo '{}' >"$work/state"
python3 "$here/github.py" "$work/written" "$work/state" >"$work/port" &
servers+=($!)
for _ in $(seq 100); do
    [ -s "$work/port" ] && break
    sleep 0.1
done
git checkout --quiet --force main
printf '\n[github]\napi = "http://127.0.0.1:%s"\n' "$(cat "$work/port")" >>changegate.toml
git commit --quiet --all --message "where the token is sent"
echo 'GITHUB_TOKEN=ghs_secret5ecret' >"$work/secrets"

# written NUMBER TEXT…: so many requests, in which every text stands.
written() {
    local number=$1
    shift
    [ "$(wc -l <"$work/written" | tr -d ' ')" = "$number" ] || { cat "$work/written" "$work/said" >&2; echo "$name: not $number requests" >&2; exit 1; }
    for text in "$@"; do
        grep -qF -e "$text" "$work/written" || { cat "$work/written" "$work/said" >&2; echo "$name: not written: $text" >&2; exit 1; }
    done
    : >"$work/written"
}

pull comments
proposal blocked
run_action failed --var COMMENT=true
said 'outcome=[blocked]' 'commented on acme/payments#42'
written 1 '["POST", "/repos/acme/payments/issues/42/comments"' 'changegate: blocked' "commit <code>$(git rev-parse --short=12 HEAD)</code>"

pull comments-again
proposal passed
run_action ok --var COMMENT=true
said 'outcome=[pass]' 'wrote the comment on acme/payments#42 anew'
written 1 '["PATCH", "/repos/acme/payments/issues/comments/1"' 'changegate: pass'

# No pass stays where the gate could not be run.
pull comments-without-a-run
proposal passed
run_action failed --var COMMENT=true --var PHASE=lunch
said 'outcome=[undecided]' 'wrote the comment on acme/payments#42 anew'
written 1 '["PATCH", "/repos/acme/payments/issues/comments/1"' 'changegate: undecided' 'internal/not-run'

pull comments-without-a-program
proposal passed
run_action failed --var COMMENT=true --var VERSION='1.0/../../x'
said 'outcome=[undecided]' 'there is no program to write with'
written 0

pull comments-by-name
proposal passed
run_action ok --var COMMENT=true --var NAME=databases
written 1 '["POST", "/repos/acme/payments/issues/42/comments"' '<!-- changegate: databases -->'

pull makes-a-check-run
proposal blocked
run_action failed --var ANNOTATIONS=check
said 'outcome=[blocked]' 'made a check run'
unsaid '::error file='
written 1 '["POST", "/repos/acme/payments/check-runs"' '"conclusion": "failure"' '"path": "changes/blocked.json"'

pull undecided-is-told-too
echo 'fn check(p) {' >rules/house/broken.rhai
git add --all
git commit --quiet --message "a broken rule"
base=$(git rev-parse HEAD)
proposal passed
run_action failed --var COMMENT=true --var ANNOTATIONS=check
said 'outcome=[undecided]' 'exit status 2'
written 2 'changegate: undecided' '"conclusion": "failure"'

# A token that may read and not write.
pull fork-with-a-token-that-reads
fork=true
refuse=true
proposal blocked
run_action failed --var COMMENT=true --var ANNOTATIONS=check
said 'outcome=[blocked] findings=[1]' 'exit status 1' 'publish/forbidden' '::notice title=changegate::not all could be left' \
    '::error file=changes/blocked.json,line=1' '## ⛔ changegate: blocked'
written 2
refuse=false

pull fork-without-a-token
fork=true
: >"$work/secrets"
proposal passed
run_action ok --var COMMENT=true
"$changegate" check --base "$base" --report "json=$work/report.json" >/dev/null
said 'outcome=[pass]' 'there is no token to write to GitHub with' '::notice title=changegate::not all could be left' '## ✅ changegate: pass'
written 0

# Another workflow, which writes what the one of the pull request has come to: the number is found by the branch of the fork.
git checkout --quiet --force main
cp "$here/publish.yml" .github/workflows/
git add --all
git commit --quiet --message "a workflow that publishes"
cp "$work/report.json" report.json
head=$(sed -n 's/^    "head": "\(.*\)"$/\1/p' report.json)
printf '{"head": "%s", "refuse": false}' "$head" >"$work/state"
echo 'GITHUB_TOKEN=ghs_secret5ecret' >"$work/secrets"
printf '{"action": "completed", "repository": {"full_name": "acme/payments"}, "workflow_run": {"head_sha": "%s", "head_branch": "topic", "head_repository": {"owner": {"login": "mallory"}}}}' \
    "$head" >"$work/event.json"
finished() {
    "$tools/act" workflow_run --workflows .github/workflows/publish.yml --platform ubuntu-latest=-self-hosted --eventpath "$work/event.json" \
        --env GITHUB_REPOSITORY=acme/payments --env NO_COLOR=1 --secret-file "$work/secrets" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
}
finished
name=publishes-for-a-fork
said 'commented on acme/payments#42' 'publish/event'
written 1 '["POST", "/repos/acme/payments/issues/42/comments"' '<!-- changegate: fork -->' 'changegate: pass'
echo "ran: $name"

# One that names no commit says nothing of the one that the workflow ran for.
name=publishes-no-report-of-nothing
python3 - <<'PYTHON'
import json
with open("report.json", encoding="utf-8") as file:
    report = json.load(file)
report["base"] = None
with open("report.json", "w", encoding="utf-8") as file:
    json.dump(report, file)
PYTHON
finished
said 'publish/report' '::notice title=changegate::not all could be left'
written 0
echo "ran: $name"

cd "$source"
