/// The character classes of the grammars in RFC 9110 5.6 and RFC 3986 2.
extension UInt8 {
    /// `tchar`: what methods, field names and chunk extension names are made of (RFC 9110 5.6.2).
    var isToken: Bool {
        switch self {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39: true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true  // ! #-' * + - . ^-` | ~
        default: false
        }
    }

    /// `field-vchar`, space or tab: all but control bytes (RFC 9110 5.5).
    var isFieldContent: Bool { self >= 0x20 && self != 0x7F || self == 0x09 }

    /// `OWS`: space or tab (RFC 9110 5.6.3).
    var isWhitespace: Bool { self == 0x20 || self == 0x09 }

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }

    /// `unreserved` (RFC 3986 2.3).
    var isUnreserved: Bool {
        switch self {
        case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E: true  // - . _ ~
        default: false
        }
    }

    /// `sub-delims` (RFC 3986 2.2).
    var isSubDelimiter: Bool {
        switch self {
        case 0x21, 0x24, 0x26...0x2C, 0x3B, 0x3D: true  // ! $ &-, ; =
        default: false
        }
    }

    /// What may stand in a path besides percent-escapes.
    ///
    /// RFC 3986 3.3 and, because browsers send them bare (WHATWG URL, path percent-encode set), `[`, `]` and `|`.
    var isPathCharacter: Bool {
        switch self {
        case 0x2F, 0x3A, 0x40, 0x5B, 0x5D, 0x7C: true  // / : @ [ ] |
        default: isUnreserved || isSubDelimiter
        }
    }

    /// What may stand in a query besides percent-escapes.
    ///
    /// RFC 3986 3.4 and, because browsers send them bare (WHATWG URL, query percent-encode set), `\`, `^`, `` ` ``,
    /// `{`, `}`.
    var isQueryCharacter: Bool {
        switch self {
        case 0x3F, 0x5C, 0x5E, 0x60, 0x7B, 0x7D: true  // ? \ ^ ` { }
        default: isPathCharacter
        }
    }

    var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }

    /// 0 to 15, or nil where this is no hexadecimal digit.
    var hexDigitValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    /// The digit for 0 to 15.
    var upperHexDigit: UInt8 { self < 10 ? 0x30 + self : 0x37 + self }
}
