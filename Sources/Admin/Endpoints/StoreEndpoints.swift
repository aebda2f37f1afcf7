import HTTPServer
import JSON
import UserStore
import VendorKit

/// What the store can be asked and told: users, people, sandboxes, events, reset.
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
                let names = try store.kept { batch throws(StoreError) in try batch.allSandboxes().map(\.name) }
                return Reply.list("sandboxes", names) { $1.string($0) }
            },
            Endpoint(.get, "/__admin/users", answer: users),
            Endpoint(.get, "/__admin/people", answer: people),
            Endpoint(.get, "/__admin/events", answer: events),
        ]
    }

    /// Empties one sandbox, or all, with its faults and its clock; the journal stays unless it is asked for with
    /// `journal=true`.
    private func reset(_ call: AdminCall) throws(AdminError) -> Response {
        try store.kept { batch throws(StoreError) in
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
            for sandbox in try store.sandboxes(call) where found.count < limit {
                let users = try store.kept { batch throws(StoreError) in
                    try batch.users(of: vendor.number, in: sandbox.id, limit: limit - found.count)
                }
                found += users.map { Found(user: $0, vendor: vendor, sandbox: sandbox.name) }
            }
        }
        return Reply.list("users", found) { $0.write(to: &$1) }
    }

    /// One person at every vendor, by e-mail in any letter case, with the vendors where they are missing: the gap
    /// is the bug in a program that provisions people at several.
    private func people(_ call: AdminCall) throws(AdminError) -> Response {
        guard let email = call.query["email"]?.lowercased(), !email.isEmpty else {
            throw AdminError(.badRequest, "email is required: /__admin/people?email=ada@example.com")
        }
        var found: [Found] = []
        for vendor in vendors {
            for sandbox in try store.sandboxes(call) {
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

    /// What the vendors would have told their subscribers, oldest first.
    private func events(_ call: AdminCall) throws(AdminError) -> Response {
        var found: [(sandbox: String, event: StoredEvent)] = []
        for sandbox in try store.sandboxes(call) where found.count < Self.maximumLimit {
            let events = try store.kept { batch throws(StoreError) in
                try batch.events(in: sandbox.id, limit: Self.maximumLimit - found.count)
            }
            found += events.map { (sandbox.name, $0) }
        }
        return Reply.list("events", found) { entry, json in
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

    /// Every user of a vendor in a sandbox, read in pages so that vendors' clients get their turn in between.
    private func all(of vendor: any Vendor, in sandbox: (name: String, id: SandboxID)) throws(AdminError) -> [Found] {
        var found: [Found] = []
        while true {
            let page = try store.kept { batch throws(StoreError) in
                try batch.users(of: vendor.number, in: sandbox.id, after: found.last?.user.id, limit: Self.maximumLimit)
            }
            found += page.map { Found(user: $0, vendor: vendor, sandbox: sandbox.name) }
            if page.count < Self.maximumLimit { return found }
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
