import Testing

@Suite("On the wire, the request line", .timeLimit(.minutes(10)))
struct RequestLineWireTests {
    @Test("a method is any token, and what is none is refused")
    func methods() throws {
        try Wire().check([
            ("GET", "200"), ("HEAD", "200h"), ("OPTIONS", "204"), ("POST", "405"), ("PUT", "405"), ("PATCH", "405"),
            ("DELETE", "405"), ("TRACE", "405"), ("get", "405"), ("Get", "405"), ("GETT", "405"), ("GE", "405"),
            ("PROPFIND", "405"), ("PRI", "405"), ("M-SEARCH", "405"), ("!#$%&'*+-.^_`|~09Az", "405"),
            (String(repeating: "A", count: 1000), "405"), (String(repeating: "A", count: 9000), "501 end"),
            ("CONNECT", "400 end"), ("G(T", "400 end"), ("G/T", "400 end"), ("G@T", "400 end"), ("G\u{0}T", "400 end"),
            ("G\tT", "400 end"), ("G\u{7F}T", "400 end"), ("G\u{1}T", "400 end"), ("GÉT", "400 end"),
            ("\"GET\"", "400 end"), ("{", "400 end"), ("G:T", "400 end"), ("", "400 end"), (" GET", "400 end"),
            ("\tGET", "400 end"), ("GET ", "400 end"), ("GET\t", "400 end"), ("G\rT", "400 end"),
            ("\u{FEFF}GET", "400 end"),
        ]) { "\($0) /healthz HTTP/1.1\r\nHost: a\r\n\r\n" }
    }

