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
            try client.once(&call, &batch, by: Rules.created) { [call] batch throws(Problem) in
                var user = try read(call)
                let chosen = try ChosenUUID(
                    call, "userId", among: client.userIDs, claim: Connect.ClaimKind.userID)
                user.chosenID = chosen?.text
                let stored = try batch.create(
                    Connect.number, in: client.sandbox, for: call, at: chosen?.place,
                    uniqueBy: { _ in KitRules.chosenID }
                ) { _ in
                    (chosen.map { [$0.claim] } ?? [], user.stored)
                }
                let id = user.id(of: stored, client)
                let response = Envelope.success(.created, at: location(call, "users", id)) {
                    user.write(to: &$0, as: stored, of: client)
                }
                return (response, stored)
            }
        }
    }

    /// Reads the body: only the name is required, no field may be null, and what the page does not name is ignored.
    /// (Evidence: documented; strictness about null is ours, because no field of the schema is nullable.)
    private static func read(_ call: Call) throws(Problem) -> User {
        var reader = try reader(of: call)
        let name = reader.string("name", .required, .notBlank).value
        let email = reader.string("email", .optional, .email).value
        let msisdn = reader.string("msisdn", .optional, .phone).value
        let identity = reader.string("identity").value
        let metadata = reader.object("metadata").value
        try check(reader)
        return User(name: name ?? "", email: email, msisdn: msisdn, identity: identity, metadata: metadata)
    }

    /// A reader of the body's members.
    ///
    /// - Throws: `malformedJSON`, or `invalid` for a body that is no object.
    static func reader(of call: Call) throws(Problem) -> FieldReader {
        let body = try call.json()
        guard case .object(let object) = body else {
            let fault = FieldFault.wrongType(expected: "object", received: body.typeName)
            throw Problem(.invalid([FieldProblem([], fault)]), by: Rules.bodyIsObject)
        }
        return FieldReader(object)
    }

    /// Refuses a body in which faults were found, by the rule that the first of them breaks.
    static func check(_ reader: FieldReader) throws(Problem) {
        guard let first = reader.problems.first else { return }
        throw Problem(.invalid(reader.problems), by: Rules.broken(by: first.fault))
    }
}
