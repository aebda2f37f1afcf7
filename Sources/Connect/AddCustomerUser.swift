import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /customers/{customerId}/users`: makes a user one of a customer's. (Evidence: vendor, `userId`, `role` and the
/// answer; ours, the status 201, and that adding a user again replaces its role.)
enum AddCustomerUser {
    /// What a user can be at a customer. (Evidence: vendor.)
    static let roles = ["MEMBER", "MANAGER", "ADMIN"]

    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/customers/{customerId}/users") { call, _ throws(Problem) in
            try authenticate(call, with: key)
        } run: { call, client, batch throws(Problem) in
            try client.once(&call, &batch, by: Rules.memberAdded) { [call] batch throws(Problem) in
                var reader = try CreateUser.reader(of: call)
                let id = reader.string("userId", .required, .uuid).value
                let role = reader.string("role", .optional, .oneOf(roles)).value ?? roles[0]
                try CreateUser.check(reader)
                guard let customer = try client.customer(call.parameters[0], &batch) else {
                    throw Problem(.notFound, by: Rules.known)
                }
                let found = try client.user(id ?? "", &batch)
                var user = found.user
                let membership = Membership(customer: customer.id.ordinal, role: role)
                if let place = user.memberships.firstIndex(where: { $0.customer == membership.customer }) {
                    user.memberships[place] = membership
                } else {
                    user.memberships.append(membership)
                }
                let stored = try client.replace(found, with: user, call, &batch)
                try batch.kept { batch throws(StoreError) in try batch.join(stored.id, to: customer.id) }
                let response = Envelope.success(.created) { json in
                    json.beginObject()
                    json.member("userId", user.id(of: stored, client))
                    json.member("name", user.name)
                    json.member("role", role)
                    json.endObject()
                }
                return (response, stored)
            }
        }
    }
}
