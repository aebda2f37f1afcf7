import VendorKit

/// Writes figures in the text format of Prometheus, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
struct Exposition {
    /// What was written so far.
    private(set) var text = ""

    /// The content type of the format.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What a metric is.
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// The unit in which durations are observed, and by what they are divided to be shown in the base unit.
    enum Unit: Double {
        case one = 1
        case nanoseconds = 1_000_000_000
    }

    /// Opens a metric; its samples follow.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Writes one sample of the metric that is open.
    mutating func sample(_ name: String, _ value: String, _ labels: [(String, String)] = []) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0)=\"\(Self.escaped($1).substituting("\"", with: "\\\""))\"" }
            text += "{\(pairs.joined(separator: ","))}"
        }
        text += " \(value)\n"
    }

    /// Writes a metric that has one sample.
    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: String) {
        begin(name, kind, help)
        sample(name, value)
    }

    /// Writes one histogram of the metric that is open: buckets that add up, sum and count.
    mutating func histogram(
        _ name: String, _ histogram: Histogram, _ labels: [(String, String)] = [], in unit: Unit = .one
    ) {
        var count = 0
        for (index, bucket) in histogram.buckets.enumerated() {
            count += bucket
            let bound = index < histogram.bounds.count ? Self.number(histogram.bounds[index], unit) : "+Inf"
            sample("\(name)_bucket", String(count), labels + [("le", bound)])
        }
        sample("\(name)_sum", Self.number(histogram.sum, unit), labels)
        sample("\(name)_count", String(count), labels)
    }

    private static func number(_ value: Int64, _ unit: Unit) -> String {
        unit == .one ? String(value) : "\(Double(value) / unit.rawValue)"
    }

    /// Help texts and the values of labels are lines: a line end and the sign that spells it are spelt out.
    private static func escaped(_ text: String) -> String {
        text.substituting("\\", with: "\\\\").substituting("\n", with: "\\n")
    }
}
