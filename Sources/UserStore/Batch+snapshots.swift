internal import SQLite

extension Batch {
    /// Returns every snapshot, oldest first.
    /// - Throws: `StoreError`.
    package mutating func snapshots() throws(StoreError) -> [Snapshot] {
        try read { batch throws(SQLiteError) in
            var select = Statement(
                """
                SELECT snapshots.id, snapshots.name, snapshots.created_at, users, sandboxes.id, sandboxes.name
                FROM snapshots LEFT JOIN sandboxes ON sandboxes.id = sandbox ORDER BY snapshots.id
                """, in: batch.transaction.database)
            var snapshots: [Snapshot] = []
            try select.each { row in
                let sandbox = row.integerIfAny(4).map { SandboxID(rawValue: Int32(truncatingIfNeeded: $0)) }
                snapshots.append(
                    Snapshot(
                        name: row.text(1), sandbox: sandbox.map { _ in row.text(5) }, createdAt: row.integer(2),
                        users: Int(row.integer(3)), number: row.integer(0), sandboxID: sandbox))
            }
            return snapshots
        }
    }

    /// Keeps the state of a sandbox, or of all, in place of the snapshot that had the name before; `now` is in Unix
    /// milliseconds; outside of requests, committed at once.
    ///
    /// A sandbox that nobody has written to is made, and kept as empty. Whoever is created next gets the same id as
    /// whoever is created next after a restore. That there are not too many is the caller's to see to.
    /// - Parameter vendors: those whose rows count as users.
    /// - Throws: `StoreError`; the snapshot of that name is as it was then.
    package mutating func saveSnapshot(
        named name: String, of sandbox: String?, counting vendors: [VendorNumber], now: Int64
    ) throws(StoreError) -> Snapshot {
        // Ordinals that a refused request left as gaps are known in memory alone, and a restore would not know them:
        // `alone` forgets them.
        let saved = try alone { batch throws(SQLiteError) -> Snapshot? in
            var id: SandboxID?
            if let sandbox {
                id = try batch.sandboxes.open(named: sandbox, now: now)
                // Nothing is written yet.
                if id == nil { return nil }
            }
            try batch.removeSnapshot(named: name)
            let (number, users) = try batch.addSnapshot(named: name, of: id, counting: vendors, now: now)
            for rows in SandboxRows.all { try batch.transaction.database.execute(rows.saving(id, as: number)) }
            try batch.saveRecentClaims(of: id, as: number)
            return Snapshot(name: name, sandbox: sandbox, createdAt: now, users: users, number: number, sandboxID: id)
        }
        guard let saved else { throw tooManySandboxes }
        return saved
    }

    /// Brings what a snapshot holds back: all of it, or one of its sandboxes; outside of requests, committed at once.
    ///
    /// Of a snapshot of all sandboxes, those that were made after it are emptied. No sandbox loses its number.
    /// - Throws: `StoreError`; everything is as it was then.
    package mutating func restore(_ snapshot: Snapshot, only sandbox: SandboxID? = nil) throws(StoreError) {
        let sandbox = snapshot.sandboxID ?? sandbox
        try alone { batch throws(SQLiteError) in
            for rows in SandboxRows.all {
                try batch.transaction.database.execute(rows.deletion(of: sandbox))
                try batch.transaction.database.execute(rows.restoring(sandbox, from: snapshot.number))
            }
            try batch.claims.emptyRecent(of: sandbox)
            try batch.claims.noteTable(of: sandbox)
        }
    }

    /// Removes a snapshot; outside of requests, committed at once.
    /// - Throws: `StoreError`; it is there still then.
    package mutating func delete(_ snapshot: Snapshot) throws(StoreError) {
        try alone { batch throws(SQLiteError) in try batch.removeSnapshot(named: snapshot.name) }
    }

    /// Adds to a snapshot the claims that are not in the table that it was copied from.
    private mutating func saveRecentClaims(of sandbox: SandboxID?, as snapshot: Int64) throws(SQLiteError) {
        var insert = Statement(
            "INSERT INTO snapshot_claims(snapshot, key, owner, request) VALUES (?1, ?2, ?3, ?4)",
            in: transaction.database)
        insert.bind(snapshot, at: 1)
        for claim in try claims.recent(of: sandbox) {
            insert.bind(claim.owner, at: 3)
            insert.bind(claim.request, at: 4)
            try insert.run(with: claim.key.bytes.span, as: .blob, at: 2)
        }
    }

    /// Adds a snapshot that has no rows yet; returns its number, and how many users it is to hold.
    private mutating func addSnapshot(
        named name: String, of sandbox: SandboxID?, counting vendors: [VendorNumber], now: Int64
    ) throws(SQLiteError) -> (number: Int64, users: Int) {
        var insert = Statement(
            """
            INSERT INTO snapshots(name, sandbox, created_at, users)
            VALUES (?1, ?2, ?3, (SELECT count(*) FROM users WHERE \(isUser(vendors))\(SandboxRows.users(in: sandbox))))
            RETURNING id, users
            """, in: transaction.database)
        insert.bind(text: name, at: 1)
        insert.bind(sandbox.map { Int64($0.rawValue) }, at: 2)
        insert.bind(now, at: 3)
        return try insert.first { row in (row.integer(0), Int(row.integer(1))) } ?? (0, 0)
    }

    /// Removes the snapshot of that name, if there is one.
    private mutating func removeSnapshot(named name: String) throws(SQLiteError) {
        var remove = Statement("DELETE FROM snapshots WHERE name = ?1 RETURNING id", in: transaction.database)
        remove.bind(text: name, at: 1)
        guard let number = try remove.first({ row in row.integer(0) }) else { return }
        for rows in SandboxRows.all { try transaction.database.execute(rows.forgetting(number)) }
    }
}

/// The condition that a row of `users` belongs to one of these vendors.
func isUser(_ vendors: [VendorNumber], of table: String = "users") -> String {
    "(\(table).id >> 40 & 7) IN (\(vendors.map { String($0.rawValue) }.joined(separator: ", ")))"
}
