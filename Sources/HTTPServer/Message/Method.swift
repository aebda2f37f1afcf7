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

    package static var get: Method { Method("GET") }
    package static var head: Method { Method("HEAD") }
    package static var post: Method { Method("POST") }
    package static var put: Method { Method("PUT") }
    package static var patch: Method { Method("PATCH") }
    package static var delete: Method { Method("DELETE") }
    package static var options: Method { Method("OPTIONS") }
    package static var trace: Method { Method("TRACE") }
    package static var connect: Method { Method("CONNECT") }

    package var description: String { name }
}
