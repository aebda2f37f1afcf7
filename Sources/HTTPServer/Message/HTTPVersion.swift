/// The protocol version of a message (RFC 9112 2.3).
package struct HTTPVersion: Hashable, Sendable {
    /// The digit before the dot.
    package let major: Int
    /// The digit after the dot.
    package let minor: Int

    /// Closes after each answer unless asked, and has neither chunks nor expectations.
    package static var http10: HTTPVersion { HTTPVersion(major: 1, minor: 0) }
    /// What this server speaks itself.
    package static var http11: HTTPVersion { HTTPVersion(major: 1, minor: 1) }
}
