import HTTPServer
import Testing

@Suite struct LengthTests {
    @Test func withoutFramingThereIsNoContent() throws {
        #expect(try Request.make(.post, "/").body == .none)
        #expect(try Request.make(.get, "/").body == .none)
    }

    @Test(arguments: [("0", ""), ("00", ""), ("3", "abc"), ("0003", "abc"), (" 3\t", "abc")])
    func contentLengthIsDigits(_ length: String, _ content: String) throws {
        let request = try Request.parse(Array(post("Content-Length:\(length)", then: content).utf8))
        #expect(request.body == .bytes(Array(content.utf8)))
    }

    @Test(arguments: [
        ("+3", Refusal.contentLength), ("-3", .contentLength), ("-0", .contentLength), ("3, 3", .contentLength),
        ("3,3", .contentLength), ("3, 4", .contentLength), ("", .contentLength), ("0x3", .contentLength),
        ("3 3", .contentLength), ("3.0", .contentLength), ("1_0", .contentLength), ("1e1", .contentLength),
        ("٣", .contentLength), ("3,", .contentLength), (",3", .contentLength),
        ("3\t3", .contentLength), ("3h", .contentLength), ("Infinity", .contentLength),
        ("4294967299 ,3", .contentLength),
        ("340282366920938463463374607431768211459", .contentLengthOverflow), ("3;", .contentLength),
        ("\"3\"", .contentLength),
        ("9223372036854775808", .contentLengthOverflow), ("18446744073709551616", .contentLengthOverflow),
        ("18446744073709551619", .contentLengthOverflow), ("99999999999999999999999999", .contentLengthOverflow),
    ])
    func anythingElseIsNoContentLength(_ length: String, _ refusal: Refusal) {
        #expect(parse(post("Content-Length: \(length)", then: "abc" + get())) == [.refusal(refusal)])
    }

    @Test(arguments: [("3", "3"), ("3", "4")])
    func aRepeatedContentLengthIsRefusedEvenWhenEqual(_ first: String, _ second: String) {
        let wire = post("Content-Length: \(first)", "Content-Length: \(second)", then: "abc" + get())
        #expect(parse(wire) == [.refusal(.repeated("Content-Length"))])
    }

    @Test(arguments: ["4", "1048576", "9223372036854775807"])
    func aDeclaredLengthOverTheLimitIsKnownBeforeAnyContent(_ length: String) throws {
        var limits = Limits()
        limits.body = 3
        let request = try Request.parse(
            Array(post("Content-Length: \(length)", "Expect: 100-continue").utf8), limits: limits)
        #expect(request.body == .tooLarge)
        #expect(request.persistence == .closed)
        #expect(try Request.make(.post, "/", body: "abc", limits: limits).body == .bytes(Array("abc".utf8)))
    }

    @Test(arguments: ["Content-Length: 4\r\n\r\nabcd", "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"])
    func aPathOfItsOwnMayTakeMore(_ content: String) throws {
        var limits = Limits()
        limits.body = 3
        limits.bodies = ["/long": 4]
        func body(_ target: String, _ content: String) throws -> RequestBody {
            try Request.parse(Array("POST \(target) HTTP/1.1\r\nHost: a\r\n\(content)".utf8), limits: limits).body
        }
        #expect(try body("/long", content) == .bytes(Array("abcd".utf8)))
        #expect(try body("/long?a=b", content) == .bytes(Array("abcd".utf8)))
        #expect(try body("/longer", content) == .tooLarge)
        #expect(try body("/long", content.replacing("4", with: "5").replacing("abcd", with: "abcde")) == .tooLarge)
    }

