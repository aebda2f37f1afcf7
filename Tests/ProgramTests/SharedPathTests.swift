import Connect
import HTTPServer
import Pulse
import TestSupport
import Testing

/// What only a house with several vendors can show.
@Suite("The path that Connect and Pulse share")
struct SharedPathTests {
    private static let json = ("Content-Type", "application/json")
    private static let token = ("Authorization", "Bearer pulse_test_token")
    private static let account = ("x-account-id", "2311")
    private static let body = #"{"email":"ada@example.com"}"#

    @Test("by bare path, when the header is Pulse's and not Connect's")
    func barePath() throws {
        let house = try TestHouse(Pulse(), Connect())
        func send(_ fields: (String, String)...) throws -> TestAnswer {
            try house.send(.post, "/users", [Self.json] + fields, body: Self.body)
        }
        #expect(try send(Self.token, Self.account).status == 201)
        #expect(
            try send(Self.token).text
                == #"{"error":"Bad Request","status":400,"message":"x-account-id header is required"}"#)
        #expect(try send(Self.account).at("message") == "A valid bearer token is required")
        #expect(try send(Self.token, Self.account, ("X-Idempotency-Key", "k")).status == 409)
        // What has no mark of either, or the certain marks of both, is nobody's.
        let undecided = try send(Self.token, Self.account, ("X-API-Key", "connect_test_key"))
        #expect(undecided.status == 400)
        #expect(undecided.at("message")?.contains("/pulse/users") == true)
        let unmarked = try send()
        #expect(unmarked.status == 401)
        #expect(unmarked.at("message")?.contains("/pulse/users") == true)
        // Connect takes a bearer token beside its key.
        #expect(
            try send(Self.token, ("X-API-Key", "connect_test_key")).names() == ["message", "code", "details", "hint"])
    }
}
