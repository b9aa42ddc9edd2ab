# shellcheck shell=bash
# Part of `run`: what is said of workflows and scripts by those who know.

echo "--- workflows, the action and its scripts"
"$tools/venv/bin/shellcheck" -x -P SCRIPTDIR action/*.sh tests/e2e/action/run tests/e2e/action/install tests/e2e/release/run .ci/run \
    release/{build,draft,finish,notes,tools,try,version}
# Every input and output is documented.
python3 - <<'PYTHON'
import re, sys
page = open("docs/action.md", encoding="utf-8").read()
action = open("action.yml", encoding="utf-8").read().split("\nruns:")[0]
missing = [name for name in re.findall(r"^  ([a-z-]+):$", action, re.MULTILINE) if f"| `{name}` |" not in page]
sys.exit(f"not in docs/action.md: {missing}" if missing else 0)
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
