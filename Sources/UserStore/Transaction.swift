internal import SQLite

/// The connection's transaction: opened by the batch's first write, with a savepoint around each request.
struct Transaction: ~Copyable, Sendable {
    private(set) var isOpen = false
    private(set) var hasSavepoint = false
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
    mutating func open() throws(SQLiteError) -> Bool {
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
