package import HTTPServer
package import JSON
package import UserStore

/// Why a call was refused, in words that no vendor owns; the vendor's module renders it in its own envelope.
package struct Problem: Error, Sendable {
    /// What went wrong.
    package let kind: Kind
    /// The rule that decided it.
    package let rule: Rule

    /// Refuses a call for a reason, by a rule.
    package init(_ kind: Kind, by rule: Rule) {
        self.kind = kind
        self.rule = rule
    }

    /// The few ways in which a call can fail; each vendor maps each to a status and a body of its own.
    package enum Kind: Sendable {
        /// The vendor has no such path, or no such thing behind it.
        case notFound
        /// The vendor has this path, but it is not served here; these operations are most like it.
        case notImplemented(nearest: [String])
        /// The path exists, but not with this method.
        case methodNotAllowed(allowed: [Method], received: Method)
        /// No credential, or one that opens nothing.
        case unauthorized(CredentialFault)
        /// A good credential that may not do this.
        case forbidden
        /// A header field is missing or malformed; `message` says what it must be.
        case badField(name: String, message: String)
        /// The body is longer than the limit, in bytes.
        case tooLarge(limit: Int)
        /// The body is not declared as `application/json`, or comes in a content coding.
        case unsupportedMediaType
        /// The body is not JSON.
        case malformedJSON(JSONError)
        /// The body is JSON and breaks these rules of the operation, in the order of its schema.
        case invalid([FieldProblem])
        /// Another user of the sandbox holds a value that must be unique.
        case conflict(Claim, owner: UserID?, request: Int64?)
        /// The idempotency key was first used with another request, of this number, that differs in these places.
        case idempotencyKeyMismatch(differing: [String], request: Int64)
        /// The first request under the idempotency key, of this number, has not been answered yet.
        case idempotencyKeyLocked(request: Int64)
        /// Too many requests came, which only a fault makes happen here; seconds until the next may come.
        case tooManyRequests(retryAfter: Int?)
        /// The vendor is down, which only a fault makes happen here; seconds until it may be back.
        case unavailable(retryAfter: Int?)
        /// Our own failure; the text is for the log and never shown on the wire.
        case `internal`(String)
    }
}

/// What is wrong with the credential of a call.
package enum CredentialFault: Sendable {
    /// None was sent, or not in the form that the vendor takes.
    case missing
    /// One was sent, and it opens nothing.
    case unknown
    /// It opens a sandbox, but the user whom the call acts for is not there.
    case unknownUser
}

extension Problem {
    /// Seconds that `Retry-After` names (RFC 9110 10.2.3); those of the vendor in a 429 for which nobody chose them.
    func retryAfter(at vendor: any Vendor) -> Int? {
        switch kind {
        case .tooManyRequests(let seconds): seconds ?? vendor.retryAfter
        case .unavailable(let seconds): seconds
        default: nil
        }
    }
}
