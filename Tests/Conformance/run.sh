#!/usr/bin/env bash
# Lets clients that others wrote use the program: Seam's SDK, and clients generated from openapi/*.yaml. Each finds a
# server of its own, by `understudy exec`, which ends with it. `make conformance` calls it.
# Usage: run.sh BINARY [pytest's options, e.g. -k merge]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 1 ] || { echo "Usage: $0 BINARY [-k TEXT] [-v]" >&2; exit 2; }
binary=$1
shift
[ -x "$binary" ] || { echo "There is no program at $binary; build it with:  make build" >&2; exit 2; }
work=$root/.build/conformance
venv=$work/venv
status=0
step() { echo "conformance: $1" >&2; }
failed() { echo "conformance: $1" >&2; status=1; }

bash "$root/Tests/Checks/venv.sh" "$here/requirements.txt" "$venv"
# The caller's own settings of the program must not change its answers, nor those of the SDK its requests.
unset "${!UNDERSTUDY_@}" "${!SEAM_@}" PORT
export PYTHONDONTWRITEBYTECODE=1

step "validating openapi/*.yaml"
"$venv/bin/openapi-spec-validator" "$root"/openapi/*.yaml || failed "a file of openapi is not valid"

rm -rf "$work/clients"
mkdir -p "$work/clients"
for vendor in sensay connect pulse; do
    step "generating a client of openapi/$vendor.yaml"
    "$venv/bin/openapi-python-client" generate --path "$root/openapi/$vendor.yaml" --config "$here/generator.yaml" \
        --meta none --fail-on-warning --output-path "$work/clients/${vendor}_client" >"$work/generator.log" 2>&1 ||
        { cat "$work/generator.log" >&2; failed "no client could be generated from openapi/$vendor.yaml"; }
done

step "testing Seam's SDK and the generated clients"
PYTHONPATH=$work/clients timeout --foreground 300 "$binary" exec -- \
    "$venv/bin/python" -m pytest -q -p no:cacheprovider --rootdir "$here" "$here" "$@" || failed "a client's test failed"

if [ -f "$here/schemathesis.sh" ]; then
    step "running schemathesis"
    # shellcheck disable=SC2016  # the variable is for the shell below, which `exec` tells
    "$binary" exec -- bash -c 'exec bash "$1" "$UNDERSTUDY_URL" "$2"' - "$here/schemathesis.sh" "$venv/bin" ||
        failed "schemathesis found a difference"
fi
[ "$status" != 0 ] || step "all is well"
exit "$status"
