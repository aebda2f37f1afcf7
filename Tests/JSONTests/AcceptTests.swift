import JSON
import Testing

/// What RFC 8259 allows is accepted, however odd, and comes back as the same value in compact form.
@Suite struct AcceptTests {
    /// Each text with what it is when written compactly.
    static let texts: [(String, String)] = [
        ("null", "null"), ("true", "true"), ("false", "false"), ("0", "0"), ("\"\"", "\"\""),
        ("[]", "[]"), ("{}", "{}"), ("[[],{}]", "[[],{}]"),
        (" \t\r\n[ \n1 ,\t2\r] \n", "[1,2]"),
        ("{ \"a\" : 1 ,\n\"b\" : { } }", #"{"a":1,"b":{}}"#),
        (#"{"":""}"#, #"{"":""}"#),
        (#"{"b":1,"a":2,"B":3}"#, #"{"b":1,"a":2,"B":3}"#),
        ("[true,false,null]", "[true,false,null]"),
        ("-0", "-0"), ("-0.0", "-0.0"), ("1e400", "1e400"), ("1E+2", "1E+2"), ("1e-2", "1e-2"), ("0e0", "0e0"),
        ("0.10", "0.10"), ("-12.5e007", "-12.5e007"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"),
        (#""\"\\\/\b\f\n\r\t""#, #""\"\\/\b\f\n\r\t""#),
        (#""\u0041\u00e9\u20AC\uD83D\uDE00""#, "\"Aé€😀\""),
        (#""\u0000""#, #""\u0000""#), (#""\u001F\u007f""#, "\"\\u001f\u{7F}\""),
        (
            "\"é e\u{301} 語 😀 \u{7F}\u{80} \u{2028}\u{2029} \u{FEFF}\"",
            "\"é e\u{301} 語 😀 \u{7F}\u{80} \u{2028}\u{2029} \u{FEFF}\""
        ),
        (#""// no /* comment""#, #""// no /* comment""#),
        (#""seven. \n eight.. \n""#, #""seven. \n eight.. \n""#),
        (#"{"a":[1,{"b":[2,{"c":null}]}]}"#, #"{"a":[1,{"b":[2,{"c":null}]}]}"#),
    ]

    @Test("Accepts what RFC 8259 allows", arguments: texts)
    func accepts(input: String, compact: String) throws {
        #expect(Array(text(try parsed(input)).utf8) == Array(compact.utf8))
    }

    @Test("A name that only looks the same is another name")
    func namesByBytes() throws {
        let value = try parsed("{\"é\":1,\"e\u{301}\":2,\"K\":3,\"\u{212A}\":4,\"a\":5,\"a\\u0000\":6}")
        guard case .object(let object) = value else { Issue.record("no object"); return }
        #expect(object.members.count == 6)
        #expect(object["é"] == .number(JSONNumber(1)))
        #expect(object["e\u{301}"] == .number(JSONNumber(2)))
        #expect(object["K"] == .number(JSONNumber(3)))
        #expect(object["\u{212A}"] == .number(JSONNumber(4)))
    }

    @Test("Strings of every length keep their bytes, plain or with an escape anywhere", arguments: 0..<40)
    func lengths(count: Int) throws {
        let plain = String((0..<count).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
        #expect(try parsed("\"\(plain)\"") == .string(plain))
        for position in 0...count {
            let cut = plain.index(plain.startIndex, offsetBy: position)
            for (sent, meant) in [("\\n", "\n"), ("\\\"", "\""), ("é", "é"), ("\\ud83d\\ude00", "😀")] {
                let value = try parsed("[\"\(plain[..<cut])\(sent)\(plain[cut...])\"]")
                #expect(value == .array([.string("\(plain[..<cut])\(meant)\(plain[cut...])")]))
            }
        }
    }

    @Test(
        "Scalars that stand for no character are scalars all the same", arguments: [0xFFFE, 0xFFFF, 0xFDD0, 0x10FFFF])
    func noncharacters(code: UInt32) throws {
        let scalar = String(try #require(Unicode.Scalar(code)))
        #expect(try parsed("\"\(scalar)\"") == .string(scalar))
        let escaped = scalar.utf16.map { "\\u" + String($0, radix: 16) }.joined()
        #expect(try parsed("\"\(escaped)\"") == .string(scalar))
    }

    @Test("A part of a greater buffer is read where it lies")
    func span() throws {
        let buffer = bytes("POST [1,2] next")
        #expect(try JSONValue(parsing: buffer.span.extracting(5..<10)) == parsed("[1,2]"))
    }

    @Test("Arrays and objects may be open as deep as the limit, and no deeper", arguments: [1, 2, 64, 511, 512])
    func depth(limit: Int) throws {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let fits =
                String(repeating: open, count: limit) + (open == "[" ? "" : "1")
                + String(repeating: close, count: limit)
            _ = try parsed(fits, maximumDepth: limit)
            let tooDeep = Array(String(repeating: open, count: limit + 1).utf8)
            #expect(
                refusal(tooDeep, maximumDepth: limit)
                    == JSONError(reason: .tooDeep(maximumDepth: limit), offset: limit * open.utf8.count))
        }
    }

    @Test("The depth is 64 unless told otherwise, and 512 at most")
    func depthLimits() throws {
        #expect(refusal(Array(repeating: 0x5B, count: 2000))?.offset == 64)
        #expect(refusal(Array(repeating: 0x5B, count: 2000), maximumDepth: .max)?.reason == .tooDeep(maximumDepth: 512))
        #expect(refusal(Array("[".utf8), maximumDepth: 0)?.offset == 0)
        _ = try parsed("1", maximumDepth: 0)
    }

    @Test("Brackets side by side do not count as depth")
    func breadth() throws {
        _ = try parsed("[" + Array(repeating: "[{}]", count: 1000).joined(separator: ",") + "]", maximumDepth: 3)
    }
}
