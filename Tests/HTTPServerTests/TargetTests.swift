import HTTPServer
import Testing

@Suite struct TargetTests {
    @Test(
        arguments: [
            ("/", "/", nil), ("/a/b", "/a/b", nil), ("/a?", "/a", ""), ("/a?b=c&d?/", "/a", "b=c&d?/"),
            ("/%75sers", "/users", nil), ("/%7euser%2Dx%5f%2e", "/~user-x_.", nil), ("/a%2fb", "/a%2Fb", nil),
            ("/%2F%00%c3%A9", "/%2F%00%C3%A9", nil), ("/%2575sers", "/%2575sers", nil), ("/a%20b", "/a%20b", nil),
            ("/seam/../sensay", "/seam/../sensay", nil), ("/seam/%2e%2E/sensay", "/seam/../sensay", nil),
            ("//seam//x", "//seam//x", nil), ("/a;b=c,d:e@f!$&'()*+", "/a;b=c,d:e@f!$&'()*+", nil),
            ("/[a]|b", "/[a]|b", nil), ("/?a[]={x}|\\^`", "/", "a[]={x}|\\^`"),
            ("/?%41%zZ".replacing("%zZ", with: "%2f"), "/", "%41%2f"),
        ] as [(String, String, String?)])
    func aPathIsNormalisedForMatchingOnly(_ raw: String, _ path: String, _ query: String?) throws {
        let target = try Request.make(.get, raw).target
        #expect(target.raw == raw)
        #expect(target.path == path)
        #expect(target.query == query)
    }

    @Test(arguments: [
        ("a/b", Refusal.targetForm), ("index.html", .targetForm), ("?a", .targetForm), ("a:80", .targetForm),
        ("ftp://a/", .targetForm), ("urn:x", .targetForm), ("**", .targetForm), ("http:/a", .targetForm),
        ("/a#b", .fragment), ("/a?b#c", .fragment), ("#", .targetForm),
        ("/%", .percentEscape), ("/%4", .percentEscape), ("/%zz", .percentEscape), ("/%4g", .percentEscape),
        ("/?%", .percentEscape), ("/?a=%g1", .percentEscape), ("/% 41", .version),
        ("/\u{0}", .targetCharacter), ("/\u{1}", .targetCharacter), ("/\u{7F}", .targetCharacter),
        ("/é", .targetCharacter), ("/?é", .targetCharacter), ("/\t", .targetCharacter), ("/a\rb", .bareCarriageReturn),
        ("/\"", .targetCharacter), ("/<a>", .targetCharacter), ("/{a}", .targetCharacter), ("/\\", .targetCharacter),
        ("/?\"", .targetCharacter), ("/^", .targetCharacter), ("/`", .targetCharacter), ("é", .targetCharacter),
        ("*", .asterisk), ("https://a/", .securedScheme),
        ("http://", .hostEmpty), ("http:///a", .hostEmpty), ("http://?a", .hostEmpty), ("http://u@a/", .host),
        ("http://u:p@a/", .port), ("http://a:x/", .port), ("http://a:99999/", .port), ("http://a#b", .fragment),
        ("http://[::1/", .host), ("http://a b/", .version), ("http://%zz/", .host),
        ("http://a,b/", .host), ("http:a/", .targetForm), ("http://@a/", .host), ("/%u0041", .percentEscape),
        ("/\u{B}", .targetCharacter), ("/\u{A0}", .targetCharacter), ("*/", .targetForm), ("\\a", .targetForm),
    ])
    func aMalformedTargetIsRefused(_ raw: String, _ refusal: Refusal) {
        #expect(throws: refusal) { try Request.make(.get, raw) }
    }

    @Test(arguments: [
        ("http://b/x?y", "/x", "b"), ("HTTP://B.Example:8080/x", "/x", "b.example:8080"), ("http://b", "/", "b"),
        ("http://b?y", "/", "b"), ("http://[::1]:80/", "/", "[::1]:80"), ("http://b:/", "/", "b:"),
    ])
    func theAuthorityOfAnAbsoluteTargetReplacesHost(_ raw: String, _ path: String, _ authority: String) throws {
        let target = try Request.make(.get, raw, fields: [("Host", "other:1")]).target
        #expect(target.path == path)
        #expect(target.authority == authority)
    }

    @Test func hostIsCheckedEvenWhereItIsReplaced() {
        #expect(throws: Refusal.host) { try Request.make(.get, "http://a/", fields: [("Host", "a b")]) }
        #expect(parse("GET http://a/ HTTP/1.1\r\n\r\n") == [.refusal(.hostMissing)])
    }

    @Test(arguments: ["*", "http://a", "http://a:80"])
    func optionsMayAskAboutTheWholeServer(_ raw: String) throws {
        #expect(try Request.make(.options, raw).target.path == "*")
    }

    @Test(arguments: [
        (Method.options, "http://a/", "/"), (.options, "/", "/"), (.options, "http://a?b", "/"),
        (.get, "http://a", "/"),
    ])
    func onlyAnOptionsWithNoPathIsAboutTheWholeServer(_ method: Method, _ raw: String, _ path: String) throws {
        #expect(try Request.make(method, raw).target.path == path)
    }

    @Test(arguments: [Method.get, .post, Method("options"), Method("OPTION")])
    func theAsteriskIsForOptionsOnly(_ method: Method) {
        #expect(throws: Refusal.asterisk) { try Request.make(method, "*") }
    }

    @Test(arguments: [
        ("a:443", Refusal.connect), ("[::1]:443", .connect), ("a", .connectTarget), ("/", .connectTarget),
        ("a:", .connectTarget), ("http://a/", .connectTarget), ("u@a:1", .connectTarget), ("*", .connectTarget),
    ])
    func connectIsRefused(_ raw: String, _ refusal: Refusal) {
        #expect(throws: refusal) { try Request.make(.connect, raw) }
    }

    @Test(
        arguments: [
            ("a%20b", "a b"), ("a+b", "a+b"), ("%2525", "%25"), ("", ""), ("%", nil), ("%4", nil), ("%zz", nil),
            ("a%c3%A9", "aé"),
        ] as [(String, String?)])
    func percentEscapesAreDecodedOnce(_ text: String, _ decoded: String?) {
        #expect(RequestTarget.percentDecoded(text) == decoded.map { Array($0.utf8) })
    }
}
