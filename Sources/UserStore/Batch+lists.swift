internal import SQLite

extension Batch {
    /// Returns at most `limit` users, oldest first, without the first `offset`.
    /// - Throws: `StoreError`.
    package mutating func users(
        of vendor: VendorNumber, in sandbox: SandboxID, offset: Int, limit: Int
    ) throws(StoreError) -> [StoredUser] {
        try read { batch throws(SQLiteError) in
            try batch.users.page(of: vendor, in: sandbox, offset: offset, limit: limit)
        }
    }

    /// Returns how many users there are.
    /// - Throws: `StoreError`.
    package mutating func countUsers(of vendor: VendorNumber, in sandbox: SandboxID) throws(StoreError) -> Int {
        try read { batch throws(SQLiteError) in try batch.users.count(of: vendor, in: sandbox) }
    }

    /// Returns the first user after this one at which the clock had been set back, though that user may be deleted;
    /// nil when all users from here on are sorted by their time of creation.
    /// - Throws: `StoreError`.
    package mutating func clockStep(after id: UserID) throws(StoreError) -> UserID? {
        try read { batch throws(SQLiteError) in try batch.users.clockStep(after: id) }
    }
}
