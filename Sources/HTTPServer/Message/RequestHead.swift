/// The head of a request, read to its end and judged: what its method, target and fields are views of.
///
/// An object, so that handing a request on costs two reference counts; as values these parts cost eight, which was a
/// sixth of the server's own time per request.
final class RequestHead: Sendable {
    let bytes: [UInt8]
    let lines: [FieldLine]
    let line: RequestLine
    let method: Method
    /// The path in its normal form.
    let path: String
    /// Nil for an HTTP/1.0 request that names none.
    let authority: Authority?
    let persistence: Persistence

    /// Joins what the parser noted; only Host is left to be judged.
    init(_ bytes: [UInt8], _ head: HeadParser) throws(Refusal) {
        // RFC 9112 3.2: Host is checked even where an absolute-form target replaces it.
        var authority: Authority?
        if let host = head.noted.host {
            authority = try Authority(bytes.span, host)
        } else if head.line.version != .http10 {
            throw .hostMissing
        }
        if let replacement = head.line.authority {
            authority = try Authority(bytes.span, replacement)
        }
        self.bytes = bytes
        lines = head.lines
        line = head.line
        method = Self.method(bytes, head.line.method)
        path = Self.path(bytes, head.line)
        self.authority = authority
        persistence = head.noted.persistence(head.line.version)
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
