import HTTPServer
import TestSupport
import Testing

struct ClockTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    private func change(_ method: Method, _ path: String, _ body: String? = nil) throws -> TestAnswer {
        try house.admin(method, "/__admin/clock\(path)", [("Content-Type", "application/json")], body: body)
    }

    @Test func `a sandbox's time is its own, and what is created follows it`() throws {
        _ = try change(.put, "?sandbox=one", #"{"now":"2030-05-06T07:08:09.123Z","frozen":true}"#)
        #expect(try house.seam("{}", ".one").at("user_identity.created_at") == "2030-05-06T07:08:09.123Z")
        #expect(try house.seam("{}", ".one").response.date == 1_904_281_689)
        #expect(try house.seam("{}", ".two").at("user_identity.created_at") == "2026-01-02T03:04:05.678Z")
        _ = try change(.post, "/advance?sandbox=one", #"{"by":"24h"}"#)
        #expect(try house.seam("{}", ".one").at("user_identity.created_at") == "2030-05-07T07:08:09.123Z")
        #expect(try change(.delete, "?sandbox=one").at("now") == "2026-01-02T03:04:05.678Z")
    }

    @Test func `an idempotency key is free 24 hours later`() throws {
        let first = try house.connect(#"{"name":"Ada"}"#, key: "k").at("userId")
        _ = try change(.post, "/advance", #"{"by":"86399999ms"}"#)
        #expect(try house.connect(#"{"name":"Ada"}"#, key: "k").at("userId") == first)
        _ = try change(.post, "/advance", #"{"by":"1ms"}"#)
        #expect(try house.connect(#"{"name":"Ada"}"#, key: "k").at("userId") != first)
    }

    @Test(arguments: [
        #"{"now":"yesterday"}"#, #"{"now":"2030-02-30T00:00:00Z"}"#, #"{"now":"2030-01-01T00:00:00Z","x":1}"#, "{}",
    ])
    func `a time that is none is refused`(body: String) throws {
        #expect(try change(.put, "", body).status == 400)
    }

    @Test(arguments: ["1", "-1s", "1w", "", "99999999999d"])
    func `a length that is none is refused`(by: String) throws {
        #expect(try change(.post, "/advance", #"{"by":"\#(by)"}"#).status == 400)
    }
}
