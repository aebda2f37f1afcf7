import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /users`: 201 with the user. (Evidence: documented; the number 201 is RFC 9110 15.3.2's.)
enum CreateUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/users") { call, _ throws(Problem) in
            try authenticate(call, with: key)
        } run: { call, client, batch throws(Problem) in
            if let kept = try client.idempotencyKey?.replay(call, for: client, &batch) { return kept }
            let user = try read(call)
            let stored = try batch.create(
                Connect.number, in: client.sandbox, for: call, uniqueBy: { _ in Rules.schema }
            ) { _ in
                ([], user.stored)
            }
            let response = Envelope.success(.created) { user.write(to: &$0, as: stored, in: client.sandbox) }
            return try client.idempotencyKey?.keep(response, about: stored, call, &batch) ?? response
        }
    }

    /// Reads the body: only the name is required, no field may be null, and what the page does not name is ignored.
    /// (Evidence: documented; strictness about null is ours, because no field of the schema is nullable.)
    private static func read(_ call: Call) throws(Problem) -> User {
        let body = try call.json()
        guard case .object(let object) = body else {
            let fault = FieldFault.wrongType(expected: "object", received: body.typeName)
            throw Problem(.invalid([FieldProblem([], fault)]), by: Rules.bodyIsObject)
        }
        var reader = FieldReader(object)
        let name = reader.string("name", .required, .notBlank).value
        let email = reader.string("email", .optional, .email).value
        let msisdn = reader.string("msisdn", .optional, .phone).value
        let identity = reader.string("identity").value
        let metadata = reader.object("metadata").value
        guard let name, reader.problems.isEmpty else {
            let rule = reader.problems.first.map { Rules.broken(by: $0.fault) } ?? Rules.schema
            throw Problem(.invalid(reader.problems), by: rule)
        }
        return User(name: name, email: email, msisdn: msisdn, identity: identity, metadata: metadata)
    }
}
