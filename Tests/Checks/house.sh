#!/usr/bin/env bash
# Checks what the compiler does not: who may import what from outside, and how long a file may be.
set -euo pipefail
failed=0
say() { echo "house: $1" >&2; failed=1; }

# Foundation costs 7 to 52 MB of binary and is for tests.
if grep -rnE '^\s*(@\w+\s+)?((package|public|internal|private|fileprivate)\s+)?import\s+(Foundation|FoundationEssentials|Dispatch)\b' Sources; then
    say "Sources import no Foundation and no Dispatch"
fi
if grep -rn '@unchecked Sendable' Sources; then
    say "state is owned by a thread or a Mutex, never unchecked"
fi
if grep -rnE '^\s*(@\w+\s+)*(public|open)\b' Sources --include='*.swift' | grep -v '^Sources/Library/'; then
    say "only the library, Sources/Library, has an interface for other packages"
fi
# The compiler holds the arrows between targets; the C library is for those that talk to the system.
if grep -rlE '^\s*((package|internal|private)\s+)?import\s+(CSQLite|SQLite)\b' Sources --include='*.swift' | grep -vE '^Sources/(SQLite|UserStore)/'; then
    say "only SQLite and UserStore know SQL"
fi
if grep -rnE '\b(TODO|FIXME|XXX)\b' Sources Tests openapi docker Makefile README.md --exclude=house.sh; then
    say "nothing is left for somebody else"
fi
# A user who doubts an answer is to see what it rests on.
for file in $(grep -lE '\<operations?\(_ ' -r Sources --include='*.swift'); do
    grep -q 'Evidence:' "$file" || say "$file serves an operation and does not say what its rules rest on"
done
while read -r lines file; do
    [ "$file" = total ] || [ "$lines" -le 400 ] || say "$file has $lines lines; 400 is the most"
done < <(find Sources Tests -name '*.swift' -exec wc -l {} +)
# The top level is settled.
while read -r entry; do
    case $entry in
        .*|Package.swift|Sources|Tests|README.md|Makefile|docker|openapi) ;;
        *) say "$entry does not belong at the top level" ;;
    esac
done < <(git ls-tree --name-only HEAD 2>/dev/null || ls -A)
exit $failed
