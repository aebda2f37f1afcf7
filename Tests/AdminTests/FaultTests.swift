import HTTPServer
import TestSupport
import Testing

struct FaultTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    private func arm(_ rule: String) throws -> TestAnswer {
        try house.admin(.post, "/__admin/faults", [("Content-Type", "application/json")], body: rule)
    }

    @Test func `a fault before the operation answers in the vendor's envelope, and nothing is done`() throws {
        #expect(try arm(#"{"vendor":"seam","status":429,"retry_after":7,"times":1}"#).at("fault.id") == "fault_1")
        let struck = try house.seam(#"{"email_address":"a@b.co"}"#)
        #expect(struck.status == 429)
        #expect(struck["retry-after"] == "7")
        #expect(struck["x-understudy-fault"] == "fault_1")
        #expect(struck.at("error.type") == "too_many_requests")
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#).status == 200)
        #expect(try house.admin(.get, "/__admin/faults").at("faults.0.hits") == "1")
    }

    @Test(arguments: [#"{"status":429}"#, nil])
    func `a 429 says when to come again, as its vendor does where nobody chose`(rule: String?) throws {
        if let rule { _ = try arm(rule) }
        let fields = rule == nil ? [("Prefer", "code=429")] : []
        for (path, credential, seconds) in [
            ("/connect/users", ("X-API-Key", "connect_test_key"), "60"),
            ("/seam/user_identities/create", ("Authorization", "Bearer seam_test_key"), "1"),
        ] {
            let answer = try house.house.send(
                .post, path, [credential, ("Content-Type", "application/json")] + fields, body: "{}")
            #expect(answer.status == 429)
            #expect(answer["retry-after"] == seconds)
        }
    }

    @Test func `a fault after the operation loses the answer and keeps the user, so that a retry meets it`() throws {
        _ = try arm(#"{"vendor":"connect","phase":"after","status":500,"times":1}"#)
        #expect(try house.connect(#"{"name":"Ada"}"#, key: "k").status == 500)
        let retried = try house.connect(#"{"name":"Ada"}"#, key: "k")
        #expect(retried.status == 201)
        #expect(try house.admin(.get, "/__admin/users?vendor=connect").at("users.1") == nil)
        #expect(try house.admin(.get, "/__admin/users?vendor=connect").at("users.0.id") == retried.at("userId"))
    }

    @Test func `one rule makes one vendor fail for one person`() throws {
        _ = try arm(#"{"vendor":"seam","match":{"email_address":"ada@example.com"},"status":503}"#)
        #expect(try house.seam(#"{"email_address":"ada@example.com"}"#).status == 503)
        #expect(try house.seam(#"{"email_address":"bob@example.com"}"#).status == 200)
        #expect(try house.connect(#"{"name":"Ada","email":"ada@example.com"}"#).status == 201)
    }

    @Test func `skip lets calls through first, and a sandbox's fault is its own`() throws {
        _ = try arm(#"{"sandbox":"one","status":500,"skip":1,"times":1}"#)
        #expect(try (0..<3).map { _ in try house.seam("{}", ".one").status } == [200, 500, 200])
        #expect(try house.seam("{}").status == 200)
    }

    @Test(arguments: [
        ("dropped", Delivery.Manner.dropped), ("reset", .reset), ("truncated", .truncated), ("garbage", .garbage),
    ])
    func `an answer may be spoilt on its way`(name: String, manner: Delivery.Manner) throws {
        _ = try arm(#"{"answer":"\#(name)","phase":"after","delay":25}"#)
        let answer = try house.seam("{}")
        #expect(answer.response.delivery == Delivery(manner, delay: 25))
        #expect(try house.admin(.get, "/__admin/users").at("users.0.vendor") == "seam")
    }

    @Test(arguments: [
        #"{"vendor":"nobody","status":500}"#, #"{"operation":"POST /nothing","status":500}"#, #"{"status":418}"#, "{}",
        #"{"stauts":500}"#, #"{"status":500,"times":0}"#, #"{"status":500,"phase":"never"}"#, "[]", "{",
        #"{"vendor":"seam","operation":"POST /v1/users","status":500}"#,
    ])
    func `a rule that could not mean anything is refused`(rule: String) throws {
        let refused = try arm(rule)
        #expect(refused.status == 400)
        #expect(refused.at("message")?.isEmpty == false)
        #expect(try house.admin(.get, "/__admin/faults").at("faults") == "[]")
    }

    @Test func `faults are disarmed one by one, by sandbox, or all, and by a reset`() throws {
        for rule in [#"{"status":500}"#, #"{"sandbox":"one","status":500}"#, #"{"sandbox":"two","status":500}"#] {
            _ = try arm(rule)
        }
        #expect(try house.admin(.delete, "/__admin/faults/fault_1").status == 204)
        #expect(try house.admin(.delete, "/__admin/faults/fault_1").status == 404)
        #expect(try house.admin(.delete, "/__admin/faults?sandbox=one").status == 204)
        #expect(try house.admin(.get, "/__admin/faults").at("faults.0.sandbox") == "two")
        #expect(try house.admin(.post, "/__admin/reset").status == 204)
        #expect(try house.admin(.get, "/__admin/faults").at("faults") == "[]")
    }

    @Test func `a request may prefer its own fault`() throws {
        let fields = [
            ("Authorization", "Bearer seam_test_key"), ("Content-Type", "application/json"),
            ("Prefer", "code=503, delay=20"),
        ]
        let answer = try house.house.send(.post, "/seam/user_identities/create", fields, body: "{}")
        #expect(answer.status == 503)
        #expect(answer["x-understudy-fault"] == "prefer")
        #expect(answer.response.delivery.delay == 20)
        #expect(try house.admin(.get, "/__admin/users").at("users") == "[]")
    }
}
