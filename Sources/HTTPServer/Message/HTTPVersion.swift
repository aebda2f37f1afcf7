/// The protocol version of a message (RFC 9112 2.3).
package struct HTTPVersion: Hashable, Sendable {
    package let major: Int
    package let minor: Int

    package static var http10: HTTPVersion { HTTPVersion(major: 1, minor: 0) }
    package static var http11: HTTPVersion { HTTPVersion(major: 1, minor: 1) }
}
