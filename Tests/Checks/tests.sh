#!/usr/bin/env bash
# Runs `swift test` with the given arguments; when it fails, says again at the end what failed, among ten thousand lines.
set -euo pipefail
output=$(mktemp)
trap 'rm -f "$output"' EXIT
if swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$output"; then exit 0; fi
echo "tests.sh: what failed:" >&2
grep -aE 'recorded an issue|: error:|Sanitizer|SUMMARY|Fatal error|^✘' "$output" | cut -c 1-600 | tail -n 40 >&2 || true
exit 1
