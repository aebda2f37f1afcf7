internal import SQLite

/// The idempotency records' rows; the claims table leads from a key to its row.
struct RecordTable: ~Copyable, Sendable {
    private var insert: Statement
    private var select: Statement
    private var delete: Statement
    private var last: Statement
    private var page: Statement
    private var old: Statement
    private var ordinals = Ordinals()

    init(in database: borrowing Database) {
        let columns = "created_at, request, user, status, key, target, fingerprint, fields, body"
        insert = Statement(
            "INSERT INTO idempotency_records(\(columns), id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            in: database)
        select = Statement("SELECT \(columns) FROM idempotency_records WHERE id = ?1", in: database)
        delete = Statement("DELETE FROM idempotency_records WHERE id = ?1", in: database)
        last = Statement(
            "SELECT id FROM idempotency_records WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1", in: database)
        page = Statement(
            """
            SELECT \(columns), id FROM idempotency_records WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3
            """, in: database)
        old = Statement(
            "SELECT id, created_at, key FROM idempotency_records WHERE id > ?1 ORDER BY id LIMIT ?2", in: database)
    }

    /// Takes the row number for the next record.
    mutating func nextID(of vendor: VendorNumber, in sandbox: SandboxID) throws(SQLiteError) -> Int64 {
        let range = UserID.range(of: vendor, in: sandbox)
        let space = range.lowerBound >> 40
        var next = ordinals.known(in: space)
        if next == nil {
            last.bind(range.lowerBound, at: 1)
            last.bind(range.upperBound, at: 2)
            next = try last.first { row in row.integer(0) - range.lowerBound + 1 } ?? 1
        }
        ordinals.set(next: next! + 1, in: space)
        return range.lowerBound + next!
    }

    mutating func add(_ record: IdempotencyRecord, as id: Int64) throws(SQLiteError) {
        insert.bind(record.createdAt, at: 1)
        insert.bind(record.request, at: 2)
        insert.bind(record.user?.rawValue, at: 3)
        insert.bind(Int64(record.status), at: 4)
        insert.bind(text: record.key, at: 5)
        insert.bind(text: record.target, at: 6)
        insert.bind(blob: record.fingerprint, at: 7)
        insert.bind(blob: record.fields, at: 8)
        insert.bind(id, at: 10)
        try insert.run(with: record.body.span, as: .blob, at: 9)
    }

    mutating func get(_ id: Int64) throws(SQLiteError) -> IdempotencyRecord? {
        select.bind(id, at: 1)
        return try select.first(IdempotencyRecord.init(row:))
    }

    mutating func page(
        of vendor: VendorNumber, in sandbox: SandboxID, after: Int64, limit: Int
    ) throws(SQLiteError) -> [(ordinal: Int64, record: IdempotencyRecord)] {
        let range = UserID.range(of: vendor, in: sandbox)
        page.bind(range.lowerBound + after, at: 1)
        page.bind(range.upperBound, at: 2)
        page.bind(Int64(limit), at: 3)
        var records: [(ordinal: Int64, record: IdempotencyRecord)] = []
        try page.each { row in
            records.append((row.integer(9) - range.lowerBound, IdempotencyRecord(row: row)))
        }
        return records
    }

    mutating func remove(_ id: Int64) throws(SQLiteError) {
        delete.bind(id, at: 1)
        try delete.run()
    }

    /// At most `limit` rows after the given one, whatever their age.
    mutating func ages(
        after id: Int64, limit: Int
    ) throws(SQLiteError) -> [(id: UserID, createdAt: Int64, key: String)] {
        old.bind(id, at: 1)
        old.bind(Int64(limit), at: 2)
        var rows: [(id: UserID, createdAt: Int64, key: String)] = []
        try old.each { row in
            rows.append((UserID(rawValue: row.integer(0)), row.integer(1), row.text(2)))
        }
        return rows
    }

    mutating func forget() {
        ordinals.forget()
    }
}

extension IdempotencyRecord {
    /// Reads the columns created_at, request, user, status, key, target, fingerprint, fields, body.
    init(row: borrowing Row) {
        self.init(
            key: row.text(4), fingerprint: row.bytes(6), target: row.text(5), status: Int(row.integer(3)),
            fields: row.bytes(7), body: row.bytes(8), user: row.integerIfAny(2).map(UserID.init(rawValue:)),
            createdAt: row.integer(0), request: row.integer(1))
    }
}
