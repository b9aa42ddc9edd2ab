#!/usr/bin/env bash
# Judges, and tells the verdict where the runner looks for it: log, summary and outputs. Runs in bash 3.2, which macOS has.
#
# Its exit status is that of the gate. Whatever fails before there is one is undecided: 2.
set -euo pipefail

outcome=undecided
findings=0
blocked=0
folder=
reports=()

# Nothing that others wrote goes into an output: words of the gate, numbers, and paths that the workflow has chosen.
tell() {
    {
        echo "outcome=$outcome"
        echo "findings=$findings"
        echo "blocked=$blocked"
        echo "folder=$folder"
        echo 'reports<<changegate-end-of-reports'
        for file in ${reports[@]+"${reports[@]}"}; do
            if [ -f "$file" ]; then echo "$file"; fi
        done
        echo changegate-end-of-reports
    } >>"${GITHUB_OUTPUT:?}"
}

# shellcheck disable=SC2329 # It is called by the trap.
undecided() {
    trap - EXIT
    outcome=undecided folder=
    tell
    echo '## ❓ changegate: undecided' >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
    echo 'The action could not run the gate, so nothing may go ahead. Its log says why.' >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
    exit 2
}
trap undecided EXIT

if [ -z "${CHANGEGATE:-}" ]; then
    echo '::error title=changegate::undecided: there is no program to judge with; see the step before'
    exit 2
fi

folder=$(mktemp -d "${RUNNER_TEMP:?}/changegate.XXXXXX")
reports=("$folder/report.json" "$folder/summary.md")
arguments=(check --phase "${INPUT_PHASE:-plan}" --fail-on "${INPUT_FAIL_ON:-deny}")
arguments+=(--report "json=$folder/report.json" --report "markdown=$folder/summary.md" --report "github=$folder/annotations")
if [ -n "${INPUT_CONFIG:-}" ]; then arguments+=(--config "$INPUT_CONFIG"); fi
if [ -n "${INPUT_BASE:-}" ]; then arguments+=(--base "$INPUT_BASE"); fi
case "${INPUT_ANNOTATIONS:-log}" in
log | check | none) ;;
*)
    echo '::error title=changegate::undecided: annotations is log, check or none'
    exit 2
    ;;
esac
while IFS= read -r line; do
    if [ -n "$line" ]; then arguments+=(--policies "$line"); fi
done <<<"${INPUT_POLICIES:-}"
while IFS= read -r line; do
    if [ -n "$line" ]; then
        arguments+=(--report "$line")
        reports+=("${line#*=}")
    fi
done <<<"${INPUT_REPORTS:-}"
arguments+=(--)
while IFS= read -r line; do
    if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"${INPUT_PROPOSALS:-}"

status=0
"$CHANGEGATE" "${arguments[@]}" || status=$?
case $status in
0) told=pass ;;
1) told=blocked ;;
*) told=undecided status=2 ;;
esac

# The report is laid out so that no text of others can look like this: each stands in one line, deeper inside.
of_summary() {
    sed -n '/^  "summary": {$/,/^  }/s/^    "'"$1"'": \([0-9]\{1,\}\),\{0,1\}$/\1/p' "$folder/report.json"
}
if ! grep -qx "  \"outcome\": \"$told\"," "$folder/report.json"; then
    echo '::error title=changegate::undecided: the gate ended without a report; see the log'
    exit 2
fi
findings=$(($(of_summary deny) + $(of_summary waived) + $(of_summary warn) + $(of_summary info)))
blocked=$(of_summary blocked)
cat "$folder/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
if [ "${INPUT_ANNOTATIONS:-log}" = log ]; then cat "$folder/annotations"; fi
outcome=$told
tell
trap - EXIT
exit "$status"
