import HTTPServer
import Testing

@Suite struct HostTests {
    @Test(
        arguments: [
            ("a", "a", nil), ("A.Example", "a.example", nil), ("a:80", "a", 80), ("a:", "a", nil), ("a:0", "a", 0),
            ("a:65535", "a", 65535), ("127.0.0.1:8080", "127.0.0.1", 8080), ("[::1]", "[::1]", nil),
            ("[::1]:1", "[::1]", 1),
            ("[2001:DB8::1]", "[2001:db8::1]", nil), ("[::ffff:1.2.3.4]", "[::ffff:1.2.3.4]", nil),
            ("[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]", nil), ("[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:1.2.3.4]", nil),
            ("[::]", "[::]", nil), ("[1::]", "[1::]", nil), ("a_b-c.d~", "a_b-c.d~", nil), ("a%41", "a%41", nil),
            ("999.1.1.1", "999.1.1.1", nil), ("a:00080", "a", 80), ("a!$&'()*+;=b", "a!$&'()*+;=b", nil),
        ] as [(String, String, Int?)])
    func aHostHasANameAndPerhapsAPort(_ value: String, _ host: String, _ port: Int?) throws {
        let target = try Request.make(.get, "/", fields: [("Host", value)]).target
        #expect(target.host == host)
        #expect(target.port == port)
        #expect(target.authority == value.lowercased())
    }

    @Test(arguments: [
        "", "u@a", "u:p@a", "a,b", "a, b", "a b", "a:x", "a:80x", "a:-1", "a:+1", "a:65536", "a:99999999999999999999",
        "a:80:90", "a::80", ":80", "[::1", "::1", "[::1]x", "[::1]80", "[]", "[:]", "[:::]", "[1]", "[g::]",
        "[1::2::3]",
        "[12345::]", "[1:2:3:4:5:6:7]", "[1:2:3:4:5:6:7:8:9]", "[1:2:3:4:5:6:7:8::]", "[::1.2.3]", "[::1.2.3.256]",
        "[::1.2.3.4.5]", "[::01.2.3.4]", "[1:2:3:4:5:6:7:1.2.3.4]", "[::a.2.3.4]", "[v1.a]", "[::1%25eth0]", "[1:]",
        "[:1]",
        "@a", "a@", "*@a", "a :80", "a: 80", ":", "[1.2.3.4]", "[[::1]]", "[::1]]", "]", "a]", "[::1%eth0]", "[::1]:x",
        "a|b", "a^b", "a`b", "{a}", "\"a\"", "a%%", "a\u{B}b", "a\u{0}", "a\u{7F}", "//a", "a, a",
        "a?", "a/", "a/b", "a#", "a%", "a%zz", "a%4", "a\\b", "é", "a\"", "a;b c", "http://a", "a\tb", "a<b",
    ])
    func aMalformedHostIsRefused(_ value: String) {
        let seen = parse("GET / HTTP/1.1\r\nHost: \(value)\r\n\r\n")
        #expect(seen.map(\.status) == [400])
        #expect(seen != [.refusal(.hostMissing)])
    }

    @Test func aMissingHostIsRefusedInHTTP11Only() throws {
        #expect(parse("GET / HTTP/1.1\r\n\r\n") == [.refusal(.hostMissing)])
        let request = try Request.parse(Array("GET / HTTP/1.0\r\n\r\n".utf8))
        #expect(request.target.authority.isEmpty)
        #expect(request.target.host.isEmpty)
    }

    @Test(arguments: ["HTTP/1.0", "HTTP/1.1"])
    func aRepeatedHostIsRefusedEvenWithEqualValues(_ version: String) {
        #expect(parse("GET / \(version)\r\nHost: a\r\nhOST: a\r\n\r\n") == [.refusal(.repeated("Host"))])
    }
}
