import HTTPServer

/// What a parser made of some bytes, in a form that can be compared.
enum Seen: Equatable, CustomStringConvertible {
    case request(String)
    case continueExpected
    case refusal(Refusal)

    var description: String {
        switch self {
        case .request(let text): text
        case .continueExpected: "100"
        case .refusal(let refusal): "\(refusal.status.code) \(refusal.message)"
        }
    }

    /// The status of a refusal, or 0 for a request that was taken.
    var status: Int {
        if case .refusal(let refusal) = self { return refusal.status.code }
        return 0
    }
}

/// Gives `wire` to a parser in `pieces` (sizes; the rest comes whole), then the end of the connection.
func parse(_ wire: [UInt8], pieces: [Int] = [], limits: Limits = Limits()) -> [Seen] {
    var parser = RequestParser(limits: limits)
    var seen: [Seen] = []
    var start = 0
    for size in pieces + [Int.max] {
        let piece = Array(wire[start..<min(wire.count, size == .max ? wire.count : start + size)])
        start += piece.count
        guard take(piece, &parser, &seen) else { return seen }
    }
    if let refusal = parser.finish() { seen.append(.refusal(refusal)) }
    return seen
}

func parse(_ wire: String, limits: Limits = Limits()) -> [Seen] {
    parse(Array(wire.utf8), limits: limits)
}

/// - Returns: False after the last event.
private func take(_ piece: [UInt8], _ parser: inout RequestParser, _ seen: inout [Seen]) -> Bool {
    var offset = 0
    while true {
        switch parser.next(piece.span, from: &offset) {
        case .needMore: return parser.phase != .ended
        case .request(let request):
            seen.append(.request(describe(request)))
            if request.persistence == .closed { return false }
        case .continueExpected: seen.append(.continueExpected)
        case .refusal(let refusal):
            seen.append(.refusal(refusal))
            return false
        }
    }
}

private func describe(_ request: Request) -> String {
    var text = "\(request.method) \(request.target.raw) -> \(request.target.path) ?\(request.target.query ?? "-")"
    text += " @\(request.target.host):\(request.target.port ?? -1) \(request.version.minor) \(request.persistence)"
    request.fields.forEach { text += " [\($0)|\($1)]" }
    switch request.body {
    case .none: text += " none"
    case .tooLarge: text += " too large"
    case .bytes(let bytes): text += " \(bytes)"
    }
    return text
}

/// A GET for `/` with these further lines.
func get(_ lines: String...) -> String {
    (["GET / HTTP/1.1", "Host: a"] + lines).joined(separator: "\r\n") + "\r\n\r\n"
}

/// A POST with these further lines, and what follows its head.
func post(_ lines: String..., then content: String = "") -> String {
    (["POST / HTTP/1.1", "Host: a"] + lines).joined(separator: "\r\n") + "\r\n\r\n" + content
}

/// A POST in chunks.
func chunked(_ content: String) -> String {
    post("Transfer-Encoding: chunked", then: content)
}
