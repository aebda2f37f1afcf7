/// Makes a request, still without content, of a head that was read to its end.
enum RequestAssembly {
    static func request(_ bytes: [UInt8], _ head: HeadParser) throws(Refusal) -> Request {
        let line = head.line
        return Request(
            method: method(bytes, line.method),
            target: try target(bytes, head),
            version: line.version,
            fields: RequestFields(bytes: bytes, lines: head.lines),
            body: .none,
            persistence: head.noted.persistence(line.version))
    }

    private static func target(_ bytes: [UInt8], _ head: HeadParser) throws(Refusal) -> RequestTarget {
        let line = head.line
        // RFC 9112 3.2: Host is checked even where an absolute-form target replaces it.
        var authority: Authority?
        if let host = head.noted.host {
            authority = try Authority(bytes.span, host)
        } else if line.version != .http10 {
            throw .hostMissing
        }
        if let replacement = line.authority {
            authority = try Authority(bytes.span, replacement)
        }
        return RequestTarget(
            path: path(bytes, line), bytes: bytes, whole: line.target, queryRange: line.query,
            authorityRange: authority?.range ?? .empty, hostCount: authority?.hostCount ?? 0, port: authority?.port)
    }

    private static func path(_ bytes: [UInt8], _ line: RequestLine) -> String {
        if line.isAsterisk { return "*" }
        // RFC 9110 4.2.3: an empty path is the same as "/".
        if line.path.isEmpty { return "/" }
        if line.pathHasEscapes { return RequestTarget.normalPath(bytes, line.path) }
        return String(decoding: bytes[line.path.range], as: UTF8.self)
    }

    private static func method(_ bytes: [UInt8], _ range: ByteRange) -> Method {
        let head = bytes.span
        switch range.count {
        case 3 where head[0] == UInt8(ascii: "G") && head[1] == UInt8(ascii: "E") && head[2] == UInt8(ascii: "T"):
            return .get
        case 4
        where head[0] == UInt8(ascii: "P") && head[1] == UInt8(ascii: "O") && head[2] == UInt8(ascii: "S")
            && head[3] == UInt8(ascii: "T"):
            return .post
        default: return Method(String(decoding: bytes[range.range], as: UTF8.self))
        }
    }
}
