import HTTPServer
import TestSupport
import Testing

struct UniquenessTests {
    let client = Client()
    static let ada =
        #"{"name":"Ada","email":"ada@b.de","id":"ada","linkedAccounts":[{"accountID":"1","accountType":"discord"},{"accountID":"2","accountType":"embed"}]}"#

    @Test(arguments: [
        ada,
        #"{"id":"ada"}"#,
        #"{"id":"bob","email":"ada@b.de"}"#,
        #"{"email":"ada@b.de"}"#,
        #"{"id":"bob","linkedAccounts":[{"accountID":"2","accountType":"embed"}]}"#,
        #"{"id":"bob","linkedAccounts":[{"accountID":"9","accountType":"embed"},{"accountID":"1","accountType":"discord"}]}"#,
        #"{"id":"bob","linkedAccounts":[{"accountID":"9","accountType":"embed"},{"accountID":"9","accountType":"embed"}]}"#,
    ])
    func `a clash is a 409 and leaves nothing`(body: String) throws {
        try client.post(Self.ada)
        #expect(try client.post(body).refusal == postConflict)
        #expect(client.stored() == [Self.ada])
        // What the refused one would have held is free.
        #expect(
            try client.post(
                #"{"email":"bob@b.de","id":"bob","linkedAccounts":[{"accountID":"9","accountType":"embed"}]}"#
            ).status == 200)
    }

    @Test(arguments: [
        #"{"id":"Ada"}"#, #"{"id":"ada "}"#, #"{"id":"ad\u00e1"}"#, #"{"id":"ada\u0000"}"#,
        #"{"email":"ADA@b.de"}"#, #"{"name":"Ada"}"#, #"{"id":"1"}"#, #"{"id":"ada@b.de"}"#,
        #"{"linkedAccounts":[{"accountID":"1","accountType":"embed"},{"accountID":"2","accountType":"discord"}]}"#,
        #"{"linkedAccounts":[{"accountID":"1 ","accountType":"discord"}]}"#,
        #"{"linkedAccounts":[{"accountID":"ada","accountType":"discord"}]}"#,
    ])
    func `what differs in kind, letter case or a byte is no clash`(body: String) throws {
        try client.post(Self.ada)
        #expect(try client.post(body).status == 200)
    }

    @Test func `two spellings of one letter are two ids`() throws {
        #expect(try client.post(#"{"id":"caf\u00e9"}"#).status == 200)
        #expect(try client.post(#"{"id":"cafe\u0301"}"#).status == 200)
        #expect(try client.post(#"{"id":"café"}"#).refusal == postConflict)
    }

    @Test func `of many who want one email at once, one gets it`() throws {
        let requests = try (0..<40).map { index in
            try client.request(.post, "/v1/users", Array(#"{"id":"u\#(index)","email":"a@b.de"}"#.utf8))
        }
        let answers = client.house.send(requests)
        #expect(answers.map(\.status) == [200] + Array(repeating: 409, count: 39))
        #expect(client.stored().count == 1)
    }

    @Test func `a clash is no failure of ours`() throws {
        try client.post(Self.ada)
        try client.post(Self.ada)
        #expect(client.house.reports.failures.isEmpty)
    }
}
