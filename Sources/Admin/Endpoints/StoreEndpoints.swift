import HTTPServer
import JSON
import UserStore
import VendorKit

/// What the store can be asked and told: users, people, idempotency keys, sandboxes, events, reset.
struct StoreEndpoints {
    let vendors: [any Vendor]
    let store: UserStore
    let journal: Journal
    let faults: FaultRules
    let clock: Clock

    /// The most users that one answer lists.
    private static let maximumLimit = 1000

    var all: [Endpoint] {
        [
            Endpoint(.post, "/__admin/reset", answer: reset),
            Endpoint(.get, "/__admin/sandboxes") { _ throws(AdminError) in
                let names = try kept { batch throws(StoreError) in try batch.allSandboxes().map(\.name) }
                return list("sandboxes", names) { $1.string($0) }
            },
            Endpoint(.get, "/__admin/users", answer: users),
            Endpoint(.get, "/__admin/people", answer: people),
            Endpoint(.get, "/__admin/idempotency", answer: idempotency),
            Endpoint(.delete, "/__admin/idempotency/{key}", answer: deleteKey),
            Endpoint(.get, "/__admin/events", answer: events),
        ]
    }

    /// Empties one sandbox, or all, with its faults and its clock; the journal stays unless it is asked for with
    /// `journal=true`.
    private func reset(_ call: AdminCall) throws(AdminError) -> Response {
        try kept { batch throws(StoreError) in
            try batch.request { batch throws(StoreError) in
                guard let name = call.sandbox else { return try batch.resetAll() }
                if let sandbox = try batch.sandbox(named: name) { try batch.reset(sandbox) }
            }
        }
        _ = faults.disarm { rule in call.sandbox.map { $0 == rule.sandbox } ?? true }
        clock.reset(call.sandbox)
        if call.query["journal"] == "true" { journal.clear(sandbox: call.sandbox) }
        return Reply.done
    }

    /// Users of all vendors, or of `vendor`, in all sandboxes or one.
    private func users(_ call: AdminCall) throws(AdminError) -> Response {
        let limit = min(try call.query.number("limit") ?? 100, Self.maximumLimit)
        let name = call.query["vendor"]
        guard name == nil || vendors.contains(where: { $0.name == name }) else {
            throw AdminError(.badRequest, "there is no vendor '\(name ?? "")'")
        }
        var found: [Found] = []
        for vendor in vendors where name == nil || vendor.name == name {
            for sandbox in try sandboxes(call) where found.count < limit {
                let users = try kept { batch throws(StoreError) in
                    try batch.users(of: vendor.number, in: sandbox.id, limit: limit - found.count)
                }
                found += users.map { Found(user: $0, vendor: vendor, sandbox: sandbox.name) }
            }
        }
        return list("users", found) { $0.write(to: &$1) }
    }

    /// One person at every vendor, by e-mail in any letter case, with the vendors where they are missing: the gap
    /// is the bug in a program that provisions people at several.
    private func people(_ call: AdminCall) throws(AdminError) -> Response {
        guard let email = call.query["email"]?.lowercased(), !email.isEmpty else {
            throw AdminError(.badRequest, "email is required: /__admin/people?email=ada@example.com")
        }
        var found: [Found] = []
        for vendor in vendors {
            for sandbox in try sandboxes(call) {
                found += try all(of: vendor, in: sandbox).filter { $0.person?.email?.lowercased() == email }
            }
        }
        return Reply.json { json in
            json.member("email", email)
            json.name("found")
            json.beginArray()
            for found in found { found.write(to: &json) }
            json.endArray()
            json.name("missing")
            json.beginArray()
            for vendor in vendors where !found.contains(where: { $0.vendor.name == vendor.name }) {
                json.string(vendor.name)
            }
            json.endArray()
        }
    }

    private func idempotency(_ call: AdminCall) throws(AdminError) -> Response {
        var found: [(sandbox: String, vendor: String, record: IdempotencyRecord)] = []
        for vendor in vendors {
            for sandbox in try sandboxes(call) where found.count < Self.maximumLimit {
                let records = try kept { batch throws(StoreError) in
                    try batch.idempotencyRecords(
                        of: vendor.number, in: sandbox.id, limit: Self.maximumLimit - found.count)
                }
                found += records.map { (sandbox.name, vendor.name, $0.record) }
            }
        }
        return list("keys", found) { entry, json in
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
            json.endObject()
        }
    }

