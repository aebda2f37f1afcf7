import HTTPServer
import JSON
import UserStore
import VendorKit

/// What can be asked and told of sandboxes: their names, and that they be emptied.
struct StoreEndpoints {
    let vendors: [any Vendor]
    let store: UserStore
    let journal: Journal
    let faults: FaultRules
    let webhooks: Webhooks
    let clock: Clock

    /// The most entries that one answer lists.
    static let maximumLimit = 1000

    var all: [Endpoint] {
        UserEndpoints(vendors: vendors, store: store).all + [
            Endpoint(.post, "/__admin/reset", query: ["sandbox", "journal"], answer: reset),
            Endpoint(.get, "/__admin/sandboxes") { _ throws(AdminError) in
                let names = try store.kept { batch throws(StoreError) in try batch.allSandboxes().map(\.name) }
                return Reply.list("sandboxes", names) { $1.string($0) }
            },
        ]
    }

    /// Empties one sandbox, or all, with its faults, its clock and its deliveries; webhooks stay, and so does the
    /// journal unless it is asked for with `journal=true`.
    private func reset(_ call: AdminCall) throws(AdminError) -> Response {
        let clearsJournal = try call.query.flag("journal")
        try store.kept { batch throws(StoreError) in
            if let name = call.sandbox {
                if let sandbox = try batch.sandbox(named: name) { try batch.reset(sandbox) }
            } else {
                try batch.resetAll()
            }
            // In one step with it, so that no later event is forgotten too.
            webhooks.forget(sandbox: call.sandbox)
        }
        _ = faults.disarm { rule in call.sandbox.map { $0 == rule.sandbox } ?? true }
        clock.reset(call.sandbox)
        if clearsJournal { journal.clear(sandbox: call.sandbox) }
        return Reply.done
    }
}
