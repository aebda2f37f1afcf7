import Foundation
import HTTPServer
import Sensay
import TestSupport
import Testing

struct NewestSchemaTests {
    let client = Client(schema: .newest)

    @Test func `every user is shown with success, and nothing else differs`() throws {
        let rest =
            #""name":"Ada","email":"ada@b.de","id":"ada","linkedAccounts":[{"accountID":"1","accountType":"embed"}]}"#
        let shown = #"{"success":true,"# + rest
        #expect(try client.post("{" + rest).text == shown)
        #expect(try client.get(as: "ada").text == shown)
        #expect(try client.send(.get, "/v1/users/ada", nil).text == shown)
        #expect(try client.put("{" + rest, as: "ada").text == shown)
        #expect(client.stored() == ["{" + rest])
        #expect(try client.delete(as: "ada").status == 204)
    }

    @Test func `refusals have no error code, and success is no member of a body`() throws {
        #expect(try client.post("{}", secret: nil).refusal == unauthorized)
        #expect(try client.send(.get, "/v1/users/ada", nil).refusal == "404 User not found")
        #expect(
            try client.post(#"{"success":true}"#).refusal == "400 Unrecognized key(s) in object: 'success'")
    }

    private static let fifty = String(repeating: "n", count: 50)

    @Test(arguments: ["", "Ada Lovelace", "O'Neil-Smith (Jr.), 3/4", "a\u{A0}b\u{3000}", fifty])
    func `a name that follows the rules is taken`(name: String) throws {
        #expect(try client.post(#"{"name":"\#(name)"}"#).at("name") == name)
    }

    @Test(arguments: [
        ("Zoë", "Invalid"), ("a_b", "Invalid"), ("a@b", "Invalid"), ("李", "Invalid"), (#"a\u0000"#, "Invalid"),
        (fifty + "n", "String must contain at most 50 character(s)"),
        (String(repeating: "😀", count: 26), "String must contain at most 50 character(s), name: Invalid"),
    ])
    func `a name that breaks them is refused, also on update`(name: String, message: String) throws {
        try client.post(#"{"id":"ada"}"#)
        #expect(try client.post(#"{"name":"\#(name)"}"#).refusal == "400 name: \(message)")
        #expect(try client.put(#"{"id":"ada","name":"\#(name)"}"#, as: "ada").refusal == "400 name: \(message)")
        #expect(try Client().post(#"{"name":"\#(name)"}"#).status == 200)
    }

    @Test func `a user made by the older schema is still read`() throws {
        let older = Client()
        try older.post(#"{"id":"zoe","name":"Zoë"}"#)
        let newer = Client(older.house.store, schema: .newest)
        #expect(try newer.get(as: "zoe").text == #"{"success":true,"name":"Zoë","id":"zoe","linkedAccounts":[]}"#)
        #expect(try newer.delete(as: "zoe").status == 204)
    }

    /// `{"id":"packed","name":"Ada"}`.
    private static let packed = bytes("H4sIAAAAAAAAA6tWykxRslIqSEzOTk1R0lHKS8xNBfIdUxKVagFT9OeIHAAAAA==")
    /// `{"id":"b"}` and blanks, 1 MiB together, and one byte more.
    private static let full = bytes(
        """
        H4sIAAAAAAAAA+3BQQ0AIAwEMCvkZCCH7IMGMu/zwLvty63snPQCAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAPgy48FXYAAAEAA=
        """)
    private static let tooFull = bytes(
        """
        H4sIAAAAAAAAA+3BQQ0AIAwEMCvkZCCH7IMGMu/zwLvty63snPQCAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAPgzRisP0AEAEAA=
        """)

    private static func bytes(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64.replacing("\n", with: "")) ?? Data())
    }

    private func send(
        _ bytes: [UInt8], coding: String = "gzip", to client: Client? = nil, _ fields: [(String, String)] = []
    ) throws -> TestAnswer {
        let client = client ?? self.client
        return client.house.send([
            try client.request(.post, "/v1/users", bytes, [("Content-Encoding", coding)] + fields)
        ])[0]
    }

    @Test(arguments: ["gzip", "GZip", "x-gzip"])
    func `a packed body is read`(coding: String) throws {
        #expect(
            try send(Self.packed, coding: coding).text
                == #"{"success":true,"name":"Ada","id":"packed","linkedAccounts":[]}"#)
        let update = try client.request(
            .put, "/v1/users/me", Self.packed, [("Content-Encoding", "gzip"), ("X-USER-ID", "packed")])
        #expect(client.house.send([update])[0].status == 200)
    }

    @Test(arguments: ["br", "deflate", "gzip, gzip", "gzip, identity", "", "*"])
    func `another coding is a 415`(coding: String) throws {
        #expect(try send(Self.packed, coding: coding).refusal == "415 Unsupported Media Type")
        #expect(
            try send(Self.packed, [("Content-Encoding", "gzip")]).refusal == "415 Unsupported Media Type")
    }

    @Test func `by the seed's schema every coding is a 415`() throws {
        #expect(try send(Self.packed, to: Client()).refusal == "415 Unsupported Media Type")
    }

    @Test func `a body that is not what it says is a 400, before its JSON is looked at`() throws {
        let damaged = "400 Content-Encoding: Expected a whole body of this coding"
        #expect(try send(Array("{}".utf8)).refusal == damaged)
        #expect(try send(Self.packed.dropLast()).refusal == damaged)
        #expect(try send([]).refusal == "400 Malformed JSON in request body: no JSON value at byte 0")
        #expect(client.stored().isEmpty)
    }

    @Test func `the length that counts is the one unpacked, too`() throws {
        #expect(try send(Self.full).status == 200)
        #expect(try send(Self.tooFull).refusal == "413 Payload Too Large")
    }

    @Test func `a page may say that it packs`() throws {
        func allowed(_ client: Client) throws -> String? {
            try client.send(
                .options, "/v1/users", nil, [("Origin", "https://a.b"), ("Access-Control-Request-Method", "POST")]
            )["Access-Control-Allow-Headers"]
        }
        #expect(try allowed(client)?.hasSuffix("Content-Type, Content-Encoding") == true)
        #expect(try allowed(Client())?.hasSuffix("Content-Type") == true)
    }
}

extension NewestSchemaTests {
    private func send(_ bytes: ArraySlice<UInt8>) throws -> TestAnswer { try send(Array(bytes)) }
}
