import HTTPServer
import UserStore
import VendorKit

/// `PUT /users/{userId}`: changes what the body names and leaves the rest. (Evidence: vendor, update-user.)
enum UpdateUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.put, "/users/{userId}") { call, _ throws(Problem) in
            try authenticate(call, with: key, takesKey: false)
        } run: { call, client, batch throws(Problem) in
            var reader = try CreateUser.reader(of: call)
            let name = reader.string("name", .optional, .notBlank).value
            let email = reader.string("email", .optional, .email).value
            let msisdn = reader.string("msisdn", .optional, .phone).value
            let identity = reader.string("identity").value
            let metadata = reader.object("metadata").value
            try CreateUser.check(reader)
            let found = try client.user(call.parameters[0], &batch)
            var user = found.user
            user.name = name ?? user.name
            user.email = email ?? user.email
            user.msisdn = msisdn ?? user.msisdn
            user.identity = identity ?? user.identity
            user.metadata = metadata ?? user.metadata
            let stored = try client.replace(found, with: user, call, &batch)
            let customers = try client.customers(of: found, &batch)
            call.why = Why(Rules.updated, user: stored.id)
            return Envelope.success(.ok) { user.write(to: &$0, as: stored, of: client, in: customers) }
        }
    }
}

extension Client {
    /// Puts new fields in the place of a user's.
    func replace(
        _ found: Found, with user: User, _ call: Call, _ batch: inout Batch
    ) throws(Problem) -> StoredUser {
        let stored = try batch.claimed(by: { _ in Rules.schema }) { batch throws(WriteFailure) in
            try batch.replace(
                found.stored.id, claims: [], with: [], fields: user.stored, now: call.now, request: call.number)
        }
        guard let stored else { throw Problem(.notFound, by: Rules.known) }
        return stored
    }
}
