# Turns the runs of run.sh into two tables and, with mode=check, into an exit code; with mode=rows nothing was run.
# Reads `thresholds` first, then lines "row side requests/s p50 p99" and "row - value".

function median(list, count,    values, index1, index2, held) {
    split(list, values)
    for (index1 = 2; index1 <= count; index1++) {
        held = values[index1]
        for (index2 = index1 - 1; index2 > 0 && values[index2] + 0 > held + 0; index2--) {
            values[index2 + 1] = values[index2]
        }
        values[index2 + 1] = held
    }
    return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
}

# The median over the rounds of one row's column divided by another's.
function ratio(row, side, other, otherSide, column,    list, number, count) {
    count = runs[row, side] < runs[other, otherSide] ? runs[row, side] : runs[other, otherSide]
    for (number = 1; number <= count; number++) {
        if (figure[other, otherSide, column, number] > 0) {
            list = list " " figure[row, side, column, number] / figure[other, otherSide, column, number]
        }
    }
    return count ? median(list, split(list, unused)) : "-"
}

function all(row, side, column,    list, number) {
    for (number = 1; number <= runs[row, side]; number++) list = list " " figure[row, side, column, number]
    return runs[row, side] ? median(list, runs[row, side]) : "-"
}

# The threshold in words, with a mark when the value is on its wrong side.
function verdict(name, value, unit) {
    if (!(name in bound)) return ""
    if (mode != "rows" && (value == "-" || (sense[name] == "at_least" ? value + 0 < bound[name] + 0 : value + 0 > bound[name] + 0))) {
        below = below " " name
        mark = " **missed**"
    } else {
        mark = ""
    }
    return (sense[name] == "at_least" ? "≥ " : "≤ ") bound[name] unit mark
}

function number(value, format) { return value == "-" ? "-" : sprintf(format, value) }

function rates(row, side) {
    return number(all(row, side, 3), "%d") " | " number(all(row, side, 4), "%.2f") " | " \
        number(all(row, side, 5), "%.2f")
}

# One line: a row of the server, the row of the floor beside it, what the ratio is taken of, and its threshold.
function line(text, row, beside, of, ofSide,    value) {
    value = ratio(row, "server", of, ofSide, 3)
    printf "| %s | %s | %s | %s | %s |\n", text, rates(row, "server"), beside == "" ? " | | " : rates(beside, "floor"),
        number(value, "%.2f"), verdict(row, value, "")
}

function single(text, name, unit, format,    value) {
    if (!(name in runs1)) value = "-"
    else value = median(values1[name], runs1[name])
    printf "| %s | %s | %s |\n", text, number(value, format) unit, verdict(name, value, unit)
}

FNR == NR {
    if (NF == 3 && $1 !~ /^#/) { sense[$1] = $2; bound[$1] = $3 }
    next
}
$2 == "-" {
    values1[$1] = values1[$1] " " $3
    runs1[$1]++
    next
}
{
    current = ++runs[$1, $2]
    for (column = 3; column <= 5; column++) figure[$1, $2, column, current] = $column
}

END {
    print "| 64 connections unless said | server/s | p50 ms | p99 ms | floor/s | p50 ms | p99 ms | ratio | bound |"
    print "|---|---|---|---|---|---|---|---|---|"
    line("create, Seam", "seam", "seam", "seam", "floor")
    value = ratio("seam", "server", "seam", "floor", 5)
    printf "| its p99 | | | | | | | %s | %s |\n", number(value, "%.2f"), verdict("seam_p99", value, "")
    value = ratio("seam", "server", "bare", "server", 3)
    printf "| create, Seam, without journal and why; ratio of creates with them to it | %s | | | | %s | %s |\n",
        rates("bare", "server"), number(value, "%.2f"), verdict("journal", value, "")
    line("create, Connect", "connect", "", "seam", "floor")
    line("create, Connect with an idempotency key", "connect_key", "", "seam", "floor")
    line("create, Sensay", "sensay", "", "seam", "floor")
    line("create, Pulse", "pulse", "", "seam", "floor")
    line("update, Sensay's PUT", "put", "", "seam", "floor")
    line("create, Seam, 1 connection", "seam_1", "seam_1", "seam_1", "floor")
    line("create, Seam, durability full", "full", "full", "full", "floor")
    line("`GET /healthz`", "get", "get", "get", "floor")
    line("conflict, Seam; ratio to its creates", "conflict", "conflict", "seam", "server")
    line("replay, Connect; ratio to Seam's creates", "replay", "", "seam", "server")
    line("create, Seam, " small " users in the store", "growth_small", "", "growth_small", "server")
    line("create, Seam, " middle " users; ratio to " small, "growth_middle", "", "growth_small", "server")
    line("create, Seam, " large " users; ratio to " small, "growth_large", "", "growth_small", "server")
    line("list of 100, Connect, in the middle of " large "; ratio to " small, "list_connect_large", "", \
        "list_connect_small", "server")
    line("list of 100, Seam, after a cursor, " large "; ratio to " small, "list_seam_large", "", "list_seam_small", "server")
    line("list of 100, Pulse, in the middle of " large "; ratio to " small, "list_pulse_large", "", \
        "list_pulse_small", "server")
    print ""
    print "| what | measured | bound |"
    print "|---|---|---|"
    single("exec to first answer, median of " starts, "first_answer_ms", " ms", "%.1f")
    single("idle memory", "idle_mib", " MiB", "%.1f")
    single("memory after " large " creates", "million_mib", " MiB", "%.1f")
    single("memory with " held " idle connections", "connections_mib", " MiB", "%.1f")
    single("stripped static binary", "static_mb", " MB", "%.2f")
    if (below != "" && mode != "rows") {
        print "" > "/dev/stderr"
        print "bench: out of bounds:" below > "/dev/stderr"
        if (mode == "check") exit 1
    }
}
