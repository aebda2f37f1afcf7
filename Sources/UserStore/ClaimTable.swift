internal import SQLite

/// Who holds what, kept unique by the primary key.
struct ClaimTable: ~Copyable, Sendable {
    /// The key of the hash.
    var secret: (UInt64, UInt64)
    private var insert: Statement
    private var find: Statement
    private var delete: Statement
    private var move: Statement

    init(secret: (UInt64, UInt64), in database: borrowing Database) {
        self.secret = secret
        // Ignoring a clash and counting changes is cheaper than an error with its message, and a 409 must not cost more
        // than a create.
        insert = Statement("INSERT OR IGNORE INTO claims(key, owner, request) VALUES (?1, ?2, ?3)", in: database)
        find = Statement(
            """
            SELECT owner, ifnull(request, (SELECT request FROM users WHERE id = owner)) FROM claims WHERE key = ?1
            """, in: database)
        delete = Statement("DELETE FROM claims WHERE key = ?1 AND owner = ?2", in: database)
        move = Statement("UPDATE claims SET owner = ?2, request = ?3 WHERE key = ?1", in: database)
    }

    func key(_ claim: Claim, vendor: VendorNumber, in sandbox: SandboxID) -> ClaimKey {
        ClaimKey(vendor: vendor, kind: claim.kind, value: claim.value, in: sandbox, secret: secret)
    }

    func key(idempotency key: String, vendor: VendorNumber, in sandbox: SandboxID) -> ClaimKey {
        ClaimKey(vendor: vendor, kind: Claim.idempotencyKind, value: key, in: sandbox, secret: secret)
    }

    /// Claims the key for the owner; false when it is taken.
    mutating func take(_ key: ClaimKey, for owner: Int64, request: Int64?) throws(SQLiteError) -> Bool {
        insert.bind(owner, at: 2)
        insert.bind(request, at: 3)
        return try insert.with(key.bytes.span, as: .blob, at: 1) { statement throws(SQLiteError) in
            try statement.run() > 0
        }
    }

    /// Who holds the key, and the number of the request that took it: nil while the owner itself is not written yet.
    mutating func owner(of key: ClaimKey) throws(SQLiteError) -> (owner: Int64, request: Int64?)? {
        try find.with(key.bytes.span, as: .blob, at: 1) { statement throws(SQLiteError) in
            try statement.first { row in (owner: row.integer(0), request: row.integerIfAny(1)) }
        }
    }

    /// Frees the key, if the owner holds it.
    mutating func free(_ key: ClaimKey, of owner: Int64) throws(SQLiteError) {
        delete.bind(owner, at: 2)
        try delete.with(key.bytes.span, as: .blob, at: 1) { statement throws(SQLiteError) in _ = try statement.run() }
    }

    /// Gives a key that is taken to another owner.
    mutating func pass(_ key: ClaimKey, to owner: Int64, request: Int64) throws(SQLiteError) {
        move.bind(owner, at: 2)
        move.bind(request, at: 3)
        try move.with(key.bytes.span, as: .blob, at: 1) { statement throws(SQLiteError) in _ = try statement.run() }
    }
}
