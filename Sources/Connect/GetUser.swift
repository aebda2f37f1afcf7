import HTTPServer
import UserStore
import VendorKit

/// `GET /users/{userId}`: the user. (Evidence: vendor, get-user.)
enum GetUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.get, "/users/{userId}") { call, _ throws(Problem) in
            try authenticate(call, with: key, takesKey: false)
        } run: { call, client, batch throws(Problem) in
            let found = try client.user(call.parameters[0], &batch)
            let customers = try client.customers(of: found, &batch)
            call.why = Why(Rules.got, user: found.stored.id)
            return Envelope.success(.ok) {
                found.user.write(to: &$0, as: found.stored, of: client, in: customers)
            }
        }
    }
}
