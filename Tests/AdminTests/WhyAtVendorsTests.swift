import HTTPServer
import TestSupport
import Testing

/// Why each vendor answered as it did, as a call and as explain tell it.
struct WhyAtVendorsTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    private static let credentials: [String: [(String, String)]] = [
        "sensay": [("X-ORGANIZATION-SECRET", "sensay_test_secret")], "connect": [("X-API-Key", "connect_test_key")],
        "seam": [("Authorization", "Bearer seam_test_key")],
        "pulse": [("Authorization", "Bearer pulse_test_token"), ("x-account-id", "2311")],
    ]
    private static let paths = [
        "sensay": "/sensay/v1/users", "connect": "/connect/users", "seam": "/seam/user_identities/create",
        "pulse": "/pulse/users",
    ]

    private func post(_ vendor: String, _ body: String, _ fields: [(String, String)] = []) throws -> TestAnswer {
        let path = try #require(Self.paths[vendor])
        let credential = try #require(Self.credentials[vendor])
        return try house.house.send(
            .post, path, credential + [("Content-Type", "application/json")] + fields, body: body)
    }

    private func explain(_ answer: TestAnswer) throws -> TestAnswer {
        let id = try #require(answer["x-understudy-request-id"])
        return try house.admin(.get, "/__admin/requests/\(id)/explain")
    }

    struct Clash: Sendable {
        let vendor: String
        let first: String
        let second: String
        let id: String
        let rule: String
        let evidence: String
        let claim: String
        let value: String
        let differs: String
    }

    @Test(arguments: [
        Clash(
            vendor: "sensay", first: #"{"id":"ada"}"#, second: #"{"id":"ada","name":"A"}"#, id: "id",
            rule: "id_unique", evidence: "documented", claim: "id", value: "ada", differs: #"["name"]"#),
        Clash(
            vendor: "sensay", first: #"{"email":"a@b.co"}"#, second: #"{"email":"a@b.co","name":"A"}"#,
            id: "id", rule: "email_unique", evidence: "documented", claim: "email", value: "a@b.co",
            differs: #"["name"]"#),
        Clash(
            vendor: "seam", first: #"{"user_identity_key":"k"}"#, second: #"{"user_identity_key":"k"}"#,
            id: "user_identity.user_identity_id", rule: "user_identity_key_unique", evidence: "documented",
            claim: "user_identity_key", value: "k", differs: "[]"),
        Clash(
            vendor: "seam", first: #"{"phone_number":"+15555550110"}"#,
            second: #"{"full_name":"A","phone_number":"+15555550110"}"#, id: "user_identity.user_identity_id",
            rule: "email_or_phone_unique", evidence: "documented", claim: "phone_number", value: "+15555550110",
            differs: #"["full_name"]"#),
        Clash(
            vendor: "pulse", first: #"{"email":"Ada@Example.com"}"#, second: #"{"email":"ada@example.com"}"#, id: "id",
            rule: "email_unique", evidence: "vendor", claim: "email", value: "ada@example.com",
            differs: #"["email"]"#),
    ])
    func `a clash names rule, claim as compared, owner and the earlier request`(_ clash: Clash) throws {
        let first = try post(clash.vendor, clash.first)
        let owner = try #require(first.at(clash.id))
        let second = try post(clash.vendor, clash.second)
        #expect(second.status == 409)
        #expect(
            second["x-understudy-why"]
                == "\(clash.rule); evidence=\(clash.evidence); claim=\(clash.claim); owner=\(owner); by=req_1")
        let explained = try explain(second)
        #expect(explained.at("rule.code") == clash.rule && explained.at("rule.evidence") == clash.evidence)
        #expect(explained.at("rule.source")?.isEmpty == false && explained.at("rule.meaning")?.isEmpty == false)
        #expect(explained.at("claim.name") == clash.claim && explained.at("claim.value") == clash.value)
        #expect(explained.at("owner.id") == owner && explained.at("owner.vendor") == clash.vendor)
        #expect(explained.at("owner.request") == "req_1")
        #expect(explained.at("bodies.this.body") == clash.second)
        #expect(explained.at("bodies.earlier.body") == clash.first && explained.at("bodies.earlier.id") == "req_1")
        #expect(explained.at("bodies.differs") == clash.differs)
    }

    @Test(arguments: [
        ("sensay", #"{"id":"ada"}"#, "id", "create_user"), ("connect", #"{"name":"Ada"}"#, "userId", "create"),
        ("seam", "{}", "user_identity.user_identity_id", "create"),
        ("pulse", #"{"email":"a@b.co"}"#, "id", "create_user"),
    ])
    func `a success names its rule and its user`(vendor: String, body: String, id: String, rule: String) throws {
        let made = try post(vendor, body)
        #expect(made["x-understudy-why"] == "\(rule); evidence=documented")
        let explained = try explain(made)
        #expect(explained.at("rule.code") == rule && explained.at("user.id") == made.at(id))
        #expect(explained.at("bodies.earlier") == nil && explained.at("fault") == "null")
    }

    @Test func `a replay names the request that it repeats, and its user`() throws {
        let key = [("X-Idempotency-Key", "k")]
        let first = try post("connect", #"{"name":"Ada"}"#, key)
        let again = try post("connect", #"{"name":"Ada"}"#, key)
        #expect(again["x-understudy-why"] == "idempotency_replay; evidence=documented; by=req_1")
        let explained = try explain(again)
        #expect(explained.at("idempotency.outcome") == "replayed")
        #expect(explained.at("user.id") == first.at("userId") && explained.at("bodies.earlier.id") == "req_1")
    }

    /// What holds everywhere rests on more where the vendor itself shows it.
    @Test(arguments: [
        ("sensay", "{,}", "application/json", "strict_json; evidence=convention"),
        ("connect", "{,}", "application/json", "strict_json; evidence=vendor"),
        ("seam", "{,}", "application/json", "strict_json; evidence=convention"),
        ("pulse", "{,}", "application/json", "strict_json; evidence=convention"),
        ("sensay", "{}", "text/plain", "media_type; evidence=vendor"),
        ("connect", "{}", "text/plain", "media_type; evidence=convention"),
        ("seam", "{}", "text/plain", "media_type; evidence=vendor"),
        ("pulse", "{}", "text/plain", "media_type; evidence=convention"),
    ])
    func `a rule of all vendors carries each vendor's own evidence`(
        vendor: String, body: String, type: String, why: String
    ) throws {
        let path = try #require(Self.paths[vendor])
        let credential = try #require(Self.credentials[vendor])
        let refused = try house.house.send(.post, path, credential + [("Content-Type", type)], body: body)
        #expect(refused["x-understudy-why"] == why)
        #expect(try explain(refused).at("rule.source")?.isEmpty == false)
    }

    @Test(arguments: ["sensay", "connect", "seam", "pulse"])
    func `a path that no page names is the vendor's own 404`(vendor: String) throws {
        let refused = try house.house.send(.get, "/\(vendor)/nothing/of/this")
        #expect(refused.status == 404 && refused["x-understudy-why"] == "known_path; evidence=vendor")
    }
}
