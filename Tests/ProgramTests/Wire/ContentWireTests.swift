import Testing

@Suite("On the wire, the content", .timeLimit(.minutes(10)))
struct ContentWireTests {
    @Test("Content-Length is digits, once")
    func lengths() throws {
        try Wire().check([
            ("0\r\n\r\n", "200"), ("3\r\n\r\nabc", "200"), ("003\r\n\r\nabc", "200"), (" \t3\t \r\n\r\nabc", "200"),
            ("00000000000000000000000000000003\r\n\r\nabc", "200"), ("2\r\n\r\n\r\n", "200"),
            ("\r\n\r\n", "400 end"), ("+3\r\n\r\nabc", "400 end"), ("-1\r\n\r\n", "400 end"), ("-0\r\n\r\n", "400 end"),
            ("3.0\r\n\r\nabc", "400 end"), ("3 3\r\n\r\nabc", "400 end"), ("3,3\r\n\r\nabc", "400 end"),
            ("3, 4\r\n\r\nabc", "400 end"), ("3;\r\n\r\nabc", "400 end"), ("0x3\r\n\r\nabc", "400 end"),
            ("3a\r\n\r\nabc", "400 end"), ("1e1\r\n\r\nabc", "400 end"), ("1_0\r\n\r\nabc", "400 end"),
            ("\"3\"\r\n\r\nabc", "400 end"), ("３\r\n\r\nabc", "400 end"), ("9223372036854775808\r\n\r\n", "400 end"),
            ("18446744073709551616\r\n\r\n", "400 end"), ("18446744073709551619\r\n\r\nabc", "400 end"),
            ("4294967299\r\n\r\nabc", "413 end"), ("9223372036854775807\r\n\r\n", "413 end"),
            ("340282366920938463463374607431768211459\r\n\r\nabc", "400 end"),
            ("3\r\nContent-Length: 3\r\n\r\nabc", "400 end"), ("3\r\nContent-Length: 4\r\n\r\nabc", "400 end"),
            ("3\r\ncontent-length: 0\r\n\r\nabc", "400 end"), ("0\r\nContent-Length: 0\r\n\r\n", "400 end"),
            ("3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400 end"),
            ("3\r\nTransfer-Encoding: identity\r\n\r\nabc", "400 end"),
            ("3\r\nTransfer-Encoding:\r\n\r\nabc", "400 end"),
            ("3\r\nTransfer_Encoding: chunked\r\n\r\nabc", "200"), ("3\r\nContent-Length : 4\r\n\r\nabc", "400 end"),
            ("3\r\n Transfer-Encoding: chunked\r\n\r\nabc", "400 end"), ("3\n\r\nabc", "400 end"),
            ("1048577\r\n\r\n", "413 end"),
        ]) { "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: \($0)" }
        let body =
            "POST /pulse/users HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer pulse_test_token\r\nx-account-id: 2311\r\n"
        try Wire().check([
            ("Content-Length: 1048577\r\n\r\n", "413 end"), ("Content-Length: 9223372036854775807\r\n\r\n", "413 end"),
            ("Content-Length: 1048577\r\nExpect: 100-continue\r\n\r\n", "413 end"),
            ("Transfer-Encoding: chunked\r\n\r\n100001\r\n", "413 end"),
            ("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n7fffffffffffffff\r\n", "413 end"),
        ]) { body + "Content-Type: application/json\r\n" + $0 }
        // What was not read is refused also where no content is asked for.
        try Wire().check([
            ("GET /healthz", "413 end"), ("HEAD /healthz", "413h end"), ("OPTIONS *", "413 end"),
            ("OPTIONS /users", "413 end"), ("OPTIONS /pulse/users", "413 end"), ("GET /nothing", "413 end"),
            ("POST /users", "413 end"), ("GET /metrics", "413 end"), ("GET /__admin", "413 end"),
            ("POST /__admin/reset", "413 end"), ("DELETE /__admin/requests", "413 end"),
        ]) { "\($0) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n" }
    }

