import Testing

/// One of the five operations, with requests that make a different user for each number.
struct VendorOperation: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    /// The vendor's own path.
    let path: String
    /// The hosts under which the vendor's path alone leads there.
    let hosts: [String]
    let success: Int
    private let vendor: String
    private let credential: @Sendable (_ sandbox: String, _ number: Int) -> [(String, String)]
    private let user: @Sendable (Int) -> String

    var testDescription: String { name }
    /// The path under the vendor's prefix.
    var prefixed: String { "/\(vendor)\(path)" }

    func fields(_ number: Int, in sandbox: String? = nil) -> [(String, String)] {
        credential(sandbox.map { ".\($0)" } ?? "", number) + [("Content-Type", "application/json")]
    }

    func body(_ number: Int) -> String { user(number) }

    /// A whole request, as it goes over the wire.
    func text(_ number: Int) -> String {
        let body = body(number)
        let head = fields(number).map { "\($0.0): \($0.1)\r\n" }.joined()
        return
            "\(method) \(prefixed) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(head)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static let sensay = VendorOperation(
        name: "Sensay's POST /v1/users", method: "POST", path: "/v1/users",
        hosts: ["sensay.localhost", "api.sensay.io"],
        success: 200, vendor: "sensay",
        credential: { sandbox, _ in
            [("X-ORGANIZATION-SECRET", "sensay_test_secret\(sandbox)"), ("X-API-Version", "2025-03-25")]
        },
        user: { #"{"name":"John Doe","email":"u\#($0)@example.com","id":"user-\#($0)"}"# })
    static let connect = VendorOperation(
        name: "Connect's POST /users", method: "POST", path: "/users", hosts: ["connect.localhost"], success: 201,
        vendor: "connect",
        credential: { [("X-API-Key", "connect_test_key\($0)"), ("X-Idempotency-Key", "key-\($1)")] },
        user: { #"{"name":"User \#($0)"}"# })
    static let seam = VendorOperation(
        name: "Seam's POST /user_identities/create", method: "POST", path: "/user_identities/create",
        hosts: ["seam.localhost", "connect.getseam.com"], success: 200, vendor: "seam",
        credential: { sandbox, _ in [("Authorization", "Bearer seam_test_key\(sandbox)")] },
        user: { #"{"user_identity_key":"key-\#($0)","email_address":"u\#($0)@example.com"}"# })
    static let pulse = VendorOperation(
        name: "Pulse's POST /users", method: "POST", path: "/users", hosts: ["pulse.localhost"], success: 201,
        vendor: "pulse",
        credential: { sandbox, _ in
            [("Authorization", "Bearer pulse_test_token\(sandbox)"), ("x-account-id", "2311")]
        },
        user: { #"{"email":"u\#($0)@example.com"}"# })
    /// Updates the user that ``sensay`` made for the same number.
    static let sensayUpdate = VendorOperation(
        name: "Sensay's PUT /v1/users/me", method: "PUT", path: "/v1/users/me",
        hosts: ["sensay.localhost", "api.sensay.io"], success: 200, vendor: "sensay",
        credential: { [("X-ORGANIZATION-SECRET", "sensay_test_secret\($0)"), ("X-USER-ID", "user-\($1)")] },
        user: { #"{"name":"Jane","email":"u\#($0)@example.com","id":"user-\#($0)"}"# })

    /// Those that make a user.
    static let creations = [sensay, connect, seam, pulse]
    /// All, in an order in which each finds what it needs.
    static let all = [sensay, sensayUpdate, connect, seam, pulse]
    /// Those that let one user hold a value at a time.
    static let unique = [sensay, seam, pulse]
}
