extension JSONParser {
    /// Passes the escape whose backslash is at the position, and appends what it stands for as UTF-8 (RFC 8259 §7).
    mutating func appendEscape(to text: inout [UInt8], _ bytes: Span<UInt8>) throws(JSONError) {
        let backslash = position
        position += 1
        if position == bytes.count { throw failure(.unexpectedEnd, bytes) }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let unit = try hexUnit(backslash, bytes)
            if unit < 0x80 {
                text.append(UInt8(unit))
            } else {
                text.append(contentsOf: String(try scalar(unit, backslash, bytes)).utf8)
            }
        default: throw JSONError(reason: .invalidEscape, offset: backslash)
        }
    }

    /// The scalar that a UTF-16 unit is alone or with the unit of the escape after it.
    private mutating func scalar(
        _ unit: UInt32, _ backslash: Int, _ bytes: Span<UInt8>
    ) throws(JSONError) -> Unicode.Scalar {
        // Every unit that is no surrogate is a scalar.
        if let scalar = Unicode.Scalar(unit) { return scalar }
        let second = position
        if unit < 0xDC00, try skips(UInt8(ascii: "\\"), bytes), try skips(UInt8(ascii: "u"), bytes) {
            let low = try hexUnit(second, bytes)
            if 0xDC00...0xDFFF ~= low, let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) {
                return scalar
            }
        }
        throw JSONError(reason: .loneSurrogate, offset: backslash)
    }

    /// Passes the next byte if it is this one.
    private mutating func skips(_ byte: UInt8, _ bytes: Span<UInt8>) throws(JSONError) -> Bool {
        if position == bytes.count { throw failure(.unexpectedEnd, bytes) }
        if bytes[position] != byte { return false }
        position += 1
        return true
    }

    private mutating func hexUnit(_ backslash: Int, _ bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            if position == bytes.count { throw failure(.unexpectedEnd, bytes) }
            let digit: UInt8
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[position] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[position] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[position] - UInt8(ascii: "A") + 10
            default: throw JSONError(reason: .invalidEscape, offset: backslash)
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
