internal import SQLite

/// The changes to the recent claims that a next start, or another process, has to know: one row a batch.
struct ClaimLog: ~Copyable, Sendable {
    /// The number of the row that this batch's changes get.
    private(set) var next: Int64 = 1
    /// Bytes of changes in the rows that are there.
    private(set) var bytes = 0
    private var first: Int64 = 1
    /// This batch's changes so far.
    private var pending: [UInt8] = []

    private var insert: Statement
    private var select: Statement
    private var delete: Statement

    /// At most so many rows are removed at once: where each holds one user, a whole sweep's are many.
    private static let removed: Int64 = 64

    init(in database: borrowing Database) {
        insert = Statement("INSERT INTO claim_log(id, changes) VALUES (?1, ?2)", in: database)
        select = Statement("SELECT id, changes FROM claim_log ORDER BY id", in: database)
        delete = Statement("DELETE FROM claim_log WHERE id <= ?1 RETURNING length(changes)", in: database)
    }

    /// Notes a change for this batch's row.
    mutating func append(_ change: ClaimChange) {
        change.encode(to: &pending)
    }

    /// How much is noted; to go back to.
    var mark: Int { pending.count }

    /// Forgets what was noted after the mark.
    mutating func undo(to mark: Int) {
        pending.removeLast(pending.count - mark)
    }

    /// Writes the batch's row, if there is anything in it.
    mutating func write() throws(SQLiteError) {
        guard !pending.isEmpty else { return }
        // Taken out, because a statement and the bytes that it is lent are parts of one value.
        var changes: [UInt8] = []
        swap(&changes, &pending)
        insert.bind(next, at: 1)
        try insert.run(with: changes.span, as: .blob, at: 2)
        bytes += changes.count
        next += 1
        changes.removeAll(keepingCapacity: true)
        swap(&changes, &pending)
    }

    /// Reads every row, oldest first; the next one gets a number behind theirs and behind `merged`.
    /// - Throws: `.corrupt` when nothing of ours wrote them.
    mutating func load(after merged: Int64, _ body: (Int64, ClaimChange) -> Void) throws(SQLiteError) {
        pending.removeAll(keepingCapacity: true)
        var oldest: Int64?
        var last = merged
        var count = 0
        var isDamaged = false
        try select.each { row in
            let id = row.integer(0)
            let changes = row.bytes(1)
            oldest = oldest ?? id
            last = max(last, id)
            count += changes.count
            guard let changes = ClaimChange.decode(changes) else { return isDamaged = true }
            for change in changes { body(id, change) }
        }
        // Numbers are counted on from the last.
        guard !isDamaged, last <= .max / 2, (oldest ?? 1) > 0 else {
            throw SQLiteError(code: .corrupt, message: "the claims' log is damaged")
        }
        next = last + 1
        first = oldest ?? next
        bytes = count
    }

    /// Removes rows up to that one, which nobody needs any more: some of them now, the rest at later calls.
    mutating func trim(through id: Int64) throws(SQLiteError) {
        guard id >= first else { return }
        let last = min(id, first + ClaimLog.removed - 1)
        var count: Int64 = 0
        delete.bind(last, at: 1)
        try delete.each { row in count += row.integer(0) }
        bytes -= Int(count)
        first = last + 1
    }
}

extension ClaimLog {
    /// Adds to the number of every request in a log that can be read.
    static func addToRequests(_ used: Int64, in database: inout Database) throws(SQLiteError) {
        var rows: [(id: Int64, changes: [ClaimChange])] = []
        var select = Statement("SELECT id, changes FROM claim_log", in: database)
        try select.each { row in rows.append((row.integer(0), ClaimChange.decode(row.bytes(1)) ?? [])) }
        var update = Statement("UPDATE claim_log SET changes = ?2 WHERE id = ?1", in: database)
        for row in rows {
            var bytes: [UInt8] = []
            for change in row.changes { change.addingToRequest(used).encode(to: &bytes) }
            update.bind(row.id, at: 1)
            try update.run(with: bytes.span, as: .blob, at: 2)
        }
    }
}

extension ClaimChange {
    fileprivate func addingToRequest(_ used: Int64) -> ClaimChange {
        guard case .take(let claim) = self else { return self }
        // A file from elsewhere may hold any number.
        return .take(RecentClaim(key: claim.key, owner: claim.owner, request: claim.request.map { $0 &+ used }))
    }
}
