#!/usr/bin/env bash
# Measures the server beside a floor in C and prints tables in Markdown, as README.md shows them; fails when a row falls below
# its line in `thresholds`.
# Usage: run.sh BINARY [--smoke|--rows]
#
# Floor and server take turns, each run on a fresh store, and a row shows the medians of all rounds. Its ratio is the
# median of the rounds' ratios: what disturbs the machine for longer than a round then disturbs both sides alike.
#
# The server runs at its default settings. Its access log goes to a file beside the store, because that is what a user
# pays for: a write to /dev/null would cost almost nothing.
#
# Before anything is measured every load runs once with each single status compared; --smoke does that and little else.
# --rows prints the tables of no run, by which README.md is checked to show the rows that there are.
set -euo pipefail
binary=$1
mode=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
build=.build/bench
mkdir -p "$build"
work=$(mktemp -d "$PWD/$build/run.XXXXXX")
results=$work/results
export LUA_PATH="$here/load/?.lua"

rounds=5 seconds=2 growth_rounds=5 starts=11 held=10000 small=1000 middle=100000 large=1000000
if [ "$mode" = --smoke ]; then starts=1 held=500 small=100 middle=500 large=1000; fi
failures=()
server= server_port= floor= floor_port= holder= tag=0

stop() {
    local pid=$1
    [ -n "$pid" ] || return 0
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}
stop_server() { stop "$server"; server=; }
stop_floor() { stop "$floor"; floor=; }
cleanup() {
    stop "$holder"
    stop_server
    stop_floor
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

die() { echo "bench: $1" >&2; exit 1; }
progress() { echo "bench: $1" >&2; }

compile() {
    local name=$1
    shift
    cc -O2 -Wall -Wextra -o "$build/$name" "$here/$name.c" "$@"
}

# start_server STORE FLAG...: waits until it listens.
start_server() {
    local store=$1
    shift
    rm -f "$work/port"
    "$binary" serve --port 0 --port-file "$work/port" --db "$store" "$@" >/dev/null 2>"$work/server.log" &
    server=$!
    local _
    for _ in $(seq 500); do
        if [ -s "$work/port" ]; then
            server_port=$(cat "$work/port")
            return
        fi
        sleep 0.01
    done
    tail -3 "$work/server.log" >&2
    die "the server does not start"
}

# start_floor STORE NORMAL|FULL
start_floor() {
    : >"$work/floor.port"
    "$build/floor" "$1" "$2" >"$work/floor.port" &
    floor=$!
    local _
    for _ in $(seq 500); do
        floor_port=$(cat "$work/floor.port")
        [ -z "$floor_port" ] || return 0
        sleep 0.01
    done
    die "the floor does not start"
}

fresh() {
    rm -rf "$work/store"
    mkdir "$work/store"
    echo "$work/store/store.sqlite"
}

# Runs one load; notes "row side requests/s p50 p99", or the row as failed.
load() {
    local row=$1 side=$2 script=$3 connections=$4 port=$5 threads=2 output
    [ "$connections" -gt 1 ] || threads=1
    tag=$(((tag + 1) % 1000))
    output=$(wrk -t"$threads" -c"$connections" -d"${seconds}s" --timeout 10s -s "$here/load/$script.lua" \
        "http://127.0.0.1:$port" -- "$tag" 2>&1) || true
    if [ "$(awk 'END { print $NF }' <<<"$output")" != ok ]; then
        echo "bench: $row ($side) got what it must not get:" >&2
        tail -4 <<<"$output" | cut -c 1-300 >&2
        failures+=("$row")
        return
    fi
    awk -v row="$row" -v side="$side" 'END { print row, side, $1, $2, $3 }' <<<"$output" >>"$results"
}

# What a load finds in the store.
prepare() {
    case $1 in
        conflict) "$build/fill" "$2" taken 1 ;;
        sensay-put) [ "$3" = floor ] || "$build/fill" "$2" sensay 1000 16 16 ;;
    esac
}

# server_run ROW SCRIPT CONNECTIONS [FLAG...], floor_run ROW SCRIPT CONNECTIONS NORMAL|FULL: one run on a fresh store.
server_run() {
    local row=$1 script=$2 connections=$3
    shift 3
    start_server "$(fresh)" "$@"
    prepare "$script" "$server_port" server
    load "$row" server "$script" "$connections" "$server_port"
    stop_server
}
floor_run() {
    start_floor "$(fresh)" "$4"
    prepare "$2" "$floor_port" floor
    load "$1" floor "$2" "$3" "$floor_port"
    stop_floor
}

# Every row once, floor and server in turns. Rows that the floor has no like of are held to its creates.
round() {
    floor_run seam seam 64 NORMAL
    server_run seam seam 64
    server_run bare seam 64 --journal 0 --no-why
    server_run connect connect 64
    server_run connect_key connect-key 64
    server_run sensay sensay 64
    server_run pulse pulse 64
    floor_run conflict conflict 64 NORMAL
    server_run conflict conflict 64
    server_run replay replay 64
    server_run put sensay-put 64
    floor_run seam_1 seam 1 NORMAL
    server_run seam_1 seam 1
    floor_run get healthz 64 NORMAL
    server_run get healthz 64
    floor_run full seam 64 FULL
    server_run full seam 64 --durability full
}

