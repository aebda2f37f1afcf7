/// A way in which a body may be packed that its media type does not tell (RFC 9110 8.4.1).
package enum ContentCoding: Sendable, Equatable {
    /// `gzip`, which is also written `x-gzip`.
    case gzip

    init?(_ name: String) {
        guard name == "gzip" || name == "x-gzip" else { return nil }
        self = .gzip
    }

    /// Unpacks a body, to at most so many bytes.
    func decode(_ bytes: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
        try Gzip.decode(bytes, limit: limit)
    }
}

/// Why a packed body cannot be read.
enum CodingError: Error, Equatable {
    /// It is not what its coding says, or was cut or changed on the way.
    case damaged
    /// It grows beyond the limit.
    case tooLarge
}
