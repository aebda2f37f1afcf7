import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /users`: 201 with the user. (Evidence: documented; the number 201 is RFC 9110 15.3.2's.)
enum CreateUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/users") { call, _ throws(Problem) in
            try authenticate(call, with: key)
        } run: { call, staff, batch throws(Problem) in
            let user = try read(call, for: staff)
            // The caller is a user of the deployment too, though no request made it. (Evidence: ours.)
            guard User.folded(user.email) != Staff.email else {
                throw Problem(.conflict(user.claims[0], owner: nil, request: nil), by: Rules.uniqueEmail)
            }
            let stored = try batch.create(
                Pulse.number, in: staff.sandbox, for: call, uniqueBy: { _ in Rules.uniqueEmail }
            ) { _ in
                (user.claims, user.stored)
            }
            try record(stored, call, staff, &batch)
            return Envelope.success(.created) { user.write(to: &$0, as: stored) }
        }
    }

    /// Reads the body: only the email is required, and everything that the server owns is ignored.
    /// (Evidence: vendor, the guide on account users; that a missing team cannot be told from a real one is ours.)
    private static func read(_ call: Call, for staff: Staff) throws(Problem) -> User {
        let body = try call.json()
        guard case .object(let object) = body else {
            let fault = FieldFault.wrongType(expected: "object", received: body.typeName)
            throw Problem(.invalid([FieldProblem([], fault)]), by: Rules.schema)
        }
        var reader = FieldReader(object)
        let email = reader.string("email", .required, .email).value
        let name = reader.string("name").value
        let teamID = reader.integer("teamId").value
        if let teamID, teamID < 1 { reader.note("teamId", .unknownReference(String(teamID))) }
        let phone = reader.string("phone").value
        let imageSource = reader.string("imgSrc").value
        let preferences = NotificationPreferences.read(&reader)
        let roles = readRoles(&reader)
        guard let email, reader.problems.isEmpty else {
            throw Problem(.invalid(reader.problems), by: Rules.rule(brokenBy: reader.problems.first))
        }
        return User(
            email: email, name: name, teamID: teamID, phone: phone, imageSource: imageSource,
            notificationPreferences: preferences, roles: roles, account: staff.account)
    }

    /// Reads the roles: each must exist in the account, and is granted once. (Evidence: vendor, the guide on
    /// account users; 400 for one that does not exist is ours.)
    private static func readRoles(_ reader: inout FieldReader) -> [String] {
        var roles: [String] = []
        for (index, element) in (reader.array("roles").value ?? []).enumerated() {
            if let fault = element.fault(against: .oneOf(Role.names)) {
                reader.note([FieldProblem([.name("roles"), .index(index)], fault)])
            } else if case .string(let name) = element, !roles.contains(name) {
                roles.append(name)
            }
        }
        return roles
    }

    /// Records what Pulse tells its listeners, in its order. (Evidence: the names are documented; that both come is
    /// ours.)
    private static func record(
        _ user: StoredUser, _ call: Call, _ staff: Staff, _ batch: inout Batch
    ) throws(Problem) {
        var data = JSONWriter(reserving: 96)
        data.beginObject()
        data.member("user", Staff.email)
        data.member("account_id", staff.account.id)
        data.member("userId", String(user.id.ordinal))
        data.endObject()
        for name in [PulseEvents.userCreated, PulseEvents.userAddedToAccount] {
            _ = try batch.kept { batch throws(StoreError) in
                try batch.recordEvent(
                    name, vendor: Pulse.number, in: user.id.sandbox, user: user.id, data: data.bytes, now: call.now,
                    request: call.number)
            }
        }
    }
}
