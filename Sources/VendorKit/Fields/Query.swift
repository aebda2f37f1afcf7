package import HTTPServer

/// The parameters of a request's query, as forms write them: `a=1&b=x+y`.
///
/// Decoding is the URL standard's application/x-www-form-urlencoded parser: `+` is a space, escapes are undone once,
/// bytes that are no UTF-8 become U+FFFD, and a name without `=` has an empty value. (Evidence: convention.)
package struct Query: Sendable {
    /// Names and values in the order in which they were sent.
    package let pairs: [(name: String, value: String)]

    /// Reads the query of a request.
    package init(of request: Request) {
        guard let query = request.target.query else {
            pairs = []
            return
        }
        pairs = query.utf8.split(separator: UInt8(ascii: "&")).map { part in
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            return (Self.decode(name), Self.decode(part[name.endIndex...].dropFirst()))
        }
    }

    /// The values of one name, in order.
    package func values(of name: String) -> [String] {
        pairs.filter { $0.name.utf8.elementsEqual(name.utf8) }.map(\.value)
    }

    private static func decode(_ text: Substring.UTF8View) -> String {
        let spaced = String(decoding: text.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
        return RequestTarget.percentDecoded(spaced).map { String(decoding: $0, as: UTF8.self) } ?? spaced
    }

    /// Writes a name or value so that ``init(of:)`` reads it back: all but unreserved characters are escaped.
    package static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                bytes += Array((digits.utf8.count == 1 ? "%0" : "%").utf8) + Array(digits.utf8)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
