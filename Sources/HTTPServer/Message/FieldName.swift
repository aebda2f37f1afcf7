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

    /// RFC 9110 12.5.1.
    package static var accept: FieldName { "accept" }
    /// Fetch, CORS preflight.
    package static var accessControlRequestHeaders: FieldName { "access-control-request-headers" }
    /// Fetch, CORS preflight.
    package static var accessControlRequestMethod: FieldName { "access-control-request-method" }
    /// RFC 9110 11.6.2; refused when repeated.
    package static var authorization: FieldName { "authorization" }
    /// RFC 9110 7.6.1.
    package static var connection: FieldName { "connection" }
    /// RFC 9110 8.6; refused when repeated.
    package static var contentLength: FieldName { "content-length" }
    /// RFC 9110 8.3; refused when repeated.
    package static var contentType: FieldName { "content-type" }
    /// RFC 9110 10.1.1.
    package static var expect: FieldName { "expect" }
    /// RFC 9110 7.2; refused when repeated.
    package static var host: FieldName { "host" }
    /// RFC 6454 7; refused when repeated.
    package static var origin: FieldName { "origin" }
    /// RFC 9112 6.1.
    package static var transferEncoding: FieldName { "transfer-encoding" }
    /// RFC 9110 10.1.5.
    package static var userAgent: FieldName { "user-agent" }
}

extension FieldName {
    /// Says whether `bytes[range]` spells this name in some case.
    func matches(_ bytes: [UInt8], _ range: ByteRange) -> Bool {
        let name = lowercased.utf8
        guard name.count == range.count else { return false }
        var index = range.start
        for byte in name {
            guard bytes[index].asciiLowercased == byte else { return false }
            index += 1
        }
        return true
    }
}
