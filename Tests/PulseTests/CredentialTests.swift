import HTTPServer
import Pulse
import TestSupport
import Testing

@Suite("Who may call Pulse")
struct CredentialTests {
    private static let body = #"{"email":"ada@example.com"}"#
    private static let unauthorized = refusal(401, "Unauthorized", "A valid bearer token is required")

    @Test(
        "a call without a bearer token is refused, and the challenge names no error",
        arguments: [
            nil, "", "Bearer", "Bearer ", "Basic cHVsc2U6", "pulse_test_token", "Bearerpulse_test_token", "Token x",
        ])
    func noToken(_ field: String?) throws {
        let pulse = try PulseHouse()
        let fields = field.map { [("Authorization", $0)] } ?? []
        let answer = try pulse.create(Self.body, token: nil, fields: fields)
        #expect(answer.status == 401)
        #expect(answer.text == Self.unauthorized)
        #expect(answer["www-authenticate"] == "Bearer")
        #expect(answer["content-type"] == "application/json")
        #expect(try pulse.users() == 0)
    }

    @Test(
        "a token that opens nothing is refused, and the challenge says so",
        arguments: [
            "x", "pulse_test_toke", "pulse_test_tokenx", "PULSE_TEST_TOKEN", "pulse_test_token.", "pulse_test_token. ",
            "pulse_test_token.a b", "pulse_test_token.a.b", "pulse_test_token.ä", "pulse_test_token pulse_test_token",
            "pulse_test_token." + String(repeating: "n", count: 65), "connect_test_key", "seam_test_key",
        ])
    func wrongToken(_ token: String) throws {
        let answer = try PulseHouse().create(Self.body, token: token)
        #expect(answer.status == 401)
        #expect(answer.text == Self.unauthorized)
        #expect(answer["www-authenticate"] == #"Bearer error="invalid_token""#)
    }

    @Test("the scheme is read in any letter case", arguments: ["Bearer", "bearer", "BEARER", "bEaReR"])
    func scheme(_ scheme: String) throws {
        let answer = try PulseHouse().create(
            Self.body, token: nil, fields: [("authorization", "\(scheme) pulse_test_token")])
        #expect(answer.status == 201)
    }

    @Test("a configured token takes the place of the usual one")
    func configured() throws {
        let house = try TestHouse(Pulse(token: "abc.def"))
        func status(_ token: String) throws -> Int {
            try house.send(
                .post, "/pulse/users",
                [("Authorization", "Bearer \(token)"), ("x-account-id", "2311"), ("Content-Type", "application/json")],
                body: Self.body
            ).status
        }
        #expect(try status("abc.def") == 201)
        #expect(try status("abc.def.other") == 201)
        #expect(try status("abc") == 401)
        #expect(try status("pulse_test_token") == 401)
    }

    @Test(
        "the account must be named, by an id that can be one",
        arguments: [
            (nil, "x-account-id header is required"), ("", "x-account-id header is required"),
            ("  ", "x-account-id header is required"),
            ("23\t11", "x-account-id header must be at most 64 characters without control characters"),
            (
                String(repeating: "1", count: 65),
                "x-account-id header must be at most 64 characters without control characters"
            ),
        ])
    func badAccount(_ account: String?, _ message: String) throws {
        let answer = try PulseHouse().create(Self.body, account: account)
        #expect(answer.status == 400)
        #expect(answer.text == badRequest(message))
        #expect(answer["www-authenticate"] == nil)
    }

    @Test("an account that is named twice is refused")
    func twice() throws {
        let answer = try PulseHouse().create(Self.body, fields: [("X-Account-Id", "2311")])
        #expect(answer.status == 400)
        #expect(answer.text == badRequest("x-account-id must be sent once, not several times"))
    }

    @Test(
        "an unknown account is forbidden, whatever it looks like",
        arguments: [
            "1", "2310", "02311", "abc", "../x", "acct_123456", "2311,2312", "2311 2312", "２３１１",
            String(repeating: "1", count: 64),
        ])
    func unknownAccount(_ account: String) throws {
        let answer = try PulseHouse().create(Self.body, account: account)
        #expect(answer.status == 403)
        #expect(answer.text == refusal(403, "Forbidden", "You do not have access to this account"))
        #expect(answer["www-authenticate"] == nil)
    }

    @Test(
        "both accounts are reached, and the user belongs to the one that was named",
        arguments: [("2311", "Understudy Sales"), ("2312", "Understudy Support"), (" 2311 ", "Understudy Sales")])
    func account(_ id: String, _ name: String) throws {
        let answer = try PulseHouse().create(Self.body, account: id)
        #expect(answer.status == 201)
        #expect(answer.at("accounts.0.accountName") == name)
        #expect(answer.names(at: "accounts.0") == ["accountId", "accountName", "usersPrimaryAccount", "accountAdmin"])
    }

    @Test("fields of other vendors mean nothing here")
    func otherFields() throws {
        let pulse = try PulseHouse()
        let fields = [("X-Idempotency-Key", "k"), ("X-API-Key", "nobody's"), ("X-ORGANIZATION-SECRET", "none")]
        #expect(try pulse.create(Self.body, fields: fields).status == 201)
        #expect(try pulse.create(Self.body, fields: fields).status == 409)
    }

    @Test("sandboxes neither see nor disturb each other")
    func sandboxes() throws {
        let pulse = try PulseHouse()
        let names = ["", ".a", ".A", ".a-b_C9", "." + String(repeating: "n", count: 64)]
        for name in names {
            let answer = try pulse.create(Self.body, token: "pulse_test_token\(name)")
            #expect(answer.status == 201)
            #expect(answer.at("id") == "1")
        }
        for name in names {
            #expect(try pulse.create(Self.body, token: "pulse_test_token\(name)").status == 409)
        }
        // The bare token's sandbox has a name, too.
        #expect(try pulse.create(Self.body, token: "pulse_test_token.default").status == 409)
    }
}
