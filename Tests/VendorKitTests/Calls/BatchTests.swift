import HTTPServer
import TestSupport
import Testing
import UserStore

@testable import VendorKit

/// One turn is one transaction; one request's failure in it undoes that request alone.
@Suite struct BatchTests {
    static let key = ("X-Key", "sandbox")

    static func post(_ body: String, key: (String, String) = key) throws -> Request {
        try .make(.post, "/notes/notes", fields: [key, ("Content-Type", "application/json")], body: body)
    }

    static func look(_ text: String) throws -> Request {
        try .make(.get, "/notes/notes/\(text)", fields: [key])
    }

    static func plain() throws -> Request {
        try .make(.get, "/notes/plain")
    }

    @Test func `a request sees what those before it in the turn wrote, and not those behind it`() throws {
        let house = try TestHouse(FakeVendor.notes)
        let answers = house.send([
            try Self.look("a"), try Self.post(#"{"text":"a"}"#), try Self.look("a"), try Self.look("b"),
            try Self.post(#"{"text":"b"}"#),
        ])
        #expect(answers.map(\.text) == ["none", "kept a", "there", "none", "kept b"])
        #expect(try house.send(.get, "/notes/notes/b", [Self.key]).text == "there")
    }

    @Test func `one value asked for by many in one turn goes to the first`() throws {
        let house = try TestHouse(FakeVendor.notes)
        let answers = house.send(try (0..<50).map { _ in try Self.post(#"{"text":"a"}"#) })
        #expect(answers.map(\.status) == [201] + Array(repeating: 409, count: 49))
        #expect(answers[1].text == "notes: a taken by another")
    }

    @Test func `a refusal behind a write undoes that request and no other`() throws {
        let house = try TestHouse(FakeVendor.notes)
        let answers = house.send([
            try Self.post(#"{"text":"a"}"#), try Self.post(#"{"text":"b","forbid":true}"#),
            try Self.post(#"{"text":"b"}"#), try Self.post(#"{"text":"c","forbid":1}"#), try Self.look("c"),
        ])
        #expect(answers.map(\.status) == [201, 403, 201, 403, 404])
        #expect(house.reports.failures.isEmpty)
    }

    @Test func `the same value is free in another sandbox`() throws {
        let house = try TestHouse(FakeVendor.notes)
        let answers = house.send([
            try Self.post(#"{"text":"a"}"#), try Self.post(#"{"text":"a"}"#, key: ("X-Key", "other")),
        ])
        #expect(answers.map(\.status) == [201, 201])
    }

    /// A store that has room for a few small users, and none for a big one.
    static func fullHouse() throws -> TestHouse {
        var sizes = StoreSizes()
        sizes.page = 1024
        sizes.maximumPages = 40
        return try TestHouse(FakeVendor.notes, store: UserStore(at: .memory, sizes: sizes))
    }

    @Test func `when the turn is lost, every answer that depended on it is the vendor's 500`() throws {
        let house = try Self.fullHouse()
        #expect(house.send([try Self.post(#"{"text":"before"}"#)])[0].status == 201)
        let origin = ("Origin", "http://a.example")
        let answers = house.send([
            try Self.look("before"),  // read before anything was written: true whatever comes
            try Self.post(#"{"text":"a"}"#),
            try Self.look("before"),  // read inside the transaction: who knows
            try Self.plain(),
            try .make(.get, "/healthz"),
            try .make(.post, "/notes/notes", fields: [Self.key]),
            try Self.post(#"{"text":"a"}"#),
            try .make(
                .post, "/notes/notes", fields: [Self.key, ("Content-Type", "application/json"), origin],
                body: #"{"text":"big","size":200000}"#),
            try Self.plain(),
            try .make(.put, "/notes/notes"),
            try .make(.post, "/nothing"),
        ])
        #expect(answers.map(\.status) == [200, 500, 500, 200, 503, 400, 500, 500, 200, 405, 404])
        for answer in answers where answer.status == 500 { #expect(answer.text == "notes: broken") }
        #expect(answers[7]["access-control-allow-origin"] == "*")
        #expect(!house.reports.failures.isEmpty)
        // The exchanges say what was sent, not what had been meant.
        #expect(house.reports.exchanges.suffix(11).map(\.response.status.code) == answers.map(\.status))
        // Nothing of the turn stayed, and the next one works.
        let after = house.send([try Self.look("a"), try Self.post(#"{"text":"a"}"#), try Self.look("before")])
        #expect(after.map(\.status) == [404, 201, 200])
    }

    @Test func `exchanges are reported in order, with their sandbox and operation`() throws {
        let house = try TestHouse(FakeVendor.notes)
        _ = house.send([
            try Self.post(#"{"text":"a"}"#), try Self.post("{"), try .make(.post, "/notes/notes"), try Self.plain(),
            try .make(.options, "/notes/notes"),
        ])
        let exchanges = house.reports.exchanges
        #expect(exchanges.map(\.response.status.code) == [201, 400, 401, 200, 204])
        #expect(exchanges.map(\.sandbox) == ["sandbox", "sandbox", nil, "default", nil])
        #expect(exchanges.map(\.operation) == ["POST /notes", "POST /notes", "POST /notes", "GET /plain", nil])
        #expect(exchanges.map(\.vendor) == Array(repeating: "notes", count: 5))
        #expect(exchanges.allSatisfy { $0.time == house.clock.now })
        let numbers = exchanges.compactMap(\.number)
        #expect(numbers.count == 4 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }
}
