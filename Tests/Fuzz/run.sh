#!/usr/bin/env bash
# Runs the seeded fuzz on the parser, on JSON and on the running server; SEED repeats a run, COUNT sets its length.
# A failing input is kept in Tests/Fuzz/regressions and replayed by every later run of the tests.
set -euo pipefail
export SEED=${SEED:-$(date +%s)} COUNT=${COUNT:-30000}
echo "fuzz: SEED=$SEED COUNT=$COUNT"
swift build --build-tests --quiet
exec swift test --skip-build --disable-xctest --filter ProgramTests.FuzzTests
