/// What a request line says, as places in the head (RFC 9112 3).
struct RequestLine: Sendable {
    var method = ByteRange.empty
    var target = ByteRange.empty
    var version = HTTPVersion.http11
    var path = ByteRange.empty
    var pathHasEscapes = false
    var query: ByteRange?
    /// The authority of an absolute-form target.
    var authority: ByteRange?
    /// `OPTIONS *`, or OPTIONS for an http URI with no path, which means the same (RFC 9112 3.2.4).
    var isAsterisk = false
}

/// Reads a request line: `method SP request-target SP HTTP-version` (RFC 9112 3).
enum RequestLineParser {
    /// Reads the line that starts at 0 and ends before the CR at `end`.
    static func parse(_ head: Span<UInt8>, end: Int) throws(Refusal) -> RequestLine {
        var line = RequestLine()
        var index = 0
        // RFC 9110 9.1: any token is a method.
        while index < end, head[index].isToken { index += 1 }
        guard index > 0, index < end else { throw .requestLine }
        guard head[index] == UInt8(ascii: " ") else { throw head[index] == 0x0D ? .bareCarriageReturn : .method }
        line.method = ByteRange(0, index)

        let targetStart = index + 1
        index = targetStart
        while index < end, head[index] != UInt8(ascii: " ") { index += 1 }
        // RFC 9112 3: no target, or no version as in HTTP/0.9.
        guard index > targetStart, index < end else { throw .requestLine }
        line.target = ByteRange(targetStart, index)

        // The version is looked at before the target, so that `PRI * HTTP/2.0` (RFC 9113 3.4) gets its 505.
        line.version = try version(head, from: index + 1, to: end)
        try TargetParser.parse(head, into: &line)
        return line
    }

    /// Says whether the method is the one that `lowercased` spells, itself in upper case (RFC 9110 9.1).
    static func isMethod(_ lowercased: StaticString, _ head: Span<UInt8>, _ method: ByteRange) -> Bool {
        guard head.equals(lowercased, in: method) else { return false }
        for index in method.range where head[index] != head[index] & 0xDF { return false }
        return true
    }

    /// Words the refusal of a line that is longer than it may be, from its first bytes only (RFC 9112 3).
    static func tooLong(_ head: Span<UInt8>, limit: Int) -> Refusal {
        var index = 0
        while index < limit, head[index].isToken { index += 1 }
        if index == limit { return .methodTooLong }
        return index > 0 && head[index] == UInt8(ascii: " ") ? .targetTooLong : .requestLine
    }

    /// RFC 9112 2.3: case-sensitive, one digit on each side of the dot.
    private static func version(_ head: Span<UInt8>, from start: Int, to end: Int) throws(Refusal) -> HTTPVersion {
        guard end - start == 8,
            head[start] == UInt8(ascii: "H"), head[start + 1] == UInt8(ascii: "T"),
            head[start + 2] == UInt8(ascii: "T"), head[start + 3] == UInt8(ascii: "P"),
            head[start + 4] == UInt8(ascii: "/"), head[start + 5].isDigit,
            head[start + 6] == UInt8(ascii: "."), head[start + 7].isDigit
        else { throw .version }
        guard head[start + 5] == UInt8(ascii: "1") else { throw .versionNotSupported }
        // RFC 9110 2.5: a higher minor version is served as the highest that is known.
        return head[start + 7] == UInt8(ascii: "0") ? .http10 : .http11
    }
}
