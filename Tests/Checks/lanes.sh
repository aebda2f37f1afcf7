#!/usr/bin/env bash
# Runs targets of the Makefile in lanes side by side, so that one computes while another waits. The targets of a lane run in
# turn; what each prints comes in one piece when it ends, and those that failed are named at the end.
# Usage: lanes.sh "TARGET..." "TARGET..." ...
set -euo pipefail
work=$(mktemp -d)
lanes=()
# A lane is a group of processes, which ends as one.
set -m
cleanup() {
    local lane
    for lane in "${lanes[@]}"; do kill -- "-$lane" 2>/dev/null || true; done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Prints lines that no other lane's come between.
say() { flock "$work" cat; }

run() {
    local target begun verdict
    for target; do
        echo "== $target begins" | say
        begun=$SECONDS verdict=failed
        if make "$target" >"$work/output.$target" 2>&1 </dev/null; then
            verdict=passed
            touch "$work/passed.$target"
        fi
        { echo "== $target"; cat "$work/output.$target"; echo "== $target $verdict after $((SECONDS - begun)) s"; } | say
    done
}

for lane; do
    # shellcheck disable=SC2086  # the names of its targets
    run $lane &
    lanes+=($!)
done
wait
lanes=()

# What did not come to its end has not passed.
failed=()
# shellcheck disable=SC2048  # the names of all targets
for target in $*; do [ -e "$work/passed.$target" ] || failed+=("$target"); done
if [ ${#failed[@]} -gt 0 ]; then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
echo "passed: $*"
