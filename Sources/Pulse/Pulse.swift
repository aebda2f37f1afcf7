package import HTTPServer
package import UserStore
package import VendorKit

/// Pulse CRM's users, as its page on creating a user shows it.
///
/// A bearer token opens a deployment, which is a sandbox, with two accounts; `x-account-id` chooses one of them.
package struct Pulse: Vendor {
    package let name = "pulse"
    package var number: VendorNumber { Self.number }
    package let hosts: [String] = []
    package let operations: [Operation]
    package let crossOrigin = CrossOrigin(allowedHeaders: ["Authorization", "Content-Type", "x-account-id"])
    private let token: SandboxKey

    static let number = VendorNumber(rawValue: 4)
    /// The bearer token that opens the default deployment when none is configured.
    package static let defaultToken = "pulse_test_token"

    /// Serves Pulse to those who have a token.
    package init(token: String = defaultToken) {
        let token = SandboxKey(token)
        self.token = token
        operations = [CreateUser.operation(token)]
    }

    package var credentialHint: String { "Authorization: Bearer \(token.base) with x-account-id: \(Account.all[0].id)" }

    package func affinity(for request: Request) -> Affinity {
        if request.fields.contains("x-account-id") { return .certain }
        return request.fields.contains(.authorization) ? .weak : .none
    }

    package func render(_ problem: Problem, of call: Call) -> Response {
        Envelope.render(problem, of: call)
    }
}
