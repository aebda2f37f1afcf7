import HTTPServer
import JSON
import VendorKit

/// One line on stderr for each exchange, and one for each failure of our own.
///
/// A turn's lines leave in one write.
struct AccessLog: Reporter {
    private let format: LogFormat

    init(_ format: LogFormat) {
        self.format = format
    }

    func finished(_ exchanges: some Sequence<Exchange>) {
        switch format {
        case .off: return
        case .text:
            var lines = ""
            for exchange in exchanges { lines += Self.text(exchange) }
            Output.error.write(lines)
        case .json:
            var lines: [UInt8] = []
            for exchange in exchanges { lines += Self.json(exchange) }
            Output.error.write(lines)
        }
    }

    func failed(_ message: String) {
        Output.error.write("understudy: \(message)\n")
    }

    /// `2026-01-31T12:00:00.000Z 200 POST /seam/user_identities/create default`; never a query, which may hold
    /// secrets.
    private static func text(_ exchange: Exchange) -> String {
        let request = exchange.request
        return """
            \(Timestamp.text(exchange.time)) \(exchange.response.status.code) \(request.method.name) \
            \(request.target.path) \(exchange.sandbox ?? "-")\n
            """
    }

    private static func json(_ exchange: Exchange) -> [UInt8] {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("time", Timestamp.text(exchange.time))
        json.member("status", exchange.response.status.code)
        json.member("method", exchange.request.method.name)
        json.member("path", exchange.request.target.path)
        json.member("vendor", exchange.vendor)
        json.member("operation", exchange.operation)
        json.member("sandbox", exchange.sandbox)
        if let number = exchange.number { json.member("request", number) }
        json.endObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }
}
