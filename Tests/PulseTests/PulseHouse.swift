import HTTPServer
import Pulse
import TestSupport
import UserStore

/// Pulse alone, asked as its clients ask.
struct PulseHouse: Sendable {
    let house: TestHouse
    static let token = Pulse.defaultToken

    init(store: UserStore? = nil) throws {
        house = try TestHouse(Pulse(), store: store)
    }

    /// Creates a user; a field that is nil is not sent.
    func create(
        _ body: String?, token: String? = token, account: String? = "2311", type: String? = "application/json",
        fields: [(String, String)] = []
    ) throws -> TestAnswer {
        var all: [(String, String)] = []
        if let token { all.append(("Authorization", "Bearer \(token)")) }
        if let account { all.append(("x-account-id", account)) }
        if let type { all.append(("Content-Type", type)) }
        return try house.send(.post, "/pulse/users", all + fields, body: body)
    }

    /// Asks for something; a field that is nil is not sent.
    func ask(
        _ method: Method, _ path: String, _ body: String? = nil, token: String? = token, account: String? = "2311"
    ) throws -> TestAnswer {
        var all: [(String, String)] = []
        if let token { all.append(("Authorization", "Bearer \(token)")) }
        if let account { all.append(("x-account-id", account)) }
        if body != nil { all.append(("Content-Type", "application/json")) }
        return try house.send(method, "/pulse\(path)", all, body: body)
    }

    /// What was recorded in a sandbox; nil when there is no such sandbox.
    func events(in sandbox: String = "default") throws -> [StoredEvent]? {
        try house.store.batch { batch in
            Result { () throws(StoreError) in
                guard let id = try batch.sandbox(named: sandbox) else { return nil }
                return try batch.events(in: id, limit: 1_000)
            }
        }.result.get()
    }

    /// How many users a sandbox has.
    func users(in sandbox: String = "default") throws -> Int {
        try house.store.batch { batch in
            Result { () throws(StoreError) in
                guard let id = try batch.sandbox(named: sandbox) else { return 0 }
                return try batch.users(of: VendorNumber(rawValue: 4), in: id, limit: 1_000).count
            }
        }.result.get()
    }
}

/// The body of a refusal, as Pulse words it.
func refusal(_ status: Int, _ label: String, _ message: String) -> String {
    #"{"error":"\#(label)","status":\#(status),"message":"\#(message)"}"#
}

/// The body of a 400.
func badRequest(_ message: String) -> String {
    refusal(400, "Bad Request", message)
}
