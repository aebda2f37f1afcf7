import HTTPServer
import TestSupport
import Testing

struct WhyTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    @Test func `every answer names its request, and growing numbers`() throws {
        let first = try house.seam("{}")["x-understudy-request-id"]
        let second = try house.seam("[]")["x-understudy-request-id"]
        let third = try house.house.send(.get, "/pulse/nothing")["x-understudy-request-id"]
        #expect(first == "req_1" && second == "req_2" && third == "req_3")
    }

    @Test(arguments: [
        ("[]", "body_is_object; evidence="), (#"{"email_address":1}"#, "schema; evidence=vendor"),
        ("{,}", "strict_json; evidence=convention"),
    ])
    func `a refusal names the rule that decided`(body: String, why: String) throws {
        #expect(try house.seam(body)["x-understudy-why"]?.hasPrefix(why) == true)
    }

    @Test func `a clash names the claim, who holds it and which request made it`() throws {
        let made = try house.seam(#"{"email_address":"a@b.co"}"#)
        let owner = try #require(made.at("user_identity.user_identity_id"))
        let clash = try house.seam(#"{"email_address":"a@b.co","full_name":"B"}"#)
        #expect(clash.status == 409)
        let why = try #require(clash["x-understudy-why"])
        #expect(why == "email_or_phone_unique; evidence=documented; claim=email_address; owner=\(owner); by=req_1")
    }

    @Test(arguments: [
        ("ada", "ada"), ("a; by=req_9", "a??by=req_9"), (#"a\r\nX: 1"#, "a??X:?1"), ("é", "??"),
        (String(repeating: "a", count: 64), String(repeating: "a", count: 64)),
        (String(repeating: "a", count: 100_000), String(repeating: "a", count: 64) + "..."),
    ])
    func `an id that a client chose does no harm to the field that names it`(id: String, shown: String) throws {
        let fields = [("X-ORGANIZATION-SECRET", "sensay_test_secret"), ("Content-Type", "application/json")]
        for status in [200, 409] {
            let answer = try house.house.send(.post, "/v1/users", fields, body: #"{"id":"\#(id)"}"#)
            #expect(answer.status == status)
            guard status == 409 else { continue }
            let why = "id_unique; evidence=documented; claim=id; owner=\(shown); by=req_1"
            #expect(answer["x-understudy-why"] == why)
        }
    }

    @Test func `explain tells the rule, the value, and both bodies`() throws {
        let owner = try house.seam(#"{"email_address":"a@b.co"}"#).at("user_identity.user_identity_id")
        let clash = try house.seam(#"{"email_address":"a@b.co","full_name":"B"}"#)
        let id = try #require(clash["x-understudy-request-id"])
        let explained = try house.admin(.get, "/__admin/requests/\(id)/explain")
        #expect(explained.status == 200)
        #expect(explained.at("rule.evidence") == "documented")
        #expect(explained.at("owner.id") == owner && explained.at("owner.request") == "req_1")
        #expect(explained.at("bodies.earlier.status") == "200")
        #expect(explained.at("bodies.differs") == #"["full_name"]"#)
        #expect(explained.at("claim.value") == "a@b.co")
        #expect(explained.at("bodies.this.body") == #"{"email_address":"a@b.co","full_name":"B"}"#)
        #expect(explained.at("bodies.earlier.id") == "req_1")
        #expect(explained.at("bodies.earlier.body") == #"{"email_address":"a@b.co"}"#)
        #expect(try house.admin(.get, "/__admin/requests/req_99/explain").status == 404)
        #expect(try house.admin(.get, "/__admin/requests/x/explain").status == 404)
    }

    @Test func `explain shows the user of a success, and none that a reset took away`() throws {
        let made = try house.seam(#"{"email_address":"a@b.co"}"#)
        let path = "/__admin/requests/\(try #require(made["x-understudy-request-id"]))/explain"
        #expect(try house.admin(.get, path).at("user.id") == made.at("user_identity.user_identity_id"))
        #expect(try house.admin(.get, path).at("rule.evidence") == "documented")
        _ = try house.admin(.post, "/__admin/reset")
        #expect(try house.admin(.get, path).at("user.message") == "no longer in the store")
        try house.seam(#"{"email_address":"b@b.co"}"#)
        #expect(try house.admin(.get, path).at("user.id") == nil)
    }

    @Test func `explain names the fault that was injected`() throws {
        let body = #"{"vendor":"seam","status":503}"#
        _ = try house.admin(.post, "/__admin/faults", [("Content-Type", "application/json")], body: body)
        let id = try #require(try house.seam("{}")["x-understudy-request-id"])
        let explained = try house.admin(.get, "/__admin/requests/\(id)/explain")
        #expect(explained.at("rule.code") == "injected" && explained.at("fault") == "fault_1")
    }
}
