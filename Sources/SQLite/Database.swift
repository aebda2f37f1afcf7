internal import CSQLite

/// One connection to one database file, closed when it goes.
///
/// The connection is opened without SQLite's own mutex (https://sqlite.org/threadsafe.html): it may move from thread to
/// thread, but only one may use it at a time. The type holds to that by having one owner (`~Copyable`) and by touching
/// the connection in `mutating` methods only, which is why it can be `Sendable`.
@safe
package struct Database: ~Copyable, Sendable {
    nonisolated(unsafe) let handle: OpaquePointer
    // Written by SQLite on this connection's own commits, so always by the thread that has the connection.
    nonisolated(unsafe) private let logFrames: UnsafeMutablePointer<CInt>

    /// Opens the file, making it when it is missing; `:memory:` opens a private database that has no file.
    ///
    /// A file that may only be read opens all the same: see `isReadOnly`. Whether it is a database shows at first use.
    /// For another connection's lock each statement waits `busyTimeout` milliseconds before it throws
    /// `ResultCode.busy`.
    /// - Throws: `SQLiteError` when there is no such folder, no permission, or the path is a folder.
    package init(path: String, busyTimeout: Int32) throws(SQLiteError) {
        _ = withoutMemoryAccount
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let fileSystem = unsafe JoiningFileSystem.registration == SQLITE_OK ? JoiningFileSystem.name : nil
        let code = unsafe sqlite3_open_v2(path, &opened, flags, fileSystem)
        guard let opened = unsafe opened, code == SQLITE_OK else {
            let error = unsafe SQLiteError(connection: opened, code: code, sql: "")
            unsafe sqlite3_close_v2(opened)
            throw error
        }
        unsafe handle = opened
        unsafe logFrames = .allocate(capacity: 1)
        unsafe logFrames.initialize(to: 0)
        unsafe sqlite3_busy_timeout(opened, busyTimeout)
        // A hook of ours replaces SQLite's, which would checkpoint inside every 1,000th page's commit.
        unsafe sqlite3_wal_hook(
            opened,
            { frames, _, _, count in
                unsafe frames?.assumingMemoryBound(to: CInt.self).pointee = count
                return SQLITE_OK
            }, logFrames)
    }

    deinit {
        // The second version waits for statements that are still to be finalised.
        unsafe sqlite3_close_v2(handle)
        unsafe logFrames.deallocate()
    }

    /// Runs one or more statements that take no parameters, and drops their rows.
    /// - Throws: `SQLiteError` of the first statement that fails; those before it stay done.
    package mutating func execute(_ sql: String) throws(SQLiteError) {
        let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw unsafe SQLiteError(connection: handle, code: code, sql: sql) }
    }

    /// Runs one statement and returns the first column of its first row, or nil when there is no row.
    /// - Throws: `SQLiteError`.
    package mutating func integer(_ sql: String) throws(SQLiteError) -> Int64? {
        var statement = Statement(sql, in: self)
        return try statement.first { row in row.integer(0) }
    }

    /// Runs one statement and returns the first column of its first row as text, or nil when there is no row.
    /// - Throws: `SQLiteError`.
    package mutating func text(_ sql: String) throws(SQLiteError) -> String? {
        var statement = Statement(sql, in: self)
        return try statement.first { row in row.text(0) }
    }

    /// Whether no transaction is open: also after SQLite ended one by itself
    /// (https://sqlite.org/c3ref/get_autocommit.html).
    package var isAutocommit: Bool {
        mutating get { unsafe sqlite3_get_autocommit(handle) != 0 }
    }

    /// Whether the file could only be opened for reading.
    package var isReadOnly: Bool {
        mutating get { unsafe sqlite3_db_readonly(handle, "main") == 1 }
    }

    /// Frames (pages) in the write-ahead log as of this connection's last commit; 0 before the first.
    package var framesInLog: Int {
        mutating get { unsafe Int(logFrames.pointee) }
    }
}

/// Switches off the account of memory, once: it costs a mutex at each allocation, 4 % of a create's
/// instructions in the store (46,600 instead of 48,800).
private let withoutMemoryAccount = understudy_sqlite3_config_memstatus_off()

extension SQLiteError {
    /// Takes the message of the connection's last call, which must be the one that gave the code.
    init(connection: OpaquePointer?, code: CInt, sql: String) {
        let extended = unsafe connection == nil ? code : sqlite3_extended_errcode(connection)
        // The connection may have been asked something else since (a reset): then only the code is certain.
        let isLast = (extended & 0xFF) == (code & 0xFF)
        let text = unsafe isLast && connection != nil ? sqlite3_errmsg(connection) : sqlite3_errstr(code)
        self.init(
            code: ResultCode(rawValue: isLast ? extended : code),
            message: unsafe text.map { unsafe String(cString: $0) } ?? "unknown error",
            sql: sql,
            systemError: unsafe connection == nil ? 0 : sqlite3_system_errno(connection))
    }
}
