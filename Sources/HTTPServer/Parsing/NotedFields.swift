/// What the fields of a head say to the server itself, noted while they are read.
struct NotedFields {
    var host: ByteRange?
    var contentLength: ByteRange?
    var hasTransferEncoding = false
    var hasContentType = false
    var hasAuthorization = false
    var hasOrigin = false
    /// `Connection: close` was sent, in any case, list or line (RFC 9110 7.6.1).
    var wantsClose = false
    /// `Connection: keep-alive` was sent.
    var wantsKeepAlive = false
    /// `Expect: 100-continue` was sent.
    var expectsContinue = false
    /// Some other expectation was sent.
    var expectsOther = false

    /// - Throws: `Refusal.repeated` for the second of a field that must be single. Repeats of all other fields stay
    ///   visible.
    mutating func note(_ head: Span<UInt8>, _ line: FieldLine) throws(Refusal) {
        switch line.name.count {
        case 4 where head.equals("host", in: line.name):
            // RFC 9112 3.2: even two equal ones are refused.
            guard host == nil else { throw .repeated("Host") }
            host = line.value
        case 6 where head.equals("origin", in: line.name):
            try Self.once(&hasOrigin, "Origin")
        case 6 where head.equals("expect", in: line.name):
            noteExpectations(head, line.value)
        case 10 where head.equals("connection", in: line.name):
            noteOptions(head, line.value)
        case 12 where head.equals("content-type", in: line.name):
            try Self.once(&hasContentType, "Content-Type")
        case 13 where head.equals("authorization", in: line.name):
            try Self.once(&hasAuthorization, "Authorization")
        case 14 where head.equals("content-length", in: line.name):
            // RFC 9110 8.6 lets equal repeats be refused or taken for one; refused is the way that cannot be misread.
            guard contentLength == nil else { throw .repeated("Content-Length") }
            contentLength = line.value
        case 17 where head.equals("transfer-encoding", in: line.name):
            hasTransferEncoding = true
        default: break
        }
    }

    private static func once(_ seen: inout Bool, _ name: String) throws(Refusal) {
        guard !seen else { throw .repeated(name) }
        seen = true
    }

    /// RFC 9110 7.6.1: options compare without regard to case.
    private mutating func noteOptions(_ head: Span<UInt8>, _ value: ByteRange) {
        var close = false
        var keepAlive = false
        head.forEachMember(of: value) { option in
            close = close || head.equals("close", in: option)
            keepAlive = keepAlive || head.equals("keep-alive", in: option)
        }
        wantsClose = wantsClose || close
        wantsKeepAlive = wantsKeepAlive || keepAlive
    }

    /// RFC 9110 10.1.1: a list; expectations compare without regard to case.
    private mutating func noteExpectations(_ head: Span<UInt8>, _ value: ByteRange) {
        var known = false
        var other = false
        head.forEachMember(of: value) { expectation in
            if head.equals("100-continue", in: expectation) {
                known = true
            } else if !expectation.isEmpty {
                other = true
            }
        }
        expectsContinue = expectsContinue || known
        expectsOther = expectsOther || other
    }

    /// RFC 9112 9.3: 1.1 stays open unless told, 1.0 closes unless asked.
    func persistence(_ version: HTTPVersion) -> Persistence {
        if wantsClose { return .closed }
        if version == .http10 { return wantsKeepAlive ? .keptAndSaid : .closed }
        return .kept
    }
}
