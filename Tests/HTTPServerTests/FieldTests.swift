import HTTPServer
import Testing

@Suite struct FieldTests {
    @Test(arguments: [
        ("X : a", Refusal.fieldNameSpace), ("X\t: a", .fieldNameSpace), (": a", .fieldNameEmpty), ("X", .fieldColon),
        ("X a", .fieldColon), ("X(: a", .fieldName), ("X Y: a", .fieldNameSpace), ("X\u{0}: a", .fieldName),
        ("É: a", .fieldName), ("X\r: a", .bareCarriageReturn), ("X: a\u{0}b", .fieldValue), ("X: a\u{1}", .fieldValue),
        ("X: \u{7F}", .fieldValue), ("X: a\rb", .bareCarriageReturn), ("X: \u{8}", .fieldValue),
        ("X: \u{B}a", .fieldValue),
        ("X: a\r\n b", .folding), ("X: a\r\n\tb", .folding), (" X: a", .folding), ("X: a\r\n ", .folding),
        ("X: a\r\r", .bareCarriageReturn), ("X@Y: a", .fieldName), ("\"X\": a", .fieldName),
        ("X/Y: a", .fieldName), ("X=Y: a", .fieldName), ("X,Y: a", .fieldName), ("X;: a", .fieldName),
        ("{X}: a", .fieldName), ("<X>: a", .fieldName), ("X?: a", .fieldName), ("X\\: a", .fieldName),
        ("X[: a", .fieldName), ("X\u{7F}: a", .fieldName), ("\u{B}X: a", .fieldName), ("X\u{A0}: a", .fieldName),
        (" : a", .folding), (":", .fieldNameEmpty), ("X: a\u{C}", .fieldValue), ("X: \u{1B}", .fieldValue),
        ("X: \u{1F}", .fieldValue), ("X: a\u{7}b", .fieldValue), ("Content-Length:\r\n 0", .folding),
    ])
    func aMalformedFieldLineIsRefused(_ line: String, _ refusal: Refusal) {
        #expect(parse(get(line)) == [.refusal(refusal)])
        // The first line of the section is no different from the others.
        #expect(parse("GET / HTTP/1.1\r\n\(line)\r\nHost: a\r\n\r\n") == [.refusal(refusal)])
    }

    @Test(arguments: [
        ("X: a", "a"), ("X:a", "a"), ("X: \t a \t ", "a"), ("X:", ""), ("X:  \t", ""), ("X: a b\tc", "a b\tc"),
        ("X: a:b", "a:b"), ("X: é", "é"), ("x: \"q\\\"\"", "\"q\\\"\""),
    ])
    func optionalWhiteSpaceIsNoPartOfAValue(_ line: String, _ value: String) throws {
        #expect(try Request.parse(Array(get(line).utf8)).fields["x"] == value)
    }

    @Test func fieldsKeepTheirOrderSpellingAndRepeats() throws {
        let fields = try Request.make(
            .get, "/", fields: [("Host", "a"), ("X-One", "1"), ("x-ONE", "2"), ("Accept", "*/*"), ("X-One", "3")]
        ).fields
        #expect(fields.count == 5)
        #expect(fields["x-one"] == "1")
        #expect(fields[FieldName("X-ONE")] == "1")
        #expect(fields.values(of: "x-one") == ["1", "2", "3"])
        #expect(fields.contains(.accept))
        #expect(!fields.contains(.origin))
        #expect(fields["absent"] == nil)
        #expect(fields.values(of: "absent").isEmpty)
        var names: [String] = []
        fields.forEach { name, _ in names.append(name) }
        #expect(names == ["Host", "X-One", "x-ONE", "Accept", "X-One"])
    }

    @Test func bytesThatAreNoUTF8AreGivenRawOrAsReplacements() throws {
        let wire = Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xFF, 0x61] + Array("\r\n\r\n".utf8)
        let fields = try Request.parse(wire).fields
        #expect(fields.bytes(of: "x") == [0xFF, 0x61])
        #expect(fields["x"] == "\u{FFFD}a")
    }

    @Test(arguments: ["Host", "Content-Length", "Content-Type", "Authorization", "Origin"])
    func aFieldThatIsNoListIsRefusedWhenRepeated(_ name: String) {
        let value = name == "Content-Length" ? "0" : "a"
        let first = name == "Host" ? [] : ["\(name): \(value)"]
        let lines = (["GET / HTTP/1.1", "Host: a"] + first + ["\(name.lowercased()): \(value)", "", ""])
        #expect(parse(lines.joined(separator: "\r\n")) == [.refusal(.repeated(name))])
    }

    @Test func aFieldLineMayBeAsLongAsTheLimitAndNoLonger() {
        var limits = Limits()
        limits.fieldLine = 32
        let line = "X: " + String(repeating: "a", count: 28)
        #expect(parse(get(line), limits: limits).map(\.status) == [0])
        #expect(parse(get(line + "a"), limits: limits) == [.refusal(.fieldLineTooLong)])
        #expect(parse("GET / HTTP/1.1\r\n" + line + "aa", limits: limits) == [.refusal(.fieldLineTooLong)])
    }

    @Test func allFieldLinesTogetherHaveALimit() {
        var limits = Limits()
        limits.fieldSection = 64
        #expect(parse(get("A: 1", "B: 2"), limits: limits).map(\.status) == [0])
        let lines = String(repeating: "A: 1\r\n", count: 12)
        #expect(parse("GET / HTTP/1.1\r\n" + lines, limits: limits) == [.refusal(.fieldsTooLong)])
    }

    @Test func theNumberOfFieldLinesHasALimit() {
        let lines = String(repeating: "A: 1\r\n", count: 99)
        #expect(parse("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n").map(\.status) == [0])
        #expect(parse("GET / HTTP/1.1\r\nHost: a\r\n\(lines)A: 1\r\n\r\n") == [.refusal(.tooManyFields)])
    }
}
