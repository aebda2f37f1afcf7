internal import SQLite

/// Something that the vendor would have told its subscribers.
package struct StoredEvent: Hashable, Sendable {
    /// The event's number in its sandbox, from 1, growing until the sandbox is reset.
    package let number: Int64
    /// The vendor whose event it is.
    package let vendor: VendorNumber
    /// The vendor's name for it.
    package let name: String
    /// Whom it is about, if it is about a user.
    package let user: UserID?
    /// The vendor's own JSON in UTF-8.
    package let data: [UInt8]
    /// Unix milliseconds.
    package let createdAt: Int64
    /// The number of the request that caused it.
    package let request: Int64
}

/// The events' rows.
struct EventTable: ~Copyable, Sendable {
    private var insert: Statement
    private var last: Statement
    private var page: Statement
    private var cause: Statement
    private var delete: Statement
    private var ordinals = Ordinals()

    init(in database: borrowing Database) {
        let columns = "id, vendor, name, user, data, created_at, request"
        insert = Statement("INSERT INTO events(\(columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", in: database)
        last = Statement(
            "SELECT id FROM events WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1", in: database)
        delete = Statement("DELETE FROM events WHERE id = ?1", in: database)
        cause = Statement("SELECT request FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT 1", in: database)
        page = Statement(
            "SELECT \(columns) FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3", in: database)
    }

    mutating func add(
        _ name: String, vendor: VendorNumber, in sandbox: SandboxID, user: UserID?, data: [UInt8], now: Int64,
        request: Int64
    ) throws(SQLiteError) -> StoredEvent {
        let range = UserID.range(of: sandbox)
        let next = ordinals.known(in: Int64(sandbox.rawValue))
        let number = if let next { next } else { try lastNumber(in: range) + 1 }
        ordinals.set(next: number + 1, in: Int64(sandbox.rawValue))
        insert.bind(range.lowerBound + number, at: 1)
        insert.bind(Int64(vendor.rawValue), at: 2)
        insert.bind(text: name, at: 3)
        insert.bind(user?.rawValue, at: 4)
        insert.bind(now, at: 6)
        insert.bind(request, at: 7)
        try insert.run(with: data.span, as: .text, at: 5)
        return StoredEvent(
            number: number, vendor: vendor, name: name, user: user, data: data, createdAt: now, request: request)
    }

    private mutating func lastNumber(in range: ClosedRange<Int64>) throws(SQLiteError) -> Int64 {
        last.bind(range.lowerBound, at: 1)
        last.bind(range.upperBound, at: 2)
        return try last.first { row in row.integer(0) - range.lowerBound } ?? 0
    }

    /// The number of the last event that a request up to the given one caused, or of a gap after it; 0 for none.
    ///
    /// Requests write in the order of their numbers, so that halving finds it among a million with 20 looks.
    mutating func last(in sandbox: SandboxID, upToRequest request: Int64) throws(SQLiteError) -> Int64 {
        let range = UserID.range(of: sandbox)
        var low: Int64 = 0
        var high = try lastNumber(in: range)
        while low < high {
            let middle = low + (high - low) / 2
            cause.bind(range.lowerBound + middle, at: 1)
            cause.bind(range.upperBound, at: 2)
            let next = try cause.first { row in row.integer(0) } ?? .max
            if next > request { high = middle } else { low = middle + 1 }
        }
        return low
    }

    mutating func page(in sandbox: SandboxID, after number: Int64, limit: Int) throws(SQLiteError) -> [StoredEvent] {
        let range = UserID.range(of: sandbox)
        page.bind(range.lowerBound + number, at: 1)
        page.bind(range.upperBound, at: 2)
        page.bind(Int64(limit), at: 3)
        var events: [StoredEvent] = []
        try page.each { row in
            events.append(
                StoredEvent(
                    number: row.integer(0) - range.lowerBound,
                    vendor: VendorNumber(rawValue: UInt8(truncatingIfNeeded: row.integer(1)) & 7),
                    name: row.text(2), user: row.integerIfAny(3).map(UserID.init(rawValue:)), data: row.bytes(4),
                    createdAt: row.integer(5), request: row.integer(6)))
        }
        return events
    }

    /// Removes a row as if it had never been added, but for the gap that its number leaves.
    mutating func takeBack(_ id: Int64) throws(SQLiteError) {
        delete.bind(id, at: 1)
        try delete.run()
    }

    mutating func forget() {
        ordinals.forget()
    }
}
