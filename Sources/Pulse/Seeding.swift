import JSON
import UserStore
import VendorKit

/// What a seed may hold for Pulse: accounts, roles and teams, then users. (Evidence: ours.)
struct Seeding {
    private let key: SandboxKey

    init(_ key: SandboxKey) {
        self.key = key
    }

    var kinds: [SeedKind] {
        [
            kind("accounts", ["accountId", "accountName"], Additions.account(key)),
            kind("roles", ["name", "permissions"], Additions.role(key)),
            kind("teams", ["teamId", "name"], Additions.team(key)),
            users,
        ]
    }

    /// A user says in `accountId` what a client says in `x-account-id`.
    private var users: SeedKind {
        let operation = CreateUser.operation(key)
        let members = [
            "id", "accountId", "email", "name", "teamId", "phone", "imgSrc", "notificationPreferences", "roles",
        ]
        return SeedKind(SeedKind.users, members: members) { [key] body, sandbox throws(NotCreated) in
            var reader = FieldReader(body)
            let account = reader.string("accountId", .required, .notEmpty).value
            guard let account, reader.problems.isEmpty else { throw NotCreated(reader.problems) }
            var rest = body
            rest["id"] = nil
            rest["accountId"] = nil
            let fields = [("Authorization", "Bearer \(key.credential(for: sandbox))"), ("x-account-id", account)]
            return Creation(operation, fields: fields, body: rest, id: body["id"])
        }
    }

    private func kind(_ name: String, _ members: [String], _ operation: Operation) -> SeedKind {
        SeedKind(name, members: members) { [key] body, sandbox in
            Creation(operation, fields: [("Authorization", "Bearer \(key.credential(for: sandbox))")], body: body)
        }
    }
}

extension ChosenPlace {
    /// The id that a seed chose for the user of a call; nil when it chose none. (Evidence: documented as an integer.)
    init?(idOf call: Call) throws(Problem) {
        guard let value = call.chosenID else { return nil }
        guard case .number(let number) = value, let id = number.integer, (1...Int(Self.maximum)).contains(id) else {
            let words = "must be a whole number from 1 to \(Self.maximum)"
            throw Problem(.invalid([FieldProblem([.name("id")], .breaks(words))]), by: KitRules.chosenID)
        }
        self.init(Int64(id), Claim(kind: ClaimKind.id, value: String(id)))
    }
}
