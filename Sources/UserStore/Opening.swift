internal import SQLite

/// Opens a store's database: makes sure that it is ours, sets it up, and brings its schema up to date.
struct Opening: Sendable {
    let location: StoreLocation
    let durability: Durability
    let sizes: StoreSizes

    /// The file's name for messages.
    var file: String {
        switch location {
        case .file(let path): path
        case .memory: ":memory:"
        }
    }

    func run(numbers: RequestNumbers) throws(StoreError) -> Batch {
        if case .file = location { try StorePath(location.path).check(as: file) }
        let hadLog = StorePath(location.path + "-wal").bytes != nil
        var database = try connect()
        // Ask before anything is changed: the file may be somebody else's.
        try checkOwner(of: &database)
        try translated { () throws(SQLiteError) in try configure(&database) }
        if !hadLog { try checkLength(of: &database) }
        let pageSize = try translated { () throws(SQLiteError) in try database.integer("PRAGMA page_size") ?? 0 }
        let secret = try translated { () throws(SQLiteError) in
            try database.execute("BEGIN IMMEDIATE")
            // Inside the transaction, because another process may have run the steps in between.
            try Migration.run(on: &database, from: Int(try database.integer("PRAGMA user_version") ?? 0))
            return try Meta.prepare(&database)
        }
        var meta = Meta(secret: secret, in: database)
        let reserved = try translated { () throws(SQLiteError) in
            let reserved = try meta.reserveRequests(after: 0, count: RequestNumbers.block)
            try database.execute("COMMIT")
            return reserved
        }
        numbers.skip(to: reserved - RequestNumbers.block)
        return Batch(
            database: database, meta: meta, numbers: numbers, reserved: reserved, file: file, pageSize: pageSize,
            recentClaims: sizes.recentClaims)
    }

    /// Opens a further connection to the same file.
    func connect() throws(StoreError) -> Database {
        var database = try translated { () throws(SQLiteError) in
            try Database(path: location.path, busyTimeout: sizes.busyTimeout)
        }
        if database.isReadOnly {
            throw StoreError(SQLiteError(code: .readOnly, message: "read-only"), file: file)
        }
        return database
    }

    /// Refuses a database of another program or of a newer version of this one (https://sqlite.org/fileformat2.html).
    private func checkOwner(of database: inout Database) throws(StoreError) {
        let (owner, version, tables) = try translated { () throws(SQLiteError) in
            (
                try database.integer("PRAGMA application_id") ?? 0,
                try database.integer("PRAGMA user_version") ?? 0,
                try database.integer("SELECT count(*) FROM sqlite_schema") ?? 0
            )
        }
        guard owner == Migration.applicationID || (owner == 0 && version == 0 && tables == 0) else {
            throw StoreError(
                kind: .notOurs, file: file,
                advice: "this database belongs to another program; name another file with --db")
        }
        guard version <= Migration.all.count else {
            throw StoreError(
                kind: .newerVersion, file: file,
                advice: "a newer version made this file (schema \(version), known here up to \(Migration.all.count)); "
                    + "use that version, or name another file with --db")
        }
    }

    private func configure(_ database: inout Database) throws(SQLiteError) {
        // Takes effect only while the file is empty (https://sqlite.org/pragma.html#pragma_page_size).
        try database.execute("PRAGMA page_size = \(sizes.page)")
        if case .file = location {
            let mode = try database.text("PRAGMA journal_mode = WAL")
            guard mode == "wal" else {
                throw SQLiteError(code: .cannotOpen, message: "no write-ahead log on this file system")
            }
        }
        // Debian's SQLite writes zeros over what is removed (https://sqlite.org/pragma.html#pragma_secure_delete), so that
        // a reset writes as much as it removes.
        try database.execute(
            """
            PRAGMA secure_delete = OFF;
            PRAGMA synchronous = \(durability == .full ? "FULL" : "NORMAL");
            PRAGMA foreign_keys = ON;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -\(sizes.cache >> 10)
            """)
        if let pages = sizes.maximumPages { try database.execute("PRAGMA max_page_count = \(pages)") }
    }

    /// Refuses a file that was cut short, before a missing page is met in the middle of a request.
    ///
    /// Only where no log was left behind: a checkpoint that was cut off may leave a shorter file, which the log makes
    /// whole.
    private func checkLength(of database: inout Database) throws(StoreError) {
        guard case .file = location, let bytes = StorePath(location.path).bytes else { return }
        let needed = try translated { () throws(SQLiteError) in
            (try database.integer("PRAGMA page_count") ?? 0) * (try database.integer("PRAGMA page_size") ?? 0)
        }
        // Another process that opens the same new file may have begun a log by now.
        let log = StorePath(location.path + "-wal").bytes ?? 0
        guard bytes == 0 || bytes >= needed || log > 0 else {
            throw StoreError(
                SQLiteError(code: .corrupt, message: "\(bytes) bytes of \(needed) are there"), file: file)
        }
    }

    private func translated<R: ~Copyable>(_ body: () throws(SQLiteError) -> R) throws(StoreError) -> R {
        do throws(SQLiteError) {
            return try body()
        } catch {
            throw StoreError(error, file: file)
        }
    }
}
