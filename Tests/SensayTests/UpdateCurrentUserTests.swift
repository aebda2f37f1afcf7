import HTTPServer
import TestSupport
import Testing

struct UpdateCurrentUserTests {
    let client = Client()
    static let ada =
        #"{"name":"Ada","email":"ada@b.de","id":"ada","linkedAccounts":[{"accountID":"1","accountType":"discord"},{"accountID":"2","accountType":"embed"}]}"#
    static let bob =
        #"{"name":"Bob","email":"bob@b.de","id":"bob","linkedAccounts":[{"accountID":"3","accountType":"telegram"}]}"#

    init() throws {
        try client.post(Self.ada)
        try client.post(Self.bob)
    }

    @Test func `the whole user is replaced, and what is left out is gone`() throws {
        let answer = try client.put(#"{"id":"ada"}"#)
        #expect(answer.status == 200)
        #expect(answer.text == #"{"id":"ada","linkedAccounts":[]}"#)
        #expect(answer["Content-Type"] == "application/json" && answer["X-API-Version"] == "2025-03-25")
        #expect(client.stored() == [#"{"id":"ada","linkedAccounts":[]}"#, Self.bob])
    }

    @Test func `a part of a user is not taken for the whole`() throws {
        let part = ("Content-Range", "bytes 0-11/40")
        #expect(
            try client.put(#"{"id":"ada"}"#, as: "ada", [part]).refusal
                == "400 content-range: is not taken: nothing can be put in parts")
        #expect(client.stored() == [Self.ada, Self.bob])
        // RFC 9110 14.4: with any other method it means nothing.
        #expect(try client.post(#"{"id":"cyd"}"#, [part]).status == 200)
    }

    @Test func `the answer is in the order of the page`() throws {
        let answer = try client.put(
            #"{"linkedAccounts":[{"accountType":"embed","accountID":"7"}],"id":"ada","name":"Ada L.","email":"al@b.de"}"#
        )
        #expect(
            answer.text
                == #"{"name":"Ada L.","email":"al@b.de","id":"ada","linkedAccounts":[{"accountID":"7","accountType":"embed"}]}"#
        )
        #expect(client.stored() == [answer.text, Self.bob])
    }

    @Test func `one's own values are no clash`() throws {
        for _ in 0..<2 { #expect(try client.put(Self.ada).text == Self.ada) }
        // In another order, too.
        #expect(
            try client.put(
                #"{"id":"ada","linkedAccounts":[{"accountID":"2","accountType":"embed"},{"accountID":"1","accountType":"discord"}]}"#
            ).status == 200)
    }

    @Test func `values given up are free for others, and values taken are not`() throws {
        #expect(
            try client.put(
                #"{"email":"new@b.de","id":"ada","linkedAccounts":[{"accountID":"9","accountType":"embed"}]}"#
            ).status == 200)
        for taken in [#""email":"new@b.de""#, #""linkedAccounts":[{"accountID":"9","accountType":"embed"}]"#] {
            #expect(try client.post("{\(taken)}").refusal == postConflict)
        }
        #expect(
            try client.post(
                #"{"email":"ada@b.de","linkedAccounts":[{"accountID":"1","accountType":"discord"},{"accountID":"2","accountType":"embed"}]}"#
            ).status == 200)
    }

    @Test func `an account taken leads to its new holder, and one given up to nobody`() throws {
        try client.put(#"{"id":"ada","linkedAccounts":[{"accountID":"9","accountType":"embed"}]}"#)
        #expect(try client.put(#"{"id":"ada"}"#, as: "2", account: "embed").refusal == unauthorized)
        #expect(try client.put(#"{"id":"ada"}"#, as: "9", account: "embed").status == 200)
    }

    @Test(arguments: [
        #"{"id":"ada","email":"bob@b.de"}"#,
        #"{"id":"ada","linkedAccounts":[{"accountID":"3","accountType":"telegram"}]}"#,
        #"{"id":"ada","email":"new@b.de","linkedAccounts":[{"accountID":"9","accountType":"embed"},{"accountID":"3","accountType":"telegram"}]}"#,
        // The same account twice: a new one, and one that is the caller's already.
        #"{"id":"ada","linkedAccounts":[{"accountID":"9","accountType":"embed"},{"accountID":"9","accountType":"embed"}]}"#,
        #"{"id":"ada","linkedAccounts":[{"accountID":"1","accountType":"discord"},{"accountID":"1","accountType":"discord"}]}"#,
    ])
    func `a clash is a 409 and changes nothing`(body: String) throws {
        #expect(try client.put(body).refusal == putConflict)
        #expect(client.stored() == [Self.ada, Self.bob])
        // Neither did it free what the caller holds, nor take what it wanted.
        #expect(try client.post(#"{"email":"ada@b.de"}"#).refusal == postConflict)
        #expect(
            try client.post(#"{"email":"new@b.de","linkedAccounts":[{"accountID":"9","accountType":"embed"}]}"#).status
                == 200)
    }

    @Test(arguments: [
        (#"{}"#, "id: Required"),
        (#"{"id":""}"#, "id: String must contain at least 1 character(s)"),
        (#"{"id":null}"#, "id: Expected string, received null"),
        (#"{"id":"bob"}"#, "id: Must be the id of the current user"),
        (#"{"id":"Ada"}"#, "id: Must be the id of the current user"),
        (#"{"id":"free"}"#, "id: Must be the id of the current user"),
        (
            #"{"id":"free","name":1,"x":2}"#,
            "name: Expected string, received number, Unrecognized key(s) in object: 'x', id: Must be the id of the current user"
        ),
        (#"{"id":"ada","email":"x"}"#, "email: Invalid email"),
        (
            #"{"id":"ada","linkedAccounts":[{}]}"#,
            "linkedAccounts.0.accountID: Required, linkedAccounts.0.accountType: Required"
        ),
        (#"[]"#, "Expected object, received array"),
    ])
    func `a body is refused and changes nothing`(body: String, error: String) throws {
        #expect(try client.put(body).refusal == "400 \(error)")
        #expect(client.stored() == [Self.ada, Self.bob])
    }

    @Test func `the caller by an account must send the id as well`() throws {
        #expect(try client.put("{}", as: "1", account: "discord").refusal == "400 id: Required")
        #expect(try client.put(#"{"id":"1"}"#, as: "1", account: "discord").status == 400)
        #expect(try client.put(#"{"id":"ada","name":"A"}"#, as: "1", account: "discord").at("name") == "A")
    }

    @Test func `requests of one batch see each other's changes`() throws {
        let move = #"{"id":"ada","email":"moved@b.de"}"#
        let answers = client.house.send([
            try client.request(.put, "/v1/users/me", Array(move.utf8), [("X-USER-ID", "ada")]),
            try client.request(.post, "/v1/users", Array(#"{"id":"c","email":"ada@b.de"}"#.utf8)),
            try client.request(.post, "/v1/users", Array(#"{"id":"d","email":"moved@b.de"}"#.utf8)),
        ])
        #expect(answers.map(\.status) == [200, 200, 409])
    }

    @Test func `the operation is reached by prefix and by host`() throws {
        let caller = [("X-USER-ID", "ada")]
        #expect(try client.send(.put, "/sensay/v1/users/me", Self.ada, caller).text == Self.ada)
        #expect(
            try client.send(.put, "/v1/users/me", Self.ada, caller + [("Host", "api.sensay.io")]).text == Self.ada)
    }
}
