internal import SQLite

/// The connection's transaction: opened by the batch's first write, with a savepoint around each request.
///
/// Where there may be a savepoint, changed pages stay in memory up to the commit. When some went into the log before, and
/// one of them twice since the savepoint, SQLite before 3.50.2 loses what is committed after a `ROLLBACK TO`: it leaves
/// frames without checksums in the log, at which the next start after a kill stops reading it
/// (https://sqlite.org/releaselog/3_50_2.html, item 3). It costs memory in large requests alone; what
/// changes any number of users is in a transaction without one (`Batch.alone`).
struct Transaction: ~Copyable, Sendable {
    private(set) var isOpen = false
    private(set) var hasSavepoint = false
    // Whether changed pages may go into the log before the commit, as they may by default
    // (https://sqlite.org/pragma.html#pragma_cache_spill).
    private var spills = true
    var database: Database

    private var begin: Statement
    private var commit: Statement
    private var rollback: Statement
    private var savepoint: Statement
    private var release: Statement
    private var undo: Statement
    private var dataVersion: Statement
    private var seenVersion: Int64 = -1

    init(database: consuming Database) {
        begin = Statement("BEGIN IMMEDIATE", in: database)
        commit = Statement("COMMIT", in: database)
        rollback = Statement("ROLLBACK", in: database)
        savepoint = Statement("SAVEPOINT request", in: database)
        release = Statement("RELEASE request", in: database)
        undo = Statement("ROLLBACK TO request", in: database)
        dataVersion = Statement("PRAGMA data_version", in: database)
        self.database = database
    }

    /// Opens the transaction, and tells whether another connection has committed since the last one.
    ///
    /// One that spills writes what the cache has no room for into the log, and can have no savepoint.
    mutating func open(spilling: Bool) throws(SQLiteError) -> Bool {
        if spills != spilling {
            // Takes effect only outside of a transaction.
            try database.execute("PRAGMA cache_spill = \(spilling ? "ON" : "OFF")")
            spills = spilling
        }
        try begin.run()
        isOpen = true
        // Inside the transaction, so that nobody can commit in between.
        return try othersHaveCommitted()
    }

    /// Tells whether another connection has committed since this was last asked
    /// (https://sqlite.org/pragma.html#pragma_data_version).
    mutating func othersHaveCommitted() throws(SQLiteError) -> Bool {
        let version = try dataVersion.first { row in row.integer(0) } ?? 0
        defer { seenVersion = version }
        return version != seenVersion
    }

    mutating func mark() throws(SQLiteError) {
        precondition(!spills, "a savepoint in a transaction that spills")
        try savepoint.run()
        hasSavepoint = true
    }

    mutating func keepMarked() throws(SQLiteError) {
        hasSavepoint = false
        try release.run()
    }

    mutating func undoMarked() throws(SQLiteError) {
        hasSavepoint = false
        try undo.run()
        try release.run()
    }

    mutating func keep() throws(SQLiteError) {
        try commit.run()
        isOpen = false
        hasSavepoint = false
    }

    /// Drops everything since `open`; what SQLite has dropped by itself already is fine too.
    mutating func drop() {
        if !database.isAutocommit { _ = try? rollback.run() }
        isOpen = false
        hasSavepoint = false
    }

    /// Whether SQLite has ended the transaction by itself (https://sqlite.org/lang_transaction.html, section 3.1).
    var isLost: Bool {
        mutating get { isOpen && database.isAutocommit }
    }
}
