/// The e-mail addresses that every vendor accepts here: those of an HTML form field.
///
/// The pattern is WHATWG HTML, "valid e-mail address": a local part of ASCII letters, digits and
/// ``.!#$%&'*+/=?^_`{|}~-``, one `@`, and labels of 1 to 63 letters, digits and inner hyphens, joined by dots. The
/// lengths are RFC 5321 4.5.3.1: local part up to 64 bytes, whole address up to 254. (Evidence: convention.)
package enum EmailAddress {
    /// Longest address, in bytes.
    package static let maximumLength = 254
    /// Longest part before the `@`, in bytes.
    package static let maximumLocalLength = 64
    /// Longest label of the domain, in bytes: RFC 1035 2.3.4.
    static let maximumLabelLength = 63

    /// Tells whether a text is an address.
    package static func isValid(_ text: String) -> Bool {
        var local = 0
        var label = 0
        var inDomain = false
        var previous: UInt8 = 0
        guard text.utf8.count <= maximumLength else { return false }
        for byte in text.utf8 {
            if !inDomain {
                if byte == UInt8(ascii: "@") {
                    guard local > 0, local <= maximumLocalLength else { return false }
                    inDomain = true
                } else {
                    guard isLocal(byte) else { return false }
                    local += 1
                }
            } else if byte == UInt8(ascii: ".") {
                guard label > 0, previous != UInt8(ascii: "-") else { return false }
                label = 0
            } else {
                guard isAlphanumeric(byte) || (byte == UInt8(ascii: "-") && label > 0) else { return false }
                label += 1
                guard label <= maximumLabelLength else { return false }
            }
            previous = byte
        }
        return inDomain && label > 0 && previous != UInt8(ascii: "-")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "?"),
            UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "{")...UInt8(ascii: "~"):
            true
        default: isAlphanumeric(byte)
        }
    }
}