    @Test("Transfer-Encoding is chunked, and nothing else")
    func codings() throws {
        try Wire().check([
            ("Transfer-Encoding: chunked", "200"), ("transfer-encoding:CHUNKED", "200"),
            ("Transfer-Encoding: \tchunked \t", "200"), ("Transfer-Encoding: gzip, chunked", "501 end"),
            ("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", "501 end"),
            ("Transfer-Encoding: gzip", "501 end"),
            ("Transfer-Encoding: identity", "501 end"), ("Transfer-Encoding: xchunked", "501 end"),
            ("Transfer-Encoding: chunkedx", "501 end"), ("Transfer-Encoding: chunked, identity", "400 end"),
            ("Transfer-Encoding: chunked, gzip", "400 end"), ("Transfer-Encoding: chunked, chunked", "400 end"),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "400 end"),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "400 end"), ("Transfer-Encoding:", "400 end"),
            ("Transfer-Encoding: ,chunked", "400 end"), ("Transfer-Encoding: chunked,", "400 end"),
            ("Transfer-Encoding: chunked;q=1", "400 end"), ("Transfer-Encoding: \"chunked\"", "400 end"),
            ("Transfer-Encoding: chun ked", "400 end"), ("Transfer-Encoding: \u{B}chunked", "400 end"),
            ("Transfer-Encoding: \u{0}chunked", "400 end"), ("Transfer-Encoding : chunked", "400 end"),
            ("Transfer-Encoding:\r\n chunked", "400 end"), ("Transfer-Encoding\t: chunked", "400 end"),
            ("X: y\nTransfer-Encoding: chunked", "400 end"), ("X: y\rTransfer-Encoding: chunked", "400 end"),
            ("Transfer-Encoding: chunked\r\nContent-Length: 5", "400 end"),
            ("Content-Length: 5\r\nTransfer-Encoding: chunked", "400 end"), ("Transfer-Encoding: é", "400 end"),
        ]) { "GET /healthz HTTP/1.1\r\nHost: a\r\n\($0)\r\n\r\n0\r\n\r\n" }
        try Wire().check([
            ("Transfer-Encoding: chunked\r\n", "400 end"),
            ("Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n", "400 end"),
            ("Transfer-Encoding: identity\r\n", "400 end"), ("Content-Length: 5\r\n", "200 end"),
        ]) { "GET /healthz HTTP/1.0\r\n\($0)\r\n0\r\n\r\n" }
    }

    @Test("a chunk is a hexadecimal size, CR LF, as many bytes, CR LF")
    func chunks() throws {
        let quoted = "3;a=\"b;\\\"c\"\r\nabc\r\n0\r\n\r\n"
        try Wire().check([
            ("0\r\n\r\n", "200"), ("3\r\nabc\r\n0\r\n\r\n", "200"), ("003\r\nabc\r\n000\r\n\r\n", "200"),
            (quoted, "200"),
            ("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "200"), ("3;a\r\nabc\r\n0;b=c\r\n\r\n", "200"),
            ("3 ; a = b\r\nabc\r\n0\r\n\r\n", "200"), ("0\r\nX: y\r\nContent-Length: 9\r\nHost: b\r\n\r\n", "200"),
            ("\r\n", "400 end"), ("g\r\n", "400 end"), ("-1\r\n", "400 end"), ("+1\r\na\r\n", "400 end"),
            (" 1\r\na\r\n", "400 end"), ("1 \r\na\r\n", "400 end"), ("1\t\r\na\r\n", "400 end"),
            ("0x1\r\na\r\n", "400 end"),
            ("1 0\r\n", "400 end"), ("1_0\r\n", "400 end"), ("1,\r\na\r\n", "400 end"), ("\"1\"\r\na\r\n", "400 end"),
            ("1\ra\r\n", "400 end"), ("1\u{0}\r\na\r\n", "400 end"), ("é\r\n", "400 end"), ("１\r\na\r\n", "400 end"),
            ("1\na\r\n0\r\n\r\n", "400 end"), ("1\r\na\n0\r\n\r\n", "400 end"), ("1\r\na\r0\r\n\r\n", "400 end"),
            ("1\r\nab\r\n0\r\n\r\n", "400 end"), ("3\r\nab\r\n0\r\n\r\n", "400 end"), ("1\r\na0\r\n\r\n", "400 end"),
            ("0\n\n", "400 end"), ("0\r\n\n", "400 end"), ("0\r\n\r", "400 end"), ("8000000000000000\r\n", "400 end"),
            ("FFFFFFFFFFFFFFFF\r\n", "400 end"), ("10000000000000001\r\na\r\n", "400 end"),
            ("100000000\r\n", "413 end"), ("fffffffffffffffffffffffff\r\n", "400 end"), ("-0\r\n\r\n", "400 end"),
            ("1;\r\na\r\n", "400 end"), ("1;a=\r\na\r\n", "400 end"), ("1;a=\"b\r\na\r\n", "400 end"),
            ("1;a\u{0}\r\n", "400 end"),
            ("1;a\rb\r\na\r\n", "400 end"), ("1;a\nb\r\na\r\n", "400 end"), ("1;;\r\na\r\n", "400 end"),
            (";a\r\n\r\n", "400 end"),
            ("1;" + String(repeating: "a", count: 2000) + "\r\na\r\n", "400 end"),
            (String(repeating: "1;" + String(repeating: "a", count: 900) + "\r\nb\r\n", count: 30), "400 end"),
            (String(repeating: "0", count: 2000), "400 end"), ("0\r\nX : y\r\n\r\n", "400 end"),
            ("0\r\nX\r\n\r\n", "400 end"),
            ("0\r\n X: y\r\n\r\n", "400 end"), ("0\r\nX: y\n\r\n", "400 end"), ("0\r\nX: \u{0}\r\n\r\n", "400 end"),
            ("0\r\n: y\r\n\r\n", "400 end"), ("0\r\nX: " + String(repeating: "a", count: 9000) + "\r\n\r\n", "431 end"),
            ("0\r\n" + String(repeating: "X: y\r\n", count: 101) + "\r\n", "431 end"),
        ]) { "GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\($0)" }
    }

    @Test("an expectation is met, or refused before the content is waited for")
    func expectations() throws {
        try Wire().check([
            ("Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", "200"), ("Expect: 100-CONTINUE\r\n\r\n", "200"),
            ("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "200"),
            ("Expect: 100-continue\r\nContent-Length: 0\r\n\r\n", "200"), ("Expect: 101-continue\r\n\r\n", "417 end"),
            ("Expect: 100-continue, x\r\nContent-Length: 3\r\n\r\nabc", "417 end"), ("Expect: x\r\n\r\n", "417 end"),
            ("Expect: 100-continue;a=b\r\nContent-Length: 3\r\n\r\nabc", "417 end"), ("Expect:\r\n\r\n", "200"),
            ("Expect: 100-continue\r\nContent-Length: x\r\n\r\n", "400 end"),
            ("Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n", "413 end"),
        ]) { "GET /healthz HTTP/1.1\r\nHost: a\r\n\($0)" }
        let server = try RunningServer(["--log", "off"])
        let key = ("X-API-Key", "connect_test_key")
        let body = VendorOperation.connect.body(1)
        let asked = [("Content-Length", "\(body.utf8.count)"), ("Expect", "100-continue")]
        let good = try Connection(port: server.port)
        try good.send("POST", "/connect/users", VendorOperation.connect.fields(1) + asked)
        #expect(try good.receive().status == 100)
        try good.send(body)
        #expect(try good.receive().status == 201)
        // No credential: the final answer comes alone, and whatever follows is nobody's.
        let bad = try Connection(port: server.port)
        try bad.send("POST", "/connect/users", [("Content-Type", "application/json")] + asked)
        #expect(try bad.receive().status == 401)
        try bad.send(Wire.next)
        #expect(try bad.receiveToEnd().isEmpty)
        let old = try Connection(port: server.port)
        try old.send("GET /healthz HTTP/1.0\r\nExpect: 100-continue\r\n\(key.0): \(key.1)\r\nContent-Length: 3\r\n\r\n")
        try old.send("abc")
        #expect(try StrictAnswer.all(in: old.receiveToEnd()).map(\.status) == [200])
    }
}
