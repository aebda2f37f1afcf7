import HTTPServer
import UserStore
package import VendorKit

/// Counts answers, for `GET /metrics` in the text format of Prometheus.
package final class Metrics: Reporter {
    private struct Key: Hashable {
        let vendor: String
        let operation: String
        let status: Int
    }

    private struct Counts {
        var answers: [Key: Int] = [:]
        var turns = 0
        var failures = 0
    }

    private let counts = Locked(Counts())

    /// Starts at zero.
    package init() {}

    package func finished(_ exchanges: some Sequence<Exchange>) {
        counts.withLock { counts in
            counts.turns += 1
            for exchange in exchanges {
                guard let vendor = exchange.vendor else { continue }
                let key = Key(
                    vendor: vendor, operation: exchange.operation ?? "", status: exchange.response.status.code)
                counts.answers[key, default: 0] += 1
            }
        }
    }

    package func failed(_ message: String) {
        counts.withLock { $0.failures += 1 }
    }

    /// All figures.
    func text(_ status: StoreStatus) -> String {
        let counts = counts.withLock { $0 }
        var text = header("understudy_requests_total", "counter", "Answers given, by vendor, operation and status.")
        let rows = counts.answers.map { key, count in
            "understudy_requests_total{vendor=\"\(key.vendor)\",operation=\"\(key.operation)\","
                + "status=\"\(key.status)\"} \(count)\n"
        }
        text += rows.sorted().joined()
        text += header("understudy_turns_total", "counter", "Turns of the loop that answered something.")
        text += "understudy_turns_total \(counts.turns)\n"
        text += header("understudy_failures_total", "counter", "Failures of our own.")
        text += "understudy_failures_total \(counts.failures)\n"
        text += header("understudy_store_bytes", "gauge", "Bytes of the store's file.")
        text += "understudy_store_bytes \(status.bytes)\n"
        text += header("understudy_store_log_bytes", "gauge", "Bytes of the store's log.")
        text += "understudy_store_log_bytes \(status.logBytes)\n"
        return text
    }

    private func header(_ name: String, _ kind: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }
}
