internal import SQLite

/// The users' rows, without their claims.
struct UserTable: ~Copyable, Sendable {
    private var insert: Statement
    private var select: Statement
    private var page: Statement
    private var pageFrom: Statement
    private var count: Statement
    private var update: Statement
    private var delete: Statement
    private var newest: Statement
    private var last: Statement
    private var keepLast: Statement
    private var ordinals = Ordinals()
    private var missing: BucketCounts
    private var steps: ClockSteps

    init(in database: borrowing Database) {
        let columns = "id, fields, created_at, updated_at, request"
        insert = Statement("INSERT INTO users(\(columns)) VALUES (?1, ?2, ?3, ?3, ?4)", in: database)
        select = Statement("SELECT \(columns) FROM users WHERE id = ?1", in: database)
        page = Statement(ListSQL.page, in: database)
        pageFrom = Statement(ListSQL.pageFrom, in: database)
        count = Statement(ListSQL.count, in: database)
        update = Statement(
            "UPDATE users SET fields = ?2, updated_at = ?3 WHERE id = ?1 RETURNING \(columns)", in: database)
        delete = Statement("DELETE FROM users WHERE id = ?1", in: database)
        newest = Statement(
            "SELECT id, created_at FROM users WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1", in: database)
        last = Statement("SELECT last FROM ordinals WHERE space = ?1", in: database)
        keepLast = Statement(
            "INSERT INTO ordinals VALUES (?1, ?2) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            in: database)
        missing = BucketCounts(in: database)
        steps = ClockSteps(in: database)
    }

    /// The id that the next user gets, as long as nobody else writes.
    mutating func nextID(of vendor: VendorNumber, in sandbox: SandboxID) throws(SQLiteError) -> UserID {
        let first = UserID.range(of: vendor, in: sandbox).lowerBound
        return UserID(rawValue: first + (try next(in: first >> 40)).ordinal)
    }

    private mutating func next(in space: Int64) throws(SQLiteError) -> Ordinals.Next {
        if let next = ordinals[space] { return next }
        newest.bind(space << 40, at: 1)
        newest.bind(space << 40 | (UserID.ordinals - 1), at: 2)
        let user = try newest.first { row in (id: row.integer(0), time: row.integer(1)) }
        last.bind(space, at: 1)
        let deleted = try last.first { row in row.integer(0) } ?? 0
        let ordinal = max(user.map { $0.id & (UserID.ordinals - 1) } ?? 0, deleted) + 1
        ordinals.set(next: ordinal, in: space, at: user?.time ?? .min)
        return Ordinals.Next(ordinal: ordinal, time: user?.time ?? .min)
    }

    mutating func add(
        _ id: UserID, fields: [UInt8], now: Int64, request: Int64
    ) throws(SQLiteError) -> StoredUser {
        let space = id.rawValue >> 40
        let before = try next(in: space)
        insert.bind(id.rawValue, at: 1)
        insert.bind(now, at: 3)
        insert.bind(request, at: 4)
        try insert.run(with: fields.span, as: .text, at: 2)
        if now < before.time { try steps.add(id) }
        ordinals.set(next: max(before.ordinal, id.ordinal + 1), in: space, at: now)
        return StoredUser(id: id, fields: fields, createdAt: now, updatedAt: now, request: request)
    }

    /// Adds a user at an ordinal that nobody has, and that need not be the next.
    ///
    /// Those that it passes over are missing from then on, and one that was missing is no longer. It may come to stand
    /// between users who were created at other times, which are clock steps then.
    mutating func place(
        _ id: UserID, fields: [UInt8], now: Int64, request: Int64
    ) throws(SQLiteError) -> StoredUser {
        let space = id.rawValue >> 40
        let next = try next(in: space).ordinal
        if id.ordinal < next {
            try missing.add(-1, at: id.ordinal, to: space << 40)
        } else {
            try missing.add(next..<id.ordinal, to: space << 40)
        }
        newest.bind(space << 40, at: 1)
        newest.bind(id.rawValue - 1, at: 2)
        let before = try newest.first { row in row.integer(1) }
        page.bind(id.rawValue, at: 1)
        page.bind(space << 40 | (UserID.ordinals - 1), at: 2)
        page.bind(1, at: 3)
        let after = try page.first(StoredUser.init(row:))
        let stored = try add(id, fields: fields, now: now, request: request)
        if let before, now < before { try steps.add(id) }
        if let after, after.createdAt < now { try steps.add(after.id) }
        // The time of the newest is another's, if this one is not the newest.
        ordinals.forget(space)
        return stored
    }

    mutating func get(_ id: UserID) throws(SQLiteError) -> StoredUser? {
        select.bind(id.rawValue, at: 1)
        return try select.first(StoredUser.init(row:))
    }

    mutating func page(
        of vendor: VendorNumber, in sandbox: SandboxID, after: UserID?, limit: Int
    ) throws(SQLiteError) -> [StoredUser] {
        let range = UserID.range(of: vendor, in: sandbox)
        page.bind(max(after?.rawValue ?? 0, range.lowerBound), at: 1)
        page.bind(range.upperBound, at: 2)
        page.bind(Int64(limit), at: 3)
        var users: [StoredUser] = []
        try page.each { row in users.append(StoredUser(row: row)) }
        return users
    }

    mutating func page(
        of vendor: VendorNumber, in sandbox: SandboxID, offset: Int, limit: Int
    ) throws(SQLiteError) -> [StoredUser] {
        let range = UserID.range(of: vendor, in: sandbox)
        let place = try missing.place(of: Int64(offset), outside: range.lowerBound)
        pageFrom.bind(range.lowerBound + place.ordinal, at: 1)
        pageFrom.bind(range.upperBound, at: 2)
        pageFrom.bind(Int64(limit), at: 3)
        pageFrom.bind(place.skipped, at: 4)
        var users: [StoredUser] = []
        try pageFrom.each { row in users.append(StoredUser(row: row)) }
        return users
    }

    mutating func count(of vendor: VendorNumber, in sandbox: SandboxID) throws(SQLiteError) -> Int {
        let range = UserID.range(of: vendor, in: sandbox)
        count.bind(range.lowerBound, at: 1)
        count.bind(range.upperBound, at: 2)
        count.bind(range.lowerBound >> 40, at: 3)
        return Int(try count.first { row in row.integer(0) } ?? 0)
    }

    mutating func clockStep(after id: UserID) throws(SQLiteError) -> UserID? {
        try steps.next(after: id)
    }

    mutating func change(_ id: UserID, fields: [UInt8], now: Int64) throws(SQLiteError) -> StoredUser? {
        update.bind(id.rawValue, at: 1)
        update.bind(text: fields, at: 2)
        update.bind(now, at: 3)
        return try update.first(StoredUser.init(row:))
    }

    /// Removes the row and sees to it that its ordinal stays used.
    mutating func remove(_ id: UserID) throws(SQLiteError) -> Bool {
        delete.bind(id.rawValue, at: 1)
        guard try delete.run() > 0 else { return false }
        keepLast.bind(id.rawValue >> 40, at: 1)
        keepLast.bind(id.ordinal, at: 2)
        try keepLast.run()
        try missing.add(1, at: id.ordinal, to: id.rawValue - id.ordinal)
        return true
    }

    /// Removes a row as if it had never been added, and has its ordinal given out again: it was the last, and nobody
    /// has been told of it.
    mutating func takeBack(_ id: Int64) throws(SQLiteError) {
        delete.bind(id, at: 1)
        try delete.run()
        try steps.remove(UserID(rawValue: id))
        ordinals.forget(id >> 40)
    }

    mutating func forget() {
        ordinals.forget()
    }
}

extension StoredUser {
    /// Reads the columns id, fields, created_at, updated_at, request.
    init(row: borrowing Row) {
        self.init(
            id: UserID(rawValue: row.integer(0)), fields: row.bytes(1), createdAt: row.integer(2),
            updatedAt: row.integer(3), request: row.integer(4))
    }
}
