/// Where a store keeps its data.
package enum StoreLocation: Hashable, Sendable {
    /// A database file, made when it is missing; its folder must be there.
    case file(String)
    /// Nowhere: gone when the store is closed.
    case memory

    /// What SQLite is told to open.
    var path: String {
        switch self {
        // SQLite would take these two names, and only these, for no file at all.
        case .file(":memory:"): "./:memory:"
        case .file(""): "./"
        case .file(let path): path
        case .memory: ":memory:"
        }
    }
}

/// What a committed batch survives (https://sqlite.org/pragma.html#pragma_synchronous).
package enum Durability: String, Sendable, CaseIterable {
    /// The process being killed.
    case normal
    /// The power cut, for one fsync a batch.
    case full
}

/// The sizes that a store works with; the defaults are the measured ones.
package struct StoreSizes: Sendable {
    /// Bytes in a page of a new database file.
    ///
    /// Small pages win because claims land on random pages, and each page that a batch touches goes to the log whole.
    package var page = 1024
    /// Bytes of pages that the writer keeps in memory.
    package var cache = 16 << 20
    /// Bytes of log at which the background checkpoint starts.
    package var softLog = 8 << 20
    /// Bytes of log at which the writer checkpoints by itself, and waits for it.
    package var hardLog = 64 << 20
    /// Pages that the database may have; nil for SQLite's own limit.
    package var maximumPages: Int?
    /// Milliseconds to wait for another process that is writing.
    package var busyTimeout: Int32 = 5_000

    package init() {}
}
