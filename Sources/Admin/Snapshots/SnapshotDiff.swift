import HTTPServer
import JSON
import UserStore
import VendorKit

/// What became of users between a snapshot and another one, `to`, or now: added, changed and removed.
///
/// Counts are of all; at most `limit` users are shown, without the first `offset`, by sandbox, vendor and age. `next`
/// is the offset to go on from, or null.
struct SnapshotDiff {
    private let from: Snapshot
    private let to: Snapshot?
    private var differences = Differences()
    private var sandboxes: [SandboxID: String] = [:]
    private let offset: Int
    private let vendors: [any Vendor]

    /// Bytes of users that are read for one answer; at least one is shown.
    private static let maximumBytes = 4 << 20
    /// Changed members that are shown of one user, whose metadata may have thousands.
    private static let maximumFields = 100

    init(_ call: AdminCall, vendors: [any Vendor], store: UserStore) throws(AdminError) {
        let limit = min(try call.query.number("limit") ?? 100, StoreEndpoints.maximumLimit)
        let offset = try call.query.number("offset") ?? 0
        let numbers = try vendors.chosen(by: call).map(\.number)
        let other = call.query["to"]
        let read = try store.asking(call.parameters[0]) {
            batch, from throws(StoreError) -> Result<SnapshotDiff, AdminError> in
            let to = try batch.snapshots().first { $0.name == other }
            if let other, to == nil { return .failure(.noSnapshot(other)) }
            for name in [call.sandbox, to?.sandbox].compactMap(\.self) {
                if let refusal = from.refusal(of: name) ?? to?.refusal(of: name) { return .failure(refusal) }
            }
            let sandbox = try call.sandbox.map { name throws(StoreError) in try batch.sandbox(named: name) }
            var diff = SnapshotDiff(from, to, offset, vendors)
            // Nobody has written to the sandbox that was asked for.
            if case .some(nil) = sandbox { return .success(diff) }
            let comparison = Comparison(of: from, with: to, vendors: numbers, in: sandbox ?? nil)
            try diff.read(comparison, limit: limit, from: &batch)
            return .success(diff)
        }
        self = try read.get()
    }

    private init(_ from: Snapshot, _ to: Snapshot?, _ offset: Int, _ vendors: [any Vendor]) {
        self.from = from
        self.to = to
        self.offset = offset
        self.vendors = vendors
    }

    private mutating func read(_ comparison: Comparison, limit: Int, from batch: inout Batch) throws(StoreError) {
        differences = try batch.differences(comparison, offset: offset, limit: limit, bytes: Self.maximumBytes)
        sandboxes = Dictionary(
            try batch.allSandboxes().map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    }

    /// The differences as JSON.
    var answer: Response {
        let end = offset + differences.users.count
        let total = differences.added + differences.changed + differences.removed
        return Reply.json { json in
            json.member("from", from.name)
            json.member("to", to?.name)
            json.name("count")
            json.beginObject()
            json.member("added", differences.added)
            json.member("changed", differences.changed)
            json.member("removed", differences.removed)
            json.endObject()
            json.list("added", shown(.added)) { found($0.after)?.write(to: &$1) }
            json.list("changed", shown(.changed)) { write($0, to: &$1) }
            json.list("removed", shown(.removed)) { found($0.before)?.write(to: &$1) }
            json.name("next")
            if end < total, !differences.users.isEmpty { json.integer(end) } else { json.null() }
        }
    }

    private func shown(_ change: UserChange) -> [UserDifference] {
        differences.users.filter { $0.change == change }
    }

    private func found(_ user: StoredUser?) -> Found? {
        guard let user, let vendor = vendors.first(where: { $0.number == user.id.vendor }) else { return nil }
        return Found(user: user, vendor: vendor, sandbox: sandboxes[user.id.sandbox] ?? "")
    }

    /// Writes who was changed, and which of the vendor's members: none when the same was written anew.
    private func write(_ difference: UserDifference, to json: inout JSONWriter) {
        guard let before = found(difference.before), let after = found(difference.after) else { return }
        let places = Difference.all(before.value, after.value, limit: Self.maximumFields + 1)
        json.beginObject()
        after.writeOutline(to: &json)
        json.list("fields", Array(places.prefix(Self.maximumFields))) { place, json in
            json.beginObject()
            json.member("name", place.place)
            if let before = place.first { json.member("before", before) }
            if let after = place.second { json.member("after", after) }
            json.endObject()
        }
        json.member("more_fields", places.count > Self.maximumFields)
        json.endObject()
    }
}

extension Found {
    /// The user as the vendor shows it.
    fileprivate var value: JSONValue {
        person.flatMap { try? JSONValue(parsing: $0.json) } ?? .null
    }
}