    private func deleteKey(_ call: AdminCall) throws(AdminError) -> Response {
        var isDeleted = false
        for vendor in vendors {
            for sandbox in try sandboxes(call) {
                let deleted = try kept { batch throws(StoreError) in
                    try batch.request { batch throws(StoreError) in
                        try batch.deleteIdempotencyRecord(
                            for: call.parameters[0], vendor: vendor.number, in: sandbox.id)
                    }
                }
                isDeleted = isDeleted || deleted
            }
        }
        guard isDeleted else { throw AdminError(.notFound, "no idempotency key '\(call.parameters[0])' is in use") }
        return Reply.done
    }

    /// What the vendors would have told their subscribers, oldest first.
    private func events(_ call: AdminCall) throws(AdminError) -> Response {
        var found: [(sandbox: String, event: StoredEvent)] = []
        for sandbox in try sandboxes(call) where found.count < Self.maximumLimit {
            let events = try kept { batch throws(StoreError) in
                try batch.events(in: sandbox.id, limit: Self.maximumLimit - found.count)
            }
            found += events.map { (sandbox.name, $0) }
        }
        return list("events", found) { entry, json in
            let event = entry.event
            json.beginObject()
            json.member("number", event.number)
            json.member("event", event.name)
            json.member("vendor", vendors.first { $0.number == event.vendor }?.name)
            json.member("sandbox", entry.sandbox)
            json.member("created_at", Timestamp.text(event.createdAt))
            json.member("request", RequestID.text(event.request))
            json.name("data")
            json.rawJSON(event.data)
            json.endObject()
        }
    }

    // MARK: - Asking the store

    private func sandboxes(_ call: AdminCall) throws(AdminError) -> [(name: String, id: SandboxID)] {
        let all = try kept { batch throws(StoreError) in try batch.allSandboxes() }
        guard let name = call.sandbox else { return all }
        return all.filter { $0.name == name }
    }

    /// Every user of a vendor in a sandbox, read in pages so that vendors' clients get their turn in between.
    private func all(of vendor: any Vendor, in sandbox: (name: String, id: SandboxID)) throws(AdminError) -> [Found] {
        var found: [Found] = []
        while true {
            let page = try kept { batch throws(StoreError) in
                try batch.users(of: vendor.number, in: sandbox.id, after: found.last?.user.id, limit: Self.maximumLimit)
            }
            found += page.map { Found(user: $0, vendor: vendor, sandbox: sandbox.name) }
            if page.count < Self.maximumLimit { return found }
        }
    }

    private func kept<R>(_ work: (inout Batch) throws(StoreError) -> R) throws(AdminError) -> R {
        let (result, failure) = store.batch { batch in
            Result { () throws(StoreError) in try work(&batch) }
        }
        if let failure { throw AdminError(.internalServerError, "\(failure)") }
        do throws(StoreError) {
            return try result.get()
        } catch {
            throw AdminError(.internalServerError, "\(error)")
        }
    }

    private func list<Element>(
        _ name: StaticString, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) -> Response {
        Reply.json { json in
            json.name(name)
            json.beginArray()
            for element in elements { write(element, &json) }
            json.endArray()
        }
    }
}

/// A user, with where it was found.
struct Found {
    let user: StoredUser
    let vendor: any Vendor
    let sandbox: String
    /// The user as a person; nil when the store holds something else.
    let person: Person?

    init(user: StoredUser, vendor: any Vendor, sandbox: String) {
        self.user = user
        self.vendor = vendor
        self.sandbox = sandbox
        person = try? vendor.person(user, in: sandbox)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("vendor", vendor.name)
        json.member("sandbox", sandbox)
        json.member("id", person?.id)
        json.member("email", person?.email)
        json.member("phone", person?.phone)
        json.member("name", person?.name)
        json.member("created_at", Timestamp.text(user.createdAt))
        json.member("updated_at", Timestamp.text(user.updatedAt))
        json.member("request", RequestID.text(user.request))
        json.name("user")
        if let person { json.rawJSON(person.json) } else { json.null() }
        json.endObject()
    }
}
