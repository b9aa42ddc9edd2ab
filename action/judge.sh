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
# Why there is no verdict, where the action itself fails.
why='the action could not run the gate'

# Nothing that others wrote goes into an output: words of the gate, numbers, and paths that the workflow has chosen.
tell() {
    {
        echo "outcome=$outcome"
        echo "findings=$findings"
        echo "blocked=$blocked"
        echo "folder=$folder"
        echo "report=${reports[0]-}"
        echo 'reports<<changegate-end-of-reports'
        for file in ${reports[@]+"${reports[@]}"}; do echo "$file"; done
        echo changegate-end-of-reports
    } >>"${GITHUB_OUTPUT:?}"
}

# The report of a run that there was none of, for who reads the reports: else the one of an earlier run would stay. Of words from elsewhere it has
# what `plain` leaves of an input.
# shellcheck disable=SC2329 # It is called by what the trap calls.
report_undecided() {
    local phase=plan
    case "${INPUT_PHASE:-plan}" in deploy | close) phase=$INPUT_PHASE ;; esac
    cat >"$folder/report.json" <<REPORT
{
  "schema": "changegate.report/v1",
  "version": "$(sed -n 's/^version = "\([0-9A-Za-z.-]*\)"$/\1/p' "$(dirname "$0")/../Cargo.toml")",
  "phase": "$phase",
  "now": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "now_given": false,
  "fail_on": "deny",
  "configuration": null,
  "base": null,
  "waivers": [],
  "calendars": [],
  "policies": {
    "builtin": false,
    "folders": []
  },
  "digests": {
    "rules": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "config": null
  },
  "rules": [],
  "skipped": [],
  "proposals": [],
  "consulted": [],
  "findings": [],
  "faults": [
    {
      "code": "internal/not-run",
      "message": "$why, so nothing may go ahead",
      "help": "see why in the log of the job, and run it again",
      "labels": []
    }
  ],
  "summary": {
    "proposals": 0,
    "evaluated": 0,
    "ended": 0,
    "closed": 0,
    "open": 0,
    "planned": 0,
    "passed": 0,
    "blocked": 0,
    "undecided": 0,
    "deny": 0,
    "waived": 0,
    "warn": 0,
    "info": 0,
    "faults": 1
  },
  "outcome": "undecided",
  "exit": {
    "status": 2,
    "causes": [
      "internal/not-run"
    ]
  }
}
REPORT
    summary_undecided >"$folder/summary.md"
}

# shellcheck disable=SC2329 # It is called by what the trap calls.
summary_undecided() {
    printf '## ❓ changegate: undecided\n\nNothing may go ahead: %s. The log of the job says more.\n' "${why//\'/\`}"
}

# shellcheck disable=SC2329 # It is called by the trap.
undecided() {
    trap - EXIT
    # It ends with 2 even where nothing can be written any more.
    set +e
    outcome=undecided findings=0 blocked=0 reports=()
    if [ -d "$folder" ]; then
        report_undecided
        reports=("$folder/report.json" "$folder/summary.md")
    fi
    summary_undecided >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
    tell
    exit 2
}
trap undecided EXIT
folder=$(mktemp -d "${RUNNER_TEMP:?}/changegate.XXXXXX")

if [ -z "${CHANGEGATE:-}" ]; then
    why='the gate could not be built or fetched'
    echo '::error title=changegate::undecided: there is no program to judge with; see the step before'
    exit 2
fi

# shellcheck source=input.sh
. "$(dirname "$0")/input.sh"
# A line for each input that is none of what it takes.
refusals() {
    refusal phase "${INPUT_PHASE:-plan}" plan deploy close
    refusal fail-on "${INPUT_FAIL_ON:-deny}" deny warn
    refusal annotations "${INPUT_ANNOTATIONS:-log}" log check none
    refusal comment "${INPUT_COMMENT:-false}" true false
    while IFS= read -r line; do
        case "$line" in
        '' | ?*=?*) ;;
        *) echo "the input reports has the line $(plain "$line"), and takes FORMAT=FILE on each, such as sarif=changegate.sarif" ;;
        esac
    done <<<"${INPUT_REPORTS:-}"
}
wrong=$(refusals)
if [ -n "$wrong" ]; then
    while IFS= read -r line; do echo "::error title=changegate::undecided: $line"; done <<<"$wrong"
    why=${wrong//$'\n'/; }
    exit 2
fi

reports=("$folder/report.json" "$folder/summary.md")
further=()
arguments=(check --phase "${INPUT_PHASE:-plan}" --fail-on "${INPUT_FAIL_ON:-deny}")
arguments+=(--report "json=$folder/report.json" --report "markdown=$folder/summary.md" --report "github=$folder/annotations")
if [ -n "${INPUT_CONFIG:-}" ]; then arguments+=(--config "$INPUT_CONFIG"); fi
if [ -n "${INPUT_BASE:-}" ]; then arguments+=(--base "$INPUT_BASE"); fi
while IFS= read -r line; do
    if [ -n "$line" ]; then arguments+=(--policies "$line"); fi
done <<<"${INPUT_POLICIES:-}"
while IFS= read -r line; do
    if [ -n "$line" ]; then
        arguments+=(--report "$line")
        further+=("${line#*=}")
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
if ! grep -qsx "  \"outcome\": \"$told\"," "$folder/report.json"; then
    why='the gate ended without a report'
    echo '::error title=changegate::undecided: the gate ended without a report; see the log'
    exit 2
fi
# Where one of them could not be written, nobody knows which, and a file of its name is somebody else's.
unwritten=$(sed -n '/^  "exit": {$/,$s/^      "\(report\/unwritable\)",\{0,1\}$/\1/p' "$folder/report.json")
if [ -z "$unwritten" ]; then reports+=(${further[@]+"${further[@]}"}); fi
findings=$(($(of_summary deny) + $(of_summary waived) + $(of_summary warn) + $(of_summary info)))
blocked=$(of_summary blocked)
cat "$folder/summary.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
if [ "${INPUT_ANNOTATIONS:-log}" = log ]; then cat "$folder/annotations"; fi
outcome=$told
tell
trap - EXIT
exit "$status"
