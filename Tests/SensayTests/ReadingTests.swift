import HTTPServer
import TestSupport
import Testing

struct ReadingTests {
    let client = Client()
    static let ada =
        #"{"name":"Ada","email":"ada@b.de","id":"ada","linkedAccounts":[{"accountID":"1","accountType":"discord"}]}"#

    init() throws {
        try client.post(Self.ada)
        try client.post(#"{"id":"bob"}"#)
    }

    @Test func `the caller is shown as on creation`() throws {
        for answer in [try client.get(as: "ada"), try client.get(as: "1", account: "discord")] {
            #expect(answer.status == 200 && answer.text == Self.ada)
            #expect(answer["Content-Type"] == "application/json" && answer["X-API-Version"] == "2025-03-25")
        }
        #expect(try client.get(as: "bob").text == #"{"id":"bob","linkedAccounts":[]}"#)
    }

    @Test func `a user is found by id, whoever asks`() throws {
        #expect(try client.send(.get, "/v1/users/ada", nil).text == Self.ada)
        for fields in [[("X-USER-ID", "nobody")], [("X-USER-ID", "bob"), ("X-USER-ID-TYPE", "fax")]] {
            #expect(try client.send(.get, "/sensay/v1/users/ada", nil, fields).text == Self.ada)
        }
    }

    @Test(arguments: ["Ada", "ada@b.de", "1", "discord:1", "ad", "ada%20", "a%2564a", "%00", "..", "me%2F", "ADA"])
    func `an id of nobody is a 404 of its own`(id: String) throws {
        let answer = try client.send(.get, "/v1/users/\(id)", nil)
        #expect(answer.refusal == "404 User not found")
        #expect(answer["X-API-Version"] == "2025-03-25")
    }

    @Test(arguments: [
        (#"a/b"#, "a%2Fb"), (#"a/b"#, "a%2fb"), ("a b", "a%20b"), ("a%b", "a%25b"), ("a+b", "a+b"), ("a+b", "a%2Bb"),
        ("caf\u{E9}", "caf%C3%A9"), ("cafe\u{301}", "cafe%CC%81"), (#"x?y=1#z"#, "x%3Fy=1%23z"), ("..", ".."),
        ("..", "%2E%2E"), ("'\";<>", "'%22;%3C%3E"), ("李", "%E6%9D%8E"), (":@!$&()*,;=~", ":@!$&()*,;=~"),
    ])
    func `any id can be asked for, escaped once`(id: String, path: String) throws {
        let json = id.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        try client.post(#"{"id":"\#(json)"}"#)
        let answer = try client.send(.get, "/v1/users/\(path)?x=/", nil)
        #expect(answer.text == #"{"id":"\#(json)","linkedAccounts":[]}"#)
        // Spelt with the other é it is another id.
        if path.contains("%CC") { #expect(try client.send(.get, "/v1/users/caf%C3%A9", nil).status == 404) }
    }

    @Test(arguments: ["%FF", "%C3", "%ED%A0%80", "", "a/b"])
    func `what can be no id is an unknown path`(path: String) throws {
        let answer = try client.send(.get, "/v1/users/\(path)", nil, secret: nil)
        #expect(answer.masked == #"{"success":false,"error":"Not Found",REQUEST}"#)
    }

    @Test(arguments: ["me", "%6De", "m%65"])
    func `the path of the caller is nobody's id`(path: String) throws {
        try client.post(#"{"id":"me"}"#)
        #expect(try client.send(.get, "/v1/users/\(path)", nil).refusal == unauthorized)
        #expect(try client.send(.get, "/v1/users/\(path)", nil, [("X-USER-ID", "ada")]).text == Self.ada)
        #expect(try client.get(as: "me").at("id") == "me")
    }

    @Test(arguments: ["/v1/users/me", "/v1/users/ada", "/v1/users/nobody"])
    func `reading needs a secret, and then a version that can be`(path: String) throws {
        let caller = ("X-USER-ID", "ada")
        #expect(
            try client.send(.get, path, nil, secret: nil, [caller, ("X-API-Version", "x")]).refusal == unauthorized)
        #expect(try client.send(.get, path, nil, secret: "wrong", [caller]).refusal == unauthorized)
        #expect(
            try client.send(.get, path, nil, [caller, ("X-API-Version", "x")]).refusal
                == "400 X-API-Version: Expected a date like 2025-03-25")
    }

    @Test(arguments: [nil, "", "nobody", "1", "ada@b.de", "ADA"])
    func `an unknown caller is a 401, and so is none`(id: String?) throws {
        #expect(try client.get(as: id).refusal == unauthorized)
        #expect(try client.delete(as: id).refusal == unauthorized)
        #expect(try client.get(as: id ?? "1", account: "fax").refusal == unauthorized)
        #expect(client.stored().count == 2)
    }

    @Test func `one deleted is gone, with everything that it held`() throws {
        let answer = try client.delete(as: "1", account: "discord")
        #expect(answer.status == 204 && answer.text.isEmpty)
        #expect(answer["X-API-Version"] == "2025-03-25" && answer["Content-Type"] == nil)
        #expect(try client.get(as: "ada").refusal == unauthorized)
        #expect(try client.get(as: "1", account: "discord").refusal == unauthorized)
        #expect(try client.put(Self.ada, as: "ada").refusal == unauthorized)
        #expect(try client.delete(as: "ada").refusal == unauthorized)
        #expect(try client.send(.get, "/v1/users/ada", nil).refusal == "404 User not found")
        #expect(try client.post(Self.ada).text == Self.ada)
    }

    @Test func `within one turn, too`() throws {
        let caller = [("X-USER-ID", "ada")]
        let answers = client.house.send([
            try client.request(.post, "/v1/users", Array(Self.ada.utf8)),
            try client.request(.delete, "/v1/users/me", nil, caller),
            try client.request(.get, "/v1/users/ada", nil),
            try client.request(.post, "/v1/users", Array(Self.ada.utf8)),
            try client.request(.get, "/v1/users/me", nil, caller),
            try client.request(.delete, "/v1/users/me", nil, caller),
            try client.request(.delete, "/v1/users/me", nil, caller),
        ])
        #expect(answers.map(\.status) == [409, 204, 404, 200, 200, 204, 401])
    }

    @Test func `after an update the old values are free when the user goes, and the new ones`() throws {
        try client.put(
            #"{"id":"ada","email":"new@b.de","linkedAccounts":[{"accountID":"9","accountType":"embed"}]}"#, as: "ada")
        #expect(try client.delete(as: "9", account: "embed").status == 204)
        for body in [
            #"{"email":"new@b.de"}"#, #"{"email":"ada@b.de"}"#,
            #"{"linkedAccounts":[{"accountID":"9","accountType":"embed"}]}"#,
        ] {
            #expect(try client.post(body).status == 200)
        }
    }

    @Test func `another organisation has users of its own`() throws {
        let other = "sensay_test_secret.other"
        let caller = [("X-USER-ID", "ada")]
        #expect(try client.send(.get, "/v1/users/ada", nil, secret: other).status == 404)
        #expect(try client.send(.delete, "/v1/users/me", nil, secret: other, caller).refusal == unauthorized)
        try client.post(#"{"id":"ada"}"#, secret: other)
        #expect(try client.send(.delete, "/v1/users/me", nil, secret: other, caller).status == 204)
        #expect(try client.get(as: "ada").text == Self.ada)
    }

    @Test func `fifty updates to one email at once leave one owner`() async throws {
        for number in 0..<50 { try client.post(#"{"id":"u\#(number)"}"#) }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<50 {
                group.addTask { [client] in
                    try client.put(#"{"id":"u\#(number)","email":"one@b.de"}"#, as: "u\(number)").status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 200 }.count == 1 && statuses.filter { $0 == 409 }.count == 49)
        #expect(client.stored().filter { $0.contains("one@b.de") }.count == 1)
    }
}
