/// The name of a field to look up, compared without regard to ASCII case (RFC 9110 5.1).
package struct FieldName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The lower-case spelling.
    package let lowercased: String

    /// Lower-cases the ASCII letters of a name, so that any spelling of it finds the same field.
    package init(_ name: String) {
        let isLowerCase = !name.utf8.contains { $0 >= 0x41 && $0 <= 0x5A }
        lowercased = isLowerCase ? name : String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self)
    }

    /// Makes a name of a literal, in any case.
    package init(stringLiteral name: String) {
        self.init(name)
    }

    // Stored, not computed: a name that is made of its literal anew is looked through for capitals each time, 150
    // instructions a look-up.

    /// RFC 9110 12.5.1.
    package static let accept: FieldName = "accept"
    /// Fetch, CORS preflight.
    package static let accessControlRequestHeaders: FieldName = "access-control-request-headers"
    /// Fetch, CORS preflight.
    package static let accessControlRequestMethod: FieldName = "access-control-request-method"
    /// RFC 9110 11.6.2; refused when repeated.
    package static let authorization: FieldName = "authorization"
    /// RFC 9110 7.6.1.
    package static let connection: FieldName = "connection"
    /// RFC 9110 8.4.
    package static let contentEncoding: FieldName = "content-encoding"
    /// RFC 9110 8.6; refused when repeated.
    package static let contentLength: FieldName = "content-length"
    /// RFC 9110 14.4.
    package static let contentRange: FieldName = "content-range"
    /// RFC 9110 8.3; refused when repeated.
    package static let contentType: FieldName = "content-type"
    /// RFC 9110 10.1.1.
    package static let expect: FieldName = "expect"
    /// RFC 9110 7.2; refused when repeated.
    package static let host: FieldName = "host"
    /// RFC 6454 7; refused when repeated.
    package static let origin: FieldName = "origin"
    /// RFC 9112 6.1.
    package static let transferEncoding: FieldName = "transfer-encoding"
    /// RFC 9110 10.1.5.
    package static let userAgent: FieldName = "user-agent"
}

extension FieldName {
    /// Says whether `bytes[range]` spells this name in some case.
    func matches(_ bytes: [UInt8], _ range: ByteRange) -> Bool {
        // Most lines differ in length already.
        guard lowercased.utf8.count == range.count else { return false }
        let name = lowercased.utf8Span.span
        let received = bytes.span
        for index in 0..<name.count where received[range.start + index].asciiLowercased != name[index] { return false }
        return true
    }
}
