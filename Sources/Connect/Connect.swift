package import HTTPServer
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
    package let crossOrigin = CrossOrigin(
        allowedHeaders: ["X-API-Key", "X-Idempotency-Key", "Content-Type", "Authorization"])
    private let key: SandboxKey

    static let number = VendorNumber(rawValue: 2)
    /// The API key that opens the default organisation when none is configured.
    package static let defaultKey = "connect_test_key"

    /// Serves Connect to those who have an API key.
    package init(key: String = defaultKey) {
        let key = SandboxKey(key)
        self.key = key
        operations = [CreateUser.operation(key)]
    }

    package var credentialHint: String { "X-API-Key: \(key.base)" }

    package func affinity(for request: Request) -> Affinity {
        if request.fields.contains("x-api-key") { return .certain }
        return request.fields.contains("x-idempotency-key") ? .strong : .none
    }

    package func render(_ problem: Problem, of call: Call) -> Response {
        Envelope.render(problem)
    }
}
