import HTTPServer
import Testing

@Suite struct RequestTests {
    @Test func aRequestIsMadeInProcessAsTheWireWouldMakeIt() throws {
        let request = try Request.make(.post, "/a?b", fields: [("Authorization", "Bearer x")], body: "{}")
        #expect(request.method == .post)
        #expect(request.target.path == "/a")
        #expect(request.target.host == "localhost")
        #expect(request.fields[.authorization] == "Bearer x")
        #expect(request.fields[.contentLength] == "2")
        #expect(request.body == .bytes([0x7B, 0x7D]))
        #expect(request.isLocalPeer)
        #expect(throws: Refusal.bareLineFeed) { try Request.make(.get, "/", fields: [("X", "a\nb: c")]) }
        #expect(throws: Refusal.incompleteRequest) {
            try Request.make(.post, "/", fields: [("Content-Length", "3")], body: "{}")
        }
    }

    @Test(
        arguments: [
            ("localhost", nil, true, true), ("localhost:8080", nil, true, true), ("seam.localhost", nil, true, true),
            ("127.0.0.1:1", nil, true, true), ("127.9.9.9", nil, true, true), ("[::1]:1", nil, true, true),
            ("localhost", "http://localhost:3000", true, true), ("localhost", "https://127.0.0.1", true, true),
            ("evil.example", nil, true, false), ("localhost.evil.example", nil, true, false),
            ("10.0.0.1", nil, true, false),
            ("localhost", "http://evil.example", true, false), ("localhost", "null", true, false),
            ("localhost", "", true, false),
            ("localhost", "http://localhost.evil.example", true, false),
            ("localhost", "http://localhost@evil", true, false),
            ("localhost", nil, false, false), ("notlocalhost", nil, true, false), ("[::2]", nil, true, false),
        ] as [(String, String?, Bool, Bool)])
    func aWebPageElsewhereIsNotLocal(_ host: String, _ origin: String?, _ isPeerLocal: Bool, _ expected: Bool) throws {
        let fields = [("Host", host)] + (origin.map { [("Origin", $0)] } ?? [])
        #expect(try Request.make(.get, "/", fields: fields, isLocalPeer: isPeerLocal).isLocal == expected)
    }

    @Test func everyRefusalIsWordedAsJSON() {
        let handler = Echo()
        let response = handler.response(to: .hostMissing)
        #expect(response.status == .badRequest)
        #expect(response.fields["content-type"] == "application/json")
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text == "{\"error\":\"Bad Request\",\"status\":400,\"message\":\"The Host field is missing.\"}\n")
    }
}
