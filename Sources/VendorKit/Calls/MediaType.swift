/// The one media type that bodies may have.
enum MediaType {
    /// Tells whether a Content-Type is `application/json`, in any letter case and with any parameters (RFC 9110
    /// 8.3.1). (Evidence: convention; what else a vendor is known to take or to answer stands with the vendor.)
    ///
    /// Compared where it lies in the head: with the other check of a body's fields 1,300 instructions a request, and
    /// 9,100 by way of a `String` and its views.
    static func isJSON(_ value: Span<UInt8>) -> Bool {
        var end = 0
        while end < value.count, value[end] != UInt8(ascii: ";") { end += 1 }
        while end > 0, value[end - 1] == UInt8(ascii: " ") || value[end - 1] == UInt8(ascii: "\t") { end -= 1 }
        return value.extracting(0..<end).spells("application/json")
    }
}

extension Span<UInt8> {
    /// Tells whether the bytes of a field spell a text of lower-case letters, `-` and `/`, in any letter case.
    func spells(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { letters in
            for index in 0..<count {
                guard unsafe self[index] | 0x20 == letters[index] else { return false }
            }
            return true
        }
    }
}
