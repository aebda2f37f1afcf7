/// A request method: a case-sensitive token (RFC 9110 9.1).
///
/// Any token is a method; which ones a path knows is the handler's to say (405 or 501).
package struct Method: Hashable, Sendable, CustomStringConvertible {
    /// The token as it was received.
    package let name: String

    /// Takes a token; the parser has checked it, and nothing else needs it checked.
    package init(_ name: String) {
        self.name = name
    }

    /// RFC 9110 9.3.1.
    package static var get: Method { Method("GET") }
    /// RFC 9110 9.3.2.
    package static var head: Method { Method("HEAD") }
    /// RFC 9110 9.3.3.
    package static var post: Method { Method("POST") }
    /// RFC 9110 9.3.4.
    package static var put: Method { Method("PUT") }
    /// RFC 5789.
    package static var patch: Method { Method("PATCH") }
    /// RFC 9110 9.3.5.
    package static var delete: Method { Method("DELETE") }
    /// RFC 9110 9.3.7.
    package static var options: Method { Method("OPTIONS") }
    /// RFC 9110 9.3.8.
    package static var trace: Method { Method("TRACE") }
    /// RFC 9110 9.3.6.
    package static var connect: Method { Method("CONNECT") }

    /// The token.
    package var description: String { name }
}
