/// A table whose rows belong to sandboxes: what a reset empties, and a snapshot copies.
///
/// Every such table is ordered by sandbox, so that one sandbox is a range of it; and beside each stands
/// `snapshot_` and its name, with the same columns behind the snapshot's number.
struct SandboxRows: Sendable {
    let table: String
    let columns: String
    /// The condition that a sandbox's rows meet.
    private let range: @Sendable (SandboxID) -> String

    static let all = [
        SandboxRows("users", "id, fields, created_at, updated_at, request", ids),
        SandboxRows(
            "idempotency_records", "id, created_at, request, user, status, key, target, fingerprint, fields, body", ids),
        SandboxRows("events", "id, vendor, name, user, data, created_at, request", ids),
        SandboxRows("ordinals", "space, last") { sandbox in
            let rows = UserID.range(of: sandbox)
            return "space BETWEEN \(rows.lowerBound >> 40) AND \(rows.upperBound >> 40)"
        },
        SandboxRows("claims", "key, owner, request") { sandbox in
            let next = ClaimKey.literal(of: sandbox.rawValue + 1)
            return "key >= \(ClaimKey.literal(of: sandbox.rawValue)) AND key < \(next)"
        },
        SandboxRows("bucket_counts", "set_id, shift, bucket, members") { ids(of: $0, in: "set_id") },
        SandboxRows("memberships", "group_id, member") { ids(of: $0, in: "group_id") },
        SandboxRows("clock_steps", "id", ids),
    ]

    private init(_ table: String, _ columns: String, _ range: @escaping @Sendable (SandboxID) -> String) {
        self.table = table
        self.columns = columns
        self.range = range
    }

    @Sendable private static func ids(of sandbox: SandboxID) -> String { ids(of: sandbox, in: "id") }

    private static func ids(of sandbox: SandboxID, in column: String) -> String {
        let rows = UserID.range(of: sandbox)
        return "\(column) BETWEEN \(rows.lowerBound) AND \(rows.upperBound)"
    }

    /// A further condition on rows of `users`, or none for all sandboxes.
    static func users(in sandbox: SandboxID?, of table: String = "users") -> String {
        sandbox.map { " AND \(table)." + ids(of: $0) } ?? ""
    }

    /// Empties a sandbox, or all: without a condition SQLite drops whole tables' pages
    /// (https://sqlite.org/lang_delete.html, the truncate optimisation).
    func deletion(of sandbox: SandboxID?) -> String {
        "DELETE FROM \(table)" + (sandbox.map { " WHERE \(range($0))" } ?? "")
    }

    // OR FAIL, because a statement that is to undo itself alone keeps every page that it changes in memory
    // (https://sqlite.org/tempfiles.html, section 2.3), and here whoever fails drops the transaction.

    /// Copies a sandbox, or all, into a snapshot.
    func saving(_ sandbox: SandboxID?, as snapshot: Int64) -> String {
        "INSERT OR FAIL INTO snapshot_\(table)(snapshot, \(columns)) SELECT \(snapshot), \(columns) FROM \(table)"
            + (sandbox.map { " WHERE \(range($0))" } ?? "")
    }

    /// Copies a sandbox, or all, back out of a snapshot.
    func restoring(_ sandbox: SandboxID?, from snapshot: Int64) -> String {
        "INSERT OR FAIL INTO \(table)(\(columns)) SELECT \(columns) FROM snapshot_\(table) WHERE snapshot = \(snapshot)"
            + (sandbox.map { " AND \(range($0))" } ?? "")
    }

    /// Removes a snapshot's rows.
    func forgetting(_ snapshot: Int64) -> String {
        "DELETE FROM snapshot_\(table) WHERE snapshot = \(snapshot)"
    }
}
