/// What SQLite refused, with its own words and the statement it was said about.
package struct SQLiteError: Error, Sendable, CustomStringConvertible {
    /// The extended result code.
    package let code: ResultCode
    /// SQLite's own message, in English (https://sqlite.org/c3ref/errcode.html).
    package let message: String
    /// The statement, with its parameters as `?`; empty where there was none.
    package let sql: String
    /// The operating system's errno behind it, or 0.
    package let systemError: Int32

    package init(code: ResultCode, message: String, sql: String = "", systemError: Int32 = 0) {
        self.code = code
        self.message = message
        self.sql = sql
        self.systemError = systemError
    }

    /// The message, the code's number and the statement.
    package var description: String {
        "\(message) (SQLite code \(code.rawValue))" + (sql.isEmpty ? "" : " in: \(sql)")
    }
}
