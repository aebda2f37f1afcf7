import JSON
import Testing

/// What is no JSON is refused, with the reason and the byte.
@Suite struct RejectTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let input: [UInt8]
        let reason: JSONError.Reason
        let offset: Int

        init(_ parts: any BytePart..., is reason: JSONError.Reason, at offset: Int) {
            input = parts.flatMap(\.bytes)
            self.reason = reason
            self.offset = offset
        }

        var testDescription: String { String(decoding: input, as: UTF8.self).debugDescription }
    }

    static let structure: [Case] = [
        Case("", is: .empty, at: 0), Case(" \n\t ", is: .empty, at: 4),
        Case("[", is: .unexpectedEnd, at: 1), Case("{", is: .unexpectedEnd, at: 1),
        Case("[1", is: .unexpectedEnd, at: 2), Case("[1,", is: .unexpectedEnd, at: 3),
        Case("{\"a\"", is: .unexpectedEnd, at: 4), Case("{\"a\":", is: .unexpectedEnd, at: 5),
        Case("{\"a\":1", is: .unexpectedEnd, at: 6), Case("{\"a\":1, ", is: .unexpectedEnd, at: 8),
        Case("[1,]", is: .trailingComma, at: 2), Case("{\"a\":1 , }", is: .trailingComma, at: 7),
        Case("[,1]", is: .expectedValue, at: 1), Case("[1,,2]", is: .expectedValue, at: 3),
        Case("[,]", is: .expectedValue, at: 1),
        Case("{,}", is: .expectedName, at: 1), Case("{\"a\":1,,\"b\":2}", is: .expectedName, at: 7),
        Case("]", is: .expectedValue, at: 0), Case("}", is: .expectedValue, at: 0),
        Case(",", is: .expectedValue, at: 0),
        Case("[1}", is: .expectedCommaOrBracket, at: 2), Case("{\"a\":1]", is: .expectedCommaOrBrace, at: 6),
        Case("[1 2]", is: .expectedCommaOrBracket, at: 3), Case("[1:2]", is: .expectedCommaOrBracket, at: 2),
        Case("{\"a\" 1}", is: .expectedColon, at: 5), Case("{\"a\",1}", is: .expectedColon, at: 4),
        Case("{\"a\"::1}", is: .expectedValue, at: 5), Case("{\"a\":}", is: .expectedValue, at: 5),
        Case("{a:1}", is: .expectedName, at: 1), Case("{1:1}", is: .expectedName, at: 1),
        Case("{'a':1}", is: .expectedName, at: 1),
        Case("{null:1}", is: .expectedName, at: 1), Case("{\"a\":1 \"b\":2}", is: .expectedCommaOrBrace, at: 7),
        Case("1 2", is: .trailingBytes, at: 2), Case("{}}", is: .trailingBytes, at: 2),
        Case("[]]", is: .trailingBytes, at: 2),
        Case("{} x", is: .trailingBytes, at: 3), Case("\"a\"\"b\"", is: .trailingBytes, at: 3),
        Case("nullnull", is: .trailingBytes, at: 4),
        Case("[1] ", 0, is: .trailingBytes, at: 4), Case("\"a", is: .unexpectedEnd, at: 2),
        Case("// a\n1", is: .comment, at: 0), Case("[1/* a */]", is: .comment, at: 2),
        Case("1 // a", is: .comment, at: 2),
        Case("{/**/}", is: .comment, at: 1), Case("# a\n1", is: .expectedValue, at: 0),
        Case("[/1]", is: .expectedValue, at: 1),
        Case("'a'", is: .expectedValue, at: 0), Case("[undefined]", is: .expectedValue, at: 1),
        Case("*", is: .expectedValue, at: 0),
        Case("[1\u{A0}]", is: .expectedCommaOrBracket, at: 2), Case("\u{B}1", is: .expectedValue, at: 0),
        Case("[\u{C}]", is: .expectedValue, at: 1),
        Case("[\u{2028}1]", is: .expectedValue, at: 1), Case("<a>", is: .expectedValue, at: 0),
        Case("(1)", is: .expectedValue, at: 0),
    ]

    static let literals: [Case] = [
        Case("tru", is: .unexpectedEnd, at: 3), Case("t", is: .unexpectedEnd, at: 1),
        Case("nul]", is: .expectedValue, at: 0),
        Case("True", is: .expectedValue, at: 0), Case("[nUll]", is: .expectedValue, at: 1),
        Case("[fals3]", is: .expectedValue, at: 1),
        Case("truee", is: .trailingBytes, at: 4), Case("[true1]", is: .expectedCommaOrBracket, at: 5),
        Case("nil", is: .expectedValue, at: 0),
    ]

    static let numbers: [Case] = [
        Case("01", is: .leadingZero, at: 0), Case("[-01]", is: .leadingZero, at: 2),
        Case("00", is: .leadingZero, at: 0),
        Case("007.5", is: .leadingZero, at: 0), Case("-", is: .unexpectedEnd, at: 1),
        Case("[-]", is: .expectedDigit, at: 2),
        Case("--1", is: .expectedDigit, at: 1), Case("-a", is: .expectedDigit, at: 1),
        Case("+1", is: .expectedValue, at: 0),
        Case(".5", is: .expectedValue, at: 0), Case("-.5", is: .expectedDigit, at: 1),
        Case("[1.]", is: .expectedDigit, at: 3),
        Case("1.", is: .unexpectedEnd, at: 2), Case("1.e5", is: .expectedDigit, at: 2),
        Case("1..2", is: .expectedDigit, at: 2),
        Case("1.2.3", is: .trailingBytes, at: 3), Case("[1e]", is: .expectedDigit, at: 3),
        Case("1e", is: .unexpectedEnd, at: 2),
        Case("1e+", is: .unexpectedEnd, at: 3), Case("[1e-]", is: .expectedDigit, at: 4),
        Case("1e+-5", is: .expectedDigit, at: 3),
        Case("1e5.5", is: .trailingBytes, at: 3), Case("1e5e5", is: .trailingBytes, at: 3),
        Case("0x1F", is: .trailingBytes, at: 1),
        Case("1_000", is: .trailingBytes, at: 1), Case("1,000", is: .trailingBytes, at: 1),
        Case("1 000", is: .trailingBytes, at: 2),
        Case("NaN", is: .expectedValue, at: 0), Case("Infinity", is: .expectedValue, at: 0),
        Case("-Infinity", is: .expectedDigit, at: 1),
        Case("１", is: .expectedValue, at: 0), Case("1２", is: .trailingBytes, at: 1),
        Case("1d", is: .trailingBytes, at: 1),
        Case("- 1", is: .expectedDigit, at: 1), Case("0e", is: .unexpectedEnd, at: 2),
    ]

    static let strings: [Case] = [
        Case("\"a\nb\"", is: .controlCharacter(0x0A), at: 2), Case("\"\t\"", is: .controlCharacter(0x09), at: 1),
        Case("[\"abcdefgh", 0x1F, "\"]", is: .controlCharacter(0x1F), at: 10),
        Case("[\"a", 0, "\"]", is: .controlCharacter(0), at: 3),
        Case("{\"a\r\":1}", is: .controlCharacter(0x0D), at: 3), Case("\"\\n\n\"", is: .controlCharacter(0x0A), at: 3),
        Case("\"\\", is: .unexpectedEnd, at: 2), Case("\"\\\"", is: .unexpectedEnd, at: 3),
        Case("\"\\u00", is: .unexpectedEnd, at: 5),
        Case(#""\a""#, is: .invalidEscape, at: 1), Case(#""ab\'""#, is: .invalidEscape, at: 3),
        Case(#""\x41""#, is: .invalidEscape, at: 1),
        Case(#""\0""#, is: .invalidEscape, at: 1), Case(#""\U0041""#, is: .invalidEscape, at: 1),
        Case(#""\u12G4""#, is: .invalidEscape, at: 1),
        Case(#""\u+123""#, is: .invalidEscape, at: 1), Case(#""\u{41}""#, is: .invalidEscape, at: 1),
        Case(#""\u41""#, is: .invalidEscape, at: 1),
        Case("\"\\\n\"", is: .invalidEscape, at: 1), Case("\"\\é\"", is: .invalidEscape, at: 1),
        Case(#""\uD800""#, is: .loneSurrogate, at: 1), Case(#""a\uDC00""#, is: .loneSurrogate, at: 2),
        Case(#""\uDBFF\uDBFF""#, is: .loneSurrogate, at: 1), Case(#""\uDC00\uD800""#, is: .loneSurrogate, at: 1),
        Case(#""\uD800x""#, is: .loneSurrogate, at: 1), Case(#""\uD800\n""#, is: .loneSurrogate, at: 1),
        Case(#""\uD800\u0041""#, is: .loneSurrogate, at: 1), Case(#""\uD800\u00""#, is: .invalidEscape, at: 7),
        Case(#""\ud83d\ude00\ud83d""#, is: .loneSurrogate, at: 13), Case("\"\\uD800", is: .unexpectedEnd, at: 7),
        Case("\"\\uD83D\\", is: .unexpectedEnd, at: 8), Case("\"\\uD83D\\uDE", is: .unexpectedEnd, at: 11),
    ]

    static let encodings: [Case] = [
        Case(0xEF, 0xBB, 0xBF, "{}", is: .byteOrderMark, at: 0), Case(0xEF, 0xBB, 0xBF, is: .byteOrderMark, at: 0),
        Case(" ", 0xEF, 0xBB, 0xBF, "{}", is: .expectedValue, at: 1), Case(0xEF, 0xBB, is: .expectedValue, at: 0),
        Case(0xFF, 0xFE, "1", 0, is: .notUTF8Encoding, at: 0), Case(0xFE, 0xFF, 0, "1", is: .notUTF8Encoding, at: 0),
        Case("{", 0, "}", 0, is: .notUTF8Encoding, at: 0), Case(0, "{", 0, "}", is: .notUTF8Encoding, at: 0),
        Case(0, 0, 0, "1", is: .notUTF8Encoding, at: 0), Case(0, is: .expectedValue, at: 0),
        Case(0xFF, is: .expectedValue, at: 0),
        Case("\"", 0x80, "\"", is: .invalidUTF8, at: 1), Case("\"abc", 0xFF, "\"", is: .invalidUTF8, at: 4),
        Case("\"é", 0xC3, "\"", is: .invalidUTF8, at: 3), Case("\"", 0xC0, 0xAF, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xE0, 0x80, 0x80, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xF0, 0x80, 0x80, 0x80, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xED, 0xA0, 0x80, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xF4, 0x90, 0x80, 0x80, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xF8, 0x88, 0x80, 0x80, 0x80, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xE2, 0x82, "\"", is: .invalidUTF8, at: 1),
        Case("\"", 0xE2, 0x82, "\\n", 0xAC, "\"", is: .invalidUTF8, at: 1),
        Case("\"\\n", 0xFF, "\"", is: .invalidUTF8, at: 3), Case("\"\\n", 0xFF, "\n\"", is: .invalidUTF8, at: 3),
        Case("{\"", 0xE9, "\":1}", is: .invalidUTF8, at: 2),
        Case("{\"a\":{\"b\":[\"", 0xE9, "\"]}}", is: .invalidUTF8, at: 12),
        Case("[", 0xE9, "]", is: .expectedValue, at: 1), Case("\"", 0xE9, is: .invalidUTF8, at: 1),
        Case("\"é", is: .unexpectedEnd, at: 3),
    ]

    static let duplicates: [Case] = [
        Case(#"{"a":1,"a":1}"#, is: .duplicateName("a"), at: 7),
        Case(#"{"a":1,"\u0061":2}"#, is: .duplicateName("a"), at: 7),
        Case(#"{"\u0061":1, "b":2, "a":2}"#, is: .duplicateName("a"), at: 20),
        Case(#"{"":1,"":2}"#, is: .duplicateName(""), at: 6),
        Case(#"{"x":{"é":1,"\u00e9":2}}"#, is: .duplicateName("é"), at: 13),
        Case(#"{"\ud83d\ude00":1,"😀":2}"#, is: .duplicateName("😀"), at: 18),
        Case(
            #"{"a long name of an object":1,"a long name of an object":2}"#,
            is: .duplicateName("a long name of an object"), at: 30),
    ]

    @Test("Refuses what the grammar does not allow", arguments: structure + literals + numbers)
    func refuses(example: Case) {
        #expect(refusal(example.input) == JSONError(reason: example.reason, offset: example.offset))
    }

    @Test("Refuses broken strings and bytes that are no UTF-8", arguments: strings + encodings)
    func refusesStrings(example: Case) {
        #expect(refusal(example.input) == JSONError(reason: example.reason, offset: example.offset))
    }

    @Test("Refuses a name that comes twice, escaped or not", arguments: duplicates)
    func refusesDuplicates(example: Case) {
        #expect(refusal(example.input) == JSONError(reason: example.reason, offset: example.offset))
    }

    @Test("Notices a duplicate at every place of a small or a great object", arguments: [1, 2, 31, 32, 33, 34, 200])
    func findsDuplicates(count: Int) throws {
        let members = (0..<count).map { "\"n\($0)é\":\($0)" }
        _ = try parsed("{\(members.joined(separator: ","))}")
        for repeated in Set([0, count / 2, count - 1]) {
            let body = "{\((members + ["\"n\(repeated)\\u00E9\":0"]).joined(separator: ","))}"
            let offset = members.joined(separator: ",").utf8.count + 2
            #expect(refusal(Array(body.utf8)) == JSONError(reason: .duplicateName("n\(repeated)é"), offset: offset))
        }
    }

    @Test("A great object too tells names apart by their bytes")
    func manyNamesByBytes() throws {
        let others = (0..<40).map { "\"n\($0)\":0" }.joined(separator: ",")
        _ = try parsed("{\(others),\"é\":1,\"e\u{301}\":2,\"K\":3,\"\u{212A}\":4}")
    }

    @Test("Every beginning of a good text is refused at its end")
    func prefixes() {
        let whole = Array(#"{"a":[1.5e+3,true,null,"x\n\ud83d\ude00"],"b":{"c":false}}"#.utf8)
        for count in 1..<whole.count {
            #expect(refusal(Array(whole[..<count])) == JSONError(reason: .unexpectedEnd, offset: count))
        }
    }
}
