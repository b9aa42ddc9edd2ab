#!/usr/bin/env bash
# Leaves the verdict on the pull request, where the token may write there. It decides nothing: whatever fails here is told, and the exit
# status of the action stays that of the gate. Runs in bash 3.2, which macOS has.
set -euo pipefail

# shellcheck source=input.sh
. "$(dirname "$0")/input.sh"
wrong=$(
    refusal comment "${INPUT_COMMENT:-false}" true false
    refusal check "${INPUT_CHECK:-false}" true false
)
if [ -n "$wrong" ]; then
    while IFS= read -r line; do echo "::error title=changegate::$line"; done <<<"$wrong"
    exit 2
fi
if [ -z "${CHANGEGATE:-}" ]; then
    echo '::notice title=changegate::there is no program to write with: what an earlier run has left on the pull request stays'
    exit 0
fi
arguments=(publish)
if [ "${INPUT_COMMENT:-false}" = true ]; then arguments+=(--comment); fi
if [ "${INPUT_CHECK:-false}" = true ]; then arguments+=(--check); fi
if [ -n "${INPUT_NAME:-}" ]; then arguments+=(--name "$INPUT_NAME"); fi
if [ -n "${INPUT_PR:-}" ]; then arguments+=(--pr "$INPUT_PR"); fi
if [ -n "${INPUT_CONFIG:-}" ]; then arguments+=(--config "$INPUT_CONFIG"); fi
if [ -n "${INPUT_BASE:-}" ]; then arguments+=(--base "$INPUT_BASE"); fi
arguments+=(-- "${REPORT:?}")

if ! "$CHANGEGATE" "${arguments[@]}"; then
    echo '::notice title=changegate::not all could be left on the pull request; the verdict is in the summary and in the log, and is none the less'
    # What a check run would have shown at the lines of the proposal.
    if [ "${INPUT_CHECK:-false}" = true ] && [ -f "${ANNOTATIONS:-}" ]; then cat "$ANNOTATIONS"; fi
fi
