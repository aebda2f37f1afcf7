internal import SQLite

/// What became of a user between two states.
package enum UserChange: Int64, Sendable {
    case added = 0
    case changed = 1
    case removed = 2
}

/// A user who is not the same in two states.
package struct UserDifference: Sendable {
    /// What became of the user.
    package let change: UserChange
    /// The user in the first state; nil when it was added.
    package let before: StoredUser?
    /// The user in the second state; nil when it was removed.
    package let after: StoredUser?
}

/// The users to compare: in two states, of some vendors, in one sandbox or all.
package struct Comparison: Sendable {
    private let before: Snapshot
    private let after: Snapshot?
    private let vendors: [VendorNumber]
    private let sandbox: SandboxID?

    /// Compares a snapshot with a later one, or with now for nil.
    package init(of before: Snapshot, with after: Snapshot?, vendors: [VendorNumber], in sandbox: SandboxID?) {
        self.before = before
        self.after = after
        self.vendors = vendors
        self.sandbox = sandbox ?? before.sandboxID ?? after?.sandboxID
    }

    private static func table(_ state: Snapshot?) -> String { state == nil ? "users" : "snapshot_users" }
    private static func condition(_ state: Snapshot?, of table: String) -> String {
        state.map { "\(table).snapshot = \($0.number)" } ?? "TRUE"
    }

    /// The rows of one state.
    private func rows(_ state: Snapshot?, _ name: String) -> (tables: String, condition: String) {
        (
            "\(Self.table(state)) AS \(name)",
            Self.condition(state, of: name) + " AND " + isUser(vendors, of: name)
                + SandboxRows.users(in: sandbox, of: name)
        )
    }

    /// The columns change and id, for every user that is not the same.
    ///
    /// After a reset the same ordinals are given out again, so it is the same user only if the same request made it.
    var changes: String {
        let (a, b) = (rows(before, "a"), rows(after, "b"))
        func missing(_ state: Snapshot?, _ name: String, from other: String) -> String {
            """
            NOT EXISTS (SELECT 1 FROM \(Self.table(state)) AS \(name) WHERE \(Self.condition(state, of: name))
                AND \(name).id = \(other).id AND \(name).request = \(other).request)
            """
        }
        return """
            SELECT \(UserChange.added.rawValue) AS change, b.id AS id FROM \(b.tables)
            WHERE \(b.condition) AND \(missing(before, "a", from: "b"))
            UNION ALL
            SELECT \(UserChange.changed.rawValue), b.id FROM \(b.tables) CROSS JOIN \(a.tables) ON a.id = b.id
                AND a.request = b.request AND \(Self.condition(before, of: "a"))
            WHERE \(b.condition)
                AND (a.fields IS NOT b.fields OR a.updated_at <> b.updated_at OR a.created_at <> b.created_at)
            UNION ALL
            SELECT \(UserChange.removed.rawValue), a.id FROM \(a.tables)
            WHERE \(a.condition) AND \(missing(after, "b", from: "a"))
            """
    }

    /// The user of an id, bound to ?1, in the first state or the second.
    func user(inFirst isFirst: Bool) -> String {
        let state = isFirst ? before : after
        return """
            SELECT id, fields, created_at, updated_at, request FROM \(Self.table(state))
            WHERE \(Self.condition(state, of: Self.table(state))) AND id = ?1
            """
    }
}

/// Who differs between two states.
package struct Differences: Sendable {
    /// How many were added.
    package fileprivate(set) var added = 0
    /// How many were changed.
    package fileprivate(set) var changed = 0
    /// How many were removed.
    package fileprivate(set) var removed = 0
    /// Some of them, by sandbox, vendor and age.
    package fileprivate(set) var users: [UserDifference] = []

    package init() {}

    fileprivate mutating func count(_ change: UserChange) {
        switch change {
        case .added: added += 1
        case .changed: changed += 1
        case .removed: removed += 1
        }
    }
}

extension Batch {
    /// Returns how many users are not the same, and at most `limit` of them, without the first `offset` and none after
    /// so many bytes of fields; it walks over all users.
    /// - Throws: `StoreError`.
    package mutating func differences(
        _ comparison: Comparison, offset: Int, limit: Int, bytes: Int
    ) throws(StoreError) -> Differences {
        try read { batch throws(SQLiteError) in
            var differences = Differences()
            var found: [(change: UserChange, id: Int64)] = []
            var seen = 0
            var select = Statement("\(comparison.changes) ORDER BY id, change", in: batch.transaction.database)
            try select.each { row in
                guard let change = UserChange(rawValue: row.integer(0)) else { return }
                differences.count(change)
                if seen >= offset, found.count < limit { found.append((change, row.integer(1))) }
                seen += 1
            }
            var first = Statement(comparison.user(inFirst: true), in: batch.transaction.database)
            var second = Statement(comparison.user(inFirst: false), in: batch.transaction.database)
            var read = 0
            for (change, id) in found where read < bytes {
                first.bind(id, at: 1)
                second.bind(id, at: 1)
                let before = change == .added ? nil : try first.first(StoredUser.init(row:))
                let after = change == .removed ? nil : try second.first(StoredUser.init(row:))
                read += (before?.fields.count ?? 0) + (after?.fields.count ?? 0)
                differences.users.append(UserDifference(change: change, before: before, after: after))
            }
            return differences
        }
    }
}