# Stores with so many users; the largest is filled by one server in one life, whose memory is noted.
growth() {
    local name count
    for name in small middle large; do
        count=${!name}
        mkdir -p "$work/$name"
        start_server "$work/$name/store.sqlite"
        "$build/fill" "$server_port" seam "$count" 32 16
        [ "$name" != large ] || resident million_mib
        stop_server
    done
    local number
    for number in $(seq "$growth_rounds"); do
        for name in small middle large; do
            # The largest is too large to copy, and hardly grows by what a round adds.
            local store=$work/large/store.sqlite
            if [ "$name" != large ]; then
                store=$(fresh)
                cp "$work/$name/store.sqlite" "$store"
            fi
            # The system still writes what the run before left, and that of a million users is long.
            sync
            start_server "$store"
            load "growth_$name" server seam 64 "$server_port"
            stop_server
        done
    done
}

# A page of a list in the small store of `growth` and in the large one; reading changes nothing, so they stay as they are.
lists() {
    local name vendor
    for name in small large; do
        start_server "$work/$name/store.sqlite"
        for vendor in connect pulse; do "$build/fill" "$server_port" "$vendor" "${!name}" 32 16; done
        stop_server
    done
    local number
    for number in $(seq "$growth_rounds"); do
        for name in small large; do
            start_server "$work/$name/store.sqlite"
            seam_cursor $((${!name} / 200 < 50 ? ${!name} / 200 : 50))
            export USERS=${!name} CURSOR
            for vendor in connect seam pulse; do load "list_${vendor}_$name" server "list-$vendor" 64 "$server_port"; done
            stop_server
        done
    done
    rm -rf "$work/small" "$work/middle" "$work/large"
}

# Goes on so many pages in Seam's list and leaves the next one's cursor in CURSOR.
seam_cursor() {
    local url="http://127.0.0.1:$server_port/seam/user_identities/list?limit=100" pages=$1 _
    CURSOR=
    for _ in $(seq "$pages"); do
        CURSOR=$(curl -fsS -H "Authorization: Bearer seam_test_key" "$url&page_cursor=$CURSOR" |
            sed 's/.*"next_page_cursor":"\([^"]*\)".*/\1/')
    done
}

note() { echo "$1 - $2" >>"$results"; }

# Notes the resident memory of the running server in MiB.
resident() { note "$1" "$(awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$server/status")"; }

memory() {
    start_server "$(fresh)"
    curl -fsS "http://127.0.0.1:$server_port/healthz" >/dev/null
    sleep 0.5
    resident idle_mib
    "$build/hold" "$server_port" "$held" >"$work/held" &
    holder=$!
    local _
    for _ in $(seq 300); do
        [ ! -s "$work/held" ] || break
        kill -0 "$holder" 2>/dev/null || break
        sleep 0.1
    done
    if [ -s "$work/held" ]; then
        resident connections_mib
    else
        echo "bench: $held connections cannot be held" >&2
        failures+=(connections_mib)
    fi
    stop "$holder"
    holder=
    stop_server
}

start_time() {
    local _ store milliseconds
    for _ in $(seq "$starts"); do
        store=$(fresh)
        if ! milliseconds=$("$build/first-answer" "$binary" serve --port PORT --db "$store" 2>/dev/null); then
            failures+=(first_answer_ms)
            return
        fi
        note first_answer_ms "$milliseconds"
    done
}

binary_size() {
    strip -o "$work/understudy" "$binary"
    note static_mb "$(stat -c %s "$work/understudy" | awk '{ printf "%.2f", $1 / 1e6 }')"
}

report() {
    echo "Measured on $(nproc) cores of $(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo), Linux $(uname -r)."
    echo
    awk -v mode="$1" -v held="$held" -v starts="$starts" -v small="$small" -v middle="$middle" -v large="$large" -f "$here/report.awk" \
        "$here/thresholds" "$results"
}

if [ "$mode" = --rows ]; then
    : >"$results"
    report rows
    exit
fi
[ -x "$binary" ] || die "$binary is missing; make build makes it"
compile floor -lsqlite3
compile fill
compile first-answer
compile hold

progress "every load once, each status compared"
seconds=1
export STRICT=1
if [ "$mode" = --smoke ]; then
    round
    growth_rounds=1
    growth
    lists
    memory
    start_time
else
    round
    unset STRICT
    rm -f "$results"
    seconds=2
    for number in $(seq "$rounds"); do
        progress "round $number of $rounds"
        round
    done
    progress "growth to $large users"
    growth
    progress "lists of $large users"
    lists
    progress "memory, start and size"
    memory
    start_time
    binary_size
fi

if [ "${#failures[@]}" -gt 0 ]; then
    echo "bench: failed: $(printf '%s\n' "${failures[@]}" | sort -u | paste -sd ' ')" >&2
    [ "$mode" = --smoke ] || report tables || true
    exit 1
fi
if [ "$mode" = --smoke ]; then
    echo "bench: every load got the answers it must get"
else
    report check
fi
