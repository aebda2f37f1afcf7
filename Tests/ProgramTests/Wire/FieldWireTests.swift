import Testing

@Suite("On the wire, the fields", .timeLimit(.minutes(10)))
struct FieldWireTests {
    @Test("Host is one host with an optional port")
    func hosts() throws {
        try Wire().check([
            ("a", "200"), ("a:80", "200"), ("a:", "200"), ("a:0", "200"), ("a:65535", "200"), ("\t a \t", "200"),
            ("localhost:8080", "200"), ("127.0.0.1", "200"), ("[::1]", "200"), ("[::1]:80", "200"),
            ("A.EXAMPLE", "200"),
            ("a_b", "200"), ("a%41", "200"), ("[::ffff:127.0.0.1]", "200"), ("a.", "200"),
            ("", "400 end"), (" ", "400 end"), ("u@a", "400 end"), ("u:p@a", "400 end"), ("a, b", "400 end"),
            ("a,a", "400 end"), ("a b", "400 end"), ("a\tb", "400 end"), ("a:x", "400 end"), ("a:80x", "400 end"),
            ("a:-1", "400 end"), ("a:+1", "400 end"), ("a: 80", "400 end"), ("a:65536", "400 end"),
            ("a:18446744073709551617", "400 end"), ("a:80:90", "400 end"), ("a::80", "400 end"), (":80", "400 end"),
            ("[::1", "400 end"), ("::1", "400 end"), ("[::1]x", "400 end"), ("[]", "400 end"), ("[g::]", "400 end"),
            ("[::1%25lo]", "400 end"), ("[1::2::3]", "400 end"), ("a?", "400 end"), ("a?b", "400 end"),
            ("a/", "400 end"),
            ("a/b", "400 end"), ("a#", "400 end"), ("a%", "400 end"), ("a%zz", "400 end"), ("a\\b", "400 end"),
            ("a\"", "400 end"), ("é", "400 end"), ("http://a", "400 end"), ("a<b", "400 end"), ("a\u{0}", "400 end"),
            ("a\u{7F}", "400 end"), ("a|b", "400 end"), ("a^b", "400 end"),
        ]) { "GET /healthz HTTP/1.1\r\nHost: \($0)\r\n\r\n" }
    }

    @Test("Host is there once")
    func hostLines() throws {
        try Wire().check([
            ("", "400 end"), ("Host: a\r\nHost: a\r\n", "400 end"), ("Host: a\r\nHost: b\r\n", "400 end"),
            ("Host: a\r\nhOST: a\r\n", "400 end"), ("Host: a\r\nX: y\r\nHOST: b\r\n", "400 end"),
            ("Host : a\r\n", "400 end"), ("Host: a\r\n Host: b\r\n", "400 end"), ("host:a\r\n", "200"),
            ("X: y\r\nHost: a\r\n", "200"), ("Hos: a\r\n", "400 end"), ("Hostt: a\r\n", "400 end"),
        ]) { "GET /healthz HTTP/1.1\r\n\($0)\r\n" }
        try Wire().check([
            ("GET http://a/healthz HTTP/1.1\r\n\r\n", "400 end"),
            ("GET http://a/healthz HTTP/1.1\r\nHost: b/\r\n\r\n", "400 end"),
            ("GET /healthz HTTP/1.0\r\n\r\n", "200 end"),
            ("GET /healthz HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", "400 end"),
            ("GET /healthz HTTP/1.0\r\nHost: u@a\r\n\r\n", "400 end"),
        ])
    }

    @Test("a field line is a token, a colon and a value")
    func lines() throws {
        let long = String(repeating: "x", count: 8000)
        try Wire().check([
            ("X: y", "200"), ("X:y", "200"), ("X:", "200"), ("X: ", "200"), ("X:\t \ty\t ", "200"), ("X: a\tb", "200"),
            ("X: é", "200"), ("X: \u{80}\u{FF}", "200"), ("!#$%&'*+-.^_`|~0: y", "200"),
            ("X: y\r\nX: y\r\nx: z", "200"),
            ("X: ::\"(),/;<=>?@[]{}\\", "200"), ("X: " + long, "200"), ("Cookie: a=b\r\nCookie: c=d", "200"),
            ("X : y", "400 end"), ("X\t: y", "400 end"), (" X: y", "400 end"), ("\tX: y", "400 end"),
            (": y", "400 end"),
            ("X", "400 end"), ("X y", "400 end"), ("X(: y", "400 end"), ("X@: y", "400 end"), ("X/: y", "400 end"),
            ("X\"Y: z", "400 end"), ("É: y", "400 end"), ("X\u{0}: y", "400 end"), ("X\u{7F}: y", "400 end"),
            ("X Y: z", "400 end"), ("[X]: y", "400 end"), ("{X}: y", "400 end"), ("X,Y: z", "400 end"),
            ("X=Y: z", "400 end"),
            ("X: \u{0}", "400 end"), ("X: a\u{0}b", "400 end"), ("X: a\u{1}b", "400 end"), ("X: a\u{B}b", "400 end"),
            ("X: a\u{C}b", "400 end"), ("X: a\u{1F}b", "400 end"), ("X: a\u{7F}b", "400 end"), ("X: a\u{8}", "400 end"),
            ("X: a\rb", "400 end"), ("X: a\r", "400 end"), ("X: a\nb", "400 end"), ("X: a\nY: b", "400 end"),
            ("X: a\r\n b", "400 end"), ("X: a\r\n\tb", "400 end"), ("X: a\r\n ", "400 end"),
            ("X: a\r\n \r\nY: b", "400 end"),
            ("\u{FEFF}X: y", "400 end"), ("X\r: y", "400 end"), ("GET / HTTP/1.1", "400 end"),
            ("X: " + long + long, "431 end"), (long + ": y", "200"), (long + long + ": y", "431 end"),
            ((0..<9).map { "X\($0): " + long }.joined(separator: "\r\n"), "431 end"),
            ((0..<98).map { "X\($0): y" }.joined(separator: "\r\n"), "200"),
            ((0..<101).map { "X\($0): y" }.joined(separator: "\r\n"), "431 end"),
            ((0..<2000).map { "X\($0): y" }.joined(separator: "\r\n"), "431 end"),
            ("Origin: a\r\nOrigin: a", "400 end"), ("Content-Type: a/b\r\nContent-Type: a/b", "400 end"),
            ("Authorization: a\r\nAuthorization: b", "400 end"),
            ("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk", "200"),
            ("Upgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13", "200"), ("TE: trailers", "200"),
            ("Proxy-Connection: close", "200"), ("Keep-Alive: timeout=0", "200"), ("Range: bytes=0-1", "200"),
            ("Connection: close", "200 end"), ("Connection: CLOSE", "200 end"), ("connection: Close", "200 end"),
            ("Connection: keep-alive, close", "200 end"), ("Connection: keep-alive\r\nConnection: close", "200 end"),
            ("Connection: ,, close", "200 end"), ("Connection: x,\tclose", "200 end"), ("Connection: closed", "200"),
            ("Connection: keep-alive", "200"), ("Connection:", "200"), ("Connection: host", "200"),
        ]) { "GET /healthz HTTP/1.1\r\nHost: a\r\n\($0)\r\n\r\n" }
    }
}
