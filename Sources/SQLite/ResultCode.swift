internal import CSQLite

/// A result code of SQLite, primary or extended (https://sqlite.org/rescode.html).
///
/// In a `switch`, a primary code matches all of its extended ones: `case .ioError` takes SQLITE_IOERR_FSYNC too.
package struct ResultCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The code without its extension: the low eight bits.
    package var primary: ResultCode {
        ResultCode(rawValue: rawValue & 0xFF)
    }

    /// Tells whether a code is the pattern, or an extension of the pattern where that is a primary code.
    package static func ~= (pattern: ResultCode, code: ResultCode) -> Bool {
        pattern == code || pattern == code.primary
    }
}

extension ResultCode {
    /// The corresponding C constant is SQLITE_OK.
    package static let ok = ResultCode(rawValue: SQLITE_OK)
    /// The corresponding C constant is SQLITE_ERROR.
    package static let error = ResultCode(rawValue: SQLITE_ERROR)
    /// The corresponding C constant is SQLITE_PERM.
    package static let permission = ResultCode(rawValue: SQLITE_PERM)
    /// The corresponding C constant is SQLITE_BUSY.
    package static let busy = ResultCode(rawValue: SQLITE_BUSY)
    /// The corresponding C constant is SQLITE_LOCKED.
    package static let locked = ResultCode(rawValue: SQLITE_LOCKED)
    /// The corresponding C constant is SQLITE_NOMEM.
    package static let noMemory = ResultCode(rawValue: SQLITE_NOMEM)
    /// The corresponding C constant is SQLITE_READONLY.
    package static let readOnly = ResultCode(rawValue: SQLITE_READONLY)
    /// The corresponding C constant is SQLITE_IOERR.
    package static let ioError = ResultCode(rawValue: SQLITE_IOERR)
    /// The corresponding C constant is SQLITE_CORRUPT.
    package static let corrupt = ResultCode(rawValue: SQLITE_CORRUPT)
    /// The corresponding C constant is SQLITE_FULL.
    package static let full = ResultCode(rawValue: SQLITE_FULL)
    /// The corresponding C constant is SQLITE_CANTOPEN.
    package static let cannotOpen = ResultCode(rawValue: SQLITE_CANTOPEN)
    /// The corresponding C constant is SQLITE_CONSTRAINT.
    package static let constraint = ResultCode(rawValue: SQLITE_CONSTRAINT)
    /// The corresponding C constant is SQLITE_CONSTRAINT_PRIMARYKEY, an extension of `constraint`.
    package static let primaryKey = ResultCode(rawValue: SQLITE_CONSTRAINT | (6 << 8))
    /// The corresponding C constant is SQLITE_CONSTRAINT_UNIQUE, an extension of `constraint`.
    package static let unique = ResultCode(rawValue: SQLITE_CONSTRAINT | (8 << 8))
    /// The corresponding C constant is SQLITE_MISUSE.
    package static let misuse = ResultCode(rawValue: SQLITE_MISUSE)
    /// The corresponding C constant is SQLITE_NOTADB.
    package static let notADatabase = ResultCode(rawValue: SQLITE_NOTADB)
    /// The corresponding C constant is SQLITE_ROW.
    package static let row = ResultCode(rawValue: SQLITE_ROW)
    /// The corresponding C constant is SQLITE_DONE.
    package static let done = ResultCode(rawValue: SQLITE_DONE)
}
