import HTTPServer
import Testing

@Suite struct RequestLineTests {
    @Test(arguments: ["GET", "get", "POST", "PROPFIND", "M-SEARCH", "!#$%&'*+-.^_`|~09az", "TRACE", "PRI"])
    func anyTokenIsAMethod(_ method: String) throws {
        let request = try Request.parse(Array("\(method) /a HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        #expect(request.method == Method(method))
    }

    @Test(arguments: ["HTTP/1.1", "HTTP/1.0", "HTTP/1.2", "HTTP/1.9"])
    func majorVersionOneIsServed(_ version: String) throws {
        let request = try Request.parse(Array("GET / \(version)\r\nHost: a\r\n\r\n".utf8))
        #expect(request.version == (version == "HTTP/1.0" ? .http10 : .http11))
    }

    @Test(arguments: [
        ("GET / HTTP/2.0", Refusal.versionNotSupported), ("GET / HTTP/3.0", .versionNotSupported),
        ("GET / HTTP/9.9", .versionNotSupported), ("GET / HTTP/0.9", .versionNotSupported),
        ("PRI * HTTP/2.0", .versionNotSupported),
        ("GET /", .requestLine), ("GET", .requestLine), ("GET ", .requestLine), ("GET  HTTP/1.1", .requestLine),
        ("GET / http/1.1", .version), ("GET / HTTP/1", .version), ("GET / HTTP/1.10", .version),
        ("GET / HTTP/01.1", .version), ("GET / HTTP/1.1 ", .version), ("GET /  HTTP/1.1", .version),
        ("GET / HTTP/ 1.1", .version), ("GET / HTTP /1.1", .version), ("GET / HTTPS/1.1", .version),
        ("GET / HTTP/1,1", .version), ("GET / ICAP/1.0", .version), ("GET / HTTP\\1.1", .version),
        ("GET / HTTP/-1.1", .version), ("GET / HTTP/1.x", .version), ("GET / HTTP/1.1\u{0}", .version),
        ("GET / HTTP/1.1\u{B}", .version), ("GET / HTTP/2", .version), ("GET / HTTP/1.1 x", .version),
        ("GET\u{B}/ HTTP/1.1", .method), ("GET,/,HTTP/1.1", .method), ("PROXY TCP4 1.1.1.1 2.2.2.2 1 2", .version),
        ("SSH-2.0-OpenSSH_9", .requestLine), ("GET / XTTP/1.1", .version), ("GET /a b HTTP/1.1", .version),
        ("GET  / HTTP/1.1", .requestLine), ("GET\t/ HTTP/1.1", .method), ("G(T / HTTP/1.1", .method),
        ("GE\u{0}T / HTTP/1.1", .method), ("GÉT / HTTP/1.1", .method), ("G:T / HTTP/1.1", .method),
        ("GET /\tHTTP/1.1", .requestLine), ("GE\rT / HTTP/1.1", .bareCarriageReturn),
        ("GET / HTTP/1.1\r", .version), (" GET / HTTP/1.1", .notHTTP), ("\tGET / HTTP/1.1", .notHTTP),
        ("\u{0}GET / HTTP/1.1", .notHTTP), (": / HTTP/1.1", .notHTTP),
    ])
    func aMalformedRequestLineIsRefused(_ line: String, _ refusal: Refusal) {
        #expect(parse("\(line)\r\nHost: a\r\n\r\n") == [.refusal(refusal)])
    }

    @Test(arguments: [
        ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 0), ("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("\rGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: a\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n\n", 400), ("GET / HTTP/1.1\rHost: a\r\n\r\n", 400),
    ])
    func oneEmptyLineMayComeFirstAndOnlyCRLFEndsALine(_ wire: String, _ status: Int) {
        #expect(parse(wire).map(\.status) == [status])
    }

    @Test func anEmptyLineMayFollowEachRequest() {
        let wire = post("Content-Length: 2", then: "{}") + "\r\n" + get() + "\r\n"
        #expect(parse(wire).map(\.status) == [0, 0])
    }

    @Test(arguments: [[0x16, 0x03, 0x01, 0x02, 0x00, 0x01], [0x80, 0x2E, 0x01], [0xFF], [0x00], [0x05, 0x01, 0x00]])
    func anotherProtocolIsRefusedAtItsFirstByte(_ bytes: [UInt8]) {
        let expected: Refusal = bytes[0] == 0x16 ? .tlsHandshake : .notHTTP
        var parser = RequestParser()
        var offset = 0
        guard case .refusal(let refusal) = parser.next(bytes.span, from: &offset) else {
            Issue.record("taken")
            return
        }
        #expect(refusal == expected)
    }

    @Test func aRequestLineMayBeAsLongAsTheLimitAndNoLonger() {
        var limits = Limits()
        limits.requestLine = 64
        func line(_ count: Int) -> String {
            "GET /" + String(repeating: "a", count: count - "GET / HTTP/1.1\r".count) + " HTTP/1.1\r\nHost: a\r\n\r\n"
        }
        #expect(parse(line(64), limits: limits).map(\.status) == [0])
        #expect(parse(line(65), limits: limits) == [.refusal(.targetTooLong)])
        // It is refused as soon as it is too long, with no end in sight.
        #expect(parse("GET /" + String(repeating: "a", count: 60), limits: limits) == [.refusal(.targetTooLong)])
        let method = String(repeating: "A", count: 65)
        #expect(parse("\(method) / HTTP/1.1\r\n\r\n", limits: limits) == [.refusal(.methodTooLong)])
        #expect(parse("A(" + String(repeating: "b", count: 65), limits: limits) == [.refusal(.requestLine)])
    }

    @Test func aTargetOfEightThousandBytesIsTaken() {
        let target = "/" + String(repeating: "a", count: 7999)
        #expect(parse("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n").map(\.status) == [0])
    }
}
