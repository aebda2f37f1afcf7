/// Tells the four forms of a request target apart and checks every byte of it (RFC 9112 3.2).
enum TargetParser {
    static func parse(_ head: Span<UInt8>, into line: inout RequestLine) throws(Refusal) {
        let target = line.target
        let isConnect = RequestLineParser.isMethod("connect", head, line.method)
        if isConnect {
            try checkTunnel(head, target)
            throw .connect
        }
        if head[target.start] == UInt8(ascii: "/") {
            try parsePath(head, from: target.start, into: &line)
        } else if target.count == 1, head[target.start] == UInt8(ascii: "*") {
            guard RequestLineParser.isMethod("options", head, line.method) else { throw .asterisk }
            line.isAsterisk = true
        } else {
            try parseAbsolute(head, into: &line)
        }
    }

    /// Absolute-form (RFC 9112 3.2.2): `http://authority[/path][?query]`.
    private static func parseAbsolute(_ head: Span<UInt8>, into line: inout RequestLine) throws(Refusal) {
        let target = line.target
        let isSecured = starts(head, target, with: "https://")
        guard isSecured || starts(head, target, with: "http://") else {
            try checkCharacters(head, target)
            throw .targetForm
        }
        let start = target.start + (isSecured ? 8 : 7)
        var index = start
        while index < target.end, head[index] != UInt8(ascii: "/"), head[index] != UInt8(ascii: "?") {
            guard head[index] != UInt8(ascii: "#") else { throw .fragment }
            index += 1
        }
        line.authority = ByteRange(start, index)
        try parsePath(head, from: index, into: &line)
        if isSecured { throw .securedScheme }
        // RFC 9112 3.2.4: OPTIONS for a URI with neither path nor query asks about the server as a whole.
        line.isAsterisk =
            line.path.isEmpty && line.query == nil && RequestLineParser.isMethod("options", head, line.method)
    }

    /// Checks `[/path][?query]` from `start` to the end of the target; an empty path stays empty here.
    private static func parsePath(
        _ head: Span<UInt8>, from start: Int, into line: inout RequestLine
    ) throws(Refusal) {
        let end = line.target.end
        var index = start
        while index < end, head[index] != UInt8(ascii: "?") {
            if head[index].isPathCharacter {
                index += 1
            } else {
                try checkEscape(head, at: index, end)
                line.pathHasEscapes = true
                index += 3
            }
        }
        line.path = ByteRange(start, index)
        guard index < end else { return }
        let query = index + 1
        index = query
        while index < end {
            if head[index].isQueryCharacter {
                index += 1
            } else {
                try checkEscape(head, at: index, end)
                index += 3
            }
        }
        line.query = ByteRange(query, end)
    }

    /// RFC 3986 2.1: anything that is no character of its own must be `%` and two hexadecimal digits.
    private static func checkEscape(_ head: Span<UInt8>, at index: Int, _ end: Int) throws(Refusal) {
        switch head[index] {
        case UInt8(ascii: "%"):
            guard index + 2 < end, head[index + 1].hexDigitValue != nil, head[index + 2].hexDigitValue != nil else {
                throw .percentEscape
            }
        case UInt8(ascii: "#"): throw .fragment
        case 0x0D: throw .bareCarriageReturn
        default: throw .targetCharacter
        }
    }

    private static func checkCharacters(_ head: Span<UInt8>, _ range: ByteRange) throws(Refusal) {
        for index in range.range where head[index] <= 0x20 || head[index] >= 0x7F {
            throw head[index] == 0x0D ? .bareCarriageReturn : .targetCharacter
        }
    }

    /// Authority-form (RFC 9112 3.2.3): a host and a port, both there.
    private static func checkTunnel(_ head: Span<UInt8>, _ target: ByteRange) throws(Refusal) {
        let authority: Authority
        do {
            authority = try Authority(head, target)
        } catch {
            throw .connectTarget
        }
        guard authority.port != nil else { throw .connectTarget }
    }

    /// RFC 3986 3.1: schemes compare without regard to case.
    private static func starts(_ head: Span<UInt8>, _ target: ByteRange, with scheme: StaticString) -> Bool {
        let count = scheme.utf8CodeUnitCount
        return target.count >= count && head.equals(scheme, in: ByteRange(target.start, target.start + count))
    }
}
