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
    private var last: Statement
    private var keepLast: Statement
    private var ordinals = Ordinals()

    init(in database: borrowing Database) {
        let columns = "id, fields, created_at, updated_at, request"
        insert = Statement("INSERT INTO users(\(columns)) VALUES (?1, ?2, ?3, ?3, ?4)", in: database)
        select = Statement("SELECT \(columns) FROM users WHERE id = ?1", in: database)
        page = Statement(
            "SELECT \(columns) FROM users WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3", in: database)
        pageFrom = Statement(
            "SELECT \(columns) FROM users WHERE id BETWEEN ?1 AND ?2 ORDER BY id LIMIT ?3 OFFSET ?4", in: database)
        count = Statement("SELECT count(*) FROM users WHERE id BETWEEN ?1 AND ?2", in: database)
        update = Statement(
            "UPDATE users SET fields = ?2, updated_at = ?3 WHERE id = ?1 RETURNING \(columns)", in: database)
        delete = Statement("DELETE FROM users WHERE id = ?1", in: database)
        last = Statement(
            """
            SELECT max(ifnull((SELECT id FROM users WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1), ?1) - ?1,
                ifnull((SELECT last FROM ordinals WHERE space = ?3), 0))
            """, in: database)
        keepLast = Statement(
            "INSERT INTO ordinals VALUES (?1, ?2) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
            in: database)
    }

    /// The id that the next user gets, as long as nobody else writes.
    mutating func nextID(of vendor: VendorNumber, in sandbox: SandboxID) throws(SQLiteError) -> UserID {
        let range = UserID.range(of: vendor, in: sandbox)
        let space = range.lowerBound >> 40
        if let next = ordinals.known(in: space) { return UserID(rawValue: range.lowerBound + next) }
        last.bind(range.lowerBound, at: 1)
        last.bind(range.upperBound, at: 2)
        last.bind(space, at: 3)
        let next = (try last.first { row in row.integer(0) } ?? 0) + 1
        ordinals.set(next: next, in: space)
        return UserID(rawValue: range.lowerBound + next)
    }

    mutating func add(
        _ id: UserID, fields: [UInt8], now: Int64, request: Int64
    ) throws(SQLiteError) -> StoredUser {
        insert.bind(id.rawValue, at: 1)
        insert.bind(now, at: 3)
        insert.bind(request, at: 4)
        try insert.with(fields.span, as: .text, at: 2) { statement throws(SQLiteError) in _ = try statement.run() }
        let space = id.rawValue >> 40
        if let next = ordinals.known(in: space), next <= id.ordinal {
            ordinals.set(next: id.ordinal + 1, in: space)
        }
        return StoredUser(id: id, fields: fields, createdAt: now, updatedAt: now, request: request)
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
        pageFrom.bind(range.lowerBound, at: 1)
        pageFrom.bind(range.upperBound, at: 2)
        pageFrom.bind(Int64(limit), at: 3)
        pageFrom.bind(Int64(offset), at: 4)
        var users: [StoredUser] = []
        try pageFrom.each { row in users.append(StoredUser(row: row)) }
        return users
    }

    mutating func count(of vendor: VendorNumber, in sandbox: SandboxID) throws(SQLiteError) -> Int {
        let range = UserID.range(of: vendor, in: sandbox)
        count.bind(range.lowerBound, at: 1)
        count.bind(range.upperBound, at: 2)
        return Int(try count.first { row in row.integer(0) } ?? 0)
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
        return true
    }

    /// Removes a row as if it had never been added, but for the gap that its ordinal leaves.
    mutating func takeBack(_ id: Int64) throws(SQLiteError) {
        delete.bind(id, at: 1)
        try delete.run()
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
