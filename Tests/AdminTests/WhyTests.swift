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
        #expect(why.contains("claim=") && why.hasSuffix("; owner=\(owner); by=req_1") || why.hasSuffix("; by=req_1"))
        #expect(why.contains("evidence=documented"))
    }

    @Test func `explain tells the rule, the value, and both bodies`() throws {
        try house.seam(#"{"email_address":"a@b.co"}"#)
        let clash = try house.seam(#"{"email_address":"a@b.co","full_name":"B"}"#)
        let id = try #require(clash["x-understudy-request-id"])
        let explained = try house.admin(.get, "/__admin/requests/\(id)/explain")
        #expect(explained.status == 200)
        #expect(explained.at("rule.evidence") == "documented")
        #expect(explained.at("claim.value") == "a@b.co")
        #expect(explained.at("bodies.this.body") == #"{"email_address":"a@b.co","full_name":"B"}"#)
        #expect(explained.at("bodies.earlier.id") == "req_1")
        #expect(explained.at("bodies.earlier.body") == #"{"email_address":"a@b.co"}"#)
        #expect(try house.admin(.get, "/__admin/requests/req_99/explain").status == 404)
        #expect(try house.admin(.get, "/__admin/requests/x/explain").status == 404)
    }
}
