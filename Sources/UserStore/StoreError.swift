internal import Glibc
internal import SQLite

/// Why a store could not be opened or used: the file, and a sentence that says what to do about it.
package struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of failure that a caller may want to tell apart.
    package enum Kind: Hashable, Sendable {
        /// The folder is missing, the path is a folder, or a permission is.
        case cannotOpen
        /// The file may be read but not written.
        case readOnly
        /// The file is something else than a database.
        case notADatabase
        /// The file is a database of another program.
        case notOurs
        /// The file was made by a newer version of this program.
        case newerVersion
        /// There is no room to write.
        case diskFull
        /// Another process kept the file locked for longer than the busy timeout.
        case busy
        /// The file's content is damaged or cut short.
        case corrupt
        /// Reading or writing failed.
        case inputOutput
        /// The store has as many sandboxes as it can number.
        case tooManySandboxes
        /// Anything else: a fault of this program.
        case unexpected
    }

    /// What went wrong, for a caller to tell apart.
    package let kind: Kind
    /// The database file as it was given, or `:memory:`.
    package let file: String
    /// What went wrong and what to do, for a person to read.
    package let advice: String

    package init(kind: Kind, file: String, advice: String) {
        self.kind = kind
        self.file = file
        self.advice = advice
    }

    /// One line: the file and the advice.
    package var description: String {
        "\(file): \(advice)"
    }
}

extension StoreError {
    /// Translates what SQLite said while the store was in use.
    init(_ error: SQLiteError, file: String) {
        let (kind, advice): (Kind, String) =
            switch error.code {
            case .notADatabase:
                (.notADatabase, "this is not a database; name another file with --db, or move this one away")
            case .full: Self.noRoom
            // What is shared beside the log, and the journal of the first start, are not told apart by SQLite.
            case .ioError where [ENOSPC, EDQUOT, EFBIG].contains(error.systemError): Self.noRoom
            case .busy, .locked:
                (.busy, "another process keeps this file locked; end it, or give each server a file of its own")
            case .corrupt:
                (.corrupt, "the file is damaged (\(error.message)); restore a copy, or move it away to start anew")
            case .readOnly:
                (.readOnly, "the file cannot be written; check its permissions and those of its folder")
            case .cannotOpen, .permission:
                (.cannotOpen, "the file cannot be opened (\(error.message)); check its folder and the permissions")
            case .ioError:
                (.inputOutput, "reading or writing failed (\(error), errno \(error.systemError)); check the disk")
            default:
                (.unexpected, "\(error); this is a fault of the program: please report it")
            }
        self.init(kind: kind, file: file, advice: advice)
    }

    /// A disk that is full, a quota that is used up, or a file that may not grow any further.
    private static let noRoom = (
        Kind.diskFull,
        "no room left to write, and what was being written is not kept; free some space, or raise `ulimit -f`"
    )
}
