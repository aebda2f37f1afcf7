internal import CSQLite

/// The row that a running statement stands on; columns are numbered from 0 (https://sqlite.org/c3ref/column_blob.html).
@safe
package struct Row: ~Copyable {
    private let statement: OpaquePointer

    init(statement: OpaquePointer) {
        unsafe self.statement = statement
    }

    /// Tells whether the column is NULL.
    package func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    /// Returns the column as a number; 0 where it is NULL.
    package func integer(_ column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(statement, column)
    }

    /// Returns the column as a number, or nil where it is NULL.
    package func integerIfAny(_ column: Int32) -> Int64? {
        isNull(column) ? nil : integer(column)
    }

    /// Returns the bytes of a text or blob column, NULs and all; empty where it is NULL.
    package func bytes(_ column: Int32) -> [UInt8] {
        // Ask for the address first: asking for the length first may convert the value.
        guard let start = unsafe sqlite3_column_blob(statement, column) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Returns a text column, NULs and all; empty where it is NULL.
    package func text(_ column: Int32) -> String {
        guard let start = unsafe sqlite3_column_blob(statement, column) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        return unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
