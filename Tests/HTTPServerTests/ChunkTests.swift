import HTTPServer
import Testing

@Suite struct ChunkTests {
    @Test(arguments: [
        ("0\r\n\r\n", ""), ("3\r\nabc\r\n0\r\n\r\n", "abc"), ("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "abc"),
        ("00000003\r\nabc\r\n000\r\n\r\n", "abc"), ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789"),
        ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789"), ("3\r\n\r\n0\r\n0\r\n\r\n", "\r\n0"),
        ("3;a\r\nabc\r\n0;b=c;d=\"e;\\\"f\"\r\n\r\n", "abc"), ("3 ; a = b\r\nabc\r\n0\r\n\r\n", "abc"),
        ("3\r\nabc\r\n0\r\nX: y\r\nContent-Length: 99\r\nHost: b\r\n\r\n", "abc"),
    ])
    func chunksAreJoined(_ content: String, _ body: String) throws {
        let request = try Request.parse(Array(chunked(content).utf8))
        #expect(request.body == .bytes(Array(body.utf8)))
        // Trailers are no fields.
        #expect(request.fields.count == 2)
        #expect(request.target.host == "a")
        #expect(parse(chunked(content) + get()).map(\.status) == [0, 0])
    }

    @Test(arguments: [
        ("\r\n", Refusal.chunkSize), ("g\r\n", .chunkSize), ("-1\r\n", .chunkSize), ("+1\r\na\r\n", .chunkSize),
        (" 1\r\na\r\n", .chunkSize), ("1 \r\na\r\n", .chunkSize), ("1\t\r\na\r\n", .chunkSize),
        ("0x1\r\na\r\n", .chunkSize),
        ("1 0\r\n", .chunkSize), ("1_0\r\n", .chunkSize), ("1,\r\na\r\n", .chunkSize), ("\"1\"\r\na\r\n", .chunkSize),
        ("1\ra\r\n", .chunkSize), ("1\u{0}\r\na\r\n", .chunkSize), ("é\r\n", .chunkSize),
        ("1\na\r\n0\r\n\r\n", .bareLineFeed), ("1\r\na\n0\r\n\r\n", .chunkEnd), ("1\r\na\r0\r\n\r\n", .chunkEnd),
        ("1\r\nab\r\n0\r\n\r\n", .chunkEnd), ("3\r\nab\r\n0\r\n\r\n", .chunkEnd), ("1\r\na0\r\n\r\n", .chunkEnd),
        ("0\n\n", .bareLineFeed), ("0\r\n\n", .bareLineFeed),
        ("8000000000000000\r\n", .chunkSizeOverflow), ("FFFFFFFFFFFFFFFF\r\n", .chunkSizeOverflow),
        ("10000000000000001\r\na\r\n", .chunkSizeOverflow), ("fffffffffffffffffffffffff\r\n", .chunkSizeOverflow),
        ("1;\r\na\r\n", .chunkExtension), ("1;a=\r\na\r\n", .chunkExtension), ("1;a=\"b\r\na\r\n", .chunkExtension),
        ("1;a=\"b\\\r\na\r\n", .chunkExtension), ("1;a b\r\na\r\n", .chunkSize), ("1;a\u{0}\r\na\r\n", .chunkSize),
        ("1;a=\"\u{1}\"\r\na\r\n", .chunkExtension), ("1;a=\"\\\u{1}\"\r\na\r\n", .chunkExtension),
        ("1.0\r\na\r\n", .chunkSize), ("1h\r\na\r\n", .chunkSize), ("1\r\r\na\r\n", .chunkSize),
        ("1;=b\r\na\r\n", .chunkExtension), ("1;a@\r\na\r\n", .chunkSize), ("1;\"a\"\r\na\r\n", .chunkExtension),
        ("1;a=b\nX\r\na\r\n", .bareLineFeed), ("2;\nxx\r\n4b\r\n0\r\n\r\n", .bareLineFeed),
        ("0\n\r\n", .bareLineFeed), ("1\r\naXX0\r\n\r\n", .chunkEnd),
        ("0\r\n: a\r\n\r\n", .fieldNameEmpty), ("0\r\nGET / HTTP/1.1\r\n\r\n", .fieldColon),
        ("0\r\nY: 1\r\n X: a\r\n\r\n", .folding),
        ("1;a\rb\r\na\r\n", .chunkSize), ("1;;\r\na\r\n", .chunkExtension),
        ("0\r\nX : a\r\n\r\n", .fieldNameSpace), ("0\r\nX\r\n\r\n", .fieldColon), ("0\r\n X: a\r\n\r\n", .folding),
        ("0\r\nX: a\n\r\n", .bareLineFeed), ("0\r\nX: \u{0}\r\n\r\n", .fieldValue),
        ("0\r\n\rX: a\r\n", .bareCarriageReturn),
    ])
    func malformedChunksAreRefused(_ content: String, _ refusal: Refusal) {
        #expect(parse(chunked(content) + get()) == [.refusal(refusal)])
    }

    @Test func aBodyThatGrowsPastTheLimitIsNotReadOn() throws {
        var limits = Limits()
        limits.body = 4
        #expect(try body("2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n", limits) == .bytes(Array("abcd".utf8)))
        #expect(try body("2\r\nab\r\n3\r\n", limits) == .tooLarge)
        #expect(try body("5\r\n", limits) == .tooLarge)
        #expect(try body("7fffffffffffffff\r\n", limits) == .tooLarge)
    }

    @Test func extensionsAreBounded() {
        var limits = Limits()
        limits.chunkLine = 16
        limits.chunkExtensions = 20
        #expect(parse(chunked("1;abcdefghijklm\r\na\r\n0\r\n\r\n"), limits: limits).map(\.status) == [0])
        #expect(
            parse(chunked("1;abcdefghijklmn\r\na\r\n0\r\n\r\n"), limits: limits) == [.refusal(.chunkExtensionTooLong)])
        #expect(parse(chunked("00000000000000000"), limits: limits) == [.refusal(.chunkExtensionTooLong)])
        let many = String(repeating: "1;abcd\r\na\r\n", count: 5)
        #expect(parse(chunked(many), limits: limits) == [.refusal(.chunkExtensionTooLong)])
    }

    @Test func trailersAreBounded() {
        var limits = Limits()
        limits.fieldSection = 64
        limits.fieldCount = 4
        #expect(parse(chunked("0\r\nA: 1\r\nB: 2\r\n\r\n"), limits: limits).map(\.status) == [0])
        let many = String(repeating: "A: 1\r\n", count: 5)
        #expect(parse(chunked("0\r\n" + many), limits: limits) == [.refusal(.tooManyFields)])
        let long = "A: " + String(repeating: "1", count: 100)
        #expect(parse(chunked("0\r\n" + long), limits: limits) == [.refusal(.fieldsTooLong)])
    }

    private func body(_ content: String, _ limits: Limits) throws -> RequestBody {
        try Request.parse(Array(chunked(content).utf8), limits: limits).body
    }
}
