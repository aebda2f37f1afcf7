import HTTPServer
import TestSupport
import Testing

@testable import VendorKit

/// What is answered outside every vendor.
@Suite struct HouseTests {
    let house: TestHouse

    init() throws {
        house = try TestHouse(
            FakeVendor(
                name: "left", operations: [.saying(.post, "/users"), .saying(.get, "/left")],
                marks: [("x-left", .certain)]),
            FakeVendor(name: "right", operations: [.saying(.post, "/users")], marks: [("x-right", .certain)]))
    }

    @Test func `an unknown path lists how to reach each vendor`() throws {
        let answer = try house.send(.get, "/nothing?q=1")
        #expect(answer.status == 404)
        #expect(answer["content-type"] == "application/json")
        #expect(
            answer.text == """
                {"error":"Not Found","status":404,"message":"No vendor is served at /nothing","vendors":[\
                {"vendor":"left","prefix":"/left","host":"left.localhost","credential":"the key of left",\
                "operations":["POST /users","GET /left"]},\
                {"vendor":"right","prefix":"/right","host":"right.localhost","credential":"the key of right",\
                "operations":["POST /users"]}]}
                """)
    }

    @Test func `the health check says version, uptime and the state of the store`() throws {
        house.clock.advance(by: 61_999)
        let answer = try house.send(.get, "/healthz")
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/json")
        #expect(answer.names() == ["status", "version", "uptime_seconds", "store"])
        #expect(answer.names(at: "store") == ["file", "durability", "bytes", "log_bytes", "failure"])
        #expect(answer.at("status") == "ok")
        #expect(answer.at("version") == Version.current)
        #expect(answer.at("uptime_seconds") == "61")
        #expect(answer.at("store.file") == ":memory:")
        #expect(answer.at("store.failure") == "null")
    }

    @Test func `a clock that was set back is no negative uptime`() throws {
        house.clock.advance(by: -5000)
        #expect(try house.send(.get, "/healthz").at("uptime_seconds") == "0")
    }

    @Test func `the health check is answered for HEAD and OPTIONS and for nothing else`() throws {
        #expect(try house.send(.head, "/healthz").status == 200)
        let options = try house.send(.options, "/healthz")
        #expect(options.status == 204)
        #expect(options["allow"] == "GET, HEAD, OPTIONS")
        let post = try house.send(.post, "/healthz", body: "{}")
        #expect(post.status == 405)
        #expect(post["allow"] == "GET, HEAD, OPTIONS")
        #expect(post.at("message") == "POST is not supported here")
        #expect(try house.send(.get, "/healthz/").status == 404)
    }

    @Test func `health checks of one turn are the same, and each is allowed to its own page`() throws {
        let answers = house.send([
            try .make(.get, "/healthz"), try .make(.get, "/healthz", fields: [("Origin", "http://a.example")]),
            try .make(.get, "/left", fields: []), try .make(.get, "/healthz"),
        ])
        #expect(answers.map(\.status) == [200, 200, 404, 200])
        #expect(answers[0].text == answers[1].text && answers[1].text == answers[3].text)
        #expect(answers.map { $0["access-control-allow-origin"] } == [nil, "*", nil, nil])
    }

    @Test(arguments: ["get", "TRACE", "PROPFIND", "M-SEARCH"])
    func `a method that nobody knows is no question of the path`(name: String) throws {
        for path in ["/", "/nothing", "/users"] {
            let answer = try house.send(Method(name), path)
            #expect(answer.status == 501)
            #expect(answer.at("message") == "\(name) is no method of any path here")
        }
        #expect(try house.send(Method(name), "/healthz").status == 405)
        #expect(try house.send(.delete, "/nothing").status == 404)
    }

    @Test func `an undecided path asks for a credential and says how to choose`() throws {
        let answer = try house.send(.post, "/users")
        #expect(answer.status == 401)
        #expect(answer["www-authenticate"] == "Bearer")
        #expect(answer["content-type"] == "application/json")
        #expect(
            answer.text == """
                {"error":"Unauthorized","status":401,"message":"/users needs a credential: left takes the key of left; \
                right takes the key of right. Or choose by prefix: /left/users or /right/users","code":"UNAUTHORIZED"}
                """)
    }

    @Test func `marks of two vendors are a bad request that says how to choose`() throws {
        let answer = try house.send(.post, "/users", [("X-Left", "1"), ("X-Right", "1")])
        #expect(answer.status == 400)
        #expect(answer["www-authenticate"] == nil)
        #expect(
            answer.text == """
                {"error":"Bad Request","status":400,"message":"The header fields of this request are those of left and \
                right: left takes the key of left; right takes the key of right. Or choose by prefix: /left/users or \
                /right/users","code":"BAD_REQUEST"}
                """)
    }

    @Test func `OPTIONS of the whole server lists every method, whatever the host`() throws {
        for host in ["localhost", "left.localhost"] {
            let answer = try house.send(.options, "*", [("Host", host)])
            #expect(answer.status == 204)
            #expect(answer["allow"] == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        }
    }

    @Test func `OPTIONS of an unknown path is not found, but a page's question is let through`() throws {
        #expect(try house.send(.options, "/nothing").status == 404)
        let fields = [("Origin", "http://a.example"), ("Access-Control-Request-Method", "POST")]
        let answer = try house.send(.options, "/nothing", fields)
        #expect(answer.status == 204)
        #expect(answer["access-control-allow-origin"] == "*")
        let real = try house.send(.post, "/nothing", [("Origin", "http://a.example")])
        #expect(real.status == 404)
        #expect(real["access-control-allow-origin"] == "*")
    }

    @Test func `a page may read what an undecided path says`() throws {
        let origin = ("Origin", "http://a.example")
        #expect(try house.send(.post, "/users", [origin])["access-control-allow-origin"] == "*")
        let both = try house.send(.post, "/users", [origin, ("X-Left", "1"), ("X-Right", "1")])
        #expect(both["access-control-allow-origin"] == "*")
    }

    @Test func `a preflight of an undecided path is granted what it asks for`() throws {
        let answer = try house.send(
            .options, "/users",
            [
                ("Origin", "http://a.example"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "authorization,x-account-id"),
            ])
        #expect(answer.status == 204)
        #expect(answer["access-control-allow-headers"] == "authorization,x-account-id")
        #expect(answer["access-control-allow-methods"] == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        #expect(try house.send(.options, "/users").status == 204)
    }

    @Test func `only requests for a vendor have a number`() throws {
        try house.send(.get, "/healthz")
        try house.send(.get, "/left/left")
        try house.send(.get, "/left/nothing")
        try house.send(.get, "/nothing")
        let exchanges = house.reports.exchanges
        #expect(exchanges.map { $0.number != nil } == [false, true, true, false])
        #expect(exchanges.map(\.vendor) == [nil, "left", "left", nil])
        #expect(exchanges.map(\.operation) == [nil, "GET /left", nil, nil])
        #expect(exchanges.map(\.response.status.code) == [200, 200, 404, 404])
    }
}
