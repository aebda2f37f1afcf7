import HTTPServer
import JSON
import UserStore
import VendorKit

/// Listing idempotency keys with what was answered first under them, and freeing them.
struct IdempotencyEndpoints {
    let vendors: [any Vendor]
    let store: UserStore
    let keys: KeyUses

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/idempotency", query: ["sandbox"], answer: list),
            Endpoint(.delete, "/__admin/idempotency/{key}", query: ["sandbox"], answer: delete),
        ]
    }

    private func list(_ call: AdminCall) throws(AdminError) -> Response {
        var found: [(sandbox: String, vendor: String, record: IdempotencyRecord)] = []
        for vendor in vendors {
            for sandbox in try store.sandboxes(call) where found.count < StoreEndpoints.maximumLimit {
                let records = try store.kept { batch throws(StoreError) in
                    try batch.idempotencyRecords(
                        of: vendor.number, in: sandbox.id, limit: StoreEndpoints.maximumLimit - found.count)
                }
                found += records.map { (sandbox.name, vendor.name, $0.record) }
            }
        }
        return Reply.list("keys", found) { entry, json in
            let record = entry.record
            json.beginObject()
            json.member("key", record.key)
            json.member("vendor", entry.vendor)
            json.member("sandbox", entry.sandbox)
            json.member("first_request", RequestID.text(record.request))
            json.member("operation", record.target)
            json.member("status", record.status)
            json.member("created_at", Timestamp.text(record.createdAt))
            json.member("expires_at", Timestamp.text(record.createdAt + IdempotencyRecord.lifetime))
            json.member("fingerprint", String(decoding: record.fingerprint, as: UTF8.self))
            Exchange.write(record.body, to: &json)
            let uses = keys.uses(ofKeyFirstUsedBy: record.request)
            json.member("hits", uses.hits)
            json.member("locked", uses.locked)
            json.member("mismatches", uses.mismatches)
            json.list("latest_mismatches", uses.latest) { mismatch, json in
                let (request, places) = mismatch
                json.beginObject()
                json.member("request", RequestID.text(request))
                json.list("differs", places) { $1.string($0) }
                json.endObject()
            }
            json.endObject()
        }
    }

    private func delete(_ call: AdminCall) throws(AdminError) -> Response {
        var isDeleted = false
        for vendor in vendors {
            for sandbox in try store.sandboxes(call) {
                let deleted = try store.changed { batch throws(StoreError) in
                    try batch.deleteIdempotencyRecord(for: call.parameters[0], vendor: vendor.number, in: sandbox.id)
                }
                isDeleted = isDeleted || deleted
            }
        }
        guard isDeleted else { throw AdminError(.notFound, "no idempotency key '\(call.parameters[0])' is in use") }
        return Reply.done
    }
}
