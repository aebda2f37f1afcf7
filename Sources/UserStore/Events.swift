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
    private var delete: Statement
    private var ordinals = Ordinals()

    init(in database: borrowing Database) {
        let columns = "id, vendor, name, user, data, created_at, request"
        insert = Statement("INSERT INTO events(\(columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", in: database)
        last = Statement(
            "SELECT id FROM events WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1", in: database)
        delete = Statement("DELETE FROM events WHERE id = ?1", in: database)
        page = Statement(
            "SELECT \(columns) FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3", in: database)
    }

    mutating func add(
        _ name: String, vendor: VendorNumber, in sandbox: SandboxID, user: UserID?, data: [UInt8], now: Int64,
        request: Int64
    ) throws(SQLiteError) -> StoredEvent {
        let range = UserID.range(of: sandbox)
        var next = ordinals.known(in: Int64(sandbox.rawValue))
        if next == nil {
            last.bind(range.lowerBound, at: 1)
            last.bind(range.upperBound, at: 2)
            next = try last.first { row in row.integer(0) - range.lowerBound + 1 } ?? 1
        }
        let number = next ?? 1
        ordinals.set(next: number + 1, in: Int64(sandbox.rawValue))
        insert.bind(range.lowerBound + number, at: 1)
        insert.bind(Int64(vendor.rawValue), at: 2)
        insert.bind(text: name, at: 3)
        insert.bind(user?.rawValue, at: 4)
        insert.bind(now, at: 6)
        insert.bind(request, at: 7)
        try insert.with(data.span, as: .text, at: 5) { statement throws(SQLiteError) in _ = try statement.run() }
        return StoredEvent(
            number: number, vendor: vendor, name: name, user: user, data: data, createdAt: now, request: request)
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

extension Batch {
    /// Records an event in the request's transaction; `data` is the vendor's own JSON, `now` in Unix milliseconds.
    /// - Throws: `StoreError`.
    @discardableResult
    package mutating func recordEvent(
        _ name: String, vendor: VendorNumber, in sandbox: SandboxID, user: UserID?, data: [UInt8], now: Int64,
        request: Int64
    ) throws(StoreError) -> StoredEvent {
        try insert { batch throws(SQLiteError) in
            let event = try batch.events.add(
                name, vendor: vendor, in: sandbox, user: user, data: data, now: now, request: request)
            batch.did(insert: .event(UserID.range(of: sandbox).lowerBound + event.number))
            return event
        }
    }

    /// Returns at most `limit` events of a sandbox, of all its vendors, after the given number, oldest first.
    /// - Throws: `StoreError`.
    package mutating func events(
        in sandbox: SandboxID, after number: Int64 = 0, limit: Int
    ) throws(StoreError) -> [StoredEvent] {
        try read { batch throws(SQLiteError) in try batch.events.page(in: sandbox, after: number, limit: limit) }
    }
}
