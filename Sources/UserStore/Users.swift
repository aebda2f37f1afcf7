/// A user to be stored under an id from `Batch.nextUserID(of:in:)`.
package struct NewUser: Sendable {
    /// The id: its sandbox and vendor are the user's.
    package let id: UserID
    /// What no other user of this sandbox and vendor may hold, in the order in which a clash is to be reported.
    package let claims: [Claim]
    /// The vendor's own JSON in UTF-8, opaque to the store.
    package let fields: [UInt8]

    package init(id: UserID, claims: [Claim], fields: [UInt8]) {
        self.id = id
        self.claims = claims
        self.fields = fields
    }
}

/// A user as it is stored.
package struct StoredUser: Hashable, Sendable {
    /// The user's number in the store.
    package let id: UserID
    /// The vendor's own JSON, byte for byte as it was given.
    package let fields: [UInt8]
    /// Unix milliseconds.
    package let createdAt: Int64
    /// Unix milliseconds.
    package let updatedAt: Int64
    /// The number of the request that made the user.
    package let request: Int64

    package init(id: UserID, fields: [UInt8], createdAt: Int64, updatedAt: Int64, request: Int64) {
        self.id = id
        self.fields = fields
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.request = request
    }
}
