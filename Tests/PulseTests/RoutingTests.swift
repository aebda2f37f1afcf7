import HTTPServer
import Pulse
import TestSupport
import Testing

@Suite("The ways to Pulse")
struct RoutingTests {
    private static let json = ("Content-Type", "application/json")
    private static let token = ("Authorization", "Bearer pulse_test_token")
    private static let account = ("x-account-id", "2311")
    private static let body = #"{"email":"ada@example.com"}"#

    @Test("by prefix and by host, whatever else the header says")
    func prefixAndHost() throws {
        let house = try TestHouse(Pulse())
        let fields = [Self.json, Self.token, Self.account, ("X-API-Key", "x")]
        #expect(try house.send(.post, "/pulse/users", fields, body: Self.body).status == 201)
        #expect(try house.send(.post, "/pulse/users?x=1", fields, body: Self.body).status == 409)
        for host in ["pulse.localhost", "PULSE.localhost:8080"] {
            #expect(try house.send(.post, "/users", fields + [("Host", host)], body: Self.body).status == 409)
        }
    }

    @Test(
        "a path that Pulse does not have is its 404, without asking for a token",
        arguments: [
            "/pulse", "/pulse/", "/pulse/users/", "/pulse/users/1/2", "/pulse/auth", "/pulse/users/%FF", "/pulse/user",
            "/pulse//users", "/pulse/Users",
        ])
    func unknownPath(_ path: String) throws {
        let answer = try PulseHouse().house.send(.post, path, [Self.json], body: Self.body)
        #expect(answer.status == 404)
        #expect(answer.text == refusal(404, "Not Found", "No such resource"))
        #expect(answer["content-type"] == "application/json")
    }

    @Test(
        "a method that Pulse does not have is its 405, with Allow and without asking for a token",
        arguments: [Method.put, .patch, .delete])
    func unknownMethod(_ method: Method) throws {
        let answer = try PulseHouse().house.send(method, "/pulse/users")
        #expect(answer.status == 405)
        #expect(answer.text == refusal(405, "Method Not Allowed", "\(method.name) is not supported here"))
        #expect(answer["allow"] == "GET, HEAD, POST, OPTIONS")
    }

    @Test("OPTIONS is answered without a token")
    func options() throws {
        let answer = try PulseHouse().house.send(.options, "/pulse/users")
        #expect(answer.status == 204)
        #expect(answer.text.isEmpty)
        #expect(answer["allow"] == "GET, HEAD, POST, OPTIONS")
        #expect(answer["access-control-allow-methods"] == nil)
    }

    @Test("a preflight is granted")
    func preflight() throws {
        let answer = try PulseHouse().house.send(
            .options, "/pulse/users",
            [
                ("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "authorization,content-type,x-account-id"),
            ])
        #expect(answer.status == 204)
        #expect(answer["access-control-allow-origin"] == "*")
        #expect(answer["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS")
        #expect(answer["access-control-allow-headers"] == "Authorization, Content-Type, x-account-id")
        #expect(answer["access-control-max-age"] == "600")
    }

    @Test("a page of another origin may read every answer, refusals too")
    func origin() throws {
        let pulse = try PulseHouse()
        let origin = ("Origin", "http://localhost:3000")
        var answers = [
            try pulse.create(Self.body, fields: [origin]), try pulse.create(Self.body, fields: [origin]),
            try pulse.create(Self.body, token: nil, fields: [origin]),
            try pulse.create(Self.body, account: "1", fields: [origin]), try pulse.create("{", fields: [origin]),
            try pulse.create(Self.body, type: nil, fields: [origin]),
        ]
        answers.append(try pulse.house.send(.post, "/pulse/x", [origin]))
        answers.append(try pulse.house.send(.put, "/pulse/users", [origin]))
        #expect(answers.map(\.status) == [201, 409, 401, 403, 400, 415, 404, 405])
        for answer in answers {
            #expect(answer["access-control-allow-origin"] == "*")
            #expect(answer["access-control-allow-credentials"] == nil)
        }
    }
}
