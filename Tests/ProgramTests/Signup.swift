import Foundation
import Testing

/// The program under test, and what its test asks the control plane, all in one sandbox.
struct Signup {
    let server: RunningServer

    func createAtSensay() throws -> WireAnswer {
        try create(
            "/sensay/v1/users", [("X-ORGANIZATION-SECRET", "sensay_test_secret.signup")], #""name":"Grace","email""#)
    }

    func createAtConnect() throws -> WireAnswer {
        let fields = [("X-API-Key", "connect_test_key.signup"), ("X-Idempotency-Key", "grace")]
        return try create("/connect/users", fields, #""name":"Grace","email""#)
    }

    func createAtSeam() throws -> WireAnswer {
        try create(
            "/seam/user_identities/create", [("Authorization", "Bearer seam_test_key.signup")], #""email_address""#)
    }

    func createAtPulse() throws -> WireAnswer {
        let fields = [("Authorization", "Bearer pulse_test_token.signup"), ("x-account-id", "2311")]
        return try create("/pulse/users", fields, #""email""#)
    }

    private func create(_ path: String, _ fields: [(String, String)], _ members: String) throws -> WireAnswer {
        try server.ask(
            "POST", path, fields + [("Content-Type", "application/json")], body: "{\(members):\"grace@example.com\"}")
    }

    func admin(_ method: String, _ path: String, body: String? = nil) throws -> WireAnswer {
        let query = path.contains("?") ? path : path + "?sandbox=signup"
        return try server.ask(method, "/__admin" + query, body: body)
    }

    func list(_ path: String, _ name: String) throws -> [[String: Any]] {
        try #require(try admin("GET", path).json[name] as? [[String: Any]])
    }

    /// The vendors where nobody has an address.
    func missing(_ email: String) throws -> [String] {
        try #require(try admin("GET", "/people?sandbox=signup&email=\(email)").json["missing"] as? [String])
    }

    /// The ids of all users, or of a vendor's.
    func ids(_ vendor: String? = nil) throws -> [String] {
        try list("/users?sandbox=signup" + (vendor.map { "&vendor=\($0)" } ?? ""), "users")
            .compactMap { $0["id"] as? String }.sorted()
    }

    func arm(_ rule: String) throws -> String? {
        (try server.ask("POST", "/__admin/faults", body: rule).json["fault"] as? [String: Any])?["id"] as? String
    }

    func advance(_ time: String) throws -> Int {
        try admin("POST", "/clock/advance", body: #"{"by":"\#(time)"}"#).status
    }

    func counts() throws -> [String: Int]? {
        try admin("GET", "/snapshots/seeded/diff").json["count"] as? [String: Int]
    }
}
