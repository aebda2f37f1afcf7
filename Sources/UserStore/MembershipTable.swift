internal import SQLite

/// Who belongs to which group: what a group is, its vendor knows; to the store it is a row among the users'.
struct MembershipTable: ~Copyable, Sendable {
    private var insert: Statement
    private var delete: Statement
    private var page: Statement
    private var list: Statement
    private var counts: BucketCounts

    init(in database: borrowing Database) {
        insert = Statement("INSERT OR IGNORE INTO memberships VALUES (?1, ?2)", in: database)
        delete = Statement("DELETE FROM memberships WHERE group_id = ?1 AND member = ?2", in: database)
        page = Statement(ListSQL.members, in: database)
        list = Statement(ListSQL.allMembers, in: database)
        counts = BucketCounts(in: database)
    }

    mutating func add(_ user: UserID, to group: UserID) throws(SQLiteError) {
        insert.bind(group.rawValue, at: 1)
        insert.bind(user.rawValue, at: 2)
        if try insert.run() > 0 { try counts.add(1, at: user.ordinal, to: group.rawValue) }
    }

    mutating func remove(_ user: UserID, from group: UserID) throws(SQLiteError) {
        delete.bind(group.rawValue, at: 1)
        delete.bind(user.rawValue, at: 2)
        if try delete.run() > 0 { try counts.add(-1, at: user.ordinal, to: group.rawValue) }
    }

    mutating func count(in group: UserID) throws(SQLiteError) -> Int {
        Int(try counts.total(of: group.rawValue))
    }

    /// At most `limit` members of one vendor's, oldest first, without the first `offset`.
    mutating func page(
        of group: UserID, among vendor: VendorNumber, offset: Int, limit: Int
    ) throws(SQLiteError) -> [StoredUser] {
        guard let place = try counts.place(of: Int64(offset), in: group.rawValue) else { return [] }
        page.bind(group.rawValue, at: 1)
        page.bind(UserID(sandbox: group.sandbox, vendor: vendor, ordinal: place.ordinal).rawValue, at: 2)
        page.bind(Int64(limit), at: 3)
        page.bind(place.skipped, at: 4)
        var users: [StoredUser] = []
        try page.each { row in users.append(StoredUser(row: row)) }
        return users
    }

    /// Every member, oldest first.
    mutating func all(of group: UserID) throws(SQLiteError) -> [UserID] {
        list.bind(group.rawValue, at: 1)
        var members: [UserID] = []
        try list.each { row in members.append(UserID(rawValue: row.integer(0))) }
        return members
    }
}

extension Batch {
    /// Makes a user a member of a group of the same sandbox; one that is a member already stays so.
    ///
    /// All members of a group are users of one vendor.
    /// - Throws: `StoreError`.
    package mutating func join(_ user: UserID, to group: UserID) throws(StoreError) {
        precondition(user.sandbox == group.sandbox, "a group of another sandbox")
        try write { batch throws(SQLiteError) in try batch.memberships.add(user, to: group) }
    }

    /// Returns at most `limit` members of a group, oldest first, without the first `offset`.
    /// - Throws: `StoreError`.
    package mutating func members(
        of group: UserID, among vendor: VendorNumber, offset: Int, limit: Int
    ) throws(StoreError) -> [StoredUser] {
        try read { batch throws(SQLiteError) in
            try batch.memberships.page(of: group, among: vendor, offset: offset, limit: limit)
        }
    }

    /// Returns how many members a group has.
    /// - Throws: `StoreError`.
    package mutating func countMembers(of group: UserID) throws(StoreError) -> Int {
        try read { batch throws(SQLiteError) in try batch.memberships.count(in: group) }
    }

    /// Returns the members of a group, oldest first; it walks over all of them.
    /// - Throws: `StoreError`.
    package mutating func allMembers(of group: UserID) throws(StoreError) -> [UserID] {
        try read { batch throws(SQLiteError) in try batch.memberships.all(of: group) }
    }
}
