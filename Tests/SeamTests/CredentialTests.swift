import HTTPServer
import Seam
import TestSupport
import Testing
import VendorKit

/// The kinds of token, and the workspaces that keys open.
@Suite struct CredentialTests {
    let seam: SeamHouse

    init() throws {
        seam = try SeamHouse()
    }

    static let none = "No authentication methods succeeded"
    static let workspace = ("seam-workspace", "398d80b7-3f96-47c2-b85a-6f8ba21d07be")

    static let refused: [([(String, String)], String)] = [
        ([], none),
        ([("Authorization", "")], none),
        ([("Authorization", "Bearer")], none),
        ([("Authorization", "seam_test_key")], none),
        ([("Authorization", "Basic c2VhbV90ZXN0X2tleTo=")], none),
        ([("Authorization", "bearer seam_test_key")], none),
        ([("Authorization", "BEARER seam_test_key")], none),
        ([("Authorization", "Token seam_test_key")], none),
        ([("X-API-Key", "seam_test_key")], none),
        ([("seam-api-key", "seam_test_key")], none),
        ([("Authorization", "Bearer nothing")], "API Key not found"),
        ([("Authorization", "Bearer seam_test_keys")], "API Key not found"),
        ([("Authorization", "Bearer Seam_test_key")], "API Key not found"),
        ([("Authorization", "Bearer seam_test_key.")], "API Key not found"),
        ([("Authorization", "Bearer seam_test_key.a b")], "API Key not found"),
        ([("Authorization", "Bearer seam_test_key.a.b")], "API Key not found"),
        ([("Authorization", "Bearer seam_test2bMS_94SrGUXuNR2JmJkjtvBQDg5c")], "API Key not found"),
        ([("Authorization", "Bearer nothing"), workspace], "API Key not found"),
        ([("Authorization", "Bearer seam_pk1_token")], "API Key not found"),
        (
            [("Authorization", "Bearer seam_pk1_token"), ("seam-publishable-key", "seam_pk1_token")],
            "API Key not found"
        ),
        ([("Authorization", "Bearer seam_at1_longtoken")], none),
        ([("Authorization", "Bearer seam_at1_longtoken"), ("seam-workspace", "")], none),
        ([("Authorization", "Bearer seam_at1_longtoken"), workspace], "Access token not found"),
        ([("Authorization", "Bearer seam_at"), workspace], "Access token not found"),
        ([("Authorization", "Bearer seam_cst1_token")], none),
        ([("Authorization", "Bearer seam_cst1_token"), workspace], none),
        ([("seam-client-session-token", "seam_cst1_token")], none),
        ([("client-session-token", "seam_cst1_token")], none),
        ([("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x")], none),
        ([("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x"), workspace], "Session not found"),
    ]

    @Test(arguments: refused)
    func `a request that nothing lets in says which way of getting in failed`(
        fields: [(String, String)], message: String
    ) throws {
        let answer = try seam.house.send(.post, SeamHouse.path, fields + [SeamHouse.json], body: "{}")
        answer.expectError(401, "unauthorized", message)
        #expect(answer["www-authenticate"] == nil)
        #expect(seam.house.reports.exchanges.last?.sandbox == nil)
    }

    @Test func `a letter and a mark behind it are no other letter`() throws {
        let answer = try seam.create("{}", token: "seam_at\u{301}", fields: [SeamHouse.json, Self.workspace])
        answer.expectError(401, "unauthorized", "Access token not found")
    }

    @Test(arguments: [
        ("seam_test_key", "default"), ("seam_test_key.default", "default"), ("seam_test_key.ci-7", "ci-7"),
        ("  seam_test_key.A_1", "A_1"),
        ("seam_test_key." + String(repeating: "x", count: 64), String(repeating: "x", count: 64)),
    ])
    func `a key opens its workspace`(token: String, sandbox: String) throws {
        #expect(try seam.create("{}", token: token).status == 200)
        #expect(seam.house.reports.exchanges.last?.sandbox == sandbox)
    }

    @Test func `a seam-workspace beside an API key changes nothing`() throws {
        let plain = try seam.create("{}").at("user_identity.workspace_id")
        let named = try seam.create("{}", fields: [SeamHouse.json, Self.workspace]).at("user_identity.workspace_id")
        #expect(plain == named)
    }

    @Test func `nothing of one workspace clashes or shows in another`() throws {
        let body = #"{"user_identity_key":"k","email_address":"a@b","phone_number":"+15"}"#
        var workspaces: Set<String?> = []
        var ids: Set<String?> = []
        for token in ["seam_test_key", "seam_test_key.a", "seam_test_key.A", "seam_test_key.b"] {
            let answer = try seam.create(body, token: token)
            #expect(answer.status == 200)
            workspaces.insert(answer.at("user_identity.workspace_id"))
            ids.insert(answer.at("user_identity.user_identity_id"))
            #expect(try seam.create(body, token: token).status == 409)
        }
        #expect(workspaces.count == 4 && ids.count == 4 && !workspaces.contains(nil))
        let again = try SeamHouse().create("{}", token: "seam_test_key.a")
        #expect(workspaces.contains(again.at("user_identity.workspace_id")))
    }

    @Test func `another key replaces the one that is known`() throws {
        let house = try TestHouse(Seam(key: "seam_mine"))
        for (token, status) in [("seam_mine", 200), ("seam_mine.x", 200), ("seam_test_key", 401)] {
            let fields = [("Authorization", "Bearer \(token)"), SeamHouse.json]
            #expect(try house.send(.post, SeamHouse.path, fields, body: "{}").status == status)
        }
        #expect(Seam(key: "seam_mine").credentialHint == "Authorization: Bearer seam_mine")
    }

    @Test(arguments: ["seam_at1_mine", "seam_cst_mine", "eye", "mine"])
    func `a key that was configured opens, also where it looks like another kind of token`(key: String) throws {
        let house = try TestHouse(Seam(key: key))
        for (token, status) in [(key, 200), ("\(key).x", 200), ("\(key)x", 401), ("\(key).", 401)] {
            let fields = [("Authorization", "Bearer \(token)"), SeamHouse.json]
            #expect(try house.send(.post, SeamHouse.path, fields, body: "{}").status == status)
            let list = try house.send(.get, "/user_identities/list", [fields[0]])
            #expect(list.status == status)
        }
    }

    /// Seam's own clients refuse to send anything else as an API key.
    @Test func `the known key is one that Seam's clients accept`() {
        #expect(Seam.defaultKey.hasPrefix("seam_"))
        for prefix in ["seam_cst", "seam_at", "seam_pk", "ey"] { #expect(!Seam.defaultKey.hasPrefix(prefix)) }
    }
}
