import Admin
import HTTPServer
import TestSupport
import Testing
import VendorKit

struct AccessTests {
    private func status(
        _ access: Access, _ fields: [(String, String)] = [], isLocalPeer: Bool = true
    ) throws -> Int {
        let house = try AdminHouse(access)
        let request = try Request.make(.get, "/__admin/routes", fields: fields, isLocalPeer: isLocalPeer)
        return house.house.send([request])[0].status
    }

    @Test func `this machine may, and nobody else`() throws {
        #expect(try status(Access()) == 200)
        #expect(try status(Access(), isLocalPeer: false) == 403)
    }

    @Test(arguments: ["https://evil.example", "null", "http://127.0.0.1.evil.example"])
    func `a page of another origin may not, whatever the mode`(origin: String) throws {
        #expect(try status(Access(), [("Origin", origin)]) == 403)
        #expect(try status(Access(.open), [("Origin", origin)]) == 403)
    }

    @Test func `a host that is not local is a rebound name, and refused`() throws {
        #expect(try status(Access(), [("Host", "evil.example")]) == 403)
        #expect(try status(Access(), [("Host", "localhost:8080"), ("Origin", "http://localhost:3000")]) == 200)
    }

    @Test func `content that a client asks leave to send is let come, where it is read`() throws {
        let fields = [("Expect", "100-continue"), ("Content-Length", "2")]
        let request = try Request.make(.post, "/__admin/faults", fields: fields, body: "{}")
        #expect(try AdminHouse().house.dispatcher.refusal(beforeBodyOf: request) == nil)
        var large = request
        large.body = .tooLarge
        #expect(try AdminHouse().house.send([large])[0].status == 413)
        #expect(try AdminHouse(Access(.off)).house.dispatcher.refusal(beforeBodyOf: request)?.status == .notFound)
    }

    @Test func `nothing is done for a request whose content was not read`() throws {
        let house = try AdminHouse()
        for endpoint in [(Method.post, "/__admin/reset"), (.delete, "/__admin/requests"), (.get, "/__admin/requests")] {
            var request = try Request.make(endpoint.0, endpoint.1)
            request.body = .tooLarge
            let answer = house.house.send([request])[0]
            #expect(answer.status == 413 && answer.at("message") == "a body has at most 1048576 bytes")
        }
        var file = try Request.make(.post, "/__admin/import")
        file.body = .tooLarge
        #expect(house.house.send([file])[0].text.contains("start a server with --db"))
        var stranger = try Request.make(.post, "/__admin/reset", fields: [("Host", "evil.example")])
        stranger.body = .tooLarge
        #expect(house.house.send([stranger])[0].status == 403)
    }

    @Test func `the token lets somebody elsewhere in`() throws {
        let access = Access(.local, token: "t0k")
        #expect(try status(access, [("Authorization", "Bearer t0k")], isLocalPeer: false) == 200)
        #expect(try status(access, [("Authorization", "Bearer t0")], isLocalPeer: false) == 403)
        #expect(try status(access, isLocalPeer: false) == 403)
    }

    @Test func `open lets everybody in, off nobody`() throws {
        #expect(try status(Access(.open), isLocalPeer: false) == 200)
        #expect(try status(Access(.off)) == 404)
    }

    @Test func `unknown paths list what there is, wrong methods what is allowed`() throws {
        let house = try AdminHouse()
        #expect(try house.admin(.get, "/__admin").status == 200)
        let unknown = try house.admin(.get, "/__admin/nothing")
        #expect(unknown.status == 404 && unknown.text.contains("GET /__admin/requests"))
        let wrong = try house.admin(.put, "/__admin/reset")
        #expect(wrong.status == 405 && wrong["allow"] == "POST")
    }
}
