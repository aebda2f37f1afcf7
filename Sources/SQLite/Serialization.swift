internal import CSQLite

/// A database as the bytes of its file (https://sqlite.org/c3ref/serialize.html).
extension Database {
    /// Returns what the file would be, with what is committed and still in the log.
    /// - Throws: `SQLiteError` when there is not the memory for it, or a page cannot be read.
    package mutating func serialized() throws(SQLiteError) -> [UInt8] {
        var count: sqlite3_int64 = 0
        guard let start = unsafe sqlite3_serialize(handle, "main", &count, 0) else {
            throw SQLiteError(code: .noMemory, message: "no memory for \(count) bytes")
        }
        defer { unsafe sqlite3_free(start) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    /// Replaces a database of this connection by one in memory that has these bytes; outside of a transaction.
    /// - Throws: `SQLiteError` when there is not the memory for it; that they are no database shows at first use.
    package mutating func deserialize(_ bytes: [UInt8], as schema: String = "main") throws(SQLiteError) {
        // Of no bytes SQLite makes an empty database; malloc64 of nothing would give no address.
        let capacity = max(bytes.count, 1)
        guard let copy = unsafe sqlite3_malloc64(UInt64(capacity)) else {
            throw SQLiteError(code: .noMemory, message: "no memory for \(capacity) bytes")
        }
        let file = unsafe copy.bindMemory(to: UInt8.self, capacity: capacity)
        unsafe bytes.withUnsafeBufferPointer { buffer in
            if let start = buffer.baseAddress { unsafe file.initialize(from: start, count: buffer.count) }
        }
        // In memory there is no write-ahead log, and a file that asks for one (2) could not be opened
        // (https://sqlite.org/fileformat2.html#file_format_version_numbers).
        if bytes.count > 19 {
            unsafe file[18] = 1
            unsafe file[19] = 1
        }
        let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
        let count = sqlite3_int64(bytes.count)
        // It frees the copy when it fails, too.
        let code = unsafe sqlite3_deserialize(handle, schema, file, count, count, flags)
        guard code == SQLITE_OK else { throw unsafe SQLiteError(connection: handle, code: code, sql: "") }
    }
}
