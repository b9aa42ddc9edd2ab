# shellcheck shell=bash
# Part of `run`: what is said of workflows and scripts by those who know.

echo "--- workflows, the action and its scripts"
"$tools/venv/bin/shellcheck" -x -P SCRIPTDIR action/*.sh tests/e2e/action/run tests/e2e/action/install tests/e2e/html/run tests/e2e/html/chromium tests/e2e/site/run tests/e2e/release/run book/build .ci/run \
    release/{build,draft,finish,notes,tools,try,version}
# Every input and output is documented, and what a workflow hands on is what the next one reads.
python3 - <<'PYTHON'
import re, sys
page = open("docs/action.md", encoding="utf-8").read()
action = open("action.yml", encoding="utf-8").read().split("\nruns:")[0]
missing = [name for name in re.findall(r"^  ([a-z-]+):$", action, re.MULTILINE) if f"| `{name}` |" not in page]
if missing:
    sys.exit(f"not in docs/action.md: {missing}")
# Of several files an artifact has the folders that they differ in, and the workflow that publishes would look for its report in vain.
for path in re.findall(r"uses: actions/upload-artifact@.*?^          path: (.*?)(?: #.*)?$", page, re.MULTILINE | re.DOTALL):
    if path != "${{ steps.gate.outputs.report }}":
        sys.exit(f"what docs/action.md hands on is not the report alone: {path}")
PYTHON
# Blocks in documents are workflows, too, and stand in files that can be linted.
python3 "$here/blocks.py" "$work/blocks"
workflows=(tests/e2e/action/gate.yml tests/e2e/action/publish.yml)
for workflow in .github/workflows/*.yml examples/ci/github/*.yml "$work"/blocks/*.yml; do
    if [ -f "$workflow" ]; then workflows+=("$workflow"); fi
done
"$tools/actionlint" -shellcheck "$tools/venv/bin/shellcheck" "${workflows[@]}"
"$tools/venv/bin/zizmor" --offline --no-progress action.yml action/publish/action.yml "${workflows[@]}"

echo "--- what this repository is gated by"
"$changegate" schema config --check upgrades/gate.toml
"$changegate" schema profile --check upgrades/systems/*.json
"$changegate" --config upgrades/gate.toml rules >"$work/said"

echo "--- templates for other CI"
schema=("$tools/venv/bin/check-jsonschema" --builtin-schema)
"${schema[@]}" vendor.gitlab-ci examples/ci/gitlab-ci.yml
"${schema[@]}" vendor.azure-pipelines examples/ci/azure-pipelines.yml
"${schema[@]}" vendor.buildkite examples/ci/buildkite.yml
# Jenkinsfiles are read by Jenkins alone, which is not here.
"$tools/parse" examples/ci/tekton/task.yaml examples/ci/argo/workflow-template.yaml
# What is in them for a shell.
"$tools/venv/bin/python" "$here/scripts.py" "$work/scripts"
"$tools/venv/bin/shellcheck" --shell=sh "$work"/scripts/*.sh

# On GitLab the base is that of the project that the merge request goes to, and not what a fork calls so.
git init --quiet "$work/target.git"
git -C "$work/target.git" commit --quiet --allow-empty --message "the base"
git clone --quiet "$work/target.git" "$work/fork" 2>/dev/null
git clone --quiet "$work/fork" "$work/clone" 2>/dev/null
git -C "$work/fork" commit --quiet --allow-empty --message "what a fork calls its main branch"
mkdir -p "$work/gitlab"
printf '#!/bin/sh\ngit rev-parse "$3"\n' >"$work/gitlab/changegate"
chmod +x "$work/gitlab/changegate"
for from in target fork; do
    project=1
    if [ "$from" = fork ]; then project=2; fi
    git -C "$work/clone" remote set-url origin "$work/$from$([ "$from" = fork ] || echo .git)"
    base=$(cd "$work/clone" && PATH="$work/gitlab:$PATH" CI_PROJECT_ID=$project CI_MERGE_REQUEST_PROJECT_ID=1 CI_MERGE_REQUEST_PROJECT_URL="$work/target" \
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main sh "$work/scripts/gitlab.sh")
    [ "$base" = "$(git -C "$work/target.git" rev-parse HEAD)" ] || { echo "gitlab-ci.yml judges a pipeline of the $from by another base" >&2; exit 1; }
done
