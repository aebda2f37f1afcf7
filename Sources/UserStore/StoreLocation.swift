/// Where a store keeps its data.
package enum StoreLocation: Hashable, Sendable {
    /// A database file, made when it is missing; its folder must be there.
    case file(String)
    /// Nowhere: gone when the store is closed.
    case memory

    /// What SQLite is told to open.
    var path: String {
        switch self {
        // SQLite would take these two names for no file at all.
        case .file(":memory:"): "./:memory:"
        case .file(""): "./"
        // Debian builds SQLite so that it would read a URI (https://sqlite.org/uri.html).
        case .file(let path) where path.hasPrefix("file:"): "./" + path
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
    /// Each page that a batch touches goes to the log whole, so small pages log less. When claims were still put on
    /// their pages one by one, the median batch of 40 at 500,000 users took 0.82 to 0.84 ms with 2,048 bytes, 0.84 to
    /// 0.95 with 1,024, 0.86 to 0.89 with 4,096 (all within the machine's noise), and 1.4 with 512.
    package var page = 2048
    /// Bytes of pages that the writer keeps in memory; 2, 8 and 32 MiB were no faster, as the rest is in the system's
    /// cache.
    package var cache = 4 << 20
    /// Bytes of log at which the background checkpoint starts; with a longer database it waits for a log as long, or
    /// three times this.
    ///
    /// Each checkpoint flushes the disk: 300,000 users went in at 24,000 and 36,000 a second with 8 MiB (two runs),
    /// 37,000 with 32 and 43,000 with 64. It copies a page once, however often the log has it, but in a long file a
    /// short log has most pages once: after 900,000 users the next 80,000 went in at 15,000 and 17,800 a second with
    /// 64 MiB, 22,500 and 23,300 with 192 (two runs each).
    package var softLog = 64 << 20
    /// Bytes of log at which the writer checkpoints by itself, and waits for it.
    package var hardLog = 384 << 20
    /// Claims that are held in memory before they are put on their pages: 32 bytes each, and half as much for room.
    ///
    /// The more, the more of them share a page; twice as many took 4 % less CPU time a create beside a million users,
    /// and 6 MiB more.
    package var recentClaims = 1 << 17
    /// Pages that the database may have; nil for SQLite's own limit.
    package var maximumPages: Int?
    /// Milliseconds to wait for another process that is writing.
    package var busyTimeout: Int32 = 5_000

    package init() {}
}
