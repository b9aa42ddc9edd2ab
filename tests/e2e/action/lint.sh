# shellcheck shell=bash
# Part of `run`: what is said of workflows and scripts by those who know.

echo "--- workflows, the action and its scripts"
"$tools/venv/bin/shellcheck" -x -P SCRIPTDIR action/*.sh tests/e2e/action/run tests/e2e/action/install .ci/run
# Blocks in documents are workflows, too, and stand in files that can be linted.
python3 "$here/blocks.py" "$work/blocks"
workflows=(tests/e2e/action/gate.yml)
for workflow in .github/workflows/*.yml examples/ci/github/*.yml "$work"/blocks/*.yml; do
    if [ -f "$workflow" ]; then workflows+=("$workflow"); fi
done
"$tools/actionlint" -shellcheck "$tools/venv/bin/shellcheck" "${workflows[@]}"
"$tools/venv/bin/zizmor" --offline --no-progress action.yml "${workflows[@]}"
