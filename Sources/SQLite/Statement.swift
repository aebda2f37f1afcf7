internal import CSQLite

/// A prepared statement, finalised when it goes (https://sqlite.org/c3ref/stmt.html).
///
/// Parameters are numbered from 1. What a `bind` refuses is thrown by the run that follows, and what the preparation
/// refuses by every run: so making one does not throw, and a noncopyable type can hold several (Swift 6.3 has no
/// partial initialisation of these). Every run ends in a reset, so a statement never keeps a transaction open.
@safe
package struct Statement: ~Copyable, Sendable {
    // One owner and mutating methods only: the reason given at `Database`.
    nonisolated(unsafe) private let handle: OpaquePointer?
    private let unprepared: SQLiteError?
    private var refused: CInt = SQLITE_OK

    /// Prepares one statement, to be kept and run many times.
    package init(_ sql: String, in database: borrowing Database) {
        var prepared: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let code = unsafe sqlite3_prepare_v3(database.handle, sql, -1, flags, &prepared, nil)
        unsafe handle = prepared
        unprepared =
            code == SQLITE_OK ? nil : unsafe SQLiteError(connection: database.handle, code: code, sql: sql)
    }

    deinit {
        unsafe sqlite3_finalize(handle)
    }

    /// Binds a number.
    package mutating func bind(_ value: Int64, at index: Int32) {
        note(unsafe sqlite3_bind_int64(handle, index, value))
    }

    /// Binds a number, or NULL for nil.
    package mutating func bind(_ value: Int64?, at index: Int32) {
        if let value { bind(value, at: index) } else { note(unsafe sqlite3_bind_null(handle, index)) }
    }

    /// Binds a copy of the text with its length in bytes, so that a NUL inside it survives.
    package mutating func bind(text: String, at index: Int32) {
        bind(text.utf8.span, as: .text, lifetime: .copied, at: index)
    }

    /// Binds a copy of the bytes as text, which they must be in UTF-8.
    package mutating func bind(text: [UInt8], at index: Int32) {
        bind(text.span, as: .text, lifetime: .copied, at: index)
    }

    /// Binds a copy of the bytes as a blob.
    package mutating func bind(blob: [UInt8], at index: Int32) {
        bind(blob.span, as: .blob, lifetime: .copied, at: index)
    }

    /// Binds bytes without copying them, runs `body`, and unbinds them again.
    /// - Throws: what `body` throws.
    package mutating func with<R>(
        _ bytes: Span<UInt8>, as type: BytesType, at index: Int32,
        _ body: (inout Statement) throws(SQLiteError) -> R
    ) throws(SQLiteError) -> R {
        bind(bytes, as: type, lifetime: .borrowed, at: index)
        defer { unsafe sqlite3_bind_null(handle, index) }
        return try body(&self)
    }

    /// Runs the statement to its end and returns how many rows it changed.
    /// - Throws: `SQLiteError`.
    @discardableResult
    package mutating func run() throws(SQLiteError) -> Int {
        defer { unsafe sqlite3_reset(handle) }
        while try step() {}
        return unsafe Int(sqlite3_changes64(sqlite3_db_handle(handle)))
    }

    /// Runs the statement as ``run()`` does, with bytes that are not copied.
    /// - Throws: `SQLiteError`.
    @discardableResult
    package mutating func run(
        with bytes: Span<UInt8>, as type: BytesType, at index: Int32
    ) throws(SQLiteError) -> Int {
        try with(bytes, as: type, at: index) { statement throws(SQLiteError) in try statement.run() }
    }

    /// Runs the statement up to its first row and returns what `read` makes of it, or nil when there is no row.
    /// - Throws: `SQLiteError`.
    package mutating func first<R>(_ read: (borrowing Row) -> R) throws(SQLiteError) -> R? {
        defer { unsafe sqlite3_reset(handle) }
        guard try step(), let handle = unsafe handle else { return nil }
        return read(unsafe Row(statement: handle))
    }

    /// Runs the statement to its end and hands over each of its rows.
    /// - Throws: `SQLiteError`.
    package mutating func each(_ read: (borrowing Row) -> Void) throws(SQLiteError) {
        defer { unsafe sqlite3_reset(handle) }
        while try step(), let handle = unsafe handle { read(unsafe Row(statement: handle)) }
    }

    /// Goes to the next row; false at the end.
    private mutating func step() throws(SQLiteError) -> Bool {
        if let unprepared { throw unprepared }
        var code = refused
        refused = SQLITE_OK
        if code == SQLITE_OK { code = unsafe sqlite3_step(handle) }
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let sql = unsafe sqlite3_sql(handle).map { unsafe String(cString: $0) } ?? ""
            throw unsafe SQLiteError(connection: sqlite3_db_handle(handle), code: code, sql: sql)
        }
    }

    private mutating func note(_ code: CInt) {
        if code != SQLITE_OK { refused = code }
    }
}

/// What a parameter's bytes are to SQLite.
package enum BytesType: Sendable {
    case text
    case blob
}

extension Statement {
    /// How long the bytes of a parameter live.
    private enum Lifetime {
        case borrowed
        case copied
    }

    private mutating func bind(_ bytes: Span<UInt8>, as type: BytesType, lifetime: Lifetime, at index: Int32) {
        // SQLITE_TRANSIENT is a cast that Swift does not import; nil is SQLITE_STATIC.
        let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code = unsafe bytes.withUnsafeBufferPointer { buffer -> CInt in
            let destructor = unsafe lifetime == .copied ? transient : nil
            // An empty span has no address, and SQLite takes no address for NULL.
            guard let start = buffer.baseAddress else {
                return switch type {
                case .text: unsafe sqlite3_bind_text(handle, index, "", 0, transient)
                case .blob: unsafe sqlite3_bind_zeroblob(handle, index, 0)
                }
            }
            let count = UInt64(buffer.count)
            switch type {
            case .text:
                return unsafe start.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
                    unsafe sqlite3_bind_text64(handle, index, $0, count, destructor, UInt8(SQLITE_UTF8))
                }
            case .blob:
                return unsafe sqlite3_bind_blob64(handle, index, start, count, destructor)
            }
        }
        note(code)
    }
}
