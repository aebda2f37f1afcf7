/// Where a server listens.
package struct BoundAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address as a literal, an IPv6 one without brackets.
    package let host: String
    /// The port that was bound, never 0.
    package let port: Int

    /// The address as a URL: `http://127.0.0.1:8080`, `http://[::1]:8080`.
    package var url: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "http://[\(host)]:\(port)" : "http://\(host):\(port)"
    }

    /// The URL.
    package var description: String { url }
}
