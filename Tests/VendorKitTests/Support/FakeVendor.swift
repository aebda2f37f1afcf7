import HTTPServer
import JSON
import UserStore

@testable import VendorKit

/// A vendor of the tests' own: what it serves, by which marks it is known, and the plainest envelope.
struct FakeVendor: Vendor {
    let name: String
    var number = VendorNumber(rawValue: 7)
    var hosts: [String] = []
    var operations: [Operation]
    var unserved: [UnservedPath] = []
    var crossOrigin = CrossOrigin(allowedHeaders: ["X-Key"])
    var marks: [(FieldName, Affinity)] = []

    var credentialHint: String { "the key of \(name)" }

    func affinity(for request: Request) -> Affinity {
        marks.filter { request.fields.contains($0.0) }.map(\.1).max() ?? .none
    }

    func name(ofClaim kind: UInt8) -> String { "claim \(kind)" }

    func person(_ user: StoredUser, in sandbox: String) throws(Problem) -> Person {
        Person(id: "\(user.id.ordinal)", email: nil, phone: nil, name: nil, json: user.fields)
    }

    var seedKinds: [SeedKind] {
        [SeedKind("notes", members: ["text"]) { Creation(.note, fields: [("X-Key", $1)], body: $0) }]
    }

    func user(_ id: String, in sandbox: String, _ batch: inout Batch) throws(Problem) -> StoredUser? {
        try batch.user(Int64(id), at: number, in: sandbox)
    }

    /// `name: kind`, so that a test sees who refused, and why.
    func render(_ problem: Problem, of call: Call) -> Response {
        let (status, text): (Status, String) =
            switch problem.kind {
            case .notFound: (.notFound, "no \(call.path)")
            case .notImplemented: (.notImplemented, "has \(call.path) elsewhere")
            case .methodNotAllowed(let allowed, let received):
                (.methodNotAllowed, "\(received) not in \(allowed.map(\.name))")
            case .unauthorized(let fault): (.unauthorized, "unauthorized \(fault)")
            case .forbidden: (.forbidden, "forbidden")
            case .badField(let name, let message): (.badRequest, "\(name) \(message)")
            case .tooLarge(let limit): (.contentTooLarge, "more than \(limit)")
            case .unsupportedMediaType: (.unsupportedMediaType, "type \(problem.rule.code)")
            case .malformedJSON(let error): (.badRequest, "json \(error.offset)")
            case .invalid(let problems): (.badRequest, problems.map { "\($0.dottedPath) \($0.fault)" }.joined())
            case .conflict(let claim, _, let request):
                (.conflict, "\(claim.value) taken by \(request == call.number ? "itself" : "another")")
            case .idempotencyKeyMismatch, .idempotencyKeyLocked: (.conflict, "key")
            case .tooManyRequests: (.tooManyRequests, "too many")
            case .unavailable: (.serviceUnavailable, "down")
            case .internal: (.internalServerError, "broken")
            }
        return Response(status, body: Array("\(name): \(text)".utf8))
    }
}

/// Whoever sends `X-Key`: its value is the sandbox, and without it nobody gets in.
struct Guest: Caller {
    let sandbox: String

    init(_ call: Call) throws(Problem) {
        guard let key = try call.single("x-key") else {
            throw Problem(.unauthorized(.missing), by: Rule("key", .ours, "the tests"))
        }
        sandbox = key
    }
}

/// Everybody.
struct Anyone: Caller {
    let sandbox = "default"
}

extension Operation {
    /// An operation that answers with its name, the path as the vendor sees it and the values of its parameters.
    static func saying(_ method: Method, _ path: String) -> Operation {
        Operation(method, path) { _, _ in
            Anyone()
        } run: { call, _, _ in
            let parts = [method.name, path, call.path] + call.parameters
            return Response(.ok, body: Array(parts.joined(separator: " ").utf8))
        }
    }

    /// `POST /notes`: keeps the body's `text`, unique, with as many bytes of padding as `size` says.
    static let note = Operation(.post, "/notes") { call, _ throws(Problem) in
        try Guest(call)
    } run: { call, guest, batch throws(Problem) in
        guard case .object(let object) = try call.json() else { throw Problem(.forbidden, by: KitRules.store) }
        var reader = FieldReader(object)
        let text = reader.string("text", .required).value
        let size = reader.integer("size").value ?? 0
        guard let text, reader.problems.isEmpty else {
            throw Problem(.invalid(reader.problems), by: KitRules.strictJSON)
        }
        let number = VendorNumber(rawValue: 7)
        _ = try batch.create(number, in: guest.sandbox, for: call, uniqueBy: { _ in KitRules.store }) { _ in
            ([Claim(kind: 1, value: text)], [UInt8](repeating: 0x20, count: size))
        }
        // A refusal after a write: the request's own work must be undone.
        if reader.object["forbid"] != nil { throw Problem(.forbidden, by: KitRules.store) }
        return Response(.created, body: Array("kept \(text)".utf8))
    }

    /// `GET /notes/{text}`: whether a note is there.
    static let look = Operation(.get, "/notes/{text}") { call, _ throws(Problem) in
        try Guest(call)
    } run: { call, guest, batch throws(Problem) in
        let claim = Claim(kind: 1, value: call.parameters[0])
        let number = VendorNumber(rawValue: 7)
        let found = try batch.holder(of: claim, at: number, in: guest.sandbox)
        return Response(found == nil ? .notFound : .ok, body: Array((found == nil ? "none" : "there").utf8))
    }

    /// `GET /plain`: an answer that asks the store nothing.
    static let plain = Operation(.get, "/plain") { _, _ in
        Anyone()
    } run: { _, _, _ in
        Response(.ok, body: Array("plain".utf8))
    }
}

extension FakeVendor {
    /// Keeps notes, for tests of what a batch does.
    static let notes = FakeVendor(name: "notes", operations: [.note, .look, .plain])
}
