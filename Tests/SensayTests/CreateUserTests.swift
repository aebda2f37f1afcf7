import HTTPServer
import TestSupport
import Testing
import VendorKit

struct CreateUserTests {
    let client = Client()

    @Test func `a full user comes back byte for byte in the order of the page, whatever the order sent`() throws {
        let answer = try client.post(
            #"""
            { "linkedAccounts": [{"accountType":"discord","accountID":"string"}],
              "id": "johndoe", "email": "user@example.com", "name": "John Doe" }
            """#)
        #expect(answer.status == 200)
        #expect(
            answer.text
                == #"{"name":"John Doe","email":"user@example.com","id":"johndoe","linkedAccounts":[{"accountID":"string","accountType":"discord"}]}"#
        )
        #expect(answer["Content-Type"] == "application/json")
        #expect(answer["X-API-Version"] == "2025-03-25")
        #expect(String(decoding: answer.response.fields.bytes, as: UTF8.self).split(separator: "\r\n").count == 2)
    }

    @Test func `what is unset is left out, but for the list of linked accounts`() throws {
        #expect(try client.post(#"{"id":"a"}"#).text == #"{"id":"a","linkedAccounts":[]}"#)
        #expect(try client.post(#"{"id":"b","linkedAccounts":[]}"#).text == #"{"id":"b","linkedAccounts":[]}"#)
        #expect(try client.post(#"{"name":"","id":"c"}"#).text == #"{"name":"","id":"c","linkedAccounts":[]}"#)
    }

    @Test func `an id that is not sent is a UUID, the same on every run and another in every sandbox`() throws {
        let first = try #require(try client.post("{}").at("id"))
        let second = try #require(try client.post(#"{"name":"John"}"#).at("id"))
        let other = try #require(try client.post("{}", secret: "sensay_test_secret.other").at("id"))
        #expect([first, second, other].allSatisfy { UUIDText.isValid($0) && $0 == $0.lowercased() })
        #expect(Set([first, second, other]).count == 3)
        #expect(try Client().post("{}").at("id") == first)
    }

    @Test func `a made id gives way to the same id that a client chose before`() throws {
        let first = try #require(try Client().post("{}").at("id"))
        let other = Client()
        try other.post("{}")
        let second = try #require(try other.post("{}").at("id"))
        // Restored in another order than they were made.
        for id in [second, first] { #expect(try client.post(#"{"id":"\#(id)"}"#).status == 200) }
        let fresh = Client()
        #expect(try fresh.post(#"{"id":"\#(second)"}"#).status == 200)
        let answer = try fresh.post("{}")
        #expect(answer.status == 200)
        #expect(UUIDText.isValid(answer.at("id") ?? "") && answer.at("id") != second)
    }

    @Test func `the id of a user is not looked at, for the caller is the organisation`() throws {
        #expect(try client.post(#"{"id":"a"}"#, [("X-USER-ID", "nobody")]).status == 200)
        #expect(
            try client.post(#"{"id":"b"}"#, [("X-USER-ID", "x"), ("X-USER-ID-TYPE", "carrier pigeon")]).status == 200)
    }

    @Test(arguments: [
        "/v1/users", "/sensay/v1/users", "/v1/%75sers", "/v1/users?verbose=1", "http://api.sensay.io/v1/users",
    ])
    func `the operation is reached by`(target: String) throws {
        #expect(try client.send(.post, target, #"{"id":"a"}"#).text == #"{"id":"a","linkedAccounts":[]}"#)
    }

    @Test(arguments: ["api.sensay.io", "sensay.localhost", "SENSAY.localhost:8080", "example.com"])
    func `the operation is reached at the host`(host: String) throws {
        #expect(try client.post(#"{"id":"a"}"#, [("Host", host)]).status == 200)
    }
}
