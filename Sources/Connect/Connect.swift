package import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// Connect's users: Telness Tech's SeamlessOS API, as its page on creating a user shows it.
///
/// An API key opens an organisation, and an organisation is a sandbox. Nothing about a user is unique; instead a
/// client protects itself from creating one twice by an idempotency key, ``IdempotencyKey``.
package struct Connect: Vendor {
    package let name = "connect"
    package var number: VendorNumber { Self.number }
    package let hosts: [String] = []
    package let operations: [Operation]
    package let unserved = unservedPaths
    package let sharedRules = Rules.shared
    package let crossOrigin = CrossOrigin(
        allowedHeaders: ["X-API-Key", "X-Idempotency-Key", "Content-Type", "Authorization"])
    /// A minute. (Evidence: vendor, the page on rate limiting.)
    package let retryAfter = 60
    private let key: SandboxKey

    static let number = VendorNumber(rawValue: 2)
    /// The number under which the store keeps customers; no vendor may have it.
    ///
    /// They are rows like users in a space of their own, so that resetting a sandbox takes them along.
    static let customers = VendorNumber(rawValue: 6)
    /// The API key that opens the default organisation when none is configured.
    package static let defaultKey = "connect_test_key"

    /// Serves Connect to those who have an API key.
    package init(key: String = defaultKey) {
        let key = SandboxKey(key)
        self.key = key
        operations = [
            ListUsers.operation(key), CreateUser.operation(key), GetUser.operation(key), UpdateUser.operation(key),
            CreateCustomer.operation(key), AddCustomerUser.operation(key),
        ]
    }

    package var credentialHint: String { "X-API-Key: \(key.base)" }

    package func affinity(for request: Request) -> Affinity {
        if request.fields.contains("x-api-key") { return .certain }
        return request.fields.contains("x-idempotency-key") ? .strong : .none
    }

    package var events: EventCatalog { .none(.vendor, "its documentation has no events or webhooks about users") }

    package func render(_ problem: Problem, of call: Call) -> Response {
        Envelope.render(problem)
    }

    package func name(ofClaim kind: UInt8) -> String {
        kind == ClaimKind.customerID ? "customerId" : "userId"
    }

    /// The numbers of Connect's kinds of claim in the store: nothing but an id that a seed chose is one.
    enum ClaimKind {
        static let userID: UInt8 = 1
        static let customerID: UInt8 = 2
    }

    package func person(_ user: StoredUser, in sandbox: String) throws(Problem) -> Person {
        let client = Client(sandbox: sandbox, idempotencyKey: nil)
        let own = try User(stored: user)
        var json = JSONWriter(reserving: 512)
        own.write(to: &json, as: user, of: client)
        return Person(
            id: own.id(of: user, client), email: own.email, phone: own.msisdn, name: own.name,
            json: json.bytes)
    }

    package var seedKinds: [SeedKind] { Seeding(key).kinds }

    package func user(_ id: String, in sandbox: String, _ batch: inout Batch) throws(Problem) -> StoredUser? {
        try Client(sandbox: sandbox, idempotencyKey: nil).find(id, &batch)?.stored
    }
}
