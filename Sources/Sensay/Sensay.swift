package import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// Sensay's users: creating one, looking one up, and reading, updating and deleting the one who calls.
///
/// An organisation secret opens an organisation, and an organisation is a sandbox.
package struct Sensay: Vendor {
    package let name = "sensay"
    package var number: VendorNumber { Self.number }
    package let hosts = ["api.sensay.io"]
    package let operations: [Operation]
    package let unserved = unservedPaths
    package let sharedRules = Rules.shared
    package let crossOrigin: CrossOrigin
    private let secret: SandboxKey

    static let number = VendorNumber(rawValue: 1)
    /// The organisation secret that opens the default organisation when none is configured.
    package static let defaultSecret = "sensay_test_secret"

    /// Serves Sensay by a schema to those who have an organisation secret.
    package init(secret: String = defaultSecret, schema: Schema = .seed) {
        let configuration = Configuration(secret: SandboxKey(secret), schema: schema)
        self.secret = configuration.secret
        let headers = ["X-ORGANIZATION-SECRET", "X-USER-ID", "X-USER-ID-TYPE", "X-API-Version", "Content-Type"]
        crossOrigin = CrossOrigin(
            allowedHeaders: headers + (configuration.codings.isEmpty ? [] : ["Content-Encoding"]),
            exposedHeaders: ["X-API-Version"])
        operations = [
            CreateUser.operation(configuration), GetCurrentUser.operation(configuration),
            UpdateCurrentUser.operation(configuration), DeleteCurrentUser.operation(configuration),
            GetUser.operation(configuration),
        ]
    }

    package var credentialHint: String { "X-ORGANIZATION-SECRET: \(secret.base)" }

    package var optionsFields: ResponseFields { APIVersion.fields }

    package func affinity(for request: Request) -> Affinity {
        request.fields.contains("x-organization-secret") ? .certain : .none
    }

    package var events: EventCatalog { .none(.vendor, "its documentation has no events or webhooks about users") }

    package func render(_ problem: Problem, of call: Call) -> Response {
        Envelope.render(problem, of: call)
    }

    package func name(ofClaim kind: UInt8) -> String {
        switch kind {
        case User.ClaimKind.id: "id"
        case User.ClaimKind.email: "email"
        default: "linkedAccounts"
        }
    }

    package func person(_ user: StoredUser, in sandbox: String) throws(Problem) -> Person {
        let own = try User(stored: user)
        return Person(id: own.id, email: own.email, phone: nil, name: own.name, json: user.fields)
    }

    package var seedKinds: [SeedKind] {
        let operation = operations[0]
        return [
            SeedKind(SeedKind.users, members: ["name", "email", "id", "linkedAccounts"]) { [secret] body, sandbox in
                Creation(
                    operation, fields: [("X-ORGANIZATION-SECRET", secret.credential(for: sandbox))], body: body)
            }
        ]
    }

    package func user(_ id: String, in sandbox: String, _ batch: inout Batch) throws(Problem) -> StoredUser? {
        try batch.holder(of: Claim(kind: User.ClaimKind.id, value: id), at: Self.number, in: sandbox)
    }
}