    @Test("a target has one of the four forms")
    func targets() throws {
        try Wire().check([
            ("/healthz", "200"), ("/healthz?", "200"), ("/healthz?a=b&c=/?", "200"), ("/%68ealthz", "200"),
            ("/healt%68%7A", "200"), ("/healt%68%7a", "200"), ("/healthz/", "404"), ("//healthz", "404"),
            ("/./healthz", "404"), ("/x/../healthz", "404"), ("/healthz/..", "404"), ("/x/%2e%2e/healthz", "404"),
            ("/%2Fhealthz", "404"), ("/%2568ealthz", "404"), ("/Healthz", "404"), ("/healthz;a", "404"),
            ("/sensay/../healthz", "404"), ("/pulse//users", "404"), ("/a:b@c!$&'()*+,;=", "404"), ("/", "404"),
            ("/%00", "404"), ("/%ff", "404"), ("/healthz%20", "404"), ("/%0d%0aX:%20y", "404"),
            ("http://a/healthz", "200"), ("HTTP://a/healthz", "200"), ("http://a:80/healthz?x", "200"),
            ("http://[::1]/healthz", "200"), ("http://a", "404"), ("http://a?x", "404"), ("http://b/healthz", "200"),
            ("http:///healthz", "400 end"), ("http://u@a/healthz", "400 end"), ("http://a:x/healthz", "400 end"),
            ("http://a,b/healthz", "400 end"), ("http:/healthz", "400 end"), ("http://[::1/healthz", "400 end"),
            ("https://a/healthz", "421 end"), ("ftp://a/healthz", "400 end"), ("healthz", "400 end"),
            ("a:80", "400 end"),
            ("?a", "400 end"), ("*", "400 end"), ("**", "400 end"), ("*/healthz", "400 end"), ("#", "400 end"),
            ("/healthz#", "400 end"), ("/healthz?a#b", "400 end"), ("http://a/healthz#b", "400 end"),
            ("/%", "400 end"), ("/%4", "400 end"), ("/%zz", "400 end"), ("/%4g", "400 end"), ("/%u0041", "400 end"),
            ("/healthz?%", "400 end"), ("/healthz?%zz", "400 end"), ("/\u{0}", "400 end"), ("/\u{1}", "400 end"),
            ("/\u{7F}", "400 end"), ("/a\tb", "400 end"), ("/a\rb", "400 end"), ("/é", "400 end"), ("/?é", "400 end"),
            ("/a b", "400 end"), ("/<", "400 end"), ("/>", "400 end"), ("/\"", "400 end"), ("/\\", "400 end"),
            ("/^", "400 end"), ("/`", "400 end"), ("/{", "400 end"), ("/|", "404"), ("/[", "404"),
            ("", "400 end"), (" /healthz", "400 end"), ("/healthz ", "400 end"), ("\t/healthz", "400 end"),
            ("/" + String(repeating: "a", count: 8000), "404"), ("/" + String(repeating: "a", count: 8200), "414 end"),
            ("/" + String(repeating: "a", count: 100_000), "414 end"),
            ("/?" + String(repeating: "a", count: 8200), "414 end"),
        ]) { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
    }

    @Test("a method with a form of its own")
    func formsOfMethods() throws {
        try Wire().check([
            ("OPTIONS *", "204"), ("OPTIONS http://a", "204"), ("OPTIONS /healthz", "204"), ("options *", "400 end"),
            ("HEAD *", "400h end"), ("POST *", "400 end"), ("CONNECT a:80", "501 end"), ("CONNECT a", "400 end"),
            ("CONNECT /", "400 end"), ("CONNECT a:", "400 end"), ("CONNECT http://a:80", "400 end"),
            ("CONNECT u@a:80", "400 end"), ("CONNECT [::1]:443", "501 end"), ("HEAD /%", "400h end"),
            ("HEAD /nothing", "404h"), ("HEAD #", "400h end"),
        ]) { "\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
    }

    @Test("a vendor's path says which methods it has, and no spelling of a path crosses a prefix")
    func vendors() throws {
        try Wire().check([
            ("PUT /pulse/users", "405"), ("get /pulse/users", "405"), ("post /pulse/users", "405"),
            ("HEAD /sensay/v1/users", "405h"), ("PATCH /connect/users", "405"),
            ("X /seam/user_identities/create", "405"),
            ("DELETE /sensay/v1/users", "405"), ("PATCH /sensay/v1/users/me", "405"), ("GET /v1/users", "405"),
            ("POST /pulse/users", "401"), ("POST /pulse/%75sers", "401"), ("POST /%70ulse/users", "401"),
            ("POST /pulse/users?a", "401"), ("POST /pulse/users/", "404"), ("POST /pulse//users", "404"),
            ("POST //pulse/users", "404"), ("POST /sensay/../pulse/users", "404"), ("POST /sensay/./v1/users", "404"),
            ("POST /sensay/%2e%2e/pulse/users", "404"), ("POST /sensay/%2E%2E%2Fpulse/users", "404"),
            ("POST /pulse%2Fusers", "404"), ("POST /pulse/%2575sers", "404"), ("POST /PULSE/users", "404"),
            ("POST /pulse/users%00", "404"), ("POST /pulse;a/users", "404"), ("POST /pulse/users%20", "404"),
            ("POST http://a/pulse/users", "401"), ("POST http://pulse.localhost/users", "401"),
        ]) { "\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
    }

    @Test("a method that nobody knows is refused as such, also on a path that nobody has")
    func unknownMethods() throws {
        try Wire().check([
            ("GET /", "404"), ("DELETE /nothing", "404"), ("get /", "501"), ("FOOBAR /", "501"), ("TRACE /", "501"),
            ("FOOBAR /users", "501"), ("FOOBAR /healthz", "405"), ("TRACE /pulse/users", "405"),
        ]) { "\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
    }

    @Test("a version is 1.0 or 1.1, or is served as 1.1, or is refused")
    func versions() throws {
        try Wire().check([
            (" HTTP/1.1", "200"), (" HTTP/1.2", "200"), (" HTTP/1.9", "200"), (" HTTP/1.0", "200 end"),
            (" HTTP/2.0", "505 end"), (" HTTP/0.9", "505 end"), (" HTTP/3.0", "505 end"), (" HTTP/9.9", "505 end"),
            ("", "400 end"), (" ", "400 end"), (" HTTP/1", "400 end"), (" HTTP/2", "400 end"), (" HTTP/1.", "400 end"),
            (" HTTP/.1", "400 end"), (" HTTP/1.10", "400 end"), (" HTTP/11.1", "400 end"), (" HTTP/01.1", "400 end"),
            (" http/1.1", "400 end"), (" Http/1.1", "400 end"), (" HTTP/1,1", "400 end"), (" HTTP 1.1", "400 end"),
            (" HTTP/1.1 ", "400 end"), (" HTTP/1.1\t", "400 end"), ("  HTTP/1.1", "400 end"), ("\tHTTP/1.1", "400 end"),
            (" HTTPS/1.1", "400 end"), (" HTTP/+1.1", "400 end"), (" HTTP/1.x", "400 end"), (" HTTP/-1.1", "400 end"),
            (" HTTP/1.1\u{0}", "400 end"), (" HTTP/1.1 x", "400 end"), (" XTTP/1.1", "400 end"),
            (" HTTP/1.1\r", "400 end"),
            (" HTTP\\1.1", "400 end"), (" HTTP/１.1", "400 end"), (" HTTP/1.1HTTP/1.1", "400 end"),
        ]) { "GET /healthz\($0)\r\nHost: a\r\n\r\n" }
    }

    @Test("other protocols, leading lines and lone ends of lines are refused in words")
    func others() throws {
        let rest = " /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        try Wire().check([
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 end"), ("GET /healthz\r\n\r\n", "400 end"),
            ("GET\r\n\r\n", "400 end"),
            ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}", "400 end"), ("SSH-2.0-OpenSSH_9.6\r\n", "400 end"),
            ("\u{0}\u{0}\u{0}\u{8}\u{4}\u{2}\u{16}", "400 end"), ("\u{5}\u{1}\u{0}", "400 end"),
            ("PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\nGET" + rest, "400 end"), ("HELO x\r\n", "400 end"),
            ("\r\nGET" + rest, "200"), ("\r\n\r\nGET" + rest, "400 end"), ("\nGET" + rest, "400 end"),
            ("\rGET" + rest, "400 end"), ("\r\n\nGET" + rest, "400 end"), (" \r\nGET" + rest, "400 end"),
            ("GET" + rest + "\r\n", "200"), ("GET" + rest + "\r\n\r\n", "200 400 end"),
            ("GET /healthz HTTP/1.1\nHost: a\r\n\r\n", "400 end"),
            ("GET /healthz HTTP/1.1\r\nHost: a\n\r\n", "400 end"),
            ("GET /healthz HTTP/1.1\r\nHost: a\r\n\n", "400 end"), ("GET /healthz HTTP/1.1\n\n", "400 end"),
            ("GET /healthz HTTP/1.1\rHost: a\r\n\r\n", "400 end"),
            ("GET /healthz HTTP/1.1\r\nHost: a\r\r\n\r\n", "400 end"),
            ("GET /healthz HTTP/1.1\r\r\nHost: a\r\n\r\n", "400 end"),
            ("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\r\n", "400 end"),
            ("GET /healthz HTTP/1.1\r\n\rHost: a\r\n\r\n", "400 end"),
        ])
    }
}
