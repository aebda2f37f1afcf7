import HTTPServer
import Sensay
import TestSupport
import Testing
import UserStore

/// Sensay in front of a store, and a client that has the secret.
struct Client {
    let house: TestHouse

    init(_ store: UserStore? = nil, schema: Schema = .seed) {
        house = try! TestHouse(Sensay(schema: schema), store: store)
    }

    /// Sends a request; a nil secret or media type sends none, and further fields come after them.
    func send(
        _ method: Method, _ target: String, _ body: String?, secret: String? = "sensay_test_secret",
        type: String? = "application/json", _ fields: [(String, String)] = []
    ) throws -> TestAnswer {
        house.send([
            try request(method, target, body.map { Array($0.utf8) }, secret: secret, type: type, fields)
        ])[0]
    }

    func request(
        _ method: Method, _ target: String, _ body: [UInt8]?, secret: String? = "sensay_test_secret",
        type: String? = "application/json", _ fields: [(String, String)] = []
    ) throws -> Request {
        var all: [(String, String)] = []
        if let secret { all.append(("X-ORGANIZATION-SECRET", secret)) }
        if let type, body != nil { all.append(("Content-Type", type)) }
        return try Request.make(method, target, fields: all + fields, body: body)
    }

    /// Creates a user.
    @discardableResult
    func post(
        _ body: String?, secret: String? = "sensay_test_secret", type: String? = "application/json",
        _ fields: [(String, String)] = []
    ) throws -> TestAnswer {
        try send(.post, "/v1/users", body, secret: secret, type: type, fields)
    }

    /// Updates the user of an id, or the one who has it as an account of a type.
    @discardableResult
    func put(
        _ body: String?, as id: String? = "ada", account: String? = nil, secret: String? = "sensay_test_secret",
        type: String? = "application/json", _ fields: [(String, String)] = []
    ) throws -> TestAnswer {
        var all: [(String, String)] = []
        if let id { all.append(("X-USER-ID", id)) }
        if let account { all.append(("X-USER-ID-TYPE", account)) }
        return try send(.put, "/v1/users/me", body, secret: secret, type: type, all + fields)
    }

    /// Reads the user who calls.
    func get(as id: String?, account: String? = nil, _ fields: [(String, String)] = []) throws -> TestAnswer {
        try send(.get, "/v1/users/me", nil, caller(id, account) + fields)
    }

    /// Deletes the user who calls.
    @discardableResult
    func delete(as id: String?, account: String? = nil, _ fields: [(String, String)] = []) throws -> TestAnswer {
        try send(.delete, "/v1/users/me", nil, caller(id, account) + fields)
    }

    private func caller(_ id: String?, _ account: String?) -> [(String, String)] {
        (id.map { [("X-USER-ID", $0)] } ?? []) + (account.map { [("X-USER-ID-TYPE", $0)] } ?? [])
    }

    /// The users of a sandbox as the store has them, oldest first.
    func stored(_ sandbox: String = "default") -> [String] {
        let (users, _) = house.store.batch { batch -> [StoredUser] in
            guard let sandbox = try? batch.sandbox(named: sandbox) else { return [] }
            return (try? batch.users(of: VendorNumber(rawValue: 1), in: sandbox, limit: 1000)) ?? []
        }
        return users.map { String(decoding: $0.fields, as: UTF8.self) }
    }
}

extension TestAnswer {
    /// The body with the values that differ each time replaced by their names, when they have their form.
    var masked: String {
        text
            .replacing(#/"fingerprint":"[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}"/#, with: "FINGERPRINT")
            .replacing(
                #/"request_id":"[a-z0-9]+:[a-z0-9]+::[a-z0-9]{5}-1767323045678-[0-9a-f]{12}"/#, with: "REQUEST")
    }

    /// Status and body of a refusal: `400 error text`, when its envelope is the documented one.
    var refusal: String {
        guard let error = at("error"), masked == #"{"success":false,"error":\#(quoted(error)),FINGERPRINT,REQUEST}"#
        else {
            return "no refusal: \(status) \(text)"
        }
        return "\(status) \(error)"
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

let unauthorized = "401 Unauthorized"
let postConflict = "409 User, email, or linked account already exists"
let putConflict = "409 Linked account or email already exists or is invalid"

/// A body of so many bytes, padded with blanks.
func body(_ text: String, padded count: Int) -> String {
    text + String(repeating: " ", count: count - text.utf8.count)
}
