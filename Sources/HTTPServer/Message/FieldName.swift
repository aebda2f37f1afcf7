/// The name of a field to look up, compared without regard to ASCII case (RFC 9110 5.1).
package struct FieldName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The lower-case spelling.
    package let lowercased: String

    /// Lower-cases the ASCII letters of a name, so that any spelling of it finds the same field.
    package init(_ name: String) {
        let isLowerCase = !name.utf8.contains { $0 >= 0x41 && $0 <= 0x5A }
        lowercased = isLowerCase ? name : String(decoding: name.utf8.map(\.asciiLowercased), as: UTF8.self)
    }

    package init(stringLiteral name: String) {
        self.init(name)
    }

    package static var accept: FieldName { "accept" }
    package static var accessControlRequestHeaders: FieldName { "access-control-request-headers" }
    package static var accessControlRequestMethod: FieldName { "access-control-request-method" }
    package static var authorization: FieldName { "authorization" }
    package static var connection: FieldName { "connection" }
    package static var contentLength: FieldName { "content-length" }
    package static var contentType: FieldName { "content-type" }
    package static var expect: FieldName { "expect" }
    package static var host: FieldName { "host" }
    package static var origin: FieldName { "origin" }
    package static var transferEncoding: FieldName { "transfer-encoding" }
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
