import HTTPServer
import JSON
import UserStore
import VendorKit

/// What can be asked about users, whatever their vendor.
struct UserEndpoints {
    let vendors: [any Vendor]
    let store: UserStore

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/users", query: ["vendor", "sandbox", "limit"], answer: users),
            Endpoint(.get, "/__admin/users/{vendor}/{id}", query: ["sandbox"], answer: user),
            Endpoint(.get, "/__admin/people", query: ["email", "sandbox"], answer: people),
        ]
    }

    /// Users of all vendors, or of `vendor`, in all sandboxes or one.
    private func users(_ call: AdminCall) throws(AdminError) -> Response {
        let limit = min(try call.query.number("limit") ?? 100, StoreEndpoints.maximumLimit)
        var found: [Found] = []
        for vendor in try vendors.chosen(by: call) {
            for sandbox in try store.sandboxes(call) where found.count < limit {
                let users = try store.kept { batch throws(StoreError) in
                    try batch.users(of: vendor.number, in: sandbox.id, limit: limit - found.count)
                }
                found += users.map { Found(user: $0, vendor: vendor, sandbox: sandbox.name) }
            }
        }
        return Reply.list("users", found) { $0.write(to: &$1) }
    }

    /// One user by the id that the vendor shows, in whatever sandbox it is.
    private func user(_ call: AdminCall) throws(AdminError) -> Response {
        let (name, id) = (call.parameters[0], call.parameters[1])
        let vendor = try vendors.one(named: name)
        var found: [Found] = []
        for sandbox in try store.sandboxes(call) {
            let user = try store.kept { batch throws(StoreError) in
                Result { () throws(Problem) in try vendor.user(id, in: sandbox.name, &batch) }
            }
            do throws(Problem) {
                if let user = try user.get() {
                    found.append(Found(user: user, vendor: vendor, sandbox: sandbox.name))
                }
            } catch {
                throw AdminError(.internalServerError, "the store failed: \(error.kind)")
            }
        }
        guard let first = found.first else {
            let place = call.sandbox.map { "sandbox '\($0)'" } ?? "any sandbox"
            throw AdminError(.notFound, "\(name) has no user '\(id)' in \(place)")
        }
        guard found.count == 1 else {
            throw AdminError(
                .conflict,
                "\(found.count) sandboxes have a user '\(id)'; name one: ?sandbox=\(first.sandbox)")
        }
        return Reply.json { json in
            json.name("user")
            first.write(to: &json)
        }
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
                found += try all(of: vendor, in: sandbox, whoMayHave: email)
                    .filter { $0.person?.email?.lowercased() == email }
            }
        }
        let missing = vendors.filter { vendor in !found.contains { $0.vendor.name == vendor.name } }
        return Reply.json { json in
            json.member("email", email)
            json.list("found", found) { $0.write(to: &$1) }
            json.list("missing", missing) { $1.string($0.name) }
        }
    }

    /// The users of a vendor in a sandbox in whose fields an address may stand.
    ///
    /// The fields of the others are not parsed: among a million users that is 0.3 seconds instead of 5.
    private func all(
        of vendor: any Vendor, in sandbox: (name: String, id: SandboxID), whoMayHave email: String
    ) throws(AdminError) -> [Found] {
        let search = TextSearch(email)
        var found: [Found] = []
        var last: UserID?
        while true {
            let page = try store.kept { batch throws(StoreError) in
                try batch.users(of: vendor.number, in: sandbox.id, after: last, limit: StoreEndpoints.maximumLimit)
            }
            // Letters beyond ASCII have cases that the search does not know.
            for user in page where search.mayBeIn(json: user.fields) || user.fields.contains(where: { $0 >= 0x80 }) {
                found.append(Found(user: user, vendor: vendor, sandbox: sandbox.name))
            }
            guard page.count == StoreEndpoints.maximumLimit else { return found }
            last = page.last?.id
        }
    }
}

extension [any Vendor] {
    /// The vendor that a request's query names, or all.
    func chosen(by call: AdminCall) throws(AdminError) -> [any Vendor] {
        guard let name = call.query["vendor"] else { return self }
        return [try one(named: name)]
    }

    /// The vendor of that name.
    func one(named name: String) throws(AdminError) -> any Vendor {
        guard let vendor = first(where: { $0.name == name }) else {
            throw AdminError(
                .badRequest, "there is no vendor '\(name)'; there are \(map(\.name).joined(separator: ", "))")
        }
        return vendor
    }
}
