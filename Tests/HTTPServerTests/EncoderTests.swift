import HTTPServer
import Testing

@Suite struct EncoderTests {
    private func encode(_ response: Response, _ context: ResponseEncoder.Context) -> String {
        var output: [UInt8] = []
        ResponseEncoder.append(response, context, date: DateCache.line(784_111_777), to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private let date = "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"

    private var hello: Response {
        var fields = ResponseFields()
        fields.append("Content-Type", "text/plain")
        return Response(.created, fields: fields, body: Array("hello".utf8))
    }

    @Test func anAnswerHasItsFieldsInOneOrder() {
        let text = encode(hello, .init(persistence: .kept))
        #expect(text == "HTTP/1.1 201 Created\r\n\(date)Content-Length: 5\r\nContent-Type: text/plain\r\n\r\nhello")
    }

    @Test(arguments: [(Persistence.closed, "close"), (.keptAndSaid, "keep-alive")])
    func theFateOfTheConnectionIsSaidWhereItMustBe(_ persistence: Persistence, _ option: String) {
        let text = encode(Response(.ok), .init(persistence: persistence))
        #expect(text == "HTTP/1.1 200 OK\r\n\(date)Content-Length: 0\r\nConnection: \(option)\r\n\r\n")
    }

    @Test func headIsAnsweredLikeGetWithoutTheBody() {
        let get = encode(hello, .init(persistence: .kept))
        #expect(
            encode(hello, .init(isHead: true, persistence: .kept)) == get.replacing("\r\n\r\nhello", with: "\r\n\r\n"))
    }

    @Test(arguments: [Status.noContent, .notModified])
    func anAnswerThatHasNoContentHasNoLength(_ status: Status) {
        let text = encode(Response(status, body: [1, 2, 3]), .init(persistence: .kept))
        #expect(text == "HTTP/1.1 \(status.code) \(status.reason)\r\n\(date)\r\n")
    }

    @Test func anAnswerThatMayNotHaveContentSaysSo() {
        let text = encode(Response(Status(205, "Reset Content"), body: [1, 2, 3]), .init(persistence: .kept))
        #expect(text == "HTTP/1.1 205 Reset Content\r\n\(date)Content-Length: 0\r\n\r\n")
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 1000, 12345])
    func theLengthIsExact(_ count: Int) {
        let text = encode(Response(.ok, body: Array(repeating: 0x61, count: count)), .init())
        #expect(text.contains("Content-Length: \(count)\r\n"))
        #expect(text.utf8.count == encode(Response(.ok), .init()).utf8.count + count + "\(count)".count - 1)
    }

    @Test(arguments: [100, 101, 199, 0, -1, 600, 99999])
    func aStatusThatEndsNoExchangeBecomes500(_ code: Int) {
        #expect(encode(Response(Status(code, "x")), .init()).hasPrefix("HTTP/1.1 500 Internal Server Error\r\n"))
    }

    @Test func aReasonPhraseCannotStartALine() {
        #expect(encode(Response(Status(299, "a\r\nX: y")), .init()).hasPrefix("HTTP/1.1 299 \r\nDate"))
        #expect(Status(code: 404) == .notFound)
        #expect(Status(code: 404).reason == "Not Found")
    }

    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00"), (951_782_400, "Tue, 29 Feb 2000 00:00:00"),
            (-1, "Wed, 31 Dec 1969 23:59:59"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00"), (4_102_444_800, "Fri, 01 Jan 2100 00:00:00"),
        ] as [(Int64, String)])
    func datesAreWrittenAsRFC9110Says(_ second: Int64, _ text: String) {
        #expect(String(decoding: DateCache.line(second), as: UTF8.self) == "Date: \(text) GMT\r\n")
    }

    @Test func theDateChangesWithTheSecond() {
        var cache = DateCache()
        cache.update(0)
        let first = cache.line
        cache.update(0)
        #expect(cache.line == first)
        cache.update(1)
        #expect(cache.line == DateCache.line(1))
    }
}

@Suite struct ResponseFieldsTests {
    @Test(arguments: [
        ("a\r\nX: y", "a  X: y"), ("a\nb", "a b"), ("a\u{0}b\u{7F}", "a b "), ("é\tb", "é\tb"), ("", ""),
    ])
    func aValueCannotStartALine(_ value: String, _ sent: String) {
        var fields = ResponseFields()
        fields.append("X-Test", value)
        #expect(fields.bytes == Array("X-Test: \(sent)\r\n".utf8))
        #expect(fields["x-test"] == sent)
    }

    @Test func aNameCannotStartALineEither() {
        var fields = ResponseFields()
        fields.append("X\r\nY: z", "a")
        fields.append("", "b")
        #expect(fields.bytes == Array("X--Y--z: a\r\n".utf8))
    }

    @Test(arguments: ["Content-Length", "connection", "DATE", "Transfer-Encoding", "Keep-Alive", "Upgrade"])
    func theFieldsOfTheServerAreItsOwn(_ name: String) {
        var fields = ResponseFields()
        fields.append(name, "1")
        #expect(fields.bytes.isEmpty)
        #expect(ResponseFields(encoded: Array("\(name): 1\r\n".utf8)) == nil)
    }

    @Test func storedLinesComeBackAsTheyWere() throws {
        var fields = ResponseFields()
        fields.append("A", "1")
        fields.append("B", "")
        fields.append("a", "2")
        let again = try #require(ResponseFields(encoded: fields.bytes))
        #expect(again == fields)
        #expect(again.values(of: "A") == ["1", "2"])
        #expect(again["b"]?.isEmpty == true)
        #expect(again["c"] == nil)
        #expect(ResponseFields(encoded: []) == ResponseFields())
    }

    @Test(arguments: [
        "A: 1", "A: 1\n", "A: 1\r", "A\r\n", ": 1\r\n", "A: 1\r\n\r\n", "A : 1\r\n", "A:1\r\n", "A: \u{0}\r\n", "\r\n",
        "A: 1\rB: 2\r\n",
    ])
    func bytesThatAreNoFieldLinesAreNotTaken(_ text: String) {
        #expect(ResponseFields(encoded: Array(text.utf8)) == nil)
    }
}
