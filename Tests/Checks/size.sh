#!/usr/bin/env bash
# Checks the release binary: its size without symbols, the memory that it takes when idle, and what it is linked to.
# Usage: size.sh BINARY
set -euo pipefail
binary=$1
here=$(dirname "$0")
limit() { awk -v name="$1" '$1 == name { print $2 }' "$here/limits"; }
failed=0
work=$(mktemp -d)
pid=
cleanup() { [ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"; }
trap cleanup EXIT

strip -o "$work/understudy" "$binary"
bytes=$(stat -c %s "$work/understudy")
echo "size: $bytes bytes stripped (at most $(limit stripped_bytes))"
[ "$bytes" -le "$(limit stripped_bytes)" ] || failed=1

if ldd "$binary" >/dev/null 2>&1; then
    echo "size: the binary must need no library beside it" >&2
    failed=1
fi
# Each comes with a use of one of its functions, and is a tenth of the binary or more.
for module in 10Foundation 17_StringProcessing; do
    uses=$(nm "$binary" | grep -c "$module" || true)
    if [ "$uses" -gt 0 ]; then
        echo "size: the binary must not carry ${module#??} ($uses symbols); see String+substituting.swift" >&2
        failed=1
    fi
done

"$work/understudy" serve --port 0 --port-file "$work/port" --db "$work/store.sqlite" --log off >/dev/null 2>&1 &
pid=$!
for _ in $(seq 100); do [ -s "$work/port" ] && break; sleep 0.05; done
"$work/understudy" wait --url "http://127.0.0.1:$(cat "$work/port")" --timeout 5s >/dev/null
kib=$(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status")
echo "size: $kib KiB resident when idle (at most $(limit idle_kib))"
[ "$kib" -le "$(limit idle_kib)" ] || failed=1
exit $failed
