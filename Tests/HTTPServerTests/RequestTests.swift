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
            ("LOCALHOST", nil, true, true), ("[::ffff:127.0.0.1]", nil, true, true),
            ("127.0.0.1.evil.example", nil, true, false),
            ("127.1", nil, true, false), ("2130706433", nil, true, false), ("0x7f.0.0.1", nil, true, false),
            ("0.0.0.0", nil, true, false), ("128.0.0.1", nil, true, false), ("[::ffff:10.0.0.1]", nil, true, false),
            ("[::]", nil, true, false), ("localhost%2eevil.example", nil, true, false),
            (".localhost.evil", nil, true, false),
            ("127.0.0.1", nil, false, false), ("[::1]", "http://[::1]:3000", true, true),
            ("localhost", "http://[::2]", true, false), ("localhost", "file://", true, false),
            ("localhost", "localhost", true, false), ("localhost", "http://", true, false),
            ("localhost", "http://localhost/evil", true, false),
            ("localhost", "http://localhost, http://evil", true, false),
            ("localhost", "http://localhost:x", true, false), ("localhost", "ftp://localhost", true, false),
            ("localhost", "http://127.0.0.1.nip.io", true, false), ("localhost", "http://10.0.0.1", true, false),
            ("evil.example", "http://localhost", true, false), ("evil.example", "http://evil.example", true, false),
        ] as [(String, String?, Bool, Bool)])
    func aWebPageElsewhereIsNotLocal(_ host: String, _ origin: String?, _ isPeerLocal: Bool, _ expected: Bool) throws {
        let fields = [("Host", host)] + (origin.map { [("Origin", $0)] } ?? [])
        #expect(try Request.make(.get, "/", fields: fields, isLocalPeer: isPeerLocal).isLocal == expected)
    }

    @Test func theTargetSpeaksForTheHostAndItsAbsenceForNobody() throws {
        let rebound = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
        #expect(try !Request.parse(Array(rebound.utf8)).isLocal)
        #expect(try Request.parse(Array("GET http://localhost/ HTTP/1.1\r\nHost: evil\r\n\r\n".utf8)).isLocal)
        #expect(try !Request.parse(Array("GET / HTTP/1.0\r\n\r\n".utf8)).isLocal)
    }

    @Test func aLoopbackPeerIsLocalOverASocketToo() throws {
        let handler = Echo(respond: { Response($0.isLocal ? .ok : .forbidden) })
        try withServer(handler) { server in
            for (host, status) in [("localhost", 200), ("evil.example", 403)] {
                let client = try Client(server)
                client.send("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
                #expect(client.answer()?.status == status)
            }
        }
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
