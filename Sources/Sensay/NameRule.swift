import VendorKit

/// What the newest schema asks of a name: at most 50 characters, and ``^[a-zA-Z0-9\s().,'\-/]*$``.
///
/// Characters are counted as zod does, in units of UTF-16, and `\s` is JavaScript's. (Evidence: vendor, the schema of
/// November 2025.)
enum NameRule {
    static let maximumLength = 50

    /// What is wrong with a name; both rules are looked at, as zod does.
    static func faults(of name: String) -> [FieldFault] {
        var faults: [FieldFault] = []
        if name.utf16.count > maximumLength { faults.append(.tooLong(maximum: maximumLength)) }
        if !name.unicodeScalars.allSatisfy(isAllowed) { faults.append(.malformed) }
        return faults
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "(", ")", ".", ",", "'", "-", "/": true
        default: isSpace(scalar)
        }
    }

    /// JavaScript's white space and line ends (ECMA-262 12.2 and 12.3).
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
        default: false
        }
    }
}
