/// The one media type that bodies may have.
enum MediaType {
    /// Tells whether a Content-Type is `application/json`, in any letter case and with any parameters (RFC 9110
    /// 8.3.1).
    static func isJSON(_ value: String) -> Bool {
        let type = value.utf8.prefix { $0 != UInt8(ascii: ";") }
        var trimmed = type[...]
        while let last = trimmed.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { trimmed.removeLast() }
        guard trimmed.count == json.utf8CodeUnitCount else { return false }
        return zip(trimmed, json.description.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    private static let json: StaticString = "application/json"
}
