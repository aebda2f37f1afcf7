package import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// Pulse CRM's users, as its page on creating a user shows them, and the session that leads to them.
///
/// A bearer token opens a deployment, which is a sandbox, with two accounts; `x-account-id` chooses one of them.
package struct Pulse: Vendor {
    package let name = "pulse"
    package var number: VendorNumber { Self.number }
    package let hosts: [String] = []
    package let operations: [Operation]
    package let unserved = unservedPaths
    package let sharedRules = Rules.shared
    package let crossOrigin = CrossOrigin(allowedHeaders: ["Authorization", "Content-Type", "x-account-id"])
    private let token: SandboxKey

    static let number = VendorNumber(rawValue: 4)
    /// The number under which the store keeps what a seed adds to a deployment; no vendor may have it.
    ///
    /// They are rows like users in a space of their own, so that resetting a sandbox takes them along.
    static let additions = VendorNumber(rawValue: 5)
    /// The bearer token that opens the default deployment when none is configured.
    package static let defaultToken = "pulse_test_token"

    /// Serves Pulse to those who have a token.
    package init(token: String = defaultToken) {
        let token = SandboxKey(token)
        self.token = token
        operations = [
            ListUsers.operation(token), CreateUser.operation(token), GetUser.operation(token),
            UpdateUser.operation(token), DeleteUser.operation(token), LogIn.operation(token),
            GetSession.operation(token),
        ]
    }

    package var credentialHint: String { "Authorization: Bearer \(token.base) with x-account-id: \(Account.all[0].id)" }

    package var events: EventCatalog {
        EventCatalog(
            known: PulseEvents.all, sent: PulseEvents.sent, .documented, "its schema PulseEvents lists the names")
    }

    package func payload(of event: StoredEvent) -> [UInt8] { EventRecord.json(event) }

    package func affinity(for request: Request) -> Affinity {
        if request.fields.contains("x-account-id") { return .certain }
        return request.fields.contains(.authorization) ? .weak : .none
    }

    package func render(_ problem: Problem, of call: Call) -> Response {
        Envelope.render(problem, of: call)
    }

    package func name(ofClaim kind: UInt8) -> String {
        switch kind {
        case ClaimKind.account: "accountId"
        case ClaimKind.role: "name"
        case ClaimKind.team: "teamId"
        case ClaimKind.id: "id"
        default: "email"
        }
    }

    package func person(_ user: StoredUser, in sandbox: String) throws(Problem) -> Person {
        let own = try User(stored: user)
        var json = JSONWriter(reserving: 768)
        own.write(to: &json, as: user)
        return Person(
            id: String(user.id.ordinal), email: own.email, phone: own.phone, name: own.name, json: json.bytes)
    }

    package var seedKinds: [SeedKind] { Seeding(token).kinds }

    package func user(_ id: String, in sandbox: String, _ batch: inout Batch) throws(Problem) -> StoredUser? {
        // Int64 takes +1 and 01 for 1.
        try batch.user(Int64(id).flatMap { String($0) == id ? $0 : nil }, at: Self.number, in: sandbox)
    }
}
