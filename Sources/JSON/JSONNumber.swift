/// A number as its text, with every digit that was sent (RFC 8259 §6).
///
/// JSON sets no limit to a number, and `Double` keeps 17 digits: an id of 20 digits in a user's metadata would come back
/// as another id. So the text stays, and only the one who needs a number asks for one.
package struct JSONNumber: Sendable, Equatable {
    /// The number as it was sent, `1e2` and `-0.0` included.
    package let text: String

    /// Takes text that the parser has already matched against the grammar.
    init(matched text: String) {
        self.text = text
    }

    /// Makes the number of an integer.
    package init(_ integer: Int) {
        text = String(integer)
    }

    /// Whether the value is whole in the mathematical sense: `1.0`, `1e2` and `1e400` are, `1.5` and `1e-1` are not.
    package var isInteger: Bool {
        let parts = Decimal(text)
        return parts.digits.isEmpty || parts.exponent >= 0
    }

    /// The exact value where it is whole and fits an `Int`, else nil: `1.0` is 1, `-0` is 0, `9223372036854775808` is nil.
    package var integer: Int? {
        let parts = Decimal(text)
        if parts.digits.isEmpty { return 0 }
        // Int.max has 19 digits; checked before counting up, since the exponent can be a million.
        guard parts.exponent >= 0, parts.digits.count + parts.exponent <= 19 else { return nil }
        // Downwards, because Int.min has no positive twin.
        var value = 0
        for index in 0..<(parts.digits.count + parts.exponent) {
            let digit = index < parts.digits.count ? Int(parts.digits[index]) : 0
            let (tenfold, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (next, tooLow) = tenfold.subtractingReportingOverflow(digit)
            if tooBig || tooLow { return nil }
            value = next
        }
        if parts.isNegative { return value }
        return value == Int.min ? nil : -value
    }
}

/// A number taken apart: the digits from the first to the last that is not zero, times ten to the exponent.
private struct Decimal {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0

    init(_ text: String) {
        var digitsBeforePoint = true
        var text = text.utf8[...]
        while let byte = text.popFirst() {
            switch byte {
            case UInt8(ascii: "-"):
                isNegative = true
            case UInt8(ascii: "."):
                digitsBeforePoint = false
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                exponent += Self.exponent(text)
                text = text.suffix(0)
            default:
                if !digitsBeforePoint { exponent -= 1 }
                if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
            }
        }
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
    }

    /// The exponent after the `e`, held at 2^48: no text is long enough for its digits to reach that far.
    private static func exponent(_ text: Substring.UTF8View) -> Int {
        var value = 0
        for byte in text where byte >= UInt8(ascii: "0") {
            value = min(value * 10 + Int(byte - UInt8(ascii: "0")), 1 << 48)
        }
        return text.first == UInt8(ascii: "-") ? -value : value
    }
}
