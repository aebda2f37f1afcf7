/// The first answer that was given under an idempotency key, kept to be given again.
package struct IdempotencyRecord: Hashable, Sendable {
    /// The client's token.
    package let key: String
    /// What tells whether a request is the same as the first one; the vendor's choice.
    package let fingerprint: [UInt8]
    /// Method and target of the first request, for a person to read.
    package let target: String
    /// The answer's status.
    package let status: Int
    /// The answer's header fields as they were sent.
    package let fields: [UInt8]
    /// The answer's body as it was sent.
    package let body: [UInt8]
    /// The user that the first request made, if it made one.
    package let user: UserID?
    /// The first use, from which the key's life counts, in Unix milliseconds.
    package let createdAt: Int64
    /// The number of the first request.
    package let request: Int64

    package init(
        key: String, fingerprint: [UInt8], target: String, status: Int, fields: [UInt8], body: [UInt8], user: UserID?,
        createdAt: Int64, request: Int64
    ) {
        self.key = key
        self.fingerprint = fingerprint
        self.target = target
        self.status = status
        self.fields = fields
        self.body = body
        self.user = user
        self.createdAt = createdAt
        self.request = request
    }

    /// How long a key lives where the vendor says nothing else: 24 hours, in milliseconds.
    package static let lifetime: Int64 = 24 * 60 * 60 * 1000

    /// Tells whether the key's life is over: the record counts as absent from the millisecond in which it ends.
    package func isExpired(at now: Int64, lifetime: Int64) -> Bool {
        now - createdAt >= lifetime
    }
}
