/// What a request is for: the target of its request line, joined with its authority (RFC 9112 3.2, 3.3).
package struct RequestTarget: Sendable {
    let head: RequestHead

    /// The path for matching: absolute, or `*` for `OPTIONS *`.
    ///
    /// Percent-escapes of unreserved characters are decoded and all others kept, in upper-case hexadecimal (RFC 3986
    /// 6.2.2): `%75sers` is `users`, `%2f` becomes `%2F` and is never a slash. Dot segments and empty segments are
    /// left as they are, so no spelling of a path walks out of the prefix that it starts with.
    package var path: String { head.path }

    /// The port that the authority names, or nil where it names none.
    package var port: Int? { head.authority?.port }

    /// The request target as it was received.
    package var raw: String { text(head.line.target) }

    /// What follows the first `?`, as it was received; nil where there is no `?`.
    package var query: String? { head.line.query.map(text) }

    /// The authority that the request is for, `host` or `host:port` in lower case.
    ///
    /// An absolute-form target's replaces the Host field (RFC 9112 3.2.2). Empty where an HTTP/1.0 request has none.
    package var authority: String { head.authority.map { lowercased($0.range) } ?? "" }

    /// The authority's host in lower case; an IPv6 address keeps its brackets.
    package var host: String {
        head.authority.map { lowercased(ByteRange($0.range.start, $0.range.start + $0.hostCount)) } ?? ""
    }

    /// Decodes the percent-escapes of a path segment or a query component, once (RFC 3986 2.4).
    ///
    /// - Returns: The bytes, or nil where a `%` is not followed by two hexadecimal digits. A `+` stays a `+`.
    package static func percentDecoded(_ text: String) -> [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count)
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = bytes.next()?.hexDigitValue, let low = bytes.next()?.hexDigitValue else { return nil }
            decoded.append(high << 4 | low)
        }
        return decoded
    }

    /// Writes the path in its normal form; `range` was checked by the parser, so every `%` has its two digits.
    static func normalPath(_ bytes: [UInt8], _ range: ByteRange) -> String {
        var path: [UInt8] = []
        path.reserveCapacity(range.count)
        var index = range.start
        while index < range.end {
            let byte = bytes[index]
            guard byte == UInt8(ascii: "%"), index + 2 < range.end,
                let high = bytes[index + 1].hexDigitValue, let low = bytes[index + 2].hexDigitValue
            else {
                path.append(byte)
                index += 1
                continue
            }
            let decoded = high << 4 | low
            if decoded.isUnreserved {
                path.append(decoded)
            } else {
                path += [byte, high.upperHexDigit, low.upperHexDigit]
            }
            index += 3
        }
        return String(decoding: path, as: UTF8.self)
    }

    private func text(_ range: ByteRange) -> String {
        String(decoding: head.bytes[range.range], as: UTF8.self)
    }

    private func lowercased(_ range: ByteRange) -> String {
        let letters = head.bytes[range.range]
        if letters.contains(where: { $0 != $0.asciiLowercased }) {
            return String(decoding: letters.map(\.asciiLowercased), as: UTF8.self)
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
