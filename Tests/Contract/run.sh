#!/usr/bin/env bash
# Proves that openapi/*.yaml and the program say the same: starts the program on a free port with a store in memory,
# replays every example of the files against it (replay.py says how) and stops it. `make contract` calls it.
# Usage: run.sh BINARY [replay.py's options, e.g. --only seam]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 1 ] || { echo "Usage: $0 BINARY [--only TEXT] [--verbose]" >&2; exit 2; }
binary=$1
shift
[ -x "$binary" ] || { echo "There is no program at $binary; build it with:  make build" >&2; exit 2; }

venv=$root/.build/contract-venv
bash "$root/Tests/Checks/venv.sh" "$here/requirements.txt" "$venv"

# The caller's own settings of the program must not change its answers.
unset "${!UNDERSTUDY_@}" PORT

scratch=$(mktemp -d)
server=
finish() {
    if [ -n "$server" ] && kill -TERM "$server" 2>/dev/null; then
        for _ in $(seq 200); do
            kill -0 "$server" 2>/dev/null || break
            sleep 0.05
        done
        kill -KILL "$server" 2>/dev/null && echo "The program did not stop within 10 seconds of SIGTERM." >&2
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$binary" serve --host 127.0.0.1 --port 0 --port-file "$scratch/port" --db :memory: --log off \
    >"$scratch/stdout" 2>"$scratch/stderr" &
server=$!
for _ in $(seq 200); do
    [ -s "$scratch/port" ] && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.05
done
if ! [ -s "$scratch/port" ]; then
    echo "The program did not start:" >&2
    cat "$scratch/stdout" "$scratch/stderr" >&2
    exit 1
fi

status=0
PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" "$here/replay.py" --base "http://127.0.0.1:$(cat "$scratch/port")" \
    --openapi "$root/openapi" "$@" || status=$?
if ! kill -0 "$server" 2>/dev/null; then
    echo "The program ended during the test:" >&2
    tail -20 "$scratch/stderr" >&2
    status=1
fi
exit "$status"
