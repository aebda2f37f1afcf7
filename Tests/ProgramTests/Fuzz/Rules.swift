import HTTPServer
import JSON

/// What must hold for any bytes at all.
enum Rules {
    /// The parser gives the same events however the bytes are split, always the last one last, and never a status that
    /// blames the server.
    static func parser(_ bytes: [UInt8], _ random: inout Seeded) -> String? {
        let whole = events(bytes, pieces: [])
        let single = events(bytes, pieces: Array(repeating: 1, count: bytes.count))
        guard whole == single else { return "\(whole) in one piece, \(single) in single bytes" }
        let sizes = bytes.map { _ in Int.random(in: 1...16, using: &random) }
        if let fault = whole.first(where: { faults.contains($0.text) }) { return fault.text }
        guard events(bytes, pieces: sizes) == whole else { return "pieces of \(sizes.prefix(8)) give other events" }
        return nil
    }

    /// What the parser made of some bytes: the status of a refusal, 100 where leave is asked to go on, or nil for a
    /// request that goes to a handler.
    struct Event: Equatable {
        var status: Int?
        var text = ""
    }

    private static let faults = ["bytes left over", "wrong end", "no step"]

    /// All events for some bytes, after which the client sends no more.
    static func events(_ bytes: [UInt8], pieces: [Int] = []) -> [Event] {
        var parser = RequestParser()
        var events: [Event] = []
        var start = 0
        for size in pieces + [bytes.count] where start < bytes.count {
            let piece = Array(bytes[start..<min(bytes.count, start + size)])
            start += piece.count
            var offset = 0
            taking: while true {
                let before = offset
                switch parser.next(piece.span, from: &offset) {
                case .needMore:
                    // Whatever is left is after the last event.
                    guard offset == piece.count || parser.phase == .ended else {
                        return events + [Event(text: "bytes left over")]
                    }
                    break taking
                case .request(let request):
                    let target = "\(request.target.path) \(request.target.host)"
                    events.append(Event(text: "\(request.method.name) \(target) \(request.body)"))
                case .continueExpected: events.append(Event(status: 100))
                case .refusal(let refusal):
                    events.append(Event(status: refusal.status.code, text: refusal.message))
                    let isOurs = [500, 502, 503, 504].contains(refusal.status.code)
                    guard parser.phase == .ended, !isOurs else { return events + [Event(text: "wrong end")] }
                }
                guard offset > before || parser.phase != .idle, offset <= piece.count else {
                    return events + [Event(text: "no step")]
                }
            }
        }
        if let refusal = parser.finish() { events.append(Event(status: refusal.status.code, text: refusal.message)) }
        return events
    }

    /// What JSON accepts, it writes so that it reads the same again; what it refuses has a place in the text.
    static func json(_ bytes: [UInt8]) -> String? {
        do {
            let value = try JSONValue(parsing: bytes)
            let written = text(value)
            let again = text(try JSONValue(parsing: written))
            return again == written ? nil : "written as \(written), then as \(again)"
        } catch {
            return error.offset >= 0 && error.offset <= bytes.count ? nil : "\(error) is outside the text"
        }
    }

    private static func text(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter(reserving: 64)
        writer.value(value)
        return writer.bytes
    }
}
