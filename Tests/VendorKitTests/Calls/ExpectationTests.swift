import HTTPServer
import TestSupport
import Testing

@testable import VendorKit

/// What is refused before a body has come, because its client waits for `100 Continue`.
@Suite struct ExpectationTests {
    let house: TestHouse

    init() throws {
        house = try TestHouse(FakeVendor.notes, FakeVendor(name: "a", operations: [.saying(.post, "/users")]))
    }

    /// The refusal of a request whose body is still to come, as `status text`, or nil where it may come.
    private func refusal(_ method: Method, _ target: String, _ fields: [(String, String)]) throws -> String? {
        let request = try Request.make(method, target, fields: fields + [("Expect", "100-continue")], body: "{}")
        var head = request
        head.body = .none
        return house.dispatcher.refusal(beforeBodyOf: head).map { response in
            "\(response.status.code) \(String(decoding: response.body, as: UTF8.self))"
        }
    }

    static let json = ("Content-Type", "application/json")
    static let key = ("X-Key", "k")

    @Test func `a body that may be good is asked for, and nobody hears of it yet`() throws {
        #expect(try refusal(.post, "/notes/notes", [Self.key, Self.json]) == nil)
        #expect(try refusal(.post, "/a/users", [Self.json]) == nil)
        #expect(house.reports.exchanges.isEmpty)
    }

    @Test func `what the head shows is refused at once`() throws {
        #expect(try refusal(.post, "/notes/notes", [Self.json]) == "401 notes: unauthorized missing")
        #expect(try refusal(.post, "/notes/notes", [Self.key, Self.key, Self.json])?.hasPrefix("400 ") == true)
        #expect(try refusal(.post, "/notes/notes", [Self.key]) == "415 notes: type media_type")
        let coded = [Self.key, Self.json, ("Content-Encoding", "gzip")]
        #expect(try refusal(.post, "/notes/notes", coded) == "415 notes: type content_coding")
        #expect(try refusal(.post, "/notes/nothing", [Self.json]) == "404 notes: no /nothing")
        #expect(try refusal(.put, "/notes/notes", [])?.hasPrefix("405 notes: PUT") == true)
        #expect(try refusal(.post, "/nothing", [])?.hasPrefix("404 {") == true)
        #expect(try refusal(.post, "/healthz", [])?.hasPrefix("405 {") == true)
    }

    @Test func `a refusal is an exchange like any other`() throws {
        _ = try refusal(.post, "/notes/notes", [Self.key])
        _ = try refusal(.post, "/nothing", [])
        let exchanges = house.reports.exchanges
        #expect(exchanges.map(\.response.status.code) == [415, 404])
        #expect(exchanges.map(\.operation) == ["POST /notes", nil])
        #expect(exchanges.map(\.sandbox) == ["k", nil])
    }

    @Test func `a refusal may be read by a page`() throws {
        let request = try Request.make(.post, "/notes/notes", fields: [("Origin", "http://a.example")])
        let response = try #require(house.dispatcher.refusal(beforeBodyOf: request))
        #expect(response.fields["access-control-allow-origin"] == "*")
    }
}
