internal import SQLite

/// The claims that are no longer recent: a b-tree by key.
struct ClaimTable: ~Copyable, Sendable {
    private var insert: Statement
    private var find: Statement
    private var delete: Statement
    private var page: Statement

    init(in database: borrowing Database) {
        insert = Statement("INSERT OR REPLACE INTO claims(key, owner, request) VALUES (?1, ?2, ?3)", in: database)
        find = Statement("SELECT owner, request FROM claims WHERE key = ?1", in: database)
        delete = Statement("DELETE FROM claims WHERE key = ?1", in: database)
        page = Statement("SELECT key FROM claims WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT ?3", in: database)
    }

    mutating func add(_ claim: RecentClaim) throws(SQLiteError) {
        insert.bind(claim.owner, at: 2)
        insert.bind(claim.request, at: 3)
        try insert.run(with: claim.key.bytes.span, as: .blob, at: 1)
    }

    mutating func find(_ key: ClaimKey) throws(SQLiteError) -> RecentClaim? {
        try find.with(key.bytes.span, as: .blob, at: 1) { statement throws(SQLiteError) in
            try statement.first { row in
                RecentClaim(key: key, owner: row.integer(0), request: row.integerIfAny(1))
            }
        }
    }

    mutating func remove(_ key: ClaimKey) throws(SQLiteError) {
        try delete.run(with: key.bytes.span, as: .blob, at: 1)
    }

    /// At most `limit` keys of a sandbox, or of all, in their order.
    mutating func keys(in sandbox: SandboxID?, after last: ClaimKey?, limit: Int) throws(SQLiteError) -> [ClaimKey] {
        let start = sandbox?.rawValue ?? 0
        let end = sandbox.map { $0.rawValue + 1 } ?? .max
        page.bind(blob: last.map { key in (0..<16).map { key.bytes[$0] } } ?? ClaimKey.prefix(of: start), at: 1)
        page.bind(blob: ClaimKey.prefix(of: end), at: 2)
        page.bind(Int64(limit), at: 3)
        var keys: [ClaimKey] = []
        try page.each { row in
            // A file from elsewhere may hold anything.
            if let key = ClaimKey(stored: row.bytes(0)) { keys.append(key) }
        }
        return keys
    }
}
