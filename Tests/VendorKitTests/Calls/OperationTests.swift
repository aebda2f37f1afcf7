import HTTPServer
import TestSupport
import Testing

@testable import VendorKit

/// The order of an operation's checks: route, method, credential, length, media type, JSON, fields, conflicts.
@Suite struct OperationTests {
    let house: TestHouse

    init() throws {
        house = try TestHouse(FakeVendor.notes)
        try house.send(.post, "/notes/notes", [Self.key, Self.json], body: #"{"text":"taken"}"#)
    }

    static let key = ("X-Key", "k")
    static let json = ("Content-Type", "application/json")

    /// A request with one fault, by what the fault is answered with.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let status: Int
        var method: Method?
        var path: String?
        var key: Bool?
        var type: String?
        var body: String?

        var testDescription: String { name }
    }

    /// First to last: a request with several faults is answered for the first of them.
    static let faults: [Fault] = [
        Fault(name: "path", status: 404, path: "/notes/nothing"),
        Fault(name: "method", status: 405, method: .put),
        Fault(name: "credential", status: 401, key: false),
        Fault(name: "length", status: 413, body: String(repeating: " ", count: 1_048_577)),
        Fault(name: "type", status: 415, type: "text/plain"),
        Fault(name: "JSON", status: 400, body: "{"),
        Fault(name: "field", status: 400, body: #"{"text":7}"#),
        Fault(name: "conflict", status: 409, body: #"{"text":"taken"}"#),
    ]

    static let pairs = faults.indices.flatMap { first in faults[first...].map { (faults[first], $0) } }

    @Test(arguments: pairs)
    func `of two faults the earlier check is answered`(first: Fault, second: Fault) throws {
        var fields = [("Content-Type", first.type ?? second.type ?? "application/json")]
        if first.key ?? second.key ?? true { fields.append(Self.key) }
        let answer = try house.send(
            first.method ?? second.method ?? .post, first.path ?? second.path ?? "/notes/notes", fields,
            body: first.body ?? second.body ?? #"{"text":"free"}"#)
        #expect(answer.status == first.status)
    }

    @Test(arguments: [(1_048_576, 400), (1_048_577, 413)])
    func `a body has at most one mebibyte`(count: Int, status: Int) throws {
        let body = String(repeating: " ", count: count)
        let answer = try house.send(.post, "/notes/notes", [Self.key, Self.json], body: body)
        #expect(answer.status == status)
        if status == 413 { #expect(answer.text == "notes: more than 1048576") }
    }

    @Test func `a body of exactly one mebibyte is read`() throws {
        let start = #"{"text":"long"}"#
        let body = start + String(repeating: " ", count: 1_048_576 - start.utf8.count)
        #expect(try house.send(.post, "/notes/notes", [Self.key, Self.json], body: body).status == 201)
    }

    @Test func `no body and an empty body need no media type, and are no JSON`() throws {
        for body in [nil, ""] {
            let answer = try house.send(.post, "/notes/notes", [Self.key], body: body)
            #expect(answer.text == "notes: json 0")
        }
    }

    @Test(
        arguments: [
            (["application/json"], [], nil), (["APPLICATION/JSON; charset=UTF-8"], [], nil),
            ([], [], "media_type"),
            (["text/json"], ["gzip"], "media_type"), (["application/json"], ["gzip"], "content_coding"),
            (["application/json"], ["identity"], nil), (["application/json"], ["Identity"], nil),
            (["application/json"], ["identity", "br"], "content_coding"),
            (["application/json"], ["identity", "identity"], nil),
            (["application/json"], ["identity, gzip"], "content_coding"),
            (["application/json"], [""], "content_coding"),
        ] as [([String], [String], String?)])
    func `a body is JSON as it is, in no coding`(types: [String], codings: [String], rule: String?) throws {
        let fields = types.map { ("Content-Type", $0) } + codings.map { ("Content-Encoding", $0) }
        let answer = try house.send(.post, "/notes/notes", [Self.key] + fields, body: #"{"text":"free"}"#)
        #expect(answer.text == (rule.map { "notes: type \($0)" } ?? "kept free"))
    }

    @Test func `a field that is no list must come once`() throws {
        let answer = try house.send(.post, "/notes/notes", [Self.key, Self.key, Self.json], body: "{}")
        #expect(answer.status == 400)
        #expect(answer.text == "notes: x-key must be sent once, not several times")
    }

    @Test func `an operation's name is its method and path`() {
        #expect(Operation.look.name == "GET /notes/{text}")
        #expect(!Operation.look.isLiteral && Operation.note.isLiteral)
    }

    @Test(
        arguments: [
            ("/users", "/users", []), ("/users", "/users/", nil), ("/users", "/user", nil), ("/users", "/", nil),
            ("/users/{id}", "/users/7", ["7"]), ("/users/{id}", "/users/", nil), ("/users/{id}", "/users", nil),
            ("/users/{id}/chats/{chat}", "/users/a%20b/chats/c", ["a b", "c"]), ("/{a}/{b}", "/x/y", ["x", "y"]),
        ] as [(String, String, [String]?)])
    func `a path fits its pattern segment by segment`(pattern: String, path: String, expected: [String]?) {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        #expect(Operation.saying(.get, pattern).match(Array(segments)) == expected)
    }
}