    @Test(arguments: [
        ("Transfer-Encoding: chunked\r\nContent-Length: 3", Refusal.twoFramings),
        ("Content-Length: 3\r\nTransfer-Encoding: chunked", .twoFramings),
        ("Content-Length: 3\r\nTransfer-Encoding: xchunked", .twoFramings),
        ("Transfer-Encoding: gzip", .transferCoding), ("Transfer-Encoding: gzip, chunked", .transferCoding),
        ("Transfer-Encoding: identity", .transferCoding), ("Transfer-Encoding: xchunked", .transferCoding),
        ("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", .transferCoding),
        ("Transfer-Encoding: chunked, chunked", .chunkedNotLast), ("Transfer-Encoding: chunked, gzip", .chunkedNotLast),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .chunkedNotLast),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", .chunkedNotLast),
        ("Transfer-Encoding: ", .transferEncoding), ("Transfer-Encoding: ,chunked", .transferEncoding),
        ("Transfer-Encoding: chunked,", .transferEncoding), ("Transfer-Encoding: \"chunked\"", .transferEncoding),
        ("Transfer-Encoding: chunked;a=b", .transferEncoding), ("Transfer-Encoding: chun ked", .transferEncoding),
        ("Transfer-Encoding: chunked é", .transferEncoding), ("Transfer-Encoding: \u{B}chunked", .fieldValue),
        ("Transfer-Encoding: 'chunked'", .transferCoding), ("Transfer-Encoding: x, y, z", .transferCoding),
        ("Transfer-Encoding: identity, chunked", .transferCoding), ("Transfer-Encoding: ,", .transferEncoding),
        ("Transfer-Encoding:\r\nTransfer-Encoding: chunked", .transferEncoding),
        ("Transfer-Encoding: chunked\u{7F}", .fieldValue), ("Transfer-Encoding: \u{C}chunked", .fieldValue),
        ("Transfer-Encoding: chunked\u{0}", .fieldValue), ("X: y\r\n Transfer-Encoding: chunked", .folding),
        ("X: y\rTransfer-Encoding: chunked", .bareCarriageReturn), ("X: y\nTransfer-Encoding: chunked", .bareLineFeed),
        ("Content-Length: 3\r\nTransfer-Encoding:", .twoFramings),
        ("Connection: Content-Length\r\nContent-Length: 3\r\nTransfer-Encoding: chunked", .twoFramings),
        ("Transfer-Encoding : chunked", .fieldNameSpace), ("Transfer-Encoding:\r\n chunked", .folding),
    ])
    func chunkedIsTheOnlyTransferCoding(_ lines: String, _ refusal: Refusal) {
        #expect(parse(post(lines, then: "3\r\nabc\r\n0\r\n\r\n" + get())) == [.refusal(refusal)])
    }

    @Test(arguments: ["chunked", "Chunked", "CHUNKED", "\tchunked "])
    func chunkedIsKnownInAnyCase(_ coding: String) throws {
        let wire = post("Transfer-Encoding: \(coding)", then: "3\r\nabc\r\n0\r\n\r\n")
        #expect(try Request.parse(Array(wire.utf8)).body == .bytes(Array("abc".utf8)))
    }

    @Test func http10HasNoTransferCodings() {
        let wire = "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        #expect(parse(wire) == [.refusal(.transferEncodingInHTTP10)])
    }

    @Test(arguments: [
        post("Content-Length: 5", then: "abc"), chunked("5\r\nabc"), "GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n",
    ])
    func aClientThatStopsInTheMiddleIsToldSo(_ wire: String) {
        #expect(parse(wire) == [.refusal(.incompleteRequest)])
    }

    @Test(arguments: [
        ("100-continue", [0, 0]), ("100-Continue", [0, 0]), ("100-continue, 100-continue", [0, 0]), ("", [0]),
        ("200-ok", [417]), ("100-continue, x", [417]), ("100", [417]), ("100-continue;a=b", [417]),
    ])
    func oneExpectationIsKnown(_ value: String, _ statuses: [Int]) {
        let seen = parse(post("Content-Length: 2", "Expect: \(value)", then: "{}"))
        #expect(seen.map(\.status) == statuses)
        #expect((seen.first == .continueExpected) == (statuses.count == 2))
    }

    @Test func nothingIsExpectedWithoutContentOrInHTTP10() {
        #expect(parse(get("Expect: 100-continue")).map(\.status) == [0])
        #expect(parse(post("Content-Length: 0", "Expect: 100-continue")).map(\.status) == [0])
        let old = "POST / HTTP/1.0\r\nExpect: nonsense\r\nContent-Length: 2\r\n\r\n{}"
        #expect(parse(old).map(\.status) == [0])
    }
}
