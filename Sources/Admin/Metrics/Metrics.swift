package import HTTPServer
import UserStore
package import VendorKit

/// Counts and measures, for `GET /metrics` in the text format of Prometheus.
///
/// A request costs it a few comparisons: nothing is hashed, and the clock is read by the turn.
package final class Metrics: Reporter {
    private let figures = Locked(Figures())
    private let server = Locked<@Sendable () -> Server?>({ nil })
    private let started = Clock().now
    private let startedMonotonic = SystemClock.monotonic

    /// Starts at zero.
    package init() {}

    /// Shows a server's connections too, for as long as there is the server.
    package func watch(_ server: Server) {
        self.server.withLock { $0 = { [weak server] in server } }
    }

    package func finished(_ exchanges: [Exchange]) {
        figures.withLock { figures in
            var count: Int64 = 0
            for exchange in exchanges {
                count += 1
                figures.count(exchange)
            }
            figures.turns.observe(count)
        }
    }

    package func committed(in nanoseconds: Int64) {
        figures.withLock { $0.commits.observe(nanoseconds) }
    }

    package func failed(_ message: String) {
        figures.withLock { $0.failures += 1 }
    }

    package func refused(_ refusal: Refusal) {
        figures.withLock { $0.refusals += 1 }
    }

    /// All figures.
    func text(_ status: StoreStatus) -> String {
        let figures = figures.withLock { $0 }
        var text = Exposition()
        figures.write(to: &text)
        if let server = server.withLock(\.self)() {
            text.single(
                "understudy_connections_open", .gauge, "Connections that are open.", String(server.openConnections))
            text.single(
                "understudy_connections_accepted_total", .counter, "Connections accepted.",
                String(server.acceptedConnections))
            text.single(
                "understudy_accept_pauses_total", .counter,
                "Times that new connections were left waiting for lack of room.", String(server.acceptPauses))
        }
        text.single("understudy_store_bytes", .gauge, "Bytes of the store's file.", String(status.bytes))
        text.single("understudy_store_log_bytes", .gauge, "Bytes of the store's log.", String(status.logBytes))
        text.begin("understudy_build_info", .gauge, "1, with the version as a label.")
        text.sample("understudy_build_info", "1", [("version", Version.current)])
        text.single(
            "understudy_uptime_seconds", .gauge, "Seconds since the start, by a clock that nobody moves.",
            "\(Double(SystemClock.monotonic - startedMonotonic) / 1e9)")
        text.single(
            "process_start_time_seconds", .gauge, "When the process started, in seconds since 1970 UTC.",
            "\(Double(started) / 1000)")
        ProcessFigures.write(to: &text)
        return text.text
    }
}
