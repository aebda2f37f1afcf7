import JSON
import Testing

@testable import VendorKit

/// What a schema says of one text.
@Suite struct TextRuleTests {
    @Test(arguments: ["+12", "+15551234567", "+15555550100", "+46701234567", "+99", "+123456789012345"])
    func `a telephone number is a plus and two to fifteen digits, the first no zero`(text: String) {
        #expect(PhoneNumber.isValid(text))
        #expect(TextRule.phone.fault(of: text) == nil)
    }

    @Test(arguments: [
        "", "+", "+1", "+0123", "+01", "1", "12", "15551234567", "0015551234567", "+1234567890123456",
        "+1 555 123 4567",
        "+1-555-123-4567", "+1(555)1234567", "+1.5551234567", "++15551234567", "+1555123456a", "tel:+15551234567",
        "+15551234567 ", " +15551234567", "+15551234567\n", "+15551234567\0", "+1555123456\u{667}",
        "+\u{661}5551234567",
        "\u{FF0B}15551234567", "+1555123456\u{FF17}", "+1555123456\u{1D7D5}", "+-5", "text",
    ])
    func `anything else is none`(text: String) {
        #expect(!PhoneNumber.isValid(text))
        #expect(TextRule.phone.fault(of: text) == .notAPhone)
    }

    static let cases: [(TextRule, String, FieldFault?)] = [
        (.notEmpty, "", .tooShort(minimum: 1)), (.notEmpty, " ", nil), (.notEmpty, "\0", nil), (.notEmpty, "x", nil),
        (.notBlank, "", .blank), (.notBlank, " \t\r\n", .blank), (.notBlank, "\u{A0}\u{2003}\u{3000}", .blank),
        (.notBlank, " x ", nil), (.notBlank, "\0", nil), (.notBlank, "\u{200B}", nil), (.notBlank, ".", nil),
        (.notBlank, "\u{85}\u{2028}", .blank), (.notBlank, " \u{301}", nil),
        (.email, "a@b", nil), (.email, "a", .notAnEmail),
        (.uuid, "123e4567-e89b-12d3-a456-426614174000", nil), (.uuid, "x", .notAUUID), (.uuid, "", .notAUUID),
        (.oneOf(["a", "b"]), "b", nil), (.oneOf(["a", "b"]), "B", .notOneOf(["a", "b"], received: "B")),
        (.oneOf(["é"]), "e\u{301}", .notOneOf(["é"], received: "e\u{301}")),
        (.oneOf([]), "", .notOneOf([], received: "")),
    ]

    @Test(arguments: cases)
    func `a rule finds the fault of a text`(rule: TextRule, text: String, fault: FieldFault?) {
        #expect(rule.fault(of: text) == fault)
    }

    @Test func `an array's element is checked like a member`() {
        #expect(JSONValue.string("a@b").fault(against: .email) == nil)
        #expect(JSONValue.string("a").fault(against: .email) == .notAnEmail)
        #expect(JSONValue.string("").fault(against: nil) == nil)
        #expect(JSONValue.null.fault(against: nil) == .wrongType(expected: "string", received: "null"))
        #expect(
            JSONValue.number(JSONNumber(1)).fault(against: .uuid) == .wrongType(expected: "string", received: "number"))
    }
}
