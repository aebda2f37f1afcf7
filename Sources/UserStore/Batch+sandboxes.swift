internal import SQLite

extension Batch {
    /// Returns every sandbox that was ever written to, by name.
    /// - Throws: `StoreError`.
    package mutating func allSandboxes() throws(StoreError) -> [(name: String, id: SandboxID)] {
        try read { batch throws(SQLiteError) in try batch.sandboxes.all() }
    }

    /// Returns the sandbox of that name, or nil when nobody has written to it yet.
    /// - Throws: `StoreError`.
    package mutating func sandbox(named name: String) throws(StoreError) -> SandboxID? {
        try read { batch throws(SQLiteError) in try batch.sandboxes.id(named: name) }
    }

    /// Returns the sandbox of that name, making it when it is missing; `now` is in Unix milliseconds.
    /// - Throws: `StoreError`; `.tooManySandboxes` past 1,048,575 of them.
    package mutating func openSandbox(named name: String, now: Int64) throws(StoreError) -> SandboxID {
        let id = try insert { batch throws(SQLiteError) -> SandboxID? in
            if let id = try batch.sandboxes.id(named: name) { return id }
            try batch.mark()
            batch.mustForget = true
            return try batch.sandboxes.open(named: name, now: now)
        }
        guard let id else { throw tooManySandboxes }
        return id
    }

    /// There is no number for a further sandbox.
    var tooManySandboxes: StoreError {
        StoreError(
            kind: .tooManySandboxes, file: file,
            advice: "the store has as many sandboxes as it can number; name another file with --db")
    }

    /// Empties one sandbox: its users, claims, idempotency keys and events; outside of requests, committed at once.
    ///
    /// Ordinals begin at 1 again, so that the same test gets the same ids; the sandbox keeps its own number.
    /// - Throws: `StoreError`; everything is as it was then.
    package mutating func reset(_ sandbox: SandboxID) throws(StoreError) {
        try empty(sandbox)
    }

    /// Empties every sandbox, as `reset` does one.
    /// - Throws: `StoreError`; everything is as it was then.
    package mutating func resetAll() throws(StoreError) {
        try empty(nil)
    }

    private mutating func empty(_ sandbox: SandboxID?) throws(StoreError) {
        try alone { batch throws(SQLiteError) in
            for rows in SandboxRows.all { try batch.transaction.database.execute(rows.deletion(of: sandbox)) }
            try batch.claims.emptyRecent(of: sandbox)
        }
    }
}
