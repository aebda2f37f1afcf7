/// Telephone numbers in the international form: `^\+[1-9]\d{1,14}$`.
///
/// ITU-T E.164 allows fifteen digits after the plus; only the shape is checked, never whether the number can exist,
/// because the vendors' own examples (`+15551234567`) cannot. (Evidence: documented as E.164; pattern by convention.)
package enum PhoneNumber {
    /// Tells whether a text is a number.
    package static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (3...16).contains(bytes.count), bytes.first == UInt8(ascii: "+") else { return false }
        let digits = bytes.dropFirst()
        return digits.first != UInt8(ascii: "0") && digits.allSatisfy { (48...57).contains($0) }
    }
}
