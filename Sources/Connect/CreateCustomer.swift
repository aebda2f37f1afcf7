import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /customers`: 201 with the customer. (Evidence: vendor, that it is there and takes idempotency keys; ours, that
/// a name is all it needs and what the answer holds.)
enum CreateCustomer {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/customers") { call, _ throws(Problem) in
            try authenticate(call, with: key)
        } run: { call, client, batch throws(Problem) in
            try client.once(&call, &batch, by: Rules.customerCreated) { [call] batch throws(Problem) in
                var reader = try CreateUser.reader(of: call)
                let name = reader.string("name", .required, .notBlank).value
                try CreateUser.check(reader)
                var fields = JSONWriter(reserving: 128)
                fields.beginObject()
                fields.member("name", name ?? "")
                let chosen = try ChosenUUID(
                    call, "customerId", among: client.customerIDs, claim: Connect.ClaimKind.customerID)
                if let chosen { fields.member("customerId", chosen.text) }
                fields.endObject()
                let stored = try batch.create(
                    Connect.customers, in: client.sandbox, for: call, at: chosen?.place,
                    uniqueBy: { _ in KitRules.chosenID }
                ) { _ in
                    (chosen.map { [$0.claim] } ?? [], fields.bytes)
                }
                let customer = try Customer(stored: stored)
                let response = Envelope.success(.created) { json in
                    json.beginObject()
                    json.member("customerId", customer.shownID(client))
                    json.member("name", name ?? "")
                    json.member("createdAt", Timestamp.text(stored.createdAt))
                    json.member("updatedAt", Timestamp.text(stored.updatedAt))
                    json.endObject()
                }
                return (response, stored)
            }
        }
    }
}
