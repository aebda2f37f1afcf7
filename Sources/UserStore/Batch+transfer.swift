internal import SQLite

extension Batch {
    /// Returns the whole store, snapshots and all, as the bytes of a database file that a store can be opened at; nil
    /// when they are more than `limit`.
    ///
    /// Outside of requests. It takes memory for three copies.
    /// - Throws: `StoreError`.
    package mutating func exported(limit: Int) throws(StoreError) -> [UInt8]? {
        precondition(!transaction.isOpen, "what is not committed yet is not to be handed over")
        return try read { batch throws(SQLiteError) in
            let pages = Int64(try batch.pages())
            let free = try batch.transaction.database.integer("PRAGMA freelist_count") ?? 0
            let limit = Int64(limit)
            guard (pages - free) * batch.pageSize <= limit, pages * batch.pageSize <= 4 * limit else { return nil }
            var copy = try Database(path: ":memory:", busyTimeout: 0)
            try copy.deserialize(try batch.transaction.database.serialized())
            // Leaves out the pages that nothing is in any more, and with them what was deleted.
            try copy.execute("VACUUM")
            return try copy.serialized()
        }
    }

    /// Puts a store's file, as ``exported(limit:)`` gives it, in the place of everything: all or nothing.
    ///
    /// Outside of requests, committed at once. A file of an older version is brought up to date. Its requests are
    /// counted on from this store's, and later ones from them.
    /// - Returns: why the file is not taken, of kind `.notADatabase`, `.notOurs`, `.newerVersion` or `.corrupt`; or nil.
    /// - Throws: `StoreError` when the store fails; everything is as it was then.
    package mutating func replaceAll(with file: [UInt8]) throws(StoreError) -> StoreError? {
        let bytes: [UInt8]
        switch StoreFile.upToDate(file, requestsAfter: numbers.used) {
        case .success(let checked): bytes = checked
        case .failure(let refusal): return refusal
        }
        try read { batch throws(SQLiteError) in try batch.transaction.database.execute("ATTACH ':memory:' AS incoming")
        }
        defer { _ = try? transaction.database.execute("DETACH incoming") }
        try read { batch throws(SQLiteError) in try batch.transaction.database.deserialize(bytes, as: "incoming") }
        claims.secret = try alone { batch throws(SQLiteError) in try batch.takeOver() }
        return nil
    }

    /// Copies every table of the attached store, and returns the secret under which its claims stand.
    private mutating func takeOver() throws(SQLiteError) -> (UInt64, UInt64) {
        var tables: [String] = []
        var list = Statement(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'meta'", in: transaction.database)
        try list.each { row in tables.append(row.text(0)) }
        for table in tables {
            try transaction.database.execute(
                "DELETE FROM main.\(table); INSERT INTO main.\(table) SELECT * FROM incoming.\(table)")
        }
        try transaction.database.execute(
            """
            UPDATE main.meta SET value = (SELECT value FROM incoming.meta AS theirs WHERE theirs.name = meta.name)
            WHERE name IN ('claim_secret_0', 'claim_secret_1')
            """)
        claims.forget()
        let requests = try transaction.database.integer("SELECT value FROM incoming.meta WHERE name = 'requests'")
        try skipRequests(to: requests ?? 0)
        return try Meta.secret(of: &transaction.database)
    }
}
