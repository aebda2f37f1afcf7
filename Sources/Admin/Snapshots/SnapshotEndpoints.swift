import HTTPServer
import JSON
import UserStore
import VendorKit

/// Keeping the state of the store under a name, and bringing it back: of one sandbox, or of all.
///
/// A snapshot is the store's content alone. The journal, faults and clocks are the test's own doing and stay as they
/// are, and request numbers go on, so that no two requests, and no two events, ever have the same. Deliveries to webhooks
/// are forgotten, as with a reset: events that are gone would still be delivered.
struct SnapshotEndpoints {
    let vendors: [any Vendor]
    let store: UserStore
    let webhooks: Webhooks
    let clock: Clock

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/snapshots") { _ throws(AdminError) in
                let snapshots = try store.kept { batch throws(StoreError) in try batch.snapshots() }
                return Reply.list("snapshots", snapshots, Self.write)
            },
            Endpoint(.post, "/__admin/snapshots/{name}", query: ["sandbox", "replace"], answer: save),
            Endpoint(.get, "/__admin/snapshots/{name}") { call throws(AdminError) in
                try store.asking(call.parameters[0]) { _, snapshot in Self.answer(.ok, snapshot) }
            },
            Endpoint(.delete, "/__admin/snapshots/{name}") { call throws(AdminError) in
                try store.asking(call.parameters[0]) { batch, snapshot throws(StoreError) in
                    try batch.delete(snapshot)
                    return Reply.done
                }
            },
            Endpoint(.post, "/__admin/snapshots/{name}/restore", query: ["sandbox"], answer: restore),
            Endpoint(
                .get, "/__admin/snapshots/{name}/diff", query: ["to", "vendor", "sandbox", "limit", "offset"]
            ) { call throws(AdminError) in
                try SnapshotDiff(call, vendors: vendors, store: store).answer
            },
        ]
    }

    /// Keeps the state under a name that is free, or with `replace=true` under any.
    private func save(_ call: AdminCall) throws(AdminError) -> Response {
        let name = call.parameters[0]
        try SandboxKey.check(name, as: "a snapshot's name")
        let replaces = try call.query.flag("replace")
        let numbers = vendors.map(\.number)
        return try store.kept { batch throws(StoreError) -> Result<Response, AdminError> in
            let all = try batch.snapshots()
            let isTaken = all.contains { $0.name == name }
            guard !isTaken || replaces else {
                return .failure(
                    AdminError(.conflict, "there is a snapshot '\(name)'; delete it, or save with ?replace=true"))
            }
            guard isTaken || all.count < Snapshot.maximumCount else {
                return .failure(
                    AdminError(.conflict, "there are \(all.count) snapshots, which is the most; delete one"))
            }
            let snapshot = try batch.saveSnapshot(
                named: name, of: call.sandbox, counting: numbers, now: clock.now(in: call.sandbox))
            return .success(Self.answer(.created, snapshot))
        }.get()
    }

    /// Brings a snapshot back, or one sandbox of it.
    private func restore(_ call: AdminCall) throws(AdminError) -> Response {
        try store.asking(call.parameters[0]) { batch, snapshot throws(StoreError) -> Result<Response, AdminError> in
            if let name = call.sandbox {
                if let refusal = snapshot.refusal(of: name) { return .failure(refusal) }
                // A sandbox that nobody has written to is as it was.
                if let sandbox = try batch.sandbox(named: name) { try batch.restore(snapshot, only: sandbox) }
            } else {
                try batch.restore(snapshot)
            }
            webhooks.forget(sandbox: snapshot.sandbox ?? call.sandbox)
            return .success(Reply.done)
        }.get()
    }

    private static func answer(_ status: Status, _ snapshot: Snapshot) -> Response {
        Reply.json(status) { json in
            json.name("snapshot")
            write(snapshot, to: &json)
        }
    }

    private static func write(_ snapshot: Snapshot, to json: inout JSONWriter) {
        json.beginObject()
        json.member("name", snapshot.name)
        json.member("sandbox", snapshot.sandbox)
        json.member("users", snapshot.users)
        json.member("created_at", Timestamp.text(snapshot.createdAt))
        json.endObject()
    }
}

extension UserStore {
    /// Does something with the snapshot of a name, outside of the requests of vendors' clients.
    func asking<R>(
        _ name: String, _ work: (inout Batch, Snapshot) throws(StoreError) -> R
    ) throws(AdminError) -> R {
        let result = try kept { batch throws(StoreError) -> R? in
            guard let snapshot = try batch.snapshots().first(where: { $0.name == name }) else { return nil }
            return try work(&batch, snapshot)
        }
        guard let result else { throw AdminError.noSnapshot(name) }
        return result
    }
}

extension AdminError {
    /// There is no snapshot of that name.
    static func noSnapshot(_ name: String) -> AdminError {
        AdminError(.notFound, "there is no snapshot '\(name)'; GET /__admin/snapshots lists them")
    }
}

extension Snapshot {
    /// Why a sandbox cannot be taken from this snapshot, or nil when it can.
    func refusal(of name: String) -> AdminError? {
        guard let sandbox, sandbox != name else { return nil }
        return AdminError(.conflict, "the snapshot '\(self.name)' is of the sandbox '\(sandbox)', not of '\(name)'")
    }
}
