import HTTPServer
import TestSupport
import Testing
import VendorKit

struct CredentialTests {
    let client = Client()
    static let john = #"{"name":"J"}"#

    @Test(arguments: [
        nil, "", "wrong", "CONNECT_TEST_KEY", "connect_test_ke", "connect_test_key2", "connect_test_key.",
        "connect_test_key.a.b", "connect_test_key.a b", "connect_test_key.é", "connect_test_key.a%2Fb",
        "connect_test_key." + String(repeating: "n", count: 65), "ApiKey connect_test_key",
    ])
    func `a key opens nothing`(key: String?) throws {
        let answer = try client.post(Self.john, key: key, at: "/connect/users")
        #expect(answer.whole == unauthorized)
        #expect(
            String(decoding: answer.response.fields.bytes, as: UTF8.self)
                == "Content-Type: application/json\r\nWWW-Authenticate: ApiKey realm=\"connect\"\r\n")
    }

    @Test(arguments: [
        ("connect_test_key", "default"), (" \tconnect_test_key ", "default"), ("connect_test_key.default", "default"),
        ("connect_test_key.ci-7_A", "ci-7_A"),
        ("connect_test_key." + String(repeating: "n", count: 64), String(repeating: "n", count: 64)),
    ])
    func `a key opens a sandbox`(key: String, sandbox: String) throws {
        #expect(try client.post(Self.john, key: key).status == 201)
        #expect(client.stored(sandbox).count == 1)
        #expect(client.house.reports.exchanges.last?.sandbox == sandbox)
    }

    @Test func `the name of the field is good in any letter case`() throws {
        #expect(try client.post(Self.john, key: nil, [("x-api-KEY", "connect_test_key")]).status == 201)
    }

    @Test func `the key as a bearer token is none`() throws {
        let fields = [("Authorization", "Bearer connect_test_key")]
        #expect(try client.post(Self.john, key: nil, at: "/connect/users", fields).whole == unauthorized)
    }

    @Test func `a key that comes twice is a 400`() throws {
        let answer = try client.post(Self.john, [("X-API-Key", "connect_test_key")])
        #expect(answer.whole == badField("x-api-key", "must be sent once, not several times"))
    }

    @Test func `sandboxes do not see each other`() throws {
        for name in ["", ".one", ".two", ".TWO"] {
            #expect(try client.post(Self.john, under: "k", key: "connect_test_key" + name).status == 201)
        }
        for name in ["default", "one", "two", "TWO"] {
            #expect(client.stored(name) == [Self.john] && client.keys(name) == ["k"])
        }
        #expect(client.stored("three").isEmpty)
    }
}
