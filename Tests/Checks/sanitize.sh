#!/usr/bin/env bash
# Runs the tests under a sanitizer, in a build folder of its own.
# Usage: sanitize.sh thread|address
set -euo pipefail
kind=$1
folder=.build/sanitize-$kind
case $kind in
    # The leak check takes what an exit test leaves behind for a leak; the quarantine is memory that is free already, and
    # is kept below what the tests call growth.
    address) export ASAN_OPTIONS=detect_leaks=0:quarantine_size_mb=8 ;;
    thread) export TSAN_OPTIONS=halt_on_error=1 ;;
    *) echo "usage: sanitize.sh thread|address" >&2; exit 2 ;;
esac
# Reports name lines; that is all that they need to know of the source.
swift build --build-tests --quiet --sanitize="$kind" --scratch-path "$folder" -Xswiftc -gline-tables-only
# The crowd runs alone: to start a process, Foundation copies a whole entry of /proc/self/fd, and with ten thousand of
# them the last one in its buffer is shorter than that, which the address sanitizer rightly reports. What the program
# holds in memory is not what it holds under a sanitizer.
bash Tests/Checks/tests.sh --sanitize="$kind" --scratch-path "$folder" --skip CrowdTests --skip SnapshotMemoryTests
bash Tests/Checks/tests.sh --sanitize="$kind" --scratch-path "$folder" --filter CrowdTests
