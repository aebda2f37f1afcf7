import HTTPServer
import VendorKit

/// What ``Metrics`` has counted and measured.
struct Figures: Sendable {
    /// Whatever is asked for often stands in front.
    private var rows: [Row] = []
    private var vendors: [(name: String, latency: Histogram)] = []
    var turns = Histogram.sizes
    var commits = Histogram.durations
    var failures = 0
    var refusals = 0

    /// Counts an answer of a vendor.
    mutating func count(_ exchange: Exchange) {
        guard let name = exchange.vendor else { return }
        let operation = exchange.operation ?? ""
        let status = exchange.response.status.code
        // Texts of the same storage are equal at a glance.
        var index = 0
        while index < rows.count {
            if rows[index].status == status, rows[index].operation == operation,
                vendors[rows[index].vendor].name == name
            {
                break
            }
            index += 1
        }
        if index == rows.count {
            rows.append(Row(vendor: vendor(name), operation: operation, status: status))
        }
        rows[index].count += 1
        vendors[rows[index].vendor].latency.observe(exchange.elapsed)
        if index > 0, rows[index].count > rows[index - 1].count { rows.swapAt(index, index - 1) }
    }

    private mutating func vendor(_ name: String) -> Int {
        if let index = vendors.firstIndex(where: { $0.name == name }) { return index }
        vendors.append((name, Histogram.durations))
        return vendors.count - 1
    }

    func write(to text: inout Exposition) {
        let requests = "understudy_requests_total"
        text.begin(requests, .counter, "Answers of vendors, by vendor, operation and status.")
        let sorted = rows.map { (vendors[$0.vendor].name, $0) }
            .sorted { ($0.0, $0.1.operation, $0.1.status) < ($1.0, $1.1.operation, $1.1.status) }
        for (vendor, row) in sorted {
            let labels = [("vendor", vendor), ("operation", row.operation), ("status", String(row.status))]
            text.sample(requests, String(row.count), labels)
        }
        let latency = "understudy_request_duration_seconds"
        text.begin(
            latency, .histogram,
            """
            From the start of the turn that had read a request to the answers being handed over for sending; all \
            requests of a turn share one commit and so one duration. Delays on purpose are left out.
            """)
        for vendor in vendors.sorted(by: { $0.name < $1.name }) {
            text.histogram(latency, vendor.latency, [("vendor", vendor.name)], in: .nanoseconds)
        }
        let turns = "understudy_turn_requests"
        text.begin(turns, .histogram, "Requests that were answered together in one turn, with one commit.")
        text.histogram(turns, self.turns)
        let commit = "understudy_commit_duration_seconds"
        text.begin(commit, .histogram, "From the last operation of a turn that wrote to the end of its commit.")
        text.histogram(commit, commits, in: .nanoseconds)
        text.single(
            "understudy_refusals_total", .counter, "What clients sent that was no request to be served.",
            String(refusals))
        text.single("understudy_failures_total", .counter, "Failures of our own.", String(failures))
    }
}

/// Answers of one vendor's operation with one status.
private struct Row {
    let vendor: Int
    let operation: String
    let status: Int
    var count = 0
}
