import HTTPServer
import JSON
import VendorKit

/// One line on stderr for each exchange and each refusal, and one for each failure of our own.
///
/// A turn's lines leave in one write, and wait for no reader that has stopped reading, ``LogStream``.
struct AccessLog: Reporter {
    private let format: LogFormat
    private let clock: Clock
    private let stream: LogStream

    init(_ format: LogFormat, _ clock: Clock) {
        self.format = format
        self.clock = clock
        stream = LogStream { count in
            Self.line("error", "\(count) lines of this log are lost, because nobody read it", format, clock)
        }
    }

    /// Says what is served, and where.
    func begin(_ vendors: [any Vendor], _ ready: ReadyLine, store: String) {
        switch format {
        case .off: return
        case .text: stream.write(Array(Banner.text(vendors, ready, store: store).utf8))
        case .json: stream.write(Banner.json(vendors, ready, store: store, time: clock.now) + Self.lineEnd)
        }
    }

    func finished(_ exchanges: [Exchange]) {
        switch format {
        case .off: return
        case .text:
            var lines: [UInt8] = []
            lines.reserveCapacity(1024)
            for exchange in exchanges { Self.append(exchange, to: &lines) }
            stream.write(lines)
        case .json:
            var lines: [UInt8] = []
            for exchange in exchanges { lines += Self.json(exchange) + Self.lineEnd }
            stream.write(lines)
        }
    }

    func failed(_ message: String) {
        stream.write(Self.line("error", message, format, clock))
    }

    /// Says something that is no failure, unless nothing is to be said.
    func note(_ message: String) {
        if format != .off { stream.write(Self.line("note", message, format, clock)) }
    }

    /// `2026-01-31T12:00:00.000Z 400 refused: The Host field is missing.`; nothing of what was sent, which may hold
    /// secrets.
    func refused(_ refusal: Refusal) {
        switch format {
        case .off: return
        case .text:
            let time = Timestamp.text(clock.now)
            stream.write(Array("\(time) \(refusal.status.code) refused: \(refusal.message)\n".utf8))
        case .json:
            var json = JSONWriter(reserving: 256)
            json.beginObject()
            json.member("time", Timestamp.text(clock.now))
            json.member("status", refusal.status.code)
            json.member("refused", refusal.message)
            json.endObject()
            stream.write(json.bytes + Self.lineEnd)
        }
    }

    private static func line(_ kind: StaticString, _ message: String, _ format: LogFormat, _ clock: Clock) -> [UInt8] {
        guard format == .json else { return Array("understudy: \(message)\n".utf8) }
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("time", Timestamp.text(clock.now))
        json.member(kind, message)
        json.endObject()
        return json.bytes + lineEnd
    }

    private static let lineEnd = [UInt8(ascii: "\n")]

    /// `2026-01-31T12:00:00.000Z 200 POST /seam/user_identities/create default`; never a query, which may hold
    /// secrets.
    ///
    /// As bytes into one array for the turn: 4,900 instructions a request, where a `String` for each line took 7,700.
    private static func append(_ exchange: Exchange, to lines: inout [UInt8]) {
        let request = exchange.request
        let time = Timestamp.bytes(exchange.time)
        for index in time.indices { lines.append(time[index]) }
        append(String(exchange.response.status.code), to: &lines)
        append(request.method.name, to: &lines)
        append(request.target.path, to: &lines)
        append(exchange.sandbox ?? "-", to: &lines)
        lines.append(UInt8(ascii: "\n"))
    }

    /// Appends a word and the space in front of it.
    private static func append(_ word: String, to lines: inout [UInt8]) {
        lines.append(UInt8(ascii: " "))
        lines.append(contentsOf: word.utf8)
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
        return json.bytes
    }
}
