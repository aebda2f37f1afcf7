internal import CSQLite

/// How far a checkpoint goes (https://sqlite.org/c3ref/wal_checkpoint_v2.html).
package enum CheckpointMode: Sendable {
    /// Copies what it can without waiting for anybody.
    case passive
    /// Waits for the writer and the readers, copies all, and cuts the log file to nothing.
    case truncate
}

/// What a checkpoint found and did, in frames of the write-ahead log.
package struct CheckpointResult: Sendable {
    /// Frames in the log; 0 where there is no log.
    package let frames: Int
    /// Those of them that are in the database file now.
    package let copied: Int
    /// Whether another connection kept it from finishing.
    package let wasBusy: Bool
}

extension Database {
    /// Copies the write-ahead log into the database file.
    /// - Throws: `SQLiteError` when reading or writing fails; a busy database is a result, not an error.
    package mutating func checkpoint(_ mode: CheckpointMode) throws(SQLiteError) -> CheckpointResult {
        let number =
            switch mode {
            case .passive: SQLITE_CHECKPOINT_PASSIVE
            case .truncate: SQLITE_CHECKPOINT_TRUNCATE
            }
        var frames: CInt = 0
        var copied: CInt = 0
        let code = unsafe sqlite3_wal_checkpoint_v2(handle, nil, number, &frames, &copied)
        switch ResultCode(rawValue: code) {
        case .ok, .busy:
            return CheckpointResult(
                frames: Int(max(frames, 0)), copied: Int(max(copied, 0)), wasBusy: code != SQLITE_OK)
        default:
            throw unsafe SQLiteError(connection: handle, code: code, sql: "PRAGMA wal_checkpoint")
        }
    }
}

extension Database {
    /// Has the system write to the disk what it holds of the database file, without its log.
    /// - Throws: `SQLiteError`, when the disk failed.
    package mutating func flush() throws(SQLiteError) {
        var file: UnsafeMutablePointer<sqlite3_file>?
        var code = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &file)
        if code == SQLITE_OK, let file = unsafe file, let methods = unsafe file.pointee.pMethods {
            code = unsafe methods.pointee.xSync(file, SQLITE_SYNC_NORMAL)
        }
        guard code == SQLITE_OK else { throw unsafe SQLiteError(connection: handle, code: code, sql: "fdatasync") }
    }
}
