/// Why a request cannot be served, found before any handler saw it.
///
/// The connection closes after its answer and no byte that follows is taken for a request (RFC 9112 2.2, 6.3). Each
/// case names the rule that it enforces.
package struct Refusal: Error, Hashable, Sendable {
    /// The status of the answer.
    package let status: Status
    /// One sentence saying exactly what was wrong; ASCII with no character that JSON would escape.
    package let message: String

    /// Makes a refusal; the parser's own ones are named below.
    package init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }

    /// The body of the default answer: `{"error":"<reason phrase>","status":400,"message":"<what was wrong>"}`.
    package var json: [UInt8] {
        Array(#"{"error":"\#(status.reason)","status":\#(status.code),"message":"\#(message)"}"#.utf8) + [0x0A]
    }

    static func bad(_ message: String) -> Refusal { Refusal(.badRequest, message) }
}

// MARK: - Connection and time

extension Refusal {
    /// RFC 9112 8: the client stopped sending in the middle of a message.
    package static var incompleteRequest: Refusal {
        bad("The client stopped sending before the request was complete.")
    }
    /// RFC 9110 15.5.9: `Limits.headTime` is over.
    package static var headTimeout: Refusal {
        Refusal(.requestTimeout, "The request line and fields did not arrive in time.")
    }
    /// RFC 9110 15.5.9: `Limits.bodyTime` is over.
    package static var bodyTimeout: Refusal {
        Refusal(.requestTimeout, "The content of the request did not arrive in time.")
    }
}
