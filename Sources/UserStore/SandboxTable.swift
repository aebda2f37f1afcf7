internal import SQLite

/// The sandboxes by name, remembered in memory once seen.
struct SandboxTable: ~Copyable, Sendable {
    private var find: Statement
    private var insert: Statement
    private var list: Statement
    private var show: Statement
    private var known: [String: SandboxID] = [:]
    private static let capacity = 4_096

    init(in database: borrowing Database) {
        find = Statement("SELECT id FROM sandboxes WHERE name = ?1", in: database)
        list = Statement("SELECT name, id FROM sandboxes ORDER BY name", in: database)
        show = Statement("SELECT name FROM sandboxes WHERE id = ?1", in: database)
        insert = Statement(
            """
            INSERT INTO sandboxes(name, created_at)
            SELECT ?1, ?2 WHERE (SELECT coalesce(max(id), 0) FROM sandboxes) < \(SandboxID.maximum)
            RETURNING id
            """, in: database)
    }

    mutating func id(named name: String) throws(SQLiteError) -> SandboxID? {
        if let id = known[name] { return id }
        find.bind(text: name, at: 1)
        guard let id = try find.first({ row in row.integer(0) }) else { return nil }
        return remember(Int32(truncatingIfNeeded: id), as: name)
    }

    /// The sandbox of that name, added where it is missing; nil when its number would not fit into a user's id.
    mutating func open(named name: String, now: Int64) throws(SQLiteError) -> SandboxID? {
        if let id = try id(named: name) { return id }
        insert.bind(text: name, at: 1)
        insert.bind(now, at: 2)
        guard let id = try insert.first({ row in row.integer(0) }) else { return nil }
        return remember(Int32(truncatingIfNeeded: id), as: name)
    }

    /// The name of a sandbox; nil when there is none with that number.
    mutating func name(of id: SandboxID) throws(SQLiteError) -> String? {
        show.bind(Int64(id.rawValue), at: 1)
        return try show.first { row in row.text(0) }
    }

    /// All sandboxes, by name.
    mutating func all() throws(SQLiteError) -> [(name: String, id: SandboxID)] {
        var all: [(name: String, id: SandboxID)] = []
        try list.each { row in
            all.append((row.text(0), SandboxID(rawValue: Int32(truncatingIfNeeded: row.integer(1)))))
        }
        return all
    }

    mutating func forget() {
        known.removeAll(keepingCapacity: true)
    }

    private mutating func remember(_ id: Int32, as name: String) -> SandboxID {
        if known.count >= SandboxTable.capacity { forget() }
        known[name] = SandboxID(rawValue: id)
        return SandboxID(rawValue: id)
    }
}
