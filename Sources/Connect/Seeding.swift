import JSON
import VendorKit

/// What a seed may hold for Connect: customers, then users who belong to them. (Evidence: ours.)
///
/// A user names its customers as Connect shows them, by their ids, each with the role that it has there.
struct Seeding {
    private let key: SandboxKey
    private let createCustomer: Operation
    private let createUser: Operation
    private let addUser: Operation

    init(_ key: SandboxKey) {
        self.key = key
        createCustomer = CreateCustomer.operation(key)
        createUser = CreateUser.operation(key)
        addUser = AddCustomerUser.operation(key)
    }

    var kinds: [SeedKind] {
        [
            SeedKind("customers", members: ["customerId", "name"]) { body, sandbox in
                var rest = body
                rest["customerId"] = nil
                return Creation(createCustomer, fields: fields(sandbox), body: rest, id: body["customerId"])
            },
            SeedKind(
                SeedKind.users, members: ["userId", "name", "email", "msisdn", "identity", "metadata", "customers"],
                creation: user),
        ]
    }

    private func user(_ body: JSONObject, in sandbox: String) throws(NotCreated) -> Creation {
        let memberships = try memberships(in: body)
        var rest = body
        rest["userId"] = nil
        rest["customers"] = nil
        return Creation(createUser, fields: fields(sandbox), body: rest, id: body["userId"]) { answer in
            memberships.enumerated().map { index, membership in
                var body = JSONObject()
                body["userId"] = answer["userId"]
                body["role"] = membership.role
                return Creation(
                    addUser, parameters: [membership.customer], fields: fields(sandbox), body: body,
                    at: ".customers[\(index)]")
            }
        }
    }

    private func memberships(in body: JSONObject) throws(NotCreated) -> [(customer: String, role: JSONValue?)] {
        var reader = FieldReader(body)
        var memberships: [(customer: String, role: JSONValue?)] = []
        for (index, element) in (reader.array("customers").value ?? []).enumerated() {
            let place: [PathElement] = [.name("customers"), .index(index)]
            guard case .object(let object) = element else {
                reader.note([FieldProblem(place, .wrongType(expected: "object", received: element.typeName))])
                continue
            }
            var membership = FieldReader(object, at: place)
            let customer = membership.string("customerId", .required, .uuid).value
            membership.refuseMembers(except: ["customerId", "role"])
            reader.note(membership.problems)
            if let customer { memberships.append((customer, object["role"])) }
        }
        guard reader.problems.isEmpty else { throw NotCreated(reader.problems) }
        return memberships
    }

    private func fields(_ sandbox: String) -> [(String, String)] {
        [("X-API-Key", key.credential(for: sandbox))]
    }
}
