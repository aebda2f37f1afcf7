internal import SQLite

/// The users at which the clock had been set back: from one to the next, users are sorted by when they were created.
///
/// A deleted user's step stays, because the users on both sides of it may need it.
struct ClockSteps: ~Copyable, Sendable {
    private var insert: Statement
    private var after: Statement
    private var delete: Statement

    init(in database: borrowing Database) {
        insert = Statement("INSERT OR IGNORE INTO clock_steps VALUES (?1)", in: database)
        after = Statement(ListSQL.clockStep, in: database)
        delete = Statement("DELETE FROM clock_steps WHERE id = ?1", in: database)
    }

    mutating func add(_ id: UserID) throws(SQLiteError) {
        insert.bind(id.rawValue, at: 1)
        try insert.run()
    }

    /// The first step after a user, among those of the same vendor and sandbox.
    mutating func next(after id: UserID) throws(SQLiteError) -> UserID? {
        after.bind(id.rawValue, at: 1)
        after.bind(id.rawValue | (UserID.ordinals - 1), at: 2)
        return try after.first { row in UserID(rawValue: row.integer(0)) }
    }

    mutating func remove(_ id: UserID) throws(SQLiteError) {
        delete.bind(id.rawValue, at: 1)
        try delete.run()
    }
}
