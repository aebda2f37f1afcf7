/// The token of an `Authorization: Bearer` field (RFC 6750 2.1).
package enum BearerToken {
    /// The token, or nil when the field has another scheme or no token.
    ///
    /// - Parameter anyCase: whether `bearer` is as good as `Bearer`, as RFC 9110 11.1 says and not every vendor does.
    package static func token(in authorization: String, anyCase: Bool) -> String? {
        let bytes = authorization.utf8
        let scheme = bytes.prefix { $0 != UInt8(ascii: " ") }
        guard scheme.count == 6, scheme.count < bytes.count else { return nil }
        let matches =
            anyCase
            ? zip(scheme, "bearer".utf8).allSatisfy { $0 | 0x20 == $1 }
            : scheme.elementsEqual("Bearer".utf8)
        guard matches else { return nil }
        let token = bytes.dropFirst(6).drop { $0 == UInt8(ascii: " ") }
        return token.isEmpty ? nil : String(decoding: token, as: UTF8.self)
    }
}
