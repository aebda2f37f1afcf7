import Admin
import Connect
import HTTPServer
import Pulse
import Seam
import Sensay
import TestSupport
import VendorKit

/// All vendors with a control plane, asked in process.
struct AdminHouse {
    let house: TestHouse
    let journal: Journal

    init(_ access: Access = Access(), capacity: Int = 1000) throws {
        let vendors: [any Vendor] = [Sensay(), Connect(), Seam(), Pulse()]
        let journal = Journal(capacity: capacity)
        let metrics = Metrics()
        let keys = KeyUses()
        let faults = FaultRules()
        self.journal = journal
        house = try TestHouse(vendors, reporters: [journal, metrics, keys], faults: faults) { store, clock in
            Admin(
                vendors, store: store, clock: clock, journal: journal, metrics: metrics, keys: keys, faults: faults,
                webhooks: Webhooks(vendors, store: store, delays: [10, 10]), access: access)
        }
    }

    /// Creates a user identity at Seam.
    @discardableResult
    func seam(_ body: String, _ sandbox: String = "") throws -> TestAnswer {
        try house.send(
            .post, "/seam/user_identities/create",
            [("Authorization", "Bearer seam_test_key\(sandbox)"), ("Content-Type", "application/json")], body: body)
    }

    /// Creates a user at Pulse.
    @discardableResult
    func pulse(_ email: String, _ sandbox: String = "") throws -> TestAnswer {
        try house.send(
            .post, "/pulse/users",
            [
                ("Authorization", "Bearer pulse_test_token\(sandbox)"), ("x-account-id", "2311"),
                ("Content-Type", "application/json"),
            ], body: #"{"email":"\#(email)"}"#)
    }

    /// Creates a user at Connect.
    @discardableResult
    func connect(
        _ body: String, key: String? = nil, _ sandbox: String = "", _ further: [(String, String)] = []
    ) throws -> TestAnswer {
        var fields = [("X-API-Key", "connect_test_key\(sandbox)"), ("Content-Type", "application/json")]
        if let key { fields.append(("X-Idempotency-Key", key)) }
        return try house.send(.post, "/connect/users", fields + further, body: body)
    }

    /// Asks for a verification that waits, and gives what its answer will come by.
    func waitingVerify(_ query: String) throws -> DeferredResponse {
        let response = try house.send(.get, "/__admin/verify?\(query)").response
        guard case .answer(let deferred)? = response.continuation else { throw NotDeferred(response: response) }
        return deferred
    }

    /// Has it take a store's file in the place of its own.
    func take(_ file: [UInt8]) throws -> TestAnswer {
        var limits = Limits()
        limits.bodies = Admin.bodies
        return house.send([try Request.make(.post, "/__admin/import", body: file, limits: limits)])[0]
    }

    struct NotDeferred: Error {
        let response: Response
    }

    /// Asks the control plane.
    @discardableResult
    func admin(
        _ method: Method, _ target: String, _ fields: [(String, String)] = [], body: String? = nil
    ) throws -> TestAnswer {
        try house.send(method, target, fields, body: body)
    }
}
