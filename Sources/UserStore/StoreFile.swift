internal import SQLite

/// A store's file that somebody hands over: looked at, and brought up to date, in memory, before it replaces anything.
enum StoreFile {
    /// The file's bytes once it has been through all steps of the schema, or why it is not taken: `.notADatabase`,
    /// `.notOurs`, `.newerVersion` or `.corrupt`.
    ///
    /// - Parameter used: what its requests are counted on from.
    static func upToDate(_ bytes: [UInt8], requestsAfter used: Int64) -> Result<[UInt8], StoreError> {
        guard bytes.starts(with: "SQLite format 3\0".utf8) else {
            return .failure(refusal(.notADatabase, "it does not begin as an SQLite database does"))
        }
        do throws(SQLiteError) {
            var database = try Database(path: ":memory:", busyTimeout: 0)
            try database.deserialize(bytes)
            if let refusal = try refusal(of: &database) { return .failure(refusal) }
            if used > 0 { try addToRequests(used, in: &database) }
            return .success(try database.serialized())
        } catch {
            return .failure(refusal(.corrupt, "it is damaged: \(error.message)"))
        }
    }

    private static func refusal(of database: inout Database) throws(SQLiteError) -> StoreError? {
        // Somebody else's schema may hold what runs while it is read (https://sqlite.org/security.html).
        try database.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        guard try database.integer("PRAGMA application_id") == Migration.applicationID else {
            return refusal(.notOurs, "it is another program's database")
        }
        let version = Int(try database.integer("PRAGMA user_version") ?? 0)
        guard version <= Migration.all.count else {
            return refusal(
                .newerVersion,
                "a newer version made it (schema \(version), known here up to \(Migration.all.count)); use that version"
            )
        }
        let health = try database.text("PRAGMA quick_check(1)")
        guard health == "ok" else { return refusal(.corrupt, "it is damaged: \(health ?? "")") }
        guard version > 0 else { return refusal(.notOurs, "it has no schema of ours") }
        try database.execute("BEGIN")
        try Migration.run(on: &database, from: version)
        try database.execute("COMMIT")
        guard try database.text(schema) == ownSchema() else {
            return refusal(.notOurs, "it has other tables than ours")
        }
        let isWhole = try database.integer(
            """
            SELECT (SELECT count(*) FROM meta WHERE name IN ('claim_secret_0', 'claim_secret_1', 'requests')
                AND typeof(value) = 'integer') = 3
            AND NOT EXISTS (SELECT 1 FROM sandboxes WHERE id NOT BETWEEN 1 AND \(SandboxID.maximum))
            """)
        var claims = Claims(secret: (0, 0), limit: .max, in: database)
        try claims.load()
        return isWhole == 1 ? nil : refusal(.corrupt, "what every store has is missing in it")
    }

    /// Sees to it that no number is that of two requests, one here and one where the file is from: an event's id would
    /// be that of two events, and who holds a value would seem to have come with a request of this server's journal.
    private static func addToRequests(_ used: Int64, in database: inout Database) throws(SQLiteError) {
        var tables: [String] = []
        var list = Statement(
            """
            SELECT tables.name FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
            WHERE tables.type = 'table' AND columns.name = 'request'
            """, in: database)
        try list.each { row in tables.append(row.text(0)) }
        for table in tables { try database.execute("UPDATE \(table) SET request = request + \(used)") }
        try ClaimLog.addToRequests(used, in: &database)
        try database.execute("UPDATE meta SET value = value + \(used) WHERE name = 'requests'")
    }

    /// Every table and index with the words that made it.
    private static let schema = """
        SELECT group_concat(type || ' ' || name || ' ' || ifnull(sql, ''), ';')
        FROM (SELECT type, name, sql FROM sqlite_schema ORDER BY type, name)
        """

    private static func ownSchema() throws(SQLiteError) -> String? {
        var database = try Database(path: ":memory:", busyTimeout: 0)
        try Migration.run(on: &database, from: 0)
        return try database.text(schema)
    }

    private static func refusal(_ kind: StoreError.Kind, _ reason: String) -> StoreError {
        StoreError(kind: kind, file: "the file", advice: "\(reason); nothing was changed")
    }
}
