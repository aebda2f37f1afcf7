import HTTPServer
import TestSupport
import Testing

struct EventEndpointTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
        for number in 1...3 { try house.pulse("a\(number)@b.co", ".one") }
        try house.pulse("a@b.co", ".two")
        try house.seam(#"{"email_address":"a@b.co"}"#)
    }

    private func ids(_ query: String) throws -> [String] {
        let listed = try house.admin(.get, "/__admin/events" + query)
        return (0..<20).compactMap { listed.at("events.\($0).id") }
    }

    @Test(arguments: [
        ("", ["1.1", "1.2", "2.3", "2.4", "3.5", "3.6", "4.1", "4.2"]), ("?sandbox=two", ["4.1", "4.2"]),
        ("?name=user_created", ["1.1", "2.3", "3.5", "4.1"]), ("?vendor=seam", []), ("?sandbox=none", []),
        ("?vendor=pulse&name=user_deleted&name=user_created&limit=2", ["1.1", "2.3"]),
        ("?after=2.3", ["2.4", "3.5", "3.6", "4.1", "4.2"]), ("?after=3", ["4.1", "4.2"]), ("?after=4.2", []),
        ("?after=0&sandbox=one&limit=3", ["1.1", "1.2", "2.3"]), ("?after=99", []),
    ])
    func `events are listed in their order, and chosen`(query: String, ids: [String]) throws {
        #expect(try self.ids(query) == ids)
    }

    @Test(arguments: [
        "?vender=pulse", "?vendor=nobody", "?name=user_craeted", "?vendor=seam&name=user_created", "?after=x",
        "?after=1.", "?after=-1", "?after=1.2.3", "?stream&after=x", "?limit=-1",
    ])
    func `what would choose nothing or everything by mistake is refused`(query: String) throws {
        let answer = try house.admin(.get, "/__admin/events" + query)
        #expect(answer.status == 400)
        #expect(answer.at("message") != nil)
    }

    @Test func `an event shows its user, request, vendor and sandbox`() throws {
        let event = try house.admin(.get, "/__admin/events?limit=1")
        #expect(event.at("events.0.event") == "user_created")
        #expect(event.at("events.0.vendor") == "pulse" && event.at("events.0.sandbox") == "one")
        #expect(event.at("events.0.user") == "1" && event.at("events.0.request") == "req_1")
        #expect(event.at("events.0.data.userId") == "1")
    }

    @Test func `every vendor's names are told, or that it has none`() throws {
        let names = try house.admin(.get, "/__admin/events/names")
        #expect(names.at("vendors.3.vendor") == "pulse")
        #expect(names.at("vendors.3.sent.0") == "user_created")
        #expect(names.at("vendors.3.evidence") == "documented")
        for index in 0..<3 {
            #expect(names.at("vendors.\(index).sent") == "[]")
            #expect(names.at("vendors.\(index).source")?.isEmpty == false)
        }
    }

    @Test func `a stream begins with what was missed, and goes on`() throws {
        let answer = try house.admin(
            .get, "/__admin/events?name=user_created&after=2", [("Accept", "text/event-stream")])
        #expect(answer.status == 200)
        #expect(answer[.contentType] == "text/event-stream")
        let lines = answer.text.split(separator: "\n").filter { !$0.hasPrefix("data:") }
        #expect(lines == ["retry: 1000", "id: 3.5", "event: user_created", "id: 4.1", "event: user_created"])
        guard case .content(let stream)? = answer.response.continuation else {
            Issue.record("no stream")
            return
        }
        #expect(!stream.isOver)
        let again = try house.admin(.get, "/__admin/events?stream", [("Last-Event-ID", "4.1")])
        #expect(again.text.contains("id: 4.2\nevent: user_added_to_account\ndata: {\"id\":\"4.2\","))
        #expect(try house.admin(.get, "/__admin/events?stream").text == "retry: 1000\n\n")
    }

    @Test func `a stream of more than a thousand missed events ends, to be taken up again`() throws {
        for number in 0..<600 { try house.pulse("n\(number)@b.co") }
        let first = try house.admin(.get, "/__admin/events?stream&after=0")
        #expect(first.text.split(separator: "\n").count { $0.hasPrefix("id:") } == 1000)
        guard case .content(let stream)? = first.response.continuation else {
            Issue.record("no stream")
            return
        }
        #expect(stream.isOver)
        let last = try #require(first.text.split(separator: "\n").last { $0.hasPrefix("id:") }).dropFirst(4)
        let rest = try house.admin(.get, "/__admin/events?stream", [("Last-Event-ID", String(last))])
        #expect(rest.text.split(separator: "\n").count { $0.hasPrefix("id:") } == 208)
    }

    private func missed(after id: String) throws -> [String] {
        let answer = try house.admin(.get, "/__admin/events?stream&name=user_created", [("Last-Event-ID", id)])
        return answer.text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
    }

    @Test func `after a restore no event has the id of one that is gone, and none is missed`() throws {
        #expect(try house.admin(.post, "/__admin/snapshots/s").status == 201)
        for number in 4...6 { try house.pulse("a\(number)@b.co", ".one") }
        #expect(try missed(after: "5.1") == ["6.7", "7.9", "8.11"])
        #expect(try house.admin(.post, "/__admin/snapshots/s/restore").status == 204)
        #expect(try missed(after: "8.11") == [])
        for number in 4...5 { try house.pulse("b\(number)@b.co", ".one") }
        // Numbers begin again where the snapshot was, as they do at the vendor's.
        for known in ["8.11", "7.9", "4.2"] { #expect(try missed(after: known) == ["9.7", "10.9"]) }
    }

    @Test func `after an import every event of the file comes after those that a client knows`() throws {
        let other = try AdminHouse()
        for number in 1...7 { try other.pulse("o\(number)@b.co", ".other") }
        let file = try other.admin(.get, "/__admin/export").response.body
        #expect(try missed(after: "0") == ["1.1", "2.3", "3.5", "4.1"])
        #expect(try house.take(file).status == 204)
        let theirs = (1...7).map { "\($0 + 5).\(2 * $0 - 1)" }
        for known in ["0", "2.3", "5"] { #expect(try missed(after: known) == theirs) }
        try house.pulse("new@b.co", ".other")
        let new = try missed(after: "12.13")
        #expect(new.count == 1 && new[0].hasSuffix(".15"))
    }
}
