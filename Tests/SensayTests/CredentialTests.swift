import HTTPServer
import TestSupport
import Testing
import VendorKit

struct CredentialTests {
    let client = Client()

    @Test(arguments: [
        nil, "", "wrong", "SENSAY_TEST_SECRET", "sensay_test_secre", "sensay_test_secret2", "sensay_test_secret.",
        "sensay_test_secret.a.b", "sensay_test_secret.a b", "sensay_test_secret.é", "sensay_test_secret.a/b",
        "sensay_test_secret." + String(repeating: "n", count: 65), "Bearer sensay_test_secret", "sensay_test_secret,",
    ])
    func `a secret opens nothing`(secret: String?) throws {
        let answer = try client.post(#"{"id":"a"}"#, secret: secret)
        #expect(answer.refusal == unauthorized)
        #expect(answer["X-API-Version"] == "2025-03-25")
        #expect(try client.put(#"{"id":"a"}"#, as: "a", secret: secret).refusal == unauthorized)
    }

    @Test(arguments: [
        ("sensay_test_secret", "default"), (" \tsensay_test_secret ", "default"),
        ("sensay_test_secret.default", "default"), ("sensay_test_secret.ci-7_A", "ci-7_A"),
        ("sensay_test_secret." + String(repeating: "n", count: 64), String(repeating: "n", count: 64)),
    ])
    func `a secret opens a sandbox`(secret: String, sandbox: String) throws {
        #expect(try client.post(#"{"id":"a"}"#, secret: secret).status == 200)
        #expect(client.stored(sandbox).count == 1)
        #expect(client.house.reports.exchanges.last?.sandbox == sandbox)
    }

    @Test func `a secret in the fields of other vendors, or as a bearer token, is none`() throws {
        for field in ["X-API-Key", "Authorization"] {
            #expect(try client.post("{}", secret: nil, [(field, "sensay_test_secret")]).refusal == unauthorized)
        }
    }

    @Test func `a credential that comes twice is a 400`() throws {
        let answer = try client.post("{}", [("x-organization-secret", "sensay_test_secret")])
        #expect(answer.refusal == "400 x-organization-secret: must be sent once, not several times")
        try client.post(#"{"id":"ada"}"#)
        #expect(
            try client.put(#"{"id":"ada"}"#, [("X-User-Id", "ada")]).refusal
                == "400 x-user-id: must be sent once, not several times")
    }

    @Test func `sandboxes do not see each other`() throws {
        let user = #"{"email":"a@b.de","id":"a","linkedAccounts":[{"accountID":"1","accountType":"embed"}]}"#
        for name in ["", ".one", ".two", ".TWO"] {
            #expect(try client.post(user, secret: "sensay_test_secret" + name).text == user)
        }
        #expect(try client.put(#"{"id":"a"}"#, as: "a", secret: "sensay_test_secret.one").status == 200)
        #expect(client.stored("one") == [#"{"id":"a","linkedAccounts":[]}"#])
        #expect(client.stored("two") == [user] && client.stored("TWO") == [user] && client.stored() == [user])
        #expect(try client.put(#"{"id":"a"}"#, as: "a", secret: "sensay_test_secret.three").refusal == unauthorized)
    }

    @Test(arguments: [
        // By id.
        ("ada", nil, 200), ("Ada", nil, 401), ("nobody", nil, 401), (nil, nil, 401), ("", nil, 401),
        ("ada@b.de", nil, 401), ("7", nil, 401), (" ada ", nil, 200),
        // By linked account.
        ("7", "discord", 200), ("8", "telegram", 200), ("9", "embed", 200), ("8", "discord", 401),
        ("ada", "discord", 401), (nil, "discord", 401),
        // By what is no type.
        ("7", "Discord", 401), ("7", "", 401), ("ada", "external", 401), ("ada@b.de", "email", 401),
    ])
    func `a user calls by id or by an account`(id: String?, type: String?, status: Int) throws {
        try client.post(
            #"{"email":"ada@b.de","id":"ada","linkedAccounts":[{"accountID":"7","accountType":"discord"},{"accountID":"8","accountType":"telegram"},{"accountID":"9","accountType":"embed"}]}"#
        )
        let answer = try client.put(#"{"id":"ada"}"#, as: id, account: type)
        #expect(answer.status == status)
        if status == 401 { #expect(answer.refusal == unauthorized) }
    }

    @Test func `an id with letters beyond ASCII is found by its bytes`() throws {
        for id in ["caf\u{E9}", "cafe\u{301}"] {
            try client.post(#"{"id":"\#(id)"}"#)
            #expect(try client.put(#"{"id":"\#(id)","name":"n"}"#, as: id).status == 200)
        }
        #expect(client.stored().count == 2)
        #expect(try client.put(#"{"id":"cafe\u0301"}"#, as: "caf\u{E9}").status == 400)
    }
}
