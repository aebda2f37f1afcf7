#!/usr/bin/env bash
# Runs schemathesis, with all its checks and phases, over each file of openapi/ against a running server: what is served
# and what is described are the same. schemathesis.toml says what the files cannot, and schemathesis_hooks.py helps.
# Usage: schemathesis.sh BASE_URL VENV_BIN [SCHEMATHESIS OPTION...]
# SCHEMATHESIS_EXAMPLES (40) sets how many requests are made up for an operation in a phase, SCHEMATHESIS_SEED (1) which.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 2 ] || { echo "Usage: $0 BASE_URL VENV_BIN [SCHEMATHESIS OPTION...]" >&2; exit 2; }
base=${1%/}
tool=$2/schemathesis
shift 2
[ -x "$tool" ] || { echo "There is no schemathesis at $tool; install it with:  pip install schemathesis" >&2; exit 2; }
tool=$(cd "$(dirname "$tool")" && pwd)/schemathesis
examples=${SCHEMATHESIS_EXAMPLES:-40}
seed=${SCHEMATHESIS_SEED:-1}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export SCHEMATHESIS_HOOKS=$here/schemathesis_hooks.py PYTHONDONTWRITEBYTECODE=1

failed=()
# The stateful phase runs by itself: with what the others learnt, it would find its scenarios to differ from run to run,
# and give up without a word.
run() {
    local name=$1 prefix=$2 field=$3 phases
    shift 3
    for phases in examples,coverage,fuzzing stateful; do
        echo "== $name: $phases"
        # It keeps notes of a run in the folder where it is called, and heeds those that it finds.
        cd "$(mktemp -d -p "$scratch")"
        "$tool" --config-file "$here/schemathesis.toml" run "$root/openapi/$name.yaml" --url "$base$prefix" -H "$field" \
            --checks all --mode all --phases "$phases" --max-examples "$examples" --seed "$seed" \
            --generation-database none --no-color "$@" || failed+=("$name ($phases)")
    done
}
# Each vendor's file has a sandbox of its own, which is new where the server is.
sandbox=schemathesis-$seed
run sensay /sensay "X-ORGANIZATION-SECRET: sensay_test_secret.$sandbox" "$@"
run connect /connect "X-API-Key: connect_test_key.$sandbox" "$@"
run seam /seam "Authorization: Bearer seam_test_key.$sandbox" "$@"
run pulse /pulse "Authorization: Bearer pulse_test_token.$sandbox" "$@"
# It empties the store, moves the clock and arms faults, and so comes last. A stream of events would never end, and is for
# those alone who accept one.
run admin "" "Accept: application/json" "$@"

if [ ${#failed[@]} -gt 0 ]; then
    echo "schemathesis found openapi/*.yaml and the server to differ: ${failed[*]}" >&2
    exit 1
fi
