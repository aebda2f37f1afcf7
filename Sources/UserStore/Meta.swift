internal import SQLite

/// What the store keeps about itself.
struct Meta: ~Copyable, Sendable {
    /// The key of the claims' hash, made once for each file.
    let claimSecret: (UInt64, UInt64)
    private var reserve: Statement
    private var giveBack: Statement

    /// Prepares what `prepare` has made sure of.
    init(secret: (UInt64, UInt64), in database: borrowing Database) {
        claimSecret = secret
        reserve = Statement(
            "UPDATE meta SET value = max(value, ?1) + ?2 WHERE name = 'requests' RETURNING value", in: database)
        giveBack = Statement("UPDATE meta SET value = ?1 WHERE name = 'requests' AND value = ?2", in: database)
    }

    /// Writes what is missing, in an open transaction, and returns the claims' secret.
    static func prepare(_ database: inout Database) throws(SQLiteError) -> (UInt64, UInt64) {
        var generator = SystemRandomNumberGenerator()
        let (first, second) = (Int64(bitPattern: generator.next()), Int64(bitPattern: generator.next()))
        try database.execute(
            """
            INSERT INTO meta VALUES ('claim_secret_0', \(first)), ('claim_secret_1', \(second)), ('requests', 0)
            ON CONFLICT DO NOTHING
            """)
        return try secret(of: &database)
    }

    /// Reads the claims' secret.
    static func secret(of database: inout Database) throws(SQLiteError) -> (UInt64, UInt64) {
        let words = try ["claim_secret_0", "claim_secret_1"].map { name throws(SQLiteError) in
            UInt64(bitPattern: try database.integer("SELECT value FROM meta WHERE name = '\(name)'") ?? 0)
        }
        return (words[0], words[1])
    }

    /// Sets the next block of request numbers aside and returns its last.
    mutating func reserveRequests(after used: Int64, count: Int64) throws(SQLiteError) -> Int64 {
        reserve.bind(used, at: 1)
        reserve.bind(count, at: 2)
        return try reserve.first { row in row.integer(0) } ?? used + count
    }

    /// Gives the unused rest of the last block back, unless another process has taken one since.
    mutating func giveBackRequests(used: Int64, reserved: Int64) throws(SQLiteError) {
        giveBack.bind(used, at: 1)
        giveBack.bind(reserved, at: 2)
        try giveBack.run()
    }
}
