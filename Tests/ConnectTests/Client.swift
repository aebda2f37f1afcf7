import Connect
import HTTPServer
import TestSupport
import UserStore

/// Connect in front of a store, and a client that has the key.
struct Client {
    let house: TestHouse

    init(_ store: UserStore? = nil) {
        house = try! TestHouse(Connect(), store: store)
    }

    /// Creates a user; a nil key or media type sends none, and further fields come after them.
    @discardableResult
    func post(
        _ body: String?, under idempotencyKey: String? = nil, key: String? = "connect_test_key",
        type: String? = "application/json", at target: String = "/users", _ fields: [(String, String)] = []
    ) throws -> TestAnswer {
        house.send([try request(body, under: idempotencyKey, key: key, type: type, at: target, fields)])[0]
    }

    func request(
        _ body: String?, under idempotencyKey: String? = nil, key: String? = "connect_test_key",
        type: String? = "application/json", at target: String = "/users", _ fields: [(String, String)] = []
    ) throws -> Request {
        var all: [(String, String)] = []
        if let key { all.append(("X-API-Key", key)) }
        if let type, body != nil { all.append(("Content-Type", type)) }
        if let idempotencyKey { all.append(("X-Idempotency-Key", idempotencyKey)) }
        return try Request.make(.post, target, fields: all + fields, body: body.map { Array($0.utf8) })
    }

    /// The users of a sandbox as the store has them, oldest first.
    func stored(_ sandbox: String = "default") -> [String] {
        read(sandbox) { batch, sandbox in
            ((try? batch.users(of: connect, in: sandbox, limit: 1000)) ?? []).map {
                String(decoding: $0.fields, as: UTF8.self)
            }
        }
    }

    /// The idempotency keys of a sandbox that the store has, oldest first.
    func keys(_ sandbox: String = "default") -> [String] {
        read(sandbox) { batch, sandbox in
            ((try? batch.idempotencyRecords(of: connect, in: sandbox, limit: 1000)) ?? []).map(\.record.key)
        }
    }

    private func read(_ sandbox: String, _ body: (inout Batch, SandboxID) -> [String]) -> [String] {
        house.store.batch { batch in
            guard let sandbox = try? batch.sandbox(named: sandbox) else { return [] }
            return body(&batch, sandbox)
        }.result
    }
}

private let connect = VendorNumber(rawValue: 2)

extension TestAnswer {
    /// Status and body.
    var whole: String { "\(status) \(text)" }

    /// The members that the client chose, as they stand in the answer.
    var own: String {
        text
            .replacing(#/"userId":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",/#, with: "")
            .replacing(
                #""customerIds":[],"customers":[],"createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-02T03:04:05.678Z","#,
                with: "")
    }

    /// Whether this is that answer over again: status, fields and body, byte for byte.
    func repeats(_ other: TestAnswer) -> Bool {
        status == other.status && response.fields.bytes == other.response.fields.bytes
            && response.body == other.response.body
    }
}

let unauthorized = #"401 {"message":"Missing or invalid API key","code":"UNAUTHORIZED"}"#
let mismatch =
    #"409 {"message":"The idempotency key was already used with a different request","code":"idempotency_key_mismatch","hint":"Generate a new idempotency key for the new operation"}"#

/// The 400 for faults of the body.
func invalid(_ details: String) -> String {
    #"400 {"message":"Validation failed for the request","code":"VALIDATION_ERROR","details":[\#(details)],"hint":"Ensure all required fields are provided with valid values"}"#
}

/// The 400 for a header field.
func badField(_ name: String, _ message: String) -> String {
    #"400 {"message":"Validation failed for the request","code":"VALIDATION_ERROR","details":[{"message":"\#(name) \#(message)","code":"INVALID_FORMAT","property":"\#(name)"}]}"#
}

/// A body of so many bytes, padded with blanks.
func body(_ text: String, padded count: Int) -> String {
    text + String(repeating: " ", count: count - text.utf8.count)
}
