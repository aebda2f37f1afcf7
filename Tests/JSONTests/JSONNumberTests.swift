import JSON
import Testing

@Suite struct JSONNumberTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let isInteger: Bool
        let integer: Int?

        init(_ text: String, whole isInteger: Bool, _ integer: Int?) {
            self.text = text
            self.isInteger = isInteger
            self.integer = integer
        }

        var testDescription: String { text }
    }

    static let cases: [Case] = [
        Case("0", whole: true, 0), Case("-0", whole: true, 0), Case("-0.0", whole: true, 0),
        Case("0e999999", whole: true, 0),
        Case("0.000e-99999999999999999999", whole: true, 0), Case("7", whole: true, 7), Case("-7", whole: true, -7),
        Case("100", whole: true, 100), Case("1.0", whole: true, 1), Case("1e2", whole: true, 100),
        Case("1E+2", whole: true, 100),
        Case("-1.50e1", whole: true, -15), Case("120e-1", whole: true, 12), Case("0.001e3", whole: true, 1),
        Case("1.5", whole: false, nil), Case("1e-1", whole: false, nil), Case("125e-2", whole: false, nil),
        Case("0.1e0", whole: false, nil),
        Case("9223372036854775807", whole: true, .max), Case("-9223372036854775808", whole: true, .min),
        Case("9223372036854775808", whole: true, nil), Case("-9223372036854775809", whole: true, nil),
        Case("9223372036854775807.000", whole: true, .max), Case("-922337203685477580.8e1", whole: true, .min),
        Case("1e18", whole: true, 1_000_000_000_000_000_000), Case("1e19", whole: true, nil),
        Case("9e18", whole: true, 9_000_000_000_000_000_000),
        Case("1e400", whole: true, nil), Case("1e-400", whole: false, nil),
        Case("9007199254740993", whole: true, 9_007_199_254_740_993),
        Case("1e99999999999999999999999", whole: true, nil), Case("1e-99999999999999999999999", whole: false, nil),
        Case("123456789012345678901234567890", whole: true, nil),
        Case("5.0000000000000000000000000000001", whole: false, nil),
        Case("1000000000000000000000e-21", whole: true, 1),
    ]

    @Test("A number is whole by its value and an Int only where that is exact", arguments: cases)
    func integers(example: Case) throws {
        guard case .number(let number) = try parsed(example.text) else { Issue.record("no number"); return }
        #expect(number.text == example.text)
        #expect(number.isInteger == example.isInteger)
        #expect(number.integer == example.integer)
    }

    @Test("An Int becomes the number of its digits", arguments: [0, 1, -1, 1234, .max, .min])
    func fromInt(integer: Int) {
        #expect(JSONNumber(integer).text == String(integer))
        #expect(JSONNumber(integer).integer == integer)
    }
}
