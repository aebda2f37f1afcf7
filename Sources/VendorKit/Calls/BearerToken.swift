import JSON

/// The token of an `Authorization: Bearer` field (RFC 6750 2.1).
package enum BearerToken {
    /// The token, or nil when the field has another scheme or no token.
    ///
    /// - Parameter anyCase: whether `bearer` is as good as `Bearer`, as RFC 9110 11.1 says and not every vendor does.
    package static func token(in authorization: String, anyCase: Bool) -> String? {
        let bytes = authorization.utf8Span.span
        guard bytes.count > 6, bytes[6] == UInt8(ascii: " "),
            anyCase ? bytes.extracting(0..<6).spells("bearer") : authorization.beginsWithBytes(of: "Bearer")
        else { return nil }
        var start = 7
        while start < bytes.count, bytes[start] == UInt8(ascii: " ") { start += 1 }
        if start == bytes.count { return nil }
        return String(decoding: authorization.utf8.dropFirst(start), as: UTF8.self)
    }
}
