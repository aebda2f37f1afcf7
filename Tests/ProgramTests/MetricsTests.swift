import Foundation
import Testing

/// A page of `GET /metrics`, read as strictly as the format allows.
private struct MetricsPage {
    /// Values by name and labels as they stand.
    private(set) var samples: [String: Double] = [:]

    /// Reads a page, and notes an issue for whatever is not as the format wants it.
    init(_ text: String) throws {
        #expect(text.hasSuffix("\n"))
        var kinds: [Substring: Substring] = [:]
        var current: Substring = ""
        let line = try Regex(#"([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (\+Inf|[0-9.e+-]+)"#)
        for part in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if part.hasPrefix("# HELP ") { continue }
            if part.hasPrefix("# TYPE ") {
                let words = part.split(separator: " ")
                #expect(words.count == 4 && kinds[words[2]] == nil, "\(part)")
                current = words[2]
                kinds[current] = words[3]
                continue
            }
            let match = try #require(try line.wholeMatch(in: part), "no sample: \(part)")
            let name = try #require(match.output[1].substring)
            let base = kinds[current] == "histogram" ? name.replacing(#/_(bucket|sum|count)$/#, with: "") : name
            #expect(base == current, "\(name) is not in the block of its type")
            let key = match.output[2].substring.map { "\(name){\($0)}" } ?? String(name)
            #expect(samples[key] == nil, "\(key) comes twice")
            let value = try #require(match.output[3].substring)
            let number: Double = try #require(Double(value))
            samples[key] = number
        }
        for (name, kind) in kinds where kind == "histogram" { checkHistogram(String(name), text) }
        for (name, kind) in kinds where kind == "counter" { #expect(name.hasSuffix("_total")) }
    }

    /// Buckets rise, end in +Inf, and that is the count.
    private func checkHistogram(_ name: String, _ text: String) {
        var last = 0.0
        for part in text.split(separator: "\n") where part.hasPrefix("\(name)_bucket{") {
            let value = Double(part.split(separator: " ").last ?? "") ?? -1
            #expect(value >= last, "\(part)")
            last = value
            guard part.contains("le=\"+Inf\"") else { continue }
            let labels = part.split(separator: " ")[0].dropFirst("\(name)_bucket{".count)
                .replacing("le=\"+Inf\"}", with: "").replacing(#/,$/#, with: "")
            let count = labels.isEmpty ? "\(name)_count" : "\(name)_count{\(labels)}"
            #expect(samples[count] == value)
            #expect(samples[count.replacing("_count", with: "_sum")] != nil)
            last = 0
        }
    }

    subscript(_ name: String) -> Double { samples[name] ?? 0 }
}

@Suite("GET /metrics")
struct MetricsTests {
    private func page(_ server: RunningServer) throws -> MetricsPage {
        let answer = try server.ask("GET", "/metrics")
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        return try MetricsPage(answer.text)
    }

    @Test("figures are well formed, and move with what is asked")
    func figures() throws {
        let server = try RunningServer(database: "store.sqlite")
        let before = try page(server)
        #expect(before["understudy_commit_duration_seconds_count"] == 0)
        for operation in VendorOperation.all { #expect((200...201).contains(try server.ask(operation).status)) }
        #expect(try server.ask(VendorOperation.seam).status == 409)
        _ = try Connection(port: server.port).send("GET / HTTP/1.1\r\n\r\n")
        #expect(eventually { (try? page(server))?["understudy_refusals_total"] == 1 })
        let after = try page(server)
        let created = #"{vendor="seam",operation="POST /user_identities/create",status="#
        #expect(after["understudy_requests_total" + created + #""200"}"#] == 1)
        #expect(after["understudy_requests_total" + created + #""409"}"#] == 1)
        #expect(after[#"understudy_request_duration_seconds_count{vendor="seam"}"#] == 2)
        #expect(after[#"understudy_request_duration_seconds_sum{vendor="seam"}"#] > 0)
        #expect(after["understudy_commit_duration_seconds_count"] >= Double(VendorOperation.all.count))
        #expect(after["understudy_commit_duration_seconds_sum"] > 0)
        #expect(after["understudy_turn_requests_count"] > before["understudy_turn_requests_count"] + 5)
        #expect(after["understudy_turn_requests_sum"] >= after["understudy_turn_requests_count"])
        #expect(after["understudy_connections_accepted_total"] > before["understudy_connections_accepted_total"] + 5)
        #expect(after["understudy_connections_open"] >= 1)
        #expect(after["understudy_accept_pauses_total"] == 0)
        #expect(after["understudy_store_bytes"] + after["understudy_store_log_bytes"] > 0)
        #expect(after["understudy_uptime_seconds"] > before["understudy_uptime_seconds"])
        #expect(after["process_resident_memory_bytes"] > 1_000_000)
        #expect(after["process_cpu_seconds_total"] >= before["process_cpu_seconds_total"])
        #expect(after["process_max_fds"] > 0)
        #expect(after["process_start_time_seconds"] > 1_700_000_000)
        #expect(after.samples.contains { $0.key.hasPrefix("understudy_build_info{version=") && $0.value == 1 })
    }

    @Test("a delay on purpose is no latency: the request is measured while its answer is held back")
    func delay() throws {
        let server = try RunningServer()
        let operation = VendorOperation.seam
        let connection = try Connection(port: server.port)
        try connection.send(
            operation.method, operation.prefixed, operation.fields(1) + [("Prefer", "delay=60000")],
            body: operation.body(1))
        let latency = #"understudy_request_duration_seconds_count{vendor="seam"}"#
        #expect(eventually { (try? page(server))?[latency] == 1 })
        #expect(try page(server)["understudy_commit_duration_seconds_count"] == 1)
    }
}
